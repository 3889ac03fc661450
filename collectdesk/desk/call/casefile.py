"""A case as a call needs it: who, what is owed, on which terms, what happened; read once a question, never kept."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from collectdesk.desk.fact_parts import past_due

OBLIGORS = ("co_debtor", "guarantor", "guardian", "heir")
"""Who owes beside the debtor or for them (还款义务人)."""

AGENTS = ("agent", "attorney")


class Party(Struct, frozen=True, kw_only=True):
    """Somebody in the case, in one role."""

    person: int
    name: str
    role: str
    relation: str | None = None
    capacity: str | None = None
    id_kind: str | None = None
    id_number: str | None = None
    born_on: str | None = None
    city: str | None = None
    reserved: bool | None = None
    authority_from: int | None = None
    authority_until: int | None = None
    authority_evidence: str | None = None
    may_know_basis: str | None = None

    def authorised(self, at: int) -> bool:
        """Whether a recorded authority (授权) holds at ``at``."""
        begun = self.authority_from is None or self.authority_from <= at
        lasts = self.authority_until is None or at < self.authority_until
        return self.role in AGENTS and bool(self.authority_evidence) and begun and lasts


class Line(Struct, frozen=True, kw_only=True):
    """A telephone number on the file."""

    id: int
    person: int
    number: str
    class_: str
    place: str
    source: str
    status: str


class Amounts(Struct, frozen=True, kw_only=True):
    """The statement in force: minor units of ``currency``, as of a local date."""

    as_of: str
    principal: int
    interest: int
    fees: int
    total: int
    currency: str
    days_past_due: int | None


class Term(Struct, frozen=True):
    """A contract term: its code, number and words."""

    code: str
    clause: str | None
    content: str | None
    in_cost_table: bool = False


class Consequence(Struct, frozen=True):
    """A consequence said to apply, with what its sentence needs."""

    code: str
    params: dict[str, str]


class Past(Struct, frozen=True, kw_only=True):
    """An earlier contact."""

    id: int
    at: int
    kind: str
    direction: str
    org: str | None
    own: bool
    line: str | None
    talk: str | None
    identity: str | None
    outcome: str | None = None


class Pledge(Struct, frozen=True, kw_only=True):
    """A promise to pay that was made before."""

    id: int
    amount: int
    currency: str
    pay_on: str
    status: str


class Channel(Struct, frozen=True):
    """A designated way to pay."""

    code: str
    label_zh: str
    label_en: str
    account: str | None


class Sent(Struct, frozen=True):
    """A written notice: its kind, when it was sent and came back."""

    kind: str
    sent_at: int | None
    received_at: int | None
    returned_at: int | None


class Held(Struct, frozen=True):
    """A hold in force."""

    kind: str
    received_at: int
    until: int | None


class Disputed(Struct, frozen=True, kw_only=True):
    """An objection of which the debtor has not been told the answer."""

    id: int
    category: str
    content: str
    evidence: str | None
    status: str
    due_on: str | None
    written: bool
    finding: str | None
    found: str | None
    answer: str | None
    by_person: int | None


class CaseFile(Struct, frozen=True, kw_only=True):
    """The whole of it; ``paid`` is what came since the statement, in its minor units."""

    id: int
    code: str
    debtor: Party
    parties: tuple[Party, ...]
    numbers: tuple[Line, ...]
    company: str
    company_kind: str | None
    creditor: int
    creditor_name: str
    hotline: str | None
    identity_items: tuple[str, ...]
    languages: tuple[str, ...]
    contract_no: str
    product: str | None
    type: str | None
    status: str
    signed_on: str | None
    due_on: str | None
    statement: Amounts | None
    terms: tuple[Term, ...]
    consequences: tuple[Consequence, ...]
    channels: tuple[Channel, ...]
    notices: tuple[Sent, ...]
    holds: tuple[Held, ...]
    history: tuple[Past, ...]
    promises: tuple[Pledge, ...]
    paid: int = 0
    language: str | None
    address: str | None
    zone: str
    disputed: tuple[Disputed, ...] = ()

    @property
    def left(self) -> int:
        """What the statement leaves owed after what was paid since, in minor units; none without a statement."""
        return max(0, self.statement.total - self.paid) if self.statement else 0

    def local(self, at: int) -> datetime:
        """What the clock shows where the debtor is."""
        return datetime.fromtimestamp(at, ZoneInfo(self.zone))

    def today(self, at: int) -> date:
        """The local date where the debtor is."""
        return self.local(at).date()

    def days_past_due(self, today: date) -> int | None:
        """Days overdue on ``today``, as the gate counts them."""
        stated = self.statement
        said, as_of = (stated.days_past_due, stated.as_of) if stated else (None, None)
        return past_due(said, as_of, self.due_on, today)

    def party(self, person: int) -> Party | None:
        """Whoever ``person`` is in this case."""
        return next((each for each in (self.debtor, *self.parties) if each.person == person), None)

    def number(self, key: int | None) -> Line | None:
        """The number with that key."""
        return next((each for each in self.numbers if each.id == key), None)
