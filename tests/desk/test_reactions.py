"""The library for planning a call (policy article 4.2)."""

from __future__ import annotations

import msgspec
import pytest

from collectdesk.desk.reactions import Reactions, compile_reactions
from collectdesk.errors import BadData, NotFound
from tests.desk.shipped_words import reactions, read


def test_the_library_has_goals_points_and_enough_reactions() -> None:
    """Policy article 4.2: a goal, expected points, and a strategy for each likely reaction."""
    library = reactions()
    assert len(library.goals) >= 8
    assert len(library.points) >= 10
    assert len(library.reactions) >= 14
    for each in library.reactions:
        assert "policy-4-2" in each.cite
        assert each.strategy.zh_CN != each.avoid.zh_CN
        assert each.strategy.en != each.avoid.en


def test_a_point_serves_some_reaction() -> None:
    used = {point for each in reactions().reactions for point in each.points}
    assert used >= {point.code for point in reactions().points} - {"duration"}


def test_a_reaction_is_found_by_its_code() -> None:
    assert reactions().get("despair").door == "emergency"
    with pytest.raises(NotFound):
        reactions().get("joy")


def test_a_compiled_library_is_plain_data() -> None:
    assert msgspec.json.decode(msgspec.json.encode(reactions()), type=Reactions) == reactions()


@pytest.mark.parametrize(
    "change", [{"points": ["weather"]}, {"cite": ["nowhere"]}, {"door": "window"}, {"strategy": {"en": "Only"}}]
)
def test_a_library_that_is_wrong_cannot_be_compiled(change: dict[str, object]) -> None:
    mapping = read("reactions.toml")
    mapping["reaction"][0].update(change)
    with pytest.raises(BadData):
        compile_reactions(mapping)


@pytest.mark.parametrize("table", ["goal", "point", "reaction"])
def test_no_list_may_be_empty_or_hold_a_code_twice(table: str) -> None:
    mapping = read("reactions.toml")
    mapping[table].append(mapping[table][0])
    with pytest.raises(BadData):
        compile_reactions(mapping)
    mapping[table] = []
    with pytest.raises(BadData):
        compile_reactions(mapping)
