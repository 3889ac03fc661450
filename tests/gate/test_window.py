"""Windows: how long what happened keeps counting, told from both ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.gate.clock import clock_for
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.window import Window

SHANGHAI = clock_for("Asia/Shanghai")
NOON = 12 * 3600


def noon(day: str) -> int:
    return SHANGHAI.start_of(date.fromisoformat(day).toordinal()) + NOON


@pytest.mark.parametrize(
    ("happened", "leaves"),
    [
        ("2026-03-05", "2026-04-05"),
        ("2026-01-28", "2026-02-28"),
        ("2026-01-29", "2026-03-01"),
        ("2026-01-31", "2026-03-01"),
        ("2028-01-29", "2028-02-29"),
        ("2028-01-30", "2028-03-01"),
        ("2028-01-31", "2028-03-01"),
        ("2027-01-31", "2027-03-01"),
        ("2026-03-31", "2026-05-01"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_a_rolling_month_ends_on_the_like_date_or_the_first_after_a_short_one(happened: str, leaves: str) -> None:
    expected = SHANGHAI.start_of(date.fromisoformat(leaves).toordinal())
    assert Window(months=1).leaves(noon(happened), SHANGHAI) == expected


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-03-15", "2026-02-16"),
        ("2026-03-28", "2026-03-01"),
        ("2026-03-31", "2026-03-01"),
        ("2027-03-31", "2027-03-01"),
        ("2028-03-28", "2028-02-29"),
        ("2028-03-31", "2028-03-01"),
        ("2026-05-31", "2026-05-01"),
        ("2026-01-31", "2026-01-01"),
        ("2026-01-30", "2025-12-31"),
    ],
)
def test_a_rolling_month_begins_after_the_like_date_of_the_month_before(now: str, begins: str) -> None:
    expected = SHANGHAI.start_of(date.fromisoformat(begins).toordinal())
    assert Window(months=1).begins(noon(now), SHANGHAI) == expected


@pytest.mark.parametrize(
    ("happened", "leaves"), [("2026-11-30", "2026-12-01"), ("2026-12-01", "2027-01-01"), ("2026-02-28", "2026-03-01")]
)
def test_a_calendar_month_ends_with_the_month(happened: str, leaves: str) -> None:
    expected = SHANGHAI.start_of(date.fromisoformat(leaves).toordinal())
    assert Window(calendar="month").leaves(noon(happened), SHANGHAI) == expected


lengths = st.one_of(
    st.builds(lambda n: Window(months=n), st.integers(1, 14)),
    st.builds(lambda n: Window(dates=n), st.integers(1, 40)),
    st.builds(lambda n: Window(minutes=n), st.integers(1, 90_000)),
    st.builds(lambda n: Window(calendar="week", week_starts=n), st.integers(1, 7)),
    st.just(Window(calendar="month")),
    st.just(Window(ever=True)),
)
days = st.dates(date(2019, 1, 1), date(2029, 12, 31))


@given(window=lengths, now=days, back=st.integers(0, 500), seconds=st.integers(0, 86_399))
def test_what_has_not_left_is_what_lies_within(window: Window, now: date, back: int, seconds: int) -> None:
    """``begins`` and ``leaves`` say the same, and nothing older than ``longest_days`` counts."""
    at = noon(now.isoformat())
    happened = noon((now - timedelta(days=back)).isoformat()) - NOON + seconds
    if happened > at:
        return
    counts = window.leaves(happened, SHANGHAI) > at
    assert counts == (happened >= window.begins(at, SHANGHAI))
    assert not counts or at - happened < 86_400 * window.longest_days


def test_what_counts_for_ever_never_leaves() -> None:
    assert Window(ever=True).leaves(noon("1999-01-01"), SHANGHAI) == FOREVER


@pytest.mark.parametrize("wrong", [{}, {"dates": 1, "ever": True}, {"months": 0}, {"minutes": 0}])
def test_a_window_has_one_length(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a window"):
        Window(**wrong)
