"""Two rulebooks compared rule by rule and field by field, in words and for programs."""

from __future__ import annotations

import pytest

from collectdesk import lang
from collectdesk.desk.rulebook_bounds import days_of
from collectdesk.desk.rulebook_diff import Comparison, compare
from collectdesk.desk.rulebook_lint import Around, lint
from collectdesk.desk.rulebooks import as_shipped, one, shipped_calendars
from collectdesk.desk.shipped import shipped
from collectdesk.gate import Rulebook
from collectdesk.show.rulebook_diff import FIELDS, diff_lines
from collectdesk.show.width import cells
from tests.conftest import START

BOOKS = tuple(each.book for each in as_shipped())
CALENDARS = shipped_calendars()
HOUSE = one(as_shipped(), "house").book
TEXT = shipped("rulebooks/house.toml").decode()
STANDING_IN = ["spouse", "parent", "guardian", "heir", "agent", "contact", "employer"]


def edited(*pairs: tuple[str, str]) -> Rulebook:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    found = lint("x.toml", text.encode(), Around(BOOKS, BOOKS, CALENDARS, START)).book
    assert found is not None
    return found


def compared(*pairs: tuple[str, str]) -> Comparison:
    new = edited(*pairs)
    return compare(HOUSE, new, days_of(new, CALENDARS, START))


def told(found: Comparison) -> list[tuple[object, ...]]:
    return [
        (change.name, ".".join(map(str, each.path)), each.old, each.new, each.sense)
        for change in found.changes
        for each in change.fields
    ]


def test_the_same_rulebook_differs_in_nothing() -> None:
    found = compare(HOUSE, HOUSE)
    assert found.changes == ()
    assert len(diff_lines(found)) == 3


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("limit = 4", "limit = 3", ("dials-per-day", "limit", 4, 3, "tighter")),
        ("limit = 4", "limit = 6", ("dials-per-day", "limit", 4, 6, "looser")),
        ('to = "20:00"', 'to = "19:00"', ("hours", "open.0.to", "20:00", "19:00", "tighter")),
        ('to = "20:00"', 'to = "21:00"', ("hours", "open.0.to", "20:00", "21:00", "looser")),
        ("closing_minutes = 10", "closing_minutes = 0", ("hours", "closing_minutes", 10, 0, "looser")),
        ('severity = "warn"\n', "", ("recordings-kept", "severity", "warn", "bar", "tighter")),
        ("most_days = 30", "most_days = 14", ("settings.promise", "most_days", 30, 14, None)),
        ("最后 10 分钟", "最后十分钟", ("hours", "text.zh_CN", "每日 09:00 至 20:00，最后 10 分钟不再新拨。",
                                "每日 09:00 至 20:00，最后十分钟不再新拨。", None)),
        ('any_debt = ["contact_refused"]', "any_debt = []",
            ("holds", "any_debt", ["contact_refused"], [], "looser")),
        ('any_debt = ["contact_refused"]', 'any_debt = ["contact_refused", "cease"]',
            ("holds", "any_debt", ["contact_refused"], ["contact_refused", "cease"], "tighter")),
        ('"heir", "agent", "contact", "employer", "other"]\nwhen', '"heir", "agent", "contact", "employer"]\nwhen',
            ("represented", "reaches", [*STANDING_IN, "other"], STANDING_IN, "looser")),
        ('["spouse", "parent", "guardian", "heir", "agent", "contact", "employer", "other"]\nwhen', '"all"\nwhen',
            ("represented", "reaches", [*STANDING_IN, "other"], "all", "tighter")),
        ('{ of = "dial", orgs', '{ of = "touch", orgs',
            ("dials-per-day", "count.0.of", "dial", "touch", None)),
        ('calendar = "CN"\n', 'calendar = "CN"\npreset = true\n', ("", "preset", False, True, None)),
    ],
)  # fmt: skip
def test_a_change_is_told_by_its_field_and_which_way_it_goes(old: str, new: str, row: tuple[object, ...]) -> None:
    assert told(compared((old, new))) == [row]


def test_a_way_in_made_of_ways_there_were_opens_none() -> None:
    before = '{ roles = ["heir", "guardian"], purposes = ["locate", '
    both = '{ roles = ["agent", "guardian"], purposes = ["answer_complaint"], needs = ["authority"] },'
    found = compared((before, f"{both}\n  {before}"))
    assert [row[-1] for row in told(found)] == ["tighter"], "an agent and a guardian had it, each by another way"
    found = compared((before, f"{both.replace('guardian', 'bureau')}\n  {before}"))
    assert [row[-1] for row in told(found)] == ["tighter"]
    found = compared((before, f"{both.replace('answer_complaint', 'remind')}\n  {before}"))
    assert [row[-1] for row in told(found)] == ["looser"], "no guardian was reminded"


def test_each_condition_tells_its_own_way() -> None:
    roles = 'roles = ["contact", "spouse", "parent", "employer", "other"]'
    found = compared((f"], {roles} }}", '], not_roles = ["bureau"] }'))
    senses = {row[1]: row[-1] for row in told(found)}
    assert senses == {"when.roles": "tighter", "when.not_roles": "looser"}


@pytest.mark.parametrize(("language", "said"), [("en", "nothing passes -> no hold"), ("zh_CN", "一律不放行 -> 不停催")])
def test_a_hold_that_lets_nothing_pass_is_another_thing_than_no_hold(language: str, said: str) -> None:
    spoken = lang.current()
    lang.use(language)
    try:
        found = compared(("emergency = []\nother = []\n", "emergency = []\n"))
        assert any(said in line for line in diff_lines(found))
    finally:
        lang.use(spoken)


def test_rules_that_are_new_or_gone() -> None:
    found = compared(('id = "represented"', 'id = "counsel"'))
    assert [(each.name, each.what) for each in found.changes] == [("counsel", "added"), ("represented", "removed")]
    assert ("counsel", "kinds.attorney", None, ["answer_complaint"], None) in told(found)
    assert [each.what for each in compare(None, HOUSE).changes] == ["added"] * (
        len(HOUSE.rule) + len(HOUSE.settings) + 1
    )


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_it_is_told_in_words_within_the_screen(language: str) -> None:
    spoken = lang.current()
    lang.use(language)
    try:
        lines = diff_lines(
            compared(("limit = 4", "limit = 6"), ("每日拨打上限", "每天拨打上限"), ('"20:00"', '"18:00"'))
        )
        text = "\n".join(lines)
        assert ("the limit: 4 -> 6 (looser)" if language == "en" else "上限：4 -> 6（放宽）") in text
        assert ("(stricter)" if language == "en" else "（收紧）") in text
        assert "每天拨打上限" in text, "the words of the other language are told where only they were changed"
        assert max(map(cells, lines)) <= 80
        assert all(lang.translate(words, "zh_CN") != words for words in FIELDS.values())
    finally:
        lang.use(spoken)


def test_every_shipped_rulebook_can_be_set_beside_itself_and_some_others() -> None:
    for place, old in enumerate(BOOKS):
        for step in (0, 1, 5):
            new = BOOKS[(place + step) % len(BOOKS)]
            lines = diff_lines(compare(old, new))
            assert (old is new) is (len(lines) == 3)
            assert max(map(cells, lines)) <= 80
