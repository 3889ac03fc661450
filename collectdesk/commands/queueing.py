"""What ``queue`` asks the desk and how scripts read it, without the parser and without the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct

from collectdesk.desk.fact_parts import amount
from collectdesk.desk.promises.catching_up import caught_up
from collectdesk.desk.queue import OVERSEERS, Entry, Whose, case_count, queue
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.show.jsonout import Plain, emit_lines, emit_plain
from collectdesk.store.home import Home

COLUMNS = (
    "case", "state", "due", "due_at", "bucket", "days_past_due", "amount", "currency", "next_allowed_at",
    "allowed_until", "reason", "dials_left", "talks_left", "lacks", "collector",
)  # fmt: skip


class Listed(Struct, frozen=True):
    """The queue as it stood at ``at``: the first ``limit`` of it, and how many cases stand where in the whole."""

    at: int
    entries: list[Entry]
    counts: dict[str, int]
    whose: Whose
    oversees: bool
    """Whether who asks may see every case of the desk."""


def ask_queue(desk: Home, clock: Callable[[], datetime], lang: str, whose: Whose, limit: int | None) -> Listed:
    """The cases to work, in order.

    Raises:
        NotFound: there is no desk.
        NotPermitted: nobody is signed in, or a collector asks for the whole desk's.
    """
    with caught_up(desk, clock, lang) as window:
        entries = queue(window, whose)
        counts = {str(state): n for state, n in case_count(entries).items()}
        return Listed(window.at, entries[:limit], counts, whose, window.staff.role in OVERSEERS)


def emit_queue(listed: Listed) -> None:
    """One JSON document."""
    at = clock_for(HOUSE_ZONE).iso(listed.at)
    head: dict[str, Plain] = {"at": at, "whose": listed.whose, "counts": {**listed.counts}}
    emit_plain("collectdesk.queue/1", {**head, "cases": rows(listed.entries)})


def emit_rows(listed: Listed) -> None:
    """One JSON row a line."""
    emit_lines(rows(listed.entries))


def emit_sheet(listed: Listed) -> None:
    """CSV."""
    from collectdesk.show.csvout import emit_csv  # JSON has no use for it

    sheet = (
        [" ".join(each["code"] for each in row[name]) if name == "lacks" else row[name] for name in COLUMNS]
        for row in rows(listed.entries)
    )
    emit_csv(COLUMNS, sheet)


def rows(entries: Iterable[Entry]) -> list[Any]:
    """Each case as plain JSON, codes only; no name, no number."""
    told = cache(lambda clock, at: clock.iso(at))  # many open and close at the same instants
    return [_row(entry, told) for entry in entries]


def _row(entry: Entry, told: Callable[[LocalClock, int], str]) -> dict[str, Plain]:
    decision = entry.decision
    clock = decision.clock or clock_for(HOUSE_ZONE)
    opens, closes = (None, None) if entry.unproved else (decision.next_allowed_at, decision.allowed_until)
    stated = entry.amount is not None and entry.currency is not None
    return {
        "case": entry.code,
        "state": entry.state,
        "due": entry.due.kind if entry.due else None,
        "due_at": told(clock, entry.due.at) if entry.due else None,
        "bucket": entry.bucket or None,
        "days_past_due": entry.days_past_due,
        "amount": amount(entry.amount or 0, entry.currency or "CNY") if stated else None,
        "currency": entry.currency,
        "next_allowed_at": None if opens is None else told(clock, opens),
        "allowed_until": None if closes is None else told(clock, closes),
        "reason": entry.reason or None,
        "dials_left": entry.left.dials,
        "talks_left": entry.left.talks,
        "lacks": [{"code": code, "released_by": whose} for code, whose in entry.lacks],
        "collector": entry.collector,
    }
