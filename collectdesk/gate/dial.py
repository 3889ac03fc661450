"""What the gate is asked: ``collectdesk.dial/1`` as types.

Field names and enumerations are the contract's. An absent list is empty, an absent scalar is *unknown*
(``None``) and each rule says what unknown does to it; null means absent; a field that is not listed here is an
error. Instants are UTC seconds, fields ending in ``_on`` and ``as_of`` are local dates, amounts decimal strings.
"""

# unlike in the kinds' modules types are text here: only a question that comes as text needs them real
from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct, field

from collectdesk.gate.instant import EARLIEST, LATEST, Instant

# Python's \d knows the digits of every script, and its $ lets a line end follow
Amount: TypeAlias = Annotated[str, Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?$(?!\n)")]
WallTime: TypeAlias = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$(?!\n)")]
Weekday: TypeAlias = Annotated[int, Meta(ge=1, le=7)]
Seconds: TypeAlias = Annotated[float, Meta(ge=0)]

Channel: TypeAlias = Literal["voice", "voice_notice", "text", "email", "letter", "app", "visit"]
Purpose: TypeAlias = Literal[
    "collect", "remind", "callback", "answer_request", "answer_objection", "answer_complaint", "locate",
    "legal_notice", "litigation", "resume_dropped", "prevent_harm", "safety",
]  # fmt: skip
OrgKind: TypeAlias = Literal["lender", "agency", "buyer", "law_firm"]
DebtType: TypeAlias = Literal[
    "credit_card", "consumer_loan", "online_consumer_loan", "auto", "mortgage", "student", "medical",
    "business", "utility", "other",
]  # fmt: skip
DebtStatus: TypeAlias = Literal["open", "settled", "recalled", "assigned"]
Role: TypeAlias = Literal[
    "debtor", "co_debtor", "guarantor", "spouse", "parent", "guardian", "heir", "agent", "attorney", "contact",
    "employer", "bureau", "creditor", "other",
]  # fmt: skip
Line: TypeAlias = Literal[
    "answered", "dropped", "no_answer", "rejected", "busy", "switched_off", "unreachable", "suspended",
    "void_number", "voicemail", "voicemail_full", "ringless", "carrier_blocked", "network_failed",
    "not_dialled", "unknown",
]  # fmt: skip
NumberSource: TypeAlias = Literal[
    "contract", "application", "authorisation", "public", "told_by_contact", "bureau_authorised", "debtor",
    "unknown",
]  # fmt: skip
Opens: TypeAlias = Literal["hours", "cap", "rest", "place", "channel", "number", "contact", "workplace", "employer"]
HoldKind: TypeAlias = Literal[
    "cease", "attorney", "dispute", "objection", "complaint", "plan", "promise", "hardship", "moratorium",
    "disaster", "bereavement", "debt_adjustment", "bankruptcy", "litigation", "deceased", "incapacity", "minor",
    "settled", "recalled", "contact_refused", "emergency", "other",
]  # fmt: skip
NoticeKind: TypeAlias = Literal[
    "collection_start", "validation", "debt", "outsourcing", "assignment", "adverse_credit", "dispute_and_sue"
]


class Fact(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A piece of the question: immutable, and strict about its field names.

    What cannot be altered cannot be made to hold itself, so there is no cycle for a collector to look for.
    """


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


class Interval(Fact, frozen=True):
    """A half-open stretch of time."""

    start: Instant | None = field(default=None, name="from")
    end: Instant | None = field(default=None, name="to")


class Weekly(Fact, frozen=True):
    """A stretch of wall-clock time on some weekdays (1 = Monday), never across midnight."""

    days: tuple[Weekday, ...] | None = ()
    start: WallTime | None = field(default=None, name="from")
    end: WallTime | None = field(default=None, name="to")

    def __post_init__(self) -> None:
        """A stretch that ends before it begins would silently be none."""
        if self.begins >= self.ends:
            raise ValueError("Expected `from` before `to`, within one day")

    @property
    def begins(self) -> str:
        """The wall time it begins at; the day's beginning where none is given."""
        return self.start or "00:00"

    @property
    def ends(self) -> str:
        """The wall time it ends at; the day's end where none is given."""
        return self.end or "24:00"


class DateRange(Fact, frozen=True):
    """Local dates, both ends included."""

    start: date | None = field(default=None, name="from")
    end: date | None = field(default=None, name="until")

    def __post_init__(self) -> None:
        """A range that ends before it begins would silently be none."""
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError("Expected the first date not after the last")


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
