"""What waits because of the phone's records: each dial without a permit, and of the rest one reminder a kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import ranked
from collectdesk.desk.reminder import Reminder, Urgency

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.four_eyes import Person
    from collectdesk.store.tables import DialFinding

NAME = "dial_finding"
ALONE = ("no_permit", "other_number")
"""Found one by one: somebody was dialled whom the gate had not let be dialled."""
LATE = 2 * 86_400
"""Two days after it was found nobody has explained it."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """To explain, for those who decide and whose dial it was not; to close, for those who have not explained it."""
    from sqlmodel import col, select

    from collectdesk.desk.four_eyes import people
    from collectdesk.store.tables import CaseFile, DialFinding

    asked = select(DialFinding, CaseFile.code).join(CaseFile, col(CaseFile.id) == col(DialFinding.about), isouter=True)
    rows = session.execute(asked.where(col(DialFinding.status) != "closed").order_by(col(DialFinding.id))).all()
    if not rows:
        return []
    everybody, found = people(session), list[Reminder]()
    together: dict[tuple[str, str], list[DialFinding]] = defaultdict(list)
    for row, code in rows:
        if row.kind in ALONE or row.status == "explained":
            found.append(_one(row, code, everybody, now))
        else:
            together[row.kind, row.status].append(row)
    return found + [_several(kind, listed, now) for (kind, _status), listed in sorted(together.items())]


def _one(row: DialFinding, code: str | None, everybody: list[Person], now: int) -> Reminder:
    explained = row.status == "explained"
    about = {each for each in (row.staff, row.explained_by if explained else None) if each is not None}
    may = tuple(person.id for person in ranked(everybody, about))
    command = f"collectdesk calls {'close' if explained else 'explain'} df{row.id}"
    kind = "dial_confirm" if explained else f"dial_{row.kind}"
    return Reminder(kind, _urgency(row, now), f"df{row.id}", code, may, command, due_at=row.found_at)


def _several(kind: str, rows: list[DialFinding], now: int) -> Reminder:
    first = rows[0]
    command = f"collectdesk calls list --kind {kind}"
    return Reminder(f"dial_{kind}", _urgency(first, now), f"×{len(rows)}", None, (), command, due_at=first.found_at)


def _urgency(row: DialFinding, now: int) -> Urgency:
    return "overdue" if now > row.found_at + LATE else "due"
