"""Requests to officers outside the desk (外部合规人员), for what nobody of the desk may decide."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, count, free_text, instant, json_list, local_date, pk, ref, table, text, word


class OutsideOfficer(Row, table=True):
    """Somebody outside the desk who decides where four eyes are not to be had inside; has no sign-in."""

    id: int | None = pk()
    name: str = text()
    organisation: str = text()
    contact: str = text()
    registered_at: int = instant()
    registered_by: int = ref("staff")
    ended_at: int | None = instant(optional=True)


class Request(Row, table=True):
    """One matter put to an outside officer: the file that was written, and the answer with its evidence.

    ``matter`` is what is asked (``complaint.decide``), ``subject`` the key of the row it is about. ``digest`` is the
    file's SHA-256, ``answer_digest`` that of the file the answer came in. ``party`` are the keys of the staff who may
    neither decide it nor, where anybody else is there, enter the answer.
    """

    __table_args__ = table(Index("ix_request_subject", "matter", "subject"))
    id: int | None = pk()
    matter: str = text()
    subject: int = count(at_least=1)
    case_id: int | None = ref("case_file", optional=True)
    officer: int = ref("outside_officer")
    party: list[int] = json_list()
    choices: list[str] = json_list()
    digest: str = text()
    made_at: int = instant()
    made_by: int = ref("staff")
    status: str = word("open", "answered", "void", default="open")
    answer: str | None = text(optional=True)
    reason: str = free_text()
    reference: str | None = text(optional=True)
    answered_on: str | None = local_date(optional=True)
    answer_digest: str | None = text(optional=True)
    entered_at: int | None = instant(optional=True)
    entered_by: int | None = ref("staff", optional=True)
