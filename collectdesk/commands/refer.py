"""``collectdesk refer``: hand a case on by a lawful way, and take it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here
from collectdesk.commands.options import CaseCode, Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

app = Noun(default="add")
ReferralId = Annotated[
    str, typer.Argument(metavar=N_("REFERRAL"), help=N_("The referral, such as q4; `refer list` names them."))
]
On = Annotated[str, typer.Option("--date", metavar=N_("DATE"), help=N_("On which day; today unless given."))]


@app.command("add", help=N_("Refer a case to legal, mediation, a court or an address check."))
def add(
    ctx: typer.Context,
    case: CaseCode,
    to: Annotated[
        str,
        typer.Option(
            metavar="legal|mediation|court|address_check",
            help=N_("Whom to."),
            autocompletion=offers.words("legal", "mediation", "court", "address_check"),
        ),
    ] = "",
    basis: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("On which basis, in words."))] = "",
    on: On = "",
    reference: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Their reference, if there is one."))] = "",
    json: Json = False,
) -> None:
    """Refer it; by most ways the case rests meanwhile."""
    from collectdesk.desk import casebook
    from collectdesk.desk.referrals import referring

    asker = Asker()
    with at_desk(ctx) as office:
        with office.reading() as session:
            casebook.find(session, case)
        to = to or asker.select(_("Whom to?"), _ways(), flag="--to")
        basis = basis or asker.text(_("On which basis"), flag="--basis")
        key = referring.refer(office, case, to, basis, _day(office, on), reference)
        _done(office, case, f"q{key}", json=json)


@app.command("list", help=N_("List where a case was referred to."))
def list_(
    ctx: typer.Context,
    case: CaseCode,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that ended, too."))] = False,
    json: Json = False,
) -> None:
    """Show them, the newest first."""
    from collectdesk.desk.referrals import referring
    from collectdesk.show.referrals import referrals_json, referrals_text

    with at_desk(ctx) as office, office.reading() as session:
        views = referring.listing(session, case, ended=everything)
        if json:
            referrals_json(case, views, here())
        else:
            referrals_text(views)


@app.command("answered", help=N_("Record what came back."))
def answered(
    ctx: typer.Context,
    case: CaseCode,
    referral: ReferralId,
    answer: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("The answer, in words."))] = "",
    on: On = "",
    json: Json = False,
) -> None:
    """Record it."""
    from collectdesk.desk.referrals import referring

    with at_desk(ctx) as office:
        said = answer or Asker().text(_("The answer"), flag="--answer")
        referring.answer(office, case, referral, said, _day(office, on))
        _done(office, case, referral, json=json)


@app.command("end", help=N_("End a referral; the case comes back to the queue."))
def end(
    ctx: typer.Context,
    case: CaseCode,
    referral: ReferralId,
    reason: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))] = "",
    on: On = "",
    json: Json = False,
) -> None:
    """Take the case back."""
    from collectdesk.desk.referrals import referring

    with at_desk(ctx) as office:
        said = reason or Asker().text(_("Why, in words"), flag="--reason")
        referring.end(office, case, referral, said, _day(office, on))
        _done(office, case, referral, json=json)


def _day(office: Office, given: str) -> date:
    from collectdesk.desk.referrals import referring

    return day(given, "--date") or referring.today(office)


def _done(office: Office, case: str, referral: str, *, json: bool) -> None:
    """The referral as it stands now."""
    from collectdesk.desk.referrals import referring
    from collectdesk.show.referrals import referral_json, referrals_text

    with office.reading() as session:
        view = next(each for each in referring.listing(session, case, ended=True) if f"q{each.row.id}" == referral)
        if json:
            referral_json(case, view, here())
        else:
            referrals_text([view])


def _ways() -> list[Option]:
    from collectdesk.show.referrals import TO
    from collectdesk.store.words import REFERRALS

    return [Option(each, _(TO[each])) for each in REFERRALS]
