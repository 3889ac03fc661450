"""A case for programs: the debt, what was paid, its people and what stands open; masked unless asked."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.show.dates import local
from collectdesk.show.masking import Masks, name_wire
from collectdesk.show.payments import balance_wire, paid_wire

if TYPE_CHECKING:
    from collectdesk.desk.casebook import CaseView, PartyView
    from collectdesk.desk.lost.status import Lost

_SUMS = ("principal", "interest", "fees", "total")
_MONEY = ("amount",)
_INSTANTS = ("_at", "until", "at")
_HIDDEN = (
    "id",
    "debtor",
    "case_id",
    "person",
    "by_person",
    "number",
    "numbers",
    "persons",
    "debts",
    "content",
    "answer",
    "holds",
)


def case_json(view: CaseView, masks: Masks, zone: tzinfo, lost: Lost | None = None) -> None:
    """One document, ``collectdesk.case/1``."""
    from collectdesk.show.jsonout import emit
    from collectdesk.show.lost import lost_wire

    wire = case_wire(view, masks, zone)
    contacts = wire.pop("contacts")
    emit(
        "collectdesk.case/1",
        {**wire, "lost": lost_wire(lost, masks, zone) if lost is not None else None, "contacts": contacts},
    )


def case_wire(view: CaseView, masks: Masks, zone: tzinfo) -> dict[str, object]:
    """The case as JSON has it."""
    case = view.case
    return {
        "code": case.code,
        "status": case.status,
        "creditor": view.creditor,
        "product": case.product,
        "type": case.type,
        "contract_no": masks.id(case.contract_no),
        "signed_on": case.signed_on,
        "due_on": case.due_on,
        "team": view.team,
        "collector": view.collector,
        "frozen_at": _at(case.frozen_at, zone),
        "frozen_why": case.frozen_why,
        "destroyed_at": _at(case.destroyed_at, zone),
        "statement": _statement(view),
        "balance": balance_wire(view.balance),
        "payments": [paid_wire(each, zone) for each in view.payments],
        "promises_broken": sum(each.status == "broken" for each in view.open["promise"]),
        "persons": [_person(each, masks, zone) for each in view.parties],
        "terms": [{"code": each.code, "clause": each.clause} for each in view.terms],
        "consequences": [each.code for each in view.consequences],
        "open": {table: [plain_row(row, zone) for row in rows] for table, rows in view.open.items() if rows},
        "contacts": view.contacts,
    }


def _statement(view: CaseView) -> dict[str, object] | None:
    from collectdesk.show.money import decimal_text

    stated = view.statement
    if stated is None:
        return None
    sums = {name: decimal_text(getattr(stated, name), stated.currency) for name in _SUMS}
    return {"as_of": stated.as_of, **sums, "currency": stated.currency, "days_past_due": stated.days_past_due}


def _person(view: PartyView, masks: Masks, zone: tzinfo) -> dict[str, object]:
    person = view.person
    return {
        "id": f"p{person.id}",
        "role": view.party.role,
        "relation": view.party.relation,
        "name": name_wire(person.name, masks.name),
        "id_kind": person.id_kind,
        "id_number": masks.id(person.id_number) if person.id_number else None,
        "region": person.region,
        "city": person.city,
        "language": person.language,
        "may_know_basis": view.party.may_know_basis,
        "numbers": [
            {
                "id": f"n{number.id}",
                "number": masks.number(number.number),
                "class": number.class_,
                "place": number.place,
                "source": number.source,
                "status": number.status,
                "confirmed_at": _at(number.confirmed_at, zone),
            }
            for number in view.numbers
        ],
    }


def plain_row(row: Any, zone: tzinfo) -> dict[str, object]:  # noqa: ANN401 - a row of any table
    """A row by its columns: instants as times, amounts as decimals, keys and free text left out."""
    from collectdesk.show.money import decimal_text

    if type(row).__name__ == "Complaint":  # how it is handled is for `complaint show` to tell, and not to everybody
        state = "closed" if row.status == "closed" else "in_hand"
        return {"complaint": f"k{row.id}", "received_on": row.received_on, "state": state}
    if type(row).__name__ == "Plan":
        total = decimal_text(row.total, row.currency)
        return {"plan": f"f{row.id}", "state": row.status, "total": total, "currency": row.currency}
    shown: dict[str, object] = {}
    for name, value in row.model_dump().items():
        if name in _HIDDEN:
            continue
        if isinstance(value, int) and not isinstance(value, bool) and name.endswith(_INSTANTS):
            shown[name] = _at(value, zone)
        elif name in _MONEY:
            shown[name] = decimal_text(value, row.currency)
        else:
            shown[name] = value
    return shown


def _at(at: int | None, zone: tzinfo) -> datetime | None:
    return None if at is None else local(at, zone)
