"""Courses as data (article 13.1): five sections, enough questions in both languages, each right by its source."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.adoptable import parse, prepare
from collectdesk.desk.shipped import listed, shipped
from collectdesk.desk.training import current
from collectdesk.desk.training.courses import SECTIONS, Course, Item, Section
from collectdesk.desk.training.drawing import draw, shares
from collectdesk.errors import BadData

FILES = listed("courses/*.toml")
COURSES: list[Course] = [prepare("course", shipped(path), path)[0].value for path in FILES]
QUESTIONS = [each for course in COURSES for each in course.questions]
COLLECTOR = next(each for each in COURSES if each.id == "collector")
LEAST = 60
NUMBER = re.compile(r"^\D*(\d+)")


def books(name: str) -> dict[str, Any] | None:
    """The shipped rulebook of that id."""
    for path in listed("rulebooks/*.toml"):
        book = parse(shipped(path), path)
        if book.get("id") == name:
            return book
    return None


def test_there_are_enough_in_each_section_and_language() -> None:
    """Article 13.1: law, business, communication, ethics, house rules."""
    assert len({each.ask.zh_CN for each in QUESTIONS}) >= LEAST
    assert len({each.ask.en for each in QUESTIONS}) >= LEAST
    counted = Counter(each.section for each in QUESTIONS)
    assert set(counted) == set(SECTIONS)
    assert min(counted.values()) >= 8


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item.id)
def test_a_question_is_whole(item: Item) -> None:
    """Article 13.1: in both languages, with its source; the right answer does not stand out by its place alone."""
    for lang in ("zh_CN", "en"):
        assert all(option.in_(lang).strip() for option in item.options)
    assert re.search(r"[\u4e00-\u9fff]", item.ask.zh_CN)
    assert not re.search(r"[\u4e00-\u9fff]", item.ask.en + item.why.en + "".join(o.en for o in item.options))
    assert not re.search(r"[,?;]", item.ask.zh_CN), "full-width punctuation"
    assert 0 < len(item.right) < len(item.options)


@pytest.mark.parametrize("item", [each for each in QUESTIONS if each.fact], ids=lambda item: item.id)
def test_numbers_are_those_of_the_shipped_rulebooks(item: Item) -> None:
    """Article 13.1: what is taught is what binds; and no wrong answer is the right number in other words."""
    assert item.fact is not None
    assert books(item.fact.rule.partition("/")[0]) is not None
    assert current.holds(item.fact, books), f"{item.fact.rule} {item.fact.at} is not {item.fact.says}"
    told = item.fact.told or item.fact.says
    for lang in ("zh_CN", "en"):
        wrong = [o.in_(lang) for o in item.options if not o.right]
        assert not any(NUMBER.match(text) and NUMBER.match(text)[1] == told for text in wrong)  # type: ignore[index]


def test_most_house_rules_with_a_number_are_held_to_it() -> None:
    """A question that asks for a number of the house says where it stands."""
    loose = [x.id for x in QUESTIONS if x.ask.zh_CN.startswith("公司制度：") and not x.fact]
    assert loose == ["house_holidays"]


def test_citations_claim_no_more_than_was_read() -> None:
    """Section level for the standard, document level for the association's guideline; no clause is invented."""
    for course in COURSES:
        for key, cite in course.cites.items():
            if key.startswith("gbt"):
                assert re.search(r"第5\.[1-6]节", cite.zh_CN)
                assert cite.confidence in "QS"
            if key.startswith("cba"):
                assert "第" not in cite.zh_CN
                assert "article" not in cite.en
                assert cite.confidence in "QS"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (", right = true", "", "$.question.law_night_open"),
        ('says = "08:00"', 'says = "07:30"', "$.question.law_night_open"),
        ('name = "law"', 'name = "laws"', "$.section[0].name"),
        ('cite = ["civil-1259"]', 'cite = ["civil-9999"]', "$.question.law_more_than"),
        ('cite = ["civil-1259"]', "cite = []", "$.question.law_more_than"),
        ('id = "law_night_close"', 'id = "law_night_open"', "$.question"),
        ("weight = 30", "weight = 0", "$.section[0].weight"),
        ('zh_CN = "08:00"', f'zh_CN = "08:00{"长" * 34}"', "$.question.law_night_open"),
    ],
)
def test_what_does_not_hold_together_is_not_adopted(old: str, new: str, where: str) -> None:
    content = shipped("courses/collector.toml").decode().replace(old, new, 1)
    with pytest.raises(BadData, match="text_malformed") as refused:
        prepare("course", content.encode(), "collector.toml")
    assert refused.value.params["where"] == where


@given(seed=st.integers(0, 2**48), count=st.integers(5, 100))
def test_a_draw_has_its_share_of_every_section(seed: int, count: int) -> None:
    """Article 13.1: by weight; no question twice; the answers are a shuffle of those there are; the seed decides."""
    drawn = draw(COLLECTOR.sections, COLLECTOR.questions, count, seed)
    assert drawn == draw(COLLECTOR.sections, COLLECTOR.questions, count, seed)
    names = [each.question for each in drawn]
    assert len(set(names)) == len(names) == min(count, len(COLLECTOR.questions))
    items = [COLLECTOR.question(name) for name in names]
    got = Counter(item.section for item in items if item)
    assert dict(got) == {k: v for k, v in shares(COLLECTOR.sections, COLLECTOR.questions, count).items() if v}
    for each, item in zip(drawn, items, strict=True):
        assert item is not None
        assert sorted(each.options) == list("abcdefgh"[: len(item.options)])


@given(seed=st.integers(0, 2**48), section=st.sampled_from(COLLECTOR.sections))
def test_what_was_asked_longest_ago_comes_again_first(seed: int, section: Section) -> None:
    """Article 13.1: the next exam asks others; none of a section is asked again before every other of it was."""
    pool = [each for each in COLLECTOR.questions if each.section == section.name]
    asked: dict[str, int] = {}
    for number in range(1, 4):
        drawn = {each.question for each in draw([section], pool, len(pool) // 2, seed + number, seen=asked)}
        left = {each.id for each in pool} - drawn
        assert max(asked.get(each, 0) for each in drawn) <= min(asked.get(each, 0) for each in left)
        asked |= dict.fromkeys(drawn, number)


def test_a_number_the_house_changed_is_not_asked() -> None:
    """Article 13.1: nobody is examined on a number that does not bind here."""
    item = COLLECTOR.question("house_dials")
    assert item is not None
    assert item.fact is not None
    house = tomllib.loads(shipped("rulebooks/house.toml").decode())
    rule = next(each for each in house["rule"] if each["id"] == "dials-per-day")
    rule["limit"] = 3
    assert not current.holds(item.fact, lambda _name: house)
    house["rule"].remove(rule)
    assert not current.holds(item.fact, lambda _name: house)
    assert current.holds(item.fact, lambda _name: None)
