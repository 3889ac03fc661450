"""Secrets from a prompt, a file or standard input; never from the command line, which others can read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from collectdesk.errors import N_, NotFound, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker
from collectdesk.show.terminal import say

LEAST = 12

PassphraseFile = Annotated[
    str,
    typer.Option(
        "--passphrase-file",
        metavar=N_("FILE"),
        help=N_("Read the passphrase from the first line of FILE (- is stdin)."),
    ),
]


def from_file(name: str) -> str:
    """The first line of a file, or of standard input for ``-``.

    Raises:
        NotFound: there is no such file.
        UsageProblem: it is empty.
    """
    try:
        text = sys.stdin.readline() if name == "-" else Path(name).expanduser().read_text("utf-8").split("\n", 1)[0]
    except (OSError, UnicodeDecodeError):
        raise NotFound("secret_file", N_("The file with the secret cannot be read."), hint="") from None
    secret = text.rstrip("\r\n")
    if not secret:
        raise UsageProblem("secret_empty", N_("The secret is empty."), hint="")
    return secret


def known(asker: Asker, file: str) -> str:
    """A passphrase that exists already."""
    return from_file(file) if file else asker.text(_("Passphrase"), flag="--passphrase-file", secret=True)


def new(asker: Asker, file: str, message: str) -> str:
    """A passphrase to be: typed twice, twelve characters or more; where the two differ, both are asked for again."""
    if file:
        return from_file(file)
    flag = "--passphrase-file"
    while True:
        first = asker.text(message, flag=flag, secret=True, validate=_long_enough)
        again = _("The same again (nothing: start over)")
        if asker.text(again, flag=flag, secret=True, optional=True) == first:
            return first
        say(_("The two differ; please type both again."))


def _long_enough(text: str) -> str | None:
    if len(text) >= LEAST:
        return None
    return _("At least {count} characters, please: four words in a row do.").format(count=LEAST)
