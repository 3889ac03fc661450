"""``collectdesk recording``: what each call owes, where it is kept, and what may be destroyed (policy article 14.1)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import Csv, DryRun, Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.progress import Advance, progress
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

app = Noun(default="list")
FAULTY = 7
"""The exit code where any file could not be kept, or is not what was kept."""
Call = Annotated[str, typer.Argument(metavar=N_("CALL"), help=N_("The call, such as c12."))]
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why, in words."))]
Keeper = Annotated[
    str, typer.Option("--keeper", metavar=N_("NAME"), help=N_("What its folder is called; the folder's own name."))
]


def _findings(_session: object) -> tuple[str, ...]:
    from collectdesk.desk.recordings.listing import FINDINGS

    return FINDINGS


@app.command("list", help=N_("List recordings that are missing, mismatched, duplicate or altered; files unclaimed."))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those with nothing wrong, too."))] = False,
    finding: Annotated[
        str,
        typer.Option(
            "--finding", metavar=N_("CODE"), help=N_("Only with this finding, such as missing."),
            autocompletion=offers.among(_findings),
        ),
    ] = "",
    case: Annotated[
        str, typer.Option("--case", metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    collector: Annotated[
        str,
        typer.Option(metavar=N_("NUMBER"), help=N_("Of this collector's calls only."), autocompletion=offers.staff),
    ] = "",
    json: Json = False,
    csv: Csv = False,
) -> None:  # fmt: skip
    """Show them: one's own, and for who decides the desk's."""
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.desk.recordings import listing
    from collectdesk.show import recordings as face

    with at_desk(ctx, scope="report") as office, office.reading() as session:
        found = listing.lines(office, session, finding=finding, everything=everything, case=case, collector=collector)
        narrow = finding or case or collector or office.staff.role not in DECIDING
        unclaimed = [] if narrow else listing.unclaimed(session)
    if json:
        face.list_json(found, unclaimed, here())
    elif csv:
        face.list_csv(found, here())
    else:
        face.list_text(found, unclaimed, here())


@app.command("show", help=N_("Show a call's recording: its facts and each step; not where it is."))
def show(ctx: typer.Context, call: Call, json: Json = False) -> None:
    """Show it."""
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.desk.recordings import keeping, listing
    from collectdesk.desk.steps_taken import taken
    from collectdesk.show import recordings as face

    with at_desk(ctx) as office, office.reading() as session:
        row, whose = keeping.find(session, call)
        if whose.collector != office.staff.id:
            office.require_role(*DECIDING)
        (line,) = listing.lines(office, session, everything=True, call=call)
        steps = taken(session, keeping.NAME, [row.id]).get(row.id or 0, ())
        (face.one_json if json else face.one_text)(line, steps, here())


@app.command("attach", help=N_("Keep a file as the recording of a call; the file stays where it is."))
def attach(
    ctx: typer.Context,
    call: Call,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("WAV, MP3, OGG, FLAC or M4A."))],
    keeper: Keeper = "",
    replace: Annotated[
        str, typer.Option("--replace", metavar=N_("REASON"), help=N_("Why it takes the place of the one kept."))
    ] = "",
    json: Json = False,
) -> None:
    """Examine it and keep it."""
    from collectdesk.desk.recordings import keeping, listing
    from collectdesk.show import recordings as face

    with at_desk(ctx) as office:
        keeping.attach(office, call, file.expanduser().absolute(), keeper=keeper, replace=replace)
        with office.reading() as session:
            (line,) = listing.lines(office, session, everything=True, call=call)
    if json:
        face.one_json(line, (), here())
    else:
        face.kept_text(line)


@app.command("scan", help=N_("Look through a folder: each new file goes to its call, or is left to a person."))
def scan(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar=N_("FOLDER"), help=N_("Where the recordings lie."))],
    keeper: Keeper = "",
    json: Json = False,
) -> None:
    """Scan it; ends with 7 where any file could not be kept."""
    from contextlib import ExitStack

    from collectdesk.desk.recordings import scanning
    from collectdesk.show import recordingfiles as face

    with at_desk(ctx, scope="import") as office, ExitStack() as stack:
        bar = _bar(stack, _("Reading the recordings"), json=json)
        done = scanning.scan(office, folder.expanduser().absolute(), keeper=keeper, progress=bar)
    (face.scanned_json if json else face.scanned_text)(done)
    if done.faults or done.counts["altered"]:
        raise typer.Exit(FAULTY)


@app.command("choose", help=N_("Say which call a found file is of, or that it is of none."))
def choose(
    ctx: typer.Context,
    found: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("The found file's id, such as l3."))],
    call: Annotated[str, typer.Argument(metavar=N_("CALL"), help=N_("The call, such as c12."))] = "",
    none: Annotated[bool, typer.Option("--none", help=N_("It is no call's recording."))] = False,
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Keep it for that call, or ask about it no more."""
    from collectdesk.desk.recordings import choosing
    from collectdesk.show import recordingfiles as face

    asker = Asker()
    with at_desk(ctx) as office:
        if none:
            choosing.dismiss(office, found, reason or asker.text(_("Why, in words"), flag="--reason"))
        else:
            call = call or asker.text(_("Which call is it of?"), flag="CALL")
            choosing.choose(office, found, call, reason)
    (face.chosen_json if json else face.chosen_text)(found, None if none else call)


