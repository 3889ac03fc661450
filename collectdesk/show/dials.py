"""What the phone's records show, for people and for programs: counts, findings, numbers nobody here knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.lifecycle import lifecycle
from collectdesk.errors import N_
from collectdesk.lang import _, current, ngettext
from collectdesk.show.stepwords import at, state_word, step_lines, steps_wire
from collectdesk.show.words import DIAL_FINDINGS, LINES, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.dials.clockwork import Ahead
    from collectdesk.desk.dials.extensions import Seat
    from collectdesk.desk.dials.listing import Strange, View
    from collectdesk.desk.dials.load import Loaded

LIFE = "dial_finding"
COUNTS = {
    "matched": N_("dials with their permit"),
    **DIAL_FINDINGS,
    "unknown": N_("dials of numbers nobody here knows"),
    "unknown_numbers": N_("such numbers"),
    "corrected": N_("contacts corrected to the stricter"),
    "settled": N_("missing dials that have turned up"),
    "inside": N_("calls inside the house"),
    "inbound": N_("incoming calls the desk took"),
    "incoming": N_("incoming calls, not compared"),
    "same": N_("records known already"),
    "refused": N_("refused lines"),
}
BECAME = {
    "matched": N_("has its permit"),
    "inbound": N_("the desk took it"),
    "incoming": N_("not compared"),
    "same": N_("known already"),
    "unknown": N_("nobody here knows the number"),
}
WHENCE = {
    "file": N_("as this file shows"),
    "earlier": N_("as an earlier file showed"),
    "recordings": N_("as the recordings showed"),
    "none": N_("not learned yet: taken to agree"),
}
COLUMNS = ("finding", "kind", "state", "staff", "case", "happened_at", "found_at", "details", "evidence", "line")


def loaded_text(told: Loaded, *, dry_run: bool, stopped: bool, rejects: str | None) -> None:
    """What comparing a file did."""
    from collectdesk.show.desk import lines
    from collectdesk.show.terminal import out

    if dry_run:
        for number, became, code in told.rows:
            words = (_("line {line}").format(line=number), code or "", word({**DIAL_FINDINGS, **BECAME}, became))
            out().print(" " + "  ".join(filter(None, words)), soft_wrap=True, markup=False, highlight=False)
    if stopped:
        return
    lines(clock_words(told.ahead))
    for name in COUNTS:
        if told.counts.get(name):
            lines(f"{told.counts[name]:>6}  {_(COUNTS[name])}")
    if dry_run:
        lines(_("Nothing was written: this was a rehearsal."))
    else:
        lines(_("Written down.") if told.written else _("Nothing was written: the desk holds all of it already."))
    if told.made:
        lines(_("Next: {command}").format(command="collectdesk calls list"))
    if rejects:
        lines(_("The refused lines are in {file}, each with its reason.").format(file=rejects))


def clock_words(ahead: Ahead) -> str:
    """How the exchange's clock stands beside the desk's."""
    whence = _(WHENCE[ahead.whence])
    if ahead.dials:
        agree = ngettext("{count} dial agrees", "{count} dials agree", ahead.dials).format(count=ahead.dials)
        whence = listed((whence, agree))
    if ahead.seconds == 0:
        said = _("The exchange's clock goes with the desk's ({whence}).")
    elif ahead.seconds > 0:
        said = _("The exchange's clock is {seconds} s ahead of the desk's ({whence}).")
    else:
        said = _("The exchange's clock is {seconds} s behind the desk's ({whence}).")
    return said.format(seconds=abs(ahead.seconds), whence=whence)


def loaded_json(told: Loaded, *, dry_run: bool, rejects: str | None) -> None:
    """One document, ``collectdesk.reconciled/1``."""
    from collectdesk.show.importing import wire
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.reconciled/1",
        {
            "dry_run": dry_run,
            "written": told.written,
            "batch": told.batch,
            "offset_s": told.ahead.seconds,
            "offset_dials": told.ahead.dials,
            "offset_from": told.ahead.whence,
            "counts": told.counts,
            "made": told.made,
            "findings": wire(told.findings),
            "rows": [{"line": line, "became": became, "case": code} for line, became, code in told.rows],
            "rejects": rejects,
        },
    )


def as_text(views: Sequence[View], zone: tzinfo) -> None:
    """One line each, the newest first."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not views:
        console.print(" " + _("The phone's records and the desk tell the same."))
        return
    titles = (_("Id"), "id"), (_("When"), "date"), (_("Staff"), "id"), (_("Case"), "id"), (_("Finding"), "text")
    columns = [Column(title, kind) for title, kind in (*titles, (_("State"), "text"))]  # type: ignore[arg-type]
    rows = [
        [
            view.name, _stamp(view.row.happened_at, zone), view.number or "-", view.case or "-",
            word(DIAL_FINDINGS, view.row.kind), state_word(lifecycle(LIFE), view.row.status),
        ]
        for view in views
    ]  # fmt: skip
    console.print(table(console, columns, rows))


