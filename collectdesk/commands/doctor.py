"""``collectdesk doctor``: examine the desk and say what is wrong with it; ends with 7 when something is."""

from __future__ import annotations

from typing import Annotated

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, Problem
from collectdesk.lang import _

app = Verb()
BAD = 7


@app.command()
def doctor(
    ctx: typer.Context,
    confirm_clock: Annotated[
        bool, typer.Option("--confirm-clock", help=N_("An administrator's word that the clock is right; journalled."))
    ] = False,
    json: Json = False,
) -> None:
    """Look at everything, and say what to do."""
    from collectdesk.desk import doctor as look
    from collectdesk.desk.clock import reading
    from collectdesk.desk.health import sound
    from collectdesk.show.health import checks_json, checks_text

    session = session_of(ctx)
    checks = look.outside(session.desk_dir)
    try:
        with at_desk(ctx, scope="report") as office:
            now = reading(int(session.now().timestamp()))
            if confirm_clock:
                look.confirm_clock(office, now)
            checks += look.inside(office, now)
    except Problem as problem:
        if confirm_clock:
            raise
        checks.append(look.could_not_open(problem))
    fine = sound(checks)
    if json:
        checks_json("collectdesk.doctor/1", checks, sound=fine)
    else:
        checks_text(checks, verdict=_("The desk is sound.") if fine else _("Something is wrong with the desk."))
    if not fine:
        raise typer.Exit(BAD)
