"""An objection is recorded (policy article 10.1): on a call or by another way, answered at once or with a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from collectdesk.desk import adoption, casebook, holds, our_words, steps
from collectdesk.desk.objections.terms import LIVE, local_day, noon, owed
from collectdesk.errors import N_, BadData
from collectdesk.store import journal
from collectdesk.store.engine import lock_row
from collectdesk.store.tables import Note, Objection
from collectdesk.store.words import OBJECTION_WAYS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.codes import Code
    from collectdesk.desk.office import Office

KIND: Literal["objection"] = "objection"
HANDLERS = ("collector", "lead", "admin", "officer")
"""Whose acts they are; the lifecycle's ``by`` says the same."""
SAID = 4
"""Letters, figures or Chinese characters an answer or a finding has at least."""
LONGEST = 4_000
CARD = "credit_card"
"""商业银行信用卡业务监督管理办法 第六十九条: an objection of a card holder is marked on the account."""


class New(Struct, frozen=True, kw_only=True):
    """An objection as it is told: keys of case, call and person, instants in UTC seconds."""

    case: int
    category: str
    content: str
    received_at: int
    evidence: str | None = None
    via: str = "call"
    call: int | None = None
    by_person: int | None = None
    answer: str | None = None

    def begins(self, code: Code) -> str:
        """The state it begins in."""
        if self.answer is None:
            return "open"
        return "closed" if self.via in LIVE and not code.answer_written else "answered"


def add(
    office: Office,
    case: str,
    *,
    category: str,
    content: str,
    via: str,
    received_on: date,
    evidence: str = "",
    answer: str = "",
) -> int:
    """Record an objection that did not come in a call at hand; its key.

    Raises:
        NotFound: no such case.
        BadData: the date is ahead or before the contract, a word is none of its list, a text says nothing.
        BarredWording: the answer holds wording that is not allowed.
        NotPermitted: a script account.
    """
    office.require_role(*HANDLERS)
    with office.reading() as session:
        found = casebook.find(session, case)
        code = _code(session.connection(), category, office.now())
    assert found.id is not None
    _require_way(via)
    says_something(content, N_("What is objected to is recorded in a sentence."))
    require_day(received_on, local_day(office.now()), found.signed_on)
    if answer:
        says_something(answer, N_("What was answered is recorded in a sentence."))
        our_words.require_clean(office, answer, f"{KIND}.answer", found.id)
    at = office.now()
    received_at = at if received_on == local_day(at) else noon(received_on)
    new = New(
        case=found.id, category=category, content=content, evidence=evidence or None, via=via,
        by_person=found.debtor, received_at=received_at, answer=answer or None,
    )  # fmt: skip
    with office.writer.begin() as connection:
        return record(connection, office, new, code, at)


def record(connection: Connection, office: Office, new: New, code: Code, at: int) -> int:
    """Write it, the hold, the mark on the account and the first step; its key.

    Args:
        connection: an open write transaction, also a call's.
        office: who records it.
        new: what was told.
        code: its kind as adopted.
        at: UTC seconds.
    """
    state = new.begins(code)
    term = owed(connection, code, local_day(new.received_at), at)
    done = state == "closed"
    cases = SQLModel.metadata.tables["case_file"]
    lock_row(connection, "case_file", new.case)  # rows are taken before the journal
    case = connection.execute(select(cases).where(cases.c.id == new.case)).one()
    hold = None if done else holds.put(
        connection, code.opens_hold or KIND, debtor=case.debtor, cases=(new.case,), cause=f"{KIND}.{code.code}",
        at=at, by=office.staff,
    )  # fmt: skip
    marked = not done and (case.type == CARD or code.annotates)
    row = {
        "case_id": new.case, "call": new.call, "category": new.category, "content": new.content,
        "evidence": new.evidence, "via": new.via, "by_person": new.by_person, "received_at": new.received_at,
        "due_on": None if done else term.due_on, "written": term.written, "annotated_at": at if marked else None,
        "answer": new.answer, "answered_at": None if new.answer is None else at, "status": state,
        "told_at": at if done else None, "told_how": new.via if done else None,
        "told_call": new.call if done else None, "reopened": 0, "by_staff": office.staff.id, "hold": hold,
    }  # fmt: skip
    made = connection.execute(insert(Objection), row).inserted_primary_key
    assert made is not None
    key = int(made[0])
    if marked:
        annotate(connection, office, new.case, key, code.code, at)
    kept = {name: row[name] for name in ("category", "content", "via", "due_on", "evidence", "answer") if row[name]}
    steps.record(connection, KIND, key, "record", state, at=at, by=office, case=new.case, content=kept)
    return key


def evidence(connection: Connection, office: Office, key: int, text: str, at: int) -> None:
    """Add what the debtor offers as evidence to an objection that was just recorded."""
    table = SQLModel.metadata.tables[KIND]
    row = connection.execute(select(table).where(table.c.id == key)).one()
    connection.execute(update(table).where(table.c.id == key).values(evidence=text))
    content = {"evidence": text}
    steps.record(connection, KIND, key, "evidence", row.status, at=at, by=office, case=row.case_id, content=content)


def annotate(connection: Connection, office: Office, case: int, key: int, mark: str, at: int) -> None:
    """Mark the account in its notes: ``mark`` is the kind of objection, or what became of it."""
    note = {"case_id": case, "by_staff": office.staff.id, "at": at, "content": f"[{KIND}] j{key} {mark}"}
    connection.execute(insert(Note), note)
    journal.append(
        connection, at=at, actor=office.staff.number, action="case.annotated", subject=f"case_file:{case}",
        after={"objection": key, "mark": mark},
    )  # fmt: skip


def says_something(text: str, message: str) -> None:
    """Refuse a text that says nothing, or too much.

    Raises:
        BadData: fewer than ``SAID`` letters, figures or characters, or more than ``LONGEST``.
    """
    if sum(map(str.isalnum, text)) < SAID:
        raise BadData("text_empty", message)
    if len(text) > LONGEST:
        raise BadData("text_long", N_("A text takes {most} characters at most."), most=LONGEST)


def require_day(day: date, today: date, since: str | None) -> None:
    """Refuse a day that cannot be: ahead, or before ``since``, a local date.

    Raises:
        BadData: it is.
    """
    if day > today:
        raise BadData("day_ahead", N_("{day} is ahead; today is {today}."), day=str(day), today=str(today))
    if since is not None and day < date.fromisoformat(since):
        raise BadData("day_before", N_("{day} is before {since}: that cannot be."), day=str(day), since=since)


def _require_way(via: str) -> None:
    if via not in OBJECTION_WAYS:
        raise BadData("no_such_way", N_("--channel is one of: {choices}."), choices=", ".join(OBJECTION_WAYS))


def _code(connection: Connection, category: str, at: int) -> Code:
    codes = adoption.codes(connection, at)
    if category not in {each.code for each in codes.of("objection")}:
        known = ", ".join(each.code for each in codes.of("objection"))
        raise BadData("no_such_category", N_("The kind of objection is one of: {choices}."), choices=known)
    return codes.get("objection", category)
