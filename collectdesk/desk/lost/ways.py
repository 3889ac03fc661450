"""The ways tried to reach a debtor (已尝试的方式, policy article 11.2), each with its date: for the file and the court.

Calls and visits, messages and letters by any organisation, notices, contact persons asked, new numbers with their
source, and referrals; nothing is added up that did not happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from collectdesk.desk.casebook import find

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import CaseFile

Way: TypeAlias = Literal["call", "contact", "message", "letter", "visit", "notice", "number", "referral"]
WRITTEN = {"text": "message", "email": "message", "app": "message", "letter": "letter", "visit": "visit"}


class Tried(Struct, frozen=True, kw_only=True):
    """One way tried.

    ``result``: how the line ended, a notice's kind, a number's source, whom it was referred to. ``org`` is another
    organisation's name, ``by`` one of our staff numbers. ``number`` and ``person`` are keys.
    """

    at: int
    way: Way
    direction: str = "out"
    result: str | None = None
    talk: str | None = None
    person: int | None = None
    role: str | None = None
    name: str | None = None
    number: int | None = None
    digits: str | None = None
    org: str | None = None
    by: str | None = None
    detail: str | None = None


def ways(session: Session, code: str) -> list[Tried]:
    """Everything tried on a case, oldest first.

    Raises:
        NotFound: there is no such case.
    """
    case = find(session, code)
    book = _Book(session, case)
    found = [*book.contacts(), *book.notices(), *book.numbers_found(), *book.referrals()]
    return sorted(found, key=lambda each: (each.at, each.way))


class _Book:
    """The names the rows need, read once."""

    def __init__(self, session: Session, case: CaseFile) -> None:
        from sqlmodel import col, select

        from collectdesk.store import tables as t

        self.session, self.case = session, case
        self.staff = {row.id: row.number for row in session.execute(select(t.Staff)).scalars()}
        self.orgs = {row.id: row for row in session.execute(select(t.Org)).scalars()}
        parties = select(t.CaseParty, t.Person).join(t.Person, col(t.Person.id) == col(t.CaseParty.person))
        found = session.execute(parties.where(col(t.CaseParty.case_id) == case.id)).all()
        self.people: dict[int | None, tuple[str, str]] = {each.id: (each.name, party.role) for party, each in found}
        numbers = select(t.Number).where(col(t.Number.person).in_(list(self.people)))
        self.numbers = {row.id: row.number for row in session.execute(numbers).scalars()}

    def contacts(self) -> list[Tried]:
        """Calls, messages, letters and visits on this case, by whomever."""
        from sqlmodel import col, select

        from collectdesk.store.tables import ContactEvent

        asked = select(ContactEvent).where(
            col(ContactEvent.debtor) == self.case.debtor, col(ContactEvent.superseded_at).is_(None)
        )
        rows = [row for row in self.session.execute(asked).scalars() if not row.debts or self.case.id in row.debts]
        return [self._contact(row) for row in rows]

    def notices(self) -> list[Tried]:
        """Written notices."""
        from sqlmodel import col, select

        from collectdesk.store.tables import Notice

        asked = select(Notice).where(col(Notice.debtor) == self.case.debtor)
        rows = self.session.execute(asked).scalars()
        return [
            Tried(at=row.sent_at or row.received_at or 0, way="notice", result=row.kind)
            for row in rows
            if (not row.debts or self.case.id in row.debts) and (row.sent_at or row.received_at)
        ]

    def numbers_found(self) -> list[Tried]:
        """New numbers, each with its source."""
        return [
            Tried(
                at=step.at,
                way="number",
                result=str((step.content or {}).get("source")),
                number=step.subject,
                digits=self.numbers.get(step.subject),
                by=self._by(step.by_staff),
            )
            for step in self._steps("number")
            if step.act == "add"
        ]

    def referrals(self) -> list[Tried]:
        """Referrals to legal, mediation, a court or an address check."""
        from sqlmodel import col, select

        from collectdesk.store.tables import Referral

        asked = select(Referral).where(col(Referral.case_id) == self.case.id)
        return [
            Tried(at=row.at, way="referral", result=row.referred_to, by=self._by(row.by_staff), detail=row.basis)
            for row in self.session.execute(asked).scalars()
        ]

    def _steps(self, kind: str) -> list[Any]:
        from sqlmodel import col, select

        from collectdesk.store.tables import Step

        asked = select(Step).where(col(Step.kind) == kind, col(Step.case_id) == self.case.id).order_by(col(Step.id))
        return list(self.session.execute(asked).scalars())

    def _contact(self, row: Any) -> Tried:  # noqa: ANN401 - a contact_event
        name, role = self.people.get(row.person, (None, None))
        org = self.orgs.get(row.org)
        third = row.person is not None and row.person != self.case.debtor
        way: Any = WRITTEN.get(row.channel) or ("contact" if third else "call")
        return Tried(
            at=row.at,
            way=way,
            direction=row.direction,
            result=row.line,
            talk=row.talk,
            person=row.person,
            role=role,
            name=name,
            number=row.number,
            digits=self.numbers.get(row.number),
            org=None if org is None or org.own else org.name,
            by=self._by(row.by_staff),
        )

    def _by(self, key: int | None) -> str | None:
        return None if key is None else self.staff.get(key)
