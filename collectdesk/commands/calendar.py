"""``collectdesk calendar``: which dates are workdays, rest days and holidays, by whose word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json, Yes
from collectdesk.commands.rulebook_file import read_text
from collectdesk.commands.rules_adopt import From, Text, adopt_texts, tell_adopted
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, BadData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectdesk.gate.calendar import CalendarYear

app = Noun()
Region = Annotated[
    str,
    typer.Option(
        "--region",
        metavar=N_("REGION"),
        help=N_("The region, such as CN."),
        autocompletion=offers.among(offers.regions),
    ),
]


@app.command("list", help=N_("List the years there is a calendar for."))
def list_(ctx: typer.Context, json: Json = False) -> None:
    """Show what the desk adopted; without a desk what the program ships."""
    from collectdesk.show import calendars as face

    years = _years(ctx)
    (face.list_json if json else face.list_text)(years)


@app.command("show", help=N_("Show a year: every date that is no ordinary one, with its source."))
def show(
    ctx: typer.Context,
    year: Annotated[
        int,
        typer.Argument(
            metavar=N_("YEAR"), help=N_("The year, such as 2026."), autocompletion=offers.among(offers.years)
        ),
    ],
    region: Region = "CN",
    json: Json = False,
) -> None:
    """Show one year."""
    from collectdesk.desk.calendars import one
    from collectdesk.show import calendars as face

    found = one(_years(ctx), region, year)
    (face.show_json if json else face.show_text)(found)


@app.command("adopt", help=N_("Adopt a year's calendar, once its notice is in."))
def adopt(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The calendar (JSON)."))],
    from_: From = "",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Say what it changes, ask, and adopt it."""
    from collectdesk.desk.adoptable import kind_of, prepare
    from collectdesk.desk.calendars import held
    from collectdesk.show.calendars import difference_text

    text, name = read_text(file), f"{file.stem}.json"
    if kind_of(text, name) != "calendar":
        raise BadData(
            "not_a_calendar", N_("That file is no calendar."), hint=N_("`collectdesk rules adopt` takes other texts.")
        )
    with at_desk(ctx) as office:
        office.require_role("admin")
        year = prepare("calendar", text, name)[0].value
        if not json:
            difference_text(
                [each for each in held(office) if each.year == year.year and each.region == year.region], year
            )
        made, since = adopt_texts(office, [Text("calendar", text, name)], from_, yes=yes)
    tell_adopted(made, since, json=json)


def _years(ctx: typer.Context) -> Sequence[CalendarYear]:
    from collectdesk.desk import calendars
    from collectdesk.desk.signing import has_desk

    if not has_desk(session_of(ctx).desk_dir):
        return calendars.as_shipped()
    with at_desk(ctx, scope="check") as office:
        return calendars.held(office)
