"""Exclusions: contacts a text leaves out of a count, some of them only up to a number of their own.

"Not counting legal notices, nor two failed visits in seven days, nor a call-back the debtor asked for." A contact is
left out only if it is surely of that sort. Where a text itself doubts whether it leaves something out, the contact
counts, and a refusal that rests on it says so.
"""

from collections import deque
from collections.abc import Collection, Sequence
from functools import partial
from typing import Literal

from msgspec import Struct

from collectdesk.gate.begun import goes_on, with_org
from collectdesk.gate.clock import LocalClock
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.sort import Sort
from collectdesk.gate.vocabulary import Role
from collectdesk.gate.window import Window


class Exclusion(Sort, frozen=True, forbid_unknown_fields=True):
    """A sort of contact that is left out.

    ``limit`` in ``window``: at most so many of them in any such stretch; the earliest are left out, the rest count.
    ``each_request``: one for each contact that is answered, however long ago and about whatever debt. ``speaks_of``:
    the *past* contacts that do not count, the contact *asked* about, which then may be made whatever the count (its
    result is taken to be as it should), or *both*; an asked ``reply`` must name a contact on file that the person began
    or in which they spoke, and what a past one names must be such a contact, with who answered, where it is on file.
    ``asked_by``: where one text speaks of several people as one, whoever of these roles asked, any of them is answered.
    ``same_date``: an answer of the local date of what it answers. ``goes_on``: what is asked about goes on in a call
    the person began and that still runs, so that nobody is called. ``also``: further sorts under the same limit.
    ``undetermined``: only a milder reading of the text leaves them out; they count.
    """

    limit: int | None = None
    window: Window | None = None
    each_request: bool = False
    speaks_of: Literal["past", "asked", "both"] = "past"
    asked_by: tuple[Role, ...] = ()
    same_date: bool = False
    goes_on: bool = False
    also: tuple[Sort, ...] = ()
    undetermined: bool = False

    def __post_init__(self) -> None:
        """A limit is one in a window, and what is past goes on no more."""
        if (self.limit is None) != (self.window is None) or (self.limit is not None and self.limit < 1):
            raise ValueError("a limit of an exclusion is at least 1 and has a window")
        if self.goes_on and self.speaks_of != "asked":
            raise ValueError("only the contact asked about can go on in a call that runs")

    def leaves_out(self, event: Event, facts: Facts, clock: LocalClock) -> bool:
        """Whether the event is surely of this sort."""
        surely = self.surely(event, facts) or any(each.surely(event, facts) for each in self.also)
        if not surely or (self.reply and not _answered_them(self, event, facts)):
            return False
        return not self.same_date or _answered_on(event.reply_to, facts, clock) == clock.day(event.at)

    @property
    def limited(self) -> bool:
        """Whether it leaves out so many and no more."""
        return self.limit is not None or self.each_request


class LeftOut(Struct, frozen=True):
    """What is left out of a count: surely, and on the milder reading alone (these count).

    The events themselves: two that bear one id are two, and one may count where the other does not.
    """

    surely: frozenset[Event]
    perhaps: frozenset[Event]


NONE_LEFT_OUT = LeftOut(frozenset(), frozenset())


def left_out(
    exclusions: Sequence[Exclusion],
    counting: Sequence[Event],
    facts: Facts,
    clock: LocalClock,
    others: Sequence[Event] = (),
) -> LeftOut:
    """Those of ``counting`` (oldest first) that ``exclusions`` leave out.

    ``others``: what else counts by the same measure, oldest first; it may have answered a request before one of them.
    """
    if not exclusions:
        return NONE_LEFT_OUT
    surely: set[Event] = set()
    perhaps: set[Event] = set()
    for exclusion in exclusions:
        if exclusion.speaks_of == "asked":
            continue
        found = _those_of(exclusion, [each for each in counting if each not in surely], facts, clock, others)
        (perhaps if exclusion.undetermined else surely).update(found)
    return LeftOut(frozenset(surely), frozenset(perhaps - surely))


def _those_of(
    exclusion: Exclusion, events: Sequence[Event], facts: Facts, clock: LocalClock, others: Sequence[Event] = ()
) -> list[Event]:
    """As many as may be left out: taken from the earliest on, no choice leaves out more."""
    sort = facts.once(("left out", exclusion, clock), _Sorted)
    of_sort = partial(sort.has, exclusion=exclusion, facts=facts, clock=clock)
    answers = [each for each in others if exclusion.each_request and of_sort(each)]
    answered = {each.reply_to: each.at for each in reversed(answers)}
    those = [each for each in events if of_sort(each) and answered.get(each.reply_to, each.at) >= each.at]
    if not exclusion.limited:
        return those
    taken: list[Event] = []
    requests: set[str | None] = set()
    leaving: deque[int] = deque()  # when what was taken leaves the window, in order
    for event in those:
        while leaving and leaving[0] <= event.at:
            leaving.popleft()
        full = exclusion.limit is not None and len(leaving) >= exclusion.limit
        if not full and not (exclusion.each_request and event.reply_to in requests):
            taken.append(event)
            requests.add(event.reply_to)
            leaving.append(exclusion.window.leaves(event.at, clock) if exclusion.window else FOREVER)
    return taken


