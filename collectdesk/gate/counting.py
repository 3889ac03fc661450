"""What an event counts as: one table of measures for every cap, gap and rest.

A measure answers whether one event counts and why (or why not), in words a dispute would ask for. Where a fact is
missing the event counts: *unknown is not zero*. Calls to a number later found wrong never count.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.gate.dial import Event
from collectdesk.gate.facts import Facts
from collectdesk.gate.scopes import SCOPES, Scope, about, ways
from collectdesk.gate.sort import OTHER_CHANNELS, OTHER_KINDS, UNSURE, Sort, is_call
from collectdesk.gate.vocabulary import Channel, DebtType

Measure: TypeAlias = Literal["dial", "connected", "unanswered", "answered", "talk", "contact", "touch"]

NOBODY = frozenset((
    "no_answer", "rejected", "busy", "switched_off", "unreachable", "suspended", "void_number", "voicemail",
    "voicemail_full", "ringless", "carrier_blocked", "network_failed", "not_dialled",
))  # fmt: skip
"""Line results at which no human answered."""

NOT_CONNECTED = frozenset((
    "busy", "switched_off", "unreachable", "suspended", "void_number", "carrier_blocked", "network_failed",
    "not_dialled",
))  # fmt: skip
"""Line results at which the number called was not reached at all."""


class Count(Struct, frozen=True, forbid_unknown_fields=True):
    """Which events count.

    ``of`` is the measure: *dial* (拨打) every call placed or shown to a collector; *connected* (拨通) one that
    reached the number; *unanswered* one at which this person did not answer; *answered* (接通) one this person
    answered; *talk* one with words exchanged; *contact* an answered call, a message left or written; *touch*
    anything at all. ``min_seconds`` is the length below which an answered call does not count. ``only``: the sort of
    contact that counts at all. ``about``: whether a call counts for *any* debt it was about, or only for those it was
    *allotted* to (opened on) and not for what the other side brought up. ``lumped``: where debts of one group count as
    one, so do debts of these types of which the group of either is not known.
    """

    of: Measure
    direction: Literal["out", "in", "any"] = "out"
    channels: tuple[Channel, ...] = ("voice",)
    orgs: Literal["own", "all"] = "all"
    automated: bool | None = None
    min_seconds: float = 0
    only: Sort | None = None
    about: Literal["any", "allotted"] = "any"
    lumped: tuple[DebtType, ...] = ()


class Weighed(Struct, frozen=True):
    """One event's answer: whether it counts, and the reason as a code; ``in_scope``: or it is of another sort."""

    counts: bool
    why: str
    in_scope: bool = True


OTHER_PERSON = Weighed(counts=False, why="other_person", in_scope=False)
OTHER_DEBT = Weighed(counts=False, why="other_debt", in_scope=False)
_SILENT = dict.fromkeys(("voicemail", "ringless"), ("none",))
"""Where nothing is known of a message, none was left, but where there is a box to leave it in."""


@cache
def _yes(why: str) -> Weighed:
    return Weighed(counts=True, why=why)


@cache
def _out(why: str) -> Weighed:
    return OTHER_DEBT if why == OTHER_DEBT.why else Weighed(counts=False, why=why, in_scope=False)


@cache
def _no(why: str) -> Weighed:
    return Weighed(counts=False, why=why)


