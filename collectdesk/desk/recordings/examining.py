"""Examining a file once (取证): its digest, size, format and length, of one and the same content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from collectdesk.desk.recordings.audio import Sound, Unfit, sound

CHUNK = 1 << 20
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)


class Mark(NamedTuple):
    """By which a file that was written to shows without being read: its size and when it was last written."""

    size: int
    modified_ns: int


class Examined(NamedTuple):
    """What was found of a file; ``digest`` is the SHA-256 of all of it."""

    digest: str
    mark: Mark
    sound: Sound


def inside(folder: Path, file: str) -> Path:
    """The path of ``file`` below ``folder``.

    Raises:
        Unfit: it is not below it, or a link leads away on the way there; or it is not there.
    """
    path = folder / file
    try:
        real, root = path.resolve(strict=True), folder.resolve(strict=True)
    except (OSError, RuntimeError):
        raise Unfit("vanished") from None
    if not real.is_relative_to(root) or real != root / file or not real.is_file():
        raise Unfit("outside")
    return path


def examine(path: Path, advance: Callable[[int], None] = lambda _bytes: None) -> Examined:
    """Read a file whole, and make sure that nobody wrote to it meanwhile.

    Raises:
        Unfit: ``vanished``, ``unreadable``, ``changing``, or what ``audio.sound`` says.
    """
    with _opened(path) as handle:
        before = os.fstat(handle.fileno())
        digest = _digest(handle, before.st_size, advance)
        heard = _heard(handle)
        if _changed(path, handle, before):
            raise Unfit("changing")
    if isinstance(heard, Unfit):
        raise heard
    return Examined(digest, Mark(before.st_size, before.st_mtime_ns), heard)


def digest_of(path: Path, advance: Callable[[int], None] = lambda _bytes: None) -> tuple[str, Mark]:
    """The digest alone, of one and the same content.

    Raises:
        Unfit: ``vanished``, ``unreadable`` or ``changing``.
    """
    with _opened(path) as handle:
        before = os.fstat(handle.fileno())
        digest = _digest(handle, before.st_size, advance)
        if _changed(path, handle, before):
            raise Unfit("changing")
        return digest, Mark(before.st_size, before.st_mtime_ns)


def mark_of(path: Path) -> Mark:
    """Its size and when it was last written, without reading it.

    Raises:
        Unfit: ``vanished`` or ``unreadable``.
    """
    try:
        stat = path.lstat()
    except FileNotFoundError:
        raise Unfit("vanished") from None
    except OSError:
        raise Unfit("unreadable") from None
    return Mark(stat.st_size, stat.st_mtime_ns)


def _opened(path: Path) -> BinaryIO:
    try:
        return os.fdopen(os.open(path, os.O_RDONLY | NOFOLLOW | BINARY), "rb")
    except FileNotFoundError:
        raise Unfit("vanished") from None
    except OSError:  # a link, a directory, no permission, a disk that fails
        raise Unfit("unreadable") from None


def _digest(handle: BinaryIO, size: int, advance: Callable[[int], None]) -> str:
    """The digest of a file of ``size`` bytes; one that grows is not followed for ever."""
    found, read = hashlib.sha256(), 0
    try:
        while read <= size and (chunk := handle.read(CHUNK)):
            found.update(chunk)
            read += len(chunk)
            advance(len(chunk))
    except OSError:
        raise Unfit("unreadable") from None
    if read != size:
        raise Unfit("changing")
    return found.hexdigest()


def _heard(handle: BinaryIO) -> Sound | Unfit:
    """What it is; told only once it is sure that the content stood still."""
    try:
        return sound(handle)
    except Unfit as unfit:
        return unfit
    except OSError:
        return Unfit("unreadable")


def _changed(path: Path, handle: BinaryIO, before: os.stat_result) -> bool:
    """Whether it was written to, or another file has taken its place."""
    try:
        after, there = os.fstat(handle.fileno()), path.lstat()
    except OSError:
        return True
    kept = (before.st_size, before.st_mtime_ns, before.st_ino)
    return any((each.st_size, each.st_mtime_ns, each.st_ino) != kept for each in (after, there))
