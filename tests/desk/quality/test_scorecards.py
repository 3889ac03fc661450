"""The scorecard: what ships, what a card must satisfy, and its arithmetic against exact fractions."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.adoptable import prepare
from collectdesk.desk.quality.scorecards import Scorecard
from collectdesk.desk.quality.scoring import FATAL_LEVELS, LEVELS, Level, open_items, score
from collectdesk.desk.shipped import shipped
from collectdesk.errors import BadData
from collectdesk.show.width import cells

TEXT = shipped("scorecards/collection.toml").decode()
CARD: Scorecard = prepare("scorecard", TEXT.encode(), "collection.toml")[0].value
ROOM = 60


def test_the_shipped_card_has_four_parts_of_twenty_five() -> None:
    """Articles 9 and 14: civility, compliance, confidentiality and process weigh the same, every item has a source."""
    assert {each.name: each.weight for each in CARD.groups} == dict.fromkeys(
        ("civility", "compliance", "confidentiality", "process"), 25
    )
    cited = {key for each in CARD.by_name.values() for key in each.cite}
    assert {f"policy-9-{number}" for number in range(1, 8)} | {"policy-14"} <= cited
    for each in CARD.by_name.values():
        assert max(cells(each.title.zh_CN), cells(each.title.en)) <= ROOM


def test_what_is_never_tolerated_is_a_violation_the_codes_know() -> None:
    """Article 9: a fatal item is recorded as a kind of violation of its own."""
    codes = {each["code"] for each in tomllib.loads(shipped("codes.toml").decode())["field"]["violation"]["codes"]}
    kinds = [each.violation for each in CARD.fatals]
    assert set(kinds) <= codes
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("points = 10\n", "points = 9\n", "$.group.civility"),
        ("weight = 25", "weight = 24", "$.group"),
        ('group = "civility"', 'group = "colour"', "$.item.courtesy.group"),
        ('cite = ["policy-6-3"]', 'cite = ["policy-99"]', "$.item.listening.cite"),
        ('cite = ["policy-6-3"]', "cite = []", "$.item.listening.cite"),
        ('name = "listening"', 'name = "courtesy"', "$.item"),
        ('name = "insult"', 'name = "courtesy"', "$.item"),
        ('known = ["ending"]', 'known = ["weather"]', "$.item[2].known[0]"),
        ('code = "argued"', 'code = "hung_up"', "$.item.closing.reasons"),
    ],
)
def test_a_card_that_does_not_hold_together_is_refused(old: str, new: str, where: str) -> None:
    """It says where."""
    assert old in TEXT
    with pytest.raises(BadData) as refused:
        prepare("scorecard", TEXT.replace(old, new, 1).encode(), "collection.toml")
    assert refused.value.params["where"] == where


SCORED = st.fixed_dictionaries(
    {each.name: st.sampled_from(LEVELS) for each in CARD.items}
    | {each.name: st.sampled_from((*FATAL_LEVELS, *["clear"] * 8)) for each in CARD.fatals}
)


@given(levels=SCORED)
def test_the_score_is_what_exact_fractions_say(levels: dict[str, Level]) -> None:
    """Points earned of points there was occasion for, out of 100, halves up; nothing where something is fatal."""
    earned = whole = Fraction(0)
    for each in CARD.items:
        if levels[each.name] != "not_applicable":
            whole += each.points
            earned += (
                each.points * {"full": Fraction(1), "part": Fraction(1, 2), "none": Fraction(0)}[levels[each.name]]
            )
    exact = earned / whole * 100 if whole else Fraction(100)
    got = score(CARD, levels)
    fatal = tuple(each.name for each in CARD.fatals if levels[each.name] == "found")
    assert got.found == fatal
    assert got.points == (0 if fatal else int(exact + Fraction(1, 2)))
    assert open_items(CARD, levels) == ()


@given(levels=SCORED, gone=st.sampled_from(sorted(CARD.by_name)))
def test_what_is_not_scored_is_open(levels: dict[str, Level], gone: str) -> None:
    del levels[gone]
    assert open_items(CARD, levels) == (gone,)
