"""What is asked on every command: is an alert owed or overdue, and does an emergency wait for whoever is signed in.

One SQL text each, over the plain driver, so that a desk without an emergency pays next to nothing for it.
"""

from __future__ import annotations

from msgspec import Struct

from collectdesk.store.case_rows import Ask

OWED = (
    "SELECT 1 FROM emergency WHERE status = 'open' AND next_alert_at <= :at "
    "UNION ALL SELECT 1 FROM emergency_alert WHERE delivered_at IS NULL LIMIT 1"
)
WAITING = (
    "SELECT DISTINCT e.id, c.code, e.kind, e.at FROM emergency_alert a JOIN emergency e ON e.id = a.emergency "
    "JOIN case_file c ON c.id = e.case_id WHERE a.staff = :staff AND e.status = 'open' ORDER BY e.at, e.id"
)


class Waiting(Struct, frozen=True):
    """An emergency nobody has taken yet: its key, the case's number, the kind, since when (UTC seconds)."""

    id: int
    case: str
    kind: str
    at: int

    @property
    def name(self) -> str:
        """Its public id."""
        return f"g{self.id}"


def owed(ask: Ask, at: int) -> bool:
    """Whether somebody is to be alerted now."""
    return bool(ask(OWED, {"at": at}))


def waiting(ask: Ask, staff: int) -> tuple[Waiting, ...]:
    """The emergencies this member of staff was alerted of and nobody has taken, oldest first."""
    return tuple(Waiting(int(row[0]), str(row[1]), str(row[2]), int(row[3])) for row in ask(WAITING, {"staff": staff}))
