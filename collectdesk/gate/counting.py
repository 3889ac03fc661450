"""What an event counts as: one table of measures for every cap, gap and rest.

A measure answers whether one event counts and why (or why not), in words a dispute would ask for. Where a fact is
missing the event counts: *unknown is not zero*. Calls to a number later found wrong never count.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.gate.dial import Channel, Event
from collectdesk.gate.facts import Facts

Measure: TypeAlias = Literal["dial", "connected", "unanswered", "answered", "talk", "contact", "touch"]
Scope: TypeAlias = Literal["person", "number", "creditor", "debt", "group"]

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

WRITTEN: frozenset[Channel] = frozenset(("text", "email", "letter", "app"))


class Count(Struct, frozen=True, forbid_unknown_fields=True):
    """Which events count.

    ``of`` is the measure: *dial* (拨打) every call placed or shown to a collector; *connected* (拨通) one that
    reached the number; *unanswered* one at which this person did not answer; *answered* (接通) one this person
    answered; *talk* one with words exchanged; *contact* an answered call, a message left or written; *touch*
    anything at all. ``min_seconds`` is the length below which an answered call does not count.
    """

    of: Measure
    direction: Literal["out", "in", "any"] = "out"
    channels: tuple[Channel, ...] = ("voice",)
    orgs: Literal["own", "all"] = "all"
    automated: bool | None = None
    min_seconds: float = 0


class Weighed(Struct, frozen=True):
    """One event's answer: whether it counts, and the reason as a code."""

    counts: bool
    why: str


OTHER_PERSON = Weighed(counts=False, why="other_person")
_YES: dict[str, Weighed] = {}
_NO: dict[str, Weighed] = {}


def _yes(why: str) -> Weighed:
    return _YES.setdefault(why, Weighed(counts=True, why=why))


def _no(why: str) -> Weighed:
    return _NO.setdefault(why, Weighed(counts=False, why=why))


def weigh(event: Event, count: Count, per: tuple[Scope, ...], facts: Facts, debt: str | None) -> Weighed:
    """Whether ``event`` counts by ``count`` within the scope ``per`` (``debt``: the one counted for)."""
    if "person" in per and not _concerns(event, count, facts.attempt.person):
        return OTHER_PERSON
    outside = _outside(event, count, facts) or _out_of_scope(event, per, facts, debt)
    if outside:
        return _no(outside)
    return _measured(event, count, facts.attempt.person if "person" in per else event.person)


def _concerns(event: Event, count: Count, person: str | None) -> bool:
    if event.person is None or event.person == person or person is None:
        return True
    return count.of in ("answered", "talk", "contact") and event.answered_by == person


def _outside(event: Event, count: Count, facts: Facts) -> str | None:
    """Why the event is of another sort than this count looks at."""
    if (event.channel or "voice") not in count.channels:
        return "other_channel"
    if count.direction != "any" and (event.direction or "out") != count.direction:
        return "inbound" if count.direction == "out" else "outbound"
    if count.orgs == "own" and event.org is not None and event.org != facts.own_org:
        return "other_organisation"
    if count.automated is not None and event.automated is (not count.automated):
        return "automated" if event.automated else "not_automated"
    return "wrong_number" if facts.wrong and facts.misdialled(event) else None


def _out_of_scope(event: Event, per: tuple[Scope, ...], facts: Facts, debt: str | None) -> str | None:
    if "number" in per and None not in (event.number, facts.attempt.number) and event.number != facts.attempt.number:
        return "other_number"
    if "creditor" in per and not _shared(facts.creditors_of(event), facts.creditors):
        return "other_creditor"
    if debt is not None and not _about(event, debt, facts, grouped="group" in per):
        return "other_debt"
    return None


def _shared(ones: frozenset[str | None], others: frozenset[str | None]) -> bool:
    return None in ones or None in others or bool(ones & others)


def _about(event: Event, debt: str, facts: Facts, *, grouped: bool) -> bool:
    """A call is about the debt it is allotted to and every debt discussed; with neither, about any."""
    ids = {*(event.debts or ()), *(event.discussed or ())}
    if not ids or debt in ids:
        return True
    if not grouped:
        return False
    groups = {facts.all_debts[each].group for each in ids if each in facts.all_debts}
    group = facts.all_debts[debt].group if debt in facts.all_debts else None
    return group is not None and group in groups


def _measured(event: Event, count: Count, person: str | None) -> Weighed:
    if count.of == "touch":
        return _yes("touch")
    if event.kind in ("message", "visit") or event.channel in WRITTEN or event.channel == "visit":
        return _yes("contact") if count.of == "contact" else _no("not_a_call")
    return _measured_call(event, count, person)


def _measured_call(event: Event, count: Count, person: str | None) -> Weighed:
    line = event.line or "unknown"
    if count.of == "dial":
        return _yes("dialled" if line != "unknown" else "unknown_line")
    if count.of == "connected":
        return _no(line) if line in NOT_CONNECTED else _yes("connected")
    somebody_else = event.answered_by is not None and event.answered_by != person
    if count.of == "unanswered":
        return _unanswered(event, line, somebody_else=somebody_else)
    return _answered(event, count, line, somebody_else=somebody_else)


def _unanswered(event: Event, line: str, *, somebody_else: bool) -> Weighed:
    if line in NOBODY:
        return _yes(line)
    if somebody_else:
        return _yes("other_person_answered")
    return _no("answered") if event.answered_by is not None else _yes("unknown_who_answered")


def _answered(event: Event, count: Count, line: str, *, somebody_else: bool) -> Weighed:
    if line in NOBODY:
        left = count.of == "contact" and event.message not in (None, "none")
        return _yes("message_left") if left else _no(line)
    if somebody_else:
        return _no("other_person_answered")
    if count.of == "talk" and event.talk == "none":
        return _no("no_words")
    if event.duration_s is not None and event.duration_s < count.min_seconds:
        return _no("too_short")
    if line == "unknown":
        return _yes("unknown_line")
    return _yes("answered" if event.answered_by is not None else "unknown_who_answered")
