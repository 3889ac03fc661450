"""``collectdesk payment``: bring in what was paid, list it, take a payment back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here, local
from collectdesk.commands.options import Csv, Json, Rehearsal
from collectdesk.commands.rejecting import leave_rejects, refused
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _

if TYPE_CHECKING:
    from collectdesk.desk.payments.load import Loaded
    from collectdesk.desk.payments.reading import PaymentFile

app = Noun()
Payment = Annotated[
    str,
    typer.Argument(metavar=N_("PAYMENT"), help=N_("The payment, such as y12."), autocompletion=offers.payments),
]


def _list_fields(value: bool) -> None:
    """A line a field: its name in a mapping file, then the headings it is known by."""
    if not value:
        return
    from collectdesk.desk.importing.headings import fields

    for name, words in fields(("payments",)).items():
        typer.echo(f"{name}\t{', '.join(words)}")
    raise typer.Exit


@app.command("import", help=N_("Bring in a file of payments (CSV, XLSX)."))
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("CSV or XLSX, of payments and reversals."))],
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
    """Read the file, write it in one transaction, and let promises, plans and cases follow."""
    del fields  # its callback has answered and ended
    from collectdesk.desk.importing.mapping import read_mapping
    from collectdesk.desk.payments.load import load, rehearse
    from collectdesk.desk.payments.reading import read_payments
    from collectdesk.desk.promises.catching_up import catch_up

    with at_desk(ctx, scope="import") as office:
        words = read_mapping(mapping) if mapping else None
        read = read_payments(file, today=local(office.now()).date(), mapping=words)
        if dry_run:
            told = rehearse(office, read)
        else:
            told = load(office, read, skip_bad=skip_bad)
            catch_up(office)
    _tell(file, read, told, dry_run=dry_run, skip_bad=skip_bad, json=json)


@app.command("list", help=N_("List payments, the newest first."))
def list_(
    ctx: typer.Context,
    case: Annotated[
        str, typer.Option("--case", metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    everyone: Annotated[
        bool, typer.Option("--all", help=N_("The whole desk's cases (leads, administrators)."))
    ] = False,
    since: Annotated[str, typer.Option("--since", metavar=N_("DATE"), help=N_("Paid on this date or later."))] = "",
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show them, with what was taken back."""
    from collectdesk.desk.payments import book
    from collectdesk.show import payments as face

    first = day(since, "--since")
    with at_desk(ctx) as office, office.reading() as session:
        found = book.listing(office, session, code=case or None, everyone=everyone, since=first)
        elsewhere = not (found or case or everyone) and office.staff.role in book.OVERSEERS
    if json:
        face.as_json(found, here())
    elif csv:
        face.as_csv(found, here())
    else:
        face.as_text(found, elsewhere=elsewhere)


@app.command("reverse", help=N_("Take a payment back, whole or in part; leads and administrators."))
def reverse(
    ctx: typer.Context,
    payment: Payment,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why."))] = "",
    amount: Annotated[
        str, typer.Option("--amount", metavar=N_("AMOUNT"), help=N_("How much; all of it when nothing is said."))
    ] = "",
    json: Json = False,
) -> None:
    """Reverse it, and let promises, plans and the case follow."""
    from collectdesk.desk.payments import book
    from collectdesk.show import payments as face

    with at_desk(ctx) as office:
        with office.reading() as session:
            currency = book.one(session, payment).paid.currency
        line, acts = book.reverse(office, payment, reason, _minor(amount, currency))
    if json:
        face.reversed_json(line, acts, here())
        return
    from collectdesk.show.desk import lines
    from collectdesk.show.money import amount as amount_words

    said = _("Payment {payment} of case {case} now stands at {amount}.")
    lines(said.format(payment=line.name, case=line.code, amount=amount_words(line.paid.net, line.paid.currency)))
    if acts:
        lines(face.acts(acts))


def _minor(text: str, currency: str) -> int | None:
    """An amount as an option gives it, in minor units.

    Raises:
        UsageProblem: it is not an amount.
    """
    if not text:
        return None
    from collectdesk.desk.importing.amounts import read_amount
    from collectdesk.desk.importing.finding import Refusal

    try:
        return read_amount(text, currency)
    except Refusal:
        raise UsageProblem("bad_amount", N_("--amount must be an amount, such as 1234.50."), hint="") from None


def _tell(file: Path, read: PaymentFile, told: Loaded, *, dry_run: bool, skip_bad: bool, json: bool) -> None:
    """Show what happened; a file that was refused ends with 7."""
    from collectdesk.show import importing
    from collectdesk.show import payments as face

    rejects = leave_rejects(file, read, told.findings) if skip_bad and told.errors and not dry_run else None
    stopped = bool(told.errors) and not skip_bad
    if json and (dry_run or not stopped):
        face.loaded_json(told, dry_run=dry_run, rejects=str(rejects) if rejects else None)
    elif not json:
        importing.findings(told.findings)
        face.loaded_text(told, dry_run=dry_run, stopped=stopped, rejects=rejects.name if rejects else None)
    if stopped:
        raise refused(file, read.lines, told.findings)
