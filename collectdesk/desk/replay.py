"""A proposed rulebook over the desk's real history (规则回放): which past calls would have been answered otherwise.

Every recorded verdict keeps its question. Each is asked twice again: by the rulebooks and calendars in force at that
instant, and by the same with the proposal in its place, so that only what the proposal does shows. A call is let
through where each of its verdicts allows it: the one at the request, and the one at showing the number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from collectdesk.desk import adoption
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.figure import Period, Scope
from collectdesk.desk.reports.reach import Reach
from collectdesk.desk.supposed import Proposal, put_in
from collectdesk.gate import Decision, Gate, UnknownRulebook, Unreadable, parse_dial
from collectdesk.store.case_rows import Ask
from collectdesk.store.ids import public

PAGE = 300
"""Calls read at once, each with its questions."""
KEPT = 4
"""Stretches between two adoptions whose gates are kept: calls come in order, so the last are enough."""
CALLS = (
    "SELECT p.id, p.granted_at, p.collector, p.reason, c.code, p.shown_at, v.id, v.at, v.allowed, "
    "CAST(v.dial AS text) FROM permit p JOIN case_file c ON c.id = p.case_id LEFT JOIN verdict v ON v.id = p.verdict "
    "WHERE p.granted_at < :until AND (p.granted_at > :at OR (p.granted_at = :at AND p.id > :after)) "
    "ORDER BY p.granted_at, p.id LIMIT :most"
)
"""Each call with the verdict that stands last: at showing where it came to that."""
FIRST = (
    "SELECT p.id, f.id, f.at, f.allowed, CAST(f.dial AS text) FROM permit p JOIN verdict f ON f.case_id = p.case_id "
    "AND f.at = p.granted_at AND f.id < p.verdict AND f.allowed WHERE p.id IN ({permits}) "
    "AND NOT EXISTS (SELECT 1 FROM permit o WHERE o.granted_at = f.at AND o.verdict = f.id) ORDER BY p.id, f.id"
)
"""The verdicts at the request of calls that came to showing: their permits name the later ones."""
HOW_MANY = "SELECT count(*), min(granted_at) FROM permit WHERE granted_at >= :since AND granted_at < :until"
TURNS = "SELECT effective_from, withdrawn_at FROM adoption WHERE kind IN ('rulebook', 'calendar')"
LEFT_OUT = (
    "SELECT COALESCE(e.by_staff, (SELECT min(c.collector) FROM case_file c WHERE c.debtor = e.debtor)) AS whose, "
    "count(*), count(e.import_batch) FROM contact_event e LEFT JOIN permit p ON p.event = e.id "
    "WHERE e.kind = 'call' AND e.direction = 'out' AND e.corrects IS NULL "
    "AND COALESCE(e.line, 'unknown') <> 'not_dialled' AND p.id IS NULL AND e.at >= :since AND e.at < :until "
    "GROUP BY 1"
)
"""Calls that no permit stands behind, each as it was first written down; another's by whose case the debtor is."""


class Flip(msgspec.Struct, frozen=True):
    """A call that would have been answered otherwise, without personal data.

    ``call`` is the permit's public id, ``verdict`` that of the verdict which changes; ``allowed`` what the proposal
    says; ``rules`` those that would refuse it, or that refused it and no longer would (``rulebook/rule``).
    """

    call: str
    verdict: str
    case: str
    at: int
    collector: str
    team: str
    allowed: bool
    rules: tuple[str, ...]


class Tally(msgspec.Struct):
    """Calls: how many, how many let through without the proposal, and how many only with or without it."""

    calls: int = 0
    allowed: int = 0
    refused_now: int = 0
    allowed_now: int = 0

    @property
    def allowed_with(self) -> int:
        """How many the proposal lets through."""
        return self.allowed - self.refused_now + self.allowed_now


class LeftOut(msgspec.Struct):
    """Calls that nobody asked the gate about, or whose question can no longer be asked.

    ``imported``: earlier calls brought in by a file; ``recorded``: written down without a permit; ``unasked``: the
    question was destroyed, or no rulebook of that time answers it; ``unlike``: asked again, and counted, but without
    the proposal the answer is another than the recorded one.
    """

    imported: int = 0
    recorded: int = 0
    unasked: int = 0
    unlike: int = 0


class Replayed(msgspec.Struct, kw_only=True):
    """What the proposal changes in the calls of a period; by rule, team (its name) and local date."""

    scope: Scope
    period: Period
    whole: Tally
    rules: dict[str, Tally]
    teams: dict[str, Tally]
    days: dict[str, Tally]
    verdicts: int = 0
    left_out: LeftOut


class _Asked(msgspec.Struct, frozen=True):
    """One verdict asked twice again: without the proposal and with it."""

    verdict: int
    at: int
    recorded: bool
    without: Decision
    with_: Decision


def calls_between(ask: Ask, since: int, until: int) -> tuple[int, int | None]:
    """How many calls were asked for from ``since`` and before ``until`` (UTC seconds), and when first."""
    number, first = ask(HOW_MANY, {"since": since, "until": until})[0]
    return int(number), None if first is None else int(first)


