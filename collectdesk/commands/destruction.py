"""``collectdesk destruction``: what was asked to be destroyed, by whom it was approved, and the certificates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import Json
from collectdesk.errors import N_, Busy
from collectdesk.lang import _
from collectdesk.show.progress import progress
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

app = Noun(default="list")
Id = Annotated[
    str,
    typer.Argument(
        metavar=N_("DESTRUCTION"), help=N_("The destruction, such as z3."), autocompletion=offers.listed("DESTRUCTIONS")
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why, in words."))]


@app.command("list", help=N_("List the destructions that wait for approval or are being carried out."))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that are done or refused, too."))] = False,
    json: Json = False,
) -> None:
    """Show them, the oldest first."""
    from collectdesk.desk.destructions import book, reading
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.show import destructions as face

    with at_desk(ctx) as office, office.reading() as session:
        office.require_role(*DECIDING)
        found = reading.views(session, book.listing(session, everything=everything))
    (face.list_json if json else face.list_text)(found, here())


@app.command("show", help=N_("Show a destruction, and its certificate once it is done."))
def show(
    ctx: typer.Context,
    name: Id,
    out: Annotated[
        Path | None, typer.Option("--out", metavar=N_("FILE"), help=N_("Write the certificate there, as JSON."))
    ] = None,
    json: Json = False,
) -> None:
    """Show it."""
    from collectdesk.desk.destructions import book, reading
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.show import destructions as face
    from collectdesk.store import files

    with at_desk(ctx) as office:
        office.require_role(*DECIDING)
        if out is not None:
            with office.reading() as session:
                (view,) = reading.views(session, [book.find(session, name)])
            if view.certificate is None:
                raise Busy("no_certificate", N_("There is no certificate before it is carried out."))
            if out.exists():
                raise Busy("file_exists", N_("A file is there already."), hint=N_("Give --out another name."))
            files.write_private(out.expanduser().absolute(), face.certificate_bytes(view))
        shown(office, name, json=json)


@app.command("approve", help=N_("Approve a destruction somebody else asked for, and carry it out."))
def approve(ctx: typer.Context, name: Id, json: Json = False) -> None:
    """Approve it; its files are removed at once."""
    from collectdesk.desk.destructions import book

    with at_desk(ctx) as office:
        book.approve(office, name)
        _carried(office, name, json=json)


@app.command("finish", help=N_("Carry an approved destruction out to its end, after an interruption or from outside."))
def finish(ctx: typer.Context, name: Id, json: Json = False) -> None:
    """Go on where it broke off."""
    with at_desk(ctx) as office:
        _carried(office, name, json=json)


@app.command("refuse", help=N_("Refuse a destruction; everything stays."))
def refuse(ctx: typer.Context, name: Id, reason: Reason = "", json: Json = False) -> None:
    """Refuse it."""
    from collectdesk.desk.destructions import book

    with at_desk(ctx) as office:
        book.refuse(office, name, reason or Asker().text(_("Why, in words"), flag="--reason"))
        shown(office, name, json=json)


@app.command("withdraw", help=N_("Take back what you asked for."))
def withdraw(ctx: typer.Context, name: Id, reason: Reason = "", json: Json = False) -> None:
    """Withdraw it."""
    from collectdesk.desk.destructions import book

    with at_desk(ctx) as office:
        book.withdraw(office, name, reason or Asker().text(_("Why, in words"), flag="--reason"))
        shown(office, name, json=json)


def shown(office: Office, name: str, *, json: bool) -> None:
    """Show one as it stands."""
    from collectdesk.desk.destructions import book, reading
    from collectdesk.show import destructions as face

    with office.reading() as session:
        (view,) = reading.views(session, [book.find(session, name)])
    (face.one_json if json else face.one_text)(view, here())


def _carried(office: Office, name: str, *, json: bool) -> None:
    from contextlib import ExitStack

    from collectdesk.desk.destructions import carrying

    with ExitStack() as stack:
        carrying.carry_out(
            office,
            name,
            progress=lambda count: stack.enter_context(progress(_("Destroying"), count, quiet=json)),
        )
    shown(office, name, json=json)
