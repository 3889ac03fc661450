"""When a text covers a contact while its debts grow older, against asking it by every clock on every date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from collectdesk.gate import Facts
from collectdesk.gate.applies import When
from collectdesk.gate.covered import EVER, Spans, both, covered
from collectdesk.gate.facts import FOREVER
from tests.gate.asking import asked

TODAY = date(2026, 3, 10)  # in Shanghai and in New York; on Kiritimati it is the 11th
ZONES = ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati")
LATER = 400
"""Dates on which a refusal may still find its end."""
Ages = tuple[int | None, int | None, int | None]


def facts_of(zones: list[str], debts: list[dict[str, Any]]) -> Facts:
    numbered = [{"id": f"d{number}", **debt} for number, debt in enumerate(debts)]
    dial = {"person": "p1", "channel": "voice", "debts": [each["id"] for each in numbered]}
    return Facts(asked(zones=[{"zone": each} for each in zones], debts=numbered, dial=dial))


def due(days: int) -> dict[str, Any]:
    return {"due_on": (TODAY + timedelta(days)).isoformat()}


def overdue(days: int, stated: int) -> dict[str, Any]:
    return {"days_past_due": days, "as_of": (TODAY - timedelta(stated)).isoformat()}


def edges(facts: Facts) -> list[int]:
    """The first and the last second of every date by every clock, from the instant asked about on."""
    dates = range(TODAY.toordinal(), TODAY.toordinal() + LATER)
    begins = [clock.start_of(day) for clock in facts.dated_by for day in dates]
    return [at for begin in begins for at in (begin - 1, begin) if at >= facts.at]


def within(spans: Spans, at: int) -> bool:
    return any(begin <= at < end for begin, end in spans)


ages = st.tuples(*[st.one_of(st.none(), st.integers(-5, 450))] * 3)
debts = st.one_of(st.integers(-430, 430).map(due), st.builds(overdue, st.integers(0, 400), st.integers(0, 90)))


@given(ages, st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True), st.lists(debts, max_size=3))
@example((None, 3, 5), ["Asia/Shanghai"], [due(0), due(-20), due(20)])
@example((None, 3, 5), list(ZONES), [due(0), due(7)])
@example((30, None, None), ["America/New_York"], [overdue(30, 0), overdue(10, 4)])
@example((None, 0, 399), ["Asia/Shanghai"], [due(0)])
@example((None, 0, 398), ["Asia/Shanghai"], [due(0)])
def test_it_covers_at_an_instant_if_by_any_clock_it_covers_on_that_date(
    limits: Ages, zones: list[str], owed: list[dict[str, Any]]
) -> None:
    above, least, most = limits
    when = When(above_days_past_due=above, least_age_days=least, most_age_days=most)
    facts = facts_of(zones, owed)
    spans = covered(when, facts)
    for at in edges(facts):
        expected = any(when.covers(facts, clock.day(at)) for clock in facts.dated_by)
        assert within(spans, at) is expected, at - facts.at
    assert all(begin < end for begin, end in spans)
    assert all(end < begin for (_, end), (begin, _) in pairwise(spans))


def test_it_looks_as_far_ahead_as_a_refusal_does() -> None:
    """Where clocks go forward meanwhile, so many times 24 hours may reach into one more date."""
    facts = facts_of(["Asia/Shanghai"], [due(0)])
    begin = facts.clocks[0].start_of(TODAY.toordinal() + LATER + 1)
    assert covered(When(least_age_days=LATER + 1), facts) == ((begin, FOREVER),)
    assert covered(When(least_age_days=LATER + 2), facts) == ()


def test_what_does_not_grow_covers_for_ever_or_never() -> None:
    facts = facts_of(["Asia/Shanghai"], [due(0)])
    assert covered(When(), facts) is EVER
    assert EVER == ((-FOREVER, FOREVER),)
    assert covered(When(channels=("email",)), facts) == ()
    assert covered(When(channels=("email",), least_age_days=1), facts) == ()
    assert covered(When(least_age_days=0), facts) == ((-FOREVER, FOREVER),)


def test_two_texts_cover_together_where_both_do() -> None:
    assert both(EVER, ((3, 5),)) == ((3, 5),)
    assert both(((3, 5),), EVER) == ((3, 5),)
    assert both(((1, 4), (6, 9)), ((3, 7), (9, 10))) == ((3, 4), (6, 7))
    assert both(((1, 4),), ((4, 6),)) == ()
