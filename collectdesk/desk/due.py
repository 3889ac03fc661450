"""What is due on a case: a callback at its time, an answer owed, a promise to remind of, kept in part or broken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from collectdesk.desk.case_files import CaseFiles
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


def due_of(ask: Ask, scope: Scope, files: CaseFiles, at: int) -> dict[int, Due]:
    """What is due now on each case of ``scope``, the most pressing only."""
    found: dict[int, Due] = {}
    for case, pay_on, status, lapses_at, remind_at, reminded in ask(
        PROMISES.format(scope=scope.condition), scope.params
    ):
        ends = lapses_at if lapses_at is not None else _midnight(files, case, pay_on, days=1)
        kind = _promise(status, over=ends <= at, reminds=remind_at is not None and remind_at <= at and not reminded)
        if kind is not None:
            _press(found, case, Due(kind, _midnight(files, case, pay_on), PURPOSES[kind]))
    for case, due_on, status in ask(OBJECTIONS.format(scope=scope.condition), scope.params):
        if status == "answered" or date.fromisoformat(due_on) <= files.today(case, at):
            _press(found, case, Due("objection", _midnight(files, case, due_on), PURPOSES["objection"]))
    for case, due_at, purpose in ask(CALLBACKS.format(scope=scope.condition), {**scope.params, "until": at + SOON}):
        _press(found, case, Due("callback", due_at, purpose))
    return found


def _promise(status: str, *, over: bool, reminds: bool) -> Kind | None:
    """One that was broken or kept in part is followed up; one that is pending may be reminded of, once."""
    if status == "partly_kept":
        return "promise_part"
    if status == "broken" or over:
        return "promise_broken"
    return "promise_due" if reminds else None


def _midnight(files: CaseFiles, case: int, day: str, *, days: int = 0) -> int:
    return files.clock_of(case).start_of(date.fromisoformat(day).toordinal() + days)


def _press(found: dict[int, Due], case: int, due: Due) -> None:
    held = found.get(case)
    if held is None or (due.rank, due.at) < (held.rank, held.at):
        found[case] = due
