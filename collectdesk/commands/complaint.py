"""``collectdesk complaint``: received, handled by somebody it is not about, decided, told of, closed; never deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collectdesk.commands import complaining, complaint_ending, offers
from collectdesk.commands.complaining import NO_GRIEVANCES, NO_PIECES, Cause, Channel, Complaint, Remedy
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here, local
from collectdesk.commands.options import CaseCode, Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker

app = Noun(default="show")
Grievances = Annotated[
    list[str], typer.Option("--grievance", metavar=N_("TEXT"), help=N_("A further grievance in their words."))
]
Kind = Annotated[
    str,
    typer.Option(
        "--category", metavar=N_("CODE"), help=N_("What kind it is."), autocompletion=offers.codes("complaint")
    ),
]
About = Annotated[
    str,
    typer.Option(
        "--about",
        metavar=N_("NUMBER"),
        help=N_("Staff number of whom it is about; company where it is about nobody."),
        autocompletion=offers.staff,
    ),
]


@app.command("list", help=N_("List the open complaints, the next last day first."))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that are closed, too."))] = False,
    case: Annotated[
        str, typer.Option("--case", metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    json: Json = False,
) -> None:
    """Show what whoever is signed in may know of."""
    from collectdesk.desk.complaints import reading
    from collectdesk.show import complaints as face

    with at_desk(ctx) as office, office.reading() as session:
        lines = reading.listing(office, session, closed=everything, case=case)
        if json:
            face.complaints_json(lines)
        else:
            face.complaints_text(lines, complaining.labels(office), local(office.now()).date())


@app.command("show", help=N_("Show a complaint: its clock, grievances, evidence and every step."))
def show(ctx: typer.Context, complaint: Complaint, json: Json = False) -> None:
    """Show it, as far as whoever is signed in may see it."""
    from collectdesk.desk.complaints import reading
    from collectdesk.show import complaints as face

    with at_desk(ctx) as office, office.reading() as session:
        found = reading.view(office, session, complaint)
        if json:
            face.complaint_json(found, here())
        else:
            face.complaint_text(found, complaining.labels(office), here(), local(office.now()).date())


@app.command("add", help=N_("Record a complaint that came by another way than a call; its case freezes at once."))
def add(
    ctx: typer.Context,
    case: CaseCode,
    channel: Channel = "",
    category: Kind = "",
    content: Annotated[
        str, typer.Option("--content", metavar=N_("TEXT"), help=N_("The grievance in their words."))
    ] = "",
    about: About = "",
    received: Annotated[
        str, typer.Option("--received", metavar=N_("DATE"), help=N_("The day it came in; today unless given."))
    ] = "",
    json: Json = False,
) -> None:
    """Ask what was not given, and record it."""
    from collectdesk.desk.complaints import receiving
    from collectdesk.store import ids

    on = day(received, "--received")
    with at_desk(ctx) as office:
        asker = Asker()
        channel = complaining.channel(asker, channel)
        category = category or complaining.category(asker, office)
        content = content or asker.text(_("In their words"), flag="--content")
        about = about or complaining.about(asker)
        subject = "" if about == complaining.COMPANY else about
        key = receiving.add(
            office, case, channel=channel, category=category, content=content, about=subject, received_on=on
        )
        line = complaining.line(office, ids.public("complaint", key))
    complaining.said(json, line, _("Complaint {complaint} is recorded; case {case} is frozen."))


@app.command("assign", help=N_("Give a complaint to somebody it is not about."))
def assign(
    ctx: typer.Context,
    complaint: Complaint,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar=N_("NUMBER"),
            help=N_("Their staff number; whoever comes first unless given."),
            autocompletion=offers.staff,
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Hand it over."""
    from collectdesk.desk.complaints import handling

    with at_desk(ctx) as office:
        taker = handling.assign(office, complaint, to)
        line = complaining.line(office, complaint)
    complaining.said(json, line, _("{number} handles complaint {complaint} now.").replace("{number}", taker))


@app.command("record", help=N_("Record what was found: grievances, cause, remedy, evidence, whom it is about."))
def record(
    ctx: typer.Context,
    complaint: Complaint,
    cause: Cause = "",
    remedy: Remedy = "",
    grievance: Grievances = NO_GRIEVANCES,
    category: Kind = "",
    about: About = "",
    evidence: Annotated[
        list[str],
        typer.Option(
            "--evidence", metavar=N_("TEXT"), help=N_("What a piece is called where it is kept; once for each.")
        ),
    ] = NO_PIECES,
    file: Annotated[
        list[Path],
        typer.Option(
            "--file", metavar=N_("FILE"), help=N_("Its file, in the order of --evidence: the digest is kept.")
        ),
    ] = complaining.NO_FILES,
    json: Json = False,
) -> None:
    """Record it; a grievance takes --category and --about with it."""
    from collectdesk.desk.complaints import handling

    found = complaining.findings(
        cause=cause, remedy=remedy, grievances=grievance, category=category, about=about, evidence=evidence, files=file
    )
    with at_desk(ctx) as office:
        only_about = handling.Findings(about=found.about) == found and bool(found.about)
        moved = (
            handling.name_subject(office, complaint, about) if only_about else handling.record(office, complaint, found)
        )
        line = complaining.line(office, complaint)
    complaining.said(
        json,
        line,
        _("Recorded. It is about its handler, so somebody else handles it now.") if moved else _("Recorded."),
    )


@app.command("extend", help=N_("Ask for more time, with a reason; somebody else approves it."))
def extend(
    ctx: typer.Context,
    complaint: Complaint,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why it takes longer."))] = "",
    json: Json = False,
) -> None:
    """Ask for the next longer term."""
    from collectdesk.desk.complaints import extending

    with at_desk(ctx) as office:
        reason = reason or Asker().text(_("Why does it take longer?"), flag="--reason")
        days = extending.extend(office, complaint, reason)
        line = complaining.line(office, complaint)
    complaining.said(
        json, line, _("{days} days are asked for; somebody else approves them.").replace("{days}", str(days))
    )


@app.command("approve", help=N_("Approve the time asked for, or refuse it with --refuse and a reason."))
def approve(
    ctx: typer.Context,
    complaint: Complaint,
    refuse: Annotated[bool, typer.Option("--refuse", help=N_("Refuse it."))] = False,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; needed to refuse."))] = "",
    json: Json = False,
) -> None:
    """Decide somebody else's request for more time."""
    from collectdesk.desk.complaints import extending

    with at_desk(ctx) as office:
        if refuse:
            extending.refuse(office, complaint, reason or Asker().text(_("Why is it refused?"), flag="--reason"))
        else:
            extending.approve(office, complaint, reason)
        line = complaining.line(office, complaint)
    complaining.said(json, line, _("The clock stays as it is.") if refuse else _("Approved; its last day is {last}."))


complaint_ending.add_commands(app)
