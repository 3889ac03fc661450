"""``collectdesk restore``: bring a backup back once its chain is verified; what was there is set aside."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import passphrases
from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import here, local
from collectdesk.commands.options import Json, Yes
from collectdesk.commands.passphrases import PassphraseFile
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, Cancelled
from collectdesk.lang import _
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collectdesk.store.backup import Manifest
    from collectdesk.store.restore import Restored

app = Verb()


@app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The backup."))],
    number: Annotated[
        str,
        typer.Option(metavar=N_("NUMBER"), help=N_("Your staff number in the backup (backup: its own passphrase).")),
    ] = "",
    passphrase_file: PassphraseFile = "",
    recovery_file: Annotated[str, typer.Option(metavar=N_("FILE"), help=N_("Read the recovery code from FILE."))] = "",
    accept_older: Annotated[
        bool,
        typer.Option("--accept-older", help=N_("Go back behind what is there (administrators, or the recovery code).")),
    ] = False,
    to: Annotated[
        Path | None, typer.Option(metavar=N_("DIR"), help=N_("Bring it back there instead of over the desk."))
    ] = None,
    database: Annotated[
        str, typer.Option(metavar="URL", help=N_("Bring it back into this server's database: postgresql://…"))
    ] = "",
    database_file: Annotated[
        str, typer.Option(metavar=N_("FILE"), help=N_("Read the server's address from FILE: it holds a password."))
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("The database may hold this desk: it is backed up, then replaced."))
    ] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Say what the backup is, ask, and bring it back."""
    from collectdesk.desk import safekeeping, server_restoring

    session = session_of(ctx)
    manifest = safekeeping.manifest_of(file)
    _agreed(manifest, yes=yes)
    at = int(session.now().timestamp())
    place = (to or session.desk_dir).expanduser().absolute()
    address = passphrases.from_file(database_file) if database_file else database
    if server_restoring.keeps_no_slot(manifest):
        number, secret, address = "", "", address or server_restoring.own_address(place)
    else:
        number, secret = _opener(number, passphrase_file, recovery_file)
    if address:
        done = server_restoring.restore(file, place, address, number, secret, at, replace=replace, older=accept_older)
    else:
        done = safekeeping.restore(file, place, number, secret, at, older=accept_older)
    _show(done, str(place), "" if to is None else str(place), json=json)


def _agreed(manifest: Manifest, *, yes: bool) -> None:
    """Ask, unless that was said already."""
    from collectdesk.show.dates import stamp

    said = _("Bring back the desk as of {time}, journal entry {entries}?")
    question = said.format(time=stamp(local(manifest.made_at), here()), entries=manifest.entries)
    if not yes and not Asker().confirm(question, flag="--yes", default=False):
        raise Cancelled("cancelled", N_("Nothing was changed."))


def _opener(number: str, passphrase_file: str, recovery_file: str) -> tuple[str, str]:
    """Whose slot of the backup is opened, and with what."""
    from collectdesk.desk.safekeeping import RECOVERY

    if recovery_file:
        return RECOVERY, passphrases.from_file(recovery_file)
    asker = Asker()
    number = number or asker.text(_("Staff number"), flag="--number")
    return number, passphrases.known(asker, passphrase_file)


def _show(done: Restored, directory: str, option: str, *, json: bool) -> None:
    aside = str(done.set_aside) if done.set_aside else None
    saved = str(done.saved) if done.saved else None
    if json:
        from collectdesk.show.jsonout import emit

        made = done.manifest
        facts = {"desk": made.desk, "made_at": local(made.made_at), "entries": made.entries, "head": made.head}
        emit("collectdesk.restore/1", {**facts, "directory": directory, "set_aside": aside, "saved": saved})
        return
    from collectdesk.show.desk import lines

    lines(_("The desk is back in {directory}; its journal holds.").format(directory=directory))
    if saved:
        lines(_("What the database held before is backed up in {file}.").format(file=saved))
    if aside:
        lines(_("What was there before lies in {directory}.").format(directory=aside))
    command = f"collectdesk --desk {shlex.quote(option)} login" if option else "collectdesk login"
    lines(_("Next: {command}").format(command=command))
