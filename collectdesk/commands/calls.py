"""``collectdesk calls``: the phone's own records beside the permits, and what is done about what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here, instant, local
from collectdesk.commands.options import Csv, Json, Rehearsal
from collectdesk.commands.rejecting import leave_rejects, refused
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collectdesk.desk.dials.load import Loaded, Order
    from collectdesk.desk.dials.reading import RecordFile
    from collectdesk.desk.office import Office

app = Noun(default="list")
FindingId = Annotated[
    str,
    typer.Argument(
        metavar=N_("FINDING"), help=N_("The finding, such as df3."), autocompletion=offers.listed("DIAL_FINDINGS")
    ),
]
Reason = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))]


def _kinds(_session: object) -> tuple[str, ...]:
    from collectdesk.store.words import DIAL_FINDINGS

    return DIAL_FINDINGS


def _lines(_session: object) -> tuple[str, ...]:
    from collectdesk.store.words import LINES

    return LINES


def _list_fields(value: bool) -> None:
    """A line a field: its name in a mapping file, then the headings it is known by."""
    if not value:
        return
    from collectdesk.desk.importing.headings import fields

    for name, words in fields(("records",)).items():
        typer.echo(f"{name}\t{', '.join(words)}")
    raise typer.Exit


@app.command("reconcile", help=N_("Compare records of the exchange or carrier (CSV, XLSX) with the permits."))
def reconcile(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("CSV or XLSX, a line a call."))],
    source: Annotated[
        str, typer.Option("--source", metavar=N_("NAME"), help=N_("Whose records: a name for this exchange."))
    ] = "exchange",
    since: Annotated[
        str, typer.Option("--since", metavar=N_("TIME"), help=N_("The records are complete from then on."))
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar=N_("TIME"), help=N_("The records are complete until then."))
    ] = "",
    dry_run: Rehearsal = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=N_("Import the good lines, write the others to FILE.rejects.csv."))
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(metavar=N_("FILE"), help=N_("What odd headings and words mean (TOML)."))
    ] = None,
    fields: Annotated[
        bool,
        typer.Option(
            "--fields",
            help=N_("List the fields of a file and what their columns may be called."),
            is_eager=True,
            callback=_list_fields,
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Read the file, compare it, and write what it shows in one transaction."""
    del fields  # its callback has answered and ended
    from collectdesk.desk.dials.load import load, rehearse
    from collectdesk.desk.dials.reading import read_records
    from collectdesk.desk.importing.mapping import read_mapping

    with at_desk(ctx, scope="import") as office:
        words = read_mapping(mapping) if mapping else None
        read = read_records(file, today=local(office.now()).date(), mapping=words)
        order = _order(office, source, since, until, skip_bad=skip_bad)
        told = (rehearse if dry_run else load)(office, read, order)
    _tell(file, read, told, dry_run=dry_run, skip_bad=skip_bad, json=json)


