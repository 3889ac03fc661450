"""``collectdesk login``: sign in with a passphrase, a script's token, or the recovery code."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import passphrases
from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import here, local
from collectdesk.commands.options import Json
from collectdesk.commands.passphrases import PassphraseFile
from collectdesk.commands.session import session_of
from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collectdesk.desk.signing import SignedIn

app = Verb()


@app.command()
def login(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("Your staff number."))] = "",
    passphrase_file: PassphraseFile = "",
    token_file: Annotated[
        str, typer.Option(metavar=N_("FILE"), help=N_("Sign a script account in with its token file."))
    ] = "",
    recovery: Annotated[
        bool, typer.Option("--recovery", help=N_("Set an administrator's passphrase anew with the recovery code."))
    ] = False,
    recovery_file: Annotated[str, typer.Option(metavar=N_("FILE"), help=N_("Read the recovery code from FILE."))] = "",
    json: Json = False,
) -> None:
    """Ask for the number and the secret, and begin a session."""
    from collectdesk.desk import signing

    session, asker = session_of(ctx), Asker()
    signing.require_desk(session.desk_dir)
    number = number or asker.text(_("Staff number"), flag=_("NUMBER"))
    at = int(session.now().timestamp())
    if recovery or recovery_file:
        code = passphrases.from_file(recovery_file) if recovery_file else ""
        code = code or asker.text(_("Recovery code"), flag="--recovery-file")
        fresh = passphrases.new(asker, passphrase_file, _("A new passphrase"))
        done = signing.recover(session.desk_dir, code, number, fresh, at)
    else:
        secret = passphrases.from_file(token_file) if token_file else passphrases.known(asker, passphrase_file)
        done = signing.sign_in(session.desk_dir, number, secret, at)
    _show(done, json=json)


def _show(done: SignedIn, *, json: bool) -> None:
    if json:
        from collectdesk.show.jsonout import emit

        until = local(done.expires_at)
        emit(
            "collectdesk.login/1",
            {
                "number": done.member.number,
                "role": done.member.role,
                "until": until,
                "misses": done.misses,
                "session": done.member.number if done.scripted else None,
                "upgrade": done.older,
            },
        )
        return
    from collectdesk.show.dates import moment
    from collectdesk.show.desk import STAFF_ROLES, lines

    said = _("Signed in as {number} ({role}) until {time}.")
    time = moment(local(done.expires_at), here(), now=local(done.expires_at))
    lines(said.format(number=done.member.number, role=_(STAFF_ROLES[done.member.role]), time=time))
    if done.scripted:
        chosen = f"COLLECTDESK_SESSION={shlex.quote(done.member.number)}"
        lines(_("A command goes by this session where {setting} is set.").format(setting=chosen))
    if done.older:
        lines(_("This desk is of an older version. Run `collectdesk upgrade`; it makes a backup first."))
    if done.misses:
        missed = ngettext(
            "Before, {count} wrong passphrase was tried.", "Before, {count} wrong passphrases were tried.", done.misses
        )
        lines(missed.format(count=done.misses))
