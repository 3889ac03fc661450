"""``collectdesk import``: bring in a file of cases or of earlier calls, or show row by row what would happen."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import at_desk, day, here, local
from collectdesk.commands.options import Json, Rehearsal
from collectdesk.commands.rejecting import leave_rejects, refused
from collectdesk.commands.session import session_of
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.progress import Advance, progress

if TYPE_CHECKING:
    from collectdesk.desk.importing.attesting import Attestation
    from collectdesk.desk.importing.casefile import ImportedFile, Progress
    from collectdesk.desk.importing.load import Order, Outcome, RowOutcome
    from collectdesk.desk.office import Office

app = Verb()


def _list_fields(value: bool) -> None:
    """A line a field: its name in a mapping file, then the headings it is known by."""
    if not value:
        return
    from collectdesk.desk.importing.headings import fields

    for name, words in fields().items():
        typer.echo(f"{name}\t{', '.join(words)}")
    raise typer.Exit


@app.command()
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("CSV or XLSX, of cases or of earlier calls."))],
    dry_run: Rehearsal = False,
    skip_bad: Annotated[
        bool,
        typer.Option(
            "--skip-bad", help=N_("Import the good lines, write the others to NAME.rejects.csv beside the file.")
        ),
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(metavar=N_("FILE"), help=N_("What odd headings and words mean (TOML)."))
    ] = None,
    attest_source: Annotated[
        str,
        typer.Option(
            metavar=N_("SOURCE"),
            help=N_("Vouch for the source of numbers that name none."),
            autocompletion=offers.among(offers.sources),
        ),
    ] = "",
    attest_outsourcing_notice: Annotated[
        str,
        typer.Option(metavar=N_("DATE"), help=N_("Vouch that each debtor was told on DATE that an agency collects.")),
    ] = "",
    attest_no_other_callers: Annotated[
        bool, typer.Option("--attest-no-other-callers", help=N_("Vouch that nobody else calls these debtors."))
    ] = False,
    attest_calls_complete: Annotated[
        str,
        typer.Option(
            metavar=N_("TIME"), help=N_("Vouch that the file holds all calls of its organisations until then.")
        ),
    ] = "",
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
    """Read the file, then write it in one transaction; nothing is written while a line is wrong."""
    del fields  # its callback has answered and ended
    from collectdesk.desk.importing.casefile import read_file
    from collectdesk.desk.importing.load import load, rehearse
    from collectdesk.desk.importing.mapping import read_mapping

    quiet = session_of(ctx).json
    rows: list[RowOutcome] = []
    with at_desk(ctx, scope="import") as office:
        words = read_mapping(mapping) if mapping else None
        with progress(_("Reading"), quiet=quiet) as advance:
            read = read_file(file, today=local(office.now()).date(), mapping=words, progress=_steps(advance))
        if office.practice:
            from collectdesk.desk.practice import refuse_real_people

            refuse_real_people(read)
        attested = _attestations(
            attest_source, attest_outsourcing_notice, attest_no_other_callers, attest_calls_complete
        )
        with progress(_("Importing"), total=read.usable, quiet=quiet) as advance:
            order = _order(office, attested, skip_bad=skip_bad, rows=rows if dry_run else None, advance=_steps(advance))
            outcome = (rehearse if dry_run else load)(office.store, read, order)
    _tell(file, read, outcome, rows, dry_run=dry_run, skip_bad=skip_bad, json=json)


def _order(
    office: Office,
    attested: tuple[Attestation, ...],
    *,
    skip_bad: bool,
    rows: list[RowOutcome] | None,
    advance: Progress,
) -> Order:
    from collectdesk.desk.importing.load import Order
    from collectdesk.desk.practice import undialable
    from collectdesk.desk.rulebooks import statement_days

    now = office.now()
    return Order(
        at=now,
        today=local(now).date(),
        staff=office.staff.id,
        number=office.staff.number,
        role=office.staff.role,
        skip_bad=skip_bad,
        statement_days=statement_days(office, now),
        attestations=attested,
        number_for=undialable if office.practice else None,
        on_row=rows.append if rows is not None else None,
        progress=advance,
    )


def _steps(advance: Advance) -> Progress:
    """Turn "so many are done" into "so many more"."""
    told = 0

    def progressed(done: int, _total: int | None) -> None:
        nonlocal told
        advance(done - told)
        told = done

    return progressed


def _attestations(source: str, notice: str, alone: bool, until: str) -> tuple[Attestation, ...]:
    from collectdesk.desk.importing.attesting import Attestation

    found = []
    if source:
        found.append(Attestation("number_source", source=source))
    if notice:
        found.append(Attestation("outsourcing_notice", sent_at=_start_of(notice, "--attest-outsourcing-notice")))
    if alone:
        found.append(Attestation("no_other_calls"))
    if until:
        from collectdesk.commands.opened import instant

        found.append(Attestation("calls_complete", through=instant(until, "--attest-calls-complete")))
    return tuple(found)


def _start_of(text: str, option: str) -> int:
    """The local date an option names, as the instant it begins."""
    on = day(text, option)
    assert on is not None
    return int(datetime.combine(on, time(), here()).timestamp())


def _tell(
    file: Path,
    read: ImportedFile,
    outcome: Outcome,
    rows: list[RowOutcome],
    *,
    dry_run: bool,
    skip_bad: bool,
    json: bool,
) -> None:
    """Show what happened; a file that was refused ends with 7."""
    from collectdesk.show import importing

    if dry_run:
        rows = _with_unreadable(rows, outcome)
    rejects = leave_rejects(file, read, outcome.findings) if skip_bad and outcome.errors and not dry_run else None
    stopped = bool(outcome.errors) and not skip_bad
    if json and (dry_run or not stopped):
        importing.as_json(outcome, rows, dry_run=dry_run, rejects=str(rejects) if rejects else None)
    elif not json:
        importing.findings(outcome.findings)
        importing.rows(rows)
        importing.summary(outcome, dry_run=dry_run, stopped=stopped, rejects=rejects.name if rejects else None)
    if stopped:
        raise refused(file, read.lines, outcome.findings)


def _with_unreadable(rows: list[RowOutcome], outcome: Outcome) -> list[RowOutcome]:
    """Every line of the table of cases, those that could not even be read among them, in the file's order."""
    from collectdesk.desk.importing.load import RowOutcome

    told = {row.line for row in rows}
    bad = {finding.line for finding in outcome.errors if finding.table == "cases" and finding.line} - told
    return sorted((*rows, *(RowOutcome(line, "refused", "", (), ()) for line in bad)), key=lambda row: row.line)
