"""Safety cards (policy article 12): one for each kind of emergency, with words, numbers and limits."""

from __future__ import annotations

import msgspec
import pytest

from collectdesk.desk.debt_words import debt_words_in
from collectdesk.desk.safety import Safety, compile_safety
from collectdesk.errors import BadData, NotFound
from tests.desk.shipped_words import codes, read, safety


def test_every_kind_of_emergency_has_its_card() -> None:
    assert {card.kind for card in safety().cards} == {code.code for code in codes().of("emergency")}


def test_what_is_said_in_danger_never_speaks_of_the_debt() -> None:
    """Policy article 12: safety first."""
    for card in safety().cards:
        for words in card.say:
            assert debt_words_in(words.zh_CN) == ()
            assert debt_words_in(words.en) == ()


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [("self_harm", ["110", "120", "12356"]), ("illness", ["120"]), ("fire_or_accident", ["119", "120", "110"])],
)
def test_a_card_gives_the_numbers_to_ring(kind: str, numbers: list[str]) -> None:
    card = safety().card(kind)
    assert [line.number for line in safety().helplines_for(card, "CN")] == numbers


def test_no_number_is_given_for_a_country_it_does_not_serve() -> None:
    assert safety().helplines_for(safety().card("self_harm"), "US") == ()


def test_how_sure_a_number_is_stands_with_it() -> None:
    assert {safety().cites[key].confidence for line in safety().helplines for key in line.cite} == {"S", "Q"}


def test_a_kind_without_a_card_is_named() -> None:
    with pytest.raises(NotFound):
        safety().card("boredom")


def test_compiled_cards_are_plain_data() -> None:
    assert msgspec.json.decode(msgspec.json.encode(safety()), type=Safety) == safety()


@pytest.mark.parametrize("change", [{"say": []}, {"call": ["coastguard"]}, {"cite": ["nowhere"]}, {"music": "soft"}])
def test_cards_that_are_wrong_cannot_be_compiled(change: dict[str, object]) -> None:
    mapping = read("safety.toml")
    mapping["card"][0].update(change)
    with pytest.raises(BadData):
        compile_safety(mapping)
