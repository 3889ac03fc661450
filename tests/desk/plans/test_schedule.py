"""The arithmetic of a plan against a slow obvious oracle that deals out the cents one by one and steps day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.plans.schedule import Instalment, Terms, amounts, dates, digest, months_after, schedule
from collectdesk.errors import BadData

DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
ONE = timedelta(days=1)


def dealt(total: int, count: int, place: str) -> list[int]:
    """Equal parts by dealing whole rounds of one cent, then what is left to one of them."""
    parts, left = [0] * count, total
    while left >= count:
        round_ = max(1, left // count // 2)
        for each in range(count):
            parts[each] += round_
        left -= round_ * count
    parts[0 if place == "first" else -1] += left
    return parts


def stepped(first: date, count: int, *, month_end: bool) -> list[date]:
    """Monthly dates by walking the calendar day by day: the day wanted, or the last one the month has."""
    found, day = [first], first
    while len(found) < count:
        month = day.month
        while day.month == month:
            day += ONE
        month, wanted = day.month, first.day
        while (month_end or day.day < wanted) and (day + ONE).month == month:
            day += ONE
        found.append(day)
    return found


def as_it_falls(day: date) -> date:
    return day


def to_monday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


@given(st.integers(1, 5_000_000), st.integers(1, 60), st.sampled_from(["first", "last"]), DAYS)
def test_equal_instalments_are_the_total_to_the_cent(total: int, count: int, place: str, first: date) -> None:
    """Article 11.1: equal but for the cents that do not divide, and those are on the first or last."""
    terms = Terms(total=total, kind="equal", count=count, first=first, remainder=place)  # type: ignore[arg-type]
    if total < count:
        with pytest.raises(BadData, match="plan_sum"):
            amounts(terms)
        return
    assert amounts(terms) == dealt(total, count, place)


@given(
    st.integers(10_000, 5_000_000),
    st.integers(2, 40),
    st.integers(1, 500),
    st.integers(1, 12),
    st.sampled_from(["first", "last"]),
)
def test_steps_rise_and_add_up(total: int, count: int, step: int, every: int, place: str) -> None:
    """Each group is exactly one step above the one before, but for the cents."""
    terms = Terms(
        total=total,
        kind="step_up",
        count=count,
        first=date(2027, 1, 1),
        step=step,
        step_every=every,
        remainder=place,  # type: ignore[arg-type]
    )
    higher = [sum(step for later in range(1, n + 1) if later % every == 0) for n in range(count)]
    if total - sum(higher) < count:
        with pytest.raises(BadData, match="plan_sum"):
            amounts(terms)
        return
    base = dealt(total - sum(higher), count, place)
    assert amounts(terms) == [low + more for low, more in zip(base, higher, strict=True)]
    assert sum(amounts(terms)) == total


@given(st.data())
def test_a_balloon_is_last_and_exact(data: st.DataObject) -> None:
    total = data.draw(st.integers(1_000, 5_000_000))
    count = data.draw(st.integers(2, 40))
    down = data.draw(st.integers(0, total // 4))
    balloon = data.draw(st.integers(1, total // 2))
    terms = Terms(
        total=total,
        kind="balloon",
        count=count,
        first=date(2027, 1, 31),
        down=down,
        down_on=date(2027, 1, 5),
        balloon=balloon,
    )
    rows = schedule(terms, as_it_falls)
    assert sum(each.amount for each in rows) == total
    assert rows[-1].amount == balloon
    assert [each.number for each in rows] == [*([0] if down else []), *range(1, count + 1)]
    assert [each.amount for each in rows if 0 < each.number < count] == dealt(total - down - balloon, count - 1, "last")


@given(DAYS, st.integers(1, 60))
def test_months_keep_the_day_or_the_months_last(first: date, count: int) -> None:
    """31 January, 28 February, 31 March: the day comes back after a short month."""
    terms = Terms(total=count, kind="equal", count=count, first=first)
    assert dates(terms) == stepped(first, count, month_end=False)


@given(DAYS, st.integers(1, 60))
def test_month_ends_stay_month_ends(day: date, count: int) -> None:
    first = day.replace(day=1)
    while (first + ONE).month == day.month:
        first += ONE
    terms = Terms(total=count, kind="equal", count=count, first=first, month_end=True)
    assert dates(terms) == stepped(first, count, month_end=True)


def test_a_month_end_plan_begins_at_one() -> None:
    with pytest.raises(BadData, match="plan_month_end"):
        dates(Terms(total=9, kind="equal", count=3, first=date(2027, 1, 30), month_end=True))


@given(DAYS, st.integers(1, 60))
def test_weeks_are_seven_days(first: date, count: int) -> None:
    found = dates(Terms(total=count, kind="equal", count=count, first=first, every="week"))
    assert {later - before for before, later in pairwise(found)} <= {timedelta(days=7)}
    assert len(found) == count


@given(DAYS, st.integers(1, 60), st.sampled_from(["month", "week"]))
def test_a_day_that_moves_overtakes_no_other(first: date, count: int, every: str) -> None:
    rows = schedule(Terms(total=count, kind="equal", count=count, first=first, every=every), to_monday)  # type: ignore[arg-type]
    assert all(each.due_on.weekday() < 5 for each in rows)
    assert list(rows) == sorted(rows, key=lambda each: each.due_on)


@given(DAYS, st.integers(0, 400))
def test_months_after_is_the_calendars(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + ONE).month != found.month)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": 0}, "plan_count"),
        ({"count": 601}, "plan_count_most"),
        ({"kind": "extension", "count": 2}, "plan_count"),
        ({"kind": "balloon", "count": 1, "balloon": 5}, "plan_count"),
        ({"down": 100}, "plan_sum_down"),
        ({"down": -1}, "plan_sum_down"),
        ({"down": 10}, "plan_down_date"),
        ({"down": 10, "down_on": date(2027, 1, 2)}, "plan_down_date"),
        ({"kind": "step_up"}, "plan_step"),
        ({"step": 3}, "plan_step"),
        ({"kind": "step_up", "step": 60}, "plan_sum"),
        ({"kind": "balloon"}, "plan_balloon"),
        ({"kind": "balloon", "balloon": 100}, "plan_balloon"),
        ({"kind": "balloon", "balloon": 99}, "plan_sum"),
        ({"first": date(9999, 12, 1)}, "plan_date"),
    ],
)
def test_terms_that_cannot_be_are_refused_by_name(changes: dict[str, object], code: str) -> None:
    """Sums that do not add up and dates that cannot be are refused; nothing is guessed."""
    fields: dict[str, object] = {"total": 100, "kind": "equal", "count": 3, "first": date(2027, 1, 1), **changes}
    with pytest.raises(BadData) as refused:
        schedule(Terms(**fields), as_it_falls)  # type: ignore[arg-type]
    assert refused.value.code == code


@given(st.integers(0, 2), st.sampled_from(["number", "due_on", "amount"]))
def test_a_digest_is_of_every_row(place: int, field: str) -> None:
    """Approval is bound to the schedule: no row can be another without another digest."""
    rows = [Instalment(n, date(2027, n, 1), 100) for n in (1, 2, 3)]
    other = {"number": 9, "due_on": date(2028, 1, 1), "amount": 101}
    edited = [*rows]
    edited[place] = Instalment(
        **{**{f: getattr(rows[place], f) for f in ("number", "due_on", "amount")}, field: other[field]}
    )
    assert digest({}, rows) == digest({}, list(rows)) != digest({}, edited)
    assert digest({"total": 300}, rows) != digest({"total": 301}, rows)
