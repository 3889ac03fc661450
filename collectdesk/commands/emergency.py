"""``collectdesk emergency``: somebody is in danger; take it, call back for their safety, lift the freeze by two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import emergency_alerts, offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import Json
from collectdesk.errors import N_
from collectdesk.lang import _

if TYPE_CHECKING:
    from collectdesk.desk.emergencies.reading import EmergencyView
    from collectdesk.desk.office import Office
    from collectdesk.show.emergencies import Label

app = Noun(default="list")
app.add_typer(emergency_alerts.contact, name="contact", help=N_("Other departments that are told of emergencies."))
EmergencyId = Annotated[
    str,
    typer.Argument(
        metavar=N_("EMERGENCY"), help=N_("The emergency, such as g3."), autocompletion=offers.listed("EMERGENCIES")
    ),
]
Text = Annotated[str, typer.Option("--text", metavar=N_("TEXT"), help=N_("In a few words; no details of illness."))]


@app.command("list", help=N_("List the emergencies that are not closed."))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that are closed, too."))] = False,
    json: Json = False,
) -> None:
    """Show them, those that wait first."""
    from collectdesk.desk.emergencies import reading
    from collectdesk.show import emergencies as face

    with at_desk(ctx) as office:
        views = reading.listing(office, closed=everything)
        if json:
            from collectdesk.show.jsonout import emit

            emit("collectdesk.emergencies/1", {"emergencies": [face.as_json(view, here()) for view in views]})
        else:
            face.as_list(views, here(), _label(office))


@app.command("show", help=N_("Show one: what happened, who has it, what was done, what can be done."))
def show(
    ctx: typer.Context,
    emergency: EmergencyId,
    unmask: Annotated[
        bool, typer.Option("--unmask", help=N_("Name, number and last address for police or ambulance; journalled."))
    ] = False,
    json: Json = False,
) -> None:
    """Show it."""
    from collectdesk.desk.emergencies import reading
    from collectdesk.show import emergencies as face

    with at_desk(ctx) as office:
        view = reading.view(office, emergency)
        where = reading.whereabouts(office, emergency) if unmask else None
        if json:
            from collectdesk.show.jsonout import emit

            emit("collectdesk.emergency/1", face.as_json(view, here(), where))
        else:
            face.as_text(view, here(), _label(office), where)


@app.command("ack", help=N_("Take an emergency you were alerted of; nobody else is alerted then."))
def ack(ctx: typer.Context, emergency: EmergencyId, json: Json = False) -> None:
    """Take it."""
    from collectdesk.desk.emergencies import acts

    with at_desk(ctx) as office:
        acts.acknowledge(office, emergency)
        _done(office, emergency, _("{id} is yours now.").format(id=emergency), json=json)


@app.command("note", help=N_("Add a word to an emergency."))
def note(ctx: typer.Context, emergency: EmergencyId, text: Text = "", json: Json = False) -> None:
    """Add it."""
    from collectdesk.desk.emergencies import acts
    from collectdesk.show.prompts import Asker

    with at_desk(ctx) as office:
        text = text or Asker().text(_("In a few words"), flag="--text")
        acts.note(office, emergency, text)
        _done(office, emergency, _("Noted with {id}.").format(id=emergency), json=json)


@app.command("call-back", help=N_("Call somebody back for their safety: at any hour, and nothing about the debt."))
def call_back(
    ctx: typer.Context,
    emergency: EmergencyId,
    number: Annotated[str, typer.Option(metavar=N_("NUMBER"), help=N_("Which number: an id or its digits."))] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="zh_CN|en", help=N_("The language spoken on the call."))
    ] = "",
    json: Json = False,
) -> None:
    """Begin the call and, at a terminal, walk through it."""
    from collectdesk.commands.call import asked, walk_or_emit
    from collectdesk.desk.call import beginning
    from collectdesk.desk.emergencies import acts
    from collectdesk.show.prompts import require_terminal

    if not json:
        require_terminal("--json")
    with at_desk(ctx) as office:
        case, _state = acts.prepare_call_back(office, emergency)
        prompt = asked(
            office,
            lambda: beginning.start(
                office,
                case,
                number=number or None,
                purpose="safety",
                language=language or None,
                driver="json" if json else "terminal",
            ),
            json=json,
        )
        acts.called_back(office, emergency, prompt.call.id)
        walk_or_emit(office, prompt, json=json)


@app.command("release", help=N_("Lift the freeze: one asks with --reason, another --confirm or --refuse."))
def release(
    ctx: typer.Context,
    emergency: EmergencyId,
    reason: Annotated[
        str, typer.Option(metavar=N_("TEXT"), help=N_("Why the freeze may, or may not, be lifted."))
    ] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help=N_("Confirm what somebody else asked for."))] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help=N_("Refuse it; the freeze stays."))] = False,
    json: Json = False,
) -> None:
    """Ask, confirm or refuse."""
    from collectdesk.desk.emergencies import acts
    from collectdesk.errors import UsageProblem
    from collectdesk.show.prompts import Asker

    if confirm and refuse:
        raise UsageProblem("one_of", N_("Give --confirm or --refuse, not both."))
    with at_desk(ctx) as office:
        if confirm:
            acts.release(office, emergency, reason)
            said = _("{id} is closed; its freeze is lifted.")
        else:
            reason = reason or Asker().text(_("Why, in words"), flag="--reason")
            (acts.refuse_release if refuse else acts.ask_release)(office, emergency, reason)
            said = _("The freeze of {id} stays.") if refuse else _("Asked for; somebody else confirms it: {command}")
        command = f"collectdesk emergency release {emergency} --confirm"
        _done(office, emergency, said.format(id=emergency, command=command), json=json)


@app.command("report", help=N_("The report of an incident: everything that was done, with its time."))
def report(ctx: typer.Context, emergency: EmergencyId, json: Json = False) -> None:
    """Write it; no name and no number is in it."""
    from collectdesk.desk.emergencies import reading
    from collectdesk.show import emergencies as face

    with at_desk(ctx) as office:
        view = reading.view(office, emergency)
        if json:
            from collectdesk.show.jsonout import emit

            emit("collectdesk.emergency_report/1", {"company": office.company.name, **face.as_json(view, here())})
        else:
            from collectdesk.show.desk import lines

            lines(_("Report of the incident {id}").format(id=view.name), office.company.name, "")
            face.as_text(view, here(), _label(office))


emergency_alerts.add_settings(app)


def _done(office: Office, emergency: str, said: str, *, json: bool) -> None:
    if json:
        from collectdesk.desk.emergencies import reading
        from collectdesk.show.emergencies import as_json
        from collectdesk.show.jsonout import emit

        view: EmergencyView = reading.view(office, emergency)
        emit("collectdesk.emergency/1", as_json(view, here()))
        return
    from collectdesk.show.desk import lines

    lines(said)


def _label(office: Office) -> Label:
    """The adopted words of a kind; one that nobody named is said to be so."""
    from collectdesk.desk import adoption
    from collectdesk.desk.emergencies.in_line import UNNAMED
    from collectdesk.lang import current

    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "codes", office.now())
    speak = "zh_CN" if current() == "zh_CN" else "en"
    known = {code.code: code.label.in_(speak) for codes in found for code in codes.value.of("emergency")}
    return lambda kind: _("kind not yet said") if kind == UNNAMED else known.get(kind, kind)
