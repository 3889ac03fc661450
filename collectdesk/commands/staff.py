"""``collectdesk staff``: who works here, what they are qualified for, script accounts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers, passphrases, qualifying, staff_record
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here, local
from collectdesk.commands.options import Csv, Json, Yes
from collectdesk.commands.passphrases import PassphraseFile
from collectdesk.commands.recovering import RecoveryProof, prove
from collectdesk.desk.tokens import DAYS
from collectdesk.errors import N_, Cancelled, UsageProblem
from collectdesk.lang import _, ngettext
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.terminal import interactive

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

app = Noun()
NewNumber = Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("The staff number."))]
Number = Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("The staff number."), autocompletion=offers.staff)]


@app.command("list", help=N_("List the staff and what they are qualified for."))
def list_(
    ctx: typer.Context,
    everyone: Annotated[bool, typer.Option("--all", help=N_("Those who left, too."))] = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show everybody by number."""
    from collectdesk.desk import roster

    with at_desk(ctx) as office:
        lines = roster.listing(office, removed=everyone)
    from collectdesk.show.stafflist import staff_csv, staff_json, staff_table

    if json or csv:
        staff_json(lines, here()) if json else staff_csv(lines, here())
    else:
        staff_table(lines, here())


@app.command("add", help=N_("Add a member of staff; their passphrase is typed by themselves."))
def add(
    ctx: typer.Context,
    number: NewNumber = "",
    name: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("Their name."))] = "",
    role: Annotated[str, typer.Option(metavar="collector|lead|admin|officer", help=N_("What they do."))] = "",
    team: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("Their team; a new one is made."))] = "",
    superior: Annotated[
        str,
        typer.Option(
            metavar=N_("NUMBER"),
            help=N_("Their superior's staff number: who is alerted first."),
            autocompletion=offers.staff,
        ),
    ] = "",
    passphrase_file: PassphraseFile = "",
    json: Json = False,
) -> None:
    """Ask what was not given, and add them."""
    from collectdesk.desk import staff

    asker = Asker()
    with at_desk(ctx) as office:
        office.require_role("admin")
        number = number or asker.text(_("Staff number"), flag=_("NUMBER"))
        staff.require_free(office, number)
        name = name or asker.text(_("Name"), flag="--name")
        role = _role(asker, role)
        team = team or asker.text(_("Team"), flag="--team")
        superior = superior or _superior(asker, office)
        staff.require_superior(office, superior)
        passphrase = passphrases.new(asker, passphrase_file, _("Their passphrase (let them type it)"))
        member = staff.add(office, staff.NewStaff(number, name, role, team, superior), passphrase)
    said = _("{number} is added as {role}.").format(number=member.number, role=_role_word(member.role))
    then = _("Next: {command}").format(command=f"collectdesk staff admit {member.number}")
    _done(json, "collectdesk.staff_add/1", {"number": member.number, "role": member.role}, said, then)


staff_record.add_commands(app)


@app.command("qualify", help=N_("Attest what somebody else passed outside this desk: vetting, pledge, exam."))
def qualify(
    ctx: typer.Context,
    number: Number,
    vetted: qualifying.Vetted = "",
    confidentiality: qualifying.Confidentiality = "",
    exam: qualifying.Exam = "",
    score: qualifying.Score = None,
    examiner: qualifying.Examiner = "",
    expires: qualifying.Expires = "",
    json: Json = False,
) -> None:
    """Record what the options say, or ask for all of it."""
    from collectdesk.desk import staff
    from collectdesk.desk.qualification import attest, require_other

    given = qualifying.given_qualification(vetted, confidentiality, exam, score, examiner, expires)
    with at_desk(ctx) as office:
        today = local(office.now()).date()
        require_other(number, office.staff)
        if given.empty and interactive():
            given = qualifying.ask_qualification(Asker(), today)
        with office.writing() as session:
            member = staff.find(session, number)
            kinds = attest(session, member, given, by=office.staff, at=office.now(), today=today)
    from collectdesk.show.desk import QUALIFICATIONS
    from collectdesk.show.words import listed

    words = listed(_(QUALIFICATIONS[kind]) for kind in kinds)
    said = _("Recorded for {number}: {kinds}.").format(number=number, kinds=words)
    _done(json, "collectdesk.staff_qualify/1", {"number": number, "recorded": kinds}, said)