def replay(
    ask: Ask,
    proposal: Proposal,
    period: Period,
    reach: Reach,
    *,
    tell: Callable[[Flip], None] | None = None,
    advance: Callable[[int], None] = lambda _count: None,
) -> Replayed:
    """Ask every verdict of the period's calls again.

    Args:
        ask: one snapshot of the desk.
        proposal: the rulebook to try.
        period: the local dates on which the calls were asked for.
        reach: whose calls.
        tell: is told each call that comes out otherwise, in order.
        advance: is told how many calls further it has come.
    """
    since, until = periods.bounds(period)
    made = Replayed(
        scope=reach.scope, period=period, whole=Tally(), left_out=_left_out(ask, reach, since, until),
        rules=defaultdict(Tally), teams=defaultdict(Tally), days=defaultdict(Tally),
    )  # fmt: skip
    times = _Times(ask, proposal)
    for rows, earlier in _pages(ask, since, until):
        for row in rows:
            if reach.keys is None or row[2] in reach.keys:
                _one_call(made, times, reach, row, earlier.get(row[0], ()), tell)
        advance(len(rows))
    return made


def _pages(ask: Ask, since: int, until: int) -> Iterator[tuple[list[Sequence[Any]], dict[int, list[Sequence[Any]]]]]:
    """The calls of a period in their order, a few hundred at a time, and the earlier verdicts of those shown."""
    at, after = since, 0
    while rows := list[Sequence[Any]](ask(CALLS, {"until": until, "at": at, "after": after, "most": PAGE})):
        shown = [str(row[0]) for row in rows if row[6] is not None and (row[5] is not None or row[7] > row[1])]
        earlier: dict[int, list[Sequence[Any]]] = {}
        if shown:
            for permit, *first in ask(FIRST.format(permits=", ".join(shown)), {}):  # whole numbers of our own
                earlier[permit] = [first]
        yield rows, earlier
        at, after = rows[-1][1], rows[-1][0]


def _one_call(
    made: Replayed,
    times: _Times,
    reach: Reach,
    row: Sequence[Any],
    earlier: Sequence[Sequence[Any]],
    tell: Callable[[Flip], None] | None,
) -> None:
    permit, granted_at, collector, reason, case, _shown, *last = row
    asked = [times.asked(*each) for each in (*earlier, last)]
    found = [each for each in asked if each is not None]
    made.verdicts += len(found)
    if len(found) < len(asked):
        made.left_out.unasked += 1
        return
    held = reason == "call_unresolved"  # the desk refused it for another call of the collector's: no rulebook did
    made.left_out.unlike += any(each.recorded != (each.without.allowed and not held) for each in found)
    before = not held and all(each.without.allowed for each in found)
    after = not held and all(each.with_.allowed for each in found)
    who = reach.staff.get(collector)
    team, day = (who and who.team) or "", periods.day_of(granted_at).isoformat()
    changed = _changed(found, after=after) if before is not after else None
    for tally in (made.whole, made.teams[team], made.days[day]):
        _count(tally, before=before, after=after)
    if changed is None:
        return
    rules = _rules(changed, refused=before)
    for rule in rules:
        _count(made.rules[rule], before=before, after=after)
    if tell is not None:
        tell(Flip(
            public("permit", permit), public("verdict", changed.verdict), str(case), changed.at,
            who.number if who else "", team, after, rules,
        ))  # fmt: skip


def _count(tally: Tally, *, before: bool, after: bool) -> None:
    tally.calls += 1
    tally.allowed += before
    tally.refused_now += before and not after
    tally.allowed_now += after and not before


def _changed(found: Sequence[_Asked], *, after: bool) -> _Asked:
    """The verdict by which a call comes out otherwise: the first that refuses, with the proposal or without it."""
    return next(each for each in found if not (each.without if after else each.with_).allowed)


def _rules(changed: _Asked, *, refused: bool) -> tuple[str, ...]:
    """The rules that bar it on the side that refuses, and not on the other."""
    bars, lets = (changed.with_, changed.without) if refused else (changed.without, changed.with_)
    others = {block.rule for block in lets.blocks}
    return tuple(dict.fromkeys(block.rule for block in bars.blocks if block.rule not in others))


class _Times:
    """The rulebooks and calendars as they stood, between one adoption and the next, without the proposal and with."""

    def __init__(self, ask: Ask, proposal: Proposal) -> None:
        self._ask, self._book = ask, proposal.book
        self._turns = sorted({int(at) for row in ask(TURNS, {}) for at in row if at is not None})
        self._gates: dict[int, tuple[Gate, Gate]] = {}

    def asked(self, verdict: int | None, at: int, allowed: bool, dial: str) -> _Asked | None:
        """A verdict asked again; none where it cannot be."""
        if verdict is None:
            return None
        without, with_ = self._at(at)
        try:
            question = parse_dial(dial.encode())
            return _Asked(verdict, at, bool(allowed), without.decide(question), with_.decide(question))
        except (Unreadable, UnknownRulebook):
            return None

    def _at(self, at: int) -> tuple[Gate, Gate]:
        turn = bisect_right(self._turns, at)
        if turn not in self._gates:
            if len(self._gates) == KEPT:
                del self._gates[next(iter(self._gates))]
            books, calendars = adoption.rulebooks(self._ask, at), adoption.calendars(self._ask, at)
            self._gates[turn] = Gate(books, calendars), Gate(put_in(books, self._book), calendars)
        return self._gates[turn]


def _left_out(ask: Ask, reach: Reach, since: int, until: int) -> LeftOut:
    found = LeftOut()
    for collector, number, imported in ask(LEFT_OUT, {"since": since, "until": until}):
        if reach.keys is None or collector in reach.keys:
            found.imported += int(imported)
            found.recorded += int(number) - int(imported)
    return found
