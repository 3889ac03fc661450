"""``emergency`` and ``conduct`` as people and programs use them: the banner, the life, refusals by exit code."""

from __future__ import annotations

import json

import pytest

from tests.commands import keeping
from tests.commands.conftest import Desk, Program


@pytest.fixture
def frightened(desk: Desk, program: Program) -> Desk:
    """A desk with the shipped texts in force, on whose only call somebody is in danger."""
    keeping.with_texts_by_command(desk, program)
    desk.sign_in("8002")
    assert program("call", "inbound", "A-1007", "--json").code == 0
    assert program("call", "door", "emergency", "--json").code == 0
    return desk


def test_the_banner_names_the_command_that_takes_it(frightened: Desk, program: Program) -> None:
    """Article 12: on any command of whoever was alerted, on stderr; a program reading JSON gets none of it."""
    frightened.sign_in("8001")
    for words in (("case", "show", "A-1007"), ("queue",), ("check", "A-1007")):
        assert "collectdesk emergency ack g1" in program(*words).err
    assert program("case", "show", "A-1007", "--json").err == ""
    assert program("emergency", "ack", "g1").code == 0
    assert program("queue").err == ""


def test_an_emergency_from_alarm_to_release(frightened: Desk, program: Program) -> None:
    """Article 12: taken, noted, released by two; the report has every step and no name."""
    frightened.sign_in("8001")
    assert json.loads(program("emergency", "list", "--json").out)["emergencies"][0]["status"] == "open"
    assert program("emergency", "release", "g1", "--confirm").code == 6
    assert program("emergency", "ack", "g1").code == 0
    assert program("emergency", "note", "g1", "--text", "家人已到").code == 0
    assert program("emergency", "release", "g1", "--reason", "已确认安全").code == 0
    assert program("emergency", "release", "g1", "--confirm").code == 5
    frightened.sign_in("8000")
    assert program("emergency", "release", "g1", "--confirm").code == 0
    report = json.loads(program("emergency", "report", "g1", "--json").out)
    steps = [each["act"] for each in report["steps"] if each["act"] != "escalate"]
    assert steps == ["raise", "acknowledge", "note", "ask_release", "release"]
    for language in ("en", "zh_CN"):
        for words in (("emergency", "report", "g1"), ("emergency", "list", "--all"), ("emergency", "show", "g1")):
            done = program("--lang", language, *words)
            assert done.code == 0, done.err
            assert "王小明" not in done.out
            assert frightened.small.mobile not in done.out
    shown = program("emergency", "show", "g1", "--unmask")
    assert "王小明" in shown.out


def test_other_departments_and_settings_are_an_administrators(frightened: Desk, program: Program) -> None:
    frightened.sign_in("8001")
    assert program("emergency", "contact", "set", "all", "--name", "安保部", "--phone", "1").code == 5
    assert program("emergency", "alerts", "--mail", "{number}@desk.example").code == 5
    frightened.sign_in("8000")
    assert program("emergency", "contact", "set", "all", "--name", "安保部", "--phone", "1").code == 0
    assert program("emergency", "alerts", "--mail", "{number}@desk.example").code == 0
    assert program("emergency", "alerts", "--hook", "no-such-command-here").code == 7
    found = json.loads(program("emergency", "contact", "list", "--json").out)
    assert [each["name"] for each in found["contacts"]] == ["安保部"]
    assert program("emergency", "contact", "remove", "self_harm").code == 4


def test_a_violation_from_record_to_lift(frightened: Desk, program: Program) -> None:
    """Article 9.7: recorded with its article, suspends at once, decided by somebody else, lifted."""
    frightened.sign_in("8001")
    record = ("conduct", "record", "--kind", "gift", "--staff", "8002", "--evidence", "录音 R-1", "--json")
    made = json.loads(program(*record).out)
    assert (made["status"], made["grave"], made["suspends"]) == ("recorded", True, True)
    assert made["articles"] == "Company policy, article 9(7)"
    assert program("conduct", "record", "--kind", "gossip", "--staff", "8002", "--evidence", "x").code == 4
    frightened.sign_in("8002")
    verdict = program("--lang", "en", "check", "A-1007")
    said = "suspended: a grave violation, i1; a lead ends it: collectdesk conduct lift i1"
    assert (verdict.code, said in " ".join(verdict.out.split())) == (3, True), verdict.out
    frightened.sign_in("8001")
    assert program("conduct", "decide", "i1", "--outcome", "suspended", "--reason", "属实").code == 0
    assert program("conduct", "decide", "i1", "--outcome", "none", "--reason", "属实").code == 6
    frightened.sign_in("8002")
    assert "i1" in program("conduct", "list").out
    assert program("conduct", "lift", "i1", "--reason", "改正了").code == 5
    assert program("conduct", "appeal", "i1", "--reason", "不是我").code == 0
    frightened.sign_in("8000")
    assert program("conduct", "decide", "i1", "--outcome", "warned", "--reason", "情节较轻").code == 0
    assert json.loads(program("conduct", "show", "i1", "--json").out)["suspends"] is False
    for language in ("en", "zh_CN"):
        assert program("--lang", language, "conduct", "show", "i1").code == 0
        assert program("--lang", language, "conduct", "list", "--warnings").code == 0
