"""``collectdesk rules``: the rulebooks in force, their rules and sources, their examples, and adopting a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, instant, local
from collectdesk.commands.options import Json, Yes
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, Cancelled, NotFound, UsageProblem
from collectdesk.lang import _

if TYPE_CHECKING:
    from collectdesk.desk.adoptable import Adopted
    from collectdesk.desk.office import Office
    from collectdesk.desk.rulebooks import Held
    from collectdesk.gate import Calendar
    from collectdesk.gate.examples import Outcome

app = Noun()
BAD = 7


class Text(NamedTuple):
    """A text to adopt: its kind, content and file name."""

    kind: str
    content: bytes
    file: str


Shipped = Annotated[bool, typer.Option("--shipped", help=N_("As the program ships them, whatever the desk adopted."))]
From = Annotated[
    str, typer.Option("--from", metavar=N_("TIME"), help=N_("From when it binds; by default from now on."))
]


@app.command("list", help=N_("List the rulebooks in force."))
def list_(ctx: typer.Context, shipped: Shipped = False, json: Json = False) -> None:
    """Show what the desk adopted; without a desk what the program ships."""
    from collectdesk.show import rulebooks as face

    books, adopted = _books(ctx, shipped=shipped)
    (face.list_json if json else face.list_text)(books, adopted=adopted)


@app.command("show", help=N_("Show a rulebook: every rule with its text, numbers and source."))
def show(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar=N_("RULEBOOK"), help=N_("Its id, such as house."), autocompletion=offers.rulebooks)
    ],
    shipped: Shipped = False,
    json: Json = False,
) -> None:
    """Show one rulebook."""
    from collectdesk.desk import rulebooks
    from collectdesk.show import rulebooks as face

    books, _adopted = _books(ctx, shipped=shipped)
    found = rulebooks.one(books, name)
    face.show_json(found) if json else face.show_text(found)


@app.command("test", help=N_("Run the worked examples beside each rulebook."))
def run_tests(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[RULEBOOK|FILE]…"),
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


@app.command("adopt", help=N_("Adopt a rulebook, call script, word list or codes: from then on it binds."))
def adopt(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar=N_("FILE…"), help=N_("The texts (TOML); several take effect at once.")),
    ] = None,
    shipped: Annotated[
        bool, typer.Option("--shipped", help=N_("What the program ships in a newer version; not the house rulebook."))
    ] = False,
    from_: From = "",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Say what it changes, ask, and adopt it."""
    from collectdesk.desk.adoptable import kind_of

    if shipped or not files:
        if not shipped or files:
            raise UsageProblem("adopt_what", N_("Give either a file or --shipped."), hint="")
        _adopt_shipped(ctx, yes=yes, json=json)
        return
    texts = [Text(kind_of(content := read_text(file), file.name), content, file.name) for file in files]
    with at_desk(ctx) as office:
        office.require_role("admin")
        for each in texts:
            _preview(office, each, quiet=json)
        made, since = adopt_texts(office, texts, from_, yes=yes)
    tell_adopted(made, since, json=json)


def _adopt_shipped(ctx: typer.Context, *, yes: bool, json: bool) -> None:
    from collectdesk.desk import renewal
    from collectdesk.show.prompts import Asker
    from collectdesk.show.terminal import say
    from collectdesk.show.words import listed

    with at_desk(ctx) as office:
        office.require_role("admin")
        pending = renewal.pending(office)
        if pending and not json:
            say(" " + listed(f"{each.file} {each.version}" for each in pending))
        if pending and not yes and not Asker().confirm(_("Adopt them?"), flag="--yes", default=False):
            raise Cancelled("cancelled", N_("Nothing was changed."))
        renewal.adopt_all(office, pending)
    if json:
        from collectdesk.show.jsonout import emit

        rows = [{"kind": each.kind, "name": each.name, "version": each.version} for each in pending]
        emit("collectdesk.adopted_shipped/1", {"adopted": rows})
        return
    from collectdesk.show.desk import lines

    lines(_("Adopted.") if pending else _("Nothing newer is shipped."))


