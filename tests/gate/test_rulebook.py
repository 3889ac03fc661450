"""Compiling a rulebook: what is wrong in it is told with its place, and nothing wrong compiles."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Malformed, compile_rulebook
from tests.gate import shipped_rules as shipped
from tests.gate.worlds import WORDS

HOURS = {**WORDS, "id": "h", "kind": "hours", "open": [{"from": "09:00", "to": "20:00"}]}
CAP = {
    **WORDS,
    "id": "c",
    "kind": "cap",
    "limit": 3,
    "window": {"dates": 1},
    "count": [{"of": "dial"}],
    "per": ["person"],
}
GAP = {**WORDS, "id": "g", "kind": "gap", "minutes": 30, "after": [{"of": "dial"}], "per": ["person"]}
NEED = {**WORDS, "id": "n", "kind": "require", "fact": "number.source"}


def document(*rules: Any, **fields: Any) -> dict[str, Any]:
    words = {"title": {"en": "t"}, "source": {"en": "s"}}
    return {"id": "book", "version": "1", **words, "rule": list(rules), **fields}


def without(mapping: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key != name}


def test_a_sound_rulebook_compiles() -> None:
    book = compile_rulebook(document(HOURS, CAP, GAP, NEED, fixed_zone="Asia/Shanghai"))
    assert [rule.kind for rule in book.rule] == ["hours", "cap", "gap", "require"]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (document(colour="red"), "$"),
        (without(document(), "id"), "$"),
        (without(document(), "title"), "$"),
        (document(version=1), "$.version"),
        (document(fixed_zone="Asia/Atlantis"), "$.fixed_zone"),
        (document(in_force={"from": "soon"}), "$.in_force.from"),
        (document(applies={"debt_types": ["pawn"]}), "$.applies.debt_types[0]"),
        (document(common={"not_purposes": ["gossip"]}), "$.common.not_purposes[0]"),
        (document({**HOURS, "kind": "moon"}), "$.rule[0].kind"),
        (document(without(HOURS, "kind")), "$.rule[0]"),
        (document(without(HOURS, "cite")), "$.rule[0]"),
        (document({**HOURS, "colour": "red"}), "$.rule[0]"),
        (document({**HOURS, "status": "custom"}), "$.rule[0].status"),
        (document({**HOURS, "confidence": "A"}), "$.rule[0].confidence"),
        (document({**HOURS, "severity": "advise"}), "$.rule[0].severity"),
        (document({**HOURS, "open": [{"from": "22:00", "to": "22:00"}]}), "$.rule[0].open[0]"),
        (document({**HOURS, "open": [{"from": "24:00", "to": "08:00"}]}), "$.rule[0].open[0]"),
        (document({**HOURS, "open": []}), "$.rule[0]"),
        (document({**HOURS, "holidays": "own"}), "$.rule[0]"),
        (document({**HOURS, "holiday_hours": HOURS["open"]}), "$.rule[0]"),
        (document({**HOURS, "holidays": "merry"}), "$.rule[0].holidays"),
        (document({**HOURS, "open": [{"from": "9:00", "to": "20:00"}]}), "$.rule[0].open[0].from"),
        (document({**HOURS, "open": [{"from": "09:00", "to": "25:00"}]}), "$.rule[0].open[0].to"),
        (
            document({**HOURS, "open": [{"from": "09:00", "to": "20:00", "weekdays": [8]}]}),
            "$.rule[0].open[0].weekdays[0]",
        ),
        (
            document({**HOURS, "open": [{"from": "09:00", "to": "20:00", "day_kinds": ["monday"]}]}),
            "$.rule[0].open[0].day_kinds[0]",
        ),
        (document({**HOURS, "when": {"channels": ["fax"]}}), "$.rule[0].when.channels[0]"),
        (document({**CAP, "window": {}}), "$.rule[0].window"),
        (document({**CAP, "window": {"dates": 1, "minutes": 5}}), "$.rule[0].window"),
        (document({**CAP, "window": {"dates": 0}}), "$.rule[0].window"),
        (document({**CAP, "count": [{"of": "shouts"}]}), "$.rule[0].count[0].of"),
        (document({**CAP, "per": ["family"]}), "$.rule[0].per[0]"),
        (document({**CAP, "limit": "3"}), "$.rule[0].limit"),
        (document(without(GAP, "minutes")), "$.rule[0]"),
        (document({**GAP, "dates": 1}), "$.rule[0]"),
        (document({**NEED, "fact": "shoe.size"}), "$.rule[0].fact"),
        (document({**NEED, "unknown": "shrug"}), "$.rule[0].unknown"),
        (document({**WORDS, "id": "x", "kind": "hold", "kinds": {"grudge": []}}), "$.rule[0].kinds"),
        (document({**WORDS, "id": "x", "kind": "hold", "kinds": {"plan": ["gossip"]}}), "$.rule[0].kinds[...][0]"),
        (document({**CAP, "limit": -1}), "$.rule[0].limit"),
        (document({**CAP, "unknown_others_cost": -1}), "$.rule[0].unknown_others_cost"),
        (document({**CAP, "window": {"calendar": "week", "week_starts": 0}}), "$.rule[0].window.week_starts"),
        (document({**CAP, "consent": {"opens": "cap", "life_dates": 0}}), "$.rule[0].consent.life_dates"),
        (document({**GAP, "minutes": 0}), "$.rule[0].minutes"),
        (document({**HOURS, "closing_minutes": -10}), "$.rule[0].closing_minutes"),
        (document({**NEED, "within_dates": -1}), "$.rule[0].within_dates"),
        (document(HOURS, HOURS), "$.rule"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(Malformed) as caught:
        compile_rulebook(wrong)
    assert caught.value.where == where
    assert caught.value.problem


@pytest.mark.parametrize("name", shipped.rulebooks())
def test_a_shipped_rulebook_speaks_both_languages_and_cites_what_was_read(name: str) -> None:
    """Every rule has its title, citation and paraphrase in Chinese and English, and says how sure we are."""
    book = shipped.rulebooks()[name]
    texts = [book.title, book.source, *(text for rule in book.rule for text in (rule.title, rule.cite, rule.text))]
    texts += [text for rule in book.rule for text in (rule.remedy, rule.undetermined) if text]
    assert [text for text in texts if set(text) != {"zh_CN", "en"} or not all(text.values())] == []
    assert [rule.id for rule in book.rule if rule.status == "draft" and rule.confidence != "D"] == []


STRENGTHS = {
    "cn-law": {"law"},
    "cn-card-2011": {"law"},
    "cn-gbt-45251-2025": {"guideline"},
    "cn-cba-2026": {"guideline"},
    "cn-guangdong": {"guideline"},
    "cn-strict": {"draft"},
    "house": {"house"},
    "us-reg-f": {"law", "guideline"},
    "kr": {"law"},
    "ca-on": {"law"},
    "ru": {"law"},
    "us-dc": {"law"},
    "us-ma": {"law"},
    "us-ny-nyc": {"law"},
    "us-wa": {"law"},
    "us-wv": {"law"},
    "ca-qc": {"law"},
    "ca-bc": {"law"},
    "au": {"guideline"},
    "ie": {"law", "guideline"},
    "in": {"law"},
}


@pytest.mark.parametrize("name", STRENGTHS)
def test_each_rule_has_the_strength_of_its_source(name: str) -> None:
    assert {rule.status for rule in shipped.rulebooks()[name].rule} == STRENGTHS[name]


def test_clauses_that_nobody_read_are_not_cited_by_number() -> None:
    """Of GB/T 45251 only the contents were read, of the CBA guideline no article number."""
    gbt = {text for rule in shipped.rulebooks()["cn-gbt-45251-2025"].rule for text in rule.cite.values()}
    cba = {text for rule in shipped.rulebooks()["cn-cba-2026"].rule for text in rule.cite.values()}
    assert all("§5.3" in text and "5.3." not in text for text in gbt)
    assert not [text for text in cba if "条" in text or "article" in text]
