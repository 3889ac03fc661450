"""The plan calculator within a call: conditions asked one by one, the schedule shown, drawn up if they want it.

The side doors stay open at every question of it, and nothing it shows is a promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.commands import planning
from collectdesk.commands.leafing import leaf
from collectdesk.desk.call import calculator
from collectdesk.errors import Problem
from collectdesk.lang import _, current
from collectdesk.show import callscreen
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.terminal import marks
from collectdesk.show.width import wrap

if TYPE_CHECKING:
    from collectdesk.desk.call.prompt import Prompt
    from collectdesk.desk.office import Office
    from collectdesk.desk.plans.terms import Wish

FLAG = "--json"
_CHOICES = 3
"""What may be done with a schedule."""


def calculate(office: Office, prompt: Prompt, asker: Asker) -> None:
    """Calculate until they have what they want; draw it up if so.

    Raises:
        DoorOpened: a side door was taken instead, or the way back.
    """
    trouble: list[str] | None = []
    while trouble is not None:
        callscreen.turn([*callscreen.heading(prompt), *trouble])
        trouble = _once(office, prompt, asker)


def _once(office: Office, prompt: Prompt, asker: Asker) -> list[str] | None:
    """Ask for the conditions, show the schedule and what may be done with it.

    None once nothing more is wanted, else what stands above the next calculation: why this one cannot be.
    """
    from collectdesk.desk.plans import proposing, reading
    from collectdesk.show.planleaves import leaves

    code, head = prompt.call.case.code, callscreen.heading(prompt)
    with office.reading() as session:
        currency = reading.currency(session, code)
    wish = planning.ask(asker, currency)
    try:
        with office.reading() as session:
            parts = leaves(proposing.calculate(office, session, code, wish), callscreen.room_beside(prompt, _CHOICES))
        return _settled(office, prompt, leaf([[*head, *part, ""] for part in parts], asker), wish)
    except Problem as problem:
        return _trouble(problem)


def _settled(office: Office, prompt: Prompt, asker: Asker, wish: Wish) -> list[str] | None:
    """Draw it up, calculate anew (nothing stands above that), or be done.

    Raises:
        Problem: it cannot be drawn up.
    """
    from collectdesk.desk.plans import proposing

    options = [
        Option("propose", _("Draw it up as a proposal")),
        Option("anew", _("Calculate anew")),
        Option("back", _("Back to the call")),
    ]
    chosen = asker.select(_("What now?"), options, flag=FLAG)
    if chosen != "propose":
        return [] if chosen == "anew" else None
    head = callscreen.heading(prompt)
    kind = calculator.difficulty(prompt.call) or planning.difficulty(leaf([head], asker))
    plan = proposing.propose(office, prompt.call.case.code, wish, kind, call=prompt.call.id)
    made = _("Drawn up as {plan}. Promise nothing: it waits for verification and approval.").format(plan=plan)
    leaf([[*head, f" {marks().yes} {made}", ""]], asker).enter(_("Press Enter to go on"), flag=FLAG)
    return None


def _trouble(problem: Problem) -> list[str]:
    """Why it cannot be, and what to do about it."""
    parts = (_(text).format_map(problem.params) for text in (problem.message, problem.hint) if text)
    first, *rest = wrap(("" if current() == "zh_CN" else " ").join(parts), 74)
    return [f" {marks().warn} {first}", *(f"   {each}" for each in rest), ""]
