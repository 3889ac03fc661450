"""Replies: whoever writes or calls at a time, or in a way, they had barred opens one answer the same way.

The contact must name the event it answers (``dial.reply_to``, or ``dial.in_call`` while that call is still running);
a purpose such as *callback* alone opens nothing. What is not known of the event opens nothing either.
"""

from collections.abc import Callable

from msgspec import Struct

from collectdesk.gate.begun import begun_by_them, still_running
from collectdesk.gate.clock import LocalClock
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import Facts
from collectdesk.gate.kinds.base import Positive, State
from collectdesk.gate.scopes import media
from collectdesk.gate.vocabulary import Purpose

ANSWERS: tuple[Purpose, ...] = ("callback", "answer_request", "answer_objection", "answer_complaint")
"""Purposes for which an answer is made."""
MOST_STEPS = 4096
"""Changes looked at between the event and its answer; beyond that it opens nothing."""


class ReplyTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """What an answer must be to pass a rule that is closed.

    It goes to the person who began, and passes only while the rule is closed without a break since the event: who
    writes in a barred hour may be answered in that hour, not in the next. ``same_medium`` and ``same_number``: through
    what they used, and a call to the number they called from. ``within_dates``: only on so many local dates, of which
    the event's own is the first. ``once``: the first event that names theirs uses it up, as does one after it of which
    it is not known what it answered, if anything; else every answer passes.
    """

    same_medium: bool = True
    once: bool = True
    same_number: bool = True
    within_dates: Positive | None = None


def as_reply(
    terms: ReplyTerms | None, facts: Facts, clock: LocalClock, at: int, closed: State, before: Callable[[int], State]
) -> State:
    """The state of a rule that is ``closed`` at ``at``, when an answer may pass it.

    ``before`` gives the rule's state at any instant, answers aside.
    """
    if terms is None or (facts.attempt.reply_to is None and facts.attempt.in_call is None):
        return closed
    event = _unanswered(terms, facts)
    if event is None or event.at > at or not _unbroken(event.at, at, before):
        return closed
    ends = closed.change
    if terms.within_dates is not None:
        expires = clock.start_of(clock.day(event.at) + terms.within_dates)
        if at >= expires:
            return closed
        ends = expires if ends is None else min(ends, expires)
    return State(open=True, change=ends)


def _unanswered(terms: ReplyTerms, facts: Facts) -> Event | None:
    """The event of the person called that this contact answers, unless it was answered before."""
    event = begun_by_them(facts, same_medium=terms.same_medium, same_number=terms.same_number)
    if event is None:
        return None
    if facts.attempt.reply_to is None:
        return event if still_running(event, facts) else None
    used = terms.once and any(_may_answer(each, event, facts) for each in facts.events)
    return None if used else event


def _may_answer(each: Event, event: Event, facts: Facts) -> bool:
    """Whether ``each`` may have answered ``event``: it says so, or it was of ours, the same way, and does not say."""
    if each.direction == "in":
        return False
    if each.reply_to is not None:
        return each.reply_to == event.id
    ours = None in (each.org, facts.own_org) or each.org == facts.own_org
    to_them = each.person in (None, event.person) and not media(each).isdisjoint(media(event))
    return ours and to_them and each.at > event.at and each.purpose in (None, *ANSWERS)


def _unbroken(start: int, at: int, before: Callable[[int], State]) -> bool:
    """Whether the rule is closed from ``start`` through ``at`` without a break."""
    now = start
    for _ in range(MOST_STEPS):
        state = before(now)
        if state.open:
            return False
        if state.change is None or state.change > at:
            return True
        now = state.change
    return False
