"""The house may tighten and set severities; it may not rewrite what a law or an association says."""

from __future__ import annotations

import pytest

from collectdesk.desk.rulebooks import as_shipped, difference, one, require_not_loosened
from collectdesk.desk.shipped import shipped
from collectdesk.errors import NotFound, NotPermitted
from collectdesk.gate import compile_rulebook

GUIDELINE = "rulebooks/cn-gbt-45251-2025.toml"
LAW = "rulebooks/cn-law.toml"


def changed(path: str, rule: str, line: str) -> bytes:
    """A shipped rulebook with one more line in one of its rules."""
    text = shipped(path).decode()
    return text.replace(f'id = "{rule}"\n', f'id = "{rule}"\n{line}\n', 1).encode()


def rule_of(path: str, status: str) -> str:
    book = next(each.book for each in as_shipped() if each.file == path)
    return next(rule.id for rule in book.rule if rule.status == status and rule.severity == "bar")


def test_a_guidelines_rule_may_be_set_to_warn() -> None:
    text = changed(GUIDELINE, rule_of(GUIDELINE, "guideline"), 'severity = "warn"')
    assert require_not_loosened(text, "x.toml").id == "cn-gbt-45251-2025"


def test_a_laws_rule_may_not() -> None:
    with pytest.raises(NotPermitted, match="rulebook_not_ours"):
        require_not_loosened(changed(LAW, rule_of(LAW, "law"), 'severity = "warn"'), "x.toml")


def test_no_other_word_of_theirs_may_be_changed() -> None:
    text = shipped(GUIDELINE).decode()
    head, _, _last = text.rpartition("\n[[rule]]")
    for other in (text.replace("guideline", "house", 1), head):
        with pytest.raises(NotPermitted, match="rulebook_not_ours"):
            require_not_loosened(other.encode(), "x.toml")


def test_the_house_rulebook_is_the_companys_own() -> None:
    """Article 8's numbers are the company's to set."""
    text = shipped("rulebooks/house.toml").replace(b"limit = 4", b"limit = 3", 1).replace(b'"20:00"', b'"19:00"')
    assert require_not_loosened(text, "house.toml").id == "house"


def test_a_difference_names_the_rules_and_settings() -> None:
    old = one(as_shipped(), "house").book
    new = compile_rulebook({"id": "house", "version": "2", "title": {"en": "H"}, "source": {}, "rule": []})
    all_of_it = (*(rule.id for rule in old.rule), *(f"settings.{name}" for name in old.settings))
    assert difference(old, new).removed == all_of_it
    assert difference(None, old).added == all_of_it
    assert difference(old, old) == difference(new, new)


def test_an_unknown_rulebook_is_named_beside_those_there_are() -> None:
    with pytest.raises(NotFound, match="no_such_rulebook") as missing:
        one(as_shipped(), "nope")
    assert "house" in str(missing.value.params["names"])
