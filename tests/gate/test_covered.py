"""A debt grows older while a call waits: what covers it by then is asked of it, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.gate import Decision, UnknownRulebook
from tests.gate.asking import asked, gate_of, local

TODAY = date(2026, 3, 10)
ABOVE = {"above_days_past_due": 30}
NEVER: dict[str, Any] = {"kind": "never"}
NIGHT = {"kind": "hours", "open": [{"from": "09:00", "to": "10:00"}]}


def overdue(days: int, as_of: str | None = "2026-03-10", **more: Any) -> dict[str, Any]:
    return {"id": "d1", "days_past_due": days, "as_of": as_of, **more}


def due(days: int) -> dict[str, Any]:
    return {"id": "d1", "due_on": (TODAY - timedelta(days=days)).isoformat()}


def until(when: dict[str, Any], *debts: dict[str, Any], **facts: Any) -> Decision:
    """What a rule that bars whatever it covers says of such debts."""
    return gate_of({**NEVER, "when": when}).decide(asked(debts=list(debts), **facts))


@pytest.mark.parametrize(
    ("when", "debt", "ends"),
    [
        (ABOVE, overdue(30), "2026-03-11 00:00"),
        (ABOVE, overdue(20), "2026-03-21 00:00"),
        (ABOVE, overdue(20, "2026-03-01"), "2026-03-12 00:00"),
        (ABOVE, overdue(29, None), "2026-03-12 00:00"),
        (ABOVE, overdue(30, "2026-03-12"), "2026-03-13 00:00"),
        (ABOVE, overdue(-500), None),  # beyond the horizon
        ({"least_age_days": 5}, due(5 - 2), "2026-03-12 00:00"),
        ({"least_age_days": 1, "most_age_days": 2}, due(-3), "2026-03-14 00:00"),
        ({"most_age_days": 2}, due(3), None),
    ],
)
def test_a_permission_ends_when_the_debt_comes_to_the_age(
    when: dict[str, Any], debt: dict[str, Any], ends: str | None
) -> None:
    found = until(when, debt)
    assert (found.allowed, found.allowed_until) == (True, None if ends is None else local(ends))
    assert (found.blocks, found.passed) == ((), ())  # the rule was not asked yet


@pytest.mark.parametrize(
    ("when", "debt", "opens"),
    [
        (ABOVE, overdue(31), None),
        ({"most_age_days": 2}, due(2), "2026-03-11 00:00"),
        ({"most_age_days": 30}, due(2), "2026-04-08 00:00"),
        ({"least_age_days": 2}, due(2), None),
    ],
)
def test_a_refusal_ends_when_the_debt_is_of_that_age_no_longer(
    when: dict[str, Any], debt: dict[str, Any], opens: str | None
) -> None:
    found = until(when, debt)
    assert (found.allowed, found.next_allowed_at) == (False, None if opens is None else local(opens))


@pytest.mark.parametrize(
    ("day", "allowed", "changes"),
    [
        ("10", True, "2026-03-12 00:00"),
        ("12", False, "2026-03-14 00:00"),
        ("14", True, "2026-03-16 00:00"),
        ("16", False, "2026-03-18 00:00"),
        ("18", True, None),
    ],
)
def test_of_several_debts_each_is_covered_in_its_own_time(day: str, changes: str | None, *, allowed: bool) -> None:
    debts = [due(-1), {**due(-5), "id": "d2"}]
    about = {"dial": {"person": "p1", "number": "n1", "debts": ["d1", "d2"]}, "at": f"2026-03-{day}T12:00:00+08:00"}
    found = until({"least_age_days": 1, "most_age_days": 2}, *debts, **about)
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == (changes and local(changes))


def test_the_first_instant_is_that_by_the_rules_of_then() -> None:
    """Closed for the night, and by the morning another rule of the book covers the debt as well."""
    week = {"kind": "cap", "limit": 1, "window": {"dates": 7}, "count": [{"of": "dial"}], "per": ["person"]}
    gate = gate_of(NIGHT, {**week, "when": ABOVE})
    call = {"id": "e1", "at": "2026-03-09T09:00:00+08:00", "kind": "call", "direction": "out", "person": "p1"}
    found = gate.decide(asked(debts=[overdue(30)], events=[call]))
    assert [each.rule for each in found.blocks] == ["book/r0"]
    assert found.next_allowed_at == local("2026-03-16 09:00")


def test_so_it_is_with_whole_rulebooks() -> None:
    """One that does not apply yet is asked from the date on which it does; where none applies, nothing is answered."""
    unnamed: dict[str, Any] = {"rulebooks": None, "debts": [overdue(30)]}
    later = gate_of(NEVER, applies=ABOVE)
    with pytest.raises(UnknownRulebook):
        later.decide(asked(**unnamed))
    books = [*gate_of(NIGHT).books.values(), *gate_of(NEVER, name="later", applies=ABOVE).books.values()]
    found = type(later)(books, {}).decide(asked(**unnamed))
    assert ([each.rule for each in found.blocks], found.next_allowed_at) == (["book/r0"], None)
    assert [each.rule for each in found.warnings] == ["later/r0"]  # closed by then


@pytest.mark.parametrize("names", [["Asia/Shanghai", "America/New_York"], ["America/New_York", "Asia/Shanghai"]])
def test_a_debt_is_as_old_as_any_of_the_candidate_zones_tells(names: list[str]) -> None:
    """At six in Shanghai it is still the day before in New York; the order of the zones says nothing."""
    found = until(
        ABOVE, overdue(30, "2026-03-10"), at="2026-03-11T06:00:00+08:00", zones=[{"zone": each} for each in names]
    )
    assert not found.allowed


@given(
    ages=st.lists(st.integers(-40, 40), min_size=1, max_size=3),
    limits=st.tuples(st.integers(-30, 30), st.integers(0, 20)),
    above=st.integers(0, 35),
    which=st.sampled_from(["above", "age", "both"]),
)
def test_it_is_answered_as_on_the_day_itself(ages: list[int], limits: tuple[int, int], above: int, which: str) -> None:
    when: dict[str, int] = {}
    if which != "age":
        when["above_days_past_due"] = above
    if which != "above":
        when.update(least_age_days=limits[0], most_age_days=limits[0] + limits[1])
    debts = [{**overdue(age), **due(age), "id": f"d{number}"} for number, age in enumerate(ages)]
    about = {"dial": {"person": "p1", "number": "n1", "debts": [each["id"] for each in debts]}}

    def answered(day: int) -> Decision:
        return until(when, *debts, at=f"{(TODAY + timedelta(days=day)).isoformat()}T12:00:00+08:00", **about)

    now, answers = answered(0), [answered(day).allowed for day in range(90)]
    changes = [day for day in range(1, 90) if answers[day] is not now.allowed]
    told = now.allowed_until if now.allowed else now.next_allowed_at
    expected = local(f"{(TODAY + timedelta(days=changes[0])).isoformat()} 00:00") if changes else None
    assert told == expected