@app.command("list", help=N_("List what the phone's records show and nobody has closed."))
def list_(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Option(
            metavar="no_permit|other_number|no_dial|result|duration|no_inbound|no_incoming",
            help=N_("Of this kind only."),
            autocompletion=offers.among(_kinds),
        ),
    ] = "",
    staff: Annotated[
        str, typer.Option(metavar=N_("NUMBER"), help=N_("Of this staff number only."), autocompletion=offers.staff)
    ] = "",
    case: Annotated[
        str, typer.Option(metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that are closed, too."))] = False,
    unknown: Annotated[
        bool, typer.Option("--unknown", help=N_("The numbers nobody here knows instead, by digest."))
    ] = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show them, the newest first."""
    from collectdesk.desk.dials import listing
    from collectdesk.show import dials as face

    with at_desk(ctx) as office, office.reading() as session:
        if unknown:
            strange = listing.strange(office, session)
            (face.strange_json if json else face.strange_text)(strange, here())
            return
        views = listing.listing(office, session, kind=kind, staff=staff, case=case, everything=everything)
        (face.as_json if json else face.as_csv if csv else face.as_text)(views, here())


@app.command("show", help=N_("Show a finding: what the phone says, what the desk says, what was done."))
def show(ctx: typer.Context, finding: FindingId, json: Json = False) -> None:
    """Show it."""
    with at_desk(ctx) as office:
        _shown(office, finding, json=json)


@app.command("explain", help=N_("Explain a finding with evidence; never whose dial it was."))
def explain(
    ctx: typer.Context,
    finding: FindingId,
    evidence: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What shows it: a log, a statement."))] = "",
    line: Annotated[
        str,
        typer.Option(
            metavar=N_("CODE"),
            help=N_("How the line really ended; corrects the history once another closes it."),
            autocompletion=offers.among(_lines),
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Explain it."""
    from collectdesk.desk.dials import acts

    with at_desk(ctx) as office:
        acts.explain(office, finding, evidence or Asker().text(_("What shows it?"), flag="--evidence"), line)
        _shown(office, finding, json=json)


@app.command("close", help=N_("Confirm an explanation; never the one who gave it."))
def close(ctx: typer.Context, finding: FindingId, reason: Reason = "", json: Json = False) -> None:
    """Close it."""
    from collectdesk.desk.dials import acts

    with at_desk(ctx) as office:
        acts.close(office, finding, reason)
        _shown(office, finding, json=json)


@app.command("return", help=N_("Give an explanation back that does not explain it."))
def return_(ctx: typer.Context, finding: FindingId, reason: Reason = "", json: Json = False) -> None:
    """Return it."""
    from collectdesk.desk.dials import acts

    with at_desk(ctx) as office:
        acts.return_(office, finding, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, finding, json=json)


@app.command("extension", help=N_("Say whose an extension is, and since when; without one, list them."))
def extension(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar=N_("EXTENSION"), help=N_("The extension, such as 601."))] = "",
    staff: Annotated[
        str, typer.Option(metavar=N_("NUMBER"), help=N_("Whose: a staff number."), autocompletion=offers.staff)
    ] = "",
    since: Annotated[str, typer.Option(metavar=N_("TIME"), help=N_("Since when, such as 2026-11-24T09:00."))] = "",
    json: Json = False,
) -> None:
    """Assign it, then list them all."""
    from collectdesk.desk.dials import extensions
    from collectdesk.show import dials as face

    asker = Asker()
    with at_desk(ctx) as office:
        if number:
            staff = staff or asker.text(_("Whose: a staff number"), flag="--staff")
            since = since or asker.text(_("Since when, such as 2026-11-24T09:00"), flag="--since")
            extensions.assign(office, number, staff, instant(since, "--since"))
        with office.reading() as session:
            found = extensions.listing(session)
    (face.seats_json if json else face.seats_text)(found, here())


def _order(office: Office, source: str, since: str, until: str, *, skip_bad: bool) -> Order:
    from collectdesk.desk.dials.clockwork import named
    from collectdesk.desk.dials.load import Order
    from collectdesk.desk.practice import undialable

    return Order(
        source=named(source),
        first=instant(since, "--since") if since else None,
        last=instant(until, "--until") if until else None,
        skip_bad=skip_bad,
        number_for=undialable if office.practice else str,
    )


def _shown(office: Office, name: str, *, json: bool) -> None:
    from collectdesk.desk.dials import listing
    from collectdesk.show import dials as face

    with office.reading() as session:
        view = listing.view(office, session, name)
        (face.one_json if json else face.one_text)(view, here())


def _tell(file: Path, read: RecordFile, told: Loaded, *, dry_run: bool, skip_bad: bool, json: bool) -> None:
    """Show what happened; a file that was refused ends with 7."""
    from collectdesk.show import dials as face
    from collectdesk.show import importing

    rejects = leave_rejects(file, read, told.findings) if skip_bad and told.errors and not dry_run else None
    stopped = bool(told.errors) and not skip_bad
    if json and (dry_run or not stopped):
        face.loaded_json(told, dry_run=dry_run, rejects=str(rejects) if rejects else None)
    elif not json:
        importing.findings(told.findings)
        face.loaded_text(told, dry_run=dry_run, stopped=stopped, rejects=rejects.name if rejects else None)
    if stopped:
        raise refused(file, read.lines, told.findings)
