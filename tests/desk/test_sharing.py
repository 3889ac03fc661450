"""Where many are alike, few are asked about, and everybody is told what they would be told alone."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pytest

from collectdesk.desk import bookcheck
from collectdesk.desk.case_files import CaseFiles
from collectdesk.desk.checking import Checked, check, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.sharing import Sharing
from collectdesk.gate import Gate
from tests import desks
from tests.desk import alike_books
from tests.desk.portions import read_few_at_a_time
from tests.desk.rooms import Room
from tests.desk.test_bookcheck import EVENING, alone, looking

MORNING, DAY = desks.MORNING, desks.DAY


def test_one_of_each_sort_is_asked_and_those_of_none_each() -> None:
    asked: list[int] = []

    def ask(cases: Sequence[int]) -> dict[int, str]:
        asked.extend(cases)
        return {case: f"said of {case}" for case in cases}

    sharing: Sharing[str] = Sharing()
    assert sharing.answers([(7, "known")], ask) == ["said of 7"]
    asked.clear()
    told = sharing.answers([(1, "a"), (2, None), (3, "a"), (4, "known"), (5, None), (6, "b")], ask)
    assert told == ["said of 1", "said of 2", "said of 1", "said of 7", "said of 5", "said of 6"]
    assert sorted(asked) == [1, 2, 5, 6]
    asked.clear()
    assert sharing.answers([(8, "b"), (9, None), (10, "a")], ask) == ["said of 6", "said of 9", "said of 1"]
    assert asked == [9]


def test_no_more_are_asked_about_than_whose_files_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a memory that has grown too long starts afresh, between one time and the next."""
    read_few_at_a_time(monkeypatch)
    asked: list[Sequence[int]] = []

    def ask(cases: Sequence[int]) -> dict[int, str]:
        asked.append(cases)
        return {case: f"said of {case}" for case in cases}

    sharing: Sharing[str] = Sharing()
    sorts: list[tuple[int, Hashable | None]] = [(case, case % 7 or None) for case in range(1, 22)]
    assert sharing.answers(sorts, ask) == [f"said of {case % 7 or case}" for case, _ in sorts]
    assert asked == [[7, 14, 21, 1, 2], [3, 4, 5, 6]]
    assert sharing.answers([(101, 1), (102, "one more")], ask) == ["said of 1", "said of 102"]
    assert sharing.answers([(103, 1)], ask) == ["said of 103"]


@pytest.mark.parametrize(
    ("seed", "at_home", "at", "few"),
    [(1, True, MORNING, False), (2, False, EVENING, True), (3, True, MORNING + 3 * DAY, True)],
)
def test_a_whole_book_of_alike_cases_is_told_what_each_is_told_alone(
    room: Room, room_url: str, monkeypatch: pytest.MonkeyPatch, seed: int, at_home: bool, at: int, few: bool
) -> None:
    if few:
        read_few_at_a_time(monkeypatch)
    alike_books.fill(room, seed, debtors=70, at_home=at_home)
    asked: list[int] = []

    def seen(gate: Gate, files: CaseFiles, contact: Contact, *rest: Any, **how: Any) -> Checked:
        asked.append(contact.case)
        return check(gate, files, contact, *rest, **how)

    monkeypatch.setattr(bookcheck, "check", seen)
    with looking(room_url, room.small.collector) as window:
        whole = dict(told for stretch in bookcheck.check_all(window, at) for told in stretch)
        assert len(asked) < len(whole)
        gate = gate_in_force(window.ask, window.at)
        cases = window.ask("SELECT id, code FROM case_file WHERE status = 'open'", {})
        assert len(cases) == len(whole)
        for case, code in cases:
            assert whole[code] == bookcheck.answer_of(alone(window, gate, case, at).decision), code
        short = [code for _, code in cases[::2]]
        assert dict(told for stretch in bookcheck.check_named(window, short, at) for told in stretch) == {
            code: whole[code] for code in short
        }
        monkeypatch.setattr(bookcheck, "NAMED", 10)  # a longer list
        told = [each for stretch in bookcheck.check_named(window, [*short, "none", None], at) for each in stretch]
        assert told == [*((code, whole[code]) for code in short), ("none", None), (None, None)]
        assert list(bookcheck.check_named(window, ["none"], at)) == [[("none", None)]]
