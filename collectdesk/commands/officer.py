"""``collectdesk officer``: officers outside the desk, who decide what nobody of the desk may; they have no sign-in."""

from __future__ import annotations

from typing import Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.errors import N_
from collectdesk.lang import _

app = Noun(default="list")
Officer = Annotated[
    str, typer.Argument(metavar=N_("OFFICER"), help=N_("The officer, such as x1."), autocompletion=offers.officers)
]


@app.command("list", help=N_("List the officers outside the desk."))
def list_(ctx: typer.Context, json: Json = False) -> None:
    """Show everybody ever registered."""
    from collectdesk.desk.requests import officers
    from collectdesk.show import requests as face

    with at_desk(ctx) as office, office.reading() as session:
        (face.officers_json if json else face.officers_text)(officers.lines(session))


@app.command(
    "add", help=N_("Register somebody outside who decides what nobody of this desk may; for an administrator.")
)
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Their name."))],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar=N_("TEXT"), help=N_("Where they are an officer."))
    ],
    contact: Annotated[str, typer.Option("--contact", metavar=N_("TEXT"), help=N_("How a request reaches them."))],
    json: Json = False,
) -> None:
    """Register them."""
    from collectdesk.desk.requests import officers
    from collectdesk.store import ids

    with at_desk(ctx) as office:
        named = ids.public(officers.KIND, officers.register(office, name, organisation, contact))
    _done(json, named, _("{officer} is registered; they have no sign-in.").format(officer=named))


@app.command("end", help=N_("Ask an officer nothing more; what they answered stands."))
def end(ctx: typer.Context, officer: Officer, json: Json = False) -> None:
    """End it."""
    from collectdesk.desk.requests import officers

    with at_desk(ctx) as office:
        officers.end(office, officer)
    _done(json, officer, _("{officer} is asked no more.").format(officer=officer))


def _done(json: bool, officer: str, said: str) -> None:
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.officer/1", {"officer": officer})
    else:
        from collectdesk.show.desk import lines

        lines(said)
