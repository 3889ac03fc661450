"""The day at a glance: what waits, which cases come next, and for who leads how the team stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.promises.catching_up import caught_up
from collectdesk.desk.queue import Entry, case_count, queue
from collectdesk.desk.reminder import Reminder
from collectdesk.desk.shift import since_midnight

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.desk.queue import State, Whose
    from collectdesk.desk.window import Window

CALLED = (
    "SELECT by_staff, count(*), COALESCE(SUM(CASE WHEN line = 'answered' THEN 1 ELSE 0 END), 0) FROM contact_event "
    "WHERE direction = 'out' AND superseded_at IS NULL AND at >= :since AND by_staff IS NOT NULL GROUP BY by_staff"
)
STAFF = "SELECT id, number FROM staff"
OPEN = {
    "emergency": "SELECT count(*) FROM emergency WHERE status <> 'closed'",
    "complaint": "SELECT count(*) FROM complaint WHERE status <> 'closed'",
    "objection": "SELECT count(*) FROM objection WHERE status <> 'closed'",
    "plan": "SELECT count(*) FROM plan WHERE status = 'submitted'",
    "violation": "SELECT count(*) FROM violation WHERE status IN ('recorded', 'appealed')",
    "request": "SELECT count(*) FROM request WHERE status = 'open'",
}
"""What stands open on the desk, due or not, by table."""


@dataclass(frozen=True)
class Line:
    """How one collector stands: cases by state, calls made and answered today, matters due or overdue."""

    collector: str
    cases: dict[State, int]
    dialled: int
    answered: int
    due: int
    overdue: int


@dataclass(frozen=True)
class Today:
    """The day of whoever is signed in.

    Attributes:
        at: UTC seconds.
        number: their staff number.
        leads: whether they see the team rather than a queue of their own.
        practice: whether everything here is made up.
        waiting: what waits for them, in order.
        entries: the queue, in order: their own, or the team's.
        whose: whose queue it is.
        dialled: calls made today, by them or the team; ``answered`` of those.
        team: the collectors of the team, by number.
        staff: staff numbers by key.
        open: for who leads, how much of everything stands open on the desk, by table.
    """

    at: int
    number: str
    leads: bool
    practice: bool
    waiting: tuple[Reminder, ...]
    entries: tuple[Entry, ...]
    whose: Whose
    dialled: int
    answered: int
    team: tuple[Line, ...]
    staff: dict[int, str]
    open: dict[str, int]


def look(office: Office, clock: Callable[[], datetime]) -> Today:
    """The day as it stands."""
    from collectdesk.desk.today.chapters import reminders
    from collectdesk.desk.today.waiting import waiting

    leads = office.staff.role in DECIDING
    with caught_up(office.home, clock, office.lang) as window:
        whose: Whose = ("team" if office.staff.team is not None else "all") if leads else "own"
        entries = queue(window, whose)
        called = _called(window)
        staff = {int(key): str(number) for key, number in window.ask(STAFF, {})}
        at = window.at
        standing = {table: int(window.ask(asked, {})[0][0]) for table, asked in OPEN.items()} if leads else {}
    with office.reading() as session:
        mine = waiting(session, office.staff, at)
        team = _team(entries, called, reminders(session, at), staff) if leads else ()
    dialled, answered = called.get(office.staff.number, (0, 0))
    if leads:
        dialled, answered = (sum(counts[which] for counts in called.values()) for which in (0, 1))
    return Today(
        at=at,
        number=office.staff.number,
        leads=leads,
        practice=office.practice,
        waiting=tuple(mine),
        entries=tuple(entries),
        whose=whose,
        dialled=dialled,
        answered=answered,
        team=team,
        staff=staff,
        open=standing,
    )


def _called(window: Window) -> dict[str, tuple[int, int]]:
    """Calls made and answered since midnight, by staff number."""
    staff = {int(key): str(number) for key, number in window.ask(STAFF, {})}
    rows = window.ask(CALLED, {"since": since_midnight(window.at)})
    return {staff[int(key)]: (int(dialled), int(answered)) for key, dialled, answered in rows}


def _team(
    entries: Sequence[Entry], called: dict[str, tuple[int, int]], found: Sequence[Reminder], staff: dict[int, str]
) -> tuple[Line, ...]:
    """A line for everybody who has cases."""
    lines = []
    for number in sorted({entry.collector for entry in entries if entry.collector}):
        theirs = [each for each in found if number in (staff.get(key) for key in each.staff)]
        dialled, answered = called.get(number, (0, 0))
        lines.append(
            Line(
                number,
                case_count(entry for entry in entries if entry.collector == number),
                dialled,
                answered,
                sum(each.urgency == "due" for each in theirs),
                sum(each.urgency == "overdue" for each in theirs),
            )
        )
    return tuple(lines)
