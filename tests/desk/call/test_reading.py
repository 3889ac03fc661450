"""What a call is told of its case: the same from a file and from a server, and a stranger's rows never."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec import Struct
from sqlalchemy import Connection, update
from sqlmodel import SQLModel

from collectdesk.desk.call import casefile as kept
from collectdesk.desk.call import loading, reading
from collectdesk.desk.call.reading import case_file
from collectdesk.desk.call.state import Answer, Collector, Granted
from collectdesk.desk.case_files import read_files
from collectdesk.desk.fact_parts import vouched_at
from collectdesk.store import call_rows as texts
from collectdesk.store.case_rows import driver_of, one_case
from collectdesk.store.tables import (
    Attestation,
    CaseConsequence,
    CaseParty,
    ContactEvent,
    ContractTerm,
    Hold,
    ImportBatch,
    Number,
    Objection,
    PaymentChannel,
    Person,
    Promise,
    Statement,
)
from tests import desks
from tests.desk.call.phone import Phone, both

AT = desks.MORNING
DAY = 86_400


def changed(connection: Connection, table: str, key: int, **values: Any) -> None:
    rows = SQLModel.metadata.tables[table]
    connection.execute(update(rows).where(rows.c.id == key).values(**values))


@both
def test_every_part_of_a_case(phone: Phone) -> None:
    small = phone.room.small
    with phone.office.writer.begin() as connection:
        agent = desks.add(connection, Person, name="周代理", id_kind="passport", id_number="P1", born_on="1980-01-02")
        number = desks.add(connection, Number, person=agent, number="13900009999", source="contract")
        role = {"case_id": small.case, "person": agent, "role": "attorney"}
        desks.add(connection, CaseParty, **role, reserved=True, authority_from=1, authority_evidence="letter")
        desks.add(connection, ContractTerm, case_id=small.case, code="t9", params={"in_cost_table": True})
        desks.add(connection, CaseConsequence, case_id=small.case, code="suit", params={"days": 7})
        channel = {"creditor": small.creditor, "label_zh": "柜台", "label_en": "the counter", "from_at": 0}
        desks.add(connection, PaymentChannel, **channel, code="past", until=AT)
        desks.add(connection, PaymentChannel, **channel, code="lasting", until=AT + 1, account="1")
        held = {"debtor": small.debtor, "kind": "dispute", "received_at": AT - 5, "allows": []}
        for debts, until in (([small.case], AT + DAY), ([small.case + 1], None), ([], None)):
            desks.add(connection, Hold, **held, debts=debts, until=until)
        called = {"kind": "call", "direction": "out", "debtor": small.debtor, "recorded_at": AT, "channel": "voice"}
        for org, at in ((small.own, AT - 9), (None, AT - 8), (None, AT + 1)):
            desks.add(connection, ContactEvent, **called, org=org, at=at, line="no_answer")
        promise = {
            "case_id": small.case,
            "by_person": small.debtor,
            "currency": "CNY",
            "at": AT,
            "by_staff": small.lead,
        }
        desks.add(connection, Promise, **promise, amount=70, pay_on="2026-12-01", channel="app")
        by = {"by_staff": small.lead}
        about = {"case_id": small.case, "category": "amount", "via": "call", "received_at": AT, **by}
        for status in ("open", "closed"):
            desks.add(connection, Objection, **about, content="多算了", status=status, written=True)
    with phone.office.reader.connect() as connection:
        case = case_file(connection, small.case, AT)
    party = case.party(agent)
    assert party == kept.Party(
        person=agent, name="周代理", role="attorney", id_kind="passport", id_number="P1", born_on="1980-01-02",
        capacity=party.capacity if party else None, reserved=True, authority_from=1, authority_evidence="letter",
    )  # fmt: skip
    assert party.reserved is True
    assert [each.id for each in case.numbers] == sorted([small.number, small.contact_number, number])
    assert case.terms[-1] == kept.Term("t9", None, None, in_cost_table=True)
    assert case.consequences[-1] == kept.Consequence("suit", {"days": "7"})
    assert [each.code for each in case.channels] == ["app", "lasting"]
    assert [each.until for each in case.holds] == [AT + DAY, None]
    assert [(each.at, each.own, each.org) for each in case.history] == [
        (AT - 8, False, None),
        (AT - 9, True, "示例催收公司"),
    ]
    assert {type(each.own) for each in case.history} == {bool}
    assert [(each.amount, each.status) for each in case.promises] == [(70, "open")]
    assert [(each.status, each.written) for each in case.disputed] == [("open", True)]
    assert (case.identity_items, case.languages) == (("id_last4", "birth_date"), ("zh_CN", "en"))
    assert (case.company, case.company_kind, case.creditor_name) == ("示例催收公司", "agency", "示例银行")


MADE_OF: dict[str, tuple[type[Struct], int]] = {
    texts.CALL: (loading._Row, 0),
    texts.ANSWERS: (Answer, 0),
    texts.COLLECTOR: (Collector, 0),
    texts.PERMIT: (Granted, 0),
    texts.CASE: (reading._Case, 0),
    texts.DEBTOR: (reading._Debtor, 0),
    texts.PARTIES: (kept.Party, 0),
    texts.NUMBERS: (kept.Line, 0),
    texts.STATEMENT: (kept.Amounts, 0),
    texts.CHANNELS: (kept.Channel, 0),
    texts.NOTICES: (kept.Sent, 1),
    texts.HOLDS: (kept.Held, 1),
    texts.CONTACTS: (kept.Past, 0),
    texts.PROMISES: (kept.Pledge, 0),
    texts.DISPUTED: (kept.Disputed, 0),
}
"""What is made of the columns of a text, behind so many that say what a row is about."""


@pytest.mark.parametrize("sql", MADE_OF)
def test_columns_stand_in_the_order_of_the_fields_they_are_for(phone: Phone, sql: str) -> None:
    asked = dict.fromkeys(re.findall(r":(\w+)", sql), 0)
    with phone.office.reader.connect() as connection:
        driver: Any = connection.connection.driver_connection
        columns = [each[0] for each in driver.execute(sql, asked).description]
    kind, before = MADE_OF[sql]
    assert columns[before:] == [field.rstrip("_") for field in kind.__struct_fields__]


@both
def test_the_zone_is_the_debtors_first_and_in_china_the_countrys(phone: Phone) -> None:
    small = phone.room.small
    zones = []
    for country, person in (("CN", small.debtor), ("KZ", small.debtor), ("KZ", small.contact)):
        with phone.office.writer.begin() as connection:
            changed(connection, "person", person, country=country)
            changed(connection, "case_file", small.case, debtor=person)
            changed(connection, "person_zone", 1, zone="Asia/Almaty")
            zones.append(case_file(connection, small.case, AT).zone)
    assert zones == ["Asia/Shanghai", "Asia/Almaty", "Asia/Shanghai"]


@both
def test_a_lead_vouches_for_a_case_or_for_a_file_it_or_its_newest_statement_came_in(phone: Phone) -> None:
    """The same words the gate goes by."""
    small = phone.room.small
    amounts = {"principal": 1, "interest": 0, "fees": 0, "total": 1, "currency": "CNY"}
    with phone.office.writer.begin() as connection:
        made, older, newest, other = (
            desks.add(connection, ImportBatch, digest=name, at=AT, by_staff=small.lead, counts={}) for name in "abcd"
        )
        changed(connection, "case_file", small.case, import_batch=made)
        for as_of, batch in (("2026-11-23", newest), ("2026-11-21", older)):
            desks.add(
                connection, Statement, case_id=small.case, as_of=as_of, import_batch=batch, imported_at=AT, **amounts
            )
        word = {"by_staff": small.lead, "kind": "outsourcing_notice"}
        for number, where in enumerate(
            [{"batch": made}, {"batch": older}, {"batch": newest}, {"batch": other}, {"case_id": small.case}]
        ):
            desks.add(connection, Attestation, **word, **where, at=AT + number)
        desks.add(connection, Attestation, **word, case_id=small.case, at=AT, scope={"sent_at": AT - DAY})
        desks.add(connection, Attestation, by_staff=small.lead, kind="no_other_calls", case_id=small.case, at=AT)
    with phone.office.reader.connect() as connection:
        told = [each.sent_at for each in case_file(connection, small.case, AT).notices if each.received_at is None]
        files = read_files(driver_of(connection), one_case(small.case))
    assert told == [AT, AT + 2, AT + 4, AT - DAY]
    assert told == [vouched_at(each) for each in files.attested(small.case, "outsourcing_notice")]
