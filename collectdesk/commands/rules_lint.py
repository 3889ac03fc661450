"""``collectdesk rules lint``: a rulebook examined before anybody adopts it, each remark with its line and a caret."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.options import Json
from collectdesk.commands.rulebook_file import meant, missing
from collectdesk.commands.rules_app import app
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_, Problem

if TYPE_CHECKING:
    from collectdesk.desk.rulebook_lint import Around

BAD = 7


@app.command("lint", help=N_("Examine rulebooks: syntax, shape, sources, examples, and what the house may not loosen."))
def lint(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar=N_("FILE…"), help=N_("Rulebooks (TOML)."))],
    json: Json = False,
) -> None:
    """Examine them; ends with 7 when there is an error, notes do not change it."""
    from collectdesk.desk.rulebook_lint import lint_file
    from collectdesk.show import rulebook_lint as face

    around = around_of(session_of(ctx))
    linted = []
    for file in dict.fromkeys(map(meant, files)):
        try:
            linted.append(lint_file(file, around))
        except OSError:
            raise missing(file) from None
    face.lint_json(linted) if json else face.lint_text(linted)
    if any(each.errors for each in linted):
        raise typer.Exit(BAD)


def around_of(session: Session) -> Around:
    """What ships, and what is in force on the desk where somebody is signed in."""
    from collectdesk.desk import adoption
    from collectdesk.desk.rulebook_lint import Around
    from collectdesk.desk.rulebooks import as_shipped, shipped_calendars
    from collectdesk.desk.window import open_window
    from collectdesk.store import home

    shipped = tuple(each.book for each in as_shipped())
    calendars, at = dict(shipped_calendars()), int(session.now().timestamp())
    if not home.exists(session.home):
        return Around(shipped, shipped, calendars, at)
    try:
        with open_window(session.home, clock=session.clock, lang=session.lang, scope="check") as window:
            books = tuple(adoption.rulebooks(window.ask, window.at))
            return Around(shipped, books, {**calendars, **adoption.calendars(window.ask, window.at)}, window.at)
    except Problem as problem:
        if problem.code not in ("not_signed_in", "session_expired"):
            raise
    return Around(shipped, shipped, calendars, at)
