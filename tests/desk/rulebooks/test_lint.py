"""What a lint has to say of a rulebook, at which line and token (articles 8 and 9: what may be set, and what not)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from collectdesk import lang
from collectdesk.desk.rulebook_lint import Around, Located, lint
from collectdesk.desk.rulebooks import as_shipped, shipped_calendars
from collectdesk.desk.shipped import shipped
from collectdesk.gate import kinds
from collectdesk.show.rulebook_lint import OPENED, REMARKS, TOGETHER, message, problem_words, remark_lines
from tests.conftest import START

BOOKS = tuple(each.book for each in as_shipped())
AROUND = Around(BOOKS, BOOKS, shipped_calendars(), START)
HOUSE = shipped("rulebooks/house.toml").decode()
GUIDELINE = shipped("rulebooks/cn-cba-2026.toml").decode()

GATE = Path(kinds.__file__).parents[1]
GUIDELINES = ("cn-cba-2026", "cn-gbt-45251-2025")
PARAMS = (
    "problem", "known", "field", "rule", "against", "theirs", "ours", "id", "file", "named", "region", "like",
    "language", "one", "other", "status", "schema", "difference",
)  # fmt: skip

SMALL = """\
id = "ours"
version = "1"
calendar = "CN"
title = { zh_CN = "内部要求", en = "Our own" }
source = { zh_CN = "内部", en = "In-house" }

[[rule]]
id = "dials"
kind = "cap"
title = { zh_CN = "上限", en = "Cap" }
cite = { zh_CN = "内部第一条", en = "In-house, article 1" }
text = { zh_CN = "每日一次。", en = "Once a day." }
status = "house"
confidence = "V"
limit = 1
window = { dates = 1 }
count = [{ of = "dial" }]
per = ["person"]
"""
EXAMPLES = """\
schema = "collectdesk.examples/1"
rulebook = "ours"

[base]
at = "2026-03-10T10:00:00+08:00"
zones = [{ zone = "Asia/Shanghai" }]
dial = { person = "debtor", number = "m1" }
persons = [{ id = "debtor", role = "debtor" }]

[[example]]
name = "first"
why = { zh_CN = "第一次。", en = "The first." }
expect = { allowed = true }

[[example]]
name = "second"
why = { zh_CN = "第二次。", en = "The second." }
expect = { allowed = false, blocks = ["dials"] }

