"""What the gate is asked: ``collectdesk.dial/1`` as types.

Field names are the contract's, and so are the words of ``vocabulary``. An absent list is empty, an absent scalar is
*unknown* (``None``) and each rule says what unknown does to it; null means absent; a field that is not listed here is
an error. Instants are UTC seconds, fields ending in ``_on`` and ``as_of`` are local dates, amounts decimal strings.
"""

# unlike in the kinds' modules types are text here: only a question that comes as text needs them real
from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from collectdesk.gate.instant import EARLIEST, LATEST, Instant
from collectdesk.gate.periods import DateRange, Interval, Weekly
from collectdesk.gate.vocabulary import (
    Amount,
    Channel,
    DebtStatus,
    DebtType,
    Fact,
    HoldKind,
    Line,
    NoticeKind,
    NumberSource,
    Opens,
    OrgKind,
    Purpose,
    Role,
    Seconds,
)


class Place(Fact, frozen=True):
    """Where the debtor is: ISO 3166 country, ISO 3166-2 suffix, city."""

    country: str | None = None
    region: str | None = None
    city: str | None = None


class Zone(Fact, frozen=True):
    """One candidate time zone (IANA name) and where it was taken from."""

    zone: str
    source: (
        Literal["address", "mobile_code", "landline_code", "told", "creditor", "fixed"] | None
    ) = field(default=None, name="from")  # fmt: skip


class Attempt(Fact, frozen=True):
    """The contact that is asked about: who, on which number, through what, what for."""

    person: str | None = None
    number: str | None = None
    channel: Channel | None = None
    automated: bool | None = None
    purpose: Purpose | None = None
    debts: tuple[str, ...] | None = ()
    reply_to: str | None = None
    in_call: str | None = None


class Org(Fact, frozen=True):
    """An organisation that collects or for which it is collected."""

    id: str
    kind: OrgKind | None = None
    licensed: bool | None = None
    placed_at: Instant | None = None


class Debt(Fact, frozen=True):
    """One debt (账户); debts of one ``group`` count as one."""

    id: str
    creditor: str | None = None
    group: str | None = None
    type: DebtType | None = None
    signed_on: date | None = None
    due_on: date | None = None
    days_past_due: int | None = None
    as_of: date | None = None
    amount: Amount | None = None
    currency: str | None = None
    statement_at: Instant | None = None
    assigned_at: Instant | None = None
    status: DebtStatus | None = None


class Authority(Fact, frozen=True):
    """What lets an agent speak for the debtor, and since when."""

    since: Instant | None = field(default=None, name="from")
    until: Instant | None = None
    evidence: str | None = None


class Person(Fact, frozen=True):
    """Somebody who may be called, in the role they have towards the debtor."""

    id: str
    role: Role | None = None
    reserved: bool | None = None
    agreed: bool | None = None
    capacity: Literal["full", "limited", "none", "unknown"] | None = None
    born_on: date | None = None
    died_on: date | None = None
    authority: Authority | None = None
    treated_as_debtor: bool | None = None


class Number(Fact, frozen=True):
    """A telephone number with its owner, lawful source (来源) and state."""

    number: str
    person: str | None = None
    class_: Literal["mobile", "landline", "voip", "unknown"] | None = field(default=None, name="class")
    place: Literal["home", "work", "other", "none", "unknown"] | None = None
    source: NumberSource | None = None
    status: Literal["ok", "invalid", "wrong", "unknown"] | None = None
    status_at: Instant | None = None
    confirmed_at: Instant | None = None

    @property
    def tied_to(self) -> Literal["home", "work", "other", "none", "unknown"] | None:
        """The place a call to the number goes to; a mobile is tied to none unless another is known."""
        if self.place in (None, "unknown") and self.class_ == "mobile":
            return "none"
        return self.place


class Event(Fact, frozen=True):
    """A call, message or visit that happened, by whichever organisation."""

    id: str
    at: Instant
    recorded_at: Instant | None = None
    kind: Literal["call", "message", "visit"] | None = None
    org: str | None = None
    direction: Literal["out", "in"] | None = None
    person: str | None = None
    answered_by: str | None = None
    number: str | None = None
    channel: Channel | None = None
    automated: bool | None = None
    line: Line | None = None
    talk: Literal["none", "brief", "conversation", "unknown"] | None = None
    identity: Literal["verified", "failed", "refused", "not_asked"] | None = None
    ended_by: Literal["us", "them", "line", "unknown"] | None = None
    duration_s: Seconds | None = None
    message: Literal["none", "limited", "naming_debt"] | None = None
    debts: tuple[str, ...] | None = ()
    discussed: tuple[str, ...] | None = ()
    purpose: Purpose | None = None
    reply_to: str | None = None


