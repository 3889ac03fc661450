"""From rows to a case as a call needs it, and to its answers; over the plain driver, for every answer reads it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from collectdesk.desk.call import casefile as kept
from collectdesk.desk.call.question import Plain
from collectdesk.desk.call.state import Answer
from collectdesk.desk.fact_parts import vouched_from
from collectdesk.desk.payments.ledger import balances
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.store import call_rows as texts
from collectdesk.store.case_rows import Ask, driver_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

TAKEN_BACK = {"taken_back": True}
"""What is kept for an answer that was taken back: the row before it no longer counts."""
T = TypeVar("T", bound=Struct)


class _Case(Struct, frozen=True):
    """The case, its creditor (债权人) and our own company."""

    code: str
    debtor: int
    creditor: int
    contract_no: str
    product: str | None
    type: str | None
    status: str
    signed_on: str | None
    due_on: str | None
    hotline: str | None
    identity_items: str
    languages: str
    creditor_name: str
    company: str | None
    company_kind: str | None


class _Debtor(Struct, frozen=True):
    """Whoever owes: who they are, and where."""

    person: int
    name: str
    capacity: str | None
    id_kind: str | None
    id_number: str | None
    born_on: str | None
    city: str | None
    language: str | None
    address: str | None
    country: str | None
    zone: str | None


def case_file(connection: Connection, case: int, at: int) -> kept.CaseFile:
    """Everything about one case, as it is at ``at``."""
    ask = driver_of(connection)
    of_case = {"case_id": case}
    row = _Case(*ask(texts.CASE, of_case)[0])
    of_debtor = {"debtor": row.debtor}
    owes = _Debtor(*ask(texts.DEBTOR, of_debtor)[0])
    parties = tuple(_named(kept.Party, each, flag="reserved") for each in ask(texts.PARTIES, of_case))
    named = (each for each in parties if each.person == row.debtor and each.role == "debtor")
    statement = [_named(kept.Amounts, each) for each in ask(texts.STATEMENT, of_case)]
    lasting = {"creditor": row.creditor, "at": at}
    return kept.CaseFile(
        id=case,
        code=row.code,
        debtor=next(named, None) or _as_party(owes),
        parties=parties,
        numbers=tuple(_named(kept.Line, each) for each in ask(texts.NUMBERS, of_case | of_debtor)),
        company=row.company or "",
        company_kind=row.company_kind,
        creditor=row.creditor,
        creditor_name=row.creditor_name,
        hotline=row.hotline,
        identity_items=tuple(_json(row.identity_items)),
        languages=tuple(_json(row.languages)),
        contract_no=row.contract_no,
        product=row.product,
        type=row.type,
        status=row.status,
        signed_on=row.signed_on,
        due_on=row.due_on,
        statement=statement[0] if statement else None,
        terms=tuple(_term(*each) for each in ask(texts.TERMS, of_case)),
        consequences=tuple(_consequence(*each) for each in ask(texts.CONSEQUENCES, of_case)),
        channels=tuple(kept.Channel(*each) for each in ask(texts.CHANNELS, lasting)),
        notices=_notices(ask, row.debtor, case),
        holds=tuple(kept.Held(*each) for each in _about(case, ask(texts.HOLDS, of_debtor))),
        history=tuple(_named(kept.Past, each, flag="own") for each in ask(texts.CONTACTS, of_debtor | {"at": at})),
        promises=tuple(_named(kept.Pledge, each) for each in ask(texts.PROMISES, of_case)),
        paid=_paid(connection, case),
        language=owes.language,
        address=owes.address,
        zone=HOUSE_ZONE if owes.country == "CN" else owes.zone or HOUSE_ZONE,
        disputed=tuple(_named(kept.Disputed, each, flag="written") for each in ask(texts.DISPUTED, of_case)),
    )


def answers(connection: Connection, call: int) -> tuple[Answer, ...]:
    """The answers of a call, in order."""
    found = driver_of(connection)(texts.ANSWERS, {"call": call})
    return tuple(Answer(seq, step, field, _answered(value), at) for seq, step, field, value, at in found)


def prepared(connection: Connection, collector: int, case: int, day: str) -> dict[str, Any]:
    """What this collector acknowledged for this case on this day, the last of each kind."""
    asked = {"collector": collector, "case_id": case, "day": day}
    return {kind: _json(content) for kind, content in driver_of(connection)(texts.PREPARED, asked)}


def _named(kind: type[T], row: Sequence[Any], *, flag: str | None = None) -> T:
    """A row whose columns are the fields of ``kind`` in their order; ``flag``: one that is a number in a file."""
    values = dict(zip(kind.__struct_fields__, row, strict=True))
    if flag is not None and values[flag] is not None:
        values[flag] = bool(values[flag])
    return kind(**values)


def _as_party(owes: _Debtor) -> kept.Party:
    """The debtor as a party, where the file names none."""
    return kept.Party(
        person=owes.person,
        name=owes.name,
        role="debtor",
        capacity=owes.capacity,
        id_kind=owes.id_kind,
        id_number=owes.id_number,
        born_on=owes.born_on,
        city=owes.city,
    )


def _term(code: str, clause: str | None, content: str | None, params: str | None) -> kept.Term:
    return kept.Term(code, clause, content, bool(_json(params).get("in_cost_table")))


def _consequence(code: str, params: str | None) -> kept.Consequence:
    return kept.Consequence(code, {name: str(value) for name, value in _json(params).items()})


def _notices(ask: Ask, debtor: int, case: int) -> tuple[kept.Sent, ...]:
    """The notices on file, and those a lead vouched for when the case came in."""
    on_file = (kept.Sent(*each) for each in _about(case, ask(texts.NOTICES, {"debtor": debtor})))
    vouched = (vouched_from(said_at, scope) for said_at, scope in ask(texts.VOUCHED, {"case_id": case}))
    return (*on_file, *(kept.Sent("outsourcing", at, None, None) for at in vouched))


def _about(case: int, rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """Of rows that begin with the cases they are about those about this one, or about all."""
    for debts, *rest in rows:
        about = _json(debts)
        if not about or case in about:
            yield rest


def _paid(connection: Connection, case: int) -> int:
    """What was paid since the statement."""
    found = balances(connection, (case,)).get(case)
    return found.paid if found else 0


def _answered(text: str) -> Plain:
    value: Plain = _json(text)
    return None if value == TAKEN_BACK else value


def _json(text: str | None) -> Any:  # noqa: ANN401 - whatever was kept
    return msgspec.json.decode(text) if text else {}
