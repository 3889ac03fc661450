"""Holds, wishes, notices, parties and answers: the gate against the minute-by-minute oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.gate import Gate, convert_dial
from collectdesk.gate.solver import Standpoint, first_open_of_all, opens
from tests.gate import worlds_people as people
from tests.gate.oracle import AFTER, BEFORE, Scene
from tests.gate.oracle_people import PEOPLE
from tests.gate.worlds import Json, calendar, rulebook, scenes, standpoint

END = BEFORE + AFTER


def minute(place: Scene, seconds: int | None) -> int | None:
    """The instant as a minute of the scene; ``None`` when there is none before its end."""
    if seconds is None or seconds >= place.seconds(END):
        return None
    whole, rest = divmod(seconds - place.seconds(0), 60)
    assert rest == 0
    return whole


def permitted(rules: list[Json], world: Json, place: Scene, now: int) -> bool:
    return all(PEOPLE[rule["kind"]](rule, world, place, now) for rule in rules)


def first(rules: list[Json], world: Json, place: Scene, start: int, *, wanted: bool) -> int | None:
    """The first minute from ``start`` at which all rules permit, or do not."""
    return next((n for n in range(start, END) if permitted(rules, world, place, n) == wanted), None)


def points(rules: list[Json], world: Json, place: Scene) -> list[Standpoint]:
    return [standpoint(rule, world, place) for rule in rules]


@pytest.mark.parametrize("kind", people.RULES)
@given(data=st.data())
def test_opens_is_the_first_permitted_minute_and_until_the_first_refused(kind: str, data: st.DataObject) -> None:
    """No permitted instant is skipped, none is invented; asked again at the opening, nothing changes."""
    place = data.draw(scenes)
    world = data.draw(people.worlds(place, kind))
    rule = data.draw(people.RULES[kind])
    asked = world["asked"]
    point, facts = standpoint(rule, world, place), people.facts(world, place)

    found = opens(point, facts, place.seconds(asked))

    expected = first([rule], world, place, asked, wanted=True)
    assert minute(place, found.start) == expected
    if found.start is None or expected is None:
        return
    assert minute(place, found.until) == first([rule], world, place, expected, wanted=False)
    assert opens(point, facts, found.start) == found
    assert point.state(facts, found.start).open
    assert found.until is None or not point.state(facts, found.until).open


@given(data=st.data())
def test_all_rules_together_open_at_the_first_minute_all_permit(data: st.DataObject) -> None:
    place = data.draw(scenes)
    kinds = data.draw(st.lists(st.sampled_from(sorted(people.RULES)), min_size=2, max_size=3))
    world = data.draw(people.worlds(place, *kinds))
    rules = [data.draw(people.RULES[kind]) for kind in kinds]
    found = first_open_of_all(points(rules, world, place), people.facts(world, place), place.seconds(world["asked"]))
    assert minute(place, found.start) == first(rules, world, place, world["asked"], wanted=True)


@given(data=st.data())
def test_a_refusal_gives_its_reason_and_what_does_not_bind_is_only_named_when_open(data: st.DataObject) -> None:
    """Every verdict can be written down, and a wish or hold is said not to bind only where nothing of it bars."""
    place = data.draw(scenes)
    world = data.draw(people.worlds(place, *people.RULES))
    rules = [data.draw(people.RULES[kind]) for kind in sorted(people.RULES)]
    gate = Gate([rulebook(*rules)], {"XX": calendar(world, place)})
    decision = gate.decide(convert_dial({**people.told(world, place), "rulebooks": ["book"]}))
    wire = decision.to_wire()
    assert len(wire["blocks"]) + len(wire["passed"]) == len(rules)
    beyond = {each["rule"] for each in wire["warnings"] if each["code"] == "designation_beyond"}
    assert not beyond & {each["rule"] for each in wire["blocks"]}
