"""The templates beside the rulebooks: they can be read, prove themselves, and bind nobody until somebody adopts one."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectdesk.desk.adoptable import shipped_texts
from collectdesk.gate import Gate, compile_rulebook
from collectdesk.gate.examples import run_examples
from tests.gate import shipped_rules as shipped

TEMPLATES = sorted((shipped.DATA / "rulebooks" / "templates").glob("*.toml"))
BOOKS = [each for each in TEMPLATES if not each.name.endswith(".examples.toml")]


@pytest.mark.parametrize("path", BOOKS, ids=[each.stem for each in BOOKS])
def test_every_rule_of_a_template_objects_in_one_example_and_passes_in_another(path: Path) -> None:
    book = compile_rulebook(shipped.toml(path))
    outcomes = run_examples(shipped.toml(path.with_suffix(".examples.toml")), Gate([book], shipped.calendars()))
    assert [(each.name, each.differences) for each in outcomes if each.differences] == []
    for rule in book.rule:
        name = f"{book.id}/{rule.id}"
        assert any(name in each.blocked for each in outcomes), name
        assert any(name in each.passed for each in outcomes), name


@pytest.mark.parametrize("path", BOOKS, ids=[each.stem for each in BOOKS])
def test_a_template_is_marked_where_it_is_to_be_filled_in_and_is_not_adopted_by_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("fill in") >= len(compile_rulebook(shipped.toml(path)).rule)
    assert not any("templates" in file for _kind, file, _text in shipped_texts())


def test_the_blank_house_says_why_each_place_has_no_rulebook() -> None:
    text = (shipped.DATA / "rulebooks" / "templates" / "house-blank.toml").read_text(encoding="utf-8")
    assert all(place in text for place in ("United Kingdom", "Hong Kong", "Singapore", "Taiwan"))
    assert not {"uk", "gb", "hk", "sg", "tw"} & set(shipped.rulebooks())