[example.given]
events = [{ id = "e1", at = "2026-03-10T09:00:00+08:00", kind = "call", person = "debtor", line = "busy" }]
"""


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def remarks(text: str, examples: str | None = EXAMPLES) -> list[Located]:
    return list(lint("x.toml", text.encode(), AROUND, examples.encode() if examples is not None else None).remarks)


def token(remark: Located) -> str:
    return remark.text[remark.column - 1 : remark.column - 1 + remark.length]


def test_a_small_rulebook_with_its_examples_is_clean() -> None:
    assert remarks(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("limit = 1", "limt = 1", "unknown_field", "limt"),
        ("limit = 1", 'limit = "1"', "wrong_value", '"1"'),
        ("limit = 1", "limit = -1", "wrong_value", "-1"),
        ("limit = 1\n", "", "missing_field", "rule"),
        ('confidence = "V"\n', "", "missing_field", "rule"),
        ('kind = "cap"', 'kind = "capp"', "not_a_value", '"capp"'),
        ('of = "dial"', 'of = "dail"', "not_a_value", '"dail"'),
        ("dates = 1", "dates = 0", "wrong_value", "{ dates = 0 }"),
        ("dates = 1 }", "dates = 1, minutes = 5 }", "wrong_value", "{ dates = 1, minutes = 5 }"),
        ('en = "Cap"', "en = 7", "wrong_value", "7"),
        ('calendar = "CN"', 'calendar = "XX"', "unknown_calendar", '"XX"'),
        ('calendar = "CN"', 'calendar = "CN"\nfixed_zone = "Asia/Nowhere"', "wrong_value", '"Asia/Nowhere"'),
        ('per = ["person"]', 'per = ["person"]\n[settings.promise]', "missing_field", "settings.promise"),
        ('id = "ours"', 'schema = "collectdesk.codes/1"\nid = "ours"', "not_a_rulebook", '"collectdesk.codes/1"'),
        ('zh_CN = "内部第一条", en = "In-house, article 1"', 'en = " "', "no_citation", '{ en = " " }'),
        ('zh_CN = "上限", en', "en", "language_missing", '{ en = "Cap" }'),
        ('per = ["person"]', 'per = ["person"', "not_toml", ""),
        ('per = ["person"]', "per = [", "not_toml", ""),
        ("limit = 1", "limit = 1\nlimit = 2", "not_toml", ""),
    ],
)
def test_a_fault_is_named_at_its_token(old: str, new: str, code: str, at: str) -> None:
    found = remarks(changed(SMALL, (old, new)))
    assert [each.code for each in found][:1] == [code], [(each.code, dict(each.params)) for each in found]
    assert not at or token(found[0]) == at


def test_faults_of_several_rules_are_all_told() -> None:
    """Reading stops at the first; a lint does not."""
    twice = SMALL + SMALL.partition("[[rule]]")[2].join(["[[rule]]", ""])
    found = remarks(changed(twice, ("limit = 1", "limt = 1"), ("limit = 1", 'limit = "x"')))
    assert [(each.code, each.params.get("like")) for each in found] == [
        ("unknown_field", "limit"), ("same_id", None), ("wrong_value", None),
    ]  # fmt: skip


def test_a_day_kind_needs_a_calendar_and_hours_that_overlap_say_nothing() -> None:
    hours = (
        'kind = "hours"\nopen = [{ from = "09:00", to = "12:00", day_kinds = ["workday"] }, {from="11:00",to="20:00"}]'
    )
    text = changed(SMALL, ('kind = "cap"', hours), ('calendar = "CN"\n', ""))
    for line in ("limit = 1\n", "window = { dates = 1 }\n", 'count = [{ of = "dial" }]\n', 'per = ["person"]\n'):
        text = changed(text, (line, ""))
    codes = {each.code: token(each) for each in remarks(text, None)}
    assert codes["calendar_needed"] == "rule"
    assert codes["hours_overlap"] == '{from="11:00",to="20:00"}'


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("allowed = true", "allowed = false", ["example_differs"]),
        ("busy", "bussy", ["never_objects", "example_unreadable"]),
        ('name = "first"\n', "", ["missing_field"]),
        ('rulebook = "ours"', 'rulebook = "house"', ["examples_of_another"]),
        ("expect = {", "expect = [", ["not_toml"]),
        ("why =", "whi =", ["unknown_field"]),
    ],
)
def test_examples_are_held_to_the_rulebook(old: str, new: str, codes: list[str]) -> None:
    found = remarks(SMALL, changed(EXAMPLES, (old, new)))
    assert [each.code for each in found if each.code != "missing_field" or old.startswith("name")] == codes
    assert {each.file for each in found if each.level == "error"} == {"x.examples.toml"}


def test_a_fault_of_the_base_is_told_once_and_where_it_stands() -> None:
    """However many examples are laid over it, and whatever else of the same table they change."""
    examples = changed(
        EXAMPLES,
        ('number = "m1" }', 'number = "m1", channel = "声音" }'),
        ("events =", 'dial = { number = "m1" }\nevents ='),
    )
    found = [each for each in remarks(SMALL, examples) if each.code == "example_unreadable"]
    assert [token(each) for each in found] == ['"声音"']


def test_what_fields_say_of_each_other_is_said_in_both_languages() -> None:
    """Every such sentence of a rulebook's parts."""
    found = set()
    for path in [
        *GATE.glob("kinds/*.py"),
        *(GATE / f"{name}.py" for name in ("window", "exclusion", "term", "consent")),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                found |= {str(each.value) for each in node.exc.args if isinstance(each, ast.Constant)}
    assert found - set(TOGETHER) == set()
    before = lang.current()
    for sentence in TOGETHER:
        lang.use("en")
        assert problem_words(sentence) == sentence[:1].upper() + sentence[1:]
        lang.use("zh_CN")
        assert sentence not in problem_words(sentence)
    lang.use(before)


def test_a_rule_without_an_example_is_named() -> None:
    only = EXAMPLES.partition('[[example]]\nname = "second"')[0]
    assert [(each.code, each.level, token(each)) for each in remarks(SMALL, only)] == [
        ("never_objects", "warning", '"dials"')
    ]
    assert [each.code for each in remarks(SMALL, None)] == ["examples_missing"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # the company's own numbers and the severity of its limits: remarked on, not refused
        ("limit = 4", "limit = 5", [("number_looser", "house/dials-per-day", "4", "5")]),
        ("minutes = 240", "minutes = 60", [("number_looser", "house/rest-after-talk", "240", "60")]),
        ("within_dates = 3", "within_dates = 9", [("number_looser", "house/statement-fresh", "3", "9")]),
        (
            "minutes = 30\n", 'minutes = 30\nseverity = "warn"\n',
            [("severity_set", "house/gap-after-dial", "bar", "warn")],
        ),
        # stricter: nothing to say
        ("limit = 4", "limit = 3", []),
        ('to = "20:00"', 'to = "18:00"', []),
        ("closing_minutes = 10", "closing_minutes = 20", []),
        # beyond a law's or guideline's number: refused
        (
            'to = "20:00"', 'to = "22:30"',
            [("exceeds", f"{book}/night", "-", "2026-11-23 22:00-22:20") for book in GUIDELINES],
        ),
        (
            "limit = 3\nunknown_others_cost", "limit = 4\nunknown_others_cost",
            [("exceeds", f"cn-gbt-45251-2025/{rule}", "3", "4") for rule in ("talks-per-day", "notices-per-day")],
        ),
        # what is no number only tightens
        (
            'day_kinds = ["statutory_holiday", "announced_holiday"]', 'day_kinds = ["statutory_holiday"]',
            [("loosens", "house/holidays", "-", "2027-01-02 00:00-24:00")],
        ),
        ('id = "represented"', 'id = "counsel"', [("rule_gone", "house/represented", "hold", "")]),
        (
            "complaint = [", 'complaint = ["collect", ',
            [("loosens", "house/holds", "[answer_complaint]", "[collect, answer_complaint]")],
        ),
        (
            'needs = ["authority", "debtor_living", "debtor_able"]',
            "needs = []",
            [("loosens", "house/parties", "-", "{ roles = [agent, attorney] }")],
        ),
        ('unknown = "warn"', 'unknown = "pass"', [("loosens", "house/others-calls-known", "warn", "pass")]),
        ('kind = "party"\n', 'kind = "party"\nseverity = "warn"\n', [("loosens", "house/parties", "bar", "warn")]),
    ],
)  # fmt: skip
def test_the_house_only_tightens_but_for_its_numbers(old: str, new: str, told: list[tuple[str, ...]]) -> None:
    found = [each for each in remarks(changed(HOUSE, (old, new)), None) if each.code != "examples_missing"]
    said = [(each.code, *(str(each.params[name]) for name in ("against", "theirs", "ours"))) for each in found]
    assert sorted(said) == sorted(told)
    assert {each.level for each in found if each.code in ("loosens", "rule_gone", "exceeds")} <= {"error"}
    assert {each.level for each in found if each.code in ("number_looser", "severity_set")} <= {"warning"}


