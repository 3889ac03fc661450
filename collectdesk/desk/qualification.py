"""What qualifies a member of staff for the first call (上岗资格, policy article 13.1): vetting, confidentiality, exam.

Each is attested by another person; only the first administrator, whom nobody could attest, attests himself at
``init``. A new record does not erase an old one; the gate takes the longest lasting that has been passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from collectdesk.errors import N_, BadData, Busy, NotPermitted, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Member

ATTESTERS = ("lead", "admin", "officer")
FULL_MARKS = 100
AHEAD = N_("A qualification cannot be dated in the future.")
EXPIRED = N_("This exam has expired already.")


@dataclass(frozen=True)
class Qualified:
    """What somebody attests of a member of staff; what is ``None`` is not attested.

    Attributes:
        vetted_on: local date the vetting (背景审查) was passed.
        confidentiality_on: local date the confidentiality pledge (保密承诺) was signed.
        exam_on: local date the exam (考试) was passed.
        exam_score: its score, 0 to 100.
        exam_by: who examined.
        expires_on: the last local date the exam counts.
    """

    vetted_on: date | None = None
    confidentiality_on: date | None = None
    exam_on: date | None = None
    exam_score: int | None = None
    exam_by: str | None = None
    expires_on: date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is attested."""
        return not (self.vetted_on or self.confidentiality_on or self.exam_on)


def attest(session: Session, member: Member, wish: Qualified, *, by: Member, at: int, today: date) -> list[str]:
    """Write down what ``by`` attests of ``member``; the kinds that were recorded.

    Raises:
        NotPermitted: one cannot attest oneself, and only leads, admins and officers attest.
        UsageProblem: nothing is attested, or something belonging to the exam is missing.
        BadData: a date lies in the future, or the exam has expired.
        Busy: their admission record holds a concern, or refused them.
    """
    require_other(member.number, by)
    if wish.vetted_on is not None:
        _require_unopposed(session, member)
    return record(session, member, wish, by=by, at=at, today=today)


def require_other(number: str, by: Member) -> None:
    """Refuse attesting oneself, and attesting without the role for it.

    Raises:
        NotPermitted: it is so.
    """
    if number == by.number:
        raise NotPermitted(
            "attests_himself",
            N_("Nobody attests his own qualification."),
            hint=N_("Let another lead or admin sign in and record it."),
        )
    if by.role not in ATTESTERS:
        raise NotPermitted(
            "role_attests",
            N_("Qualifications are attested by a lead, an officer or an admin."),
            hint=N_("Let one of them sign in with `collectdesk login`."),
        )


def record(session: Session, member: Member, wish: Qualified, *, by: Member, at: int, today: date) -> list[str]:
    """The same without asking who may: for ``init``, where the first administrator stands alone."""
    check(wish, today)
    kinds = [kind for kind, facts in _rows(wish).items() if facts is not None]
    for kind in kinds:
        _insert(session, member, kind, _rows(wish)[kind] or {}, by, at)
    return kinds


def _require_unopposed(session: Session, member: Member) -> None:
    """An attestation takes the place of a vetting that was not made here, never of one that came to a concern."""
    from collectdesk.desk.admission.acts import against

    items = against(session, member.id)
    if items:
        raise Busy(
            "vetting_concern",
            N_("Their admission record stands against it: {items}."),
            hint=N_("`collectdesk staff admit {number}` clears it, item by item."),
            items=", ".join(items),
            number=member.number,
        )


def check(wish: Qualified, today: date) -> None:
    """Refuse what cannot be so.

    Raises:
        UsageProblem: nothing is attested, or something belonging to the exam is missing.
        BadData: a date lies in the future, or the exam has expired.
    """
    if wish.empty:
        raise UsageProblem(
            "nothing_attested",
            N_("Nothing to record was given."),
            hint=N_("Give --vetted, --confidentiality or --exam with their dates."),
        )
    if wish.exam_on and (wish.exam_score is None or not wish.exam_by or not wish.expires_on):
        raise UsageProblem(
            "exam_incomplete",
            N_("An exam needs its score, who examined, and until when it counts."),
            hint=N_("Give --score, --examiner and --expires."),
        )
    if any(day and day > today for day in (wish.vetted_on, wish.confidentiality_on, wish.exam_on)):
        raise BadData("date_ahead", AHEAD, hint=N_("Check the dates given."))
    if wish.expires_on and wish.expires_on < today:
        raise BadData("exam_expired", EXPIRED, hint=N_("Check the date of --expires."))
    if wish.exam_score is not None and not 0 <= wish.exam_score <= FULL_MARKS:
        raise BadData("exam_score", N_("A score lies between 0 and {marks}."), marks=FULL_MARKS)


def a_year_after(day: date) -> date:
    """The usual last day of an exam passed on ``day``."""
    return day + timedelta(days=365)


def _rows(wish: Qualified) -> dict[str, dict[str, object] | None]:
    """The columns of each kind that is attested."""
    plain = {"vetting": wish.vetted_on, "confidentiality": wish.confidentiality_on}
    rows: dict[str, dict[str, object] | None] = {
        kind: {"passed_on": day.isoformat()} if day else None for kind, day in plain.items()
    }
    expires = wish.expires_on.isoformat() if wish.expires_on else None
    exam = {"score": wish.exam_score, "by_whom": wish.exam_by, "expires_on": expires}
    rows["exam"] = {"passed_on": wish.exam_on.isoformat(), **exam} if wish.exam_on else None
    return rows


def _insert(session: Session, member: Member, kind: str, facts: Mapping[str, object], by: Member, at: int) -> None:
    from sqlalchemy import insert

    from collectdesk.store import journal
    from collectdesk.store.tables import Qualification

    row = {"staff": member.id, "kind": kind, "by_whom": by.number, "attested_by": by.id, "recorded_at": at, **facts}
    session.execute(insert(Qualification), row)
    journal.append(session, at=at, actor=by.number, action=f"qualify_{kind}", subject=f"staff:{member.id}", after=row)