def read_text(file: Path) -> bytes:
    """The file's content.

    Raises:
        NotFound: there is no such file.
    """
    try:
        return file.read_bytes()
    except OSError:
        raise NotFound("file_missing", N_("There is no such file."), hint=N_("Check the path.")) from None


def adopt_texts(office: Office, texts: Sequence[Text], from_: str, *, yes: bool) -> tuple[list[Adopted], int]:
    """Ask and adopt, all or none; the texts that were not in force already, and since when they bind."""
    from collectdesk.desk.adoption import adopt as take
    from collectdesk.desk.adoption import require_consistent
    from collectdesk.show.prompts import Asker

    texts = [each for each in texts if not _in_force(office, each)]
    if texts and not yes and not Asker().confirm(_("Adopt it?"), flag="--yes", default=False):
        raise Cancelled("cancelled", N_("Nothing was changed."))
    with office.writing() as session:
        now = office.now()
        since = instant(from_, "--from") if from_ else now
        made = [
            take(session, each.kind, each.content, by=office.staff, at=now, effective_from=since, file=each.file)
            for each in texts
        ]
        require_consistent(session, since)
    return made, since


def tell_adopted(made: Sequence[Adopted], since: int, *, json: bool) -> None:
    """Say what binds from when."""
    if json:
        from collectdesk.show.jsonout import emit

        rows = [{"name": each.name, "version": each.version, "digest": each.digest} for each in made]
        emit("collectdesk.adopted/1", {"effective_from": local(since), "adopted": rows})
        return
    from collectdesk.show.dates import stamp
    from collectdesk.show.desk import lines

    if not made:
        lines(_("That is in force already; nothing was changed."))
    said = _("{name} version {version} binds from {time}.")
    time = stamp(local(since))
    lines(*(said.format(name=each.name, version=each.version, time=time) for each in made))


def _in_force(office: Office, text: Text) -> bool:
    """Whether exactly this text binds already."""
    from collectdesk.desk import adoption
    from collectdesk.desk.adoptable import prepare

    made, _compiled = prepare(text.kind, text.content, text.file)
    with office.reading() as session:
        held = adoption.in_force(session, text.kind, office.now())
    return any((each.name, each.digest) == (made.name, made.digest) for each in held)


def _preview(office: Office, text: Text, *, quiet: bool) -> None:
    """Refuse what may not be adopted, and show what would change."""
    from collectdesk.desk import rulebooks
    from collectdesk.desk.adoptable import prepare
    from collectdesk.show.rulebooks import difference_text

    if text.kind != "rulebook":
        prepare(text.kind, text.content, text.file)
        return
    book = rulebooks.require_not_loosened(text.content, text.file)
    old = next((each.book for each in rulebooks.held(office) if each.book.id == book.id), None)
    if not quiet:
        difference_text(rulebooks.difference(old, book))


def _books(ctx: typer.Context, *, shipped: bool) -> tuple[list[Held], bool]:
    """The desk's rulebooks where there is a desk, else the shipped ones."""
    from collectdesk.desk import rulebooks
    from collectdesk.desk.signing import has_desk

    if shipped or not has_desk(session_of(ctx).desk_dir):
        return rulebooks.as_shipped(), False
    with at_desk(ctx, scope="check") as office:
        return rulebooks.held(office), True


def _run(name: str, calendars: Mapping[str, Calendar]) -> Sequence[Outcome]:
    """The examples of a shipped rulebook by id, or of a file by those beside it."""
    from collectdesk.desk import rulebooks
    from collectdesk.desk.adoptable import prepare

    if not name.endswith(".toml"):
        return _beside(rulebooks.one(rulebooks.as_shipped(), name), calendars)
    file = Path(name)
    book = prepare("rulebook", read_text(file), file.name)[0].value
    beside = file.with_name(f"{file.stem}.examples.toml")
    return rulebooks.run_examples(beside.name, book, read_text(beside), calendars)


def _beside(held: Held, calendars: Mapping[str, Calendar]) -> Sequence[Outcome]:
    from collectdesk.desk import rulebooks

    assert held.file is not None
    text = rulebooks.examples_of(held.file)
    return rulebooks.run_examples(held.file, held.book, text, calendars) if text else ()
