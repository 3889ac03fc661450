"""Putting a matter to an outside officer (提交申请): a file of its own for them to read, its digest in the journal.

The file holds what they need and nothing to know the debtor by. It is sealed by its SHA-256: what was asked can be
shown to be what was asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk import four_eyes, steps
from collectdesk.desk.requests import officers
from collectdesk.desk.requests.matters import Fact, Put, chapter_of
from collectdesk.errors import N_, Busy, NotFound
from collectdesk.store import files, ids

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Request

KIND = "request"
DIRECTORY = "requests"


class Sheet(Struct, frozen=True):
    """What a request file says: its id, whose desk, what is asked, the choices, the facts; ``at`` in UTC seconds."""

    request: str
    company: str
    officer: str
    matter: str
    subject: str
    choices: tuple[str, ...]
    facts: tuple[Fact, ...]
    party: tuple[str, ...]
    at: int


class RequestLine(Struct, frozen=True):
    """A request in a list, with its answer where there is one; ``made_at`` in UTC seconds."""

    request: str
    matter: str
    officer: str
    status: str
    choices: tuple[str, ...]
    digest: str
    made_at: int
    answer: str | None
    reason: str | None
    reference: str | None
    answered_on: str | None
    answer_digest: str | None


class Asked(Struct, frozen=True):
    """A request that was made: its id, its file, and the file's SHA-256."""

    request: str
    file: Path
    digest: str


Render = Callable[[Sheet], bytes]


def ask(office: Office, name: str, officer: str, render: Render, out: Path | None = None) -> Asked:
    """Put the thing of the id ``name`` to an officer.

    Args:
        office: the desk, as somebody who is not party to it where there is anybody.
        name: the id, as ``k3``.
        officer: theirs, as ``x1``; the only one where it is empty.
        render: makes the file of the sheet.
        out: where it is written; a directory of the desk's unless given.
    Raises:
        NotFound: no such thing, no such officer, or no such directory.
        NotPermitted: somebody with less to do with it is there.
        Busy: somebody of the desk may decide it, it was put already, or the file is there.
    """
    at = office.now()
    place = out or files.private_directory(office.home.root / DIRECTORY)
    with office.writing() as session:
        put = chapter_of(name).put(session, name)
        _refuse_needless(session, put)
        four_eyes.require_scribe(office, session, put.party)
        asked = officers.to_ask(session, officer)
        row = _row(office, session, put, asked.id or 0, at)
        assert row.id is not None
        named = ids.public(KIND, row.id)
        file = out or place / f"{named}.html"
        if file.exists():
            raise Busy("file_exists", N_("A file is there already."), hint=N_("Give --out another name."))
        content = render(_sheet(office, session, put, named, name.strip(), asked.name, at))
        row.digest = hashlib.sha256(content).hexdigest()
        session.flush()
        kept = {"matter": put.matter, "officer": ids.public(officers.KIND, row.officer), "digest": row.digest}
        steps.record(session, KIND, row.id, "ask", row.status, at=at, by=office, case=put.case, content=kept)
        files.write_private(file, content)
        return Asked(named, file, row.digest)


def find(session: Session, name: str, *, lock: bool = False) -> Request:
    """The request of this id, such as ``u3``.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import Request

    key = ids.private(KIND, name.strip())
    row = session.get(Request, key, with_for_update=lock or None) if key else None
    if row is None:
        raise NotFound(
            "no_such_request",
            N_("There is no such request on this desk."),
            hint=N_("`collectdesk request list` shows them."),
        )
    return row


def listing(session: Session, *, everything: bool) -> list[RequestLine]:
    """The requests that wait for an answer, or all of them; the oldest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Request

    asked = select(Request).order_by(col(Request.id))
    rows = session.execute(asked if everything else asked.where(col(Request.status) == "open")).scalars()
    return [
        RequestLine(
            request=ids.public(KIND, row.id or 0),
            matter=row.matter,
            officer=ids.public(officers.KIND, row.officer),
            status=row.status,
            choices=tuple(row.choices),
            digest=row.digest,
            made_at=row.made_at,
            answer=row.answer,
            reason=row.reason or None,
            reference=row.reference,
            answered_on=row.answered_on,
            answer_digest=row.answer_digest,
        )
        for row in rows
    ]


def void(connection: Connection, table: str, subject: int, *, at: int, by: Office) -> None:
    """Nothing is asked any more about a thing that somebody of the desk decides, or that has ended."""
    from sqlmodel import col, select, update

    from collectdesk.store.tables import Request

    asked = select(col(Request.id), col(Request.case_id)).where(
        col(Request.matter).startswith(f"{table}."), col(Request.subject) == subject, col(Request.status) == "open"
    )
    for key, case in connection.execute(asked).all():
        assert key is not None
        connection.execute(update(Request).where(col(Request.id) == key).values(status="void"))
        steps.record(connection, KIND, key, "void", "void", at=at, by=by, case=case)


def _refuse_needless(session: Session, put: Put) -> None:
    from sqlmodel import col, select

    from collectdesk.store.tables import Request

    able = four_eyes.deciders(session, put.party)
    if able:
        raise Busy(
            "decided_here",
            N_("Somebody of this desk may decide this."),
            hint=N_("These may: {numbers}."),
            numbers=", ".join(person.number for person in able),
        )
    waiting = select(col(Request.id)).where(
        col(Request.matter) == put.matter, col(Request.subject) == put.subject, col(Request.status) == "open"
    )
    key = session.execute(waiting).scalars().first()
    if key is not None:
        raise Busy("asked_already", N_("It was put already: {request}."), request=ids.public(KIND, key))


def _row(office: Office, session: Session, put: Put, officer: int, at: int) -> Request:
    from collectdesk.store.tables import Request

    row = Request(
        matter=put.matter,
        subject=put.subject,
        case_id=put.case,
        officer=officer,
        party=sorted(put.party),
        choices=list(put.choices),
        digest="-",
        made_at=at,
        made_by=office.staff.id,
    )
    session.add(row)
    session.flush()
    return row


def _sheet(office: Office, session: Session, put: Put, named: str, subject: str, officer: str, at: int) -> Sheet:
    numbers = {person.id: person.number for person in four_eyes.people(session)}
    return Sheet(
        request=named,
        company=office.company.name,
        officer=officer,
        matter=put.matter,
        subject=subject,
        choices=put.choices,
        facts=put.facts,
        party=tuple(numbers[key] for key in sorted(put.party) if key in numbers),
        at=at,
    )
