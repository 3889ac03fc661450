"""The plan calculator within a call: conditions asked one by one, the schedule shown, drawn up if they want it.

The side doors stay open at every question of it, and nothing it shows is a promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.commands import planning
from collectdesk.desk.call import calculator
from collectdesk.errors import Problem
from collectdesk.lang import _, current
from collectdesk.show import callscreen
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.terminal import err, marks, say
from collectdesk.show.width import wrap

if TYPE_CHECKING:
    from collectdesk.desk.call.prompt import Prompt
    from collectdesk.desk.office import Office
    from collectdesk.desk.plans.terms import Wish

FLAG = "--json"


def calculate(office: Office, prompt: Prompt, asker: Asker) -> None:
    """Calculate until they have what they want; draw it up if so.

    Raises:
        DoorOpened: a side door was taken instead, or the way back.
    """
    callscreen.turn(callscreen.heading(prompt))
    while (wish := _shown(office, prompt, asker)) is None or not _settled(office, prompt, asker, wish):
        pass


def _shown(office: Office, prompt: Prompt, asker: Asker) -> Wish | None:
    """Ask for the conditions and show the schedule; none where it cannot be, which is said."""
    from collectdesk.desk.plans import proposing, reading
    from collectdesk.show.plans import drawn_text

    code = prompt.call.case.code
    with office.reading() as session:
        currency = reading.currency(session, code)
    wish = planning.ask(asker, currency)
    callscreen.turn(callscreen.heading(prompt))
    try:
        with office.reading() as session:
            drawn_text(proposing.calculate(office, session, code, wish), err())
    except Problem as problem:
        _trouble(problem)
        return None
    return wish


def _settled(office: Office, prompt: Prompt, asker: Asker, wish: Wish) -> bool:
    """Whether nothing more is to be calculated."""
    from collectdesk.desk.plans import proposing

    options = [
        Option("propose", _("Draw it up as a proposal")),
        Option("anew", _("Calculate anew")),
        Option("back", _("Back to the call")),
    ]
    chosen = asker.select(_("What now?"), options, flag=FLAG)
    if chosen != "propose":
        return chosen == "back"
    kind = calculator.difficulty(prompt.call) or planning.difficulty(asker)
    try:
        plan = proposing.propose(office, prompt.call.case.code, wish, kind, call=prompt.call.id)
    except Problem as problem:
        _trouble(problem)
        return False
    say(
        f" {marks().yes} "
        + _("Drawn up as {plan}. Promise nothing: it waits for verification and approval.").format(plan=plan)
    )
    asker.enter(_("Press Enter to go on"), flag=FLAG)
    return True


def _trouble(problem: Problem) -> None:
    """Why it cannot be, and what to do about it."""
    parts = (_(text).format_map(problem.params) for text in (problem.message, problem.hint) if text)
    first, *rest = wrap(("" if current() == "zh_CN" else " ").join(parts), 74)
    say("\n".join([f" {marks().warn} {first}", *(f"   {each}" for each in rest), ""]))
