"""Values of reports in words: exact rounding, changes with their sign, charts that show what they are given."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk import lang
from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.figure import Amount, Better, Count, Definition, Duration, Money, Score, Share, Value
from collectdesk.show.reports.charts import lengths, size, spark
from collectdesk.show.reports.flat import columns, lines
from collectdesk.show.reports.terminal import show
from collectdesk.show.reports.wording import change, rounded, worded
from collectdesk.show.width import cells
from tests.desk.reports.sample import empty, sample

NUMBERS = st.integers(0, 10**9)


def means(better: Better = "neither") -> Definition:
    text = Both("x", "x")
    return Definition(key="a.b", kind="count", title=text, short=text, meaning=text, better=better)


@given(NUMBERS, st.integers(1, 10**9))
def test_a_share_is_rounded_to_a_tenth_halves_up(part: int, whole: int) -> None:
    tenths = rounded(part * 1000, whole)
    assert tenths is not None
    exact = Fraction(part * 1000, whole)
    assert exact - Fraction(1, 2) < tenths <= exact + Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Count(1_234_567), "1,234,567"),
        (Share(155, 412), "37.6%"),
        (Share(1, 2000), "0.1%"),
        (Share(0, 0), "-"),
        (Money((Amount(18_640_050, "CNY"), Amount(5, "USD"))), "¥186,400.50 + USD 0.05"),
        (Money(), "0"),
        (Duration(84, 1), "1:24"),
        (Duration(13_020, 155), "1:24"),
        (Duration(36_061, 1), "10:01:01"),
        (Duration(0, 0), "-"),
        (Score(1_834, 20), "91.7"),
        (None, "-"),
    ],
)
def test_values_in_words(value: Value, text: str) -> None:
    assert worded(value) == text


@pytest.mark.parametrize(
    ("value", "before", "better", "expected"),
    [
        (Count(5), Count(3), "more", (1, "2", True)),
        (Count(3), Count(5), "less", (-1, "2", True)),
        (Count(3), Count(5), "more", (-1, "2", False)),
        (Count(5), Count(5), "more", (0, "0", None)),
        (Share(155, 412), Share(141, 398), "more", (1, "2.2", True)),
        (Share(1, 2), Share(0, 0), "more", None),
        (Money((Amount(500, "CNY"),)), Money(), "more", (1, "¥5.00", True)),
        (Money((Amount(500, "CNY"),)), Money((Amount(1, "USD"),)), "more", None),
        (Duration(100, 2), Duration(80, 2), "neither", (1, "0:10", None)),
        (Count(5), None, "more", None),
    ],
)
def test_changes(value: Value, before: Value, better: Better, expected: tuple[int, str, bool | None] | None) -> None:
    assert change(value, before, means(better)) == expected


@given(st.lists(NUMBERS, max_size=40))
def test_a_chart_is_as_tall_as_what_it_shows(numbers: list[int]) -> None:
    """Nothing is nothing, anything is something, and of two the larger is never drawn smaller."""
    values = [Count(each) for each in numbers]
    drawn = spark(values)
    assert len(drawn) == len(numbers)
    long = [len(bar) for bar in lengths(values, 24)]
    for each, sign, bar in zip(numbers, drawn, long, strict=True):
        assert (sign == " ") == (each == 0) == (bar == 0)
    for pairs in (list(zip(numbers, long, strict=True)), list(zip(numbers, map(ord, drawn), strict=True))):
        ordered = sorted(pairs)
        assert [height for _number, height in ordered] == sorted(height for _number, height in pairs)
    assert all(bar <= 24 for bar in long)
    assert size(Money((Amount(-5, "CNY"),))) == 0


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_the_sample_fits_the_screen(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = lang.current()
    monkeypatch.setenv("COLUMNS", "80")
    lang.use(language)
    try:
        for report in (sample(), empty()):
            show(report, explain=True)
    finally:
        lang.use(spoken)
    printed = capsys.readouterr().out
    assert [line for line in printed.splitlines() if cells(line) > 80] == []
    assert "37.6%" in printed
    assert "91.7" in printed


def test_a_plain_terminal_draws_with_plain_signs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTDESK_ASCII", "1")
    monkeypatch.setenv("COLUMNS", "80")
    show(sample(), explain=False)
    printed = capsys.readouterr().out
    assert not set(printed) & set("▁▂▃▄▅▆▇█▴▾─")
    assert "+14" in printed


def test_amounts_have_a_line_a_currency() -> None:
    made = sample()
    place = columns(made).index("id")
    assert place == 0
    assert [line[0] for line in lines(made)] == ["e17", "e18"]
