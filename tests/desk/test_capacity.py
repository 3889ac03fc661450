"""What today still holds for a case is the same however it is told: by its sort, or asked about one by one.

Random books with everything on file that makes one case unlike another, calls of today among it.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from msgspec.structs import replace

from collectdesk.desk.capacity import Chance, chances
from collectdesk.desk.queue import queue
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked
from collectdesk.desk.reports.figure import Count
from collectdesk.desk.reports.making import listing, make
from collectdesk.store.tables import (
    Callback,
    CaseFile,
    CaseParty,
    ContactEvent,
    Notice,
    Number,
    Objection,
    Person,
    Promise,
    Statement,
)
from tests import desks
from tests.desk import asked_one_by_one
from tests.desk.portions import read_few_at_a_time
from tests.desk.rooms import Room
from tests.desk.test_bookcheck import Book, fill, looking

MORNING, DAY, HOUR = desks.MORNING, desks.DAY, 3600
EVENING = MORNING + 9 * HOUR + 1234
NIGHT = MORNING + 20 * HOUR


def plain(room: Room, chance: random.Random) -> None:
    """Debtors alike in everything but the calls of today and the day before, and what their creditor asks for."""
    small = room.small
    with room.office.store.writer.begin() as connection:
        connection.exec_driver_sql('UPDATE creditor SET identity_items = \'["name", "id_last4"]\'')
        for number in range(60):
            person = desks.add(
                connection,
                Person,
                name="某人",
                country="CN",
                region="GD",
                born_on="1980-01-01",
                id_number=chance.choice((None, *4 * (f"44010019800101{number:04}",))),
            )
            lines = [
                desks.add(
                    connection,
                    Number,
                    person=person,
                    number=f"198{number:04}{part:04}",
                    class_="mobile",
                    place="none",
                    source="contract",
                    status="ok",
                )
                for part in range(chance.choice((1, 1, 2)))
            ]
            cases = [
                desks.add(
                    connection,
                    CaseFile,
                    code=f"P-{number:03}-{part}",
                    creditor=small.creditor,
                    debtor=person,
                    contract_no=f"{number}-{part}",
                    type="credit_card",
                    status="open",
                    due_on="2026-09-01",
                    team=small.team,
                    product="card",
                    collector=chance.choice((small.collector, small.lead)),
                )
                for part in range(chance.choice((1, 1, 2)))
            ]
            for key in cases:
                desks.add(connection, CaseParty, case_id=key, person=person, role="debtor")
                total = chance.randrange(100, 900)
                desks.add(
                    connection, Statement, case_id=key, as_of="2026-11-22", imported_at=MORNING - DAY, currency="CNY",
                    principal=total, interest=0, fees=0, total=total, days_past_due=chance.choice((80, 81)),
                )  # fmt: skip
            desks.add(connection, Notice, debtor=person, kind="outsourcing", debts=[], sent_at=MORNING - 30 * DAY)
            for _ in range(chance.choice((0, 0, 1, 1, 2))):
                at = MORNING - chance.choice((600, HOUR, 8 * HOUR, 12 * HOUR, 25 * HOUR))
                line = chance.choice(("answered", "no_answer", "busy"))
                desks.add(
                    connection, ContactEvent, at=at, recorded_at=at, kind="call", direction="out", org=small.own,
                    debtor=person, person=person, number=chance.choice(lines), channel="voice", line=line,
                    talk="conversation" if line == "answered" else "none", debts=[chance.choice(cases)],
                    answered_by=person if line == "answered" else None, duration_s=chance.randrange(300),
                )  # fmt: skip


def besides(room: Room, book: Book) -> None:
    """What is due on a case, and cases that are away."""
    chance, small = book.chance, room.small
    with room.office.store.writer.begin() as connection:
        for key, person in chance.sample(book.cases, 12):
            usual = {"case_id": key, "at": MORNING - 3 * DAY}
            desks.add(
                connection, Promise, by_person=person, pay_on=f"2026-11-2{chance.randrange(1, 6)}", amount=100,
                currency="CNY", channel="app", by_staff=small.collector, **usual,
            )  # fmt: skip
        for key, person in chance.sample(book.cases, 6):
            desks.add(
                connection, Callback, case_id=key, at=0, person=person, purpose="callback", collector=small.collector,
                due_at=MORNING + chance.choice((-HOUR, 0, HOUR)),
            )  # fmt: skip
        for key, _ in chance.sample(book.cases, 6):
            desks.add(
                connection, Objection, case_id=key, due_on=f"2026-11-2{chance.randrange(2, 6)}", category="amount",
                content="x", received_at=0, by_staff=small.collector,
            )  # fmt: skip


BOOKS = [(1, MORNING, False), (2, MORNING, True), (3, EVENING, True), (4, NIGHT, False), (5, MORNING + 40, True)]


@pytest.mark.parametrize(
    ("ruled_copy", "seed", "at", "few"),
    [*(("ruled", *each) for each in BOOKS), *(("served_ruled", *each) for each in (BOOKS[0], BOOKS[2]))],
    indirect=["ruled_copy"],
)
def test_every_case_is_told_as_if_asked_alone(
    room: Room, room_url: str, monkeypatch: pytest.MonkeyPatch, seed: int, at: int, few: bool
) -> None:
    if few:
        read_few_at_a_time(monkeypatch)
    book = fill(room, seed, debtors=40)
    besides(room, book)
    plain(room, random.Random(seed))
    with looking(room_url, room.small.admin) as window:
        window = replace(window, at=at)
        told = {case: chance for chance, cases in chances(window).items() for case in cases}
        reading = asked_one_by_one.OneByOne(window)
        expected = {each.case: each for each in asked_one_by_one.chances(window, reading)}
        assert told.keys() == expected.keys()
        for case, alone in expected.items():
            chance = told[case]
            assert (chance.room, chance.bars, chance.hours, chance.dials) == (
                alone.room, alone.bars, alone.hours, alone.dials
            ), case  # fmt: skip
        entries = {each.contact.case: each for each in queue(window, "all")}
        for case, chance in told.items():
            left = entries[case].left if chance.room in ("now", "later") else (None, None)
            assert (chance.dials_left, chance.talks_left) == tuple(left)
        assert len(set(told.values())) < len(told) / 2
        _lasts(reading, told, at - (at + 8 * HOUR) % DAY + DAY)


def _lasts(reading: asked_one_by_one.OneByOne, told: dict[int, Chance], midnight: int) -> None:
    """The last moment named is lawful, the next one is not, nor is any hour left of the day."""
    for case, chance in told.items():
        assert (chance.until is None) == (chance.room in ("another_day", "act"))
        if chance.until is not None:
            assert reading.state(case, chance.until - 1) == "now"
            assert not any(reading.state(case, at) == "now" for at in range(chance.until, midnight, HOUR))


@pytest.mark.parametrize("ruled_copy", ["ruled", "served_ruled"], indirect=True)
def test_the_report_counts_the_hours_and_calls_each_case_was_told(room: Room, room_url: str) -> None:
    """By hour, by collector, in all, and in the list behind a figure: a row for every hour and every call of a case."""
    besides(room, fill(room, 1, debtors=40))
    plain(room, random.Random(1))
    with looking(room_url, room.small.admin) as window:
        window = replace(window, at=MORNING)
        asked = Asked(report="capacity", period=periods.a_day(periods.day_of(MORNING)))
        hours: Counter[str] = Counter()
        dials: Counter[str] = Counter()
        staff = {number: str(staff) for number, staff in window.ask("SELECT id, number FROM staff", {})}
        whose = {case: staff[by] for case, by in window.ask("SELECT id, collector FROM case_file", {}) if by}
        for chance, cases in chances(window).items():
            for hour in chance.hours:
                hours[f"{hour:02}"] += len(cases)
            for case in cases:
                dials[whose.get(case, "none")] += chance.dials
        made = make(window, asked)
        listed, _cases = listing(window, asked, "capacity_hours.open", limit=0)
        calls, _cases = listing(window, asked, "capacity_dials.left", limit=0)
    told = {table.key: table for table in made.tables}
    assert len(hours) > 2
    assert len(set(hours.values())) > 1
    assert {row.key: row.values[0] for row in told["hours"].rows if row.values[0] != Count(0)} == {
        hour: Count(number) for hour, number in hours.items()
    }
    left = [column.key for column in told["collector"].columns].index("capacity_dials.left")
    assert {row.key: row.values[left] for row in told["collector"].rows} == {
        number: Count(left) for number, left in dials.items()
    }
    assert next(each.value for each in made.figures if each.key == "capacity_dials.left") == Count(dials.total())
    assert [len(table.rows) for each in (listed, calls) for table in each.tables] == [hours.total(), dials.total()]
