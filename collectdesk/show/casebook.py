"""A case on one page: the debt, its people, what stands open; names, numbers and documents masked unless asked."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.masking import Masks
from collectdesk.show.words import HOLDS, ROLES, bracketed, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.casebook import CaseView, PartyView
    from collectdesk.desk.lost.status import Lost

STATUSES = {
    "open": N_("open"),
    "settled": N_("settled"),
    "recalled": N_("recalled by the creditor"),
    "assigned": N_("assigned"),
}
MOST_PAID = 5
"""Payments on the page; `payment list --case` shows the others."""


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


def _stamp(at: int, zone: tzinfo) -> str:
    from collectdesk.show.dates import local, stamp

    return stamp(local(at, zone))
