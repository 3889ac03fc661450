"""The recovery code at the terminal: shown once and typed back in part, or left in a file of the owner's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker
from collectdesk.show.terminal import say
from collectdesk.show.width import wrap

RecoveryProof = Annotated[
    str,
    typer.Option(metavar=N_("FILE"), help=N_("Write the recovery code to FILE instead of asking for it back.")),
]


def prove(asker: Asker, code: str, file: str) -> bool:
    """Show the recovery code and have part of it typed back, or leave it in a file of the owner's."""
    from collectdesk.desk.recovery import prove_by_file, question, right

    if file:
        return prove_by_file(Path(file).expanduser(), code)
    from collectdesk.show.prompts import require_terminal

    require_terminal("--recovery-proof")
    say("")
    for line in wrap(
        _("The recovery code opens this desk when every passphrase is lost. It is shown this once: write it down."), 78
    ):
        say(line)
    say(f"\n    {code}\n")
    asker.enter(_("Written down? Press Enter"), flag="--recovery-proof")

    def ask(group: int) -> None:
        def same(text: str) -> str | None:
            return None if right(code, group, text) else _("That is not what is written there.")

        message = _("Group {group} of the code, from the left").format(group=group)
        asker.text(message, flag="--recovery-proof", validate=same)

    for group in question():
        ask(group)
    return True
