"""How benchmarks are compared: in turns, warmed up, by medians, as multiples of the first."""

from __future__ import annotations

import pytest

from benchmarks.measuring import Contender, Result, compare


def recorder(name: str, seconds: list[float], log: list[str]) -> Contender:
    """A contender that brings its own seconds: the first is the warm-up's."""
    left = iter(seconds)

    def run() -> float:
        log.append(name)
        return next(left)

    return Contender(name, run, limit=2.0 if name != "yardstick" else None)


def test_contenders_take_turns_and_every_other_round_runs_in_reverse() -> None:
    log: list[str] = []
    contenders = [recorder(name, [1.0] * 4, log) for name in ("yardstick", "a", "b")]
    compare(contenders, 3, lambda _done: None)
    forth, back = ["yardstick", "a", "b"], ["b", "a", "yardstick"]
    assert log == forth + forth + back + forth


def test_the_ratio_is_of_medians_and_leaves_the_warm_up_out() -> None:
    log: list[str] = []
    yardstick = recorder("yardstick", [90.0, 1.0, 2.0, 3.0], log)
    other = recorder("a", [900.0, 4.0, 3.0, 100.0], log)
    rounds: list[int] = []
    first, second = compare([yardstick, other], 3, rounds.append)
    assert (first.ratio, second.ratio) == (1.0, 2.0)
    assert second.seconds == [4.0, 3.0, 100.0]
    assert rounds == [1, 2, 3]


@pytest.mark.parametrize(("limit", "ratio", "kept"), [(None, 99.0, True), (2.0, 2.0, True), (2.0, 2.01, False)])
def test_a_limit_is_kept_up_to_its_value(limit: float | None, ratio: float, kept: bool) -> None:
    assert Result("a", limit, None, "yardstick", ratio=ratio).kept is kept


@pytest.mark.parametrize(("ratio", "kept"), [(5.0, True), (4.99, False)])
def test_what_is_to_be_exceeded_is_kept_from_its_value_on(ratio: float, kept: bool) -> None:
    assert Result("a", None, 5.0, "yardstick", ratio=ratio).kept is kept


def test_a_contender_without_own_seconds_is_timed() -> None:
    def nothing() -> None:
        return None

    (result,) = compare([Contender("nothing", nothing)], 2, lambda _done: None)
    assert len(result.seconds) == 2
    assert all(second >= 0 for second in result.seconds)
