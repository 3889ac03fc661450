"""``collectdesk upgrade``: bring the desk's database up to this program, after a backup."""

from __future__ import annotations

from pathlib import Path

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.options import Json
from collectdesk.commands.session import session_of
from collectdesk.lang import _

app = Verb()


@app.command()
def upgrade(ctx: typer.Context, json: Json = False) -> None:
    """Run what is pending; say so when nothing is."""
    from collectdesk.desk import safekeeping

    session = session_of(ctx)
    session.changed = True  # a backup comes first and stays
    backups: list[Path] = []
    ran = safekeeping.upgrade(session.desk_dir, int(session.now().timestamp()), told=backups.append)
    saved = str(backups[0]) if backups else None
    if json:
        from collectdesk.show.jsonout import emit

        emit(
            "collectdesk.upgrade/1",
            {"ran": [{"number": each.number, "name": each.name} for each in ran], "backup": saved},
        )
        return
    from collectdesk.show.desk import lines

    if not ran:
        lines(_("The desk is up to date."))
        return
    lines(_("Backed up first to {file}.").format(file=saved or "-"))
    lines(_("The desk is now of schema {number}.").format(number=ran[-1].number))