def one_text(view: View, zone: tzinfo) -> None:
    """One finding: both sides, whose, what was done, what may follow."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console, row, life = out(), view.row, lifecycle(LIFE)
    pairs = [
        (_("Finding"), f"{view.name}   {word(DIAL_FINDINGS, row.kind)}"),
        (_("When"), _stamp(row.happened_at, zone)),
        (_("Staff"), view.number or _("not known whose extension")),
        (_("Case"), view.case or "-"),
        (_("Phone"), side(row.details, "record")),
        (_("Desk"), side(row.details, "desk") if row.permit is not None else _("no permit")),
        (_("State"), state_word(life, row.status)),
    ]
    if row.details.get("corrected"):
        pairs.append((_("Counts as"), word(LINES, str(row.details["record_line"]))))
    if row.evidence:
        pairs.append((_("Evidence"), row.evidence))
    if row.line:
        done = row.status == "closed"
        pairs.append((_("Corrected to") if done else _("To be corrected to"), word(LINES, row.line)))
    console.print(facts(console, pairs))
    console.print()
    for line in step_lines(view.steps, life, zone):
        console.print(" " + line, soft_wrap=True, markup=False, highlight=False)
    following = [move.title.in_("zh_CN" if current() == "zh_CN" else "en") for move in life.open_to(row.status)]
    if following:
        console.print()
        console.print(" " + _("What can be done: {acts}.").format(acts=listed(following)))


def side(details: Mapping[str, object], which: str) -> str:
    """What one side tells: how the line ended, and for how long it was talked."""
    line, seconds = details.get(f"{which}_line"), details.get(f"{which}_s")
    if line is None:
        return _("no dial")
    told = [word(LINES, str(line))]
    if seconds:
        told.append(_("{seconds} s").format(seconds=seconds))
    if which == "record" and details.get("extension"):
        told.append(_("extension {number}").format(number=details["extension"]))
    return listed(told)


def one_wire(view: View, zone: tzinfo) -> dict[str, object]:
    """One finding by its keys."""
    row = view.row
    return {
        "finding": view.name,
        "kind": row.kind,
        "state": row.status,
        "staff": view.number,
        "case": view.case,
        "happened_at": at(row.happened_at, zone),
        "found_at": at(row.found_at, zone),
        "details": dict(row.details),
        "evidence": row.evidence,
        "line": row.line,
    }


def one_json(view: View, zone: tzinfo) -> None:
    """One document, ``collectdesk.dial_finding/1``."""
    from collectdesk.show.jsonout import emit

    can = [move.act for move in lifecycle(LIFE).open_to(view.row.status)]
    event = f"e{view.row.event}" if view.row.event else None
    told = {**one_wire(view, zone), "event": event, "can": can, "steps": steps_wire(view.steps, zone)}
    emit("collectdesk.dial_finding/1", told)


def as_json(views: Sequence[View], zone: tzinfo) -> None:
    """One document, ``collectdesk.dial_findings/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.dial_findings/1", {"findings": [one_wire(view, zone) for view in views]})


def as_csv(views: Sequence[View], zone: tzinfo) -> None:
    """The same rows as CSV."""
    from collectdesk.show.csvout import emit_csv

    rows = [{**one_wire(view, zone), "details": side(view.row.details, "record")} for view in views]
    emit_csv(COLUMNS, [list(row.values()) for row in rows])


def strange_text(found: Sequence[Strange], zone: tzinfo) -> None:
    """The numbers nobody here knows, by the head of their digests."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("Every number that was dialled is on file here."))
        return
    columns = [Column(_("Number (digest)"), "id"), Column(_("Dials"), "number"), Column(_("Talked, s"), "number")]
    columns += [Column(_("First"), "date"), Column(_("Last"), "date")]
    rows = [
        [row.digest, str(row.dials), str(row.seconds), _stamp(row.first, zone), _stamp(row.last, zone)] for row in found
    ]
    console.print(table(console, columns, rows))


def strange_json(found: Sequence[Strange], zone: tzinfo) -> None:
    """One document, ``collectdesk.unknown_numbers/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "digest": row.digest,
            "dials": row.dials,
            "first_at": at(row.first, zone),
            "last_at": at(row.last, zone),
            "talked_s": row.seconds,
        }
        for row in found
    ]
    emit("collectdesk.unknown_numbers/1", {"numbers": rows})


def seats_text(found: Sequence[Seat], zone: tzinfo) -> None:
    """Whose extension is whose."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("Nobody has said whose extension is whose."))
        return
    columns = [Column(_("Extension"), "id"), Column(_("Staff"), "id"), Column(_("Since"), "date")]
    console.print(table(console, columns, [[row.extension, row.staff, _stamp(row.since, zone)] for row in found]))


def seats_json(found: Sequence[Seat], zone: tzinfo) -> None:
    """One document, ``collectdesk.extensions/1``."""
    from collectdesk.show.jsonout import emit

    rows = [{"extension": row.extension, "staff": row.staff, "since": at(row.since, zone)} for row in found]
    emit("collectdesk.extensions/1", {"extensions": rows})


def _stamp(seconds: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")
