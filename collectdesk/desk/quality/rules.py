"""Which calls a rule puts into the sample (抽样规则): one SQL text each, the same on both engines.

Each asks among the calls connected from ``:start`` to before ``:end`` that have ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.gate.clock import clock_for

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Quality

DAY = 86_400
WITHIN = "c.connected_at >= :start AND c.connected_at < :end AND c.ended_at IS NOT NULL"
CONNECTED = (
    "SELECT c.id, c.collector, c.case_id, f.debtor, c.connected_at, c.started_at, c.event FROM call c "  # noqa: S608 - our own text
    f"JOIN case_file f ON f.id = c.case_id WHERE {WITHIN} ORDER BY c.id"
)
NEW_STAFF = (
    f"SELECT c.id FROM call c JOIN staff s ON s.id = c.collector WHERE {WITHIN} "  # noqa: S608
    "AND c.connected_at < s.joined_at + :new_s"
)
COMPLAINT = (
    f"SELECT c.id FROM call c WHERE {WITHIN} AND EXISTS (SELECT 1 FROM complaint k WHERE k.call = c.id "  # noqa: S608
    "OR (k.case_id = c.case_id AND c.connected_at <= k.received_at AND c.connected_at > k.received_at - :complaint_s "
    "AND (k.about IS NULL OR k.about = c.collector OR EXISTS (SELECT 1 FROM grievance g WHERE g.complaint = k.id "
    "AND g.about = c.collector))))"
)
VIOLATION = f"SELECT c.id FROM call c WHERE {WITHIN} AND EXISTS (SELECT 1 FROM violation i WHERE i.call = c.id)"  # noqa: S608
WORDING = (
    f"SELECT c.id FROM call c WHERE {WITHIN} AND EXISTS (SELECT 1 FROM conduct_warning w WHERE w.call = c.id "  # noqa: S608
    "AND NOT w.debtors_words)"
)
PLAIN: Mapping[str, str] = {
    "new_staff": NEW_STAFF,
    "complaint": COMPLAINT,
    "violation": VIOLATION,
    "wording": WORDING,
}
CONSENTS = (
    "SELECT debtor, given_at, in_event FROM consent WHERE given_at >= :start AND given_at < :end "
    "AND (opens LIKE '%\"hours\"%' OR opens LIKE '%\"cap\"%' OR opens LIKE '%\"rest\"%')"
)
"""What opened a closed hour or a full cap; ``opens`` is a JSON list."""
REFUSED = "SELECT case_id, at FROM verdict WHERE NOT allowed AND at >= :start AND at < :end"


class Connected(NamedTuple):
    """A call that was connected and has ended: keys, and UTC seconds."""

    id: int
    collector: int
    case: int
    debtor: int
    connected_at: int
    started_at: int
    event: int | None


def connected(session: Session, start: int, end: int) -> list[Connected]:
    """Every call in question, oldest first."""
    from sqlalchemy import text

    rows = session.execute(text(CONNECTED), {"start": start, "end": end}).all()
    return [Connected(*row) for row in rows]


def picked(
    session: Session, calls: Collection[Connected], terms: Quality, start: int, end: int
) -> dict[int, tuple[str, ...]]:
    """What the house's rules pick, by call, the rules in the order of the house; the share aside."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for rule in terms.rules:
        for call in _of(session, rule, calls, terms, start, end):
            found[call].append(rule)
    return {call: tuple(why) for call, why in found.items()}


def _of(
    session: Session, rule: str, calls: Collection[Connected], terms: Quality, start: int, end: int
) -> Collection[int]:
    if rule in PLAIN:
        return _plain(session, rule, terms, start, end)
    if rule == "consent":
        return _by_consent(session, calls, start, end)
    if rule == "refused_then_called":
        return _after_refusal(session, calls, start, end)
    return ()


def _plain(session: Session, rule: str, terms: Quality, start: int, end: int) -> Collection[int]:
    from sqlalchemy import text

    values = {"start": start, "end": end}
    if rule == "new_staff":
        values["new_s"] = terms.new_days * DAY
    if rule == "complaint":
        values["complaint_s"] = terms.complaint_days * DAY
    return [int(key) for key in session.execute(text(PLAIN[rule]), values).scalars()]


def _by_consent(session: Session, calls: Collection[Connected], start: int, end: int) -> Collection[int]:
    """The call it was given on, and every later one of that local day, which it may have opened."""
    from sqlalchemy import text

    day = clock_for(HOUSE_ZONE).day
    rows = session.execute(text(CONSENTS), {"start": start - DAY, "end": end}).all()
    events = {row.in_event for row in rows if row.in_event is not None}
    days: dict[tuple[int, int], int] = {}
    for row in rows:
        key = (row.debtor, day(row.given_at))
        days[key] = min(row.given_at, days.get(key, row.given_at))
    return [
        call.id
        for call in calls
        if call.event in events or days.get((call.debtor, day(call.connected_at)), end) <= call.started_at
    ]


def _after_refusal(session: Session, calls: Collection[Connected], start: int, end: int) -> Collection[int]:
    """Calls on a case the gate had refused to have called earlier the same local day."""
    from sqlalchemy import text

    day = clock_for(HOUSE_ZONE).day
    first: dict[tuple[int, int], int] = {}
    for case, at in session.execute(text(REFUSED), {"start": start - DAY, "end": end}).all():
        key = (case, day(at))
        first[key] = min(at, first.get(key, at))
    return [call.id for call in calls if first.get((call.case, day(call.connected_at)), end) < call.connected_at]
