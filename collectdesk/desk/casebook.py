"""The case book (案卷): one case with all that is known of it, its search, and the act of unmasking.

Rows are handed out as they are; the face masks them. Unmasking is an act: journalled, its reason kept as a note.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from collectdesk.desk.fact_parts import past_due
from collectdesk.desk.reason import says
from collectdesk.errors import N_, NotFound, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.desk.payments.ledger import Balance, Paid
    from collectdesk.store.tables import (
        CaseConsequence,
        CaseFile,
        CaseParty,
        ContractTerm,
        Number,
        Person,
        Statement,
    )

MOST_FOUND = 50
SHORTEST = 2
UNMASKED = "unmask"


@dataclass(frozen=True)
class PartyView:
    """Somebody of the case: their part in it, themselves, their numbers."""

    party: CaseParty
    person: Person
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class CaseView:
    """A case and all that hangs on it; ``open`` holds rows by table: holds, promises, callbacks …, newest first."""

    case: CaseFile
    creditor: str
    team: str | None
    collector: str | None
    parties: tuple[PartyView, ...]
    statement: Statement | None
    terms: tuple[ContractTerm, ...]
    consequences: tuple[CaseConsequence, ...]
    open: dict[str, tuple[Any, ...]]
    contacts: int
    payments: tuple[Paid, ...] = ()
    balance: Balance | None = None

    @property
    def debtor(self) -> PartyView:
        """The debtor."""
        return next(view for view in self.parties if view.person.id == self.case.debtor)

    def days_past_due(self, today: date) -> int | None:
        """Days overdue on ``today``, as the gate and the call count them."""
        stated = self.statement
        said, as_of = (stated.days_past_due, stated.as_of) if stated else (None, None)
        return past_due(said, as_of, self.case.due_on, today)


@dataclass(frozen=True)
class CaseLine:
    """A case as a search finds it."""

    code: str
    name: str
    creditor: str
    product: str | None
    status: str
    total: int | None
    currency: str | None
    collector: str | None


def find(session: Session, code: str) -> CaseFile:
    """The case of this number.

    Raises:
        NotFound: there is none.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile

    wanted = code.strip()
    row = session.execute(select(CaseFile).where(col(CaseFile.code).in_({wanted, wanted.upper()}))).scalars().first()
    if row is None:
        raise NotFound(
            "no_such_case", N_("There is no such case on this desk."), hint=N_("`collectdesk case search` finds one.")
        )
    return row


def read(session: Session, code: str) -> CaseView:
    """A case and all that hangs on it.

    Raises:
        NotFound: there is none.
    """
    from sqlmodel import col, func, select

    from collectdesk.store.tables import CaseConsequence, ContactEvent, ContractTerm, Org, Staff, Statement, Team

    case = find(session, code)
    newest = select(Statement).where(Statement.case_id == case.id)
    newest = newest.order_by(col(Statement.as_of).desc(), col(Statement.imported_at).desc(), col(Statement.id).desc())
    collector = session.get(Staff, case.collector) if case.collector else None
    team = session.get(Team, case.team) if case.team else None
    creditor = session.get(Org, case.creditor)
    assert creditor is not None
    contacts = (
        select(func.count())
        .select_from(ContactEvent)
        .where(ContactEvent.debtor == case.debtor, col(ContactEvent.superseded_at).is_(None))
    )
    return CaseView(
        case,
        creditor.name,
        team.name if team else None,
        collector.number if collector else None,
        _parties(session, case),
        session.execute(newest).scalars().first(),
        tuple(session.execute(select(ContractTerm).where(ContractTerm.case_id == case.id)).scalars()),
        tuple(session.execute(select(CaseConsequence).where(CaseConsequence.case_id == case.id)).scalars()),
        _open(session, case),
        session.execute(contacts).scalar_one(),
        *_paid(session, case),
    )


def search(session: Session, words: str) -> list[CaseLine]:
    """Cases whose number, contract, debtor's name, document or telephone number holds ``words``.

    A single character is looked for as a surname (姓): where a debtor's name begins with it. At most ``MOST_FOUND``,
    by number.

    Raises:
        UsageProblem: a single letter, digit or sign, or nothing.
    """
    from sqlmodel import col, or_, select

    from collectdesk.store.tables import CaseFile, Org, Person, Staff

    wanted = words.strip()
    if len(wanted) < SHORTEST and not _may_be_surname(wanted):
        raise UsageProblem(
            "search_short", N_("Give at least two characters to look for, or a surname in Chinese."), hint=""
        )
    matches = _matches(wanted) if len(wanted) >= SHORTEST else [col(Person.name).startswith(wanted, autoescape=True)]
    asked = (
        select(CaseFile, Person.name, Org.name, Staff.number)
        .join(Person, col(Person.id) == col(CaseFile.debtor))
        .join(Org, col(Org.id) == col(CaseFile.creditor))
        .join(Staff, col(Staff.id) == col(CaseFile.collector), isouter=True)
        .where(or_(*matches))
        .order_by(col(CaseFile.code))
        .limit(MOST_FOUND)
    )
    rows = session.execute(asked).all()
    sums = _sums(session, [case.id for case, *_rest in rows if case.id is not None])
    return [_line(case, name, creditor, collector, sums) for case, name, creditor, collector in rows]


