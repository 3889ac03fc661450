"""A verdict as it stands on the screen: whole pages kept as text beside the decisions they word.

``COLLECTDESK_REWRITE=1`` writes the pages anew; read them before keeping them.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from collectdesk import lang
from collectdesk.gate import kinds
from collectdesk.gate.kinds.party import Need
from collectdesk.show import reasons
from collectdesk.show.reasons import message_for, with_messages
from collectdesk.show.verdict import Subject, explain_lines, verdict_lines
from collectdesk.show.width import cells

PAGES = Path(__file__).parent / "verdicts"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))
GATE = Path(kinds.__file__).parents[1]


@pytest.fixture(autouse=True)
def _plain_signs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = lang.current()
    monkeypatch.setenv("COLLECTDESK_ASCII", "1")
    yield
    lang.use(before)


def load(name: str) -> tuple[Any, Subject, bool]:
    """A kept decision, whom it is about, and whether all rules are to be listed."""
    kept = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return kept["decision"], Subject(**kept["subject"]), kept["every"]


def page(name: str, width: int = 80) -> str:
    """The verdict, a line, and the same in sentences."""
    decision, subject, every = load(name)
    shown = verdict_lines(decision, subject, every=every, width=width)
    said = explain_lines(decision, subject, width=width)
    return "\n".join(line.plain.rstrip() for line in [*shown, type(shown[0])("-" * 20), *said]) + "\n"


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_verdict_reads_as_kept(name: str, language: str) -> None:
    lang.use(language)
    kept = PAGES / f"{name}.{language}.txt"
    if os.environ.get("COLLECTDESK_REWRITE") == "1":
        kept.write_text(page(name), encoding="utf-8")
    assert page(name) == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_the_screen(name: str, language: str, width: int) -> None:
    lang.use(language)
    assert [line for line in page(name, width).splitlines() if cells(line) > width] == []


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_name_and_no_number_is_shown_whole(name: str, language: str) -> None:
    lang.use(language)
    _decision, subject, _every = load(name)
    assert subject.name not in page(name)
    assert not subject.number or subject.number not in page(name)


def codes_of_the_gate() -> set[str]:
    """Every reason code written in the gate's source."""
    found = set()
    for path in GATE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                parts = ast.walk(node.args[0])
                found |= {
                    part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return found | {f"party_{need}" for need in get_args(Need) if need != "debtor_lost"}


def test_every_reason_of_the_gate_has_its_words() -> None:
    assert codes_of_the_gate() - set(reasons.CODES) == set()


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("code", reasons.CODES)
def test_a_reason_without_its_evidence_still_has_a_sentence(code: str, language: str) -> None:
    block = {"rule": "house/rule", "code": code, "evidence": {}}
    sentence = message_for(block, language)
    assert sentence.endswith("。" if language == "zh_CN" else ".")
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("code", "evidence", "english", "chinese"),
    [
        (
            "day_closed",
            {"local_time": "2026-01-25T01:00:00-05:00", "zone": "America/Los_Angeles", "weekday": 6},
            "A closed day (24 Jan, Sat).",
            "当日不得拨打（1月24日 周六）。",
        ),
        (
            "day_closed",
            {"local_time": "2026-01-25T12:00:00-05:00", "day_kind": "unknown"},
            "A closed day (25 Jan, unknown day).",
            "当日不得拨打（1月25日 未知日期）。",
        ),
        (
            "cap_full",
            {
                "limit": 2,
                "counted": [{}, {}],
                "zone": "Asia/Shanghai",
                "window": {"from": "2026-03-09T11:00:00-05:00", "to": "2026-03-10T11:00:00-05:00"},
            },
            "Limit reached: dials, today (2/2).",
            "今日拨打已达上限（2/2）。",
        ),
    ],
)
def test_dates_are_told_where_the_rule_was_judged(
    code: str, evidence: dict[str, object], english: str, chinese: str
) -> None:
    """The verdict may be written in another zone; a text without a calendar knows weekdays only."""
    block = {"rule": "book/rule", "code": code, "evidence": evidence}
    assert [message_for(block, each) for each in ("en", "zh_CN")] == [english, chinese]


def test_the_json_carries_a_sentence_for_each_reason_and_is_otherwise_unchanged() -> None:
    decision, _subject, _every = load("two-reasons")
    worded = with_messages(decision, "zh_CN")
    assert [block.pop("message") for block in worded["blocks"]] == [
        "今日通话已达上限（2/2）。",
        "距上次通话不足 4 小时（还差 20 分）。",
    ]
    for block in decision["blocks"]:
        block.pop("message")
    assert worded == decision


def test_calls_not_known_are_told_with_how_far_back_they_should_be() -> None:
    block = {"rule": "book/rule", "code": "fact_unknown", "evidence": {"fact": "history.others", "over_dates": 30}}
    assert [message_for(block, each) for each in ("en", "zh_CN")] == [
        "Not known for all of the last 30 days: calls by other organisations.",
        "最近 30 日未能全知：他方拨打记录。",
    ]


def test_a_hold_that_reaches_who_stands_in_for_others_names_them() -> None:
    own, reaching = {"kind": "settled"}, {"kind": "complaint", "on": ["debtor", None]}
    told = []
    for holds in ([reaching], [own, reaching]):
        block = {"rule": "book/rule", "code": "hold", "evidence": {"holds": holds}}
        told += [message_for(block, each) for each in ("en", "zh_CN")]
    assert told == [
        "On hold, entered for the debtor, other person: complaint open.",
        "停催（登记在债务人本人、其他人名下）：投诉未结。",
        "On hold: settled, complaint open.",
        "停催：已结清、投诉未结。",
    ]
