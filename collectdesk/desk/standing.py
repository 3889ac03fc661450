"""Whether a collector may work (上岗资格, 第十三条): vetting, confidentiality, exam, none of them expired.

And what changed since they were examined is read, and passed again, within the house's days of grace; what a review
or a violation has them learn again is passed by its date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from collectdesk.desk.training import retraining
from collectdesk.desk.training.changed import Changed, changed, lacking
from collectdesk.desk.training.retraining import Waiting
from collectdesk.gate import Instant
from collectdesk.gate.clock import clock_for
from collectdesk.gate.dial import Standing
from collectdesk.store import case_rows
from collectdesk.store.case_rows import Ask, CollectorRow, QualificationRow
from collectdesk.store.words import QUALIFICATIONS

HOUSE_ZONE = "Asia/Shanghai"  # local dates of the house's own records
SUSPENDED = (
    "SELECT cause, violation FROM suspension"
    " WHERE staff = :id AND from_at <= :at AND (lifted_at IS NULL OR lifted_at > :at) ORDER BY id"
)
"""What suspends somebody, and for which violation if for one."""
OVERDUE = "SELECT count(*) FROM recording r JOIN call c ON c.id = r.call WHERE r.due_at <= :at AND c.collector = :id"
"""Recordings owed for longer than the house allows (policy article 14.1)."""
FOR_EVER = date(2999, 12, 31)


def standing_of(ask: Ask, collector: int, at: int) -> Standing:
    """The standing of the staff member with key ``collector`` on the local date of ``at``."""
    found = ask(case_rows.COLLECTOR, {"id": collector})
    if not found:
        return Standing(missing=QUALIFICATIONS)
    held = [QualificationRow(*row) for row in ask(case_rows.QUALIFICATIONS, {"id": collector})]
    suspended = [
        f"suspended:{cause}/i{violation}" if violation else f"suspended:{cause}"
        for cause, violation in ask(SUSPENDED, {"id": collector, "at": at})
    ]
    left = changed(ask, collector, at)
    again = retraining.waiting(ask, collector)
    overdue = int(ask(OVERDUE, {"id": collector, "at": at})[0][0])
    return _standing(CollectorRow(*found[0]), held, at, suspended=suspended, left=left, again=again, overdue=overdue)


def _standing(
    collector: CollectorRow,
    held: list[QualificationRow],
    at: int,
    *,
    suspended: Sequence[str],
    left: Sequence[Changed],
    again: Sequence[Waiting],
    overdue: int,
) -> Standing:
    """What is missing, and until when the rest holds: a qualification is good through its last date.

    ``suspended``: for a violation of article 9 that was grave or repeated, or for another cause, until somebody lets
    them back. ``left``: changed texts that are still to be read or examined on. ``again``: sections to learn
    again.
    """
    clock = clock_for(HOUSE_ZONE)
    today = date.fromordinal(clock.day(at))
    ends = _ends(held, today)
    late = (*lacking(left, today), *retraining.lacking(again, today))
    missing = (*(kind for kind in QUALIFICATIONS if kind not in ends), *late)
    by = (*(each.due_on for each in left), *(each.due_on for each in again))
    last = min((*ends.values(), *by), default=None)
    until = Instant(clock.start_of((last + timedelta(days=1)).toordinal())) if last and not missing else None
    return Standing(
        collector=collector.number,
        qualified_until=until,
        missing=(*missing, *suspended),
        suspended=bool(suspended) or collector.status != "active",
        recordings_overdue=overdue,
    )


def _ends(held: list[QualificationRow], today: date) -> Mapping[str, date]:
    """The last good date of the longest-lasting qualification of each kind that has been passed by ``today``."""
    ends: dict[str, date] = {}
    for each in held:
        if date.fromisoformat(each.passed_on) <= today:
            last = date.fromisoformat(each.expires_on) if each.expires_on else FOR_EVER
            ends[each.kind] = max(last, ends.get(each.kind, last))
    return ends
