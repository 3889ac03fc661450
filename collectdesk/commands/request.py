"""``collectdesk request``: what nobody of the desk may decide, put to an outside officer, and their answer entered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here, local
from collectdesk.commands.options import Json
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

app = Noun(default="list")
Request = Annotated[
    str, typer.Argument(metavar=N_("REQUEST"), help=N_("The request, such as u3."), autocompletion=offers.requests)
]


@app.command("list", help=N_("List the requests that wait for an answer."))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that were answered, too."))] = False,
    json: Json = False,
) -> None:
    """Show them, the oldest first."""
    from collectdesk.desk.requests import asking
    from collectdesk.show import requests as face

    with at_desk(ctx) as office, office.reading() as session:
        office.require_role("lead", "admin", "officer")
        rows = asking.listing(session, everything=everything)
        (face.requests_json if json else face.requests_text)(rows, here())


@app.command("add", help=N_("Write the file that puts a matter to an outside officer; its digest is journalled."))
def add(
    ctx: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(metavar=N_("ID"), help=N_("What is to be decided, such as the complaint k3.")),
    ],
    officer: Annotated[
        str,
        typer.Option(
            "--officer",
            metavar=N_("OFFICER"),
            help=N_("Whom it is put to; the only one unless given."),
            autocompletion=offers.officers,
        ),
    ] = "",
    out: Annotated[
        str,
        typer.Option(
            "--out", metavar=N_("FILE"), help=N_("Where it is written; in the desk's directory unless given.")
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Write it, readable by its owner alone."""
    from collectdesk.desk.requests import asking
    from collectdesk.show.requests import sheet

    with at_desk(ctx) as office:
        asked = asking.ask(office, subject, officer, sheet, Path(out).absolute() if out else None)
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.request_add/1", {"request": asked.request, "file": str(asked.file), "digest": asked.digest})
        return
    from collectdesk.show.desk import lines

    lines(
        _("Request {request} is written: {file}").format(request=asked.request, file=asked.file),
        _("SHA-256 {digest}").format(digest=asked.digest),
        _("Give the file to the officer; it holds no name and no number."),
        _("Next: {command}").format(command=f"collectdesk request answer {asked.request}"),
    )


@app.command("answer", help=N_("Enter what the officer answered, with the file it came in; it takes effect at once."))
def answer(
    ctx: typer.Context,
    request: Request,
    choice: Annotated[str, typer.Option("--answer", metavar=N_("CODE"), help=N_("One of the request's choices."))] = "",
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why, in the officer's words."))] = "",
    measures: Annotated[
        str, typer.Option("--measures", metavar=N_("TEXT"), help=N_("What they say is to be done."))
    ] = "",
    reference: Annotated[
        str, typer.Option("--reference", metavar=N_("TEXT"), help=N_("What the paper is called where it is kept."))
    ] = "",
    on: Annotated[
        str, typer.Option("--on", metavar=N_("DATE"), help=N_("The day, such as 2026-11-23; today unless given."))
    ] = "",
    file: Annotated[
        str, typer.Option("--file", metavar=N_("FILE"), help=N_("The file the answer came in: its digest is kept."))
    ] = "",
    digest: Annotated[
        str, typer.Option("--digest", metavar=N_("SHA256"), help=N_("The digest, where the file is elsewhere."))
    ] = "",
    json: Json = False,
) -> None:
    """Ask what was not given, and enter it."""
    from collectdesk.desk.requests import answering

    answered_on = day(on, "--on")
    with at_desk(ctx) as office:
        asker = Asker()
        choice = choice or _choice(asker, office, request)
        reason = reason or asker.text(_("Why, in the officer's words"), flag="--reason")
        reference = reference or asker.text(_("What the paper is called where it is kept"), flag="--reference")
        made = answering.Entered(
            choice=choice,
            reason=reason,
            measures=measures,
            reference=reference,
            on=answered_on or local(office.now()).date(),
            digest=_digest(asker, file, digest),
        )
        matter = answering.answer(office, request, made)
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.request_answer/1", {"request": request, "matter": matter, "answer": choice})
        return
    from collectdesk.show.desk import lines

    lines(_("The answer to {request} is entered and done.").format(request=request))


def _choice(asker: Asker, office: Office, request: str) -> str:
    from collectdesk.desk.requests import asking
    from collectdesk.show.requests import ANSWERS

    with office.reading() as session:
        choices = asking.find(session, request).choices
    return asker.select(
        _("What did they answer?"), [Option(each, _(ANSWERS[each])) for each in choices], flag="--answer"
    )


def _digest(asker: Asker, file: str, digest: str) -> str:
    """The digest of the answer's file.

    Raises:
        UsageProblem: neither or both were given.
        NotFound: the file is not there.
    """
    from collectdesk.commands import complaining

    if file and digest:
        raise UsageProblem("file_and_digest", N_("Give the file or its digest, not both."))
    if digest:
        return digest
    return complaining.digest(Path(file or asker.text(_("The file the answer came in"), flag="--file")))
