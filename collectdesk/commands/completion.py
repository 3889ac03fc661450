"""``collectdesk completion``: the script that teaches a shell our commands and codes."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from collectdesk.commands.complete import SCRIPTS
from collectdesk.commands.frame import Verb
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.terminal import say

app = Verb()


class Shell(StrEnum):
    """The shells there is a script for."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


_PLACES = {
    Shell.bash: "~/.local/share/bash-completion/completions/collectdesk",
    Shell.zsh: "~/.zfunc/_collectdesk",
    Shell.fish: "~/.config/fish/completions/collectdesk.fish",
}


@app.command()
def print_script(
    shell: Annotated[Shell, typer.Argument(metavar=N_("SHELL"), help=N_("bash, zsh or fish."))],
) -> None:
    """Write the script to stdout and, on a terminal, where it belongs to stderr."""
    sys.stdout.write(SCRIPTS[shell])
    if sys.stdout.isatty():
        say(_("Put it into {path}.").format(path=_PLACES[shell]))
