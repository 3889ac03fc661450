"""A single check on an open desk, case after case at random, beside the very queries it asks."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks import book
from benchmarks.measuring import Contender, Setting
from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import Checked, check, find_case, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.standing import standing_of
from collectdesk.store.case_rows import Ask, one_case
from collectdesk.store.reader import Reader, open_url

TITLE = "a warm single check, its file open: against its own queries alone"
ROUNDS = 15
LIMIT = 1.5
CASES = 60
"""Cases asked about in a round; a round's figure is the mean of them."""
COLLECTOR = 1

Query = tuple[str, Mapping[str, object]]


def contenders(setting: Setting) -> Sequence[Contender]:
    """The queries of a number of checks as they were asked, then the checks."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    reader = open_url(f"sqlite:///{desk.home.database}", book.KEY)
    chance = random.Random(20261130)  # noqa: S311 - the same cases every time
    codes = [f"A-{chance.randint(1, setting.cases)}" for _ in range(CASES)]
    at = _lawful(reader, codes[0])
    asked = _recorded(reader, codes, at)
    queries = "queries of a check"
    warm = _over(codes, lambda code: checked(reader.ask, code, at), len(codes))
    return [
        Contender(queries, _over(asked, lambda query: reader.ask(*query), len(codes)), against=queries),
        Contender("warm check", warm, LIMIT, against=queries),
    ]


def _lawful(reader: Reader, code: str) -> int:
    """The next moment at which the case may be called, so that the hour at which this runs does not matter."""
    now = int(time.time())
    opens = checked(reader.ask, code, now).decision.next_allowed_at
    if opens is None:
        raise AssertionError("the first case is one that may be called")
    return opens


def checked(ask: Ask, code: str, at: int) -> Checked:
    """What ``collectdesk check CODE`` asks of an open desk."""
    case = find_case(ask, code)
    files = read_files(ask, one_case(case))
    contact = Contact(case, files.cases[case].debtor, None, at)
    return check(gate_in_force(ask, at), files, contact, standing_of(ask, COLLECTOR, at), "zh_CN")


def _recorded(reader: Reader, codes: Sequence[str], at: int) -> list[Query]:
    asked: list[Query] = []

    def ask(sql: str, params: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        asked.append((sql, params or {}))
        return reader.ask(sql, params)

    checked(reader.ask, codes[0], at)  # the rulebooks are read once, and are no query of a warm check
    for code in codes:
        checked(ask, code, at)
    return asked


def _over(given: Sequence[Any], action: Callable[[Any], object], checks: int) -> Callable[[], float]:
    """Seconds of this process per check."""

    def run() -> float:
        began = time.process_time()
        for each in given:
            action(each)
        return (time.process_time() - began) / checks

    return run
