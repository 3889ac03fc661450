"""Leaving a report's forms in a directory: owner-only, each file whole or not there, always under the same name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from collectdesk.errors import N_, UsageProblem
from collectdesk.store.files import require_directory, write_private


def leave(directory: Path, forms: Mapping[str, bytes]) -> Iterator[Path]:
    """Write each form; where each lies.

    Raises:
        NotFound: there is no such directory.
        UsageProblem: what should become a file is a directory.
        Problem: the disk refuses or is full.
    """
    require_directory(directory)
    if any((directory / name).is_dir() for name in forms):
        raise UsageProblem(
            "file_is_directory",
            N_("A directory has that name already; nothing was written."),
            hint=N_("Name a file in it, or give --out DIR for every form."),
        )
    for name, content in forms.items():
        write_private(directory / name, content)
        yield directory / name