def test_a_text_that_is_not_the_companys_changes_in_severity_only() -> None:
    warns = changed(GUIDELINE, ('id = "night"\n', 'id = "night"\nseverity = "warn"\n'))
    assert [each.code for each in remarks(warns, None)] == ["examples_missing"]
    found = [each for each in remarks(changed(GUIDELINE, ("limit = 6", "limit = 5")), None) if each.level == "error"]
    assert [(each.code, each.params["field"], token(each)) for each in found] == [("not_ours", "limit", "5")]


def test_a_guideline_that_only_warns_here_binds_the_house_no_longer() -> None:
    """The company set it to warn, so the house's own hours may go beyond it."""
    book = next(each for each in BOOKS if each.id == "cn-cba-2026")
    softer = lint(
        "y.toml", GUIDELINE.replace('id = "night"\n', 'id = "night"\nseverity = "warn"\n').encode(), AROUND
    ).book
    assert softer is not None
    around = Around(BOOKS, (softer, *(each for each in BOOKS if each is not book)), AROUND.calendars, START)
    text = changed(HOUSE, ('to = "20:00"', 'to = "22:30"')).encode()
    exceeded = {str(each.params["against"]) for each in lint("x.toml", text, around).errors}
    assert exceeded == {"cn-gbt-45251-2025/night"}


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_every_remark_has_its_words(language: str) -> None:
    spoken = lang.current()
    lang.use(language)
    try:
        for code in REMARKS:
            params = dict.fromkeys(PARAMS, "X")
            said = message(Located("error", code, params, "x", 1, 1, 1, "x"))
            assert "{" not in said
            assert (language == "zh_CN") is any(sign >= "\u4e00" for sign in said)
        assert set(OPENED) <= set(REMARKS)
    finally:
        lang.use(spoken)


def test_the_caret_stands_under_the_token_whatever_is_before_it() -> None:
    """Chinese takes two cells a sign, and a long line is shown around the token."""
    text = changed(SMALL, ('en = "Cap" }', "en = 7 }"), ("上限", "每日拨打上限" * 12))
    remark = remarks(text)[0]
    *_, line, caret = remark_lines(remark)
    assert line.encode("gbk")[len(caret.encode()) - 1 :][:1] == b"7"
