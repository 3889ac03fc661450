"""Big questions: what does not change from step to step, or from debt to debt, is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

from collectdesk.gate import Facts, consent_given
from collectdesk.gate.clock import clock_for
from collectdesk.gate.consent_talks import Talks
from collectdesk.gate.counting import Weigher
from collectdesk.gate.debt_keys import keys_of
from collectdesk.gate.dial import Designation
from collectdesk.gate.exclusion import Exclusion
from collectdesk.gate.kinds.designation import Designated
from collectdesk.gate.kinds.hold import NoHold
from collectdesk.gate.quota import Quota
from collectdesk.gate.span_index import Recurring, Stretches
from collectdesk.gate.spans import LOOK_AHEAD, inside, next_start
from tests.gate.asking import Json, asked, decided, local

MANY = 40
SHANGHAI = clock_for("Asia/Shanghai")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], list[object]]:
    """What a function, which goes on to do its work, is asked: its second argument for a method, else its first."""

    def count(owner: Any, name: str) -> list[object]:
        found: list[object] = []
        real, place = getattr(owner, name), 1 if isinstance(owner, type) else 0

        @wraps(real)
        def asking(*given: Any, **named: Any) -> Any:
            found.append(given[place])
            return real(*given, **named)

        monkeypatch.setattr(owner, name, asking)
        return found

    return count


def calls(number: int, **fields: Any) -> list[Json]:
    """So many answered calls of the last hours, a minute apart."""
    call = {"person": "p1", "answered_by": "p1", "number": "n1", "line": "answered", "channel": "voice", "kind": "call"}
    return [{"id": f"e{each}", "at": f"2026-03-10T11:{each:02}:00+08:00", **call, **fields} for each in range(number)]


def test_a_consent_is_proven_once_however_many_calls_may_have_been_made_under_it(
    counted: Callable[[object, str], list[object]],
) -> None:
    proven = counted(consent_given, "_proven")
    terms = {"opens": "cap", "evidence": False, "made_under": "left_out", "ends_on_talk": True}
    rule = {
        "kind": "cap", "limit": 1, "window": {"dates": 2}, "count": [{"of": "dial"}], "per": ["person"],
        "consent": terms,
    }  # fmt: skip
    consent = {"opens": ["cap"], "by": "p1"}
    consents = [
        {"id": f"c{each}", "given_at": f"2026-03-10T11:{each:02}:30+08:00", "in_event": f"e{each}", **consent}
        for each in range(MANY)
    ]
    decision = decided(rule, events=calls(MANY), consents=consents)
    assert [block.code for block in decision.blocks] == []  # the last consent is still good for one more
    assert len(proven) == MANY


def test_a_designation_is_heard_once_however_many_steps_lead_out_of_them(
    counted: Callable[[object, str], list[object]],
) -> None:
    heard = counted(Designated, "_hears")
    designations = [
        {
            "id": f"w{each}", "by": "p1", "kind": "barred",
            "from": f"2026-03-{10 + each // 2:02}T{each % 2 * 12:02}:00:00+08:00",
            "until": f"2026-03-{10 + (each + 1) // 2:02}T{(each + 1) % 2 * 12:02}:30:00+08:00",
            "dates": {"from": "2026-03-01", "until": "2026-04-30"},
        }
        for each in range(MANY)
    ]  # fmt: skip
    decision = decided({"kind": "designation"}, designations=designations)
    assert decision.next_allowed_at == local("2026-03-30 00:30")
    assert len(heard) == MANY


def test_a_hold_is_looked_at_once_however_many_follow_each_other(
    counted: Callable[[object, str], list[object]],
) -> None:
    looked_at = counted(NoHold, "_stops")
    holds = [
        {
            "id": f"h{each}", "kind": "dispute",
            "received_at": f"2026-03-{10 + each // 2:02}T{each % 2 * 12:02}:00:00+08:00",
            "until": f"2026-03-{10 + (each + 1) // 2:02}T{(each + 1) % 2 * 12:02}:30:00+08:00",
        }
        for each in range(MANY)
    ]  # fmt: skip
    decision = decided({"kind": "hold", "kinds": {"dispute": []}}, holds=holds)
    assert decision.next_allowed_at == local("2026-03-30 00:30")
    assert len(looked_at) == MANY


def test_the_sort_of_a_call_is_asked_once_however_often_the_count_is_taken(
    counted: Callable[[object, str], list[object]],
) -> None:
    sorts = counted(Exclusion, "leaves_out")
    rule = {
        "kind": "cap", "limit": 1, "window": {"minutes": 120}, "count": [{"of": "dial"}], "per": ["person"],
        "excluding": [{"purposes": ["safety"], "limit": 2, "window": {"minutes": 60}}],
    }  # fmt: skip
    decision = decided(rule, events=calls(MANY, purpose="safety"))
    (block,) = decision.blocks
    left_out = [each["event"] for each in block.evidence["not_counted"]]
    assert left_out == ["e0", "e1"]  # the earliest, as many as any hour may have
    assert len(sorts) == MANY


def test_what_the_debts_share_is_weighed_once_for_all_of_them(
    counted: Callable[[object, str], list[object]],
) -> None:
    weighed = counted(Weigher, "weigh")
    debts = [f"d{each}" for each in range(MANY)]
    events = [{**call, "debts": [debts[place]]} for place, call in enumerate(calls(MANY))]
    events += [{**events[7], "id": "again"}]
    rule = {"kind": "cap", "limit": 2, "window": {"dates": 2}, "count": [{"of": "dial"}], "per": ["debt"]}
    (block,) = decided(rule, events=events, dial={"person": "p1", "number": "n1", "debts": debts}).blocks
    assert block.evidence["debt"] == "d7"
    assert [each["event"] for each in block.evidence["counted"]] == ["e7", "again"]
    assert len(weighed) == len(events)


@pytest.mark.parametrize(
    ("named", "keys"),
    [
        ({}, ["d00"]),  # nothing tells them apart
        ({"events": [{"id": "e", "at": "2026-03-10T11:00:00+08:00", "debts": ["d05"]}]}, ["d00", "d05"]),
        ({"events": [{"id": "e", "at": "2026-03-10T11:00:00+08:00", "discussed": ["d05", "x"]}]}, ["d00", "d05"]),
        ({"consents": [{"id": "c", "debts": ["d05"]}]}, ["d00", "d05"]),
        ({"debts": [{"id": "d03", "type": "student"}, {"id": "d04", "type": "student"}]}, ["d00", "d03"]),
        ({"debts": [{"id": "d03", "group": "g"}, {"id": "d04"}]}, ["d00", "d03", "d04"]),
        ({"debts": [{"id": "d03", "group": "g"}, {"id": "d04", "group": "h"}]}, ["d00", "d03"]),
        (
            {
                "debts": [{"id": "d03", "group": "g"}, {"id": "d04", "group": "h"}, {"id": "d05", "group": "h"}],
                "consents": [{"id": "c", "debts": ["d05"]}],
            },
            ["d00", "d03", "d04", "d05"],
        ),
    ],
)
def test_debts_that_nothing_tells_apart_are_counted_once(named: Json, keys: list[str]) -> None:
    facts = Facts(asked(dial={"person": "p1", "debts": [f"d{each:02}" for each in range(20)]}, **named))
    assert keys_of(("person", "debt"), facts) == keys


def test_few_debts_are_counted_one_by_one() -> None:
    facts = Facts(asked(dial={"person": "p1", "debts": ["d2", "d1", "d3"]}))
    assert keys_of(("group",), facts) == ["d1", "d2", "d3"]
    assert keys_of(("person",), facts) == (None,)


def test_times_wanted_barred_twice_use_up_a_quota_once() -> None:
    entry = Designation(id="w")
    kept = Quota(hours_a_week=28, hours_between=("08:00", "21:00")).hours_kept([entry] * MANY, 739_686)
    assert all(sorted(each)[0][0] == 0 for each in kept)
    assert max(map(len, kept)) <= 4


def test_a_date_is_asked_once_of_what_recurs() -> None:
    at, days = local("2026-03-10 12:00"), []
    today = SHANGHAI.day(at)

    def spans(day: int) -> list[tuple[int, int]]:
        days.append(day)
        start = SHANGHAI.start_of(day)
        return (
            [(start + 3600, start + 7200), (start + 5400, start + 9000), (start + 60, start + 60)]
            if day > today
            else []
        )

    found = Recurring(spans, SHANGHAI)
    for then in range(at, at + 3 * 86_400, 1800):
        around = inside(spans(SHANGHAI.day(then)), then)
        assert found.until(then) == (around[1] if around else None)
        assert found.after(then) == next_start(spans, then, SHANGHAI)
        assert found.after(then, today) == next_start(spans, then, SHANGHAI, today)
    days.clear()
    assert found.until(at) is None
    assert found.after(at) == SHANGHAI.start_of(today + 1) + 3600
    assert days == []
    nothing = Recurring(lambda day: [(SHANGHAI.start_of(day), SHANGHAI.start_of(day) + 1)], SHANGHAI)
    assert nothing.after(at, today + LOOK_AHEAD) == SHANGHAI.start_of(today + 1)


def test_of_stretches_around_an_instant_the_longest_counts() -> None:
    found = Stretches([(10, 20), (0, 100), (15, 30), (40, 40), (120, 130)])
    assert [found.until(at) for at in (-1, 0, 16, 99, 100, 125, 130)] == [None, 100, 100, 100, None, 130, None]
    assert [found.after(at) for at in (-1, 0, 14, 15, 40, 120)] == [0, 10, 15, 120, 120, None]


def test_the_next_talk_is_any_but_those_left_aside() -> None:
    events = Facts(asked(events=calls(3))).events
    talks = Talks(list(events))
    first, second, third = (event.at for event in events)
    assert talks.next_after(first - 1) == first
    assert talks.next_after(first) == second
    assert talks.next_after(first, "e1", None) == third
    assert talks.next_after(third) == 1 << 60


def test_events_are_found_by_their_ids_and_one_id_may_name_several() -> None:
    twice = [*calls(3), {"id": "e1", "at": "2026-03-10T10:00:00+08:00"}]
    facts = Facts(asked(events=twice))
    assert [event.at for event in facts.events_named("e1")] == [local("2026-03-10 10:00"), local("2026-03-10 11:01")]
    assert facts.event_named("e1") == facts.events_named("e1")[0]
    assert facts.event_named("e9") is None is facts.event_named(None)
    assert facts.shared_ids == {"e1"}
