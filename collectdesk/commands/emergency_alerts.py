"""How alerts leave the desk, and to which other departments: ``emergency alerts`` and ``emergency contact``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.errors import N_
from collectdesk.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectdesk.commands.session import Session

contact = Noun(default="list")


def _kinds(session: Session) -> Iterable[str]:
    from collectdesk.desk import completions

    return ("all", *completions.codes(session.home, "emergency", int(session.now().timestamp())))


Kind = Annotated[
    str,
    typer.Argument(
        metavar=N_("KIND"), help=N_("Of which emergencies: self_harm …, or all."), autocompletion=offers.among(_kinds)
    ),
]


@contact.command("list", help=N_("List the departments and what each is told of."))
def list_(ctx: typer.Context, json: Json = False) -> None:
    """Show them."""
    from collectdesk.desk.emergencies import alert_settings

    with at_desk(ctx) as office, office.reading() as session:
        rows = [
            {"kind": row.kind, "name": row.name, "email": row.email, "phone": row.phone}
            for row in alert_settings.contacts(session)
        ]
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.emergency_contacts/1", {"contacts": rows})
        return
    _say(*("  ".join(str(each) for each in row.values() if each) for row in rows))
    if not rows:
        _say(_("No other department is told of emergencies yet."))


@contact.command("set", help=N_("Put a department on the list for a kind of emergency (administrators)."))
def set_(
    ctx: typer.Context,
    kind: Kind,
    name: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("The department."))],
    email: Annotated[str, typer.Option(metavar=N_("ADDRESS"), help=N_("Its e-mail address."))] = "",
    phone: Annotated[str, typer.Option(metavar=N_("PHONE"), help=N_("Its telephone number."))] = "",
    json: Json = False,
) -> None:
    """Set it."""
    from collectdesk.desk.emergencies import alert_settings

    with at_desk(ctx) as office:
        alert_settings.set_contact(office, kind, name, email=email, phone=phone)
    _done(json, "collectdesk.emergency_contact/1", {"kind": kind, "name": name}, _("{name} is on the list."), name)


@contact.command("remove", help=N_("Take a department off the list (administrators)."))
def remove(
    ctx: typer.Context,
    kind: Kind,
    name: Annotated[
        str, typer.Option(metavar=N_("NAME"), help=N_("The department; all of that kind if left out."))
    ] = "",
    json: Json = False,
) -> None:
    """Take it off; it stays on record."""
    from collectdesk.desk.emergencies import alert_settings

    with at_desk(ctx) as office:
        count = alert_settings.remove_contact(office, kind, name)
    _done(json, "collectdesk.emergency_contact/1", {"kind": kind, "removed": count}, _("Taken off the list."), name)


def add_settings(app: Noun) -> None:
    """Give the noun *emergency* its settings."""
    app.command("alerts", help=N_("Show or set how alerts leave the desk (administrators)."))(_alerts)


def _alerts(
    ctx: typer.Context,
    hook: Annotated[
        str | None,
        typer.Option(metavar=N_("COMMAND"), help=N_("Run with the ids of emergency and person; empty for none.")),
    ] = None,
    mail: Annotated[
        str | None,
        typer.Option(metavar=N_("ADDRESS"), help=N_("Addresses of staff: {number}@desk.example; empty for none.")),
    ] = None,
    json: Json = False,
) -> None:
    """Show, or set what was given."""
    from collectdesk.desk.emergencies import alert_settings

    with at_desk(ctx) as office:
        if hook is not None or mail is not None:
            settings = alert_settings.change(office, hook=hook, mail=mail)
        else:
            office.require_role("admin", "lead", "officer")
            with office.reading() as session:
                settings = alert_settings.read(session)
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.emergency_alerts/1", {"hook": settings.hook or None, "mail": settings.mail or None})
        return
    _say(
        _("Command: {hook}").format(hook=settings.hook or "-"), _("Addresses: {mail}").format(mail=settings.mail or "-")
    )


def _done(json: bool, schema: str, facts: dict[str, object], said: str, name: str) -> None:
    if json:
        from collectdesk.show.jsonout import emit

        emit(schema, facts)
    else:
        _say(said.format(name=name))


def _say(*said: str) -> None:
    from collectdesk.show.desk import lines

    lines(*said)
