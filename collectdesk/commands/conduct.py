"""``collectdesk conduct``: violations of article 9, decided by somebody who is not concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option, options

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.show.conduct import Label

app = Noun(default="list")
ViolationId = Annotated[
    str,
    typer.Argument(
        metavar=N_("VIOLATION"), help=N_("The violation, such as i3."), autocompletion=offers.listed("VIOLATIONS")
    ),
]
Reason = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))]


def _outcomes(_session: object) -> tuple[str, ...]:
    from collectdesk.store.words import CONDUCT_OUTCOMES

    return CONDUCT_OUTCOMES


@app.command("list", help=N_("List the violations that wait for a decision or suspend somebody."))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that are decided, too."))] = False,
    staff: Annotated[
        str, typer.Option(metavar=N_("NUMBER"), help=N_("Of this staff number only."), autocompletion=offers.staff)
    ] = "",
    warnings: Annotated[
        bool, typer.Option("--warnings", help=N_("Hits of the wording check that nobody has judged yet."))
    ] = False,
    json: Json = False,
) -> None:
    """Show them, newest first."""
    from collectdesk.desk.conduct import reading
    from collectdesk.show import conduct as face
    from collectdesk.show.jsonout import emit

    with at_desk(ctx) as office:
        if warnings:
            hits = [(row, number) for row, number in reading.unjudged(office) if staff in ("", number)]
            if json:
                found = [face.warning_json(row, number, here()) for row, number in hits]
                emit("collectdesk.conduct_warnings/1", {"warnings": found})
            else:
                face.warnings_text(hits, here())
            return
        views, label = reading.listing(office, everything=everything, staff=staff), _label(office)
        if json:
            emit("collectdesk.conduct/1", {"violations": [face.as_json(view, here(), label) for view in views]})
        else:
            face.as_list(views, here(), label)


@app.command("show", help=N_("Show a violation: what shows it, what was decided, what may follow."))
def show(ctx: typer.Context, violation: ViolationId, json: Json = False) -> None:
    """Show it."""
    with at_desk(ctx) as office:
        _shown(office, violation, json=json)


@app.command("record", help=N_("Record a violation: from a hit of the wording check, a complaint or a review."))
def record(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Option(metavar=N_("CODE"), help=N_("Of which kind."), autocompletion=offers.codes("violation"))
    ] = "",
    staff: Annotated[
        str, typer.Option(metavar=N_("NUMBER"), help=N_("Whose: a staff number."), autocompletion=offers.staff)
    ] = "",
    call: Annotated[str, typer.Option(metavar=N_("CALL"), help=N_("On which call, such as c12."))] = "",
    case: Annotated[str, typer.Option(metavar=N_("CASE"), help=N_("On which case."), autocompletion=offers.cases)] = "",
    warning: Annotated[
        str, typer.Option(metavar=N_("HIT"), help=N_("The hit of the wording check it came of, such as a4."))
    ] = "",
    complaint: Annotated[
        str, typer.Option(metavar=N_("COMPLAINT"), help=N_("The complaint it came of, such as k3."))
    ] = "",
    evidence: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What shows it: a recording, a message."))] = "",
    json: Json = False,
) -> None:
    """Record what the options say; what is missing is asked for."""
    from collectdesk.desk.conduct import acts
    from collectdesk.desk.conduct.report import Report

    asker = Asker()
    with at_desk(ctx) as office:
        if not (staff or call or warning):
            staff = asker.text(_("Whose: a staff number"), flag="--staff")
        kind = kind or asker.select(_("Of which kind?"), _kinds(office), flag="--kind")
        evidence = evidence or asker.text(_("What shows it?"), flag="--evidence")
        report = Report(
            kind=kind, evidence=evidence, staff=staff, call=call, case=case, warning=warning, complaint=complaint
        )
        name = acts.record(office, report)
        _shown(office, name, json=json)


@app.command("decide", help=N_("Decide a violation: none, warned, retrain or suspended; never one's own."))
def decide(
    ctx: typer.Context,
    violation: ViolationId,
    outcome: Annotated[
        str,
        typer.Option(
            metavar="none|warned|retrain|suspended",
            help=N_("What follows; all but suspended let them call again."),
            autocompletion=offers.among(_outcomes),
        ),
    ] = "",
    section: Annotated[
        str,
        typer.Option(
            metavar=N_("SECTION"),
            help=N_("With retrain: what they learn again; unless given, what the scorecard says of that kind."),
            autocompletion=offers.among(offers.sections),
        ),
    ] = "",
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Decide it."""
    from collectdesk.desk.conduct import acts
    from collectdesk.show.conduct import OUTCOMES

    asker = Asker()
    with at_desk(ctx) as office:
        outcome = outcome or asker.select(_("What follows?"), options(OUTCOMES), flag="--outcome")
        reason = reason or asker.text(_("Why, in words"), flag="--reason")
        acts.decide(office, violation, outcome, reason, section)
        _shown(office, violation, json=json)


@app.command("appeal", help=N_("Ask for another decision about yourself, by somebody else."))
def appeal(ctx: typer.Context, violation: ViolationId, reason: Reason = "", json: Json = False) -> None:
    """Appeal."""
    from collectdesk.desk.conduct import acts

    with at_desk(ctx) as office:
        acts.appeal(office, violation, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, violation, json=json)


@app.command("lift", help=N_("Let somebody call again whom a decision suspended."))
def lift(ctx: typer.Context, violation: ViolationId, reason: Reason = "", json: Json = False) -> None:
    """Lift it."""
    from collectdesk.desk.conduct import acts

    with at_desk(ctx) as office:
        acts.lift(office, violation, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, violation, json=json)


def _shown(office: Office, name: str, *, json: bool) -> None:
    from collectdesk.desk.conduct import reading
    from collectdesk.show import conduct as face

    view, label = reading.view(office, name), _label(office)
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.violation/1", face.as_json(view, here(), label))
    else:
        face.as_text(view, here(), label)


def _kinds(office: Office) -> list[Option]:
    return [Option(code, text) for code, (text, _cite) in _known(office).items()]


def _label(office: Office) -> Label:
    known = _known(office)
    return lambda kind: known.get(kind, (kind, ""))


def _known(office: Office) -> dict[str, tuple[str, str]]:
    """The adopted kinds, each with its words and the articles it is against."""
    from collectdesk.desk import adoption
    from collectdesk.lang import current

    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "codes", office.now())
    speak = "zh_CN" if current() == "zh_CN" else "en"
    return {
        code.code: (code.label.in_(speak), "; ".join(codes.value.cites[key].in_(speak) for key in code.cite))
        for codes in found
        for code in codes.value.of("violation")
    }
