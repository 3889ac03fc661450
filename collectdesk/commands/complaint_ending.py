"""How a complaint ends: ``complaint decide|reply|close|withdraw`` (policy article 10.2)."""

from __future__ import annotations

from typing import Annotated

import typer

from collectdesk.commands import complaining, offers
from collectdesk.commands.complaining import Cause, Channel, Complaint, Remedy
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day
from collectdesk.commands.options import Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker

On = Annotated[
    str, typer.Option("--on", metavar=N_("DATE"), help=N_("The day, such as 2026-11-23; today unless given."))
]
Reference = Annotated[
    str, typer.Option("--reference", metavar=N_("TEXT"), help=N_("What the paper is called where it is kept."))
]


def add_commands(app: Noun) -> None:
    """Hang the commands under ``complaint``."""
    app.command("decide", help=N_("Decide a complaint: upheld or dismissed, why it came about, what is done."))(decide)
    app.command("reply", help=N_("Record what whoever complained was told, when and by which way."))(reply)
    app.command(
        "close", help=N_("Close a complaint that was answered; its case thaws unless something else freezes it.")
    )(close)
    app.command("withdraw", help=N_("Record that a complaint was taken back, which ends it the day that came in."))(
        withdraw
    )


def decide(
    ctx: typer.Context,
    complaint: Complaint,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="upheld|dismissed",
            help=N_("Whether it is right."),
            autocompletion=offers.words("upheld", "dismissed"),
        ),
    ] = "",
    upheld: Annotated[
        list[int], typer.Option("--uphold", metavar=N_("N"), help=N_("A grievance that is right; all unless given."))
    ] = complaining.NO_NUMBERS,
    cause: Cause = "",
    remedy: Remedy = "",
    json: Json = False,
) -> None:
    """Ask what was not given, and decide."""
    from collectdesk.desk.complaints import ending

    with at_desk(ctx) as office:
        asker = Asker()
        decided = complaining.outcome(asker, outcome)
        cause, remedy = complaining.why(asker, office, complaint, decided, cause, remedy)
        ending.decide(office, complaint, decided, upheld=upheld, cause=cause, remedy=remedy)
        line = complaining.line(office, complaint)
    complaining.said(json, line, _("Complaint {complaint} is decided."), f"collectdesk complaint reply {complaint}")


def reply(
    ctx: typer.Context,
    complaint: Complaint,
    text: Annotated[str, typer.Option("--text", metavar=N_("TEXT"), help=N_("The answer, as it was given."))] = "",
    channel: Channel = "",
    on: On = "",
    reference: Reference = "",
    json: Json = False,
) -> None:
    """Ask what was not given, and record it."""
    from collectdesk.desk.complaints import ending

    told_on = day(on, "--on")
    with at_desk(ctx) as office:
        asker = Asker()
        text = text or asker.text(_("The answer, as it was given"), flag="--text")
        channel = complaining.channel(asker, channel)
        ending.reply(office, complaint, text, on=told_on, channel=channel, reference=reference)
        line = complaining.line(office, complaint)
    complaining.said(json, line, _("The answer is recorded."), f"collectdesk complaint close {complaint}")


def close(ctx: typer.Context, complaint: Complaint, json: Json = False) -> None:
    """Close it."""
    from collectdesk.desk.complaints import ending

    with at_desk(ctx) as office:
        left = ending.close(office, complaint)
        line = complaining.line(office, complaint)
    complaining.ended(json, line, left)


def withdraw(
    ctx: typer.Context, complaint: Complaint, on: On = "", reference: Reference = "", json: Json = False
) -> None:
    """Record it, with what shows it."""
    from collectdesk.desk.complaints import ending

    came_in = day(on, "--on")
    with at_desk(ctx) as office:
        shown = reference or Asker().text(_("What shows it, and where is it kept?"), flag="--reference")
        left = ending.withdraw(office, complaint, on=came_in, reference=shown)
        line = complaining.line(office, complaint)
    complaining.ended(json, line, left)