@app.command("excuse", help=N_("Record that a call has no recording and will have none; it stays reported."))
def excuse(ctx: typer.Context, call: Call, reason: Reason = "", json: Json = False) -> None:
    """Record it."""
    from collectdesk.desk.recordings import keeping
    from collectdesk.show import recordings as face

    with at_desk(ctx) as office:
        keeping.excuse(office, call, reason or Asker().text(_("Why, in words"), flag="--reason"))
    (face.excused_json if json else face.excused_text)(call)


@app.command("verify", help=N_("Read every kept recording again and hold it against its digest."))
def verify(ctx: typer.Context, json: Json = False) -> None:
    """Verify them; ends with 7 where any is not what was kept."""
    from contextlib import ExitStack

    from collectdesk.desk.recordings import verifying
    from collectdesk.show import recordingfiles as face

    with at_desk(ctx, scope="report") as office, ExitStack() as stack:
        found = verifying.verify(office, progress=_bar(stack, _("Verifying the recordings"), json=json))
    (face.verified_json if json else face.verified_text)(found)
    if any(each.found != "ok" for each in found):
        raise typer.Exit(FAULTY)


def _open(ctx: typer.Context, call: Call, reason: Reason = "", json: Json = False) -> None:
    """Say where it is; written down with the reason."""
    from collectdesk.desk.recordings import access
    from collectdesk.show import recordingfiles as face

    with at_desk(ctx) as office:
        place = access.open_(office, call, reason or Asker().text(_("Why, in words"), flag="--reason"))
    (face.place_json if json else face.place_text)(place)


app.command("open", help=N_("Say where a recording is, for a reason that is journalled."))(_open)
app.command("play", help=N_("The same as open: where it is, to be played there."))(_open)


@app.command("keepers", help=N_("List the folders recordings are kept in, and how far their clocks are apart."))
def keepers(ctx: typer.Context, json: Json = False) -> None:
    """Show them."""
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.desk.recordings.keepers import lines
    from collectdesk.show import recordingfiles as face

    with at_desk(ctx) as office, office.reading() as session:
        office.require_role(*DECIDING)
        (face.keepers_json if json else face.keepers_text)(lines(session), here())


@app.command("keeper", help=N_("Say where a keeper's folder is now."))
def keeper(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What the folder is called."))],
    folder: Annotated[Path, typer.Argument(metavar=N_("FOLDER"), help=N_("Where it is on this machine."))],
    json: Json = False,
) -> None:
    """Write it down."""
    from collectdesk.desk.recordings.keepers import lines, moved
    from collectdesk.show import recordingfiles as face

    with at_desk(ctx) as office:
        moved(office, name, folder.expanduser().absolute())
        with office.reading() as session:
            (face.keepers_json if json else face.keepers_text)(lines(session), here())


@app.command("purge", help=N_("Ask that recordings whose time is over be destroyed; somebody else approves."))
def purge(
    ctx: typer.Context,
    dry_run: DryRun = False,
    case: Annotated[
        str, typer.Option("--case", metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Say of each why it may or may not go; without --dry-run ask for those that may."""
    from collectdesk.commands import destruction
    from collectdesk.desk.destructions import book
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.desk.recordings import purging
    from collectdesk.show import retention as face

    with at_desk(ctx) as office:
        office.require_role(*DECIDING)
        if dry_run:
            with office.reading() as session:
                found = purging.due(session, office.now(), case=case)
            (face.due_json if json else face.due_text)(found)
            return
        if not reason:
            with office.reading() as session:
                book.may_go(office, session, case=case)  # nobody gives a reason for nothing
            reason = Asker().text(_("Why, in words"), flag="--reason")
        destruction.shown(office, book.ask_recordings(office, reason, case=case), json=json)


def _bar(stack: ExitStack, label: str, *, json: bool) -> Callable[[int], Advance]:
    return lambda count: stack.enter_context(progress(label, count, quiet=json))
