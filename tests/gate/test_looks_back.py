"""``looks_back`` is true of every kind: a whole book is judged by it without reading what it says cannot matter."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.gate import Facts, convert_dial
from collectdesk.gate.kinds import AnyRule
from collectdesk.gate.kinds.base import EVER
from collectdesk.gate.known import FREE_OF_THE_PAST, FactName
from collectdesk.gate.lost_contact import VOID
from collectdesk.gate.solver import Standpoint, opens
from tests.gate import worlds
from tests.gate.oracle import BEFORE, Scene, scene

LEAST_REACH = {"cap", "gap", "rest"}


def judged(point: Standpoint, world: dict[str, Any], place: Scene, notices: list[Any] | None = None) -> object:
    """Now, from when and until when: everything a rule says of a contact at and after the instant asked about."""
    facts = asked(world, place, notices)
    return point.state(facts, place.seconds(world["asked"])), opens(point, facts, place.seconds(world["asked"]))


def asked(world: dict[str, Any], place: Scene, notices: list[Any] | None = None) -> Facts:
    told = worlds.told(world, place)
    numbers = [{"number": "n1", "person": "debtor", "class": "mobile", "status": world.get("status")}]
    history = {"complete_from": "2000-01-01T00:00:00Z", "complete_through": place.iso(world["asked"])}
    extra = {"numbers": numbers, "notices": notices or [], "debts": [{"id": "d1"}], "history": history}
    return Facts(convert_dial({**told, **extra}))


def matters(point: Standpoint, world: dict[str, Any], place: Scene) -> list[dict[str, Any]]:
    """The events a rule says may matter."""
    back = point.rule.looks_back
    now = place.seconds(world["asked"])
    young = [each for each in world["events"] if now - place.seconds(each["minute"]) < back.events]
    dead = [each for each in world["events"] if back.dead and each["line"] in VOID]
    return world["events"] if len(young) >= back.least or dead else []


requires = st.sampled_from(get_args(FactName)).map(
    lambda fact: {"kind": "require", "fact": fact, "none_of": ["invalid"]}
)
LINES = [*worlds.LINES, "suspended"]


@pytest.mark.parametrize("kind", [*worlds.RULES, "require", "one_permit", "party"])
@given(data=st.data())
def test_events_beyond_it_change_nothing_now_or_later(kind: str, data: st.DataObject) -> None:
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place, spoken=False))
    for event in world["events"]:
        event |= {"number": data.draw(st.sampled_from(["n1", "n2"])), "line": data.draw(st.sampled_from(LINES))}
    lost = {"roles": ["contact"], "needs": ["debtor_lost"]}
    plain = {"one_permit": {"kind": "one_permit"}, "party": {"kind": "party", "admit": [{"roles": ["debtor"]}, lost]}}
    rules: st.SearchStrategy[Any] = (
        requires if kind == "require" else worlds.RULES[kind] if kind in worlds.RULES else st.just(plain[kind])
    )
    point = worlds.standpoint(data.draw(rules), world, place)
    kept = {**world, "events": matters(point, world, place)}
    assert judged(point, kept, place) == judged(point, world, place)


@given(data=st.data())
def test_the_date_of_an_older_notice_changes_nothing(data: st.DataObject) -> None:
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place, spoken=False))
    rule = {"kind": "require", "fact": "notice.debt", **data.draw(st.sampled_from([{}, {"within_dates": 3}]))}
    point = worlds.standpoint(rule, world, place)
    now, back = place.seconds(world["asked"]), point.rule.looks_back.notices
    ages = data.draw(st.lists(st.integers(back, 20_000_000), min_size=1, max_size=3))
    notices = [{"kind": "debt", "sent_at": f"{instant(now - age)}"} for age in ages]
    merely_sent = [{"kind": "debt", "sent_at": f"{instant(now - back)}"} for _ in ages]
    assert judged(point, world, place, notices) == judged(point, world, place, merely_sent)


def instant(at: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).isoformat()


@pytest.mark.parametrize("kind", sorted(LEAST_REACH))
@given(data=st.data())
def test_it_says_no_less_than_a_kind_needs_and_not_for_ever(kind: str, data: st.DataObject) -> None:
    """What a kind names is finite: that is the whole gain."""
    rule = worlds.rulebook(data.draw(worlds.RULES[kind])).rule[0]
    assert 0 < rule.looks_back.events < EVER.events
    assert rule.looks_back.least >= 1


def test_a_kind_that_says_nothing_looks_back_for_ever() -> None:
    """A new kind costs speed, never truth."""
    kinds = get_args(AnyRule)
    assert kinds
    assert all(isinstance(kind.looks_back, property) for kind in kinds)
    place = scene(*worlds.SCENES[0])
    for fact in get_args(FactName):
        rule = worlds.rulebook({"kind": "require", "fact": fact}).rule[0]
        known = fact in (*FREE_OF_THE_PAST, "number.status", "number.confirmed") or fact.startswith("notice.")
        assert (rule.looks_back == EVER) is not known
    assert place.seconds(BEFORE)
