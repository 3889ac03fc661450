"""The calls that may be recorded (应录通话): who was called, when the number was shown, when the line was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.recordings.matching import Called
from collectdesk.desk.recordings.naming import canonical

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ANSWERED = (
    "SELECT c.id, n.number, COALESCE(p.shown_at, c.started_at), c.connected_at, r.reference FROM recording r "
    "JOIN call c ON c.id = r.call LEFT JOIN permit p ON p.id = c.permit "
    "LEFT JOIN number n ON n.id = COALESCE(c.number, p.number) "
    "WHERE c.connected_at IS NOT NULL AND c.ended_at IS NOT NULL AND r.status <> 'purged' ORDER BY c.id"
)
SECONDS = (
    "SELECT c.id, COALESCE(e.duration_s, c.ended_at - c.connected_at) FROM call c "
    "LEFT JOIN permit p ON p.id = c.permit LEFT JOIN contact_event e ON e.id = COALESCE(c.event, p.event) "
    "WHERE c.connected_at IS NOT NULL AND c.ended_at IS NOT NULL"
)


def answered(session: Session) -> list[Called]:
    """Every call that was answered and is closed, kept or not: a second file near it is doubt as well."""
    from sqlalchemy import text

    return [
        Called(int(call), canonical(number or ""), int(shown), int(at), reference)
        for call, number, shown, at, reference in session.execute(text(ANSWERED)).all()
    ]


def lengths(session: Session) -> dict[int, int]:
    """How long each call lasted, in seconds, by key."""
    from sqlalchemy import text

    return {int(call): int(seconds) for call, seconds in session.execute(text(SECONDS)).all() if seconds is not None}
