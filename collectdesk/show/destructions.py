"""Destructions, their certificates, and why a recording or a case may or may not go; for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show import lives
from collectdesk.show.dates import stamp
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.destructions.cases import Standing
    from collectdesk.desk.destructions.reading import View
    from collectdesk.desk.recordings.purging import Due

KINDS = {
    "recordings": N_("recordings"),
    "case_returned": N_("case handed back"),
    "case_destroyed": N_("case destroyed"),
}
RULES = {
    "two_years": N_("kept two years or as long as the house says"),
    "five_years": N_("kept five years: the lender is a consumer finance company"),
    "lender_unknown": N_("kept five years: nobody recorded whether the lender is a consumer finance company"),
    "oral_plan": N_("holds an oral plan: kept until the debt is settled"),
}
HELD = {
    "complaint": N_("complaint open"),
    "objection": N_("objection open"),
    "dispute": N_("dispute"),
    "plan": N_("plan not settled"),
    "emergency": N_("emergency open"),
    "violation": N_("violation not final"),
    "referral": N_("referral open"),
    "request": N_("request outside open"),
}
WHY = {
    "not_yet": N_("its time is not over"),
    "oral_plan": N_("an oral plan is not settled"),
    "held": N_("under legal hold"),
    "altered": N_("not what was kept: look into it first"),
    "outside": N_("a link leads away from its folder: look into it first"),
    "unreadable": N_("it cannot be read"),
    "changing": N_("it was written to while it was read"),
    "removing": N_("being removed"),
    "refused": N_("refused"),
    "withdrawn": N_("withdrawn"),
    "open": N_("the case is neither recalled nor settled"),
    "gone": N_("erased already"),
}
OUTCOMES = {
    "asked": N_("waits"),
    "destroyed": N_("destroyed"),
    "gone": N_("was not there any more"),
    "stays": N_("stays"),
}
LENDER = "collectdesk creditor set NAME --licence bank|consumer_finance|other"
ERASED = {
    "case_file": N_("cases"),
    "person": N_("people"),
    "number": N_("numbers"),
    "contact_event": N_("contacts"),
    "call": N_("calls"),
    "call_answer": N_("answers on calls"),
    "statement": N_("statements"),
    "letter": N_("letters"),
    "complaint": N_("complaints"),
    "objection": N_("objections"),
    "promise": N_("promises"),
    "plan": N_("plans"),
    "payment": N_("payments"),
    "note": N_("notes"),
    "verdict": N_("verdicts"),
    "permit": N_("permits"),
    "step": N_("steps"),
}
"""What people ask about by name; of other tables the certificate tells each."""


def due_text(found: Sequence[Due]) -> None:
    """Of every recording why it may or may not go."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No recording is kept here."))
        return
    columns = [Column(_("Call"), "id"), Column(_("Case"), "id"), Column(_("Of"), "date")]
    columns += [Column(_("Kept until"), "date"), Column(_("May go")), Column(_("Why"))]
    rows = [
        [
            each.call,
            each.case,
            each.answered_on.isoformat(),
            each.until.isoformat() if each.until else "-",
            _("yes") if each.may else _("no"),
            _reason(each),
        ]
        for each in found
    ]
    console.print(table(console, columns, rows))
    may = sum(each.may for each in found)
    lines(_("{may} of {all} recordings may go.").format(may=may, all=len(found)))
    if any(each.rule == "lender_unknown" for each in found):
        lines(_("Say which lender it is:"))
        lines(LENDER, indent=3)


def due_json(found: Sequence[Due]) -> None:
    """One document, ``collectdesk.recording_purge/1``."""
    from collectdesk.show.jsonout import emit

    counts = Counter("may" if each.may else each.why for each in found)
    emit(
        "collectdesk.recording_purge/1",
        {"counts": dict(sorted(counts.items())), "recordings": [_due(each) for each in found]},
    )


def _due(each: Due) -> dict[str, object]:
    return {
        "call": each.call,
        "case": each.case,
        "answered_on": each.answered_on,
        "kept_until": each.until,
        "rule": each.rule,
        "held": list(each.held),
        "sha256": each.digest,
        "may": each.may,
        "why": each.why or None,
    }


def _reason(each: Due) -> str:
    words = [word(WHY, each.why)] if each.why else []
    words += [word(HELD, kind) for kind in each.held] if each.why == "held" else [word(RULES, each.rule)]
    return listed(words)


