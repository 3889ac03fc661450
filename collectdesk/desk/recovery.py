"""The recovery code (恢复码): shown once, proven to be kept by typing part of it back or by a file of the owner's."""

from __future__ import annotations

from pathlib import Path

from collectdesk.errors import N_, Busy
from collectdesk.store import files, keys


def question() -> tuple[int, int]:
    """Which two groups of the code, from 1, are to be typed back."""
    return keys.recovery_question()


def right(code: str, group: int, typed: str) -> bool:
    """Whether ``typed`` is that group; letter case and spaces do not matter."""
    return keys.recovery_proven(code, (group,), (typed,))


def prove_by_file(path: Path, code: str) -> bool:
    """Leave the code in a new file only its owner reads, and read it back.

    Raises:
        Busy: the file exists already; it may hold another desk's code.
        Problem: it cannot be written.
    """
    if path.exists():
        raise Busy("file_exists", N_("There is a file of that name already."), hint=N_("Choose another name."))
    with files.disk_problems():
        files.write_private(path, code.encode() + b"\n")
        return path.read_text().strip() == code
