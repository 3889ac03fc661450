"""Money, dates, spans and masks, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk import lang
from collectdesk.show import dates, masking, money

EAST = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "exact", "column", "zh", "en"),
    [
        (1248000, "CNY", "12480.00", "¥12,480.00", "人民币 12,480.00 元", "CNY 12,480.00"),
        (5, "CNY", "0.05", "¥0.05", "人民币 0.05 元", "CNY 0.05"),
        (-5, "CNY", "-0.05", "-¥0.05", "人民币 -0.05 元", "CNY -0.05"),
        (-123456, "USD", "-1234.56", "USD -1,234.56", "美元 -1,234.56 元", "USD -1,234.56"),
        (1234567, "JPY", "1234567", "JPY 1,234,567", "日元 1,234,567 元", "JPY 1,234,567"),
        (1234, "KWD", "1.234", "KWD 1.234", "KWD 1.234", "KWD 1.234"),
        (10**17, "CNY", "1000000000000000.00", "¥1,000,000,000,000,000.00", "人民币 1,000,000,000,000,000.00 元",
         "CNY 1,000,000,000,000,000.00"),
    ],
)  # fmt: skip
def test_an_amount_is_exact_and_read_with_ease(
    minor: int, currency: str, exact: str, column: str, zh: str, en: str
) -> None:
    assert money.decimal_text(minor, currency) == exact
    assert money.amount(minor, currency) == column
    assert (money.spoken(minor, currency, "zh_CN"), money.spoken(minor, currency, "en")) == (zh, en)


@given(st.integers(-(10**18), 10**18), st.sampled_from(["CNY", "JPY", "KWD", "USD"]))
def test_the_exact_text_is_the_minor_units(minor: int, currency: str) -> None:
    text = money.decimal_text(minor, currency)
    assert int(text.replace(".", "")) == minor
    assert money.amount(minor, currency).replace(",", "").replace("¥", "").removeprefix(f"{currency} ") == text


def test_dates_in_both_languages() -> None:
    day = date(2026, 11, 22)
    assert (dates.long_date(day, "zh_CN"), dates.long_date(day, "en")) == ("2026年11月22日", "22 Nov 2026")
    assert (dates.short_date(day, "zh_CN"), dates.short_date(day, "en")) == ("11月22日", "22 Nov")
    assert (dates.weekday(day, "zh_CN"), dates.weekday(day, "en")) == ("周日", "Sun")


def test_moments_are_told_in_the_zone_handed_in() -> None:
    assert dates.stamp(AT, EAST, "zh_CN") == "2026-11-23 周一 19:20"
    assert dates.moment(AT, EAST, "zh_CN", now=AT) == "11月23日 周一 19:20"
    assert dates.moment(AT, EAST, "en", now=AT) == "Mon 23 Nov 19:20"
    assert dates.moment(AT, EAST, "zh_CN", now=AT.replace(year=2025)) == "2026年11月23日 周一 19:20"
    assert dates.clock(AT, EAST) == "19:20"


def test_a_zone_without_a_name_of_ours_is_told_by_key_and_offset() -> None:
    assert (dates.zone_name("Asia/Shanghai", AT, "zh_CN"), dates.zone_name("Asia/Shanghai", AT, "en")) == (
        "北京时间",
        "Beijing time",
    )
    assert dates.zone_name("Asia/Urumqi", AT, "en") == "Asia/Urumqi (UTC+06:00)"


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (13 * 3600 + 40 * 60, "13 小时 40 分", "13 h 40 min"),
        (4 * 3600, "4 小时", "4 h"),
        (1200, "20 分", "20 min"),
        (1141, "20 分", "20 min"),
        (59, "1 分", "1 min"),
        (0, "0 分", "0 min"),
        (-5, "0 分", "0 min"),
        (2 * 86400 + 3 * 3600 + 59 * 60, "2 天 3 小时", "2 d 3 h"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units_and_never_too_short(seconds: int, zh: str, en: str) -> None:
    length = timedelta(seconds=seconds)
    assert (dates.span(length, "zh_CN"), dates.span(length, "en")) == (zh, en)


def test_the_clock_of_a_call_counts_seconds() -> None:
    assert dates.span(timedelta(seconds=134), "zh_CN", seconds=True) == "2 分 14 秒"


def test_the_language_spoken_is_the_default() -> None:
    before = lang.current()
    lang.use("zh_CN")
    assert dates.span(timedelta(hours=1)) == "1 小时"
    lang.use(before)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王*"),
        ("欧阳娜娜", "欧*"),
        ("John Smith", "J* S*"),
        ("阿依古丽·买买提", "阿*"),
        ("", "*"),
        ("李", "李*"),
    ],
)
def test_a_name_shows_its_beginning_only(name: str, masked: str) -> None:
    assert masking.mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("13800135678", "138****5678"), ("+86 138 0013 5678", "138****5678"), ("0755-12345678", "075****5678"),
     ("12345678", "****78"), ("110", "****0"), ("", "****"),
     ("+8675512345678", "0755-****5678"), ("+861062345678", "010-****5678"),
     ("+8613800135678", "138****5678")],
)  # fmt: skip
def test_a_number_shows_no_more_than_a_reader_needs(number: str, masked: str) -> None:
    assert masking.mask_number(number) == masked


@pytest.mark.parametrize(("tongue", "masked"), [("en", "0755-****4567 ext. 801"), ("zh_CN", "0755-****4567 转 801")])
def test_an_extension_stands_apart(tongue: str, masked: str) -> None:
    """Its digits are the switchboard's: they are neither the end of the number nor anybody's own."""
    before = lang.current()
    lang.use(tongue)
    assert masking.mask_number("+867551234567;ext=801") == masked
    lang.use(before)


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_masked_number_hides_at_least_a_third(number: str) -> None:
    shown = masking.mask_number(number).replace("*", "")
    assert len(shown) <= max(7, len(number) // 3)
    assert len(number) - len(shown) >= min(4, -(-len(number) * 2 // 3))


def test_an_identity_number_shows_its_end_only() -> None:
    assert (masking.mask_id("11010519900307123X"), masking.mask_id("1234567")) == ("****123X", "****")
