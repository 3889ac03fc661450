"""From rows to the gate's question: complete, exact, and the same for one case and for a book."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, update
from sqlmodel import SQLModel, col

from collectdesk.desk.booking import may_book
from collectdesk.desk.case_files import read_files
from collectdesk.desk.facts import Contact, dial_for
from collectdesk.desk.permit_question import dial_json
from collectdesk.desk.standing import standing_of
from collectdesk.gate import Dial, parse_dial
from collectdesk.store import case_rows
from collectdesk.store.case_rows import driver_of, one_case, work_of, work_of_team
from collectdesk.store.tables import (
    Attestation,
    CaseFile,
    CaseParty,
    ContactEvent,
    Hold,
    ImportBatch,
    Notice,
    Number,
    Person,
    PersonZone,
    Qualification,
    Statement,
)
from tests import desks
from tests.desk.rooms import Room

MORNING = desks.MORNING
FOR_EVER = 32_503_651_200  # 3000-01-01 00:00 in Beijing


def add(room: Room, model: type[SQLModel], **values: object) -> int:
    with room.office.store.writer.begin() as connection:
        return desks.add(connection, model, **values)


def asked(room: Room, at: int = MORNING, case: int | None = None, person: int | None = None) -> Dial:
    small = room.small
    with room.office.reader.connect() as connection:
        ask = driver_of(connection)
        key = case or small.case
        contact = Contact(key, person or small.debtor, small.number, at)
        return dial_for(read_files(ask, one_case(key)), contact, standing_of(ask, small.collector, at), "en")


def call(room: Room, **values: Any) -> int:
    small = room.small
    usual: dict[str, Any] = {
        "at": MORNING - 3600, "recorded_at": MORNING - 3600, "kind": "call", "org": small.own, "direction": "out",
        "debtor": small.debtor, "person": small.debtor, "number": small.number, "channel": "voice",
        "line": "no_answer", "talk": "none", "debts": [small.case],
    }  # fmt: skip
    return add(room, ContactEvent, **{**usual, **values})


def test_the_small_desk_as_the_contract_has_it(room: Room) -> None:
    dial = asked(room)
    small = room.small
    assert dial.place == msgspec.convert({"country": "CN", "region": "GD", "city": "深圳"}, type(dial.place))
    assert next((zone.zone, zone.source) for zone in dial.zones or ()) == ("Asia/Shanghai", "fixed")
    assert dial.own_org is not None
    assert (dial.own_org.id, dial.own_org.kind, dial.own_org.licensed) == (f"o{small.own}", "agency", True)
    (debt,) = dial.debts or ()
    assert (debt.id, debt.creditor, debt.type, debt.status) == ("A-1007", f"o{small.creditor}", "credit_card", "open")
    assert (debt.amount, debt.currency, debt.days_past_due, str(debt.as_of)) == ("12480.00", "CNY", 46, "2026-11-22")
    assert [(each.id, each.role) for each in dial.persons or ()] == [
        (f"p{small.debtor}", "debtor"), (f"p{small.contact}", "contact"),
    ]  # fmt: skip
    assert {each.kind for each in dial.notices or ()} == {"outsourcing", "collection_start", "debt", "adverse_credit"}
    assert dial.dial.debts == ("A-1007",)


def test_a_country_the_file_leaves_out_is_told_by_the_zones(room: Room) -> None:
    """Else the law of every other country might apply to a debtor whose clock is China's alone."""
    with room.office.store.writer.begin() as connection:
        connection.execute(update(Person).where(col(Person.id) == room.small.debtor).values(country=None))
    place = asked(room).place
    assert place is not None
    assert (place.country, place.region) == ("CN", "GD")
    add(room, PersonZone, person=room.small.debtor, zone="Asia/Tokyo", source="told")
    place = asked(room).place
    assert place is not None
    assert place.country is None


