"""A bundle as one page anybody can open: no program, no network, no script; in both languages, on screen and on paper.

Made from the bundle's own documents. All text is somebody's: it is escaped, and what could act on a screen is spelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from collectdesk.errors import N_
from collectdesk.show import words
from collectdesk.show.casebook import STATUSES
from collectdesk.show.evidencehtml import both, coded, facts, frame, moment, section, shortened, table, text, two
from collectdesk.show.history import IDENTITIES, OUTCOMES, TALKS
from collectdesk.show.lives import SAID

Document = Mapping[str, Any]
KINDS = {
    "call": N_("call"),
    "refused": N_("refused by the gate"),
    "contact": N_("contact"),
    "note": N_("note"),
    "payment": N_("payment"),
}
SUMS = {"principal": N_("principal"), "interest": N_("interest"), "fees": N_("fees"), "total": N_("total")}


def page(about: Document, parts: Mapping[str, Document], journal: Sequence[Sequence[object]], span: str) -> str:
    """The whole page.

    Args:
        about: the manifest without its parts.
        parts: the documents by file name.
        journal: the entries that are shown whole.
        span: from which entry to which the bundle proves the journal, such as ``17–240``.
    """
    sections = [
        _head(about),
        section(N_("Case"), _case(parts["case.json"])),
        section(N_("Complaint"), _complaint(parts["complaint.json"])) if "complaint.json" in parts else "",
        section(N_("What the gate said"), _verdicts(parts["verdicts.json"], parts["texts.json"])),
        section(N_("Contacts"), "".join(map(_contact, parts["contacts.json"]["contacts"]))),
        section(N_("Steps and approvals"), _steps(parts["steps.json"]["steps"])),
        section(N_("Recordings"), _recordings(parts["recordings.json"]["recordings"])),
        section(N_("Call scripts shown"), _scripts(parts["texts.json"]["scripts"])),
        section(N_("Rules asked"), _rules(parts["texts.json"]["rules"])),
        section(N_("Journal"), _journal(journal, span)),
        section(N_("How to check this bundle"), _checking()),
    ]
    return frame(text(f"collectdesk {about['case']}"), "\n".join(each for each in sections if each))


def _head(about: Document) -> str:
    named = " · ".join(text(each) for each in (about["case"], about["complaint"]) if each)
    masked = N_("Names and numbers are masked.") if about["masked"] else N_("Names and numbers are shown in full.")
    made = two(N_("Made {at} by {who}."), at=moment(about["made_at"]), who=text(about["made_by"]))
    title, made_up = N_("Bundle of evidence"), N_("Practice desk: everything here is made up.")
    practice = f"<p class=warn>{two(made_up)}</p>" if about["practice"] else ""
    return (
        f"<header><h1>{two(title)} {named}</h1><p>{text(about['company'])}</p>"
        f"<p>{made} {two(masked)}</p>{practice}</header>"
    )


def _case(case: Document) -> str:
    stated = case["statement"]
    pairs = [
        (N_("Creditor"), text(case["creditor"])),
        (N_("Product"), text(case["product"])),
        (N_("Contract"), text(case["contract_no"])),
        (N_("Status"), coded(STATUSES, case["status"])),
        (N_("Collector"), text(case["collector"])),
    ]
    if stated:
        sums = " · ".join(f"{two(SUMS[name])} {text(stated[name])}" for name in SUMS)
        pairs.append((N_("Amount"), f"{sums} {text(stated['currency'])}"))
        pairs.append((N_("As of"), text(stated["as_of"])))
    people = [
        [coded(words.ROLES, each["role"]), text(each["name"]), _numbers(each["numbers"])] for each in case["persons"]
    ]
    return facts(pairs) + table([N_("Part"), N_("Name"), N_("Numbers")], people)


def _numbers(numbers: Iterable[Document]) -> str:
    return "<br>".join(text(each["number"]) for each in numbers)


def _complaint(complaint: Document) -> str:
    plain = ("received_on", "channel", "category", "state", "handler", "outcome", "cause", "remedy", "reply")
    dates = ("due_on", "last_on", "replied_on", "ended_on")
    pairs = [(name, text(complaint.get(name))) for name in (*plain, *dates) if complaint.get(name)]
    told = [[text(each["number"]), text(each["category"]), text(each["content"])] for each in complaint["grievances"]]
    steps = [
        [moment(each["at"]), text(each["by"]), text(each["act"]), text(each["state"]), _said(each["content"])]
        for each in complaint["steps"]
    ]
    heads = [N_("Time"), N_("By"), N_("Act"), N_("State"), N_("Said")]
    shown = "".join(f"<dt><code>{text(name)}</code></dt><dd>{value}</dd>" for name, value in pairs)
    return f"<dl>{shown}</dl>" + table([N_("Item"), N_("Kind"), N_("Grievance")], told) + table(heads, steps)


def _verdicts(found: Document, texts: Document) -> str:
    rules = {(each["rule"], each["digest"]): each for each in texts["rules"]}

    def reasons(decision: Document) -> str:
        digests = {book["id"]: book["digest"] for book in decision.get("rulebooks", ())}
        told = []
        for each in (*decision.get("blocks", ()), *decision.get("warnings", ())):
            known = rules.get((each["rule"], digests.get(each["rule"].partition("/")[0])), {})
            cited = both(known["cite"]) if known.get("cite") else text(each["cite"])
            told.append(f"<li>{both(each['message'])}<br><small><code>{text(each['rule'])}</code> {cited}</small></li>")
        return f"<ul>{''.join(told)}</ul>" if told else ""

    rows = [
        [
            text(each["id"]),
            moment(each["at"]),
            two(N_("allowed") if each["allowed"] else N_("refused")),
            reasons(each["decision"]),
        ]
        for each in found["verdicts"]
    ]
    return table([N_("Verdict"), N_("Time"), N_("Answer"), N_("Reasons")], rows)


def _contact(entry: Document) -> str:
    who = [coded(words.ROLES, entry["role"]) if entry["role"] else "", text(entry["person"]), text(entry["number"])]
    head = [f"<b>{moment(entry['at'])}</b>", coded(KINDS, entry["kind"]), *who, text(entry["org"] or entry["by"])]
    result = [
        coded(known, entry[name])
        for name, known in (("line", words.LINES), ("talk", TALKS), ("identity", IDENTITIES))
        if entry.get(name)
    ]
    verdict = f"<p><code>{text(entry['verdict']['id'])}</code></p>" if entry["verdict"] else ""
    codes = [
        text(entry[name]) for name in ("cause", "ability", "attitude", "outcome", "next_action") if entry.get(name)
    ]
    return (
        f"<article><h3>{' '.join(filter(None, head))}</h3>{verdict}<p>{' · '.join(result)}</p>"
        f"<p><code>{' · '.join(codes)}</code></p>"
        f"{_lines(entry.get('lines', ()))}{_came(entry.get('came_of_it', {}))}{_notes(entry['notes'])}</article>"
    )


def _lines(lines: Sequence[Document]) -> str:
    rows = [
        [
            moment(each["acknowledged_at"]) if each["acknowledged_at"] else two(N_("not acknowledged")),
            f"<code>{text(each['line'])}</code><br><small>{text(each['script'])} {text(each['version'])}</small>",
            text(each["text"]),
        ]
        for each in lines
    ]
    return table([N_("Acknowledged"), N_("Line, script, version"), N_("Text as shown")], rows)


def _came(outcomes: Mapping[str, Sequence[Document]]) -> str:
    told = [
        f"<li>{coded(OUTCOMES, kind)}: {_said(row, every=True)}</li>" for kind, rows in outcomes.items() for row in rows
    ]
    return f"<ul>{''.join(told)}</ul>" if told else ""


def _notes(notes: Iterable[Document]) -> str:
    return "".join(f"<blockquote>{text(each['text'])}</blockquote>" for each in notes)


def _steps(steps: Iterable[Document]) -> str:
    rows = []
    for each in steps:
        told = each.get("words")
        of = both({lang: told[lang]["of"] for lang in told}) if told else two(N_("payment"))
        act = both({lang: told[lang]["act"] for lang in told}) if told else _said(each["payment"], every=True)
        state = both({lang: told[lang]["state"] for lang in told}) if told and each["state"] else ""
        named = f"{of} <code>{text(each.get('id'))}</code>" if each.get("id") else of
        rows.append([moment(each["at"]), named, act, state, text(each["by"]), _said(each.get("content", {}))])
    return table([N_("Time"), N_("What"), N_("Act"), N_("State"), N_("By"), N_("Said")], rows)


def _said(content: Mapping[str, object], *, every: bool = False) -> str:
    """What was recorded with a step: what was said in words, or every value under its name."""
    names = content if every else [name for name in SAID if content.get(name)]
    told = [(name, content[name]) for name in names if content[name] not in (None, [], {})]
    return "<br>".join(f"<code>{text(name)}</code> {text(value)}" for name, value in told)


def _recordings(found: Iterable[Document]) -> str:
    rows = [
        [
            text(each["call"]),
            " ".join(filter(None, (text(each["reference"]), two(N_("owed")) if each["owed"] else ""))),
            f"<code>{text(each['sha256'])}</code>",
            text(each["bytes"]),
            text(each["keeper"]),
        ]
        for each in found
    ]
    return table([N_("Call"), N_("Reference"), "SHA-256", N_("Bytes"), N_("Keeper")], rows)


def _scripts(found: Iterable[Document]) -> str:
    rows = [
        [
            text(each["name"]),
            text(each["version"]),
            moment(each["adopted_at"]),
            f"<code>{text(each['digest'])}</code>",
        ]
        for each in found
    ]
    return table([N_("Script"), N_("Version"), N_("Adopted"), "SHA-256"], rows)


def _rules(found: Iterable[Document]) -> str:
    rows = [
        [
            f"<code>{text(each['rule'])}</code><br><small>{text(each['version'])}</small>",
            both(each["title"]) if "title" in each else "",
            f"{both(each['cite'])}<br><small>{both(each['text'])}</small>" if "cite" in each else "",
        ]
        for each in found
    ]
    return table([N_("Rule"), N_("Title"), N_("Source")], rows)


def _journal(entries: Sequence[Sequence[object]], span: str) -> str:
    rows = [
        [*(text(each) for each in (row[0],)), moment(row[1]), *(text(each) for each in row[2:5]), shortened(row[8])]
        for row in entries
    ]
    said = two(
        N_("Entries {span}: those about the case whole, the others as links from which every hash follows."),
        span=text(span),
    )
    heads = [N_("Entry"), N_("Time"), N_("Who"), N_("Act"), N_("Subject"), N_("Hash")]
    return f"<p>{said} <code>journal.json</code></p>" + table(heads, rows)


def _checking() -> str:
    said = [
        N_("Run this where the program is installed; neither the desk nor its key is needed:"),
        N_(
            "It computes the digest of every part, the hash of every entry and whether each follows the one before it. "
            "Whoever could make all of these anew is found by a seal kept outside the desk: --seal."
        ),
    ]
    command = "<pre>collectdesk audit verify --bundle FILE [--seal FILE]</pre>"
    return f"<p>{two(said[0])}</p>{command}<p>{two(said[1])}</p>"
