"""Plans on the screen: the schedule to the cent, what was verified, how it is kept, who did what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.dates import stamp, weekday
from collectdesk.show.hardship import EVIDENCE, EVIDENCE_STATES
from collectdesk.show.money import amount
from collectdesk.show.tables import Column, facts, table
from collectdesk.show.terminal import err, marks, out

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from collectdesk.desk.adopted_text import Lang
    from collectdesk.desk.lifecycle import Lifecycle
    from collectdesk.desk.plans.matching import Performance
    from collectdesk.desk.plans.reading import Line, PlanView
    from collectdesk.desk.plans.schedule import Instalment
    from collectdesk.desk.plans.terms import Drawn

KINDS = {
    "equal": N_("equal instalments"),
    "step_up": N_("rising instalments"),
    "balloon": N_("a larger last instalment"),
    "extension": N_("an extension"),
}
DIFFICULTIES = {
    "income_lost": N_("Lost job or income"),
    "income_reduced": N_("Lower income"),
    "wages_late": N_("Wages unpaid"),
    "business_trouble": N_("Business difficulties"),
    "medical": N_("Medical hardship"),
    "family_burden": N_("Family burden"),
    "bereavement": N_("Bereavement"),
    "disaster": N_("Disaster or accident"),
    "other_debts": N_("Many other debts"),
    "other": N_("Another difficulty"),
}
"""The kind of difficulty, as a category; no detail of it is recorded anywhere."""
KEPT = {
    "open": N_("not due yet"),
    "exact": N_("paid in time"),
    "late": N_("paid late"),
    "part": N_("paid in part"),
    "missed": N_("missed"),
}
CONTENTS = {
    "balance": N_("the balance, its parts and its currency"),
    "instalments": N_("cycle, way, currency, dates and amounts of repayment"),
    "costs": N_("interest and fees while it runs: none are added"),
    "no_new_cards": N_("no new card is applied for until it is settled"),
    "rights_and_breach": N_("rights, duties, and what follows a breach"),
    "other": N_("anything else that was agreed"),
}
DIGEST = 12
"""Characters of a digest that are shown and typed."""


def drawn_text(drawn: Drawn, console: Console | None = None) -> None:
    """A schedule as it was calculated, with what it is not: a promise."""
    screen = console or out()
    basis, terms = drawn.basis, drawn.terms
    screen.print(facts(screen, _heading(basis.code, terms.kind, basis.total, basis.currency, basis.as_of.isoformat())))
    screen.print()
    screen.print(_rows(screen, drawn.rows, basis.currency))
    screen.print(" " + _("No interest and no fee is added; the sum is the statement's, to the cent."))
    screen.print(" " + _("A proposal: nothing is promised before somebody else approved it."))


def plan_text(view: PlanView, life: Lifecycle, zone: ZoneInfo, console: Console | None = None) -> None:
    """A whole plan."""
    screen, plan = console or out(), view.plan
    if view.edited:
        screen.print(f" {marks().no} " + _("The schedule on file was edited after it was recorded or approved."))
    pairs = [(_("Plan"), view.id), (_("State"), standing(view, life)), *_of(view), *_decision(view, zone)]
    screen.print(facts(screen, pairs))
    screen.print()
    if view.performance is None:
        screen.print(_rows(screen, view.rows, plan.currency))
    else:
        screen.print(_kept(screen, view.performance, plan.currency))
    if view.evidence:
        screen.print()
        rows = [[_word(EVIDENCE, each.item), _word(EVIDENCE_STATES, each.state)] for each in view.evidence]
        screen.print(table(screen, [Column(_("Verified by")), Column(_("State"))], rows))
    if view.card and plan.status == "approved":
        screen.print()
        screen.print(" " + _("A card's agreement holds (credit card measures 2011, article 70):"))
        for item in CONTENTS.values():
            screen.print(f"  - {_(item)}")
    screen.print()
    screen.print(_steps(screen, view, life, zone))


def list_text(lines: Iterable[Line], life: Lifecycle) -> None:
    """Plans, one a row."""
    screen = out()
    rows = [
        [
            line.id,
            line.case,
            life.titled(line.state, _lang()),
            amount(line.total, line.currency),
            line.due or "",
            line.by,
        ]
        for line in lines
    ]
    if not rows:
        screen.print(" " + _("There is no such plan."))
        return
    columns = [
        Column(_("Plan"), "id"),
        Column(_("Case"), "id"),
        Column(_("State")),
        Column(_("Amount"), "money"),
        Column(_("Due by"), "date"),
        Column(_("By"), "id"),
    ]
    screen.print(table(screen, columns, rows))


def done_text(plan: str, state: str, life: Lifecycle) -> None:
    """The same for people."""
    err().print(f" {marks().yes} " + _("Plan {plan} is {state}.").format(plan=plan, state=life.titled(state, _lang())))


def in_a_line(plan: Any) -> str:  # noqa: ANN401 - a row of the table
    """A plan on the page of its case: id, state, amount."""
    from collectdesk.desk.lifecycle import lifecycle

    state = lifecycle("plan").titled(plan.status, _lang())
    return f"f{plan.id}  {state}  {amount(plan.total, plan.currency)}"


def standing(view: PlanView, life: Lifecycle) -> str:
    """The state in words; what its date has already made of it, though nothing was written since, is said."""
    shown = life.titled(view.plan.status, _lang())
    kept = view.performance
    if view.plan.status == "active" and kept is not None and kept.broken_on is not None:
        return _("{state}, but missed beyond its grace since {day}").format(state=shown, day=kept.broken_on.isoformat())
    return shown


def _of(view: PlanView) -> list[tuple[str, str]]:
    plan = view.plan
    head = _heading(view.case.code, plan.kind, plan.total, plan.currency, None)
    parts = (
        (N_("principal"), plan.principal),
        (N_("interest"), plan.interest),
        (N_("fees"), plan.fees),
    )
    balance = ", ".join(f"{_(name)} {amount(value, plan.currency)}" for name, value in parts)
    return [*head, (_("Balance"), balance), (_("Difficulty"), _word(DIFFICULTIES, plan.difficulty))]


def _decision(view: PlanView, zone: ZoneInfo) -> list[tuple[str, str]]:
    plan = view.plan
    found = [(_("Drawn up by"), view.staff.get(plan.proposed_by, "")), (_("Digest"), plan.digest[:DIGEST])]
    if plan.status == "submitted" and plan.decide_by:
        found.append((_("Decide by"), plan.decide_by))
    if plan.decided_by is not None and plan.decided_at is not None:
        when = stamp(datetime.fromtimestamp(plan.decided_at, UTC), zone)
        found.append((_("Decided by"), f"{view.staff.get(plan.decided_by, '')}  {when}"))
    if plan.form is not None:
        form = _("signed") if plan.form == "signed" else _("by word of mouth")
        found.append((_("Agreed"), f"{plan.agreed_on}  {form}"))
    return [*found, (_("Recording"), plan.recording)] if plan.recording else found


def _heading(code: str, kind: str, total: int, currency: str, as_of: str | None) -> list[tuple[str, str]]:
    stated = amount(total, currency)
    if as_of is not None:
        stated = _("{amount} as of {day}").format(amount=stated, day=as_of)
    return [(_("Case"), code), (_("Kind"), _word(KINDS, kind)), (_("Owed"), stated)]


def _rows(screen: Console, rows: Iterable[Instalment], currency: str) -> RenderableType:
    made = list(rows)
    left, shown = sum(each.amount for each in made), []
    for each in made:
        left -= each.amount
        shown.append([_number(each.number), _day(each.due_on), amount(each.amount, currency), amount(left, currency)])
    columns = [
        Column(_("Instalment"), "id"),
        Column(_("Due on"), "date"),
        Column(_("Amount"), "money"),
        Column(_("Left"), "money"),
    ]
    return table(screen, columns, shown)


def _kept(screen: Console, kept: Performance, currency: str) -> RenderableType:
    columns = [
        Column(_("Instalment"), "id"),
        Column(_("Due on"), "date"),
        Column(_("Amount"), "money"),
        Column(_("Paid"), "money"),
        Column(_("How")),
    ]
    rows = [
        [
            _number(each.number),
            _day(each.due_on),
            amount(each.amount, currency),
            amount(each.paid, currency),
            _word(KEPT, each.state),
        ]
        for each in kept.instalments
    ]
    if kept.over:
        rows.append(["", "", "", amount(kept.over, currency), _("over")])
    return table(screen, columns, rows)


def _steps(screen: Console, view: PlanView, life: Lifecycle, zone: ZoneInfo) -> RenderableType:
    acts = {move.act: move.title.in_(_lang()) for move in life.moves}
    rows = []
    for step in view.steps:
        reason = (step.content or {}).get("reason")
        what = acts.get(step.act) or _("drawn up")
        when = stamp(datetime.fromtimestamp(step.at, UTC), zone)
        who = view.staff.get(step.by_staff or 0) or _("the desk")
        rows.append([when, who, f"{what}: {reason}" if reason else what])
    return table(screen, [Column(_("When"), "date"), Column(_("Who"), "id"), Column(_("What"))], rows)


def _number(number: int) -> str:
    return str(number) if number else _("down")


def _day(day: date) -> str:
    return f"{day.isoformat()} {weekday(day)}"


def _word(words: Mapping[str, str], code: str) -> str:
    return _(words[code]) if code in words else code


def _lang() -> Lang:
    return "zh_CN" if current() == "zh_CN" else "en"
