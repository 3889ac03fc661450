"""Every worked example of every shipped rulebook, explained in both languages: whole sentences, no codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from collectdesk import lang
from collectdesk.gate import convert_dial, vocabulary
from collectdesk.gate.account import account
from collectdesk.gate.counting import NOBODY
from collectdesk.gate.examples import merged
from collectdesk.gate.known import FactName
from collectdesk.show import words
from collectdesk.show.explaining import explanation, explanation_lines
from collectdesk.show.width import cells
from tests.gate import shipped_rules as shipped

CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z_]{3,}\b|\bNone\b|[{}]|\?\?|\b\d{4,} (?:d\b|天)")
"""What no sentence holds: a code, a value of the program's own, a place left empty, a window longer than memory."""
RULE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+|`[^`]*`")


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = lang.current()
    yield
    lang.use(before)


def questions(book: str) -> Iterator[dict[str, Any]]:
    """Each example of ``book`` as it is asked."""
    kept = shipped.examples()[book]
    for each in kept["example"]:
        asked = merged(merged({"rulebooks": [kept["rulebook"]]}, kept["base"]), each.get("given", {}))
        yield {**asked, "id": each["name"]}


def explained(question: dict[str, Any], language: str) -> tuple[dict[str, Any], list[str]]:
    """The explanation as JSON and as the lines of the screen."""
    lang.use(language)
    wire = explanation(account(shipped.gate(), convert_dial({**question, "lang": language})), language)
    return wire, [line.plain.rstrip() for line in explanation_lines(wire, None)]


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("book", sorted(shipped.examples()))
def test_every_example_is_explained_in_whole_sentences(book: str, language: str) -> None:
    end = "。" if language == "zh_CN" else "."
    for question in questions(book):
        wire, lines = explained(question, language)
        decision = wire["decision"]
        for finding in (*decision["blocks"], *decision["warnings"], *wire["steps"]):
            message = finding["message"]
            assert message.endswith(end), (question["id"], message)
            assert not CODE.search(RULE.sub("", message)), (question["id"], message)
        for line in lines:
            assert cells(line) <= 80, (question["id"], line)
            assert not re.search(r"\bNone\b(?! on)|[{}]", line), (question["id"], line)


@pytest.mark.parametrize("book", sorted(shipped.examples()))
def test_no_chinese_sentence_holds_an_english_word(book: str) -> None:
    """But a zone's name, and what a text itself cites."""
    for question in questions(book):
        wire, _lines = explained(question, "zh_CN")
        findings = [*wire["decision"]["blocks"], *wire["decision"]["warnings"]]
        for message in [each["message"] for each in findings if each["code"] not in ("undetermined", "zone_unknown")]:
            plain = re.sub(r"[A-Z]\w+/[A-Z]\w+", "", message)
            assert not re.search(r"[A-Za-z]{2}", plain), (question["id"], message)


@pytest.mark.parametrize("book", sorted(shipped.examples()))
def test_no_passing_rule_is_told_as_full_without_saying_why_it_passes(book: str) -> None:
    for question in questions(book):
        wire, _lines = explained(question, "en")
        for each in wire["rules"]:
            if each["kind"] == "cap" and each["seen"]:
                full = len(each["seen"]["counted"]) >= each["seen"]["limit"]
                assert full == bool(each["seen"].get("lifted")), (question["id"], each["rule"])


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.FACTS, get_args(FactName)),
        (words.ROLES, get_args(vocabulary.Role)),
        (words.PURPOSES, get_args(vocabulary.Purpose)),
        (words.HOLDS, get_args(vocabulary.HoldKind)),
        (words.CHANNELS, get_args(vocabulary.Channel)),
        (words.OPENS, get_args(vocabulary.Opens)),
        (words.SOURCES, get_args(vocabulary.NumberSource)),
        (words.LINES, get_args(vocabulary.Line)),
        (words.WHY, sorted(NOBODY)),
    ],
    ids=["facts", "roles", "purposes", "holds", "channels", "opens", "sources", "lines", "nobody"],
)
def test_every_code_of_the_contract_has_its_word(table: dict[str, str], codes: tuple[str, ...]) -> None:
    assert set(codes) - set(table) == set()


EXPLAINED = {
    ("ca-bc", "at-work-again"): ["Limit reached: dials, ever (1/1).", "累计拨打已达上限（1/1）。"],
    ("ie", "fourth-contact"): ["contacts of any kind, this month (3/3).", "当月各类联系已达上限（3/3）。"],
    ("ru", "a-third-message-today"): ["Limit reached: contacts of any kind, today (2/2).", "今日各类联系已达上限"],
    ("ie", "wife"): [
        "The debtor has not agreed that this person be contacted: spouse.",
        "债务人未同意联系此人：配偶。",
    ],
    ("house", "permit-live"): ["Counted: 10:00 permit in use", "计入 10:00 许可使用中"],
    ("house", "recordings-overdue"): ["recordings of own calls owed too long", "本人通话录音逾期未归档"],
    ("cn-law", "seven-years-old"): [
        "Not yet of full age (until 1 Jan 2037). By itself it lets pass from Thu 1 Jan 2037 00:00.",
        "未满十八周岁（至 2037年1月1日）。仅就本条，2037年1月1日 周四 00:00 起允许。",
    ],
    ("cn-law", "due-three-years-ago"): ["the due day (1 Mar 2023)", "到期日（2023年3月1日）"],
    ("ca-on", "the-employer-a-second-time"): ["Counted: 2025-11-05 11:00 unknown", "计入 2025-11-05 11:00 接听人不明"],
    ("ca-qc", "two-zones"): ["(at 20:30 in America/Halifax)", "（此时 20:30，America/Halifax）"],
    ("in", "borrower-abroad"): ["then in/hours (Asia/Kolkata) objects", "届时 in/hours（Asia/Kolkata）不允许"],
    ("us-dc", "sixth-message"): ["5 of 1 used; a consent, a wish or an exception", "已计 5，上限 1；本次因同意"],
    ("au", "shift-worker"): [
        "open 07:30-21:00 today; a consent, a wish",
        "当日时段 07:30-21:00；本次因",
    ],
    ("cn-cba-2026", "urumqi-as-the-zone"): ["(at 22:00 in Beijing time)", "（此时 22:00，北京时间）"],
    ("au", "shift-worker-by-day"): ["They asked for others than this time.", "对方另有指定，该时间不在其内。"],
    ("us-reg-f", "opted-out-of-email"): ["They barred this channel.", "对方已要求避开该渠道。"],
    ("au", "text-at-night"): ["The contact is not lawful. It is lawful to make contact from", "不可以联系。最早"],
    ("cn-gbt-45251-2025", "status-settled"): ["the state of the debt (settled)", "债务状态（已结清）"],
}
"""What must stand in the explanation of an example: in English, in Chinese; line breaks do not count."""


@pytest.mark.parametrize(("book", "name"), EXPLAINED, ids=[f"{book}:{name}" for book, name in EXPLAINED])
def test_it_is_said_what_happened(book: str, name: str) -> None:
    question = next(each for each in questions(book) if each["id"] == name)
    for language, said in zip(("en", "zh_CN"), EXPLAINED[book, name], strict=True):
        _wire, lines = explained(question, language)
        joined = (" " if language == "en" else "").join(line.strip() for line in lines)
        assert said in joined or said.replace(" ", "") in joined.replace(" ", ""), joined


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_the_zone_instants_are_told_in_is_named(language: str) -> None:
    question = next(each for each in questions("in") if each["id"] == "borrower-abroad")
    _wire, lines = explained(question, language)
    assert "Asia/Dubai (UTC+04:00)" in lines[0]
    lawful = shipped.lawful(rulebooks=["house"])
    assert ("北京时间" if language == "zh_CN" else "Beijing time") in explained(lawful, language)[1][0]


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_what_a_rule_says_is_told_once(language: str) -> None:
    """It may object and warn, or warn twice."""
    question = next(each for each in questions("cn-law") if each["id"] == "due-three-years-ago")
    wire, lines = explained(question, language)
    assert [each["rule"] for each in wire["decision"]["warnings"]] == ["cn-law/limitation"] * 2
    cite = wire["decision"]["warnings"][0]["cite"]
    assert "".join(lines).replace(" ", "").count(cite.replace(" ", "")) == 1
