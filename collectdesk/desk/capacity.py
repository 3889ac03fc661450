"""What may still be called today (可拨容量): the queue of the whole desk, now and at the beginning of each hour left.

Every answer is the gate's, of the queue's own reading: nothing is worked out anew here. An hour's answer supposes that
nobody calls until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk.queue import Entry, Reading, ordered
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.gate.clock import clock_for
from collectdesk.store.case_rows import all_open

if TYPE_CHECKING:
    from typing import Literal

    from collectdesk.desk.window import Window

    Room = Literal["now", "later", "another_day", "act"]

HOUR = 3600
DAY_HOURS = 24
NEVER = 1 << 60
UNCOUNTED = 1
"""Dials told of a debtor whom no daily cap counts."""


class Chance(Struct, frozen=True, kw_only=True):
    """What today still holds for one case.

    Attributes:
        case, debtor: keys.
        room: callable now, later today by time alone, on another day, or only after somebody's act.
        bars: the rule that keeps it closed longest, or the code of another reason; empty where it may be called.
        hours: the local hours at whose beginning it may be called, this one's being now.
        dials: calls the narrowest daily cap leaves its debtor, told at the first of the debtor's cases in the queue.
    """

    case: int
    debtor: int
    room: Room
    bars: str
    hours: tuple[int, ...]
    dials: int


def chances(window: Window) -> list[Chance]:
    """Every open case of the desk, in the order of the queue."""
    reading = Reading(window, all_open())
    ends = _end_of_day(window.at)
    told: set[int] = set()
    found = []
    for entry in ordered(reading.entries()):
        room = _room(entry, ends)
        case, debtor = entry.contact.case, entry.contact.person
        hours = tuple(_hours(reading, entry, window.at)) if room in ("now", "later") else ()
        counts = room in ("now", "later") and debtor not in told
        told |= {debtor} if counts else set()
        dials = _dials(entry) if counts else 0
        found.append(Chance(case=case, debtor=debtor, room=room, bars=_bars(entry), hours=hours, dials=dials))
    return found


def _room(entry: Entry, ends: int) -> Room:
    if entry.state == "later":
        opens = entry.decision.next_allowed_at
        return "later" if opens is not None and opens < ends else "another_day"
    return entry.state


def _bars(entry: Entry) -> str:
    if entry.unproved is not None and entry.reason == entry.unproved.code:
        return entry.unproved.code
    blocks = entry.decision.blocks
    return max(blocks, key=lambda each: NEVER if each.opens_at is None else each.opens_at).rule if blocks else ""


def _dials(entry: Entry) -> int:
    return UNCOUNTED if entry.left.dials is None else entry.left.dials


def _hours(reading: Reading, entry: Entry, at: int) -> Iterator[int]:
    """The hours left at whose beginning the case may be called; asked again only where an answer has run out."""
    for begins in _beginnings(at):
        decision = entry.decision
        runs_out = decision.allowed_until if decision.allowed else decision.next_allowed_at
        if runs_out is not None and begins >= runs_out:
            entry = reading.entry(entry.contact.case, begins)
        if entry.state == "now":
            yield _local_hour(begins)


def _beginnings(at: int) -> list[int]:
    """This moment, and the beginning of every local hour of today still to come."""
    ends = _end_of_day(at)
    return [at, *range(ends - (DAY_HOURS - 1 - _local_hour(at)) * HOUR, ends, HOUR)]


def _local_hour(at: int) -> int:
    return DAY_HOURS - 1 - (_end_of_day(at) - 1 - at) // HOUR


def _end_of_day(at: int) -> int:
    clock = clock_for(HOUSE_ZONE)
    return clock.start_of(clock.day(at) + 1)