def test_an_attested_notice_counts_from_the_day_it_was_given(room: Room) -> None:
    """Order 2022 No. 9 asks that the debtor was told *before*: the day a lead names, not the day of the import."""
    small = room.small
    with room.office.writer.begin() as connection:
        connection.execute(delete(Notice).where(col(Notice.kind) == "outsourcing"))
    for scope in ({"sent_at": MORNING - 30 * desks.DAY}, None):
        add(
            room, Attestation, kind="outsourcing_notice", case_id=small.case, by_staff=small.lead, at=MORNING,
            scope=scope,
        )  # fmt: skip
    told = [each.sent_at for each in asked(room).notices or () if each.kind == "outsourcing"]
    assert told == [MORNING - 30 * desks.DAY, MORNING]


def test_no_name_no_digits_no_document(room: Room) -> None:
    text = dial_json(asked(room))
    for secret in ("王小明", "陈同事", desks.MOBILE, "11010519491231002X"):
        assert secret not in text


def test_the_recorded_question_can_be_asked_again(room: Room) -> None:
    call(room, line="answered", talk="conversation", answered_by=room.small.debtor, duration_s=80)
    add(room, Hold, debtor=room.small.debtor, kind="objection", received_at=MORNING - 60, debts=[room.small.case])
    dial = asked(room)
    assert msgspec.json.decode(dial_json(parse_dial(dial_json(dial)))) == msgspec.json.decode(dial_json(dial))


def test_the_newest_statement_counts_with_its_date(room: Room) -> None:
    """Article 4(3), 7(1): exact figures; from its date the gate tells the days past due of today."""
    amounts = {"principal": 100, "interest": 20, "fees": 3, "total": 123, "currency": "CNY"}
    add(room, Statement, case_id=room.small.case, as_of="2026-11-20", imported_at=MORNING, days_past_due=1, **amounts)
    (debt,) = asked(room, MORNING + 2 * desks.DAY).debts or ()
    assert (debt.amount, debt.days_past_due, str(debt.as_of)) == ("12480.00", 46, "2026-11-22")


@pytest.mark.parametrize(
    ("stated", "due", "days"),
    [(12, "2026-11-20", 12), (None, "2026-11-20", 2), (None, "2026-11-30", -8), (None, None, None)],
)
def test_days_past_due_are_those_of_the_statement_or_from_the_due_day_to_its_date(
    room: Room, stated: int | None, due: str | None, days: int | None
) -> None:
    with room.office.writer.begin() as connection:
        connection.execute(update(Statement).values(days_past_due=stated))
        connection.execute(update(CaseFile).values(due_on=due))
    (debt,) = asked(room, MORNING + 2 * desks.DAY).debts or ()
    assert (debt.days_past_due, str(debt.as_of)) == (days, "2026-11-22")


def test_without_a_statement_they_are_those_of_today(room: Room) -> None:
    with room.office.writer.begin() as connection:
        connection.execute(delete(Statement))
        connection.execute(update(CaseFile).values(due_on="2026-11-20"))
    (debt,) = asked(room, MORNING + 2 * desks.DAY).debts or ()
    assert (debt.days_past_due, debt.as_of) == (5, None)


def test_calls_of_every_case_of_a_person_are_in_every_question(room: Room) -> None:
    """Article 8(1): the caps are per person, whichever case a call was for."""
    small = room.small
    stranger = add(room, Person, name="旁人", country="CN")
    other = add(
        room, CaseFile, code="B-2", creditor=small.creditor, debtor=stranger, contract_no="X", status="open",
        team=small.team, collector=small.collector,
    )  # fmt: skip
    add(room, CaseParty, case_id=other, person=small.debtor, role="guarantor")
    as_guarantor = call(room, debtor=stranger, debts=[other])
    assert f"e{as_guarantor}" in {event.id for event in asked(room).events or ()}
    own = call(room)
    assert f"e{own}" in {event.id for event in asked(room, case=other, person=small.debtor).events or ()}


def test_a_number_two_people_share_is_one_number(room: Room) -> None:
    small = room.small
    shared = add(room, Number, person=small.contact, number=desks.MOBILE, source="application", status="ok")
    event = call(room, person=small.contact, number=shared)
    dial = asked(room)
    found = {each.id: each for each in dial.events or ()}
    assert found[f"e{event}"].number == dial.dial.number
    assert {each.person for each in dial.numbers or () if each.number == dial.dial.number} == {
        f"p{small.debtor}", f"p{small.contact}",
    }  # fmt: skip


