"""What is due on a case: a callback at its time, an answer owed, a promise to remind of, kept in part or broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.store.case_rows import Ask, Scope

Kind = Literal["callback", "objection", "promise_broken", "promise_part", "promise_due"]
RANKS: Mapping[Kind, int] = {"callback": 0, "objection": 1, "promise_broken": 2, "promise_part": 3, "promise_due": 4}
PURPOSES: Mapping[Kind, str] = {
    "callback": "callback",
    "objection": "answer_objection",
    "promise_broken": "collect",
    "promise_part": "collect",
    "promise_due": "remind",
}
CALLBACKS = (
    "SELECT k.case_id, k.due_at, k.purpose FROM callback k JOIN case_file c ON c.id = k.case_id "
    "WHERE k.status = 'open' AND k.due_at <= :until AND {scope} ORDER BY k.due_at DESC, k.id"
)
OBJECTIONS = (
    "SELECT o.case_id, o.due_on, o.status FROM objection o JOIN case_file c ON c.id = o.case_id "
    "WHERE o.status <> 'closed' AND o.due_on IS NOT NULL AND NOT (o.status = 'answered' AND o.written) "
    "AND {scope} ORDER BY o.due_on DESC, o.id"
)
"""Those a call can settle: what only a letter does is a reminder, not a call."""
PROMISES = (
    "SELECT p.case_id, p.pay_on, p.status, p.lapses_at, p.remind_at, EXISTS (SELECT 1 FROM contact_event e "
    "WHERE e.debtor = c.debtor AND e.purpose = 'remind' AND e.line = 'answered' AND e.superseded_at IS NULL "
    "AND e.at >= p.at) FROM promise p JOIN case_file c ON c.id = p.case_id "
    "WHERE p.id = (SELECT MAX(l.id) FROM promise l WHERE l.case_id = p.case_id AND l.status <> 'withdrawn') "
    "AND p.status IN ('open', 'broken', 'partly_kept') AND {scope} ORDER BY p.case_id"
)
"""The last promise of each case, and whether it was reminded of."""
PROMISED: tuple[Kind, ...] = ("promise_broken", "promise_part", "promise_due")
SOON = 15 * 60
"""Seconds before its time at which a callback moves to the front."""


class Due(Struct, frozen=True):
    """The most pressing thing due on a case, since when (UTC seconds), and what the call would be for."""

    kind: Kind
    at: int
    purpose: str

    @property
    def rank(self) -> int:
        """Its place in the order of work."""
        return RANKS[self.kind]


class Dues:
    """What may be due on the cases of a scope; whether it is, the debtor's own clock tells."""

    def __init__(self, ask: Ask, scope: Scope, at: int) -> None:
        """As it stands at ``at``."""
        self._at = at
        self._promises = {row[0]: row[1:] for row in ask(PROMISES.format(scope=scope.condition), scope.params)}
        self._objections: dict[int, list[tuple[str, str]]] = {}
        self._callbacks: dict[int, list[tuple[int, str]]] = {}
        for case, due_on, status in ask(OBJECTIONS.format(scope=scope.condition), scope.params):
            self._objections.setdefault(case, []).append((due_on, status))
        until = {**scope.params, "until": at + SOON}
        for case, due_at, purpose in ask(CALLBACKS.format(scope=scope.condition), until):
            self._callbacks.setdefault(case, []).append((due_at, purpose))

    @property
    def cases(self) -> frozenset[int]:
        """The cases on which anything may be due; on all others nothing is."""
        return frozenset((*self._promises, *self._objections, *self._callbacks))

    @property
    def purposes(self) -> frozenset[str]:
        """What calls for these would be for, whether or not they are due yet."""
        found = {purpose for agreed in self._callbacks.values() for _, purpose in agreed}
        if self._objections:
            found.add(PURPOSES["objection"])
        if self._promises:
            found |= {PURPOSES[kind] for kind in PROMISED}
        return frozenset(found)

    def of(self, case: int, clock: LocalClock) -> Due | None:
        """The most pressing thing due on a case whose dates are counted by ``clock``."""
        return min(self._due(case, clock), key=lambda each: (each.rank, each.at), default=None)

    def _due(self, case: int, clock: LocalClock) -> Iterator[Due]:
        for due_at, purpose in self._callbacks.get(case, ()):
            yield Due("callback", due_at, purpose)
        today = date.fromordinal(clock.day(self._at))
        for due_on, status in self._objections.get(case, ()):
            if status == "answered" or date.fromisoformat(due_on) <= today:
                yield Due("objection", _midnight(clock, due_on), PURPOSES["objection"])
        promise = self._promises.get(case)
        if promise is not None:
            kind = self._promised(promise, clock)
            if kind is not None:
                yield Due(kind, _midnight(clock, promise[0]), PURPOSES[kind])

    def _promised(self, promise: tuple[Any, ...], clock: LocalClock) -> Kind | None:
        pay_on, status, lapses_at, remind_at, reminded = promise
        ends = lapses_at if lapses_at is not None else _midnight(clock, pay_on, days=1)
        reminds = remind_at is not None and remind_at <= self._at and not reminded
        return _promise(status, over=ends <= self._at, reminds=reminds)


def _promise(status: str, *, over: bool, reminds: bool) -> Kind | None:
    """One that was broken or kept in part is followed up; one that is pending may be reminded of, once."""
    if status == "partly_kept":
        return "promise_part"
    if status == "broken" or over:
        return "promise_broken"
    return "promise_due" if reminds else None


def _midnight(clock: LocalClock, day: str, *, days: int = 0) -> int:
    return clock.start_of(date.fromisoformat(day).toordinal() + days)
