"""``collectdesk rules``: the rulebooks in force, their rules and sources, their examples, and adopting a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers, rules_adopt, rules_diff, rules_explain, rules_lint, rules_new, rules_replay
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.commands.rulebook_file import meant, read_text, rulebook_in, told_as_linted
from collectdesk.commands.rules_app import app
from collectdesk.commands.session import session_of
from collectdesk.errors import N_

if TYPE_CHECKING:
    from collectdesk.desk.rulebooks import Held
    from collectdesk.gate import Calendar
    from collectdesk.gate.examples import Outcome

__all__ = [
    "app",
    "rules_adopt",
    "rules_diff",
    "rules_explain",
    "rules_lint",
    "rules_new",
    "rules_replay",
]  # each adds its command to ``app``
BAD = 7


Shipped = Annotated[bool, typer.Option("--shipped", help=N_("As the program ships them, whatever the desk adopted."))]


@app.command("list", help=N_("List the rulebooks in force."))
def list_(ctx: typer.Context, shipped: Shipped = False, json: Json = False) -> None:
    """Show what the desk adopted; without a desk what the program ships."""
    from collectdesk.show import rulebooks as face

    books, coming = _books(ctx, shipped=shipped)
    (face.list_json if json else face.list_text)(books, coming)


@app.command("show", help=N_("Show a rulebook or one rule: its text, numbers, source, and since when."))
def show(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar=N_("RULEBOOK[/RULE]"),
            help=N_("Its id, such as house or house/hours."),
            autocompletion=offers.rulebooks,
        ),
    ],
    shipped: Shipped = False,
    json: Json = False,
) -> None:
    """Show one rulebook, or one rule of it."""
    from collectdesk.desk import rulebooks
    from collectdesk.show import rulebooks as face

    books, _coming = _books(ctx, shipped=shipped)
    book, _slash, rule = name.partition("/")
    found = rulebooks.one(books, book)
    rulebooks.require_rule(found, rule)
    face.show_json(found, rule) if json else face.show_text(found, rule)


@app.command("test", help=N_("Run the worked examples beside each rulebook."))
def run_tests(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("RULEBOOK|FILE…"),
            help=N_("Ids of shipped ones, or files."),
            autocompletion=offers.among(offers.shipped_rulebooks),
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Ask every example; ends with 7 when one came out otherwise."""
    from collectdesk.desk import rulebooks
    from collectdesk.show import rulebooks as face

    calendars = rulebooks.shipped_calendars()
    if names:
        results = [(name, _run(name, calendars)) for name in names]
    else:
        results = [
            (each.book.id, outcomes) for each in rulebooks.as_shipped() if (outcomes := _beside(each, calendars))
        ]
    face.tests_json(results) if json else face.tests_text(results)
    if any(each.differences for _name, outcomes in results for each in outcomes):
        raise typer.Exit(BAD)


def _books(ctx: typer.Context, *, shipped: bool) -> tuple[list[Held], list[Held] | None]:
    """The desk's rulebooks where there is a desk, with those to come, else the shipped ones, of which none is."""
    from collectdesk.desk import rulebooks
    from collectdesk.desk.signing import has_desk

    if shipped or not has_desk(session_of(ctx).desk_dir):
        return rulebooks.as_shipped(), None
    with at_desk(ctx, scope="check") as office:
        return rulebooks.held(office), rulebooks.to_come(office)


def _run(name: str, calendars: Mapping[str, Calendar]) -> Sequence[Outcome]:
    """The examples of a shipped rulebook by id, or of a file by those beside it."""
    from collectdesk.desk import rulebooks
    from collectdesk.desk.rulebook_lint import Around

    if not name.endswith(".toml"):
        return _beside(rulebooks.one(rulebooks.as_shipped(), name), calendars)
    file = meant(Path(name))
    book = rulebook_in(file)
    beside = file.with_name(f"{file.stem}.examples.toml")
    examples = read_text(beside)
    with told_as_linted(file, read_text(file), Around((), (), calendars, 0), examples=examples):
        return rulebooks.run_examples(beside.name, book, examples, calendars)


def _beside(held: Held, calendars: Mapping[str, Calendar]) -> Sequence[Outcome]:
    from collectdesk.desk import rulebooks

    assert held.file is not None
    text = rulebooks.examples_of(held.file)
    return rulebooks.run_examples(held.file, held.book, text, calendars) if text else ()
