"""``collectdesk today``: what waits for whoever is signed in, and which cases come next."""

from __future__ import annotations

from typing import Annotated

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.commands.session import session_of
from collectdesk.errors import N_

app = Verb()
LIMIT = 10


@app.command()
def today(
    ctx: typer.Context,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help=N_("At most so many matters and cases; 0 is all."))
    ] = LIMIT,
    json: Json = False,
) -> None:
    """Look at the day: a lead sees decisions and the team, a collector what is theirs."""
    from collectdesk.commands.queueing import rows
    from collectdesk.desk.today.picture import look
    from collectdesk.show.today import today_json, today_text

    with at_desk(ctx, scope="report") as office:
        day = look(office, session_of(ctx).clock)
    if json:
        today_json(day, rows(day.entries[: limit or None]))
    else:
        today_text(day, limit)
