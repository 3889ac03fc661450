"""What waits for one member of staff, in the order to see to it; a lead sees what is late in the team as well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.reminder import Reminder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Member

Group = Literal["danger", "approval", "complaint", "incident", "reply", "other"]
GROUPS: tuple[Group, ...] = ("danger", "approval", "complaint", "incident", "reply", "other")
"""The order of a lead's matters: a person in danger, then decisions, complaints, incidents, answers owed, the rest."""
URGENCIES = ("now", "overdue", "due", "soon")
APPROVALS = (
    "plan_approval", "complaint_extension", "emergency_release", "hold_lift", "destruction_approval",
    "quality_differ", "quality_reply",
)  # fmt: skip
GROUP_OF: tuple[tuple[str, Group], ...] = (
    ("complaint", "complaint"),
    ("emergency", "incident"),
    ("conduct", "incident"),
    ("objection", "reply"),
)
NEVER = 1 << 60


def group_of(reminder: Reminder) -> Group:
    """Which of a lead's matters it is."""
    if reminder.urgency == "now":
        return "danger"
    if reminder.kind in APPROVALS:
        return "approval"
    return next((group for start, group in GROUP_OF if reminder.kind.startswith(start)), "other")


def waiting(session: Session, staff: Member, now: int) -> list[Reminder]:
    """What waits for ``staff`` at ``now`` (UTC seconds): what is theirs, and of their team what is overdue."""
    from collectdesk.desk.today.chapters import reminders

    found = reminders(session, now)
    mine = [each for each in found if concerns(each, staff)]
    if staff.role not in DECIDING:
        return sorted(mine, key=_by_time)
    known = {(each.subject, each.case) for each in mine}
    team = _team(session, staff)
    late = [
        each
        for each in found
        if each.urgency == "overdue" and (each.subject, each.case) not in known and team.intersection(each.staff)
    ]
    return sorted([*mine, *late], key=lambda each: (GROUPS.index(group_of(each)), *_by_time(each)))


def concerns(reminder: Reminder, staff: Member) -> bool:
    """Whether it waits for ``staff``; one that names nobody waits for everybody who decides."""
    return staff.id in reminder.staff if reminder.staff else staff.role in DECIDING


def counted(found: Iterable[Reminder]) -> dict[str, int]:
    """How many there are of each urgency."""
    counts = dict.fromkeys(URGENCIES, 0)
    for each in found:
        counts[each.urgency] += 1
    return counts


def _by_time(reminder: Reminder) -> tuple[int, str, int, str, str]:
    day = reminder.due_on or "9999-12-31"
    at = NEVER if reminder.due_at is None else reminder.due_at
    return URGENCIES.index(reminder.urgency), day, at, reminder.kind, reminder.subject


def _team(session: Session, staff: Member) -> set[int]:
    """The keys of those whose superior or team is theirs."""
    from sqlmodel import col, or_, select

    from collectdesk.store.tables import Staff

    theirs = [col(Staff.superior) == staff.id]
    if staff.team is not None:
        theirs.append(col(Staff.team) == staff.team)
    asked = select(col(Staff.id)).where(or_(*theirs), col(Staff.id) != staff.id)
    return {int(key) for key in session.execute(asked).scalars() if key is not None}
