"""Guessing online: after a few misses each further one costs a wait, after more the slot is locked for a while.

The count lies beside the slot and survives processes; it rises before the secret is looked at and is held by a lock,
so neither killing the program nor trying in parallel buys another guess. The instant is handed in; nothing sleeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collectdesk.errors import N_, Busy
from collectdesk.store import files

FREE_TRIES = 3
LOCK_AFTER = 10
LOCK_SECONDS = 15 * 60
FORGET_SECONDS = 24 * 60 * 60


def wait(tries: int) -> int:
    """Seconds to wait after so many misses in a row: none, 2, 4, 8 … 128, then a quarter of an hour."""
    if tries < FREE_TRIES:
        return 0
    return LOCK_SECONDS if tries >= LOCK_AFTER else 2 ** (tries - FREE_TRIES + 1)


@contextmanager
def attempt(directory: Path, owner: str, at: int) -> Iterator[None]:
    """One try at a secret: leaving the block well forgets the misses, any exception lets this one count.

    Raises:
        Busy: too many misses; says how many seconds remain.
    """
    path = directory / f"{owner}.tries"
    with files.alone(directory):  # one try at a time on this machine
        tries, last = _read(path)
        if at - last > FORGET_SECONDS or last > at + LOCK_SECONDS:
            tries = 0
        remaining = last + wait(tries) - at
        if tries and remaining > 0:
            raise Busy(
                "slot_waits",
                N_("Too many wrong passphrases for this staff number; wait {seconds} s."),
                hint=N_("An admin sees the misses in `collectdesk doctor`."),
                seconds=remaining,
            )
        files.write_private(path, json.dumps([tries + 1, at]).encode())
        yield
        path.unlink(missing_ok=True)


def misses(directory: Path, owner: str) -> int:
    """How many tries in a row have failed."""
    return _read(directory / f"{owner}.tries")[0]


def _read(path: Path) -> tuple[int, int]:
    try:
        tries, last = json.loads(path.read_bytes())
        return int(tries), int(last)
    except (OSError, ValueError, TypeError):
        return 0, 0
