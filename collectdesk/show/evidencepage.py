"""A bundle as one page anybody can open: no program, no network, no script; in both languages, on screen and on paper.

Made from the bundle's own documents. All text is somebody's: it is escaped, and what could act on a screen is spelled.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from collectdesk.errors import N_
from collectdesk.lang import current, translate
from collectdesk.show import words
from collectdesk.show.casebook import STATUSES
from collectdesk.show.evidencestyle import STYLE
from collectdesk.show.history import IDENTITIES, OUTCOMES, TALKS
from collectdesk.show.lives import SAID
from collectdesk.show.safe import safe

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
        _section(N_("Case"), _case(parts["case.json"])),
        _section(N_("Complaint"), _complaint(parts["complaint.json"])) if "complaint.json" in parts else "",
        _section(N_("What the gate said"), _verdicts(parts["verdicts.json"], parts["texts.json"])),
        _section(N_("Contacts"), "".join(map(_contact, parts["contacts.json"]["contacts"]))),
        _section(N_("Steps and approvals"), _steps(parts["steps.json"]["steps"])),
        _section(N_("Recordings"), _recordings(parts["recordings.json"]["recordings"])),
        _section(N_("Call scripts shown"), _scripts(parts["texts.json"]["scripts"])),
        _section(N_("Rules asked"), _rules(parts["texts.json"]["rules"])),
        _section(N_("Journal"), _journal(journal, span)),
        _section(N_("How to check this bundle"), _checking()),
    ]
    return _frame(_text(f"collectdesk {about['case']}"), "\n".join(each for each in sections if each))


def _frame(title: str, body: str) -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    checked = {lang: " checked" if lang == current() else "" for lang in ("zh_CN", "en")}
    switch = (
        f'<input type="radio" name="lang" id="zh"{checked["zh_CN"]}><label for="zh">中文</label>'
        f'<input type="radio" name="lang" id="en"{checked["en"]}><label for="en">English</label>'
    )
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{switch}\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _head(about: Document) -> str:
    named = " · ".join(_text(each) for each in (about["case"], about["complaint"]) if each)
    masked = N_("Names and numbers are masked.") if about["masked"] else N_("Names and numbers are shown in full.")
    made = _two(N_("Made {at} by {who}."), at=_time(about["made_at"]), who=_text(about["made_by"]))
    title, made_up = N_("Bundle of evidence"), N_("Practice desk: everything here is made up.")
    practice = f"<p class=warn>{_two(made_up)}</p>" if about["practice"] else ""
    return (
        f"<header><h1>{_two(title)} {named}</h1><p>{_text(about['company'])}</p>"
        f"<p>{made} {_two(masked)}</p>{practice}</header>"
    )


def _case(case: Document) -> str:
    stated = case["statement"]
    pairs = [
        (N_("Creditor"), _text(case["creditor"])),
        (N_("Product"), _text(case["product"])),
        (N_("Contract"), _text(case["contract_no"])),
        (N_("Status"), _coded(STATUSES, case["status"])),
        (N_("Collector"), _text(case["collector"])),
    ]
    if stated:
        sums = " · ".join(f"{_two(SUMS[name])} {_text(stated[name])}" for name in SUMS)
        pairs.append((N_("Amount"), f"{sums} {_text(stated['currency'])}"))
        pairs.append((N_("As of"), _text(stated["as_of"])))
    people = [
        [_coded(words.ROLES, each["role"]), _text(each["name"]), _numbers(each["numbers"])] for each in case["persons"]
    ]
    return _facts(pairs) + _table([N_("Part"), N_("Name"), N_("Numbers")], people)


def _numbers(numbers: Iterable[Document]) -> str:
    return "<br>".join(_text(each["number"]) for each in numbers)


def _complaint(complaint: Document) -> str:
    plain = ("received_on", "channel", "category", "state", "handler", "outcome", "cause", "remedy", "reply")
    dates = ("due_on", "last_on", "replied_on", "ended_on")
    pairs = [(name, _text(complaint.get(name))) for name in (*plain, *dates) if complaint.get(name)]
    told = [
        [_text(each["number"]), _text(each["category"]), _text(each["content"])] for each in complaint["grievances"]
    ]
    steps = [
        [_time(each["at"]), _text(each["by"]), _text(each["act"]), _text(each["state"]), _said(each["content"])]
        for each in complaint["steps"]
    ]
    heads = [N_("Time"), N_("By"), N_("Act"), N_("State"), N_("Said")]
    shown = "".join(f"<dt><code>{_text(name)}</code></dt><dd>{value}</dd>" for name, value in pairs)
    return f"<dl>{shown}</dl>" + _table([N_("Item"), N_("Kind"), N_("Grievance")], told) + _table(heads, steps)


def _verdicts(found: Document, texts: Document) -> str:
    rules = {(each["rule"], each["digest"]): each for each in texts["rules"]}

    def reasons(decision: Document) -> str:
        digests = {book["id"]: book["digest"] for book in decision.get("rulebooks", ())}
        told = []
        for each in (*decision.get("blocks", ()), *decision.get("warnings", ())):
            known = rules.get((each["rule"], digests.get(each["rule"].partition("/")[0])), {})
            cited = _both(known["cite"]) if known.get("cite") else _text(each["cite"])
            told.append(
                f"<li>{_both(each['message'])}<br><small><code>{_text(each['rule'])}</code> {cited}</small></li>"
            )
        return f"<ul>{''.join(told)}</ul>" if told else ""

    rows = [
        [
            _text(each["id"]),
            _time(each["at"]),
            _two(N_("allowed") if each["allowed"] else N_("refused")),
            reasons(each["decision"]),
        ]
        for each in found["verdicts"]
    ]
    return _table([N_("Verdict"), N_("Time"), N_("Answer"), N_("Reasons")], rows)


def _contact(entry: Document) -> str:
    who = [_coded(words.ROLES, entry["role"]) if entry["role"] else "", _text(entry["person"]), _text(entry["number"])]
    head = [f"<b>{_time(entry['at'])}</b>", _coded(KINDS, entry["kind"]), *who, _text(entry["org"] or entry["by"])]
    result = [
        _coded(table, entry[name])
        for name, table in (("line", words.LINES), ("talk", TALKS), ("identity", IDENTITIES))
        if entry.get(name)
    ]
    verdict = f"<p><code>{_text(entry['verdict']['id'])}</code></p>" if entry["verdict"] else ""
    codes = [
        _text(entry[name]) for name in ("cause", "ability", "attitude", "outcome", "next_action") if entry.get(name)
    ]
    return (
        f"<article><h3>{' '.join(filter(None, head))}</h3>{verdict}<p>{' · '.join(result)}</p>"
        f"<p><code>{' · '.join(codes)}</code></p>"
        f"{_lines(entry.get('lines', ()))}{_came(entry.get('came_of_it', {}))}{_notes(entry['notes'])}</article>"
    )


def _lines(lines: Sequence[Document]) -> str:
    rows = [
        [
            _time(each["acknowledged_at"]) if each["acknowledged_at"] else _two(N_("not acknowledged")),
            f"<code>{_text(each['line'])}</code><br><small>{_text(each['script'])} {_text(each['version'])}</small>",
            _text(each["text"]),
        ]
        for each in lines
    ]
    return _table([N_("Acknowledged"), N_("Line, script, version"), N_("Text as shown")], rows)


def _came(outcomes: Mapping[str, Sequence[Document]]) -> str:
    told = [
        f"<li>{_coded(OUTCOMES, kind)}: {_said(row, every=True)}</li>"
        for kind, rows in outcomes.items()
        for row in rows
    ]
    return f"<ul>{''.join(told)}</ul>" if told else ""


def _notes(notes: Iterable[Document]) -> str:
    return "".join(f"<blockquote>{_text(each['text'])}</blockquote>" for each in notes)


def _steps(steps: Iterable[Document]) -> str:
    rows = []
    for each in steps:
        told = each.get("words")
        of = _both({lang: told[lang]["of"] for lang in told}) if told else _two(N_("payment"))
        act = _both({lang: told[lang]["act"] for lang in told}) if told else _said(each["payment"], every=True)
        state = _both({lang: told[lang]["state"] for lang in told}) if told and each["state"] else ""
        named = f"{of} <code>{_text(each.get('id'))}</code>" if each.get("id") else of
        rows.append([_time(each["at"]), named, act, state, _text(each["by"]), _said(each.get("content", {}))])
    return _table([N_("Time"), N_("What"), N_("Act"), N_("State"), N_("By"), N_("Said")], rows)


def _said(content: Mapping[str, object], *, every: bool = False) -> str:
    """What was recorded with a step: what was said in words, or every value under its name."""
    names = content if every else [name for name in SAID if content.get(name)]
    told = [(name, content[name]) for name in names if content[name] not in (None, [], {})]
    return "<br>".join(f"<code>{_text(name)}</code> {_text(value)}" for name, value in told)


def _recordings(found: Iterable[Document]) -> str:
    rows = [
        [
            _text(each["call"]),
            " ".join(filter(None, (_text(each["reference"]), _two(N_("owed")) if each["owed"] else ""))),
            f"<code>{_text(each['sha256'])}</code>",
            _text(each["bytes"]),
            _text(each["keeper"]),
        ]
        for each in found
    ]
    return _table([N_("Call"), N_("Reference"), "SHA-256", N_("Bytes"), N_("Keeper")], rows)


def _scripts(found: Iterable[Document]) -> str:
    rows = [
        [
            _text(each["name"]),
            _text(each["version"]),
            _time(each["adopted_at"]),
            f"<code>{_text(each['digest'])}</code>",
        ]
        for each in found
    ]
    return _table([N_("Script"), N_("Version"), N_("Adopted"), "SHA-256"], rows)


def _rules(found: Iterable[Document]) -> str:
    rows = [
        [
            f"<code>{_text(each['rule'])}</code><br><small>{_text(each['version'])}</small>",
            _both(each["title"]) if "title" in each else "",
            f"{_both(each['cite'])}<br><small>{_both(each['text'])}</small>" if "cite" in each else "",
        ]
        for each in found
    ]
    return _table([N_("Rule"), N_("Title"), N_("Source")], rows)


def _journal(entries: Sequence[Sequence[object]], span: str) -> str:
    rows = [
        [*(_text(each) for each in (row[0],)), _time(row[1]), *(_text(each) for each in row[2:5]), _short(row[8])]
        for row in entries
    ]
    said = _two(
        N_("Entries {span}: those about the case whole, the others as links from which every hash follows."),
        span=_text(span),
    )
    heads = [N_("Entry"), N_("Time"), N_("Who"), N_("Act"), N_("Subject"), N_("Hash")]
    return f"<p>{said} <code>journal.json</code></p>" + _table(heads, rows)


def _checking() -> str:
    said = [
        N_("Run this where the program is installed; neither the desk nor its key is needed:"),
        N_(
            "It computes the digest of every part, the hash of every entry and whether each follows the one before it. "
            "Whoever could make all of these anew is found by a seal kept outside the desk: --seal."
        ),
    ]
    command = "<pre>collectdesk audit verify --bundle FILE [--seal FILE]</pre>"
    return f"<p>{_two(said[0])}</p>{command}<p>{_two(said[1])}</p>"


def _section(title: str, body: str) -> str:
    return f"<section><h2>{_two(title)}</h2>{body or '<p>-</p>'}</section>"


def _facts(pairs: Iterable[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{_two(name)}</dt><dd>{value or '-'}</dd>" for name, value in pairs) + "</dl>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{_two(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _two(message: str, **params: str) -> str:
    """A sentence of ours in both languages; ``params`` are HTML already."""
    return _spoken(lambda lang: escape(translate(message, lang)).format(**params))


def _both(texts: Mapping[str, object]) -> str:
    """A text that has both languages."""
    return _spoken(lambda lang: _text(texts.get(lang)))


def _coded(table: Mapping[str, str], code: object) -> str:
    return _spoken(lambda lang: escape(words.word(table, safe(str(code)), lang)))


def _spoken(say: Callable[[str], str]) -> str:
    chinese, english = say("zh_CN"), say("en")
    if chinese == english:
        return chinese
    return f'<span lang="zh-CN">{chinese}</span><span lang="en">{english}</span>'


def _text(value: object) -> str:
    """Anybody's text: harmless, its line breaks kept; nothing for nothing."""
    if value is None:
        return ""
    return "<br>".join(f"<bdi>{escape(safe(line))}</bdi>" for line in str(value).splitlines())


def _time(at: object) -> str:
    """A moment of the documents, or an entry's seconds, to the second with its offset."""
    if isinstance(at, int):
        from datetime import UTC

        at = datetime.fromtimestamp(at, UTC)
    read = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    shown = f"{read:%Y-%m-%d %H:%M:%S}{read.isoformat()[-6:]}"
    return f'<time datetime="{read.isoformat()}">{shown}</time>'


def _short(digest: object) -> str:
    return f'<code title="{escape(str(digest))}">{_text(str(digest)[:12])}</code>'
