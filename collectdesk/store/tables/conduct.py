"""Conduct (行为规范, policy article 9): what the wording check met, violations, and who may not call for them."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, count, flag, instant, pk, ref, table, text, word
from collectdesk.store.words import CONDUCT_OUTCOMES, CONDUCT_SOURCES, CONDUCT_STATES, SUSPENSION_CAUSES


class ConductWarning(Row, table=True):
    """A hit of the wording check (用语): which entry, where; blocked, or kept as the debtor's own words."""

    __table_args__ = table(Index("ix_conduct_warning_staff", "staff", "at"))
    id: int | None = pk()
    staff: int = ref("staff")
    call: int | None = ref("call", optional=True)
    case_id: int | None = ref("case_file", optional=True)
    entry: str = text()
    place: str = text()
    blocked: bool = flag()
    debtors_words: bool = flag(default=False)
    at: int = instant()


class Violation(Row, table=True):
    """A violation of article 9 (违规) recorded against a member of staff and, where there was one, a call.

    ``complaint`` is the key of the complaint it came of. ``grave`` is what the house held of its kind that day.
    """

    __table_args__ = table(Index("ix_violation_staff", "staff", "recorded_at"), Index("ix_violation_status", "status"))
    id: int | None = pk()
    staff: int = ref("staff")
    kind: str = text()
    grave: bool = flag()
    source: str = word(*CONDUCT_SOURCES)
    call: int | None = ref("call", optional=True)
    case_id: int | None = ref("case_file", optional=True)
    warning: int | None = ref("conduct_warning", optional=True)
    complaint: int | None = count(at_least=1, optional=True)
    evidence: str = text()
    recorded_by: int = ref("staff")
    recorded_at: int = instant()
    status: str = word(*CONDUCT_STATES, default="recorded")
    outcome: str | None = word(*CONDUCT_OUTCOMES, optional=True)
    decided_by: int | None = ref("staff", optional=True)
    decided_at: int | None = instant(optional=True)


class Suspension(Row, table=True):
    """Why somebody may not call (停岗): a grave or repeated violation, or a decision; until a decision lifts it.

    Without a ``violation`` somebody of those who decide took them off the telephone, ``by_staff``, and said why.
    """

    __table_args__ = table(Index("ix_suspension_staff", "staff", "lifted_at"))
    id: int | None = pk()
    staff: int = ref("staff")
    violation: int | None = ref("violation", optional=True)
    cause: str = word(*SUSPENSION_CAUSES)
    reason: str | None = text(optional=True)
    by_staff: int | None = ref("staff", optional=True)
    from_at: int = instant()
    lifted_at: int | None = instant(optional=True)
    lifted_by: int | None = ref("staff", optional=True)
