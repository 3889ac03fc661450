"""The order of work (article 8): lawful now first, then by what is due; alike cases share one answer, exactly."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import check, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.left import left_today
from collectdesk.desk.queue import Entry, Whose, case_count, ordered, queue
from collectdesk.desk.window import Window
from collectdesk.store.case_rows import COLLECTOR, CollectorRow, Scope, all_open, one_case, work_of, work_of_team
from collectdesk.store.reader import open_url
from collectdesk.store.tables import (
    Callback,
    CaseFile,
    CaseParty,
    ContactEvent,
    Designation,
    Hold,
    Notice,
    Number,
    Objection,
    Person,
    Promise,
    Statement,
)
from tests import desks
from tests.conftest import KEY
from tests.desk import alike_books, portions
from tests.desk.asked_one_by_one import OneByOne, cases_asked, chances, files_of
from tests.desk.portions import read_few_at_a_time
from tests.desk.rooms import Room
from tests.desk.test_bookcheck import looking

MORNING, DAY, HOUR = desks.MORNING, desks.DAY, 3600
EVENING = MORNING + 10 * HOUR + 1800
MIDNIGHT = MORNING - (MORNING + 8 * HOUR) % DAY + DAY
LINES = ("answered", "no_answer", "void_number", "busy")


@pytest.fixture
def view(room: Room, room_url: str) -> Iterator[Window]:
    """The collector's window, opened when the test has written what it wants seen."""
    with open_url(room_url, KEY) as reader:
        row = CollectorRow(*reader.ask(COLLECTOR, {"id": room.small.collector})[0])
        yield Window(reader, row, MORNING, practice=True, lang="en")


def case(room: Room, number: int, **values: object) -> int:
    """One more debtor with a case of the collector; ``values`` override the case's columns."""
    small = room.small
    with room.office.store.writer.begin() as connection:
        person = desks.add(connection, Person, name="某人", country="CN", born_on="1980-01-01", id_number="X1")
        line = {"person": person, "number": f"1990001{number:04}", "class_": "mobile", "source": "contract"}
        desks.add(connection, Number, status="ok", place="none", **line)
        usual = {
            "code": f"C-{number:03}", "creditor": small.creditor, "debtor": person, "contract_no": f"C{number}",
            "type": "credit_card", "due_on": "2026-09-01", "team": small.team, "collector": small.collector,
        }  # fmt: skip
        key = desks.add(connection, CaseFile, **{**usual, **values})
        amounts = {"principal": 1000, "interest": 0, "fees": 0, "total": 1000, "currency": "CNY"}
        desks.add(connection, Statement, case_id=key, as_of="2026-11-22", imported_at=MORNING, **amounts)
        desks.add(connection, CaseParty, case_id=key, person=person, role="debtor")
        desks.add(
            connection, Notice, debtor=person, kind="outsourcing", sent_at=MORNING - 30 * DAY
        )  # the only notice an agency needs
    return key


def own(room: Room, key: int) -> tuple[int, int]:
    """The debtor of a case and the debtor's first number."""
    with room.office.reader.connect() as connection:
        sql = (
            "SELECT c.debtor, n.id FROM case_file c JOIN number n ON n.person = c.debtor "
            f"WHERE c.id = {key} ORDER BY n.id"
        )
        debtor, number = connection.exec_driver_sql(sql).first() or (0, 0)
    return int(debtor), int(number)


def scatter(room: Room, chance: random.Random, key: int) -> None:
    """Something personal on about half the cases."""
    debtor, number = own(room, key)
    with room.office.store.writer.begin() as connection:
        for _ in range(chance.randrange(3)):
            at = MORNING - chance.choice((600, 7200, DAY, 20 * DAY, 90 * DAY))
            line = chance.choice(LINES)
            desks.add(
                connection, ContactEvent, at=at, recorded_at=at, kind="call", org=room.small.own, direction="out",
                debtor=debtor, person=debtor, number=number, channel="voice", line=line,
                talk="conversation" if line == "answered" else "none", debts=[key],
            )  # fmt: skip
        if chance.random() < 0.2:
            desks.add(connection, Hold, debtor=debtor, kind="complaint", received_at=MORNING - DAY)
        if chance.random() < 0.2:
            weekly = [{"days": [1], "from": "09:00", "to": "12:00"}]
            desks.add(connection, Designation, debtor=debtor, via="debtor", kind="barred", weekly=weekly)


