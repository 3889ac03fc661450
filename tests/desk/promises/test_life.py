"""A promise through its whole life on a real desk (7.3, 9.4): payments, dates, other holds, closing and taking back.

Whatever happens in whatever order, each state is what a plain reading of payments and dates gives, each change is a
move of the shipped table, and the case rests exactly while a promise is pending.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlmodel import Session, col, select

from collectdesk.desk.house_settings import Promises
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.payments import book as payment_book
from collectdesk.desk.payments import effects
from collectdesk.desk.promises import book, following, terms
from collectdesk.store.engine import open_engine
from collectdesk.store.tables import CaseFile, Hold, Payment, Promise
from tests.conftest import KEY
from tests.desk.conftest import Furniture
from tests.desk.rooms import Hands
from tests.desks import DAY, add

ZONE = "Asia/Shanghai"
HOUSE = Promises(
    cite={"zh_CN": "公司制度", "en": "policy"},  # type: ignore[arg-type]
    least_percent=0, most_days=30, most_broken=99, grace_days=1, reminder_days=2,
)  # fmt: skip
LIFE = lifecycle("promise")
_ALL = select(Promise, CaseFile).join(CaseFile, col(CaseFile.id) == col(Promise.case_id)).order_by(col(Promise.id))
MOVES = {(source, move.act, move.to) for move in LIFE.moves for source in move.sources}


class Life(RuleBasedStateMachine):
    """The desk, and beside it plain lists of what was promised, paid and done."""

    def __init__(self, furniture: Furniture) -> None:
        super().__init__()
        made, room = furniture
        self.place = Path(tempfile.mkdtemp())
        assert made.path is not None
        copy = shutil.copy(made.path, self.place / "desk.db")
        self.store = open_engine(f"sqlite:///{copy}", KEY)
        self.hands = Hands(room.small.at)
        office = replace(room.office, store=self.store, clock=self.hands)
        self.room = replace(room, office=office, hands=self.hands)
        self.office = self.room.seat(room.small.lead, "8001", "lead")
        self.case = room.small.case
        self.stopped: list[tuple[int, int | None]] = []
        self.withdrawn: set[int] = set()
        self.closed = False
        self.ever_closed = False
        self.paid = 0

    def teardown(self) -> None:
        """Every step is a move of the table, from the state the one before led to."""
        with self.store.reader.connect() as connection:
            sql = text("SELECT subject, act, state FROM step WHERE kind = 'promise' ORDER BY subject, id")
            steps = connection.execute(sql).all()
        for before, after in pairwise([(0, "", ""), *map(tuple, steps)]):
            state = before[2] if before[0] == after[0] else "open"
            assert (state, after[1], after[2]) in MOVES
        self.store.close()
        shutil.rmtree(self.place)

    @property
    def today(self) -> date:
        return terms.day_of(self.hands.at, ZONE)

    @rule(ahead=st.integers(0, 3), amount=st.integers(1, 4))
    def promise(self, ahead: int, amount: int) -> None:
        """The debtor promises; the case is put at rest as a call does it."""
        if self.closed:
            return
        self.hands.at += 1  # what is on the desk already counts for nothing that is promised later
        self.sweep()
        pay_on, at = self.today + timedelta(days=ahead), self.hands.at
        agreed, small = terms.terms(pay_on, at, ZONE, HOUSE), self.room.small
        with self.store.writer.begin() as connection:
            held = terms.rest(connection, agreed, debtor=small.debtor, case=self.case, at=at, by=None)
            add(
                connection, Promise, case_id=self.case, by_person=small.debtor, amount=amount * 100, currency="CNY",
                pay_on=pay_on.isoformat(), channel="app", at=at, by_staff=small.collector, holds=held,
                last_on=agreed.last_on.isoformat(), lapses_at=agreed.lapses_at, remind_at=agreed.remind_at,
            )  # fmt: skip

    @rule(amount=st.integers(1, 5), ago=st.integers(0, 3))
    def pay(self, amount: int, ago: int) -> None:
        """A payment comes to light, dated up to three days back."""
        on = (self.today - timedelta(days=ago)).isoformat()
        self.paid += 1
        with Session(self.store.writer) as session, session.begin():
            whose: dict[str, Any] = {"case_id": self.case, "by_staff": self.room.small.lead, "at": self.hands.at}
            session.add(Payment(amount=amount * 100, currency="CNY", paid_on=on, mark=f"m{self.paid}", **whose))
            effects.payments_changed(session, (self.case,), self.hands.at)

    @precondition(lambda self: self.paid)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """A payment is taken back, whole or in part."""
        with self.office.reading() as session:
            standing = [each for each in payment_book.of_case(session, self.case)[0] if each.net > 0]
        if standing:
            paid = data.draw(st.sampled_from(standing))
            payment_book.reverse(self.office, f"y{paid.key}", "bounced", data.draw(st.sampled_from([100, paid.net])))

    @rule(days=st.integers(0, 2), hours=st.integers(0, 23))
    def wait(self, days: int, hours: int) -> None:
        """Time passes, and somebody looks."""
        self.hands.at += days * DAY + hours * 3600
        self.sweep()

    @rule()
    def stop(self) -> None:
        """The house stops collecting, for a complaint."""
        with self.store.writer.begin() as connection:
            file = {"debtor": self.room.small.debtor, "debts": [self.case], "persons": []}
            add(connection, Hold, kind="complaint", received_at=self.hands.at, allows=[], **file)
        self.stopped.append((self.hands.at, None))

    @rule()
    def go_on(self) -> None:
        """It goes on."""
        with self.store.writer.begin() as connection:
            sql = text("UPDATE hold SET lifted_at = :at WHERE kind = 'complaint' AND lifted_at IS NULL")
            connection.execute(sql, {"at": self.hands.at})
        self.stopped = [(since, self.hands.at if end is None else end) for since, end in self.stopped]

    @rule(status=st.sampled_from(["settled", "open"]))
    def file(self, status: str) -> None:
        """The creditor's file says that the case is settled, or open."""
        self.sweep()
        with self.store.writer.begin() as connection:
            connection.execute(text("UPDATE case_file SET status = :status"), {"status": status})
            effects.after_import(connection, self.hands.at)
        self.closed = status == "settled"
        self.ever_closed = self.ever_closed or self.closed
        with Session(self.store.writer) as session, session.begin():
            effects.payments_changed(session, (self.case,), self.hands.at)

    @precondition(lambda self: any(each.status == "open" for each in self.promises()))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """One that is pending is taken back."""
        self.sweep()
        pending = [each.id for each in self.promises() if each.status == "open"]
        if pending:
            key = data.draw(st.sampled_from(pending))
            book.withdraw(self.office, f"r{key}", "recorded twice")
            self.withdrawn.add(key or 0)

    def sweep(self) -> None:
        """Let dates take their effect; a second time there is nothing left to do."""
        with Session(self.store.writer) as session, session.begin():
            following.sweep(session, self.hands.at)
        with Session(self.store.writer) as session, session.begin():
            assert following.sweep(session, self.hands.at) == 0

    def promises(self) -> list[Promise]:
        """The rows as they stand."""
        with Session(self.store.reader) as session:
            return [each for each, _case in session.execute(_ALL).all()]

    @invariant()
    def each_state_is_what_money_and_dates_say(self) -> None:
        """A plain reading, without the code under test: money of its days, first to what ends first."""
        for each, received in self.plainly():
            over = self.hands.at >= (each.lapses_at or 0)
            key = each.id or 0
            if key in self.withdrawn:
                assert each.status == "withdrawn"
            elif received >= each.amount:
                assert each.status == "kept"
            elif not over and not self.closed:
                assert each.status == "open"
            elif received:
                assert each.status == "partly_kept"
            else:
                excused = not over or self.at_rest(each.lapses_at or 0)
                assert each.status == ("expired" if excused else "broken") or (self.ever_closed and not excused)

    @invariant()
    def the_case_rests_exactly_while_a_promise_is_pending(self) -> None:
        """No call before the promised date: its holds stand until it ends, and not an instant longer."""
        with self.store.reader.connect() as connection:
            rows = connection.execute(text("SELECT id, lifted_at, until FROM hold WHERE kind = 'promise'")).all()
        standing = {row.id for row in rows if row.lifted_at is None}
        pending = {hold for each in self.promises() if each.status == "open" for hold in each.holds}
        assert standing == pending
        ends = [each.lapses_at for each in self.promises() if each.status == "open"]
        assert {row.until for row in rows if row.id in standing} >= {end for end in ends if end}

    def at_rest(self, at: int) -> bool:
        """Whether the house had stopped collecting when a promise ended."""
        return any(since < at and (end is None or end >= at) for since, end in self.stopped)

    def plainly(self) -> list[tuple[Promise, int]]:
        """What counts for each promise, cent by cent from the rows of the database."""
        made = self.promises()
        live = [each for each in made if each.status != "withdrawn"]
        received = dict.fromkeys([each.id for each in made], 0)
        with self.office.reading() as session:
            paid = payment_book.of_case(session, self.case)[0]
        for money in paid:
            rest = money.net
            for each in sorted(live, key=lambda row: (row.last_on or "", row.id or 0)):
                begins = terms.day_of(each.at, ZONE).isoformat()
                if begins <= money.on.isoformat() <= (each.last_on or "") and money.at >= each.at:
                    share = min(rest, each.amount - received[each.id])
                    received[each.id] += share
                    rest -= share
        return [(each, received[each.id]) for each in made]


def test_a_promise_lives_by_payments_and_dates(furniture: Furniture) -> None:
    """Article 7.3."""
    run_state_machine_as_test(
        lambda: Life(furniture),  # type: ignore[arg-type] # it is only called
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
