"""``collectdesk backup``: one encrypted file, made while the desk is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collectdesk.commands import passphrases
from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import at_desk, local
from collectdesk.commands.options import Json
from collectdesk.commands.passphrases import PassphraseFile
from collectdesk.errors import N_
from collectdesk.lang import _

app = Verb()


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar=N_("FILE"), help=N_("The file to write; by default named after the day."))
    ] = None,
    passphrase_file: PassphraseFile = "",
    json: Json = False,
) -> None:
    """Write the backup; a desk on a server gives it a passphrase of its own."""
    from collectdesk.desk import safekeeping
    from collectdesk.show.prompts import Asker

    with at_desk(ctx) as office:
        office.require_role(*safekeeping.KEEPERS)
        target = file or safekeeping.default_target(local(office.now()).date().isoformat())
        secret = None
        if passphrase_file or office.store.on_server:
            secret = passphrases.new(Asker(), passphrase_file, _("A passphrase for this backup"))
        made = safekeeping.back_up(office, target.expanduser().absolute(), secret)
    if json:
        from collectdesk.show.jsonout import emit

        facts = {"file": str(target), "made_at": local(made.made_at), "entries": made.entries, "head": made.head}
        emit("collectdesk.backup_made/1", facts)
        return
    from collectdesk.show.desk import lines

    said = _("Backed up to {file}: {size} MB, journal up to entry {entries}.")
    size = f"{target.stat().st_size / 1e6:.1f}"
    lines(said.format(file=str(target), size=size, entries=made.entries))
    lines(_("It opens with the passphrases and the recovery code of this desk; keep it elsewhere."))
