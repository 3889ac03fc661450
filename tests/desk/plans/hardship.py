"""A desk with a debtor in hardship: who proposes, who decides, payments as an import brings them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import text

from collectdesk.desk.office import Office
from collectdesk.desk.plans import deciding, performance, proposing, reading
from collectdesk.desk.plans.terms import Wish
from collectdesk.gate import Decision
from collectdesk.store.tables import Payment
from tests.desk.call.phone import Phone
from tests.desks import DAY, add

ASKED = Wish(count=6)
TOTAL = 1_248_000


@dataclass
class Hardship:
    """The desk, and who is who on it."""

    phone: Phone

    @property
    def collector(self) -> Office:
        """Who proposes."""
        return self.phone.office

    @property
    def lead(self) -> Office:
        """Who decides up to their authority."""
        return self.phone.room.seat(self.phone.room.small.lead, "8001", "lead")

    @property
    def admin(self) -> Office:
        """Who decides anything."""
        return self.phone.room.seat(self.phone.room.small.admin, "8000", "admin")

    @property
    def code(self) -> str:
        """The case."""
        return self.phone.room.small.code

    @property
    def today(self) -> date:
        """The house's date."""
        return reading.house_day(self.phone.room.hands.at)

    def wait(self, days: int) -> None:
        """Let days go by."""
        self.phone.room.hands.at += days * DAY

    def draft(self, wish: Wish = ASKED) -> str:
        """A plan, drawn up."""
        return proposing.propose(self.collector, self.code, wish, "income_lost")

    def verify(self, plan: str) -> None:
        """What was asked for came and is sufficient."""
        for state in ("asked", "received", "sufficient"):
            proposing.evidence(self.collector, plan, "income", state)

    def submitted(self, wish: Wish = ASKED) -> str:
        """A plan that waits for a decision."""
        plan = self.draft(wish)
        self.verify(plan)
        deciding.submit(self.collector, plan)
        return plan

    def approved(self, wish: Wish = ASKED) -> str:
        """An approved plan."""
        plan = self.submitted(wish)
        deciding.approve(self.lead, plan, self.digest(plan))
        return plan

    def active(self, wish: Wish = ASKED) -> str:
        """A plan in performance."""
        plan = self.approved(wish)
        self.sign(plan)
        return plan

    def sign(self, plan: str) -> None:
        """They agreed by word of mouth."""
        performance.sign(self.collector, plan, "oral", recording="R-17", contents=True)

    def view(self, plan: str) -> reading.PlanView:
        """The plan as it is on file."""
        with self.collector.reading() as session:
            return reading.view(session, reading.found(session, plan), self.collector.now())

    def state(self, plan: str) -> str:
        """Its state."""
        return str(self.phone.one(f"SELECT status FROM plan WHERE id = {plan[1:]}"))

    def digest(self, plan: str) -> str:
        """What an approval of it names."""
        return str(self.phone.one(f"SELECT digest FROM plan WHERE id = {plan[1:]}"))

    def pay(self, amount: int, on: date | None = None, reverses: int | None = None) -> int:
        """A payment is brought in, as an import does; its key."""
        small, now = self.phone.room.small, self.phone.room.hands.at
        with self.collector.writing() as session:
            values: dict[str, object] = {"case_id": small.case, "amount": amount, "currency": "CNY", "at": now}
            values |= {"paid_on": (on or self.today).isoformat(), "reverses": reverses, "by_staff": small.lead}
            mark = f"{now}-{amount}-{on}-{reverses}-{self.phone.one('SELECT count(*) FROM payment')}"
            made = add(session.connection(), Payment, **values, mark=mark)
            performance.payments_changed(session, small.case, now)
        return made

    def edit(self, sql: str) -> None:
        """Somebody edits the database by hand."""
        with self.phone.office.writer.begin() as connection:
            connection.execute(text(sql))

    def may_call(self, purpose: str = "collect") -> Decision:
        """What the gate says to a call at ten in the morning of the next open day."""
        from collectdesk.desk.booking import may_book

        return may_book(self.collector, self.phone.room.small.case, self.phone.room.hands.at, purpose=purpose)

    def plan_holds(self) -> int:
        """Blocks of kind plan that stand now."""
        now = self.phone.room.hands.at
        return int(
            self.phone.one(f"SELECT count(*) FROM hold WHERE kind = 'plan' AND lifted_at IS NULL AND until > {now}")
        )

    def statement(self, principal: int) -> None:
        """A newer statement comes in."""
        from collectdesk.store.tables import Statement

        small = self.phone.room.small
        amounts = {"principal": principal, "interest": 43_000, "fees": 15_000, "total": principal + 58_000}
        with self.phone.office.writer.begin() as connection:
            now = self.phone.room.hands.at
            day = self.today.isoformat()
            add(connection, Statement, case_id=small.case, as_of=day, imported_at=now, currency="CNY", **amounts)


def later(day: date, days: int) -> date:
    """A date some days on."""
    return day + timedelta(days=days)


def at(office: Office, seconds: int) -> Office:
    """The same with its clock moved."""
    return replace(office, shift=office.shift + seconds)