class Weigher:
    """One count in one scope, ready to be asked of many events."""

    __slots__ = (
        "_by_answer", "_by_line", "_measure", "_no_call", "_other_line", "_person", "_roles", "_scoped", "_scopes",
        "count", "per",
    )  # fmt: skip

    def __init__(self, count: Count, per: tuple[Scope, ...]) -> None:
        """``per`` is what it is counted for: each person, number, debt of its own."""
        self.count = count
        self.per = per
        self._person = "person" in per
        self._scoped = any(each != "person" for each in per)
        self._scopes = tuple((apart, why) for scope, (apart, why) in SCOPES.items() if scope in per)
        self._by_answer = count.of in ("answered", "talk", "contact")
        self._roles = count.only.roles if count.only is not None and self._by_answer and not self._person else ()
        self._by_line = _by_line(count.of)
        self._other_line = _OTHER_LINE.get(count.of)
        self._measure = _unanswered if count.of == "unanswered" else _answered
        self._no_call = _yes(count.of) if count.of in ("touch", "contact") else _no("not_a_call")

    def weigh(self, event: Event, facts: Facts, debt: str | None) -> Weighed:
        """Whether ``event`` counts (``debt``: the one counted for)."""
        person, reached = event.person, None
        if self._person:
            called = facts.attempt.person
            if person != called and self._with_another(event, called):
                return OTHER_PERSON
            person = called
        elif self._roles and self._reached(event, facts):
            person = reached = event.answered_by
        outside = _outside(event, self.count, facts, reached)
        if self._scoped and not outside:
            outside = self._out_of_scope(event, facts, debt)
        if outside:
            return _out(outside)
        if event.channel in OTHER_CHANNELS or event.kind in OTHER_KINDS:  # is_call, asked of every event
            return self._no_call
        return self._by_line.get(event.line, self._other_line) or self._measure(event, self.count, person)

    def _with_another(self, event: Event, called: str | None) -> bool:
        known = event.person is not None and called is not None
        return known and not (self._by_answer and event.answered_by == called)

    def _reached(self, event: Event, facts: Facts) -> bool:
        """Whether somebody of those it counts for answered, whoever was meant to."""
        by = facts.persons.get(event.answered_by or "")
        return by is not None and by.role in self._roles

    def _out_of_scope(self, event: Event, facts: Facts, debt: str | None) -> str | None:
        for apart, why in self._scopes:
            if apart(event, facts):
                return why
        if debt is not None:
            grouped, allotted, lumped = "group" in self.per, self.count.about == "allotted", self.count.lumped
            if not about(event, debt, facts, grouped=grouped, allotted=allotted, lumped=lumped):
                return "other_debt"
        return None


@lru_cache(maxsize=512)
def weighers_for(counts: tuple[Count, ...], per: tuple[Scope, ...]) -> tuple[Weigher, ...]:
    """One for each of ``counts``; the same to all rules that count alike, so that an event is weighed once for them."""
    return tuple(Weigher(count, per) for count in counts)


def _outside(event: Event, count: Count, facts: Facts, whom: str | None = None) -> str | None:
    """Why the event is of another sort than this count looks at; ``whom``: see ``Sort.may_be``."""
    if event.channel not in count.channels and ways(event).isdisjoint(count.channels):
        return "other_channel"
    if count.direction != "any" and (event.direction or "out") != count.direction:
        return "inbound" if count.direction == "out" else "outbound"
    if count.orgs == "own" and event.org != facts.own_org and None not in (event.org, facts.own_org):
        return "other_organisation"
    if count.automated is not None and event.automated is (not count.automated):
        return "automated" if event.automated else "not_automated"
    if count.only is not None and not count.only.may_be(event, facts, whom):
        return "other_sort"
    return "wrong_number" if facts.wrong and facts.misdialled(event) else None


def first_counting(answers: Sequence[Weighed]) -> Weighed:
    """An event counts by the first that counts it, else by the first."""
    return next((each for each in answers if each.counts), answers[0])


def talked(event: Event) -> bool:
    """Whether words may have been exchanged on the telephone, whoever called and whoever answered."""
    return is_call(event) and event.line not in NOBODY and event.talk != "none"


def _by_line(of: Measure) -> dict[str | None, Weighed]:
    """What the result of a call says alone, whoever answered."""
    if of == "dial":
        return dict.fromkeys(UNSURE, _yes("unknown_line"))
    if of == "connected":
        return {line: _no(line) for line in NOT_CONNECTED}
    if of == "unanswered":  # of an unknown result it may be one, whoever is said to have answered
        return {line: _yes(line) for line in NOBODY} | dict.fromkeys(UNSURE, _yes("unknown_line"))
    return {line: _no(line) for line in NOBODY} if of in ("answered", "talk") else {}


_OTHER_LINE = {"touch": _yes("touch"), "dial": _yes("dialled"), "connected": _yes("connected")}
"""Where the result of a call is all that is asked: what any other result counts as."""


def _unanswered(event: Event, _count: Count, person: str | None) -> Weighed:
    if event.answered_by is None:
        return _yes("unknown_who_answered")
    return _no("answered") if event.answered_by == person else _yes("other_person_answered")


def _answered(event: Event, count: Count, person: str | None) -> Weighed:
    """Whether this person answered; of a talk, that words were exchanged; of a contact, whatever reached them."""
    line, by = event.line, event.answered_by
    if line in NOBODY:
        return _no(line) if event.message in _SILENT.get(line, (None, "none")) else _yes("message_left")
    if None not in (by, person) and by != person:
        return _no("other_person_answered")
    if count.of == "talk" and event.talk == "none":
        return _no("no_words")
    if event.duration_s is not None and event.duration_s < count.min_seconds:
        return _no("too_short")
    if line in UNSURE:
        return _yes("unknown_line")
    return _yes("answered" if by is not None else "unknown_who_answered")
