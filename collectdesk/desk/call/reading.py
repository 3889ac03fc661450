"""From rows to a case as a call needs it, and to the call itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, Table, and_, or_, select
from sqlmodel import SQLModel, col

from collectdesk.desk.call import casefile as kept
from collectdesk.desk.call.state import Answer
from collectdesk.desk.case_files import read_files
from collectdesk.desk.fact_parts import vouched_at
from collectdesk.desk.payments.ledger import balances
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.store import tables as t
from collectdesk.store.case_rows import driver_of, one_case

TAKEN_BACK = {"taken_back": True}
"""What is kept for an answer that was taken back: the row before it no longer counts."""
HISTORY = 200
"""The latest contacts shown in the brief."""


def case_file(connection: Connection, case: int, at: int) -> kept.CaseFile:
    """Everything about one case, as it is at ``at``."""
    row = _one(connection, t.CaseFile, case)
    creditor = connection.execute(_columns(t.Creditor).where(col(t.Creditor.org) == row.creditor)).one()
    company = connection.execute(_columns(t.Org).where(col(t.Org.own))).first()
    parties = _parties(connection, case)
    debtor = _debtor(connection, row.debtor, parties)
    people = [debtor.person, *(each.person for each in parties)]
    person = _one(connection, t.Person, row.debtor)
    return kept.CaseFile(
        id=case,
        code=row.code,
        debtor=debtor,
        parties=parties,
        numbers=_numbers(connection, people),
        company=company.name if company else "",
        company_kind=company.kind if company else None,
        creditor=row.creditor,
        creditor_name=_one(connection, t.Org, row.creditor).name,
        hotline=creditor.hotline,
        identity_items=tuple(creditor.identity_items),
        languages=tuple(creditor.languages),
        contract_no=row.contract_no,
        product=row.product,
        type=row.type,
        status=row.status,
        signed_on=row.signed_on,
        due_on=row.due_on,
        statement=_statement(connection, case),
        terms=_terms(connection, case),
        consequences=_consequences(connection, case),
        channels=_channels(connection, row.creditor, at),
        notices=_notices(connection, row.debtor, case),
        holds=_holds(connection, row.debtor, case),
        history=_history(connection, row.debtor, at),
        promises=_promises(connection, case),
        paid=_paid(connection, case),
        language=person.language,
        address=person.address,
        zone=_zone(connection, person),
        disputed=_disputed(connection, case),
    )


def answers(connection: Connection, call: int) -> tuple[Answer, ...]:
    """The answers of a call, in order."""
    query = _columns(t.CallAnswer).where(col(t.CallAnswer.call) == call).order_by(col(t.CallAnswer.seq))
    return tuple(
        Answer(row.seq, row.step, row.field, None if row.value == TAKEN_BACK else row.value, row.at)
        for row in connection.execute(query)
    )


def prepared(connection: Connection, collector: int, case: int, day: str) -> dict[str, object]:
    """What this collector acknowledged for this case on this day, the last of each kind."""
    p = t.Preparation
    query = (
        _columns(p).where(col(p.collector) == collector, col(p.case_id) == case, col(p.day) == day).order_by(col(p.id))
    )
    return {row.kind: row.content for row in connection.execute(query)}


def _columns(kind: type[SQLModel]) -> Select[Any]:
    return select(kind.__table__)  # type: ignore[attr-defined]


def _one(connection: Connection, kind: type[SQLModel], key: int) -> Row:  # type: ignore[type-arg]
    return connection.execute(_columns(kind).where(SQLModel.metadata.tables[str(kind.__tablename__)].c.id == key)).one()


def _parties(connection: Connection, case: int) -> tuple[kept.Party, ...]:
    c, p = t.CaseParty.__table__, t.Person.__table__  # type: ignore[attr-defined]
    query = select(c, p).join(p, c.c.person == p.c.id).where(c.c.case_id == case).order_by(c.c.id)
    return tuple(_party(row, row[c.c.role], c, p) for row in connection.execute(query).mappings())


def _party(row: RowMapping, role: str, c: Table | None, p: Table) -> kept.Party:
    return kept.Party(
        person=row[p.c.id],
        name=row[p.c.name],
        role=role,
        relation=row[c.c.relation] if c is not None else None,
        capacity=row[p.c.capacity],
        id_kind=row[p.c.id_kind],
        id_number=row[p.c.id_number],
        born_on=row[p.c.born_on],
        city=row[p.c.city],
        reserved=row[c.c.reserved] if c is not None else None,
        authority_from=row[c.c.authority_from] if c is not None else None,
        authority_until=row[c.c.authority_until] if c is not None else None,
        authority_evidence=row[c.c.authority_evidence] if c is not None else None,
        may_know_basis=row[c.c.may_know_basis] if c is not None else None,
    )


def _debtor(connection: Connection, person: int, parties: tuple[kept.Party, ...]) -> kept.Party:
    known = next((each for each in parties if each.person == person and each.role == "debtor"), None)
    if known is not None:
        return known
    p = t.Person.__table__  # type: ignore[attr-defined]
    row = connection.execute(select(p).where(p.c.id == person)).mappings().one()
    return _party(row, "debtor", None, p)


def _numbers(connection: Connection, people: list[int]) -> tuple[kept.Line, ...]:
    n = t.Number.__table__  # type: ignore[attr-defined]
    found = connection.execute(select(n).where(n.c.person.in_(people)).order_by(n.c.id)).mappings()
    return tuple(
        kept.Line(
            id=row["id"],
            person=row["person"],
            number=row["number"],
            class_=row["class"],
            place=row["place"],
            source=row["source"],
            status=row["status"],
        )
        for row in found
    )


def _statement(connection: Connection, case: int) -> kept.Amounts | None:
    s = t.Statement
    latest = (col(s.as_of).desc(), col(s.imported_at).desc(), col(s.id).desc())
    query = _columns(s).where(col(s.case_id) == case).order_by(*latest).limit(1)
    row = connection.execute(query).first()
    if row is None:
        return None
    return kept.Amounts(
        as_of=row.as_of,
        principal=row.principal,
        interest=row.interest,
        fees=row.fees,
        total=row.total,
        currency=row.currency,
        days_past_due=row.days_past_due,
    )


def _terms(connection: Connection, case: int) -> tuple[kept.Term, ...]:
    query = _columns(t.ContractTerm).where(col(t.ContractTerm.case_id) == case).order_by(col(t.ContractTerm.id))
    return tuple(
        kept.Term(row.code, row.clause, row.content, bool((row.params or {}).get("in_cost_table")))
        for row in connection.execute(query)
    )


def _consequences(connection: Connection, case: int) -> tuple[kept.Consequence, ...]:
    c = t.CaseConsequence
    found = connection.execute(_columns(c).where(col(c.case_id) == case).order_by(col(c.id)))
    return tuple(
        kept.Consequence(row.code, {name: str(value) for name, value in (row.params or {}).items()}) for row in found
    )


def _channels(connection: Connection, creditor: int, at: int) -> tuple[kept.Channel, ...]:
    c = t.PaymentChannel
    lasts = or_(col(c.until).is_(None), col(c.until) > at)
    query = _columns(c).where(col(c.creditor) == creditor, col(c.from_at) <= at, lasts).order_by(col(c.id))
    return tuple(kept.Channel(row.code, row.label_zh, row.label_en, row.account) for row in connection.execute(query))


def _notices(connection: Connection, debtor: int, case: int) -> tuple[kept.Sent, ...]:
    """The notices on file, and those a lead vouched for when the case came in."""
    query = _columns(t.Notice).where(col(t.Notice.debtor) == debtor).order_by(col(t.Notice.id))
    on_file = [
        kept.Sent(row.kind, row.sent_at, row.received_at, row.returned_at)
        for row in connection.execute(query)
        if not row.debts or case in row.debts
    ]
    files = read_files(driver_of(connection), one_case(case))
    vouched = (vouched_at(each) for each in files.attested(case, "outsourcing_notice"))
    return (*on_file, *(kept.Sent("outsourcing", at, None, None) for at in vouched))


def _holds(connection: Connection, debtor: int, case: int) -> tuple[kept.Held, ...]:
    lasting = _columns(t.Hold).where(col(t.Hold.debtor) == debtor, col(t.Hold.lifted_at).is_(None))
    query = lasting.order_by(col(t.Hold.id))
    return tuple(
        kept.Held(row.kind, row.received_at, row.until)
        for row in connection.execute(query)
        if not row.debts or case in row.debts
    )


def _history(connection: Connection, debtor: int, at: int) -> tuple[kept.Past, ...]:
    e, c, o = (SQLModel.metadata.tables[name] for name in ("contact_event", "call", "org"))
    query = (
        select(e, c.c.outcome.label("outcome"), o.c.name.label("org_name"), o.c.own.label("own"))
        .join(c, c.c.event == e.c.id, isouter=True)
        .join(o, and_(o.c.id == e.c.org), isouter=True)
        .where(e.c.debtor == debtor, e.c.superseded_at.is_(None), e.c.at <= at)
        .order_by(e.c.at.desc(), e.c.id.desc())
        .limit(HISTORY)
    )
    return tuple(
        kept.Past(
            id=row.id,
            at=row.at,
            kind=row.kind,
            direction=row.direction,
            org=row.org_name,
            own=bool(row.own),
            line=row.line,
            talk=row.talk,
            identity=row.identity,
            outcome=row.outcome,
        )
        for row in connection.execute(query)
    )


def _paid(connection: Connection, case: int) -> int:
    """What was paid since the statement."""
    found = balances(connection, (case,)).get(case)
    return found.paid if found else 0


def _promises(connection: Connection, case: int) -> tuple[kept.Pledge, ...]:
    query = _columns(t.Promise).where(col(t.Promise.case_id) == case).order_by(col(t.Promise.id))
    return tuple(
        kept.Pledge(id=row.id, amount=row.amount, currency=row.currency, pay_on=row.pay_on, status=row.status)
        for row in connection.execute(query)
    )


def _disputed(connection: Connection, case: int) -> tuple[kept.Disputed, ...]:
    o = t.Objection
    query = _columns(o).where(col(o.case_id) == case, col(o.status) != "closed").order_by(col(o.id))
    names = kept.Disputed.__struct_fields__
    return tuple(kept.Disputed(**{name: row[name] for name in names}) for row in connection.execute(query).mappings())


def _zone(connection: Connection, person: Row) -> str:  # type: ignore[type-arg]
    if person.country == "CN":
        return HOUSE_ZONE
    query = select(col(t.PersonZone.zone)).where(col(t.PersonZone.person) == person.id).order_by(col(t.PersonZone.id))
    return connection.execute(query).scalars().first() or HOUSE_ZONE
