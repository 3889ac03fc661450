"""The oracle of the queue and of capacity: every case asked about alone, from its own whole file.

No answer is shared between cases. Of all cases together is told only what is due on them and which are away.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest
from msgspec import Struct

from collectdesk.desk import single
from collectdesk.desk.case_files import CaseFiles, read_files
from collectdesk.desk.checking import check, gate_in_force
from collectdesk.desk.due import Dues
from collectdesk.desk.facts import Contact
from collectdesk.desk.left import left_today
from collectdesk.desk.queue import Entry, ordered
from collectdesk.desk.referrals.away import away
from collectdesk.desk.standing import HOUSE_ZONE, standing_of
from collectdesk.desk.unproved import Proofs, Unproved
from collectdesk.gate.clock import clock_for
from collectdesk.store.case_rows import Scope, all_open, one_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from collectdesk.desk.checking import Checked
    from collectdesk.desk.due import Due
    from collectdesk.desk.window import Window
    from collectdesk.gate import Decision, Gate

    Files = Callable[[int], CaseFiles]
    State = Literal["now", "later", "act"]
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


def cases_asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The cases the queue asks about one by one from now on, as they are asked."""
    asked: list[int] = []
    ask = single.OnFile.ask

    def seen(files: single.OnFile, case: int, purpose: str, at: int) -> single.Answered:
        asked.append(case)
        return ask(files, case, purpose, at)

    monkeypatch.setattr(single.OnFile, "ask", seen)
    return asked


class OneByOne:
    """The queue of a scope by single checks; ``own``: whatever the case, the signed-in collector would call.

    What does not change while a test looks on is read once: ``files``, those of other scopes of the same window too.
    """

    def __init__(
        self, window: Window, scope: Scope | None = None, *, own: bool = False, files: Files | None = None
    ) -> None:
        self.window, self.own = window, own
        scope = scope or all_open()
        self.dues = Dues(window.ask, scope, window.at)
        self.files = files or files_of(window)
        rests = {case for case in away(window.ask, scope) if self._due(case) is None}
        listed = window.ask(f"SELECT c.id FROM case_file c WHERE {scope.condition} ORDER BY c.id", scope.params)
        self.cases = [int(case) for (case,) in listed if case not in rests]
        self.standing = cache(partial(standing_of, window.ask))
        self.gate = cache(partial(gate_in_force, window.ask))
        self.proofs = Proofs(window.ask)
        self.lacking = cache(self._lacking)
        self.staff: dict[int, str] = dict(window.ask("SELECT id, number FROM staff", {}))

    def _due(self, case: int) -> object:
        return self.dues.of(case, self.files(case).clock_of(case))

    def entries(self) -> list[Entry]:
        return [self.entry(case, self.window.at) for case in self.cases]

    def entry(self, case: int, at: int) -> Entry:
        """The case as it would stand at ``at``; what is due is as of the window's own moment."""
        files, lacking = self.files(case), self.lacking(case)
        row, stated = files.cases[case], files.statements.get(case)
        gate, checked, due = self._checked(case, at)
        return Entry(
            contact=checked.contact,
            code=row.code,
            state=_state(checked.decision, lacking),
            decision=checked.decision,
            due=due,
            days_past_due=files.days_past_due(case, self.window.at),
            amount=stated.total if stated else None,
            currency=stated.currency if stated else None,
            left=left_today(gate, checked.dial),
            collector=None if row.collector is None else self.staff.get(row.collector),
            name=files.persons[row.debtor].name,
            unproved=lacking,
        )

    def state(self, case: int, at: int) -> State:
        """How it would stand at ``at``, and no more."""
        return _state(self._checked(case, at)[1].decision, self.lacking(case))

    def _checked(self, case: int, at: int) -> tuple[Gate, Checked, Due | None]:
        window, files = self.window, self.files(case)
        row = files.cases[case]
        due = self.dues.of(case, files.clock_of(case))
        contact = Contact(case, row.debtor, None, at, due.purpose if due else "collect")
        caller = (None if self.own else row.collector) or window.staff.id
        gate = self.gate(at)
        return gate, check(gate, files, contact, self.standing(caller, at), window.lang), due

    def _lacking(self, case: int) -> Unproved | None:
        files = self.files(case)
        row = files.cases[case]
        debtor = files.persons[row.debtor]
        paper = self.window.ask("SELECT id_number FROM person WHERE id = :id", {"id": debtor.id})[0][0]
        numbers = files.numbers.get(debtor.id)
        return self.proofs.lacking(row.creditor, paper=bool(paper), born=bool(debtor.born_on), number=bool(numbers))


def files_of(window: Window) -> Files:
    """The whole file of each case, read by itself, once."""
    return cache(lambda case: read_files(window.ask, one_case(case)))


def _state(decision: Decision, lacking: Unproved | None) -> State:
    if lacking or (not decision.allowed and decision.next_allowed_at is None):
        return "act"
    return "now" if decision.allowed else "later"


def chances(window: Window, reading: OneByOne | None = None) -> list[Chance]:
    """Every open case of the desk, in the order of the queue."""
    reading = reading or OneByOne(window)
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


def _hours(reading: OneByOne, entry: Entry, at: int) -> Iterator[int]:
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
