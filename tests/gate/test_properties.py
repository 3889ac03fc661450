"""What must hold of every rule and every world: the gate against a minute-by-minute oracle, and laws of its own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.gate import Gate, convert_dial
from collectdesk.gate.solver import first_open_of_all, opens
from tests.gate import oracle, worlds
from tests.gate.oracle import AFTER, BEFORE, Scene

END = BEFORE + AFTER


def minute(place: Scene, seconds: int | None) -> int | None:
    """The instant as a minute of the scene; ``None`` when there is none before its end."""
    if seconds is None or seconds >= place.seconds(END):
        return None
    whole, rest = divmod(seconds - place.seconds(0), 60)
    assert rest == 0
    return whole


@pytest.mark.parametrize("kind", worlds.RULES)
@given(data=st.data())
def test_opens_is_the_first_permitted_minute_and_until_the_first_refused(kind: str, data: st.DataObject) -> None:
    """Policy 8: no permitted instant is skipped, none is invented; asked again at the opening, nothing changes."""
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place))
    rule = data.draw(worlds.RULES[kind])
    asked = world["asked"]
    point, facts = worlds.standpoint(rule, world, place), worlds.facts(world, place)
    expected = oracle.first_permitted([(rule, place)], world, asked, END)

    found = opens(point, facts, place.seconds(asked))

    assert minute(place, found.start) == expected
    if found.start is None or expected is None:
        return
    assert minute(place, found.until) == oracle.first_refused([(rule, place)], world, expected, END)
    assert opens(point, facts, found.start) == found
    assert point.state(facts, found.start).open
    assert found.until is None or not point.state(facts, found.until).open


STRETCHES = [("00:30", "02:15"), ("01:30", "23:30"), ("23:15", "24:00"), ("00:00", "24:00")]


@pytest.mark.parametrize(("zone", "middle"), worlds.CHANGES)
def test_every_minute_around_a_change_of_clocks(zone: str, middle: str) -> None:
    """Hours are as short as the wall allows and barred times as long, minute by minute for two days."""
    place = oracle.scene(zone, middle)
    blank = {
        "asked": BEFORE,
        "number": "n1",
        "purpose": "collect",
        "events": [],
        "consents": [],
        "holds": [],
        "days": {},
    }
    for start, end in STRETCHES:
        hours = {"kind": "hours", "open": [{"from": start, "to": end}]}
        barred = {"kind": "barred", "weekly": [{"from": start, "to": end}]}
        for rule, spoken in ((hours, []), ({"kind": "designation"}, [barred])):
            world = {**blank, "designations": spoken}
            point, facts = worlds.standpoint(rule, world, place), worlds.facts(world, place)
            for now in range(BEFORE - 1440, BEFORE + 1440):
                assert point.state(facts, place.seconds(now)).open == oracle.permitted(rule, world, place, now)


@given(data=st.data())
def test_all_rules_together_open_at_the_first_minute_all_permit(data: st.DataObject) -> None:
    """The strictest of several rules wins, also where they are judged in two zones at once."""
    place = data.draw(worlds.scenes)
    elsewhere = oracle.scene(data.draw(st.sampled_from(["Asia/Shanghai", "Europe/London"])), place.middle)
    world = data.draw(worlds.worlds(place))
    kinds = data.draw(st.lists(st.sampled_from(sorted(worlds.RULES)), min_size=2, max_size=4))
    rules = [(data.draw(worlds.RULES[kind]), data.draw(st.sampled_from([place, elsewhere]))) for kind in kinds]
    points = [worlds.standpoint(rule, world, where) for rule, where in rules]
    expected = oracle.first_permitted(rules, world, world["asked"], END)
    found = first_open_of_all(points, worlds.facts(world, place), place.seconds(world["asked"]))
    assert minute(place, found.start) == expected


@given(data=st.data())
def test_asked_again_when_it_opens_it_is_open_and_never_before(data: st.DataObject) -> None:
    """Policy 8.2: ``next_allowed_at`` is lawful when it comes, and nothing between now and then is."""
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place))
    kinds = data.draw(st.lists(st.sampled_from(sorted(worlds.RULES)), min_size=1, max_size=3))
    book = worlds.rulebook(*(data.draw(worlds.RULES[kind]) for kind in kinds))
    gate = Gate([book], {"XX": worlds.calendar(world, place)})
    question = {**worlds.told(world, place), "rulebooks": ["book"]}
    decision = gate.decide(convert_dial(question))
    assert decision.allowed == (decision.next_allowed_at == decision.at)
    assert decision.allowed == (not decision.blocks)
    end = minute(place, decision.next_allowed_at)
    before = data.draw(st.integers(world["asked"], END - 1 if end is None else max(world["asked"], end - 1)))
    if before != end:
        assert not gate.decide(convert_dial({**question, "at": place.iso(before)})).allowed
    if end is not None:
        again = gate.decide(convert_dial({**question, "at": place.iso(end)}))
        assert again.allowed
        assert again.next_allowed_at == decision.next_allowed_at


@given(data=st.data())
def test_while_it_is_allowed_it_is_allowed_until(data: st.DataObject) -> None:
    """Every minute of a permission is permitted, and the minute it ends is not."""
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place))
    kinds = data.draw(st.lists(st.sampled_from(sorted(worlds.RULES)), min_size=1, max_size=3))
    book = worlds.rulebook(*(data.draw(worlds.RULES[kind]) for kind in kinds))
    gate = Gate([book], {"XX": worlds.calendar(world, place)})
    question = {**worlds.told(world, place), "rulebooks": ["book"]}
    decision = gate.decide(convert_dial(question))
    if not decision.allowed:
        assert decision.allowed_until is None
        return
    end = minute(place, decision.allowed_until)
    within = data.draw(st.integers(world["asked"], (END if end is None else end) - 1))
    assert gate.decide(convert_dial({**question, "at": place.iso(within)})).allowed
    assert end is None or not gate.decide(convert_dial({**question, "at": place.iso(end)})).allowed


@pytest.mark.parametrize("kind", ["cap", "gap", "rest", "counting_cap", "counting_gap", "counting_rest", "one_channel"])
@given(data=st.data())
def test_one_more_call_never_opens_anything(kind: str, data: st.DataObject) -> None:
    """Policy 8.1: a call can only fill a cap and lengthen a pause, unless it is one that asked for an answer."""
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place))
    rule = data.draw(worlds.RULES[kind])
    point, at = worlds.standpoint(rule, world, place), place.seconds(world["asked"])
    more = {**world, "events": world["events"] + data.draw(worlds.events(world["asked"], "more"))}
    fewer, all_of_them = (opens(point, worlds.facts(each, place), at) for each in (world, more))
    if all_of_them.start is not None:
        assert fewer.start is not None
        assert fewer.start <= all_of_them.start


@given(data=st.data())
def test_one_more_rulebook_never_opens_anything(data: st.DataObject) -> None:
    """The strictest of several rulebooks wins by construction."""
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place))
    kinds = sorted(worlds.RULES)
    books = [
        worlds.rulebook(*(data.draw(worlds.RULES[data.draw(st.sampled_from(kinds))]) for _ in range(2)), name=name)
        for name in ("a", "b")
    ]
    gate = Gate(books, {"XX": worlds.calendar(world, place)})
    question = worlds.told(world, place)
    one = gate.decide(convert_dial({**question, "rulebooks": ["a"]}))
    both = gate.decide(convert_dial({**question, "rulebooks": ["a", "b"]}))
    turned = gate.decide(convert_dial({**question, "rulebooks": ["b", "a"]}))
    assert one.allowed or not both.allowed
    assert {block.rule for block in one.blocks} <= {block.rule for block in both.blocks}
    if both.next_allowed_at is not None:
        assert one.next_allowed_at is not None
        assert one.next_allowed_at <= both.next_allowed_at
    assert (turned.allowed, turned.next_allowed_at, turned.allowed_until) == (
        both.allowed,
        both.next_allowed_at,
        both.allowed_until,
    )


@given(data=st.data())
def test_two_zones_are_open_when_each_is(data: st.DataObject) -> None:
    """With several candidate zones all must be open: asked in both, it is what both say."""
    place = data.draw(worlds.scenes)
    world = data.draw(worlds.worlds(place))
    kind = data.draw(st.sampled_from(["hours", "closed_days", "cap", "designation"]))
    gate = Gate([worlds.rulebook(data.draw(worlds.RULES[kind]))], {"XX": worlds.calendar(world, place)})
    question = {**worlds.told(world, place), "rulebooks": ["book"]}
    zones = [place.zone, data.draw(st.sampled_from(["Asia/Shanghai", "Europe/London", "Asia/Kolkata"]))]

    def asked(*names: str) -> Any:
        return gate.decide(convert_dial({**question, "zones": [{"zone": name} for name in names]}))

    first, second, both = asked(zones[0]), asked(zones[1]), asked(*zones)
    assert both.allowed == (first.allowed and second.allowed)
    if both.next_allowed_at is not None:
        assert both.next_allowed_at >= max(first.next_allowed_at or 0, second.next_allowed_at or 0)
