"""``collectdesk ready``: what still bars the first call, and the remedy for each; ends with 3 while something does."""

from __future__ import annotations

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.lang import _

app = Verb()
BARRED = 3


@app.command()
def ready(ctx: typer.Context, json: Json = False) -> None:
    """Look at everything a first call needs."""
    from collectdesk.desk.health import sound
    from collectdesk.desk.ready import ready as look
    from collectdesk.show.health import checks_json, checks_text

    with at_desk(ctx, scope="check") as office:
        checks = look(office)
    fine = sound(checks)
    if json:
        checks_json("collectdesk.ready/1", checks, sound=fine)
    else:
        command = "collectdesk work" if fine else ""
        verdict = _("The first call can be made: {command}").format(command=command) if fine else _("Not ready yet.")
        checks_text(checks, verdict=verdict)
    if not fine:
        raise typer.Exit(BARRED)
