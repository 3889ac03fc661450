"""``collectdesk rules adopt``: a text takes effect, after what it changes was shown and asked about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from collectdesk.commands.opened import at_desk, instant, local
from collectdesk.commands.options import Json, Yes
from collectdesk.commands.rulebook_file import read_text, sound_rulebook_in, told_as_linted
from collectdesk.commands.rules_app import app
from collectdesk.errors import N_, Cancelled, UsageProblem
from collectdesk.lang import _

if TYPE_CHECKING:
    from collectdesk.desk.adoptable import Adopted
    from collectdesk.desk.office import Office
    from collectdesk.desk.rulebook_lint import Around

From = Annotated[
    str, typer.Option("--from", metavar=N_("TIME"), help=N_("From when it binds; by default from now on."))
]


class Text(NamedTuple):
    """A text to adopt: its kind, content and file name; ``given`` is the path as it was given."""

    kind: str
    content: bytes
    file: str
    given: Path = Path()


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
    if shipped or not files:
        if not shipped or files:
            raise UsageProblem("adopt_what", N_("Give either a file or --shipped."), hint="")
        _adopt_shipped(ctx, yes=yes, json=json)
        return
    texts = [_text_in(file) for file in files]
    with at_desk(ctx) as office:
        office.require_role("admin")
        _preview(office, texts, quiet=json)
        made, since = adopt_texts(office, texts, from_, yes=yes)
    tell_adopted(made, since, json=json)


def _adopt_shipped(ctx: typer.Context, *, yes: bool, json: bool) -> None:
    from collectdesk.desk import renewal
    from collectdesk.show.prompts import Asker
    from collectdesk.show.terminal import WIDTH, say
    from collectdesk.show.width import wrap
    from collectdesk.show.words import listed

    with at_desk(ctx) as office:
        office.require_role("admin")
        pending = renewal.pending(office)
        if pending and not json:
            for line in wrap(listed(f"{each.file} {each.version}" for each in pending), WIDTH - 2):
                say(f" {line}")
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


def _text_in(file: Path) -> Text:
    from collectdesk.desk.adoptable import kind_of

    content = read_text(file)
    with told_as_linted(file, content, only="not_toml"):
        return Text(kind_of(content, file.name), content, file.name, file)


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


def _preview(office: Office, texts: Sequence[Text], *, quiet: bool) -> None:
    """Refuse what may not be adopted, and show what would change in what is in force."""
    from collectdesk.desk import rulebooks
    from collectdesk.desk.adoptable import prepare
    from collectdesk.desk.rulebook_bounds import days_of
    from collectdesk.desk.rulebook_diff import compare
    from collectdesk.show.rulebook_diff import diff_text

    around = around_here(office) if any(each.kind == "rulebook" for each in texts) else None
    for text in texts:
        if around is None or text.kind != "rulebook":
            prepare(text.kind, text.content, text.file)
            continue
        book = sound_rulebook_in(text.given, text.content, around)
        old = next((each.book for each in rulebooks.held(office) if each.book.id == book.id), None)
        if not quiet:
            diff_text(compare(old, book, days_of(book, around.calendars, around.at)), asked=True)


def around_here(office: Office) -> Around:
    """What a rulebook is measured by at this desk: what ships, and what is in force."""
    from collectdesk.desk import adoption
    from collectdesk.desk.rulebook_lint import Around
    from collectdesk.desk.rulebooks import as_shipped, shipped_calendars

    now = office.now()
    shipped = tuple(each.book for each in as_shipped())
    with office.reader.connect() as connection:
        books = tuple(adoption.rulebooks(connection, now))
        calendars = {**shipped_calendars(), **adoption.calendars(connection, now)}
    return Around(shipped, books, calendars, now)
