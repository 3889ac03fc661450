"""``collectdesk rules diff``: two rulebooks, or two versions of one, compared field by field."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.commands.rulebook_file import rulebook_in
from collectdesk.commands.rules_app import app
from collectdesk.commands.session import session_of
from collectdesk.errors import N_

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.gate import Rulebook

Named = Annotated[
    str,
    typer.Argument(
        metavar=N_("RULEBOOK|FILE"),
        help=N_("An id (in force), ID@VERSION (once adopted), ID@shipped, or a file."),
        autocompletion=offers.rulebooks,
    ),
]


@app.command("diff", help=N_("Compare two rulebooks or two versions of one, field by field."))
def diff(ctx: typer.Context, old: Named, new: Named, json: Json = False) -> None:
    """Tell what the second changes; 0 whether they differ or not."""
    from collectdesk.desk.rulebook_bounds import days_of
    from collectdesk.desk.rulebook_diff import compare
    from collectdesk.desk.rulebooks import shipped_calendars
    from collectdesk.desk.signing import has_desk
    from collectdesk.show import rulebook_diff as face

    session = session_of(ctx)
    files = all(name.endswith(".toml") for name in (old, new))
    open_desk = not files and has_desk(session.desk_dir)
    with at_desk(ctx, scope="check") if open_desk else nullcontext() as office:
        books = [_book(office, name) for name in (old, new)]
    days = days_of(books[1], shipped_calendars(), int(session.now().timestamp()))
    compared = compare(books[0], books[1], days)
    face.diff_json(compared, (old, new)) if json else face.diff_text(compared)


def _book(office: Office | None, name: str) -> Rulebook:
    """The rulebook that is named, or the one in a file."""
    from collectdesk.desk.rulebook_diff import rulebook_named

    if not name.endswith(".toml"):
        return rulebook_named(office, name).book
    return rulebook_in(Path(name))
