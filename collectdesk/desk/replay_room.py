"""What a proposed rulebook does to today's capacity (可拨容量): the open cases that may lawfully be called today.

Both answers are the gate's over the whole book, as ``check --all`` asks it: by what is in force, and with the proposal
in its place. Each case is asked about for the collector who has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from collectdesk.desk.bookcheck import Answer, check_all
from collectdesk.desk.reports.reach import Reach
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.supposed import Proposal, supposing
from collectdesk.desk.window import SCRIPT, Window
from collectdesk.gate.clock import clock_for

OPEN = "SELECT code, collector FROM case_file WHERE status = 'open'"


class Room(msgspec.Struct):
    """Open cases: how many, and those that may be called now or later today, without the proposal and with it."""

    cases: int = 0
    now: int = 0
    today: int = 0
    now_with: int = 0
    today_with: int = 0


class Capacity(msgspec.Struct, frozen=True):
    """Today's capacity as asked at ``at`` (UTC seconds): in all, and by the collector's team (its name)."""

    at: int
    whole: Room
    teams: Mapping[str, Room]


def capacity(
    window: Window, proposal: Proposal, reach: Reach, advance: Callable[[int], None] = lambda _count: None
) -> Capacity:
    """Ask about every open case twice; ``advance`` is told how many answers further it has come."""
    whose = {str(code): collector for code, collector in window.ask(OPEN, {})}
    mine = {code: _team(reach, key) for code, key in whose.items() if reach.keys is None or key in reach.keys}
    made = Capacity(window.at, Room(cases=len(mine)), defaultdict(Room))
    for team in mine.values():
        made.teams[team].cases += 1
    for_each = replace(window, staff=replace(window.staff, role=SCRIPT))  # asked for whoever has the case
    for seen, supposed in ((for_each, False), (supposing(for_each, proposal.book), True)):
        for told in check_all(seen, window.at):
            for code, answer in told:
                if code in mine and answer is not None:
                    _add((made.whole, made.teams[mine[code]]), answer, _ends(window.at), supposed=supposed)
            advance(len(told))
    return made


def _add(rooms: tuple[Room, ...], answer: Answer, ends: int, *, supposed: bool) -> None:
    opens = answer.next_allowed_at
    today = answer.allowed or (opens is not None and datetime.fromisoformat(opens).timestamp() < ends)
    for room in rooms:
        if supposed:
            room.now_with += answer.allowed
            room.today_with += today
        else:
            room.now += answer.allowed
            room.today += today


def _team(reach: Reach, collector: int | None) -> str:
    who = reach.staff.get(collector) if collector is not None else None
    return (who and who.team) or ""


def _ends(at: int) -> int:
    clock = clock_for(HOUSE_ZONE)
    return clock.start_of(clock.day(at) + 1)
