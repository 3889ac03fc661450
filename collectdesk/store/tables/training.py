"""Admission and training (上岗审核与培训, policy article 13): vetting, exams, what was read again, exchange."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from collectdesk.store.columns import Row, count, flag, instant, json_list, local_date, pk, ref, table, text, word
from collectdesk.store.words import ADMISSION_STATES, EXAM_STATES, VETTING_RESULTS


class Admission(Row, table=True):
    """The admission record (入职审核) of a member of staff; one each. ``pledge`` is where the signed paper is kept."""

    id: int | None = pk()
    staff: int = ref("staff", unique=True)
    status: str = word(*ADMISSION_STATES, default="open")
    opened_at: int = instant()
    opened_by: int = ref("staff")
    signed_on: str | None = local_date(optional=True)
    pledge: str | None = text(optional=True)
    decided_at: int | None = instant(optional=True)
    decided_by: int | None = ref("staff", optional=True)


class VettingCheck(Row, table=True):
    """One thing that was checked before somebody was let to the telephone; the newest of an item counts."""

    __table_args__ = table(Index("ix_vetting_check_admission", "admission", "item"))
    id: int | None = pk()
    admission: int = ref("admission")
    item: str = text()
    result: str = word(*VETTING_RESULTS)
    checked_on: str = local_date()
    evidence: str = text()
    by_staff: int = ref("staff")
    at: int = instant()


class ExamAttempt(Row, table=True):
    """One try at a course's exam (考试): the questions as they were drawn, from which text, and how it ended.

    ``drawn`` holds ``{"question", "options"}`` in the order shown, so that the attempt reads the same for ever;
    ``digest`` is the course's. ``pass_mark`` and ``score`` are out of 100. ``section``: the one it was drawn from,
    where it is for learning that one again; none for the whole exam.
    """

    __table_args__ = table(Index("ix_exam_attempt_staff", "staff", "course", "started_at"))
    id: int | None = pk()
    staff: int = ref("staff")
    course: str = text()
    section: str | None = text(optional=True)
    version: str = text()
    digest: str = text()
    seed: int = count()
    drawn: list[dict[str, object]] = json_list()
    pass_mark: int = count()
    status: str = word(*EXAM_STATES, default="open")
    started_at: int = instant()
    until: int = instant()
    ended_at: int | None = instant(optional=True)
    score: int | None = count(optional=True)


class ExamAnswer(Row, table=True):
    """The answer to one question of an attempt, committed before the next was shown; ``chosen`` are option codes."""

    __table_args__ = table(UniqueConstraint("attempt", "question"))
    id: int | None = pk()
    attempt: int = ref("exam_attempt")
    question: str = text()
    chosen: list[str] = json_list()
    correct: bool = flag()
    at: int = instant()


class ExamRound(Row, table=True):
    """Further tries somebody was given once theirs were used up (重开考试)."""

    __table_args__ = table(Index("ix_exam_round_staff", "staff", "course"))
    id: int | None = pk()
    staff: int = ref("staff")
    course: str = text()
    reason: str = text()
    by_staff: int = ref("staff")
    at: int = instant()


class Reading(Row, table=True):
    """That somebody read a text that came into force after they were examined (重新学习)."""

    __table_args__ = table(UniqueConstraint("staff", "kind", "name", "digest"))
    id: int | None = pk()
    staff: int = ref("staff")
    kind: str = text()
    name: str = text()
    version: str = text()
    digest: str = text()
    at: int = instant()


class Exchange(Row, table=True):
    """A session in which experience was exchanged (经验交流): when, on what, who took part."""

    id: int | None = pk()
    held_on: str = local_date()
    topic: str = text()
    minutes: int | None = count(optional=True, at_least=1)
    by_staff: int = ref("staff")
    at: int = instant()


class ExchangePart(Row, table=True):
    """Somebody who took part in one."""

    __table_args__ = table(UniqueConstraint("exchange", "staff"))
    id: int | None = pk()
    exchange: int = ref("exchange")
    staff: int = ref("staff")


class Retraining(Row, table=True):
    """A section of the course somebody is to learn again (补训), after a review or a violation; ``due_on`` by when.

    It is done once they passed an exam of that section, ``attempt``; or dropped, where the violation was decided anew.
    """

    __table_args__ = table(Index("ix_retraining_staff", "staff", "at"))
    id: int | None = pk()
    staff: int = ref("staff")
    section: str = text()
    call: int | None = ref("call", optional=True)
    violation: int | None = ref("violation", optional=True)
    due_on: str = local_date()
    by_staff: int = ref("staff")
    at: int = instant()
    ended_at: int | None = instant(optional=True)
    attempt: int | None = ref("exam_attempt", optional=True)
