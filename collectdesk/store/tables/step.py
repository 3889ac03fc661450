"""Steps (经过): what was done, when and by whom, with everything the desk follows up; one table for every life."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, count, instant, json_value, pk, ref, table, text


class Step(Row, table=True):
    """One act on one thing: the row ``subject`` of the table ``kind``, and the ``state`` it led to.

    ``by_staff`` is empty where the desk acted by itself: a date that came, a payment that was imported. ``content``
    is what was recorded with the act; it may be destroyed with the case, its digest stays in the journal.
    """

    __table_args__ = table(Index("ix_step_subject", "kind", "subject"), Index("ix_step_case", "case_id", "at"))
    id: int | None = pk()
    kind: str = text()
    subject: int = count(at_least=1)
    case_id: int | None = ref("case_file", optional=True)
    act: str = text()
    state: str = text()
    by_staff: int | None = ref("staff", optional=True)
    at: int = instant()
    content: dict[str, object] | None = json_value(optional=True)
