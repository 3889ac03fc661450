"""A collector's shift (班次): what was done, which case is next, what waits."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectdesk.desk.emergencies.watch import Waiting, waiting
from collectdesk.desk.promises.catching_up import caught_up
from collectdesk.desk.queue import Entry, queue
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.store import journal
from collectdesk.store.home import Home

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

DONE = (
    "SELECT count(*), COALESCE(SUM(CASE WHEN line = 'answered' THEN 1 ELSE 0 END), 0) FROM contact_event "
    "WHERE by_staff = :staff AND direction = 'out' AND superseded_at IS NULL AND at >= :since"
)


@dataclass(frozen=True)
class Shift:
    """The shift at ``at``: the lawful cases in order, those that wait, and how many were dialled and answered today."""

    at: int
    practice: bool
    now: tuple[Entry, ...]
    later: tuple[Entry, ...]
    act: tuple[Entry, ...]
    dialled: int
    answered: int
    alarms: tuple[Waiting, ...] = ()
    """Emergencies that wait for this very collector or lead."""

    @property
    def next(self) -> Entry | None:
        """The case to call now."""
        return self.now[0] if self.now else None

    @property
    def earliest(self) -> Entry | None:
        """Of those that wait, the one that opens first."""
        return min(self.later, key=lambda each: each.decision.next_allowed_at or 0, default=None)


def look(desk: Home, clock: Callable[[], datetime], lang: str, skipped: Collection[str] = ()) -> Shift:
    """The shift as it stands; cases that were skipped go behind the others.

    Raises:
        NotPermitted: nobody is signed in.
    """
    with caught_up(desk, clock, lang) as window:
        entries = queue(window)
        values = {"staff": window.staff.id, "since": since_midnight(window.at)}
        dialled, answered = window.ask(DONE, values)[0]
        ready = [each for each in entries if each.state == "now"]
        ready.sort(key=lambda each: each.code in skipped)
        return Shift(
            window.at,
            window.practice,
            tuple(ready),
            tuple(each for each in entries if each.state == "later"),
            tuple(each for each in entries if each.state == "act"),
            int(dialled),
            int(answered),
            waiting(window.ask, window.staff.id),
        )


def skip(office: Office, case: str, reason: str) -> None:
    """A case passed over goes on record with its reason."""
    with office.writer.begin() as connection:
        journal.append(
            connection,
            at=office.now(),
            actor=office.staff.number,
            action="shift.skip",
            subject=f"case:{case}",
            after={"reason": reason},
        )


def since_midnight(at: int) -> int:
    """When the local day of the house began, UTC seconds."""
    zone = ZoneInfo(HOUSE_ZONE)
    day: date = datetime.fromtimestamp(at, zone).date()
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
