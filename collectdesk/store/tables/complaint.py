"""Complaints (投诉, policy article 10.2) through their whole life."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from collectdesk.store.columns import Row, count, instant, json_list, local_date, pk, ref, table, text, word
from collectdesk.store.words import COMPLAINT_CHANNELS, COMPLAINT_OUTCOMES, COMPLAINT_STATES


class Complaint(Row, table=True):
    """A complaint (投诉): goes to a lead who is not the person complained of.

    ``category`` and ``content`` are the first grievance; others are rows of ``grievance``. ``about`` is whom it is
    about, where that is somebody of the desk. The clock: ``term`` calendar days after ``received_on`` end on
    ``last_on``; ``due_on`` is the house's own date. ``asked_term`` and ``asked_by`` are an extension that waits for
    approval. ``upheld`` are the numbers of the grievances found to be right. ``assigned_to`` is empty where nobody of
    the desk may decide it.
    """

    __table_args__ = table(
        Index("ix_complaint_status", "status", "received_at"),
        CheckConstraint("assigned_to <> about", name="ck_complaint_handler_is_not_subject"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="ck_complaint_closed"),
    )
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    channel: str = word(*COMPLAINT_CHANNELS, default="call")
    category: str = text()
    content: str = text()
    about: int | None = ref("staff", optional=True)
    assigned_to: int | None = ref("staff", optional=True)
    received_at: int = instant()
    received_on: str = local_date()
    term: int = count(at_least=1)
    last_on: str = local_date()
    due_on: str = local_date()
    asked_term: int | None = count(at_least=1, optional=True)
    asked_by: int | None = ref("staff", optional=True)
    status: str = word(*COMPLAINT_STATES, default="in_hand")
    cause: str | None = text(optional=True)
    remedy: str | None = text(optional=True)
    upheld: list[int] = json_list()
    outcome: str | None = word(*COMPLAINT_OUTCOMES, optional=True)
    reply: str | None = text(optional=True)
    replied_on: str | None = local_date(optional=True)
    ended_on: str | None = local_date(optional=True)
    closed_at: int | None = instant(optional=True)
    by_staff: int = ref("staff")
    hold: int | None = ref("hold", optional=True)


class Grievance(Row, table=True):
    """A further grievance of a complaint (诉求), from number 2 on; its kind, words, and whom it is about."""

    __table_args__ = table(UniqueConstraint("complaint", "number"))
    id: int | None = pk()
    complaint: int = ref("complaint")
    number: int = count(at_least=2)
    category: str = text()
    content: str = text()
    about: int | None = ref("staff", optional=True)
    at: int = instant()
    by_staff: int = ref("staff")
