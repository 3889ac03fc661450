"""What every kind of rule is: a condition over time, asked one way.

A kind answers ``state``: is the contact open at this instant, and when might that next change? Everything else — the
first permitted instant, how long it lasts, the fixed point over all rules — is the same for all kinds and lives in
``solver``. ``why`` gives the reason only where a rule objects, so that the common case pays nothing for it.
"""

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args

from msgspec import Meta, Struct, field

from collectdesk.gate.applies import When
from collectdesk.gate.calendar import Calendar
from collectdesk.gate.clock import LocalClock
from collectdesk.gate.decision import Confidence, Evidence, Releaser, Severity, Status
from collectdesk.gate.facts import FOREVER, Facts

T = TypeVar("T")
REMEMBERED = 4096
"""Local dates, some eleven years of them."""


class State(Struct, frozen=True, gc=False):
    """Open or closed, and the next instant after now at which that may differ (``None``: never by time alone)."""

    open: bool
    change: int | None


class Reason(Struct, frozen=True):
    """Why a rule objects: a stable code, whose act opens it (``None``: time does), and what was looked at."""

    code: str
    released_by: Releaser | None
    evidence: Evidence


class Ground(Struct, frozen=True):
    """Where a rule stands: the local clock and the calendar it is judged by.

    ``memo`` is what that one rule has worked out here of local dates, which never changes.
    """

    clock: LocalClock
    calendar: Calendar | None
    memo: dict[int, Any]

    def remember(self, day: int, worked_out: T) -> T:
        """Keep what was worked out of a local date; when too many are kept the memory starts afresh."""
        if len(self.memo) >= REMEMBERED:
            self.memo.clear()
        self.memo[day] = worked_out
        return worked_out


Seldom: TypeAlias = Literal["signed_on", "due_on", "amount", "placed_at", "status_at", "confirmed_at"]
"""Dates and sums that few rules read: of the debt, of its placing with us, of the number."""


class LooksBack(Struct, frozen=True):
    """What of the past can matter to a rule: what lets a whole book be judged without reading all of it.

    It speaks of a contact with the debtor and no consent, designation, hold or open permit on file. Events matter
    only if at least ``least`` of them are younger than ``events`` seconds at the instant asked about; else the rule
    answers, now and ever after, as if there were none. ``dates``: where given, only those on so many local dates, the
    one asked about among them, make up that least. ``dead``: beside those, calls that found a number dead matter for
    ever. Of a notice sent at least ``notices`` seconds ago only that it was sent matters, not when. ``seldom``: what
    else it reads, beside conditions, of the facts that hardly two cases share.
    """

    events: int = FOREVER
    least: int = 1
    dead: bool = False
    notices: int = FOREVER
    dates: int | None = None
    seldom: tuple[Seldom, ...] = ()


class InForce(Struct, frozen=True, forbid_unknown_fields=True):
    """Local dates from and to (both included) on which a text is in force; open where not given."""

    start: date | None = field(default=None, name="from")
    end: date | None = field(default=None, name="to")


Natural: TypeAlias = Annotated[int, Meta(ge=0)]
Positive: TypeAlias = Annotated[int, Meta(ge=1)]

OPEN = State(open=True, change=None)
CLOSED = State(open=False, change=None)
ALWAYS_IN_FORCE = InForce()
EVERYTHING = When()
EVER = LooksBack(seldom=get_args(Seldom))
NOTHING = LooksBack(events=0, notices=0)
DAY = 86_400


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all rules carry beside their own parameters.

    ``cite`` names the source at the level that was read; ``confidence`` says how sure we are (V text read … M from
    memory); ``severity`` *bar* blocks, *warn* must be acknowledged where ``needs_ack``. ``title``, ``cite``, ``text``
    (a paraphrase) and ``remedy`` are keyed by language; ``undetermined`` says what the text leaves open, shown as a
    warning wherever the stricter reading is what refuses.
    """

    id: str
    title: dict[str, str]
    cite: dict[str, str]
    status: Status
    confidence: Confidence
    severity: Severity = "bar"
    needs_ack: bool = False
    text: dict[str, str] = {}
    remedy: dict[str, str] = {}
    undetermined: dict[str, str] = {}
    in_force: InForce = ALWAYS_IN_FORCE
    when: When = EVERYTHING

    def needs_zone(self, facts: Facts) -> bool:
        """Whether the rule cannot be judged on this question without a local time."""
        return True

    @property
    def cautions(self) -> bool:
        """Whether ``caution`` may have something to say."""
        return False

    @property
    def looks_back(self) -> LooksBack:
        """What of the past can matter; a kind that does not say so looks back for ever, which costs speed only."""
        return EVER

    @property
    def kind(self) -> str:
        """The kind's name in a rulebook."""
        return str(self.__struct_config__.tag)

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open or closed at ``at`` (UTC seconds), and the next possible change."""
        raise NotImplementedError

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Why the rule is closed at ``at``; asked only when it is."""
        raise NotImplementedError

    def leaves_open(self, facts: Facts, ground: Ground, at: int) -> bool:
        """Whether a refusal at ``at`` rests on the stricter reading of what the text leaves ``undetermined``."""
        return True

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """Something to be warned of although the rule lets the contact through."""
        return None
