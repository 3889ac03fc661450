"""``collectdesk restore``: bring a backup back once its chain is verified; what was there is set aside."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import passphrases
from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import HERE, local
from collectdesk.commands.options import Json, Yes
from collectdesk.commands.passphrases import PassphraseFile
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, Cancelled
from collectdesk.lang import _
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
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
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Say what the backup is, ask, and bring it back."""
    from collectdesk.desk import safekeeping
    from collectdesk.show.dates import stamp

    session, asker = session_of(ctx), Asker()
    manifest = safekeeping.manifest_of(file)
    if not yes:
        said = _("Bring back the desk as of {time}, journal entry {entries}?")
        question = said.format(time=stamp(local(manifest.made_at), HERE), entries=manifest.entries)
        if not asker.confirm(question, flag="--yes", default=False):
            raise Cancelled("cancelled", N_("Nothing was changed."))
    if recovery_file:
        number, secret = safekeeping.RECOVERY, passphrases.from_file(recovery_file)
    else:
        number = number or asker.text(_("Staff number"), flag="--number")
        secret = passphrases.known(asker, passphrase_file)
    at = int(session.now().timestamp())
    place = (to or session.desk_dir).expanduser().absolute()
    done = safekeeping.restore(file, place, number, secret, at, older=accept_older)
    _show(done, str(place), "" if to is None else str(place), json=json)


def _show(done: Restored, directory: str, option: str, *, json: bool) -> None:
    aside = str(done.set_aside) if done.set_aside else None
    if json:
        from collectdesk.show.jsonout import emit

        made = done.manifest
        facts = {"desk": made.desk, "made_at": local(made.made_at), "entries": made.entries, "head": made.head}
        emit("collectdesk.restore/1", {**facts, "directory": directory, "set_aside": aside})
        return
    from collectdesk.show.desk import lines

    lines(_("The desk is back in {directory}; its journal holds.").format(directory=directory))
    if aside:
        lines(_("What was there before lies in {directory}.").format(directory=aside))
    command = f"collectdesk --desk {shlex.quote(option)} login" if option else "collectdesk login"
    lines(_("Next: {command}").format(command=command))
