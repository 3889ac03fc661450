"""What a call left behind: promises, callbacks, objections, complaints, emergencies, warnings, notes."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store import columns as c
from collectdesk.store.columns import Row, flag, instant, json_list, local_date, money, pk, ref, table, text, word


class Promise(Row, table=True):
    """A promise to pay (承诺还款): amount, local date, designated channel."""

    __table_args__ = table(Index("ix_promise_case", "case_id", "pay_on"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    by_person: int = ref("person")
    amount: int = money()
    currency: str = text()
    pay_on: str = local_date()
    channel: str = text()
    status: str = word("open", "kept", "broken", "withdrawn", default="open")
    at: int = instant()
    by_staff: int = ref("staff")


class Callback(Row, table=True):
    """A callback booked at an instant the gate allows (回电)."""

    __table_args__ = table(Index("ix_callback_due", "collector", "status", "due_at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    person: int = ref("person")
    number: int | None = ref("number", optional=True)
    due_at: int = instant()
    purpose: str = text()
    status: str = word("open", "done", "missed", "withdrawn", default="open")
    collector: int = ref("staff")
    at: int = instant()


class Objection(Row, table=True):
    """An objection to the debt (异议): answered at once or owed by ``due_on``."""

    __table_args__ = table(Index("ix_objection_status", "status", "due_on"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    category: str = text()
    content: str = text()
    by_person: int | None = ref("person", optional=True)
    received_at: int = instant()
    due_on: str | None = local_date(optional=True)
    answer: str | None = text(optional=True)
    answered_at: int | None = instant(optional=True)
    status: str = word("open", "answered", "closed", default="open")
    by_staff: int = ref("staff")
    hold: int | None = ref("hold", optional=True)


class Complaint(Row, table=True):
    """A complaint (投诉): goes to a lead who is not the person complained of."""

    __table_args__ = table(Index("ix_complaint_status", "status", "received_at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    category: str = text()
    content: str = text()
    about: int | None = ref("staff", optional=True)
    assigned_to: int | None = ref("staff", optional=True)
    received_at: int = instant()
    due_on: str | None = local_date(optional=True)
    status: str = word("open", "in_hand", "closed", default="open")
    closed_at: int | None = instant(optional=True)
    by_staff: int = ref("staff")
    hold: int | None = ref("hold", optional=True)


class Emergency(Row, table=True):
    """A person in danger (突发情况): kind, who was alerted, when it was acknowledged."""

    __table_args__ = table(Index("ix_emergency_status", "status", "at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    kind: str = text()
    at: int = instant()
    by_staff: int = ref("staff")
    alerted: list[int] = json_list()
    acknowledged_by: int | None = ref("staff", optional=True)
    acknowledged_at: int | None = instant(optional=True)
    status: str = word("open", "acknowledged", "closed", default="open")
    content: str = c.free_text()
    hold: int | None = ref("hold", optional=True)


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


class Note(Row, table=True):
    """A note of the collector (备注), as written."""

    __table_args__ = table(Index("ix_note_case", "case_id", "at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    by_staff: int = ref("staff")
    at: int = instant()
    content: str = text()
