"""``collectdesk logout``: end the session."""

from __future__ import annotations

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.options import Json
from collectdesk.commands.session import session_of
from collectdesk.lang import _

app = Verb()


@app.command()
def logout(ctx: typer.Context, json: Json = False) -> None:
    """End the session, if there is one."""
    from collectdesk.desk.signing import sign_out

    there = sign_out(session_of(ctx).desk_dir)
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.logout/1", {"was_signed_in": there})
        return
    from collectdesk.show.desk import lines

    lines(_("Signed out.") if there else _("Nobody was signed in."))
