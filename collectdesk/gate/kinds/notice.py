"""Notices: how long after one the first contact may come, and which ones of the debtor's end all contact."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from collectdesk.gate.calendar import DayKind
from collectdesk.gate.consent import ConsentTerms
from collectdesk.gate.dial import Debt, Notice
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import DAY, OPEN, Ground, LooksBack, Natural, Reason, Rule, State
from collectdesk.gate.kinds.calendar_day import unconfirmed
from collectdesk.gate.kinds.states import consented
from collectdesk.gate.known import addressed
from collectdesk.gate.reply import ReplyTerms, as_reply
from collectdesk.gate.vocabulary import NoticeKind

BUSINESS_DAYS: tuple[DayKind, ...] = ("workday", "makeup_workday")
MOST_DAYS_APART = 40
"""So many dates at most lie between two business days."""


class Sent(Struct, frozen=True):
    """One notice: from when it counts, from when it opens, and until when it stands."""

    notice: Notice
    at: int
    opens: int
    until: int


class NoticeWait(Rule, frozen=True, kw_only=True, tag="notice_wait"):
    """No contact about a debt until ``days`` dates have passed since a notice of one of ``notices`` about it.

    The date after the notice's own is day 1; contact may come after the last of them, or, with ``on_last``, on it.
    ``business``: only working days of the rulebook's calendar count; a date no calendar knows is none, but no wait is
    longer than any calendar could make it. A notice that came back is none from then on, and one sent again begins
    anew. ``counted_from``: its being *sent*, its being *received* (unknown: it does not count), or the *later* of the
    two as far as known. ``since_placed``: only a notice since the debts were placed with the organisation that calls.
    ``missing`` *pass*: only a notice on file makes wait, where there is none contact is not held up; one that came back
    then makes wait as if it had not, for a letter that failed does not bring the call forward.
    """

    notices: tuple[NoticeKind, ...]
    days: Natural
    business: bool = False
    on_last: bool = False
    counted_from: Literal["sent", "received", "later"] = "sent"
    since_placed: bool = False
    missing: Literal["bar", "pass"] = "bar"

    @property
    def looks_back(self) -> LooksBack:
        """A notice older than its wait is as good as any."""
        longest = MOST_DAYS_APART * self.days if self.business else self.days
        if self.since_placed:
            return LooksBack(events=0, notices=FOREVER, seldom=("placed_at",))
        return LooksBack(events=0, notices=DAY * (longest + 3))

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open once the wait of every debt is over."""
        parts = [self._sent(debt, facts, ground) for debt in self._debts(facts)]
        edges = [edge for sent in parts for each in sent for edge in (each.at, each.opens, each.until)]
        later = [edge for edge in edges if at < edge < FOREVER]
        return State(all(self._open(sent, at) for sent in parts), min(later, default=None))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which debts have no notice yet, or one that is too new."""
        parts = []
        missing = False
        for debt in self._debts(facts):
            sent = self._sent(debt, facts, ground)
            if self._open(sent, at):
                continue
            first = min(self._heeded(sent, at), key=lambda each: each.opens, default=None)
            missing = missing or first is None
            parts.append(
                {
                    "subject": debt.id if debt else None,
                    "at": None if first is None else Instant(first.at),
                    "opens": None if first is None else Instant(first.opens),
                }
            )
        evidence = {
            "notices": list(self.notices),
            "days": self.days,
            "business": self.business,
            "zone": ground.clock.name,
            "parts": parts,
        }
        return Reason("notice_missing", "lead", evidence) if missing else Reason("notice_wait", None, evidence)

    @property
    def cautions(self) -> bool:
        """Where working days count, of which no notice may have settled one."""
        return self.business and self.days > 0

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """A date of a wait that no notice has settled yet, unless the wait were over however it is counted."""
        clock = ground.clock
        for debt in self._debts(facts):
            heeded = self._heeded(self._sent(debt, facts, ground), at)
            first = min(heeded, key=lambda each: each.opens, default=None)
            if first is None or clock.day(at) > clock.day(first.at) + MOST_DAYS_APART * self.days:
                continue
            for day in range(clock.day(first.at) + 1, clock.day(first.opens)):
                reason = unconfirmed(ground, clock.start_of(day))
                if reason is not None:
                    return reason
        return None

    def leaves_open(self, facts: Facts, ground: Ground, at: int) -> bool:
        """On the last date of a wait alone: whether it is over on that date is what texts do not say."""
        clock = ground.clock
        today = clock.day(at)
        sent = (self._sent(debt, facts, ground) for debt in self._debts(facts))
        heeded = (each for those in sent for each in self._heeded(those, at))
        return any(clock.day(each.opens) - 1 == today for each in heeded)

    def _debts(self, facts: Facts) -> Sequence[Debt | None]:
        """Those that need a notice: of one the rule does not speak of, nothing need be told."""
        return self.when.debts_spoken_of(facts) or (None,)

    def _open(self, sent: Sequence[Sent], at: int) -> bool:
        """Whether one notice has waited long enough; with ``missing`` *pass* also whether there is none to heed."""
        heeded = self._heeded(sent, at)
        return any(each.opens <= at for each in heeded) or (self.missing == "pass" and not heeded)

    def _heeded(self, sent: Sequence[Sent], at: int) -> list[Sent]:
        """Those that stand; where none need be on file, also one that came back, until its wait would be over."""
        makes_wait = self.missing == "pass"
        return [each for each in sent if each.at <= at and (at < each.until or (makes_wait and at < each.opens))]

    def _sent(self, debt: Debt | None, facts: Facts, ground: Ground) -> list[Sent]:
        """The notices about ``debt``, each with what it opens."""
        own = facts.dial.own_org
        placed = own.placed_at if own is not None and self.since_placed else None
        found = []
        for notice in facts.dial.notices or ():
            at = self._counts_from(notice)
            if at is None or notice.kind not in self.notices or not addressed(notice, debt, facts):
                continue
            if placed is not None and ground.clock.day(at) < ground.clock.day(placed):
                continue
            until = FOREVER if notice.returned_at is None else int(notice.returned_at)
            found.append(Sent(notice, at, self._opens(at, ground), until))
        return found

    def _counts_from(self, notice: Notice) -> int | None:
        if self.counted_from == "received":
            return notice.received_at
        known = [each for each in (notice.sent_at, notice.received_at) if each is not None]
        return max(known, default=None) if self.counted_from == "later" else next(iter(known), None)

    def _opens(self, at: int, ground: Ground) -> int:
        """The first instant the wait after a notice of ``at`` is over."""
        clock = ground.clock
        day = clock.day(at)
        last = self._last_day(day, ground)
        return max(at, clock.start_of(last if self.on_last and self.days else last + 1 if self.days else day))

    def _last_day(self, day: int, ground: Ground) -> int:
        """The last date of the wait after ``day``: where the calendar does not tell, the last it could be."""
        if not self.business or not self.days:
            return day + self.days
        left, furthest = self.days, day + MOST_DAYS_APART * self.days
        for each in range(day + 1, furthest):
            left -= _is_business_day(each, ground)
            if not left:
                return each
        return furthest


def _is_business_day(day: int, ground: Ground) -> bool:
    return ground.calendar is not None and ground.calendar.day(day).kind in BUSINESS_DAYS


class NoticeStop(Rule, frozen=True, kw_only=True, tag="notice_stop"):
    """No contact about a debt once a notice of one of ``notices`` about it was received (sent, where that is unknown).

    One that came back stops nothing any more. A consent of ``consent``'s terms opens it; ``reply``: an answer to what
    the person began may pass.
    """

    notices: tuple[NoticeKind, ...]
    consent: ConsentTerms | None = None
    reply: ReplyTerms | None = None

    @property
    def looks_back(self) -> LooksBack:
        """A notice stops from its date on, and for ever."""
        return LooksBack(events=0)

    def needs_zone(self, facts: Facts) -> bool:
        """Only where a consent may be counted in dates."""
        return self.consent is not None and bool(facts.dial.consents)

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open until such a notice comes."""
        if not facts.dial.notices:
            return OPEN
        state = self._stopped(facts, at)
        if state.open:
            return state
        state = as_reply(self.reply, facts, ground.clock, at, state, lambda then: self._stopped(facts, then))
        return consented(state, self.consent, facts, ground.clock, at)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which notices came, and when."""
        came = [notice for notice, start, end in self._came(facts) if start <= at < end]
        evidence = {"notices": [{"kind": each.kind, "since": each.received_at or each.sent_at} for each in came]}
        return Reason("notice_stops", "debtor", evidence)

    def _stopped(self, facts: Facts, at: int) -> State:
        lives = [(start, end) for _, start, end in self._came(facts)]
        edges = [edge for life in lives for edge in life if at < edge < FOREVER]
        return State(not any(start <= at < end for start, end in lives), min(edges, default=None))

    def _came(self, facts: Facts) -> list[tuple[Notice, int, int]]:
        """The notices about this contact's debts, each with its life as a half-open stretch."""
        return [
            (each, _begun(each), FOREVER if each.returned_at is None else each.returned_at)
            for each in facts.dial.notices or ()
            if each.kind in self.notices
            and facts.overlaps_debts(each.debts)
            and (each.person is None or facts.attempt.person in (None, each.person))
        ]


def _begun(notice: Notice) -> int:
    known = [each for each in (notice.received_at, notice.sent_at) if each is not None]
    return next(iter(known), -FOREVER)
