"""``collectdesk number``: the telephone numbers of a case, each with its lawful source and its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import CaseCode, Json
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

app = Noun(default="list")
NumberId = Annotated[
    str, typer.Argument(metavar=N_("NUMBER"), help=N_("The number, such as n5; `number list` names them."))
]
Reason = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))]


def _lawful(_session: object) -> tuple[str, ...]:
    from collectdesk.desk.new_number import LAWFUL

    return LAWFUL


@app.command("list", help=N_("List the numbers of a case: whose, where from, how each stands."))
def list_(ctx: typer.Context, case: CaseCode, json: Json = False) -> None:
    """Show them, the debtor's first."""
    from collectdesk.desk import numberbook
    from collectdesk.show.masking import Masks
    from collectdesk.show.numbers import numbers_json, numbers_text

    with at_desk(ctx) as office, office.reading() as session:
        views = numberbook.listing(session, case)
        if json:
            numbers_json(case, views, Masks(), here())
        else:
            numbers_text(views, Masks(), here())


@app.command("add", help=N_("Put a new number on file, with its lawful source."))
def add(
    ctx: typer.Context,
    case: CaseCode,
    number: Annotated[str, typer.Option(metavar=N_("PHONE"), help=N_("The number; on a terminal it is asked."))] = "",
    number_stdin: Annotated[
        bool, typer.Option("--number-stdin", help=N_("Read the number from standard input."))
    ] = False,
    person: Annotated[str, typer.Option(metavar=N_("PERSON"), help=N_("Whose, such as p3; else the debtor's."))] = "",
    source: Annotated[
        str, typer.Option(metavar=N_("CODE"), help=N_("Where it came from."), autocompletion=offers.among(_lawful))
    ] = "",
    evidence: Annotated[
        str, typer.Option(metavar=N_("TEXT"), help=N_("What shows the source: a clause, a letter, a page."))
    ] = "",
    place: Annotated[
        str,
        typer.Option(
            metavar="home|work|other|none|unknown",
            help=N_("Where it rings."),
            autocompletion=offers.words("home", "work", "other", "none", "unknown"),
        ),
    ] = "unknown",
    told_by: Annotated[
        str, typer.Option("--told-by", metavar=N_("PERSON"), help=N_("The reserved contact who told it, such as p3."))
    ] = "",
    call: Annotated[
        str,
        typer.Option(
            metavar=N_("CALL"),
            help=N_("The call it was told on, such as c7."),
            autocompletion=offers.among(offers.calls),
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Put it on file, not tried yet."""
    import sys

    from collectdesk.desk import casebook, numberbook

    asker = Asker()
    typed = sys.stdin.read().strip() if number_stdin else number
    with at_desk(ctx) as office:
        with office.reading() as session:
            casebook.find(session, case)
        typed = typed or asker.text(_("The number"), flag="--number")
        source = source or asker.select(_("Where does it come from?"), _sources(), flag="--source")
        told = numberbook.Told(
            number=typed, source=source, person=person, evidence=evidence, place=place, told_by=told_by, call=call
        )
        key = numberbook.add(office, case, told)
        _done(office, case, f"n{key}", json=json)


@app.command("invalid", help=N_("Mark a number as dead: not in use, or suspended."))
def invalid(ctx: typer.Context, case: CaseCode, number: NumberId, reason: Reason = "", json: Json = False) -> None:
    """It is not dialled any more, and counts for lost contact."""
    _mark(ctx, case, number, "invalid", reason, json=json)


@app.command("wrong", help=N_("Mark a number as somebody else's; its calls no longer count."))
def wrong(
    ctx: typer.Context,
    case: CaseCode,
    number: NumberId,
    reason: Reason = "",
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do it without asking."))] = False,
    json: Json = False,
) -> None:
    """It is not dialled any more."""
    if not yes and not Asker().confirm(_("Retire this number for good?"), flag="--yes", default=False):
        raise UsageProblem("cancelled", N_("Nothing was changed."))
    _mark(ctx, case, number, "wrong", reason, json=json)


@app.command("ok", help=N_("Take a number back into use; one found to be somebody else's needs evidence and a lead."))
def ok(
    ctx: typer.Context,
    case: CaseCode,
    number: NumberId,
    reason: Reason = "",
    evidence: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What shows that it is theirs."))] = "",
    json: Json = False,
) -> None:
    """It may be dialled again."""
    _mark(ctx, case, number, "ok", reason, evidence, json=json)


def _mark(ctx: typer.Context, case: str, number: str, act: str, reason: str, evidence: str = "", *, json: bool) -> None:
    from collectdesk.desk import numberbook

    with at_desk(ctx) as office:
        said = reason or Asker().text(_("Why, in words"), flag="--reason")
        numberbook.mark(office, case, number, act, said, evidence)
        _done(office, case, number, json=json)


def _done(office: Office, case: str, number: str, *, json: bool) -> None:
    """The number as it stands now."""
    from collectdesk.desk import numberbook
    from collectdesk.show.masking import Masks
    from collectdesk.show.numbers import number_json, numbers_text

    with office.reading() as session:
        view = next(each for each in numberbook.listing(session, case) if f"n{each.row.id}" == number)
        if json:
            number_json(case, view, Masks(), here())
        else:
            numbers_text([view], Masks(), here())


def _sources() -> list[Option]:
    from collectdesk.desk.new_number import LAWFUL
    from collectdesk.show.words import SOURCES

    return [Option(source, _(SOURCES[source])) for source in LAWFUL]
