"""Files only their owner can read, written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from collectdesk.errors import N_, Busy
from collectdesk.store.faults import problem

OWNER_FILE = 0o600
OWNER_DIRECTORY = 0o700


def private_directory(path: Path) -> Path:
    """Make a directory (and its parents) that only the owner enters."""
    with disk_problems():
        try:
            path.mkdir(parents=True, exist_ok=True, mode=OWNER_DIRECTORY)
        except (FileExistsError, NotADirectoryError):
            raise problem("no_directory") from None
        path.chmod(OWNER_DIRECTORY)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` at once: a reader sees the old file or the new one, never half."""
    with replacing(path) as handle:
        handle.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that becomes ``path`` when the block ends well and vanishes when it does not."""
    import tempfile  # a read has no use for it

    with disk_problems():
        require_directory(path.parent)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as handle:
                yield handle
                handle.flush()
                os.fsync(handle.fileno())
            temporary.replace(path)
            sync_directory(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def alone(directory: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold ``directory`` for this process while the block runs; another that asks for it waits, or without ``wait``
    is refused. The hold ends with the process, however it ends.

    Raises:
        Busy: another process holds it, and it is not to be waited for.
    """
    if os.name != "posix":
        yield
        return
    import fcntl

    with disk_problems():
        descriptor = os.open(directory, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                "under_way",
                N_("Another process is doing this already."),
                hint=N_("Wait until it is done, then look what is left to do."),
            ) from None
        yield
    finally:
        os.close(descriptor)


def sync_directory(path: Path) -> None:
    """Make a rename or removal in ``path`` survive power loss, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_directory(path: Path) -> None:
    """Refuse a place for a file that is no directory.

    Raises:
        NotFound: it is not there, or it is something else.
    """
    if not path.is_dir():
        raise problem("no_directory")


@contextmanager
def disk_problems() -> Iterator[None]:
    """Turn a refusing or full disk into its Problem."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise problem("full") from None
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise problem("readonly") from None
        if error.errno == errno.EIO:
            raise problem("io") from None
        raise


def is_private(path: Path) -> bool:
    """Whether nobody but the owner may read or write it (always so where the system has no such bits)."""
    return os.name != "posix" or not path.stat().st_mode & 0o077
