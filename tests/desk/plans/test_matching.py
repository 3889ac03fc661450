"""Instalments against payments: examples for each way of paying, and an oracle that hands over cent by cent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.plans.matching import Matched, Owed, Paid, match

OWED = (Owed(1, date(2026, 12, 24), 400), Owed(2, date(2027, 1, 25), 300), Owed(3, date(2027, 2, 24), 300))
GRACE = 3


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("paid", "today", "states", "over", "broken_on"),
    [
        ([], "2026-12-24", ["open", "open", "open"], 0, None),
        ([], "2026-12-25", ["missed", "open", "open"], 0, None),
        ([], "2026-12-27", ["missed", "open", "open"], 0, None),
        ([], "2026-12-28", ["missed", "open", "open"], 0, "2026-12-28"),
        ([("2026-12-24", 400)], "2026-12-30", ["exact", "open", "open"], 0, None),
        ([("2026-12-27", 400)], "2026-12-30", ["late", "open", "open"], 0, None),
        ([("2026-12-28", 400)], "2026-12-30", ["late", "open", "open"], 0, "2026-12-28"),
        ([("2026-12-20", 399)], "2026-12-26", ["part", "open", "open"], 0, None),
        ([("2026-12-20", 399)], "2027-01-02", ["part", "open", "open"], 0, "2026-12-28"),
        ([("2026-12-20", 399), ("2026-12-26", 1)], "2027-01-02", ["late", "open", "open"], 0, None),
        ([("2026-12-01", 500)], "2027-01-25", ["exact", "open", "open"], 0, None),
        ([("2026-12-01", 500)], "2027-01-26", ["exact", "part", "open"], 0, None),
        ([("2026-12-01", 1000)], "2026-12-02", ["exact", "exact", "exact"], 0, None),
        ([("2026-12-01", 1050)], "2026-12-02", ["exact", "exact", "exact"], 50, None),
    ],
)
def test_how_instalments_stand(
    paid: list[tuple[str, int]], today: str, states: list[str], over: int, broken_on: str | None
) -> None:
    """Article 11.1: paid exactly, late, in part, over; broken only after the days of grace."""
    kept = match(OWED, [Paid(on(day), amount) for day, amount in paid], on(today), GRACE)
    assert [each.state for each in kept.instalments] == states
    assert (kept.over, kept.broken_on) == (over, on(broken_on) if broken_on else None)


def test_the_block_ends_after_the_grace_of_the_next_one() -> None:
    kept = match(OWED, [Paid(on("2026-12-20"), 400)], on("2026-12-21"), GRACE)
    assert kept.blocks_until(GRACE) == on("2027-01-29")
    assert match(OWED, [Paid(on("2026-12-20"), 1000)], on("2026-12-21"), GRACE).blocks_until(GRACE) is None


DATES = st.dates(date(2026, 12, 1), date(2027, 4, 1))


@given(
    st.lists(st.tuples(DATES, st.integers(1, 9)), min_size=1, max_size=5),
    st.lists(st.tuples(DATES, st.integers(1, 12)), max_size=6),
    DATES,
    st.integers(0, 5),
)
def test_cent_by_cent(due: list[tuple[date, int]], money: list[tuple[date, int]], today: date, grace: int) -> None:
    """Every cent goes to the first instalment that lacks one, in the order it was paid."""
    owed = [Owed(n, day, amount) for n, (day, amount) in enumerate(sorted(due), 1)]
    got, whole, over = {each.number: 0 for each in owed}, dict[int, date](), 0
    for day, amount in sorted(money, key=lambda each: each[0]):
        for _cent in range(amount):
            short = next((each for each in owed if got[each.number] < each.amount), None)
            if short is None:
                over += 1
                continue
            got[short.number] += 1
            if got[short.number] == short.amount:
                whole[short.number] = day
    kept = match(owed, [Paid(day, amount) for day, amount in money], today, grace)
    assert {each.number: each.paid for each in kept.instalments} == got
    assert {each.number: each.whole_on for each in kept.instalments if each.whole_on} == whole
    assert kept.over == over
    assert kept.broken_on == broken(owed, whole, today, grace)
    assert (kept.next is None) == (len(whole) == len(owed))


def broken(owed: list[Owed], whole: dict[int, date], today: date, grace: int) -> date | None:
    """The first day, walking on, on which an instalment's day and grace are over and it is not whole."""
    day = min(each.due_on for each in owed)
    while day <= max(today, *whole.values()) if whole else day <= today:
        for each in owed:
            paid_on = whole.get(each.number)
            lacks = paid_on > day - timedelta(days=1) if paid_on else today >= day
            if day == each.due_on + timedelta(days=grace + 1) and lacks:
                return day
        day += timedelta(days=1)
    return None


def test_what_is_known_of_an_instalment() -> None:
    kept = match(OWED, [Paid(on("2026-12-26"), 450)], on("2026-12-26"), GRACE)
    assert kept.instalments[0] == Matched(1, on("2026-12-24"), 400, 400, on("2026-12-26"), "late")
    assert kept.instalments[1].paid == 50
    assert (kept.paid, kept.next, kept.whole_on) == (450, kept.instalments[1], None)