class _Sorted:
    """Which events an exclusion leaves out as far as they go by their sort; each is asked once."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def has(self, event: Event, exclusion: Exclusion, facts: Facts, clock: LocalClock) -> bool:
        known = self._known.get(id(event))
        if known is None:
            known = self._known[id(event)] = exclusion.leaves_out(event, facts, clock)
        return known


def _answered_on(request: str | None, facts: Facts, clock: LocalClock) -> int | None:
    """The local date of the contact that is answered, where it is on file."""
    answered = facts.event_named(request)
    return None if answered is None else clock.day(answered.at)


def _room_from(
    exclusion: Exclusion, taken: Sequence[Event], at: int, request: str | None, clock: LocalClock
) -> int | None:
    """From when one more may be left out: ``at`` if now, ``None`` if never."""
    if exclusion.each_request and any(each.reply_to == request for each in taken):
        return None
    if exclusion.limit is None or exclusion.window is None:
        return at
    leaving = sorted(end for end in (exclusion.window.leaves(each.at, clock) for each in taken) if end > at)
    if len(leaving) < exclusion.limit:
        return at
    end = leaving[len(leaving) - exclusion.limit]
    return end if end < FOREVER else None


def unbound_from(exclusions: Sequence[Exclusion], facts: Facts, clock: LocalClock, at: int) -> int | None:
    """From when the contact asked about is itself of a sort that is left out: ``at`` if now, ``None`` if never."""
    asked = [each for each in exclusions if each.speaks_of != "past" and not each.undetermined]
    starts = [_asked_from(each, facts, clock, at) for each in asked]
    return min((start for start in starts if start is not None), default=None)


def unbound_until(exclusions: Sequence[Exclusion], facts: Facts, clock: LocalClock, at: int) -> int | None:
    """When the contact asked about, left out at ``at``, may no longer be: with the date, if it is an answer of it."""
    asked = [each for each in exclusions if each.speaks_of != "past" and not each.undetermined]
    using = [each for each in asked if _asked_from(each, facts, clock, at) == at]
    return clock.start_of(clock.day(at) + 1) if using and all(each.same_date for each in using) else None


def _asked_from(exclusion: Exclusion, facts: Facts, clock: LocalClock, at: int) -> int | None:
    if not exclusion.surely(_hoped_for(exclusion, facts), facts):
        return None
    if exclusion.goes_on and not goes_on(facts):
        return None
    request, called = facts.attempt.reply_to, facts.attempt.person
    asked_for = partial(_asked_for, exclusion, them=called, of=facts.own_org, facts=facts)
    if exclusion.reply and not any(asked_for(each) for each in facts.events_named(request)):
        return None
    if exclusion.same_date and _answered_on(request, facts, clock) != clock.day(at):
        return None
    if not exclusion.limited:
        return at
    to_any = bool(exclusion.asked_by)
    past = [each for each in facts.events if each.direction != "in" and (to_any or _with_them(each, facts))]
    return _room_from(exclusion, _those_of(exclusion, past, facts, clock), at, request, clock)


def _hoped_for(exclusion: Exclusion, facts: Facts) -> Event:
    """The contact asked about as an event, with a result as the exclusion speaks of."""
    attempt = facts.attempt
    channel = facts.channel
    return Event(
        id="",
        at=facts.dial.at,
        kind="visit" if channel == "visit" else "call" if channel in ("voice", "voice_notice") else "message",
        person=attempt.person,
        number=attempt.number,
        channel=channel,
        automated=attempt.automated,
        purpose=attempt.purpose,
        reply_to=attempt.reply_to,
        line=next(iter(exclusion.lines), None),
        talk=next(iter(exclusion.talks), None),
        identity=next(iter(exclusion.identities), None),
        ended_by=next(iter(exclusion.ended_by), None),
        message=next(iter(exclusion.messages), None),
        duration_s=exclusion.max_seconds,
    )


def _answered_them(exclusion: Exclusion, event: Event, facts: Facts) -> bool:
    """Whether a past answer was one to them: what it answers may no longer be on file, but if it is, it must fit."""
    answered = facts.events_named(event.reply_to)
    asked_for = partial(_asked_for, exclusion, them=event.person, of=event.org or facts.own_org, facts=facts)
    return not answered or any(each.at <= event.at and asked_for(each) for each in answered)


def _asked_for(exclusion: Exclusion, event: Event, *, them: str | None, of: str | None, facts: Facts) -> bool:
    """Whether they may have asked for an answer there, ``of`` this organisation: they began it, or spoke."""
    spoke = event.direction == "in" or event.talk in ("brief", "conversation")
    asking = [each for each in (event.person, event.answered_by) if each is not None]
    theirs = any(each == them or _as_one(each, them, exclusion.asked_by, facts) for each in asking)
    return spoke and theirs and with_org(event, of)


def _as_one(one: str, other: str | None, roles: Collection[Role], facts: Facts) -> bool:
    """Whether two people are both of these roles."""
    two = (facts.persons.get(one), facts.persons.get(other or ""))
    return all(each is not None and each.role in roles for each in two)


def _with_them(event: Event, facts: Facts) -> bool:
    called = facts.attempt.person
    return called is not None and called in (event.person, event.answered_by)
