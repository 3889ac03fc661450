"""The solver on a rule whose answers are written down: what it asks, how far it looks, when a text is in force."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Facts, convert_dial
from collectdesk.gate.instant import EARLIEST
from collectdesk.gate.kinds.base import OPEN, Ground, Rule, State
from collectdesk.gate.solver import Standpoint, Walker, all_open, first_open_of_all, open_until, opens
from tests.gate import shipped_rules as shipped
from tests.gate.worlds import WORDS

NOW = 1_773_108_000  # 2026-03-10 10:00 in Shanghai
FOUR_HUNDRED_DAYS = 34_560_000
FACTS = Facts(convert_dial(shipped.lawful()))
asked: list[tuple[str, int]] = []
"""Which rule was asked at which instant."""


class Written(Rule, frozen=True, kw_only=True, tag="written"):
    """Open or closed from each of these instants on, in order; open before the first."""

    turns: dict[int, bool]
    every_second: bool = False

    def state(self, facts: Facts, ground: Ground, at: int) -> State:  # noqa: ARG002 - as every kind is asked
        asked.append((self.id, at))
        past = [turn for turn in self.turns if turn <= at]
        change = min((turn for turn in self.turns if turn > at), default=None)
        return State(self.turns[max(past)] if past else True, at + 1 if self.every_second else change)


def written(turns: dict[int, bool], name: str = "r", **fields: Any) -> Standpoint:
    words: Any = WORDS
    begins, ends = fields.pop("begins", None), fields.pop("ends", None)
    point = Standpoint(Written(id=name, turns=turns, **fields, **words), Ground(Any, None, {}))  # type: ignore[arg-type]
    if begins is not None:
        point = point._replace(begins=begins)
    return point if ends is None else point._replace(ends=ends)


def test_a_text_is_in_force_from_its_first_instant_until_before_its_end() -> None:
    point = written({}, begins=NOW, ends=NOW + 100)
    assert [point.in_force(at) for at in (NOW - 1, NOW, NOW + 99, NOW + 100, NOW + 101)] == [
        False, True, True, False, False,
    ]  # fmt: skip
    assert written({0: False}).in_force(EARLIEST)
    assert written({0: False}).state(FACTS, EARLIEST) == State(open=True, change=0)


def test_what_is_not_yet_or_no_longer_in_force_is_open_and_not_asked() -> None:
    asked.clear()
    point = written({0: False}, begins=NOW, ends=NOW + 100)
    assert point.state(FACTS, NOW - 1) == State(open=True, change=NOW)
    assert point.state(FACTS, NOW + 100) is OPEN
    assert point.state(FACTS, NOW + 101) is OPEN
    assert asked == []
    assert point.state(FACTS, NOW) == State(open=False, change=NOW + 100)
    assert point.state(FACTS, NOW + 99) == State(open=False, change=NOW + 100)


@pytest.mark.parametrize(("turn", "change"), [(NOW + 50, NOW + 50), (NOW + 150, NOW + 100)])
def test_an_answer_may_change_with_the_rule_or_with_the_end_of_its_text(turn: int, change: int) -> None:
    assert written({0: False, turn: True}, ends=NOW + 100).state(FACTS, NOW) == State(open=False, change=change)
    assert written({0: False, turn: True}).state(FACTS, NOW) == State(open=False, change=turn)


@pytest.mark.parametrize("limit", [None, NOW + FOUR_HUNDRED_DAYS])
def test_an_opening_is_looked_for_four_hundred_days_ahead_and_no_further(limit: int | None) -> None:
    last = written({0: False, NOW + FOUR_HUNDRED_DAYS: True})
    late = written({0: False, NOW + FOUR_HUNDRED_DAYS + 1: True})
    found, beyond = (opens(each, FACTS, NOW, limit) for each in (last, late))
    assert (found.start, found.beyond) == (NOW + FOUR_HUNDRED_DAYS, False)
    assert (beyond.start, beyond.until, beyond.beyond) == (None, None, True)
    assert first_open_of_all([last], FACTS, NOW) == (NOW + FOUR_HUNDRED_DAYS, None, False, None)
    assert first_open_of_all([late], FACTS, NOW) == (None, None, True, None)
    assert first_open_of_all([written({}), late], FACTS, NOW) == (None, None, True, None)


@pytest.mark.parametrize(("later", "until"), [(0, NOW + FOUR_HUNDRED_DAYS), (1, None)])
def test_an_end_is_looked_for_as_far(later: int, until: int | None) -> None:
    ends = written({NOW + FOUR_HUNDRED_DAYS + later: False})
    assert opens(ends, FACTS, NOW).until == until
    standing = [(ends, NOW + FOUR_HUNDRED_DAYS + later)]
    assert open_until(standing, FACTS, NOW + FOUR_HUNDRED_DAYS) == until


def test_what_no_time_opens_is_named_with_the_instant_it_was_asked_at() -> None:
    shut = written({NOW + 60: False}, "shut")
    late = written({0: False, NOW + 100: True}, "late")
    assert opens(written({0: False}), FACTS, NOW) == (None, None, False, None)
    assert first_open_of_all([late, shut], FACTS, NOW) == (None, None, False, (shut, NOW + 100))


def test_the_first_instant_at_which_all_are_open_together() -> None:
    """The second closes when the first opens: the answer is where both are open, not the later of the two openings."""
    first = written({0: False, NOW + 10: True, NOW + 40: False, NOW + 70: True}, "first")
    second = written({NOW + 5: False, NOW + 50: True}, "second")
    assert first_open_of_all([first, second], FACTS, NOW).start == NOW + 70
    assert first_open_of_all([second, first], FACTS, NOW).start == NOW + 70
    assert opens(second, FACTS, NOW + 50) == (NOW + 50, None, False, None)


def test_a_permission_lasts_until_the_first_of_all_closes() -> None:
    """A change that leaves a rule open ends nothing."""
    first = written({NOW + 10: True, NOW + 30: False})
    second = written({NOW + 20: True, NOW + 40: False})
    standing = [(first, NOW + 10), (second, NOW + 20)]
    assert open_until(standing, FACTS, NOW + 100) == NOW + 30
    assert open_until(standing[1:], FACTS, NOW + 100) == NOW + 40
    assert open_until(standing, FACTS, NOW + 30) == NOW + 30
    assert open_until(standing, FACTS, NOW + 29) is None
    assert open_until([], FACTS, NOW + 100) is None
    assert opens(first, FACTS, NOW).until == NOW + 30


def test_a_rule_is_asked_anew_only_when_its_answer_may_have_changed() -> None:
    point = written({0: False, NOW + 50: True, NOW + 90: False})
    walker = Walker(point, FACTS, NOW)
    assert walker.opens(NOW, NOW + 1000) == NOW + 50
    asked.clear()
    assert walker.opens(NOW + 50, NOW + 1000) == NOW + 50
    assert walker.opens(NOW + 89, NOW + 1000) == NOW + 89
    assert asked == []
    assert walker.again().opens(NOW + 90, NOW + 1000) is None
    assert asked == [("r", NOW + 90)]
    assert walker.opens(NOW, NOW + 1000) == NOW + 89


def test_an_opening_past_the_limit_stands_for_any_past_it() -> None:
    walker = Walker(written({0: False, NOW + 50: True}), FACTS, NOW)
    assert walker.opens(NOW, NOW + 49) == NOW + 50
    assert walker.opens(NOW, NOW + 50) == NOW + 50


def test_a_change_at_the_limit_itself_is_looked_at_and_none_past_it() -> None:
    shut = written({0: False, NOW + 50: False})
    late = written({0: False, NOW + 50: False, NOW + 60: True})
    assert Walker(late, FACTS, NOW).opens(NOW, NOW + 50) == NOW + 60
    assert Walker(shut, FACTS, NOW).opens(NOW, NOW + 50) is None
    assert Walker(shut, FACTS, NOW).opens(NOW, NOW + 49) == NOW + 50
    assert opens(shut, FACTS, NOW, NOW + 49) == (None, None, True, None)


def test_what_is_open_already_opens_at_once() -> None:
    assert first_open_of_all([written({}), written({NOW + 10: False})], FACTS, NOW) == (NOW, None, False, None)
    assert first_open_of_all([], FACTS, NOW) == (NOW, None, False, None)


def test_a_rule_that_changes_its_mind_without_end_is_given_up() -> None:
    """No timetable does so; if one did, the answer is that nothing opened."""
    never = written({0: False}, every_second=True)
    asked.clear()
    assert opens(never, FACTS, NOW) == (None, None, True, None)
    assert asked == [("r", NOW + second) for second in range(4097)]
    assert all_open([Walker(never, FACTS, NOW)], NOW) == (None, None, True, None)


class EveryOther(Rule, frozen=True, kw_only=True, tag="every_other"):
    """Open in every second second."""

    shift: int

    def state(self, facts: Facts, ground: Ground, at: int) -> State:  # noqa: ARG002 - as every kind is asked
        return State((at + self.shift) % 2 == 0, at + 1)


def test_two_rules_that_are_never_open_together_are_given_up() -> None:
    words: Any = WORDS
    even, odd = (Standpoint(EveryOther(id="r", shift=each, **words), Ground(Any, None, {})) for each in (0, 1))  # type: ignore[arg-type]
    assert opens(odd, FACTS, NOW).start == NOW + 1
    assert first_open_of_all([even, odd], FACTS, NOW) == (None, None, True, None)


def test_a_permission_that_is_in_doubt_every_second_lasts_as_far_as_was_looked() -> None:
    always = written({}, every_second=True)
    assert open_until([(always, NOW + 1)], FACTS, NOW + 10_000) == NOW + 4097
    assert open_until([(written({}), NOW + 20_000), (always, NOW + 1)], FACTS, NOW + 10_000) == NOW + 4097
