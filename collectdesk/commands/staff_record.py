"""What staff are let to do, and taken off: ``staff show|admit|suspend|return`` (policy article 13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here, is_day, local
from collectdesk.commands.options import Json
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.terminal import interactive

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.desk.training.record import Record

Number = Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("The staff number."), autocompletion=offers.staff)]
Reason = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))]
Items = Annotated[
    list[str] | None,
    typer.Option(
        "--check",
        metavar="ITEM=DATE",
        help=N_("This item was checked on that day and is clear; give it once for each."),
        autocompletion=offers.among(offers.vetting),
    ),
]
Concerns = Annotated[
    list[str] | None,
    typer.Option("--concern", metavar="ITEM=DATE", help=N_("This item was checked on that day and is not clear.")),
]


def add_commands(app: Noun) -> None:
    """Hang the commands under ``staff``."""
    app.command("show", help=N_("Show one record: admission, qualifications, exams, what is due."))(show)
    app.command("admit", help=N_("Admit somebody: each item checked, the pledge signed; never yourself."))(admit)
    app.command("suspend", help=N_("Take somebody off the telephone, with a reason; never yourself."))(suspend)
    app.command("return", help=N_("Let somebody call again who was suspended, with a reason."))(let_return)


def show(ctx: typer.Context, number: Number = "", json: Json = False) -> None:
    """Your own, or for who leads anybody's."""
    with at_desk(ctx) as office:
        _shown(office, number or office.staff.number, json=json)


def admit(
    ctx: typer.Context,
    number: Number,
    check: Items = None,
    concern: Concerns = None,
    evidence: Annotated[
        str, typer.Option(metavar=N_("TEXT"), help=N_("What shows it: a certificate, a file's name."))
    ] = "",
    signed: Annotated[
        str, typer.Option("--signed", metavar=N_("DATE"), help=N_("The confidentiality pledge was signed on this day."))
    ] = "",
    pledge: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Where the signed pledge is kept."))] = "",
    admitted: Annotated[bool, typer.Option("--admit", help=N_("Admit them: everything is clear."))] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help=N_("Refuse them, with --reason."))] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help=N_("Open a decided record again, with --reason."))] = False,
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Record what the options say, or at a terminal ask for what is still missing."""
    from collectdesk.desk.admission import acts

    if admitted + refuse + reopen > 1:
        raise UsageProblem("one_decision", N_("Either --admit, --refuse or --reopen."), hint="")
    given = bool(check or concern or signed or admitted or refuse or reopen)
    with at_desk(ctx) as office:
        if reopen:
            acts.reopen(office, number, reason or Asker().text(_("Why, in words"), flag="--reason"))
        for clear, each in [(True, one) for one in check or ()] + [(False, one) for one in concern or ()]:
            item, on = _item(each)
            shown = evidence or Asker().text(_("What shows it?"), flag="--evidence")
            acts.check(office, number, item, "clear" if clear else "concern", on, shown)
        if signed:
            on = _date(signed, "--signed")
            acts.sign(office, number, on, pledge or Asker().text(_("Where is it kept?"), flag="--pledge"))
        if not given and not json and interactive():
            admitted = _ask(office, number)
        elif not given:
            raise UsageProblem(
                "nothing_given", N_("Say what to record."), hint=N_("Give --check, --signed or --admit.")
            )
        if admitted:
            acts.admit(office, number)
        if refuse:
            acts.refuse(office, number, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, number, json=json)


def suspend(
    ctx: typer.Context,
    number: Number,
    cause: Annotated[
        str,
        typer.Option(
            metavar="inquiry|capability|absence|other",
            help=N_("Of which kind."),
            autocompletion=offers.words("inquiry", "capability", "absence", "other"),
        ),
    ] = "",
    reason: Reason = "",
    json: Json = False,
) -> None:
    """From now on, until somebody lets them return."""
    from collectdesk.desk import suspensions
    from collectdesk.show.lacking import CAUSES

    asker = Asker()
    with at_desk(ctx) as office:
        options = [Option(code, _(CAUSES[code])) for code in suspensions.CAUSES]
        cause = cause or asker.select(_("Why are they suspended?"), options, flag="--cause")
        suspensions.suspend(office, number, cause, reason or asker.text(_("Why, in words"), flag="--reason"))
        _shown(office, number, json=json)


def let_return(ctx: typer.Context, number: Number, reason: Reason = "", json: Json = False) -> None:
    """Lift what was ordered; what a violation brought stays."""
    from collectdesk.desk import suspensions

    with at_desk(ctx) as office:
        suspensions.let_return(office, number, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, number, json=json)


def _ask(office: Office, number: str) -> bool:
    """Ask about everything that is not clear yet, item by item; whether to admit them now."""
    from collectdesk.desk.admission import acts

    asker, today = Asker(), local(office.now()).date().isoformat()
    view = _record(office, number)
    for item in _open_items(view):
        title = _(_words()[item]) if item in _words() else item
        options = [
            Option("clear", _("clear")),
            Option("concern", _("not clear")),
            Option("later", _("not checked yet")),
        ]
        result = asker.select(title, options, flag="--check")
        if result == "later":
            continue
        on = asker.text(_("Checked on"), flag="--check", validate=is_day, default=today)
        shown = asker.text(_("What shows it?"), flag="--evidence")
        acts.check(office, number, item, result, date.fromisoformat(on), shown)
    if view.admission.signed_on is None and asker.confirm(_("Is the confidentiality pledge signed?"), flag="--signed"):
        on = asker.text(_("Signed on"), flag="--signed", validate=is_day, default=today)
        acts.sign(office, number, date.fromisoformat(on), asker.text(_("Where is it kept?"), flag="--pledge"))
    fresh = _record(office, number)
    ready = not _open_items(fresh) and fresh.admission.signed_on is not None
    return ready and asker.confirm(_("Admit them now?"), flag="--admit", default=False)


def _open_items(view: Record) -> Sequence[str]:
    return [each.item for each in view.admission.items if each.result != "clear"]


def _words() -> dict[str, str]:
    from collectdesk.show.staffrecord import ITEMS

    return ITEMS


def _item(text: str) -> tuple[str, date]:
    item, equals, on = text.partition("=")
    if not equals:
        raise UsageProblem("item_date", N_("Write an item and its day as in identity=2026-11-23."), hint="")
    return item.strip(), _date(on, "--check")


def _date(text: str, flag: str) -> date:
    found = day(text, flag)
    if found is None:
        raise UsageProblem("bad_date", N_("{option} must be a date, such as 2026-11-23."), hint="", option=flag)
    return found


def _record(office: Office, number: str) -> Record:
    from collectdesk.desk.training.record import record

    return record(office, number)


def _shown(office: Office, number: str, *, json: bool) -> None:
    from collectdesk.show import staffrecord as face

    view = _record(office, number)
    face.as_json(view, here()) if json else face.as_text(view, here())
