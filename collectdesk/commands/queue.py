"""``collectdesk queue``: the cases in the order they should be called, and why some have to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.alarm import at_the_window
from collectdesk.commands.frame import Verb
from collectdesk.commands.options import Csv, Json, NdJson
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, UsageProblem

if TYPE_CHECKING:
    from collectdesk.desk.queue import Whose

app = Verb()


@app.command()
def queue(
    ctx: typer.Context,
    team: Annotated[bool, typer.Option("--team", help=N_("The whole team's cases."))] = False,
    everyone: Annotated[
        bool, typer.Option("--all", help=N_("The whole desk's cases (leads, administrators)."))
    ] = False,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help=N_("At most so many cases; 0 is all."), show_default=False)
    ] = 0,
    json: Json = False,
    csv: Csv = False,
    ndjson: NdJson = False,
) -> None:
    """List the open cases, the lawful ones first."""
    from collectdesk.commands.queueing import ask_queue, emit_queue, emit_rows, emit_sheet

    session = session_of(ctx)
    if team and everyone:
        raise UsageProblem("one_of", N_("Give --team or --all, not both."))
    whose: Whose = "all" if everyone else "team" if team else "own"
    listed = ask_queue(session.home, session.clock, session.lang, whose, limit or None)
    if json:
        emit_queue(listed)
    elif ndjson:
        emit_rows(listed)
    elif csv:
        emit_sheet(listed)
    else:
        at_the_window(session)
        from collectdesk.show.queue import print_empty, print_queue
        from collectdesk.show.terminal import out

        if not any(listed.counts.values()):
            print_empty(out(), listed.whose, oversees=listed.oversees)
        else:
            print_queue(out(), listed.entries, listed.counts, listed.at, whose=listed.whose)
