"""What may still be called today (可拨容量): of every case of the queue, in which stretches of the day left.

Every answer is the gate's, asked as the queue asks, and nothing is worked out anew here; an answer about a later hour
supposes that nobody calls until then. Cases that are alike share it (``sharing``): one of them is asked, at this moment
and at each at which its answer changes. Of the others only what differs is told: which of a debtor's cases comes first.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from collectdesk.desk.queue import NEVER, Stand, due_place, size_place, stand_of, standing_place
from collectdesk.desk.sharing import Sharing, stretches
from collectdesk.desk.single import OnFile, Singly
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.worklist import Placed, Work
from collectdesk.gate.clock import clock_for
from collectdesk.store.case_rows import all_open
from collectdesk.store.past_rows import WHOLE

if TYPE_CHECKING:
    from typing import Literal

    from collectdesk.desk.window import Window
    from collectdesk.gate import Decision
    from collectdesk.store.book_rows import Stretch

    Room = Literal["now", "later", "another_day", "act"]

HOUR = 3600
DAY_HOURS = 24
UNCOUNTED = 1
"""Dials told of a debtor whom no daily cap counts."""


class Chance(Struct, frozen=True, kw_only=True):
    """What today still holds for a case; cases told the same share it.

    Attributes:
        room: callable now, later today by time alone, on another day, or only after somebody's act.
        bars: the rule that keeps it closed longest, or the code of another reason; empty where it may be called.
        hours: the local hours at whose beginning it may be called, this one's being now.
        dials: calls the narrowest daily cap leaves its debtor, told at the first of the debtor's cases in the queue.
        dials_left, talks_left: what the narrowest daily caps leave; none where none counts, or it is closed today.
        until: when the last lawful stretch of today ends, UTC seconds; none where it is closed today.
    """

    room: Room
    bars: str
    hours: tuple[int, ...] = ()
    dials: int = 0
    dials_left: int | None = None
    talks_left: int | None = None
    until: int | None = None


Asked = Callable[[int], "Decision"]
"""What the gate would say of a case at an instant."""


class _Told(NamedTuple):
    """An answer, and the part of a case's place in the queue that all share who have it."""

    chance: Chance
    standing: tuple[int, int]


def chances(window: Window) -> Mapping[Chance, Sequence[int]]:
    """Every case of the desk's queue (keys), under what today still holds for it."""
    desk = _Desk(window)
    found: dict[Chance, array[int]] = {}
    for stretch in stretches(window.ask):
        for case, chance in desk.chances(stretch):
            cases = found.get(chance)
            if cases is None:
                cases = found[chance] = array("q")
            cases.append(case)
    return found


class _Desk:
    """A desk's cases asked about for the rest of today, and the answers already given."""

    def __init__(self, window: Window) -> None:
        self._window, self._at = window, window.at
        self._ends = _end_of_day(window.at)
        self._single = Singly(window, own=False)
        gate = self._single.gate(window.at)
        self._work = Work(window, gate, all_open(), WHOLE, by_caller=True, until=self._ends)
        self._sharing: Sharing[_Told] = Sharing()
        self._uncounted: dict[Chance, Chance] = {}

    def chances(self, stretch: Stretch) -> Iterator[tuple[int, Chance]]:
        """The cases of these debtors, each with its chance."""
        of_several = []
        for each, told in self._told(stretch):
            if len(each.case.cases) == 1:
                yield each.key, told.chance
            else:
                of_several.append((each, told))
        for _debtor, together in groupby(of_several, key=lambda one: one[0].case.row[0]):
            cases = list(together)
            first = self._first(cases)
            for each, told in cases:
                yield each.key, told.chance if first in (None, each.key) else self._once(told.chance)

    def _first(self, cases: Sequence[tuple[Placed, _Told]]) -> int | None:
        """The first in the queue of those of a debtor's cases that can be called today."""
        open_today = [(self._place(each, told), each.key) for each, told in cases if told.chance.until is not None]
        return min(open_today)[1] if open_today else None

    def _place(self, each: Placed, told: _Told) -> tuple[Any, ...]:
        row = each.case.row
        return *told.standing, *due_place(each.due), *size_place(each.case.days_past_due(self._at), row[11], row[2])

    def _once(self, chance: Chance) -> Chance:
        """The same with the debtor's dials told elsewhere."""
        if chance not in self._uncounted:
            self._uncounted[chance] = replace(chance, dials=0)
        return self._uncounted[chance]

    def _told(self, stretch: Stretch) -> Iterator[tuple[Placed, _Told]]:
        """The answers to all of a stretch that are in the queue, in their order."""
        placed = self._work.of(stretch)
        of_case = {each.key: each for each in placed}

        def ask(cases: Sequence[int]) -> dict[int, _Told]:
            files = self._single.of(cases)
            return {case: self._ask(files, of_case[case]) for case in cases}

        shared = [(each.key, None if each.alike is None else (each.alike, each.lacking)) for each in placed]
        return zip(placed, self._sharing.answers(shared, ask), strict=True)

    def _ask(self, files: OnFile, each: Placed) -> _Told:
        """The answer about a case, asked as the queue asks."""
        now = stand_of(each, files.ask(each.key, each.purpose, self._at))
        asked = partial(files.decision, each.key, each.purpose)
        return _Told(_chance(asked, now, self._at, self._ends), standing_place(now))


def _chance(asked: Asked, stands: Stand, at: int, ends: int) -> Chance:
    room = _room(stands, ends)
    if room not in ("now", "later"):
        return Chance(room=room, bars=_bars(stands))
    lawful = list(_stretches(asked, stands.decision, at, ends))
    dials, talks = stands.left
    return Chance(
        room=room,
        bars=_bars(stands),
        hours=tuple(_local_hour(each) for each in _beginnings(at, ends) if any(a <= each < b for a, b in lawful)),
        dials=UNCOUNTED if dials is None else dials,
        dials_left=dials,
        talks_left=talks,
        until=max((until for _, until in lawful), default=at),
    )


def _room(stands: Stand, ends: int) -> Room:
    if stands.state == "later":
        opens = stands.decision.next_allowed_at
        return "later" if opens is not None and opens < ends else "another_day"
    return stands.state


def _bars(stands: Stand) -> str:
    if stands.unproved is not None and stands.reason == stands.unproved.code:
        return stands.unproved.code
    blocks = stands.decision.blocks
    return max(blocks, key=lambda each: NEVER if each.opens_at is None else each.opens_at).rule if blocks else ""


def _stretches(asked: Asked, decision: Decision, at: int, ends: int) -> Iterator[tuple[int, int]]:
    """When it may be called until the day ends, from and until; asked again whenever an answer runs out."""
    while True:
        changes = decision.allowed_until if decision.allowed else decision.next_allowed_at
        until = ends if changes is None else min(changes, ends)
        if decision.allowed:
            yield at, until
        if changes is None or not at < until < ends:
            return
        at = until
        decision = asked(at)


def _beginnings(at: int, ends: int) -> Iterable[int]:
    """This moment, and the beginning of every local hour of today still to come."""
    return at, *range(ends - (DAY_HOURS - 1 - _local_hour(at)) * HOUR, ends, HOUR)


def _local_hour(at: int) -> int:
    return DAY_HOURS - 1 - (_end_of_day(at) - 1 - at) // HOUR


def _end_of_day(at: int) -> int:
    clock = clock_for(HOUSE_ZONE)
    return clock.start_of(clock.day(at) + 1)