def test_a_superseded_call_is_gone(room: Room) -> None:
    wrong = call(room)
    call(room, corrects=wrong)
    with room.office.store.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE contact_event SET superseded_at = {MORNING} WHERE id = {wrong}")
    assert len(asked(room).events or ()) == 1


def test_that_nobody_else_calls_counts_for_the_cases_of_its_file(room: Room) -> None:
    """Article 8(1): calls by others are unknown until imported or attested by a lead."""
    small = room.small
    batch = add(room, ImportBatch, digest="d", at=MORNING, by_staff=small.lead, counts={})
    with room.office.store.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE case_file SET import_batch = {batch}")
    before = asked(room)
    assert before.history is not None
    assert before.history.by_org == ()
    add(room, Attestation, kind="no_other_calls", batch=batch, by_staff=small.lead, at=MORNING)
    after = asked(room)
    assert after.history is not None
    assert [each.org for each in after.history.by_org or ()] == [f"o{small.creditor}"]


def test_a_frozen_case_is_held_even_without_a_hold_on_file(room: Room) -> None:
    with room.office.store.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE case_file SET frozen_at = {MORNING - 5}")
    assert [hold.kind for hold in asked(room).holds or ()] == ["other"]
    add(room, Hold, debtor=room.small.debtor, kind="complaint", received_at=MORNING - 5)
    assert [hold.kind for hold in asked(room).holds or ()] == ["complaint"]


@pytest.mark.parametrize(
    ("passed", "expires", "missing", "until"),
    [
        ("2026-06-01", None, (), FOR_EVER),
        ("2026-06-01", "2026-11-23", (), MORNING + 14 * 3600),
        ("2026-06-01", "2026-11-22", (), MORNING - 10 * 3600),
        ("2026-11-24", None, ("exam",), None),
    ],
)
def test_a_standing_lasts_through_its_last_date(
    room: Room, passed: str, expires: str | None, missing: tuple[str, ...], until: int | None
) -> None:
    """Article 13: qualified before the first call, and only while it lasts."""
    lead = room.small.lead
    for kind in ("vetting", "confidentiality", "exam"):
        last = kind == "exam"
        add(
            room, Qualification, staff=lead, kind=kind, passed_on=passed if last else "2026-01-01", by_whom="x",
            expires_on=expires if last else None, attested_by=room.small.admin, recorded_at=0,
        )  # fmt: skip
    with room.office.reader.connect() as connection:
        standing = standing_of(driver_of(connection), lead, MORNING)
    assert standing.missing == missing
    assert standing.qualified_until == until


def test_one_case_and_a_whole_book_read_the_same(room: Room) -> None:
    small = room.small
    call(room)
    with room.office.reader.connect() as connection:
        ask = driver_of(connection)
        contact = Contact(small.case, small.debtor, small.number, MORNING)
        single = dial_for(read_files(ask, one_case(small.case)), contact, None)
        for scope in (work_of(small.collector), work_of_team(small.team), case_rows.all_open()):
            assert dial_for(read_files(ask, scope), contact, None) == single


@pytest.mark.parametrize("kind", list(case_rows.SOURCES), ids=lambda kind: kind.__name__)
def test_the_fast_readers_columns_are_the_models(kind: type[Any]) -> None:
    table = SQLModel.metadata.tables[case_rows.SOURCES[kind][0]]
    assert {field.rstrip("_") for field in kind.__struct_fields__} <= {column.name for column in table.columns}


def test_a_callback_is_booked_only_where_the_gate_will_allow_it(room: Room) -> None:
    """Article 8: an unlawful callback cannot be booked."""
    small = room.small
    evening, afternoon = MORNING + 11 * 3600, MORNING + 5 * 3600
    assert not may_book(room.office, small.case, evening).allowed
    assert may_book(room.office, small.case, afternoon).allowed
    call(room, at=MORNING, line="answered", talk="conversation", answered_by=small.debtor, duration_s=60)
    assert not may_book(room.office, small.case, MORNING + 3 * 3600).allowed
    assert may_book(room.office, small.case, afternoon).allowed