def told(entry: Entry) -> dict[str, object]:
    """Everything of a place in the queue, the decision with all its evidence."""
    return {**{name: getattr(entry, name) for name in entry.__struct_fields__}, "decision": entry.decision.to_wire()}


def test_alike_cases_get_the_answer_they_would_get_alone(room: Room, request: pytest.FixtureRequest) -> None:
    chance = random.Random(8)
    for number in range(24):
        key = case(room, number, type=chance.choice(("credit_card", "consumer_loan")), status="open")
        scatter(room, chance, key)
    view: Window = request.getfixturevalue("view")
    entries = queue(view)
    assert len(entries) == 25
    gate = gate_in_force(view.ask, view.at)
    for entry in entries:
        contact = Contact(entry.contact.case, entry.contact.person, None, MORNING, entry.contact.purpose)
        alone = check(gate, read_files(view.ask, one_case(contact.case)), contact, view.standing(), "en")
        assert entry.decision.to_wire() == alone.decision.to_wire()
        assert (entry.contact, entry.left) == (alone.contact, left_today(gate, alone.dial))


@pytest.mark.parametrize(
    ("seed", "at_home", "at", "few"),
    [(1, True, MORNING, False), (2, True, EVENING, True), (3, False, MORNING + 40, True)],
)
def test_every_case_stands_where_it_would_stand_asked_alone(
    room: Room,
    room_url: str,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    at_home: bool,
    at: int,
    few: bool,
) -> None:
    """Whatever is shared: in each place of the queue is what single checks say, evidence and all."""
    if few:
        read_few_at_a_time(monkeypatch)
    alike_books.fill(room, seed, debtors=70, at_home=at_home)
    asked = cases_asked(monkeypatch)
    with looking(room_url, room.small.lead) as window:
        window = replace(window, at=at)
        scopes: dict[Whose, Scope] = {
            "own": work_of(window.staff.id), "team": work_of_team(window.staff.team or 0), "all": all_open(),
        }  # fmt: skip
        files = files_of(window)
        for whose, scope in scopes.items():
            asked.clear()
            entries = queue(window, whose)
            alone = ordered(OneByOne(window, scope, own=whose == "own", files=files).entries())
            assert [each.code for each in entries] == [each.code for each in alone]
            for entry, expected in zip(entries, alone, strict=True):
                assert told(entry) == told(expected), (whose, entry.code)
            assert len(set(asked)) < len(entries)
            assert len({entry.contact.person for entry in entries}) > 2 * portions.DEBTORS


