"""A folder of recordings as a scan walks it (录音目录): every file of sound below it, links never followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from collectdesk.desk.recordings.audio import SUFFIXES
from collectdesk.desk.recordings.examining import Mark
from collectdesk.errors import N_, NotFound


class Listed(NamedTuple):
    """A file below the folder: its path from there, and its size and time; ``fault`` is why it is not looked at."""

    file: str
    mark: Mark | None
    fault: str | None = None


def listed(folder: Path) -> Iterator[Listed]:
    """Every file of sound below ``folder``, by path; a link is told of and not followed.

    Raises:
        NotFound: the folder is not there, or goes while it is walked.
    """
    require(folder)
    yield from _below(folder, folder)
    require(folder)


def require(folder: Path) -> None:
    """Go on only while the folder is there.

    Raises:
        NotFound: it is not, or may not be read.
    """
    if not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        raise NotFound(
            "recording_folder",
            N_("The folder of recordings is not there, or may not be read."),
            hint=N_("What was kept so far stays; run the same again once it is back."),
        )


def _below(folder: Path, root: Path) -> Iterator[Listed]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        require(root)
        yield Listed(_named(folder, root), None, "unreadable")
        return
    for entry in found:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if not _storable(entry.name):
            yield Listed(_named(path, root), None, "name")
        elif entry.is_symlink():
            yield Listed(_named(path, root), None, "link")
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(path, root)
        elif path.suffix.lower() in SUFFIXES:
            yield _of(entry, root)


def _of(entry: os.DirEntry[str], root: Path) -> Listed:
    name = _named(Path(entry.path), root)
    try:
        stat = entry.stat(follow_symlinks=False)
    except OSError:
        require(root)
        return Listed(name, None, "vanished")
    return Listed(name, Mark(stat.st_size, stat.st_mtime_ns))


def _storable(name: str) -> bool:
    """Whether the name is text; a folder from another system may hold bytes that are none."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _named(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
