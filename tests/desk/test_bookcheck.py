"""A case is told the same whoever asks: alone, with the whole book, by a list, over the stream, or for a permit.

Random books with everything on file that makes one debtor's case unlike another's; nothing of the past is left out
that could matter, and no instant before the one that is named lets a call through.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from collectdesk.desk import bookcheck
from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import Checked, check, gate_in_force
from collectdesk.desk.facts import Contact, dial_for
from collectdesk.desk.permit_question import dial_json
from collectdesk.desk.quiet import CONDITIONS, SIMPLE, Personal, Reach, places_of
from collectdesk.desk.sharing import stretches
from collectdesk.desk.sorts import Sorts
from collectdesk.desk.window import Window
from collectdesk.gate import Gate, Instant, parse_dial
from collectdesk.gate.applies import When
from collectdesk.store.case_rows import COLLECTOR, CollectorRow, one_case
from collectdesk.store.past_rows import WHOLE
from collectdesk.store.reader import open_url
from collectdesk.store.tables import (
    Attestation,
    CaseFile,
    CaseParty,
    Consent,
    ContactEvent,
    Designation,
    HistoryCover,
    Hold,
    ImportBatch,
    Notice,
    Number,
    Org,
    Permit,
    Person,
    PersonZone,
    Statement,
)
from tests import desks
from tests.conftest import KEY
from tests.desk.portions import read_few_at_a_time
from tests.desk.rooms import Room

MORNING, DAY, HOUR = desks.MORNING, desks.DAY, 3600
EVENING = MORNING + 10 * HOUR + 1800
STEP = 300
LINES = ("answered", "no_answer", "void_number", "busy", "suspended", "unknown", "switched_off")


class Book:
    """Fills a desk with debtors, each unlike the others in some way or other."""

    def __init__(self, room: Room, connection: Connection, chance: random.Random) -> None:
        self.room, self.connection, self.chance = room, connection, chance
        self.people: list[int] = []
        self.lines: list[int] = []
        self.cases: list[tuple[int, int]] = []
        by = {"by_staff": room.small.lead, "at": MORNING - 9 * DAY}
        self.batches = [self.add(ImportBatch, digest=f"d{n}", counts={}, **by) for n in range(2)]
        self.add(Attestation, kind="no_other_calls", batch=self.batches[0], **by)
        self.add(
            Attestation, kind="outsourcing_notice", batch=self.batches[1], scope={"sent_at": MORNING - 8 * DAY}, **by
        )
        self.other = self.add(Org, name="另一家机构", kind="agency", licensed=True)

    def add(self, model: Any, **values: object) -> int:
        return desks.add(self.connection, model, **values)

    def debtor(self, number: int) -> None:
        """Somebody with one case, seldom two, and now and then something besides."""
        chance = self.chance
        person = self.add(
            Person,
            name="某人",
            country=chance.choice(("CN", "CN", "CN", "CN", None)),
            region=chance.choice(("GD", "SH")),
            born_on=chance.choice(("1980-01-01", "1991-02-03", None, "2010-05-06")),
            capacity=chance.choice((None, None, None, "full", "limited")),
        )
        self.people.append(person)
        for _ in range(chance.choice((1, 1, 1, 2))):
            shared = chance.random() < 0.05 and self.lines
            digits = f"199{number:04}{len(self.lines):04}" if not shared else f"199{0:04}{0:04}"
            held = {"person": person, "number": digits, "class_": chance.choice(("mobile", "mobile", "landline"))}
            place = "none" if held["class_"] == "mobile" else "home"
            source = chance.choice(("contract", "contract", "application", "unknown"))
            status = chance.choice(("ok", "ok", "ok", "unknown", "invalid"))
            self.lines.append(self.add(Number, place=place, source=source, status=status, **held))
        if chance.random() < 0.1:
            self.add(PersonZone, person=person, zone=chance.choice(("Asia/Urumqi", "Asia/Shanghai")), source="address")
        for part in range(chance.choice((1, 1, 1, 1, 2))):
            self.case(person, f"K-{number:03}-{part}")
        self.besides(person)

    def case(self, person: int, code: str) -> None:
        chance, small = self.chance, self.room.small
        key = self.add(
            CaseFile,
            code=code,
            creditor=small.creditor,
            debtor=person,
            contract_no=code,
            type=chance.choice(("credit_card", "consumer_loan", "online_consumer_loan", None)),
            signed_on=f"20{chance.randrange(10, 26)}-01-0{chance.randrange(1, 9)}",
            due_on=f"2026-0{chance.randrange(1, 9)}-01",
            debt_group=chance.choice((None, None, "g")),
            placed_at=MORNING - chance.randrange(50) * DAY,
            status=chance.choice(("open",) * 9 + ("settled",)),
            frozen_at=MORNING - DAY if chance.random() < 0.03 else None,
            import_batch=chance.choice((None, *self.batches)),
            team=small.team,
            collector=chance.choice((small.collector, small.lead, None)),
        )
        self.cases.append((key, person))
        total = chance.randrange(100, 900_000)
        amounts = {"principal": total, "interest": 0, "fees": 0, "total": total, "currency": "CNY"}
        for age in chance.choice(((1,), (1,), (5, 2), (40,), ())):
            stated = {"as_of": f"2026-{'11' if age < 22 else '10'}-{(22 - age) % 30 + 1:02}"}
            self.add(Statement, case_id=key, days_past_due=age, imported_at=MORNING - age * DAY, **stated, **amounts)
        self.add(CaseParty, case_id=key, person=person, role="debtor")
        if chance.random() < 0.3:
            role = chance.choice(("contact", "guarantor", "spouse"))
            self.add(CaseParty, case_id=key, person=chance.choice(self.people), role=role, reserved=True)
        if chance.random() < 0.1:
            self.add(HistoryCover, case_id=key, org=small.creditor, complete_through=MORNING + DAY)
        if chance.random() < 0.1:
            self.add(Attestation, kind="no_other_calls", case_id=key, by_staff=small.lead, at=MORNING - DAY)

    def besides(self, person: int) -> None:
        chance = self.chance
        own = [key for key, debtor in self.cases if debtor == person]
        for kind in ("outsourcing", "collection_start", "adverse_credit"):
            if chance.random() < 0.8:
                self.add(
                    Notice, debtor=person, kind=kind, debts=chance.choice(([], [], own[:1])),
                    person=chance.choice((None, None, person)), sent_at=MORNING - chance.choice((30, 30, 2, 0)) * DAY,
                    returned_at=chance.choice((None, None, None, MORNING - DAY)),
                )  # fmt: skip
        if chance.random() < 0.08:
            self.add(Hold, debtor=person, kind=chance.choice(("complaint", "cease")), received_at=MORNING - DAY)
        if chance.random() < 0.08:
            weekly = [{"days": [1], "from": "09:00", "to": "12:00"}]
            self.add(Designation, debtor=person, via="debtor", kind="barred", weekly=weekly)
        if chance.random() < 0.05:
            agreed = {"opens": ["hours"], "via": "writing", "evidence": "letter", "given_at": MORNING - HOUR}
            self.add(Consent, debtor=person, by_person=person, **agreed)

    def calls(self, count: int) -> None:
        """Contacts with whoever it may be, on whatever number, some of them long ago."""
        chance, small = self.chance, self.room.small
        for _ in range(count):
            key, debtor = chance.choice(self.cases)
            at = MORNING - chance.choice((600, 5_000, 2 * HOUR, 5 * HOUR, 7 * HOUR, DAY, 3 * DAY, 20 * DAY, 90 * DAY))
            line = chance.choice(LINES)
            self.add(
                ContactEvent, at=at, recorded_at=at, kind="call", direction=chance.choice(("out", "out", "out", "in")),
                org=chance.choice((small.own,) * 8 + (small.creditor, self.other, None)),
                debtor=debtor, person=chance.choice((debtor,) * 6 + (chance.choice(self.people), None)),
                number=chance.choice(self.lines), channel="voice", line=line,
                talk="conversation" if line == "answered" else "none", debts=[key],
                superseded_at=MORNING if chance.random() < 0.05 else None,
            )  # fmt: skip

    def permits(self) -> None:
        small = self.room.small
        for key, (case, debtor) in enumerate(self.chance.sample(self.cases, 2)):
            self.add(
                Permit, debtor=debtor, case_id=case, person=debtor, debts=[case], purpose="collect", state="granted",
                collector=(small.lead, small.admin)[key], granted_at=MORNING - 60, expires_at=MORNING + 120,
                idempotency_key=f"k{key}",
            )  # fmt: skip


def fill(room: Room, seed: int, debtors: int = 50) -> Book:
    with room.office.store.writer.begin() as connection:
        book = Book(room, connection, random.Random(seed))
        for number in range(debtors):
            book.debtor(number)
        book.calls(2 * debtors)
        book.permits()
    return book


@contextmanager
def looking(url: str, staff: int) -> Iterator[Window]:
    with open_url(url, KEY) as reader:
        row = CollectorRow(*reader.ask(COLLECTOR, {"id": staff})[0])
        yield Window(reader, row, MORNING, practice=True, lang="en")


def alone(window: Window, gate: Gate, case: int, at: int) -> Checked:
    files = read_files(window.ask, one_case(case))
    row = files.cases[case]
    contact = Contact(case, row.debtor, None, at)
    return check(gate, files, contact, window.standing(at, row.collector), window.lang, ahead=at > window.at)


@pytest.mark.parametrize(
    ("seed", "at", "few"), [(1, MORNING, False), (2, MORNING, True), (3, EVENING, True), (4, MORNING + 40, False)]
)
def test_everybody_is_told_the_same(
    room: Room, room_url: str, monkeypatch: pytest.MonkeyPatch, seed: int, at: int, few: bool
) -> None:
    if few:
        read_few_at_a_time(monkeypatch)
    book = fill(room, seed)
    with looking(room_url, room.small.collector) as window:
        gate = gate_in_force(window.ask, window.at)
        whole = dict(told for stretch in bookcheck.check_all(window, at) for told in stretch)
        codes = {str(code): int(key) for key, code in window.ask("SELECT id, code FROM case_file", {})}
        listed = dict(told for stretch in bookcheck.check_named(window, codes, at) for told in stretch)
        opened = {str(row[0]) for row in window.ask("SELECT code FROM case_file WHERE status = 'open'", {})}
        assert set(whole) == opened
        assert len(opened) > len(book.people) * 0.8
        shared = len({id(answer) for answer in whole.values()})
        assert shared < len(whole)
        for code, case in codes.items():
            single = alone(window, gate, case, at)
            expected = bookcheck.answer_of(single.decision)
            assert listed[code] == expected, code
            if code in opened:
                assert whole[code] == expected, code
            streamed = gate.decide(parse_dial(dial_json(single.dial).encode()))
            assert bookcheck.answer_of(streamed) == expected
            if at == window.at:
                files = read_files(window.ask, one_case(case))
                standing = window.standing(at, files.cases[case].collector)
                permitted = gate.decide(dial_for(files, single.contact, standing, "en"))
                assert bookcheck.answer_of(permitted) == expected


@pytest.mark.parametrize("ruled_copy", ["ruled"], indirect=True, ids=["sqlite"])
@pytest.mark.parametrize("at", [MORNING, EVENING])
def test_a_slow_scan_finds_no_earlier_instant(room: Room, room_url: str, at: int) -> None:
    """Article 8: what is told as the next moment is lawful when it comes, and no five minutes before are."""
    fill(room, 5, debtors=18)
    with looking(room_url, room.small.collector) as window:
        gate = gate_in_force(window.ask, window.at)
        waited = 0
        for case, code in window.ask("SELECT id, code FROM case_file WHERE status = 'open'", {}):
            single = alone(window, gate, int(case), at)
            opens = single.decision.next_allowed_at
            numbers = [single.dial] if single.contact.number is None else _each_number(window, int(case), single)
            for dial in numbers:
                for then in range(at, min(opens or at + DAY, at + DAY), STEP):
                    decision = gate.decide(msgspec.structs.replace(dial, at=Instant(then)))
                    assert decision.allowed is (then == opens), (code, then)
            if opens is not None and opens > at:
                waited += 1
                assert gate.decide(msgspec.structs.replace(single.dial, at=Instant(opens))).allowed, code
        assert waited


def _each_number(window: Window, case: int, single: Checked) -> list[Any]:
    files = read_files(window.ask, one_case(case))
    numbers = [row.id for row in files.numbers_of(single.contact.person)]
    standing = window.standing(single.contact.at, files.cases[case].collector)
    return [dial_for(files, msgspec.structs.replace(single.contact, number=key), standing, "en") for key in numbers]


def test_a_script_is_answered_for_each_cases_collector(room: Room, room_url: str) -> None:
    """A script calls nobody: whose case it is has to be qualified."""
    fill(room, 6, debtors=30)
    with room.office.store.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE staff SET role = 'script' WHERE id = {room.small.admin}")
    with looking(room_url, room.small.admin) as window:
        gate = gate_in_force(window.ask, window.at)
        for code, answer in (told for stretch in bookcheck.check_all(window, MORNING) for told in stretch):
            case = int(window.ask("SELECT id FROM case_file WHERE code = :code", {"code": code})[0][0])
            assert answer == bookcheck.answer_of(alone(window, gate, case, MORNING).decision), code


@pytest.mark.parametrize("ruled_copy", ["ruled"], indirect=True, ids=["sqlite"])
def test_debts_younger_than_a_text_asks_are_alike_only_where_equally_old(room: Room, room_url: str) -> None:
    """The date on which it will cover them is another for each; what lies beyond 30 days (us-dc) is alike."""
    ages = {"K-10": 10, "K-10-too": 10, "K-30": 30, "K-31": 31, "K-60": 60}
    with room.office.store.writer.begin() as connection:
        for code, age in ages.items():
            person = desks.add(connection, Person, name="某人", country="US", region="DC", born_on="1980-01-01")
            owed = {"creditor": room.small.creditor, "debtor": person, "type": "credit_card", "status": "open"}
            key = desks.add(connection, CaseFile, code=code, contract_no=code, placed_at=MORNING - DAY, **owed)
            amounts = {"principal": 1, "interest": 0, "fees": 0, "total": 1, "currency": "USD"}
            stated = {"as_of": "2026-11-22", "imported_at": MORNING - DAY, "days_past_due": age}
            desks.add(connection, Statement, case_id=key, **stated, **amounts)
            desks.add(connection, CaseParty, case_id=key, person=person, role="debtor")
            desks.add(connection, PersonZone, person=person, zone="America/New_York", source="address")
    with looking(room_url, room.small.collector) as window:
        reach = Reach(gate_in_force(window.ask, window.at), MORNING, ("collect",), places_of(window.ask, WHOLE))
        sorts = Sorts(window.ask, reach, Personal(window.reader, WHOLE, reach, MORNING), MORNING, by_caller=False)
        found = {code: sort for stretch in stretches(window.ask) for _, code, sort in sorts.of(stretch)}
    alike = [{other for other in ages if found[other] == found[code]} for code in ages]
    assert alike == [{"K-10", "K-10-too"}, {"K-10", "K-10-too"}, {"K-30"}, {"K-31", "K-60"}, {"K-31", "K-60"}]


def test_every_condition_of_a_rule_is_known_to_the_sorts() -> None:
    """A new condition must say which facts it reads, or cases unlike in them would be taken for alike."""
    of_sort = {
        "debt_types", "org_kinds", "assigned", "above_days_past_due", "licensed", "automated", "number_places",
        "number_classes", "known_number", "creditor_kinds", "currency",
    }  # fmt: skip
    assert set(When.__struct_fields__) == {*SIMPLE, *CONDITIONS, *of_sort}
