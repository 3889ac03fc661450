"""The queue on the screen: what may be called now, what waits and until when, what needs somebody's act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from collectdesk.desk.queue import Entry, Whose
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show import words
from collectdesk.show.dates import clock, long_date, short_date
from collectdesk.show.money import amount as money
from collectdesk.show.reasons import say
from collectdesk.show.tables import Column, table
from collectdesk.show.width import wrap
from collectdesk.show.words import word

DUE = {
    "callback": N_("callback agreed"),
    "objection": N_("answer owed"),
    "promise_broken": N_("promise broken"),
    "promise_part": N_("promise kept in part"),
    "promise_due": N_("remind of the promise"),
}


UNPROVED = {
    "creditor_items": N_("identity items not set for the creditor"),
    "identity_items": N_("too few identity items on file"),
}


EMPTY = {
    "own": N_("No open case is assigned to you."),
    "team": N_("Your team has no open case."),
    "all": N_("The desk has no open case."),
}
ELSEWHERE = {
    "own": N_("`collectdesk queue --team` lists your team's cases."),
    "overseer": N_("`collectdesk queue --team` lists your team's cases, `collectdesk queue --all` the whole desk's."),
    "team": N_("`collectdesk queue --all` lists the whole desk's cases."),
    "all": N_("`collectdesk import FILE` brings cases in."),
}
"""Where other cases are seen, by whose were asked for and who asks."""


def print_empty(console: Console, whose: Whose, *, oversees: bool) -> None:
    """Say that there are no cases, whose, and where others are seen; ``oversees``: whether all may be seen."""
    console.print(Text(" " + _(EMPTY[whose])))
    hint = ELSEWHERE["overseer" if whose == "own" and oversees else whose] if whose != "team" or oversees else ""
    for line in wrap(_(hint), console.width - 2) if hint else ():
        console.print(Text(" " + line))


def print_queue(
    console: Console, entries: Sequence[Entry], counts: Mapping[str, int], at: int, *, whose: Whose = "own"
) -> None:
    """Print the cases, with their collectors where they are others', and below them how many stand where."""
    if entries:
        rows = [_row(entry, at) for entry in entries]
        columns = _columns()
        if whose != "own":
            columns.insert(1, Column(_("Staff"), "id"))
            rows = [[row[0], entry.collector or "-", *row[1:]] for row, entry in zip(rows, entries, strict=True)]
        console.print(table(console, columns, rows))
    summary = _("{now} may be called now, {later} later, {act} need somebody's act.")
    console.print(Text(" " + summary.format(**counts)))


def _columns() -> list[Column]:
    return [
        Column(_("Case"), "id"),
        Column(_("Bucket"), "id"),
        Column(_("Amount"), "money"),
        Column(_("Dials/talks"), "id"),
        Column(_("When"), "date"),
        Column(_("Why"), "text"),
    ]


def _row(entry: Entry, at: int) -> list[str]:
    owed = money(entry.amount, entry.currency) if entry.amount is not None and entry.currency else ""
    left = f"{_count(entry.left.dials)} / {_count(entry.left.talks)}"
    due = _(DUE[entry.due.kind]) if entry.due else ""
    return [entry.code, entry.bucket, owed, left, _when(entry, at), due or _why(entry)]


def _when(entry: Entry, at: int) -> str:
    decision = entry.decision
    zone = ZoneInfo(decision.clock.name if decision.clock else "UTC")
    if entry.unproved:
        return "-"
    if decision.allowed:
        until = decision.allowed_until
        if until is None:
            return _("now")
        return _("now to {time}").format(time=clock(datetime.fromtimestamp(until, UTC), zone))
    opens = decision.next_allowed_at
    if opens is None:
        return "-"
    return opening(datetime.fromtimestamp(opens, zone), datetime.fromtimestamp(at, zone))


def opening(opens: datetime, at: datetime) -> str:
    """Without its weekday, so that a team's list stands side by side on a screen of 80 columns; today's by its hour."""
    if opens.date() == at.date():
        return clock(opens)
    return f"{(short_date if opens.year == at.year else long_date)(opens)} {clock(opens)}"


def _why(entry: Entry) -> str:
    """The reason that holds longest, and whose act opens it where time does not."""
    if entry.unproved and entry.reason == entry.unproved.code:
        return _("{reason} ({who})").format(
            reason=_(UNPROVED[entry.reason]), who=word(words.RELEASERS, entry.unproved.released_by)
        )
    block = next((each for each in entry.decision.to_wire()["blocks"] if each["code"] == entry.reason), None)
    if block is None:
        return ""
    text = say(block).text
    released = block["released_by"]
    return _("{reason} ({who})").format(reason=text, who=word(words.RELEASERS, released)) if released else text


def _count(left: int | None) -> str:
    return "-" if left is None else str(left)