def test_what_today_still_holds_is_what_the_queue_of_each_hour_says(room: Room, room_url: str) -> None:
    """Capacity asks the gate again only where an answer has run out, and says the same as asking every hour anew."""
    chance = random.Random(9)
    for number in range(24):
        scatter(room, chance, case(room, number))
    with open_url(room_url, KEY) as reader:
        lead = CollectorRow(*reader.ask(COLLECTOR, {"id": room.small.lead})[0])
        view = Window(reader, lead, MORNING, practice=True, lang="en")
        told = {each.case: each for each in chances(view)}
        now = {each.contact.case: each for each in queue(view, "all")}
        hours: dict[int, list[int]] = {key: [] for key in told}
        for at in (MORNING, *range(MORNING + HOUR - MORNING % HOUR, MIDNIGHT, HOUR)):
            for each in queue(replace(view, at=at), "all"):
                hours[each.contact.case] += [(at // HOUR + 8) % 24] if each.state == "now" else []
    assert {key: list(known.hours) for key, known in told.items()} == hours
    assert {len(known.hours) for known in told.values()} > {0}
    assert told.keys() == now.keys()
    for key, left in told.items():
        opens = now[key].decision.next_allowed_at
        later = "later" if opens is not None and opens < MIDNIGHT else "another_day"
        assert left.room == (later if now[key].state == "later" else now[key].state)
        assert left.dials == (now[key].left.dials if left.room in ("now", "later") else 0)
        assert bool(left.bars) == (left.room != "now")
    assert {known.room for known in told.values()} >= {"now", "later", "act"}


def test_lawful_now_first_and_what_is_due_before_the_rest(room: Room, request: pytest.FixtureRequest) -> None:
    """Articles 7(3), 10(1): callbacks at their time, answers owed, promises broken and due, then age and amount."""
    plain, promised, owed, agreed, held = (case(room, number) for number in range(5))
    small = room.small
    with room.office.store.writer.begin() as connection:
        usual = {"amount": 100, "currency": "CNY", "channel": "app", "at": 0, "by_staff": small.collector}
        debtor = own(room, promised)[0]
        desks.add(connection, Promise, case_id=promised, by_person=debtor, pay_on="2026-11-22", **usual)
        objection = {"category": "amount", "content": "x", "received_at": 0, "by_staff": small.collector}
        desks.add(connection, Objection, case_id=owed, due_on="2026-11-23", **objection)
        who = {"person": own(room, agreed)[0], "purpose": "callback", "collector": small.collector, "at": 0}
        desks.add(connection, Callback, case_id=agreed, due_at=MORNING, **who)
        desks.add(connection, Hold, debtor=own(room, held)[0], kind="complaint", received_at=0)
    entries = queue(request.getfixturevalue("view"))
    assert [entry.contact.case for entry in entries] == [agreed, owed, promised, plain, small.case, held]
    assert [entry.due.kind if entry.due else None for entry in entries[:3]] == [
        "callback", "objection", "promise_broken",
    ]  # fmt: skip
    last: Entry = entries[-1]
    assert (last.state, last.reason, last.lacks) == ("act", "hold", [("hold", "lead")])
    assert case_count(entries) == {"now": 5, "later": 0, "act": 1}
    assert (entries[3].bucket, entries[3].left) == ("M3", (3, 2))


def test_a_team_sees_everybodys_cases(room: Room, request: pytest.FixtureRequest) -> None:
    case(room, 1, collector=room.small.lead)
    case(room, 2, status="settled")
    case(room, 3, team=None)
    case(room, 4, team=None, collector=None)
    view: Window = request.getfixturevalue("view")
    assert len(queue(view)) == 2
    assert len(queue(view, "team")) == 3


def test_who_has_no_case_has_an_empty_queue(room: Room, room_url: str) -> None:
    with looking(room_url, room.small.admin) as window:
        assert queue(window) == []


def test_a_lead_sees_each_case_as_its_collector_may_call_it(room: Room, room_url: str) -> None:
    """Who oversees need not be qualified to call; a case of somebody who is not stays closed (article 13.1)."""
    case(room, 1)
    case(room, 2, collector=room.small.admin)
    with open_url(room_url, KEY) as reader:
        row = CollectorRow(*reader.ask(COLLECTOR, {"id": room.small.lead})[0])
        entries = queue(Window(reader, row, MORNING, practice=True, lang="en"), "all")
    seen = {each.collector: (each.state, each.lacks) for each in entries}
    assert seen == {"8002": ("now", []), "8000": ("act", [("fact_missing", "lead")])}


def test_a_case_nobody_could_identify_is_named_and_not_offered(room: Room, request: pytest.FixtureRequest) -> None:
    """Article 5.1: named in the queue, not in mid-call."""
    key = case(room, 1)
    with room.office.store.writer.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE person SET id_number = NULL WHERE id = (SELECT debtor FROM case_file WHERE id = {key})"
        )
    view: Window = request.getfixturevalue("view")
    entry = next(each for each in queue(view) if each.contact.case == key)
    assert (entry.state, entry.reason, entry.lacks) == (
        "act", "identity_items", [("identity_items", "import")],
    )  # fmt: skip


def test_a_creditor_without_identity_items_holds_all_its_cases(room: Room, request: pytest.FixtureRequest) -> None:
    """Article 5.1: a lead sets the two items first."""
    case(room, 1)
    with room.office.store.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE creditor SET identity_items = '[]'")
    view: Window = request.getfixturevalue("view")
    assert {(each.state, each.reason) for each in queue(view)} == {("act", "creditor_items")}
