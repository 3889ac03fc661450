"""The clock as a witness: a wall clock that was set back or forward is refused before it moves a limit.

Within one boot the wall clock and the boot clock run alike; a drift of more than two minutes, or a wall clock behind
the journal, bars every permit until an admin confirms the time, which is journalled. What happens to a clock while
the machine is off cannot be told; a jump across a reboot is journalled, so that reports can show it. On a server its
own clock counts. Instants are handed in: ``reading`` is called once, at the front.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.errors import N_, Busy
from collectdesk.store.sessions import boot as boot_id

if TYPE_CHECKING:
    from sqlalchemy import Connection

DRIFT = 120
"""Seconds wall and boot clock may differ within a boot."""
JUMP = 24 * 3600
"""Seconds forward across a reboot from which on a jump is flagged; backward any."""
MARK = "clock_mark"
"""``meta`` key: the last confirmed reading."""
READ = "SELECT value FROM meta WHERE key = :key"
SET = N_("This computer's clock was set by {seconds} s since it started.")
WRITE = "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


@dataclass(frozen=True)
class Reading:
    """Both clocks at one moment: UTC seconds, seconds since the start (sleep included), and which start.

    ``boot`` is empty where the system does not tell; then only the journal is a witness.
    """

    wall: int
    since_boot: int
    boot: str

    def drift_from(self, mark: Reading) -> int:
        """How much further the wall clock went than the boot clock since ``mark``, in seconds."""
        return (self.wall - mark.wall) - (self.since_boot - mark.since_boot)

    def same_boot(self, mark: Reading) -> bool:
        """Whether both are known to be of one boot."""
        return bool(self.boot) and self.boot == mark.boot


Clocks = Callable[[int], Reading]
"""From the wall clock's seconds to a reading of both clocks."""


def reading(wall: int) -> Reading:
    """Both clocks now; ``wall`` is what the wall clock was just read as."""
    kinds = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}  # those that go on while the machine sleeps
    kind = getattr(time, kinds.get(sys.platform, ""), None)
    if kind is None:
        return Reading(wall, 0, "")
    return Reading(wall, int(time.clock_gettime(kind)), boot_id())


def simulated(base: int, opened: int, wall: int) -> int:
    """A practice desk's instant: the ``base`` it was opened at, and what has elapsed since."""
    return base + (wall - opened)


def require_sound(connection: Connection, now: Reading, at: int, actor: str) -> None:
    """Go on only if the clock can be trusted; the first reading of a boot is remembered.

    Args:
        connection: an open write transaction.
        now: both clocks.
        at: the desk's instant, which on a practice desk is not the wall clock's.
        actor: whose act this is, for the journal.
    Raises:
        Busy: the clock was set within this boot, or is behind the journal.
    """
    from collectdesk.store import journal

    last = journal.head(connection).at
    if at < last:
        raise _behind(last - at)
    mark = _mark(connection)
    if mark is None or not now.same_boot(mark):
        if mark is not None:
            _flag_jump(connection, mark, now, at, actor)
        _remember(connection, now)
    elif abs(drift := now.drift_from(mark)) > DRIFT:
        raise _drifted(drift)


def confirm(connection: Connection, now: Reading, at: int, actor: str) -> None:
    """An admin's word that the clock is right now, journalled; permits go by it from here on."""
    from collectdesk.store import journal

    mark = _mark(connection)
    drift = now.drift_from(mark) if mark is not None and now.same_boot(mark) else None
    behind = max(0, journal.head(connection).at - at)
    _remember(connection, now)
    after = {"wall": now.wall, "drift_s": drift, "behind_s": behind}
    journal.append(connection, at=at, actor=actor, action="clock.confirm", subject="desk:clock", after=after)


def drifted(connection: Connection, now: Reading) -> int:
    """By how many seconds the clock was set since the last confirmed reading of this boot; 0 where it still counts."""
    mark = _mark(connection)
    drift = now.drift_from(mark) if mark is not None and now.same_boot(mark) else 0
    return drift if abs(drift) > DRIFT else 0


def _flag_jump(connection: Connection, mark: Reading, now: Reading, at: int, actor: str) -> None:
    from collectdesk.store import journal

    moved = now.wall - mark.wall
    if 0 <= moved <= JUMP:
        return
    journal.append(
        connection, at=at, actor=actor, action="clock.jump", subject=f"desk:clock:{moved:+d}", after={"seconds": moved}
    )


def _mark(connection: Connection) -> Reading | None:
    from sqlalchemy import text

    value = connection.execute(text(READ), {"key": MARK}).scalar()
    return Reading(**json.loads(value)) if value else None


def _remember(connection: Connection, now: Reading) -> None:
    from sqlalchemy import text

    value = json.dumps({"wall": now.wall, "since_boot": now.since_boot, "boot": now.boot})
    connection.execute(text(WRITE), {"key": MARK, "value": value})


def _behind(seconds: int) -> Busy:
    return Busy(
        "clock_behind_journal",
        N_("This computer's clock is {seconds} s behind the last entry of the journal."),
        hint=N_("Set the clock; if it is right, an admin confirms it with `collectdesk doctor --confirm-clock`."),
        seconds=seconds,
    )


def _drifted(seconds: int) -> Busy:
    return Busy(
        "clock_drift",
        SET,
        hint=N_(
            "Set it right again; if it is right now, an admin confirms it with `collectdesk doctor --confirm-clock`."
        ),
        seconds=seconds,
    )
