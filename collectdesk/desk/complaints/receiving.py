"""Receiving a complaint (受理投诉): the case freezes at once, and it goes to somebody it is not about.

A call writes over its connection, other channels over a session's; what happens is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import adoption, four_eyes, holds, steps
from collectdesk.desk.complaints.clock import clocks, today
from collectdesk.errors import N_, BadData, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Office

NAME = "complaint"
SAID = 4
"""Letters, figures or Chinese characters a grievance has at least."""


@dataclass(frozen=True)
class Received:
    """A complaint as it came in.

    Attributes:
        case: key of the case; ``debtor`` of its debtor.
        channel: how it came, a word of ``COMPLAINT_CHANNELS``.
        category: a code of the adopted kind *complaint*.
        content: the grievance in their words.
        about: key of the member of staff it is about, if it is about one.
        received_on: the house's local date it came in.
        call: key of the call it was made on.
    """

    case: int
    debtor: int
    channel: str
    category: str
    content: str
    about: int | None
    received_on: date
    call: int | None = None


def receive(connection: Connection, office: Office, wish: Received, at: int) -> int:
    """Freeze the case and put the complaint before whoever handles it; its key."""
    from sqlalchemy import insert

    from collectdesk.store.tables import Complaint

    clock = clocks(connection, at).first(wish.received_on)
    handler = first_handler(connection, {wish.about} if wish.about else set())
    state = "in_hand" if handler else "waiting"
    hold = holds.put(connection, NAME, debtor=wish.debtor, cases=(wish.case,), cause=NAME, at=at, by=office.staff)
    row: dict[str, object] = {
        "case_id": wish.case, "call": wish.call, "channel": wish.channel, "category": wish.category,
        "content": wish.content, "about": wish.about, "assigned_to": handler, "received_at": at,
        "received_on": wish.received_on.isoformat(), "term": clock.term, "last_on": clock.last_on.isoformat(),
        "due_on": clock.due_on.isoformat(), "status": state, "by_staff": office.staff.id, "hold": hold, "upheld": [],
    }  # fmt: skip
    made = connection.execute(insert(Complaint), row).inserted_primary_key
    assert made is not None
    key = int(made[0])
    steps.record(connection, NAME, key, "receive", state, at=at, by=office, case=wish.case, content=row)
    return key


def first_handler(connection: Connection, subjects: set[int]) -> int | None:
    """Who handles a complaint about ``subjects``; none where nobody of the desk may."""
    return next((person.id for person in four_eyes.deciders(connection, subjects)), None)


def add(
    office: Office,
    case: str,
    *,
    channel: str,
    category: str,
    content: str,
    about: str = "",
    received_on: date | None = None,
) -> int:
    """Record a complaint that came by another way than a call; its key.

    Args:
        office: the desk, as whoever received it.
        case: the case's number.
        channel: how it came.
        category: what kind it is.
        content: the grievance in their words.
        about: staff number of whom it is about; empty for the company.
        received_on: when it came in; today unless given, never a day to come.
    Raises:
        NotFound: no such case or staff.
        BadData: the kind is unknown, the grievance says nothing, or the day cannot be.
    """
    from collectdesk.desk import casebook
    from collectdesk.desk import staff as people

    at = office.now()
    with office.writing() as session:
        row = casebook.find(session, case)
        subject = people.find(session, about).id if about else None
        known_category(session.connection(), category, at)
        day = received_on or today(at)
        refuse_future(day, at)
        assert row.id is not None
        wish = Received(row.id, row.debtor, channel, category, says_something(content, "--content"), subject, day)
        return receive(session.connection(), office, wish, at)


def says_something(content: str, flag: str = "--reason") -> str:
    """``content`` without the spaces around it; ``flag`` gives it.

    Raises:
        BadData: nothing is said in it.
    """
    if sum(map(str.isalnum, content)) < SAID:
        raise BadData("complaint_empty", N_("What is recorded here is said in a sentence: {flag}."), flag=flag)
    return content.strip()


def referenced(reference: str) -> str:
    """What a piece of evidence is called where it is kept, without the spaces around it.

    Raises:
        BadData: nothing is named.
    """
    if not any(map(str.isalnum, reference)):
        raise BadData("reference_missing", N_("Say what it is called where it is kept."), hint=N_("Give --reference."))
    return reference.strip()


def known_category(connection: Connection, category: str, at: int) -> None:
    """Refuse a kind of complaint that was not adopted.

    Raises:
        UsageProblem: it was not; names those that were.
    """
    known = categories(connection, at)
    if category not in known:
        raise UsageProblem(
            "no_such_category", N_("There is no such kind of complaint."), hint=N_("One of: {codes}."),
            codes=" ".join(known),
        )  # fmt: skip


def categories(where: adoption.Where, at: int) -> list[str]:
    """The kinds of complaint that are adopted."""
    found = adoption.in_force(where, "codes", at)
    return [code.code for each in found for code in each.value.fields["complaint"].codes]


def refuse_future(day: date, at: int) -> None:
    """Refuse a day that has not come.

    Raises:
        BadData: it has not.
    """
    if day > today(at):
        raise BadData("day_to_come", N_("That day has not come yet."))