def _may_be_surname(wanted: str) -> bool:
    """Whether a name may consist of such characters: of a script that has no upper and lower case."""
    return len(wanted) == 1 and unicodedata.category(wanted) == "Lo"


def _matches(wanted: str) -> list[ColumnElement[bool]]:
    """Where ``wanted`` may stand; telephone numbers are looked into for four digits or more."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, CaseParty, Number, Person

    digits = "".join(char for char in wanted if char.isdigit())
    having = select(Number.person).where(col(Number.number).contains(digits, autoescape=True))
    concerned = select(CaseParty.case_id).where(col(CaseParty.person).in_(having))
    places = (CaseFile.code, CaseFile.contract_no, Person.name, Person.id_number)
    matches = [col(place).icontains(wanted, autoescape=True) for place in places]
    return [*matches, col(CaseFile.id).in_(concerned)] if len(digits) >= SHORTEST * 2 else matches


def unmask(office: Office, code: str, reason: str) -> None:
    """Write down that somebody looked at the names and numbers of a case, and why.

    Raises:
        UsageProblem: no reason.
        NotFound: no such case.
    """
    from collectdesk.store import journal
    from collectdesk.store.tables import Note

    if not says(reason):
        raise UsageProblem(
            "unmask_reason", N_("Names and numbers are shown in full only for a reason."), hint=N_("Give --reason.")
        )
    with office.writing() as session:
        case = find(session, code)
        assert case.id is not None
        at = office.now()
        session.add(Note(case_id=case.id, by_staff=office.staff.id, at=at, content=f"[{UNMASKED}] {reason.strip()}"))
        session.flush()
        journal.append(
            session,
            at=at,
            actor=office.staff.number,
            action=UNMASKED,
            subject=f"case_file:{case.id}",
            after={"reason": reason.strip()},
        )


def _line(
    case: CaseFile, name: str, creditor: str, collector: str | None, sums: Mapping[int, tuple[int, str]]
) -> CaseLine:
    assert case.id is not None
    total, currency = sums.get(case.id, (None, None))
    return CaseLine(case.code, name, creditor, case.product, case.status, total, currency, collector)


def _parties(session: Session, case: CaseFile) -> tuple[PartyView, ...]:
    """The debtor first, then the others as they were brought in."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseParty, Number, Person

    asked = select(CaseParty, Person).join(Person, col(Person.id) == col(CaseParty.person))
    rows = session.execute(asked.where(CaseParty.case_id == case.id).order_by(col(CaseParty.id))).all()
    people = [person.id for _party, person in rows]
    held = (
        session.execute(select(Number).where(col(Number.person).in_(people)).order_by(col(Number.id))).scalars().all()
    )
    views = [
        PartyView(party, person, tuple(number for number in held if number.person == person.id))
        for party, person in rows
    ]
    return tuple(sorted(views, key=lambda view: view.person.id != case.debtor))


def _open(session: Session, case: CaseFile) -> dict[str, tuple[Any, ...]]:
    """What stands open or was agreed, by table."""
    from sqlmodel import col, select

    from collectdesk.store import tables as t

    of_debtor = (t.Hold, t.Designation, t.Consent, t.Notice)
    of_case = (t.Promise, t.Callback, t.Objection, t.Complaint, t.Emergency, t.Plan)
    asked: list[tuple[Any, Any]] = [(table, select(table).where(table.debtor == case.debtor)) for table in of_debtor]
    asked += [(table, select(table).where(table.case_id == case.id)) for table in of_case]
    return {
        table.__name__.lower(): tuple(session.execute(rows.order_by(col(table.id).desc())).scalars())
        for table, rows in asked
    }


def _paid(session: Session, case: CaseFile) -> tuple[tuple[Paid, ...], Balance | None]:
    """The payments of a case and what is left of its statement."""
    from collectdesk.desk.payments import ledger

    assert case.id is not None
    connection, key = session.connection(), case.id
    return tuple(ledger.payments(connection, (key,)).get(key, ())), ledger.balances(connection, (key,)).get(key)


def _sums(session: Session, cases: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The newest amount of each case."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Statement

    asked = select(Statement).where(col(Statement.case_id).in_(cases))
    rows = session.execute(asked.order_by(col(Statement.as_of), col(Statement.imported_at), col(Statement.id)))
    return {row.case_id: (row.total, row.currency) for row in rows.scalars()}
