"""A small desk for any room's tests: two staff, one creditor, one debtor with a case, numbers and a contact person.

Everything is invented; the numbers are of a block no operator has given out.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic.fields import FieldInfo
from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from collectdesk.store.engine import Store
from collectdesk.store.tables import (
    CaseConsequence,
    CaseFile,
    CaseParty,
    ContractTerm,
    Creditor,
    Notice,
    Number,
    Org,
    PaymentChannel,
    Person,
    PersonZone,
    Qualification,
    Staff,
    Statement,
    Team,
)

DAY = 86_400
MORNING = 1_795_399_200  # Monday 2026-11-23, 10:00 in Beijing
MOBILE = "19900005678"


@dataclass(frozen=True)
class SmallDesk:
    """The keys of what ``fill`` wrote."""

    own: int
    creditor: int
    team: int
    admin: int
    lead: int
    collector: int
    debtor: int
    contact: int
    number: int
    contact_number: int
    case: int
    code: str = "A-1007"
    mobile: str = MOBILE
    at: int = MORNING


def fill(store: Store, at: int = MORNING) -> SmallDesk:
    """Write the small desk as it stands at ``at`` (UTC seconds): everything a first call needs, no call yet."""
    with store.writer.begin() as connection:
        team, admin, lead, collector = _staff(connection, at)
        own, creditor = _orgs(connection)
        debtor, contact, number, contact_number = _people(connection, at)
        case = _case(connection, at, creditor, debtor, team, collector)
        _party(connection, case, debtor, "debtor")
        _party(connection, case, contact, "contact", relation="colleague")
        for kind in ("outsourcing", "collection_start", "debt", "adverse_credit"):
            add(connection, Notice, debtor=debtor, kind=kind, sent_at=at - 30 * DAY, received_at=at - 28 * DAY)
    return SmallDesk(own, creditor, team, admin, lead, collector, debtor, contact, number, contact_number, case, at=at)


def add(connection: Connection, model: type[SQLModel], **values: object) -> int:
    """Insert one row and return its key; lists a model defaults to empty are."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    fields = {name: field.get_default(call_default_factory=True) for name, field in _defaulted(model)}
    row = {_column(name): value for name, value in (fields | values).items() if name != "id"}
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _column(name: str) -> str:
    return name.rstrip("_")


def _defaulted(model: type[SQLModel]) -> list[tuple[str, FieldInfo]]:
    return [(name, field) for name, field in model.model_fields.items() if not field.is_required()]


def _staff(connection: Connection, at: int) -> tuple[int, int, int, int]:
    team = add(connection, Team, name="信用卡一组")
    joined = {"team": team, "joined_at": at - 200 * DAY}
    admin = add(connection, Staff, number="8000", name="赵 管", role="admin", **joined)
    lead = add(connection, Staff, number="8001", name="张 组长", role="lead", superior=admin, **joined)
    collector = add(connection, Staff, number="8002", name="李 催", role="collector", superior=lead, **joined)
    for kind in ("vetting", "confidentiality", "exam"):
        add(
            connection,
            Qualification,
            staff=collector,
            kind=kind,
            passed_on="2026-06-01",
            score=92 if kind == "exam" else None,
            by_whom="训练部",
            expires_on="2027-06-01",
            attested_by=lead,
            recorded_at=at - 170 * DAY,
        )
    return team, admin, lead, collector


def _orgs(connection: Connection) -> tuple[int, int]:
    own = add(connection, Org, name="示例催收公司", kind="agency", licensed=True, own=True)
    creditor = add(connection, Org, name="示例银行", kind="lender", licensed=True)
    add(
        connection,
        Creditor,
        org=creditor,
        identity_items=["id_last4", "birth_date"],
        hotline="400-000-0000",
        languages=["zh_CN", "en"],
    )
    channel = {"code": "app", "label_zh": "银行手机应用", "label_en": "the bank's app", "from_at": 0}
    add(connection, PaymentChannel, creditor=creditor, **channel)
    return own, creditor


def _people(connection: Connection, at: int) -> tuple[int, int, int, int]:
    place = {"country": "CN", "region": "GD", "city": "深圳", "language": "zh_CN", "capacity": "full"}
    debtor = add(
        connection,
        Person,
        name="王小明",
        id_kind="resident",
        id_number="11010519491231002X",
        born_on="1949-12-31",
        **place,
    )
    contact = add(connection, Person, name="陈同事", **place)
    add(connection, PersonZone, person=debtor, zone="Asia/Shanghai", source="address")
    known = {"class_": "mobile", "place": "none", "status": "ok", "status_at": at - 60 * DAY}
    number = add(connection, Number, person=debtor, number=MOBILE, source="contract", **known)
    other = add(connection, Number, person=contact, number="19900005679", source="application", **known)
    return debtor, contact, number, other


def _case(connection: Connection, at: int, creditor: int, debtor: int, team: int, collector: int) -> int:
    case = add(
        connection,
        CaseFile,
        code="A-1007",
        creditor=creditor,
        debtor=debtor,
        contract_no="CC-2024-000017",
        product="信用卡",
        type="credit_card",
        signed_on="2024-03-01",
        due_on="2026-10-07",
        placed_at=at - 20 * DAY,
        team=team,
        collector=collector,
    )
    amounts = {"principal": 1_190_000, "interest": 43_000, "fees": 15_000, "total": 1_248_000, "currency": "CNY"}
    add(connection, Statement, case_id=case, as_of="2026-11-22", days_past_due=46, imported_at=at - DAY, **amounts)
    add(connection, ContractTerm, case_id=case, code="late_fee", clause="6", content="违约金按未还部分的百分之五计收")
    add(connection, CaseConsequence, case_id=case, code="late_fee")
    return case


def _party(connection: Connection, case: int, person: int, role: str, **values: object) -> None:
    add(connection, CaseParty, case_id=case, person=person, role=role, **values)
