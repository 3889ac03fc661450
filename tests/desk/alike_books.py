"""Books of debtors many of whom are alike but for a word or two: what is shared between cases is put to the test."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import Connection

from collectdesk.store.tables import Callback, ContactEvent, Notice, Number, Objection, Person, Promise, Referral
from tests import desks
from tests.desk.rooms import Room
from tests.desk.test_bookcheck import Book

MORNING, DAY, HOUR = desks.MORNING, desks.DAY, 3600
LONG_AGO = MORNING - 20 * DAY


class Wobbling(random.Random):
    """Draws the same as every other of its ``pattern``, but now and then something else."""

    def __init__(self, pattern: int, chance: random.Random, seldom: float) -> None:
        super().__init__(0)
        self._pattern, self._chance, self._seldom = random.Random(pattern), chance, seldom

    def random(self) -> float:
        drawn = self._pattern.random()
        return self._chance.random() if self._chance.random() < self._seldom else drawn


class AlikeBook(Book):
    """Notices of long ago went out at any instant; at home everybody is where the house's own rules hold."""

    def __init__(self, room: Room, connection: Connection, chance: random.Random, *, at_home: bool) -> None:
        self.at_home = at_home
        self._held: set[tuple[int, str]] = set()
        super().__init__(room, connection, chance)

    def add(self, model: Any, **values: Any) -> int:
        if model is Notice and values["sent_at"] < LONG_AGO:
            values["sent_at"] -= self.chance.randrange(30 * DAY)
        if model is Person and self.at_home:
            values["country"] = "CN"
        if model is Number and (values["person"], values["number"]) in self._held:
            values["number"] += "0"  # nobody has the same number twice
        if model is Number:
            self._held.add((values["person"], values["number"]))
        return super().add(model, **values)

    def owed(self) -> None:
        """Something due on some cases, others away."""
        chance, small = self.chance, self.room.small
        for key, person in chance.sample(self.cases, len(self.cases) // 3):
            what = chance.randrange(4)
            if what == 0:
                self.add(
                    Promise, case_id=key, at=MORNING - 3 * DAY, by_person=person, amount=100, currency="CNY",
                    channel="app", pay_on=f"2026-11-2{chance.randrange(1, 6)}", by_staff=small.collector,
                    status=chance.choice(("open", "broken")), remind_at=chance.choice((None, MORNING - HOUR)),
                )  # fmt: skip
            elif what == 1:
                self.add(
                    Callback, case_id=key, at=0, person=person, purpose="callback", collector=small.collector,
                    due_at=MORNING + chance.choice((-HOUR, 0, HOUR)),
                )  # fmt: skip
            elif what == 2:
                self.add(
                    Objection, case_id=key, due_on=f"2026-11-2{chance.randrange(2, 6)}", category="amount",
                    content="x", received_at=0, by_staff=small.collector,
                )  # fmt: skip
            if what == 3 or chance.random() < 0.2:
                self.add(
                    Referral, case_id=key, referred_to="legal", basis="x", referred_on="2026-11-20", leaves_queue=True,
                    by_staff=small.lead, at=MORNING - 3 * DAY,
                )  # fmt: skip

    def today(self, count: int) -> None:
        """Calls of today and the day before, with the debtor, on a number of theirs."""
        chance, small = self.chance, self.room.small
        held = self.connection.exec_driver_sql("SELECT person, id FROM number ORDER BY id DESC")
        numbers = {person: number for person, number in held}  # noqa: C416 - rows are no pairs to the type checker
        for _ in range(count):
            key, debtor = chance.choice(self.cases)
            at = MORNING - chance.choice((600, HOUR, 5 * HOUR, 5 * HOUR, 25 * HOUR))
            line = chance.choice(("answered", "no_answer", "busy"))
            self.add(
                ContactEvent, at=at, recorded_at=at, kind="call", direction="out", org=small.own, debtor=debtor,
                person=debtor, number=numbers[debtor], channel="voice", line=line, debts=[key],
                talk="conversation" if line == "answered" else "none",
            )  # fmt: skip


def fill(room: Room, seed: int, debtors: int = 120, *, at_home: bool = False) -> AlikeBook:
    """A desk with a handful of patterns of debtors."""
    chance = random.Random(seed)
    with room.office.store.writer.begin() as connection:
        book = AlikeBook(room, connection, chance, at_home=at_home)
        for number in range(debtors):
            book.chance = Wobbling(100 * seed + chance.randrange(6), chance, 0.02)
            book.debtor(number)
        book.chance = chance
        book.calls(debtors // 4)
        book.today(debtors // 4)
        book.owed()
        book.permits()
    return book