def standing_text(found: Standing) -> None:
    """Whether a case may go, and what of it stays."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    stays = [each for each in found.recordings if not each.may]
    pairs = [
        (_("Case"), found.case),
        (_("May go"), _("yes") if not found.why else f"{_('no')}  {word(WHY, found.why)}"),
        (_("Legal hold"), listed(word(HELD, kind) for kind in found.held) or "-"),
        (_("Kept until"), f"{found.until.isoformat() if found.until else '-'}  {word(RULES, found.rule)}"),
        (_("Recordings"), _("{count} of {all} stay until their time is over").format(
            count=len(stays), all=len(found.recordings)) if found.recordings else "-"),
    ]  # fmt: skip
    console.print(facts(console, pairs))
    if found.rule == "lender_unknown":
        lines(_("Say which lender it is:"))
        lines(LENDER, indent=3)


def standing_json(found: Standing) -> None:
    """One document, ``collectdesk.case_destruction/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.case_destruction/1",
        {
            "case": found.case,
            "status": found.status,
            "may": not found.why,
            "why": found.why or None,
            "held": list(found.held),
            "kept_until": found.until,
            "rule": found.rule,
            "recordings": [_due(each) for each in found.recordings],
        },
    )


def list_text(found: Sequence[View], zone: tzinfo) -> None:
    """One line each."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No destruction waits."))
        return
    columns = [Column(_("Id"), "id"), Column(_("What")), Column(_("Case"), "id"), Column(_("Asked by"), "id")]
    columns += [Column(_("Asked"), "date"), Column(_("State")), Column(_("Certificate"), "id")]
    rows = [
        [
            each.name,
            word(KINDS, each.kind),
            each.case or "-",
            each.asked_by,
            _at(each.asked_at, zone).date().isoformat(),
            lives.state("destruction", each.state),
            each.number or "-",
        ]
        for each in found
    ]
    console.print(table(console, columns, rows))


def list_json(found: Sequence[View], zone: tzinfo) -> None:
    """One document, ``collectdesk.destructions/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.destructions/1", {"destructions": [_wire(each, zone) for each in found]})


def one_text(view: View, zone: tzinfo) -> None:
    """A destruction, its recordings, what was erased and by which certificate, and what may follow."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import Column, facts, table
    from collectdesk.show.terminal import out

    console = out()
    erased: Mapping[str, Any] = (view.certificate or {}).get("erased", {})
    pairs = [
        (_("Destruction"), "   ".join(filter(None, (view.name, word(KINDS, view.kind), view.case or "")))),
        (_("State"), lives.state("destruction", view.state)),
        (_("Reason"), view.reason),
        (_("Asked"), f"{view.asked_by}  {stamp(_at(view.asked_at, zone))}"),
        (_("Decided"), f"{view.decided_by or '-'}  {stamp(_at(view.decided_at, zone))}" if view.decided_at else "-"),
    ]
    if view.number:
        pairs += [(_("Certificate"), view.number), ("SHA-256", view.digest or "-")]
    if erased:
        pairs.append((_("Erased"), _erased(erased)))
    console.print(facts(console, pairs))
    if view.items:
        console.print()
        columns = [Column(_("Call"), "id"), Column(_("Outcome")), Column("SHA-256")]
        rows = [[each.call, _outcome(each.outcome, each.why), each.digest or "-"] for each in view.items]
        console.print(table(console, columns, rows))
    if view.acts:
        following = [lives.act("destruction", each, None) for each in view.acts]
        console.print()
        lines(_("What can be done: {acts}.").format(acts=listed(following)))
    if view.state == "asked":
        lines(_("Somebody else approves it:"))
        lines(f"collectdesk destruction approve {view.name}", indent=3)


def _erased(counts: Mapping[str, int]) -> str:
    """How many rows of what; those without a name of their own together."""
    known = [f"{_(title)} {counts[name]}" for name, title in ERASED.items() if counts.get(name)]
    others = sum(count for name, count in counts.items() if name not in ERASED)
    return listed([*known, *([_("others {count}").format(count=others)] if others else [])])


def one_json(view: View, zone: tzinfo) -> None:
    """One document, ``collectdesk.destruction/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.destruction/1", {**_wire(view, zone), "certificate": view.certificate})


def certificate_bytes(view: View) -> bytes:
    """The certificate as a file, with its own digest beside it."""
    from collectdesk.show.jsonout import dumps

    return (dumps({**(view.certificate or {}), "sha256": view.digest}, indent=2) + "\n").encode()


def _wire(view: View, zone: tzinfo) -> dict[str, object]:
    return {
        "id": view.name,
        "kind": view.kind,
        "case": view.case,
        "state": view.state,
        "reason": view.reason,
        "receipt": view.receipt,
        "asked_by": view.asked_by,
        "asked_at": _at(view.asked_at, zone),
        "decided_by": view.decided_by,
        "decided_at": _at(view.decided_at, zone) if view.decided_at is not None else None,
        "number": view.number,
        "sha256": view.digest,
        "recordings": list(view.items),
        "can": list(view.acts),
    }


def _outcome(outcome: str, why: str | None) -> str:
    colon = "：" if current() == "zh_CN" else ": "
    return word(OUTCOMES, outcome) + (colon + word(WHY, why) if why else "")


def _at(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)
