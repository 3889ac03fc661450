"""Leaving a report's forms in a directory: owner-only, each file whole or not there, always under the same name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from collectdesk.store.files import require_directory, write_private


def leave(directory: Path, forms: Mapping[str, bytes]) -> Iterator[Path]:
    """Write each form; where each lies.

    Raises:
        NotFound: there is no such directory.
        Problem: the disk refuses or is full.
    """
    require_directory(directory)
    for name, content in forms.items():
        write_private(directory / name, content)
        yield directory / name
