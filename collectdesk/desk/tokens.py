"""A script account's token (脚本账号令牌) in a file of its owner's."""

from __future__ import annotations

from pathlib import Path

from collectdesk.errors import N_, Busy
from collectdesk.store import files

DAYS = 90
"""How long a token lives unless told otherwise."""


def require_new_file(path: Path) -> None:
    """Refuse to write over a file, before an account is made.

    Raises:
        Busy: there is one.
    """
    if path.exists() or not path.parent.is_dir():
        raise Busy(
            "file_exists",
            N_("There is a file of that name already, or no directory for it."),
            hint=N_("Choose another name."),
        )


def write_token(path: Path, token: str) -> None:
    """Leave the token where only its owner reads it."""
    with files.disk_problems():
        files.write_private(path, token.encode() + b"\n")
