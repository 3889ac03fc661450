"""``collectdesk hold``: leave somebody alone, and the way back where there is one; never one person alone."""

from __future__ import annotations

from collections.abc import Callable
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

app = Noun(default="list")
HoldId = Annotated[str, typer.Argument(metavar=N_("HOLD"), help=N_("The hold, such as h12; `hold list` names them."))]
Reason = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))]
Evidence = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What shows it: a letter, a certificate, a call."))]


def _kinds(_session: object) -> tuple[str, ...]:
    from collectdesk.desk.hold_kinds import RECORDED

    return RECORDED


@app.command("list", help=N_("List the holds of a case and how each may end."))
def list_(
    ctx: typer.Context,
    case: CaseCode,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that were lifted, too."))] = False,
    json: Json = False,
) -> None:
    """Show them, the newest first."""
    from collectdesk.desk import holdbook
    from collectdesk.show.holds import holds_json, holds_text

    with at_desk(ctx) as office, office.reading() as session:
        views = holdbook.listing(session, case, lifted=everything)
        if json:
            holds_json(case, views, here())
        else:
            holds_text(views, here())


@app.command("add", help=N_("Record why somebody is left alone: stop contact, deceased, minor, represented."))
def add(
    ctx: typer.Context,
    case: CaseCode,
    kind: Annotated[
        str, typer.Option(metavar=N_("CODE"), help=N_("Of which kind."), autocompletion=offers.among(_kinds))
    ] = "",
    reason: Reason = "",
    evidence: Evidence = "",
    person: Annotated[
        str, typer.Option(metavar=N_("PERSON"), help=N_("Whom alone it is on, such as p3; else the debtor."))
    ] = "",
    until: Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("The last day of it, where it has one."))] = "",
    json: Json = False,
) -> None:
    """Record it at once; the gate refuses from now on."""
    from collectdesk.desk import casebook, hold_kinds, holdbook

    asker = Asker()
    with at_desk(ctx) as office:
        with office.reading() as session:
            casebook.find(session, case)
        kind = kind or asker.select(_("Of which kind?"), _options(hold_kinds.RECORDED), flag="--kind")
        hold_kinds.recordable(kind)
        reason = reason or asker.text(_("Why, in words"), flag="--reason")
        last = day(until, "--until")
        new = holdbook.NewHold(
            kind=kind, reason=reason, evidence=evidence, person=person, until=holdbook.end_of(office, last)
        )
        key = holdbook.add(office, case, new)
        _done(office, case, f"h{key}", json=json)


@app.command("confirm", help=N_("Confirm with evidence what was claimed; not by whoever recorded it."))
def confirm(
    ctx: typer.Context,
    case: CaseCode,
    hold: HoldId,
    evidence: Evidence = "",
    fact: Annotated[
        str,
        typer.Option(
            metavar=N_("DATE|CODE"),
            help=N_("Date of death; none or limited for capacity; date of birth of a minor."),
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Keep the evidence, and what it says of the person."""
    from collectdesk.desk import hold_ends

    _act(ctx, case, hold, json, lambda office: hold_ends.confirm(office, case, hold, _evidence(evidence), fact))


@app.command("lift", help=N_("Ask that a hold be lifted; somebody else decides."))
def lift(
    ctx: typer.Context,
    case: CaseCode,
    hold: HoldId,
    ground: Annotated[
        str,
        typer.Option(
            metavar="correction|ended|withdrawn",
            help=N_("On which ground; `hold list` says which a hold has."),
            autocompletion=offers.words("correction", "ended", "withdrawn"),
        ),
    ] = "",
    reason: Reason = "",
    evidence: Evidence = "",
    json: Json = False,
) -> None:
    """Ask for it."""
    from collectdesk.desk import hold_ends, holdbook

    def ask(office: Office) -> None:
        with office.reading() as session:
            view = holdbook.one(session, case, hold)
        wanted = ground or Asker().select(_("On which ground?"), _grounds(view.grounds), flag="--ground")
        hold_ends.ask(office, case, hold, wanted, _reason(reason), evidence)

    _act(ctx, case, hold, json, ask)


@app.command("approve", help=N_("Lift a hold somebody else asked to be lifted."))
def approve(ctx: typer.Context, case: CaseCode, hold: HoldId, reason: Reason = "", json: Json = False) -> None:
    """Lift it, and thaw what nothing else holds."""
    from collectdesk.desk import hold_ends

    _act(ctx, case, hold, json, lambda office: hold_ends.lift(office, case, hold, _reason(reason)))


@app.command("refuse", help=N_("Keep a hold in force that somebody asked to be lifted."))
def refuse(ctx: typer.Context, case: CaseCode, hold: HoldId, reason: Reason = "", json: Json = False) -> None:
    """Keep it."""
    from collectdesk.desk import hold_ends

    _act(ctx, case, hold, json, lambda office: hold_ends.keep(office, case, hold, _reason(reason)))


def _act(ctx: typer.Context, case: str, hold: str, json: bool, act: Callable[[Office], None]) -> None:
    with at_desk(ctx) as office:
        act(office)
        _done(office, case, hold, json=json)


def _done(office: Office, case: str, hold: str, *, json: bool) -> None:
    """The hold as it stands now."""
    from collectdesk.desk import holdbook
    from collectdesk.show.holds import hold_json, holds_text

    with office.reading() as session:
        view = holdbook.one(session, case, hold)
        if json:
            hold_json(case, view, here())
        else:
            holds_text([view], here())


def _reason(given: str) -> str:
    return given or Asker().text(_("Why, in words"), flag="--reason")


def _evidence(given: str) -> str:
    return given or Asker().text(_("What shows it"), flag="--evidence")


def _options(kinds: tuple[str, ...]) -> list[Option]:
    from collectdesk.show.words import HOLDS, word

    return [Option(kind, word(HOLDS, kind)) for kind in kinds]


def _grounds(grounds: tuple[str, ...]) -> list[Option]:
    from collectdesk.show.holds import GROUNDS

    return [Option(ground, _(GROUNDS[ground])) for ground in grounds]
