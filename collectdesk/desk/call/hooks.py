"""What a step may ask of the desk during a call: may a callback be booked, by when is an answer due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectdesk.desk import adoption
from collectdesk.desk.booking import may_book
from collectdesk.desk.call.variables import day
from collectdesk.desk.complaints.clock import Clock, clocks, today
from collectdesk.desk.house_settings import Answers
from collectdesk.desk.objections.terms import local_day, owed
from collectdesk.desk.working_days import working_day

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.codes import Code
    from collectdesk.desk.office import Office


@dataclass(frozen=True)
class Hooks:
    """The desk as one call sees it, over the connection its state is read from."""

    office: Office
    connection: Connection
    case: int
    person: int
    number: int | None
    zone: str
    language: str
    answers: Answers
    now: int

    def may_book(self, at: int) -> int | None:
        """The first lawful instant at or after ``at`` for a callback to this person; none when only an act opens it."""
        asked = may_book(self.office, self.case, at, person=self.person, number=self.number, connection=self.connection)
        return asked.next_allowed_at

    def local(self, at: int) -> str:
        """An instant on the debtor's clock, as it is typed."""
        return datetime.fromtimestamp(at, ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M")

    def due_on(self, kind: str) -> str:
        """The local date by which an answer of this kind is owed, counted in working days."""
        if kind == "complaint":
            return self.complaint_clock().due_on.isoformat()
        local = datetime.fromtimestamp(self.now, ZoneInfo(self.zone)).date()
        return working_day(adoption.calendars(self.connection, self.now), local, self._days(kind)).isoformat()

    def complaint_clock(self) -> Clock:
        """The days of a complaint that is made now, on the house's own clock."""
        return clocks(self.connection, self.now).first(today(self.now))

    def answer_words(self, kind: str) -> dict[str, str]:
        """The same as a script line says it."""
        return {"answer_by": day(self.due_on(kind), self.language), "answer_days": str(self._days(kind))}

    def objection_words(self, code: Code) -> dict[str, str]:
        """By when an objection of this kind is answered, as a script line says it."""
        due = owed(self.connection, code, local_day(self.now), self.now)
        return {"answer_by": day(due.due_on, self.language), "answer_days": str(due.days)}

    def _days(self, kind: str) -> int:
        """How many the house set (第十条)."""
        return self.answers.objection if kind == "objection" else self.answers.complaint
