"""``collectdesk promise``: what was promised, what came of it, and taking a promise back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import Csv, Json
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _

if TYPE_CHECKING:
    from collectdesk.desk.promises.book import Whose

app = Noun()
Promise = Annotated[
    str,
    typer.Argument(metavar=N_("PROMISE"), help=N_("The promise, such as r12."), autocompletion=offers.promises),
]


@app.command("list", help=N_("List promises: for when, how much, what came of them."))
def list_(
    ctx: typer.Context,
    case: Annotated[
        str, typer.Option("--case", metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    state: Annotated[
        str,
        typer.Option(
            "--state",
            metavar=N_("STATE"),
            help=N_("In this state only: open, kept, partly_kept, broken, expired, withdrawn."),
            autocompletion=offers.among(offers.promise_states),
        ),
    ] = "",
    team: Annotated[bool, typer.Option("--team", help=N_("The whole team's cases."))] = False,
    everyone: Annotated[
        bool, typer.Option("--all", help=N_("The whole desk's cases (leads, administrators)."))
    ] = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Catch up with the dates, then show them."""
    from collectdesk.desk.promises import book
    from collectdesk.desk.promises.catching_up import catch_up
    from collectdesk.show import promises as face

    if team and everyone:
        raise UsageProblem("one_of", N_("Give --team or --all, not both."))
    whose: Whose = "all" if everyone else "team" if team else "own"
    with at_desk(ctx) as office:
        catch_up(office)
        with office.reading() as session:
            found = book.listing(office, session, whose=whose, code=case or None, state=state or None)
            if json:
                face.as_json(found, here())
            elif csv:
                face.as_csv(found, here())
            else:
                own_only = whose == "own" and not case
                face.as_text(found, elsewhere=not found and own_only and office.staff.role in book.OVERSEERS)


@app.command("show", help=N_("Show a promise and what was done to it."))
def show(ctx: typer.Context, promise: Promise, json: Json = False) -> None:
    """Catch up with the dates, then show it."""
    from collectdesk.desk.promises import book
    from collectdesk.desk.promises.catching_up import catch_up
    from collectdesk.show import promises as face

    with at_desk(ctx) as office:
        catch_up(office)
        with office.reading() as session:
            view, steps = book.one(session, promise)
            (face.one_json if json else face.one_text)(view, steps, here())


@app.command("withdraw", help=N_("Take a promise back: the debtor does, or it was recorded by mistake."))
def withdraw(
    ctx: typer.Context,
    promise: Promise,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why."))] = "",
    json: Json = False,
) -> None:
    """Withdraw it; the case no longer rests."""
    from collectdesk.desk.promises import book
    from collectdesk.show import promises as face

    with at_desk(ctx) as office:
        view = book.withdraw(office, promise, reason)
        if json:
            face.as_json([view], here())
        else:
            from collectdesk.show.desk import lines

            lines(_("Promise {promise} of case {case} is withdrawn.").format(promise=view.name, case=view.case.code))
