"""A case, a search and a history, for people and for programs; names, numbers and documents masked unless asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.masking import full_name, mask_id, mask_name, mask_number, name_wire
from collectdesk.show.payments import balance_wire, paid_wire
from collectdesk.show.words import HOLDS, ROLES, bracketed, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.casebook import CaseLine, CaseView, PartyView
    from collectdesk.desk.lost.status import Lost

STATUSES = {
    "open": N_("open"),
    "settled": N_("settled"),
    "recalled": N_("recalled by the creditor"),
    "assigned": N_("assigned"),
}
SEARCH = ("code", "name", "creditor", "product", "status", "total", "currency", "collector")


@dataclass(frozen=True)
class Masks:
    """How personal values are shown: masked, or in full once that was journalled."""

    name: Callable[[str], str] = mask_name
    number: Callable[[str], str] = mask_number
    id: Callable[[str], str] = mask_id


FULL = Masks(full_name, str, str)
"""Nothing is masked."""


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


def case_text(view: CaseView, masks: Masks, zone: tzinfo, today: date, lost: Lost | None = None) -> None:
    """The case on one page: debt, people, what stands open."""
    from collectdesk.show.lost import lost_facts
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    console.print(facts(console, _debt_facts(view, masks, today)))
    console.print()
    console.print(facts(console, [_person_fact(each, masks) for each in view.parties]))
    standing = [*_standing(view, zone), *(lost_facts(lost, zone) if lost is not None else ())]
    if standing:
        console.print()
        console.print(facts(console, standing))


def search_text(found: Sequence[CaseLine], masks: Masks) -> None:
    """The cases found, as a table."""
    from collectdesk.desk.casebook import MOST_FOUND
    from collectdesk.show.money import amount
    from collectdesk.show.tables import Column, short, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [
        Column(_("Case"), "id"),
        Column(_("Debtor")),
        Column(_("Creditor")),
        Column(_("Status")),
        Column(_("Amount"), "money"),
        Column(_("Collector"), "id"),
    ]
    rows = [
        [
            line.code,
            masks.name(line.name),
            short(line.creditor, 24),
            word(STATUSES, line.status),
            amount(line.total, line.currency) if line.total is not None and line.currency else "-",
            line.collector or "-",
        ]
        for line in found
    ]
    if rows:
        console.print(table(console, columns, rows))
    said = ngettext("{count} case found.", "{count} cases found.", len(rows)).format(count=len(rows))
    if len(rows) == MOST_FOUND:
        said = _("{count} cases are shown, and no more; say more to find fewer.").format(count=len(rows))
    console.print(" " + said)


def search_rows(found: Sequence[CaseLine], masks: Masks) -> list[dict[str, object]]:
    """The cases found, by the keys of ``SEARCH``."""
    from collectdesk.show.money import decimal_text

    def row(line: CaseLine) -> dict[str, object]:
        total = decimal_text(line.total, line.currency) if line.total is not None and line.currency else None
        values = (
            line.code,
            name_wire(line.name, masks.name),
            line.creditor,
            line.product,
            line.status,
            total,
            line.currency,
            line.collector,
        )
        return dict(zip(SEARCH, values, strict=True))

    return [row(line) for line in found]


def _debt_facts(view: CaseView, masks: Masks, today: date) -> list[tuple[str, str]]:
    from collectdesk.show.money import amount

    case, stated = view.case, view.statement
    state = word(STATUSES, case.status)
    if case.frozen_at is not None:
        state = listed([state, _("frozen")])
    if case.destroyed_at is not None:
        state = listed([state, _("destroyed")])
    pairs = [
        (_("Case"), f"{case.code}   {state}"),
        (_("Creditor"), " ".join(filter(None, (view.creditor, case.product)))),
        (_("Contract"), masks.id(case.contract_no)),
    ]
    if stated is not None:
        parts = [(_("principal"), stated.principal), (_("interest"), stated.interest), (_("fees"), stated.fees)]
        split = listed(f"{name} {amount(minor, stated.currency)}" for name, minor in parts)
        pairs.append((_("Amount"), amount(stated.total, stated.currency) + bracketed(split)))
        pairs.append((_("As of"), stated.as_of))
    pairs += _paid_facts(view)
    days = view.days_past_due(today)
    if days is not None:
        past = ngettext("{count} day", "{count} days", days).format(count=days) if days > 0 else "-"
        pairs.append((_("Overdue"), past))
    pairs.append((_("Collector"), " ".join(filter(None, (view.collector, view.team))) or "-"))
    return pairs


def _paid_facts(view: CaseView) -> list[tuple[str, str]]:
    """What was paid, the newest first, and what that leaves of the statement."""
    from collectdesk.show.money import amount

    paid = [each for each in view.payments if each.net > 0][::-1]
    pairs = [(_("Paid"), f"{each.on.isoformat()}  {amount(each.net, each.currency)}") for each in paid[:MOST_PAID]]
    if len(paid) > MOST_PAID:
        more = len(paid) - MOST_PAID
        pairs.append(("", ngettext("and {count} more", "and {count} more", more).format(count=more)))
    if paid and view.balance is not None:
        since = _("{amount} since the statement").format(amount=amount(view.balance.paid, view.balance.currency))
        left = view.balance.left
        label = _("Left") if left >= 0 else _("Overpaid")
        pairs.append((label, amount(abs(left), view.balance.currency) + bracketed(since)))
    return pairs


def _person_fact(view: PartyView, masks: Masks) -> tuple[str, str]:
    name = masks.name(view.person.name)
    relation = bracketed(view.party.relation or "")
    document = masks.id(view.person.id_number) if view.person.id_number else ""
    numbers = listed(_number_words(number.number, number.status, masks) for number in view.numbers)
    return word(ROLES, view.party.role), "  ".join(filter(None, (name + relation, document, numbers)))


def _number_words(number: str, status: str, masks: Masks) -> str:
    bad = {"invalid": _("invalid"), "wrong": _("wrong number")}.get(status, "")
    return masks.number(number) + bracketed(bad)


def _standing(view: CaseView, zone: tzinfo) -> list[tuple[str, str]]:
    """What stands open now, one line each."""
    from collectdesk.desk.plans.states import LIVE
    from collectdesk.show.money import amount
    from collectdesk.show.plans import in_a_line

    rows = view.open
    kinds = dict.fromkeys(each.kind for each in rows["hold"] if each.lifted_at is None)
    pairs = [(_("Hold"), word(HOLDS, kind)) for kind in kinds]
    pairs += [
        (_("Promise"), f"{each.pay_on}  {amount(each.amount, each.currency)}")
        for each in rows["promise"]
        if each.status == "open"
    ]
    broken = sum(each.status == "broken" for each in rows["promise"])
    if broken:
        pairs.append((_("Promises broken"), str(broken)))
    pairs += [(_("Plan"), in_a_line(each)) for each in rows["plan"] if each.status in LIVE]
    pairs += [(_("Callback"), f"{_stamp(each.due_at, zone)}") for each in rows["callback"] if each.status == "open"]
    pairs += [(_("Objection"), _objection(each)) for each in rows["objection"] if each.status != "closed"]
    pairs += [(_("Complaint"), _("in hand")) for each in rows["complaint"] if each.status != "closed"]
    pairs += [(_("Emergency"), _stamp(each.at, zone)) for each in rows["emergency"] if each.status != "closed"]
    return pairs


def _objection(row: Any) -> str:  # noqa: ANN401 - a row of the table
    """An open one: its id, by when it is answered, and whether the account is marked as disputed."""
    due = _("answer due {day}").format(day=row.due_on or "-")
    return "  ".join(filter(None, (f"j{row.id}", due, _("account marked as disputed") if row.annotated_at else "")))


def _statement(view: CaseView) -> dict[str, object] | None:
    from collectdesk.show.money import decimal_text

    stated = view.statement
    if stated is None:
        return None
    sums = {name: decimal_text(getattr(stated, name), stated.currency) for name in _SUMS}
    return {"as_of": stated.as_of, **sums, "currency": stated.currency, "days_past_due": stated.days_past_due}


_SUMS = ("principal", "interest", "fees", "total")


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


_MONEY = ("amount",)
MOST_PAID = 5
"""Payments on the page; `payment list --case` shows the others."""
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
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone)


def _stamp(at: int, zone: tzinfo) -> str:
    from collectdesk.show.dates import stamp

    return stamp(datetime.fromtimestamp(at, UTC).astimezone(zone))
