"""``collectdesk creditor``: whose debts are collected, what proves identity, and the designated ways to pay."""

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
    from collectdesk.desk.creditors import Channel

app = Noun()
Name = Annotated[
    str,
    typer.Argument(metavar=N_("CREDITOR"), help=N_("The creditor's name."), autocompletion=offers.creditors),
]
Code = Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("A short word for this way to pay, such as app."))]
OpenCode = Annotated[
    str, typer.Argument(metavar=N_("CODE"), help=N_("The way to pay that ends."), autocompletion=offers.channels)
]


@app.command("list", help=N_("List the creditors: identity items, hotline, ways to pay."))
def list_(ctx: typer.Context, json: Json = False) -> None:
    """Show every creditor."""
    from collectdesk.desk.creditors import listing
    from collectdesk.show import creditors as face

    with at_desk(ctx) as office, office.reading() as session:
        (face.as_json if json else face.as_text)(listing(session))


@app.command("set", help=N_("Set the two items that prove identity, the hotline, and what it is licensed as."))
def set_(
    ctx: typer.Context,
    name: Name,
    identity: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("ITEM"),
            help=N_("What a debtor is asked; give it twice."),
            autocompletion=offers.among(offers.items),
        ),
    ] = None,
    hotline: Annotated[
        str | None, typer.Option(metavar=N_("PHONE"), help=N_("The creditor's own telephone number."))
    ] = None,
    licence: Annotated[
        str,
        typer.Option(
            metavar="bank|consumer_finance|other",
            help=N_("What it is licensed as: how long recordings are kept hangs on it."),
            autocompletion=offers.among(offers.licences),
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Set what was given."""
    from collectdesk.desk.creditors import configure

    with at_desk(ctx) as office:
        configure(office, name, identity or (), hotline, licence)
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.creditor_set/1", {"done": True})
    else:
        _say(_("{name} is set.").format(name=name))


@app.command("channel", help=N_("Designate a way to pay; never a person's account."))
def channel(
    ctx: typer.Context,
    name: Name,
    code: Code,
    zh: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What it is called in Chinese."))],
    en: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What it is called in English."))],
    account: Annotated[str, typer.Option(metavar=N_("ACCOUNT"), help=N_("The company account, if there is one."))] = "",
    json: Json = False,
) -> None:
    """Designate it."""
    from collectdesk.desk.creditors import Channel, add_channel

    way = Channel(code, zh, en, account or None)
    with at_desk(ctx) as office:
        add_channel(office, name, way)
    _way(name, way, _("{name}: {code} is a designated way to pay."), open_=True, json=json)


@app.command("close", help=N_("End a way to pay."))
def close(ctx: typer.Context, name: Name, code: OpenCode, json: Json = False) -> None:
    """End it; it stays on record."""
    from collectdesk.desk.creditors import close_channel

    with at_desk(ctx) as office:
        way = close_channel(office, name, code)
    _way(name, way, _("{name}: {code} is no way to pay any more."), open_=False, json=json)


def _way(name: str, way: Channel, said: str, *, open_: bool, json: bool) -> None:
    from collectdesk.show import creditors as face

    if json:
        face.channel_json(name, way, open_=open_)
    else:
        _say(said.format(name=name, code=way.code))


def _say(said: str) -> None:
    from collectdesk.show.desk import lines

    lines(said)
