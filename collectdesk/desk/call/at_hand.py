"""Lines at hand (备用话术): not of a step's course, said when the talk calls for it; the same lock, the same record.

Which of the script's lines fit follows from where the call is and what this call established; a line that would not be
true here (a callback nobody asked for, tries nobody missed) is not offered. What was said is kept word for word.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from collectdesk.desk.call import ending, identity_result
from collectdesk.desk.call.casefile import AGENTS
from collectdesk.desk.call.doorway import opened, over
from collectdesk.desk.call.lock import Voice
from collectdesk.desk.call.question import Question, Said
from collectdesk.desk.call.state import Call

WARN_BEFORE = 300
"""Seconds before the lawful time ends from which on a call is asked to wrap up."""

ALWAYS = ("calm", "complaint", "closing")
"""Script steps at hand wherever somebody is on the line: civil words, that complaining is a right, a way to stop."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "opening": ("opening",),
    "party": ("opening", "party", "third_party"),
    "identity": ("opening", "party", "identity"),
    "disclosure": ("identity", "disclosure"),
    "discussion": ("discussion", "plan"),
    "result": ("third_party", "identity", "plan", "promise", "callback"),
    "wrapup": ("third_party", "identity"),
    "objection": ("objection",),
    "end": ("third_party", "identity"),
}
"""Script steps at hand at a step or door; in an emergency there is nothing but its own (policy article 12)."""


class AtHand(Struct, frozen=True):
    """A line that may be said now: its text as rendered, who may hear it, and what it is for in both languages."""

    line: str
    text: str
    audience: str
    purpose: Mapping[str, str]


def lines(call: Call, asked: Question | None) -> tuple[AtHand, ...]:
    """The lines at hand at this question, in the script's order; none before somebody answered or after the end."""
    if asked is None or not call.connected or _hung_up(call):
        return ()
    beside = ("emergency",) if opened(call, "emergency") else (*BESIDE.get(asked.step, ()), *ALWAYS)
    voice, told = Voice(call), _more(call, asked)
    return tuple(
        _rendered(call, voice.say(line, told))
        for step in dict.fromkeys(beside)
        for line in call.library.at_hand(step, voice.listening, call.language)
        if _fits(call, asked, line) and voice.knows(line, told)
    )


def _hung_up(call: Call) -> bool:
    """Whether nobody is on the line any more."""
    return ending.ended_by(call) is not None or call.given("wrapup", "ended_by") is not None


def _rendered(call: Call, said: Said) -> AtHand:
    return AtHand(said.line, said.text, said.audience, call.library.purpose(said.line))


def _more(call: Call, asked: Question) -> dict[str, str]:
    """What only this moment knows: tries left, when the lawful time ends."""
    found = {}
    if asked.tries is not None:
        found["tries_left"] = str(asked.tries[1] - asked.tries[0] + 1)
    if call.allowed_until is not None and not call.inbound:
        found["quiet_from"] = f"{datetime.fromtimestamp(call.allowed_until, ZoneInfo(call.case.zone)):%H:%M}"
    return found


def _fits(call: Call, asked: Question, line: str) -> bool:
    """Whether saying it would be true and to the point here; once the talk is over, nothing of the debt."""
    if over(call) and call.library.speaks_of_debt(line, call.language):
        return False
    condition = CONDITIONS.get(line) or CONDITIONS.get(line.partition(".")[0])
    return condition is None or condition(call, asked)


def _identity(*results: str) -> Callable[[Call, Question], bool]:
    return lambda call, _asked: identity_result.identity(call) in results


def _heir(call: Call, _asked: Question) -> bool:
    who = identity_result.speaker(call)
    return who is not None and who.role == "heir"


def _without_authority(call: Call, _asked: Question) -> bool:
    who = identity_result.speaker(call)
    return call.party_kind == "agent" and not (who and who.role in AGENTS and who.authorised(call.now))


CONDITIONS: Mapping[str, Callable[[Call, Question], bool]] = {
    "opening.as_agreed": lambda call, _asked: call.purpose == "callback",
    "opening.cut_off": lambda call, _asked: call.purpose == "resume_dropped",
    "party.no_authority": _without_authority,
    "identity.why": lambda call, asked: asked.step == "identity" and identity_result.identity(call) is None,
    "identity.again": lambda _call, asked: asked.tries is not None and asked.tries[0] > 1,
    "identity.failed": _identity("failed"),
    "identity.refused": _identity("refused"),
    "identity.passed": _identity("verified"),
    "third_party": lambda call, _asked: call.party_kind == "third_party",
    "disclosure.heir": _heir,
    "callback.not_then": lambda _call, asked: asked.field == "callback_at",
    "closing.quiet_hours": lambda call, _asked: (call.allowed_until or sys.maxsize) - call.now < WARN_BEFORE,
}
"""When a line of the shipped script, or every line of a script step, is to the point; others wherever their step is."""