class Consent(Fact, frozen=True):
    """What somebody agreed to: which rule it opens, for whom, how long, and the proof."""

    id: str
    opens: tuple[Opens, ...] | None = ()
    by: str | None = None
    to: str | None = None
    debts: tuple[str, ...] | None = ()
    numbers: tuple[str, ...] | None = ()
    channels: tuple[Channel, ...] | None = ()
    given_at: Instant | None = None
    start: Instant | None = field(default=None, name="from")
    until: Instant | None = None
    only: tuple[Interval, ...] | None = ()
    weekly: tuple[Weekly, ...] | None = ()
    via: Literal["call", "writing", "email", "app", "contract"] | None = None
    in_event: str | None = None
    evidence: str | None = None
    revoked_at: Instant | None = None


class Designation(Fact, frozen=True):
    """A debtor's inconvenient or wanted times, places, numbers, channels (不方便 / 指定)."""

    id: str
    by: str | None = None
    via: Literal["debtor", "agent", "creditor_note"] | None = None
    kind: Literal["barred", "only"] | None = None
    weekly: tuple[Weekly, ...] | None = ()
    dates: DateRange | None = None
    place: Literal["home", "work", "other", "none", "unknown"] | None = None
    number: str | None = None
    channel: Channel | None = None
    debts: tuple[str, ...] | None = ()
    start: Instant | None = field(default=None, name="from")
    until: Instant | None = None
    revoked_at: Instant | None = None


class Hold(Fact, frozen=True):
    """A reason to leave somebody or a debt alone (停催), with the purposes it still allows."""

    id: str
    kind: HoldKind | None = None
    cause: str | None = None
    debts: tuple[str, ...] | None = ()
    persons: tuple[str, ...] | None = ()
    received_at: Instant | None = None
    until: Instant | None = None
    lifted_at: Instant | None = None
    allows: tuple[Purpose, ...] | None = ()
    counsel_known: bool | None = None


class Notice(Fact, frozen=True):
    """A written notice that was sent."""

    kind: NoticeKind
    debts: tuple[str, ...] | None = ()
    person: str | None = None
    sent_at: Instant | None = None
    received_at: Instant | None = None
    returned_at: Instant | None = None


class Permit(Fact, frozen=True):
    """An open permit: somebody may be dialling right now."""

    id: str
    person: str | None = None
    number: str | None = None
    debts: tuple[str, ...] | None = ()
    at: Instant | None = None
    until: Instant | None = None
    shown: bool | None = None


class Standing(Fact, frozen=True):
    """Whether the collector may work (上岗资格)."""

    collector: str | None = None
    qualified_until: Instant | None = None
    missing: tuple[str, ...] | None = ()
    suspended: bool | None = None
    recordings_overdue: Annotated[int, Meta(ge=0)] | None = None


class OrgHistory(Fact, frozen=True):
    """How far one organisation's calls are known."""

    org: str
    complete_through: Instant | None = None


class History(Fact, frozen=True):
    """What the events can be trusted to cover."""

    complete_from: Instant | None = None
    complete_through: Instant | None = None
    by_org: tuple[OrgHistory, ...] | None = ()


class Dial(Fact, frozen=True, kw_only=True):
    """The whole question: ``collectdesk.dial/1``."""

    schema: Literal["collectdesk.dial/1"] | None = None
    id: str | None = None
    at: Instant
    lang: Literal["zh_CN", "en"] | None = None
    rulebooks: tuple[str, ...] | None = None
    place: Place | None = None
    zones: tuple[Zone, ...] | None = ()
    dial: Attempt
    own_org: Org | None = None
    orgs: tuple[Org, ...] | None = ()
    debts: tuple[Debt, ...] | None = ()
    persons: tuple[Person, ...] | None = ()
    numbers: tuple[Number, ...] | None = ()
    events: tuple[Event, ...] | None = ()
    consents: tuple[Consent, ...] | None = ()
    designations: tuple[Designation, ...] | None = ()
    holds: tuple[Hold, ...] | None = ()
    notices: tuple[Notice, ...] | None = ()
    permits: tuple[Permit, ...] | None = ()
    standing: Standing | None = None
    history: History | None = None

    def __post_init__(self) -> None:
        """Only a moment whose local time can be told can be judged."""
        if not EARLIEST < self.at < LATEST:
            raise ValueError("Expected `at` between the years 1900 and 9000")