@app.command("passphrase", help=N_("Set your own passphrase, or as an administrator somebody's."))
def passphrase(
    ctx: typer.Context, number: Number = "", passphrase_file: PassphraseFile = "", json: Json = False
) -> None:
    """Ask for the new passphrase twice and set it."""
    from collectdesk.desk import staff

    with at_desk(ctx) as office:
        number = number or office.staff.number
        if number != office.staff.number:
            office.require_role("admin")
        fresh = passphrases.new(Asker(), passphrase_file, _("A new passphrase"))
        staff.set_passphrase(office, number, fresh)
    said = _("The passphrase of {number} is set.").format(number=number)
    _done(json, "collectdesk.staff_passphrase/1", {"number": number}, said)


@app.command("token", help=N_("Make a script account: bounded in what it may do and how long."))
def token(
    ctx: typer.Context,
    number: NewNumber,
    scope: Annotated[
        list[str], typer.Option(metavar="check|report|import", help=N_("What it may do; give it once for each."))
    ],
    out: Annotated[str, typer.Option(metavar=N_("FILE"), help=N_("Write the token here, for its owner alone."))],
    name: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("What it is for."))] = "",
    days: Annotated[int, typer.Option(min=1, max=366, help=N_("How many days it lives."))] = DAYS,
    json: Json = False,
) -> None:
    """Make the account and leave its token in a file."""
    from collectdesk.desk import staff
    from collectdesk.desk.tokens import require_new_file, write_token

    target = Path(out).expanduser()
    require_new_file(target)
    with at_desk(ctx) as office:
        until = office.now() + days * 86_400
        secret = staff.add_token(office, number, name or number, scope, until)
    write_token(target, secret)
    said = _("{number} may do {scopes} until {day}; its token is in {file}.").format(
        number=number, scopes=", ".join(scope), day=local(until).date().isoformat(), file=str(target)
    )
    facts = {"number": number, "scope": list(scope), "until": local(until), "file": str(target)}
    _done(json, "collectdesk.staff_token/1", facts, said)


@app.command("remove", help=N_("Remove somebody; the desk gets a new key."))
def remove(ctx: typer.Context, number: Number, yes: Yes = False, json: Json = False) -> None:
    """Remove them once it was confirmed."""
    from collectdesk.desk import staff

    with at_desk(ctx) as office:
        office.require_role("admin")
        question = _("Remove {number}? Everybody who is signed in signs in again.").format(number=number)
        if not yes and not Asker().confirm(question, flag="--yes", default=False):
            raise Cancelled("cancelled", N_("Nothing was changed."))
        released = staff.remove(office, number)
    said = _("{number} is removed.").format(number=number)
    cases = ngettext("{count} case went back to the team.", "{count} cases went back to their teams.", released).format(
        count=released
    )
    facts: dict[str, object] = {"number": number, "cases_released": released}
    _done(json, "collectdesk.staff_remove/1", facts, said, *([cases] if released else []))


@app.command("recovery", help=N_("Make a new recovery code for the desk; the old one opens nothing any more."))
def recovery(ctx: typer.Context, recovery_proof: RecoveryProof = "", json: Json = False) -> None:
    """Show it once, have part of it typed back, and put it in force."""
    from collectdesk.desk.recovery import renew

    with at_desk(ctx) as office:
        renew(office, lambda code: prove(Asker(), code, recovery_proof))
    said = _("The new recovery code is in force; the old one opens nothing any more.")
    _done(json, "collectdesk.staff_recovery/1", {"renewed": True}, said)


def _role(asker: Asker, role: str) -> str:
    from collectdesk.desk.staff import ROLES

    if not role:
        options = [Option(code, _role_word(code)) for code in ROLES]
        return asker.select(_("What do they do?"), options, flag="--role")
    if role not in ROLES:
        raise UsageProblem(
            "staff_role", N_("{name} must be one of: {choices}."), name="--role", choices=", ".join(ROLES)
        )
    return role


def _superior(asker: Asker, office: Office) -> str:
    from collectdesk.desk import roster

    people = [line for line in roster.listing(office) if line.role in ("lead", "admin", "officer")]
    options = [Option(line.number, f"{line.number}  {line.name}") for line in people]
    return asker.select(_("Who is their superior?"), options, flag="--superior")


def _role_word(role: str) -> str:
    from collectdesk.show.desk import STAFF_ROLES

    return _(STAFF_ROLES[role])


def _done(json: bool, schema: str, facts: dict[str, object], *said: str) -> None:
    if json:
        from collectdesk.show.jsonout import emit

        emit(schema, facts)
        return
    from collectdesk.show.desk import lines

    lines(*said)
