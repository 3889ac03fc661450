"""``collectdesk plan``: instalments and extensions in hardship, from the calculator to the last payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.conditions import Given, conditioned
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here
from collectdesk.commands.options import CaseCode, Json
from collectdesk.errors import N_, Cancelled
from collectdesk.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectdesk.desk.office import Office
    from collectdesk.desk.plans.terms import Wish

app = Noun(default="show")
PlanId = Annotated[
    str, typer.Argument(metavar=N_("PLAN"), help=N_("The plan, such as f3."), autocompletion=offers.among(offers.plans))
]
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why, in a sentence."))]


@app.command("calc", help=N_("Calculate a schedule to the cent; nothing is recorded or promised."))
@conditioned
def calc(ctx: typer.Context, case: CaseCode, json: Json = False, *, given: Given) -> None:
    """Calculate."""
    from collectdesk.desk.plans.proposing import calculate
    from collectdesk.show.plans import drawn_text
    from collectdesk.show.planwire import drawn_json

    with at_desk(ctx) as office:
        wish = _wish(given, office, case, json=json)
        with office.reading() as session:
            (drawn_json if json else drawn_text)(calculate(office, session, case, wish))


@app.command("propose", help=N_("Draw a plan up for a case, to be verified and submitted."))
@conditioned
def propose(
    ctx: typer.Context,
    case: CaseCode,
    difficulty: Annotated[
        str,
        typer.Option(
            metavar=N_("CODE"),
            help=N_("What kind of difficulty it is; the category only."),
            autocompletion=offers.among(offers.difficulties),
        ),
    ] = "",
    json: Json = False,
    *,
    given: Given,
) -> None:
    """Draw it up."""
    from collectdesk.commands import planning
    from collectdesk.desk.plans import proposing
    from collectdesk.show.prompts import Asker

    with at_desk(ctx) as office:
        wish = _wish(given, office, case, json=json)
        kind = difficulty or planning.difficulty(Asker())
        made = proposing.propose(office, case, wish, kind)
        _shown(office, made, json=json)


@app.command("change", help=N_("Give a plan another schedule; it is approved anew."))
@conditioned
def change(ctx: typer.Context, plan: PlanId, json: Json = False, *, given: Given) -> None:
    """Change it."""
    from collectdesk.desk.plans import proposing, reading

    with at_desk(ctx) as office:
        with office.reading() as session:
            case = reading.case_of(session, reading.found(session, plan)).code
        wish = _wish(given, office, case, json=json)
        proposing.change(office, plan, wish)
        _shown(office, plan, json=json)


@app.command("show", help=N_("Show a plan: schedule, what was verified, approval, how it is kept."))
def show(ctx: typer.Context, plan: PlanId, json: Json = False) -> None:
    """Show it."""
    with at_desk(ctx) as office:
        _shown(office, plan, json=json)


@app.command("list", help=N_("List the plans, those that wait for a decision first."))
def list_(
    ctx: typer.Context,
    case: Annotated[
        str, typer.Option(metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    state: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("STATE"), help=N_("In this state only."), autocompletion=offers.among(offers.plan_states)
        ),
    ] = None,
    json: Json = False,
) -> None:
    """List them."""
    from collectdesk.desk.lifecycle import lifecycle
    from collectdesk.desk.plans import reading
    from collectdesk.show import plans as face
    from collectdesk.show import planwire

    with at_desk(ctx) as office, office.reading() as session:
        lines = reading.lines(session, office.now(), states=reading.known(state or ()), case=case)
        if json:
            planwire.list_json(lines)
        else:
            face.list_text(lines, lifecycle("plan"))


@app.command("evidence", help=N_("Record what was asked for, received, and found sufficient or not."))
def evidence(
    ctx: typer.Context,
    plan: PlanId,
    item: Annotated[
        str,
        typer.Argument(
            metavar=N_("ITEM"), help=N_("What kind of proof."), autocompletion=offers.among(offers.plan_evidence)
        ),
    ],
    state: Annotated[
        str,
        typer.Argument(
            metavar=N_("STATE"),
            help="asked, received, sufficient, insufficient",
            autocompletion=offers.words("asked", "received", "sufficient", "insufficient"),
        ),
    ],
    json: Json = False,
) -> None:
    """Record it."""
    from collectdesk.desk.plans import proposing

    _act(ctx, plan, lambda office: proposing.evidence(office, plan, item, state), json=json)


@app.command("submit", help=N_("Submit a plan for approval by somebody else."))
def submit(ctx: typer.Context, plan: PlanId, json: Json = False) -> None:
    """Submit it."""
    from collectdesk.desk.plans import deciding

    _act(ctx, plan, lambda office: deciding.submit(office, plan), json=json)


@app.command("approve", help=N_("Approve exactly this schedule; never one's own."))
def approve(
    ctx: typer.Context,
    plan: PlanId,
    digest: Annotated[
        str, typer.Option(metavar=N_("DIGEST"), help=N_("The schedule you looked at, as `plan show` names it."))
    ] = "",
    json: Json = False,
) -> None:
    """Approve it; at a terminal the schedule is shown first."""
    from collectdesk.desk.plans import deciding

    def decide(office: Office) -> None:
        deciding.approve(office, plan, digest or ("" if json else _looked_at(office, plan)))

    _act(ctx, plan, decide, json=json)


@app.command("reject", help=N_("Reject a plan, with the reason."))
def reject(ctx: typer.Context, plan: PlanId, reason: Reason = "", json: Json = False) -> None:
    """Reject it."""
    from collectdesk.desk.plans import deciding

    _act(ctx, plan, lambda office: deciding.reject(office, plan, _why(reason, json=json)), json=json)


@app.command("return", help=N_("Return a plan to be amended, with the reason."))
def return_(ctx: typer.Context, plan: PlanId, reason: Reason = "", json: Json = False) -> None:
    """Send it back."""
    from collectdesk.desk.plans import deciding

    _act(ctx, plan, lambda office: deciding.send_back(office, plan, _why(reason, json=json)), json=json)


@app.command("sign", help=N_("Record that the debtor agreed; collection calls are blocked from then on."))
def sign(
    ctx: typer.Context,
    plan: PlanId,
    oral: Annotated[bool, typer.Option("--oral", help=N_("Agreed by word of mouth, on a recorded call."))] = False,
    recording: Annotated[
        str, typer.Option(metavar=N_("REFERENCE"), help=N_("The recording's reference; an oral agreement has one."))
    ] = "",
    on: Annotated[
        str, typer.Option("--on", metavar=N_("DATE"), help=N_("When it was agreed; today if left out."))
    ] = "",
    contents: Annotated[
        bool, typer.Option("--contents", help=N_("A card's agreement holds all that the law asks."))
    ] = False,
    json: Json = False,
) -> None:
    """Record the agreement."""
    from collectdesk.desk.plans import performance

    agreed_on = day(on, "--on")
    _act(
        ctx,
        plan,
        lambda office: performance.sign(
            office, plan, "oral" if oral else "signed", recording=recording, agreed_on=agreed_on, contents=contents
        ),
        json=json,
    )


@app.command("withdraw", help=N_("Take a plan back before it is agreed, with the reason."))
def withdraw(ctx: typer.Context, plan: PlanId, reason: Reason = "", json: Json = False) -> None:
    """Take it back."""
    from collectdesk.desk.plans import deciding

    _act(ctx, plan, lambda office: deciding.withdraw(office, plan, _why(reason, json=json)), json=json)


def _wish(given: Given, office: Office, case: str, *, json: bool) -> Wish:
    """What the options ask for; at a terminal without them it is asked."""
    from collectdesk.commands import planning
    from collectdesk.desk.plans import reading
    from collectdesk.show.prompts import Asker
    from collectdesk.show.terminal import interactive

    with office.reading() as session:
        currency = reading.currency(session, case)
    if not planning.asked_for(given) and interactive() and not json:
        return planning.ask(Asker(), currency)
    return planning.wish_of(given, currency)


def _why(reason: str, *, json: bool) -> str:
    from collectdesk.show.prompts import Asker
    from collectdesk.show.terminal import interactive

    if reason or json or not interactive():
        return reason
    return Asker().text(_("Why, in a sentence"), flag="--reason")


def _looked_at(office: Office, plan: str) -> str:
    """Show the plan and ask; the digest of what was shown.

    Raises:
        UsageProblem: there is no terminal to look at.
        Cancelled: it is not approved.
    """
    from collectdesk.desk.plans import reading
    from collectdesk.show.prompts import Asker, require_terminal

    require_terminal("--digest")
    _shown(office, plan, json=False)
    with office.reading() as session:
        seen = reading.found(session, plan).digest
    if not Asker().confirm(_("Approve exactly this schedule?"), flag="--digest"):
        raise Cancelled("cancelled", N_("Nothing was changed."))
    return seen


def _act(ctx: typer.Context, plan: str, do: Callable[[Office], None], *, json: bool) -> None:
    """Do something with a plan and say what became of it."""
    from collectdesk.desk.lifecycle import lifecycle
    from collectdesk.desk.plans import reading
    from collectdesk.show import plans as face
    from collectdesk.show import planwire

    with at_desk(ctx) as office:
        do(office)
        with office.reading() as session:
            state = reading.found(session, plan).status
    if json:
        planwire.done_json(plan, state)
    else:
        face.done_text(plan, state, lifecycle("plan"))


def _shown(office: Office, plan: str, *, json: bool) -> None:
    from collectdesk.desk.lifecycle import lifecycle
    from collectdesk.desk.plans import reading
    from collectdesk.show import plans as face
    from collectdesk.show import planwire

    with office.reading() as session:
        view = reading.view(session, reading.found(session, plan), office.now())
        if json:
            planwire.plan_json(view, here())
        else:
            face.plan_text(view, lifecycle("plan"), here())
