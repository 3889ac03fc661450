"""The rulebooks at hand: found by name; what an adoption refuses is what a lint calls an error."""

from __future__ import annotations

import pytest

from collectdesk.desk.rulebook_lint import Around
from collectdesk.desk.rulebook_refusal import require_sound
from collectdesk.desk.rulebooks import as_shipped, one, shipped_calendars
from collectdesk.desk.shipped import shipped
from collectdesk.errors import BadData, NotFound, NotPermitted
from tests.conftest import START

GUIDELINE = "rulebooks/cn-gbt-45251-2025.toml"
LAW = "rulebooks/cn-law.toml"
HOUSE = "rulebooks/house.toml"
BOOKS = tuple(each.book for each in as_shipped())
AROUND = Around(BOOKS, BOOKS, shipped_calendars(), START)


def changed(path: str, rule: str, line: str) -> bytes:
    """A shipped rulebook with one more line in one of its rules."""
    text = shipped(path).decode()
    return text.replace(f'id = "{rule}"\n', f'id = "{rule}"\n{line}\n', 1).encode()


def rule_of(path: str, status: str) -> str:
    book = next(each.book for each in as_shipped() if each.file == path)
    return next(rule.id for rule in book.rule if rule.status == status and rule.severity == "bar")


def test_a_guidelines_rule_may_be_set_to_warn() -> None:
    text = changed(GUIDELINE, rule_of(GUIDELINE, "guideline"), 'severity = "warn"')
    assert require_sound(text, "x.toml", AROUND).id == "cn-gbt-45251-2025"


def test_a_laws_rule_may_not() -> None:
    with pytest.raises(NotPermitted, match="rulebook_not_ours"):
        require_sound(changed(LAW, rule_of(LAW, "law"), 'severity = "warn"'), "x.toml", AROUND)


def test_no_other_word_of_theirs_may_be_changed() -> None:
    text = shipped(GUIDELINE).decode()
    head, _, _last = text.rpartition("\n[[rule]]")
    for other in (text.replace('"guideline"', '"house"', 1), head):
        with pytest.raises(NotPermitted, match="rulebook_not_ours"):
            require_sound(other.encode(), "x.toml", AROUND)


def test_the_house_rulebook_is_the_companys_own() -> None:
    """Article 8's numbers are the company's to set."""
    text = shipped(HOUSE).replace(b"limit = 4", b"limit = 3", 1).replace(b'"20:00"', b'"19:00"')
    assert require_sound(text, "house.toml", AROUND).id == "house"


def test_it_goes_no_further_than_a_law_or_guideline() -> None:
    """Article 8.2: the refusal names the rule that stands in the way, and by what."""
    with pytest.raises(NotPermitted, match="rulebook_loosens") as refused:
        require_sound(shipped(HOUSE).replace(b'"20:00"', b'"22:30"', 1), "house.toml", AROUND)
    assert refused.value.params["against"] == "cn-cba-2026/night"
    assert "22:00-22:20" in str(refused.value.params["ours"])


def test_a_rule_of_the_house_does_not_go_away_by_itself() -> None:
    text = shipped(HOUSE).replace(b'id = "holidays"', b'id = "closed"', 1)
    with pytest.raises(NotPermitted, match="rulebook_loosens") as refused:
        require_sound(text, "house.toml", AROUND)
    assert refused.value.params["against"] == "house/holidays"


def test_another_fault_is_named_with_its_line() -> None:
    text = shipped(HOUSE).replace(b'calendar = "CN"', b'calendar = "XX"', 1)
    with pytest.raises(BadData, match="rulebook_faulty") as refused:
        require_sound(text, "house.toml", AROUND)
    assert (refused.value.params["fault"], refused.value.params["line"]) == ("unknown_calendar", 7)


def test_an_unknown_rulebook_is_named_beside_those_there_are() -> None:
    with pytest.raises(NotFound, match="no_such_rulebook") as missing:
        one(as_shipped(), "nope")
    assert "house" in str(missing.value.params["names"])
