"""Complaints, outside officers and requests as commands: text, JSON, exit codes, and what a collector may see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import keeping
from tests.commands.conftest import Desk, Done, Program


@pytest.fixture
def ready(desk: Desk, program: Program) -> Desk:
    """The small desk with the shipped texts in force, its lead signed in."""
    keeping.with_texts_by_command(desk, program)
    return desk


def complain(program: Program, *more: str) -> Done:
    """A letter comes in."""
    words = (
        "complaint",
        "add",
        "A-1007",
        "--channel",
        "letter",
        "--category",
        "frequency",
        "--content",
        "一天打了五次",
    )
    return program(*words, *more)


def told(done: Done) -> dict[str, object]:
    """The one complaint of a JSON answer."""
    assert done.code == 0, done.err
    (one,) = json.loads(done.out)["complaints"]
    return dict(one)


def test_from_the_letter_to_the_thawed_case(ready: Desk, program: Program, tmp_path: Path) -> None:
    """Article 10.2, as typed."""
    proof = tmp_path / "proof.txt"
    proof.write_text("录音摘要", "utf-8")
    ready.sign_in("8002")
    first = told(complain(program, "--about", "8002", "--json"))
    assert first == {
        "complaint": "k1", "case": "A-1007", "received_on": first["received_on"], "state": "in_hand", "seen": False,
    }  # fmt: skip
    ready.sign_in("8001")
    grievance = ("--grievance", "说话大声", "--category", "manner", "--evidence", "R-17", "--file", str(proof))
    assert program("complaint", "record", "k1", *grievance).code == 0
    assert program("complaint", "extend", "k1", "--reason", "需要调取录音").code == 0
    own = program("complaint", "approve", "k1")
    assert (own.code, "party to this" in own.err) == (5, True)
    ready.sign_in("8000")
    assert told(program("complaint", "approve", "k1", "--json"))["state"] == "in_hand"
    ready.sign_in("8001")
    decided = ("--outcome", "upheld", "--uphold", "2", "--cause", "排班过密", "--remedy", "培训并道歉")
    assert program("complaint", "decide", "k1", *decided).code == 0
    replied = program("complaint", "reply", "k1", "--text", "我们核实后向您道歉。", "--channel", "letter")
    assert replied.code == 0
    assert "collectdesk complaint close k1" in replied.out
    closed = program("complaint", "close", "k1")
    assert "not frozen any more" in closed.out
    shown = json.loads(program("complaint", "show", "k1", "--json").out)
    assert [each["upheld"] for each in shown["grievances"]] == [False, True]
    assert len(shown["evidence"][0]["digest"]) == 64
    assert [step["act"] for step in shown["steps"]] == [
        "receive", "evidence", "record", "extend", "approve", "decide", "reply", "close",
    ]  # fmt: skip
    assert json.loads(program("complaint", "list", "--json").out)["complaints"] == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_collector_reads_only_that_one_is_in_hand(ready: Desk, program: Program, language: str) -> None:
    """Article 10.2: not how it is handled, by whom, or what was said; and may do nothing in it."""
    ready.sign_in("8002")
    complain(program, "--about", "8002")
    ready.sign_in("8001")
    program("complaint", "record", "k1", "--cause", "内部处理意见")
    ready.sign_in("8002")
    seen = [
        program("--lang", language, "complaint", "show", "k1"),
        program("complaint", "show", "k1", "--json"),
        program("--lang", language, "complaint", "list"),
        program("case", "history", "A-1007"),
        program("case", "history", "A-1007", "--json"),
        program("case", "show", "A-1007", "--json"),
    ]
    for done in seen:
        assert done.code == 0, done.err
        assert "内部处理意见" not in done.out
        assert "一天打了五次" not in done.out
    assert "k1" in seen[0].out
    for words in (("close", "k1"), ("record", "k1", "--cause", "没有这回事"), ("assign", "k1", "--to", "8001")):
        refused = program("complaint", *words, "--json")
        assert (refused.code, refused.out, json.loads(refused.err)["code"]) == (5, "", "handled_by_subject")


def test_whom_it_went_to_is_a_staff_number_and_a_kind_its_words(ready: Desk, program: Program) -> None:
    """Article 10.2: the handler it is about steps aside; nobody reads keys of rows or codes."""
    ready.sign_in("8002")
    complain(program, "--about", "8002")
    ready.sign_in("8001")
    about = ("--grievance", "组长也来电催", "--category", "manner", "--about", "8001")
    assert program("complaint", "record", "k1", *about).code == 0
    ready.sign_in("8000")
    page = program("--lang", "zh_CN", "complaint", "show", "k1").out
    assert "处理人回避：8000" in page
    assert "态度或用语不当 / 8001" in page
    assert "manner" not in page
    steps = json.loads(program("complaint", "show", "k1", "--json").out)["steps"]
    assert [each["content"].get("to") for each in steps if each["act"] == "step_aside"] == ["8000"]
    assert steps[0]["content"]["assigned_to"] == "8001"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_whoever_decides_reads_all_of_it(ready: Desk, program: Program, language: str) -> None:
    ready.sign_in("8000")
    complain(program, "--about", "8002")
    shown = program("--lang", language, "complaint", "show", "k1")
    assert shown.code == 0, shown.err
    assert "一天打了五次" in shown.out
    listed = program("--lang", language, "complaint", "list")
    assert "8001" in listed.out
    assert "k1" in listed.out


def test_outside_and_back(ready: Desk, program: Program, tmp_path: Path) -> None:
    """The lead and the administrator are complained of together: an outside officer decides."""
    added = ("officer", "add", "林 律师", "--organisation", "某某律师事务所", "--contact", "lin@example.org")
    assert program(*added).code == 0
    complain(program, "--about", "8001")
    program("complaint", "record", "k1", "--grievance", "管理员也知情", "--category", "manner", "--about", "8000")
    doctor = program("doctor", "--json")
    assert "complaint_extension" in {check["code"] for check in json.loads(doctor.out)["checks"]}
    ready.sign_in("8002")
    asked = program("request", "add", "k1", "--out", str(tmp_path / "u1.html"), "--json")
    assert asked.code == 0, asked.err
    reply = tmp_path / "reply.txt"
    reply.write_text("不成立", "utf-8")
    entered = ("--answer", "dismissed", "--reason", "录音无异常", "--reference", "函 7", "--file", str(reply))
    assert program("request", "answer", "u1", *entered).code == 0
    assert program("complaint", "reply", "k1", "--text", "经核实，投诉不成立。", "--channel", "letter").code == 0
    assert program("complaint", "close", "k1").code == 0
    ready.sign_in("8000")
    (kept,) = json.loads(program("request", "list", "--all", "--json").out)["requests"]
    assert (kept["answer"], kept["digest"]) == ("dismissed", json.loads(asked.out)["digest"])
    assert "x1" in program("officer", "list").out
    assert program("officer", "end", "x1").code == 0


SAID = ("--category", "time", "--content", "半夜打来")
ANSWER = ("--answer", "upheld", "--reason", "x", "--reference", "y", "--digest", "z")


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("complaint", "show", "k9"), 4, "no_such_complaint"),
        (("complaint", "add", "A-9", "--channel", "letter", *SAID), 4, "no_such_case"),
        (("complaint", "add", "A-1007", "--channel", "pigeon", *SAID), 2, "no_such_channel"),
        (("complaint", "add", "A-1007", *SAID), 2, "no_terminal"),
        (("complaint", "list", "--case", "A-9"), 4, "no_such_case"),
        (("request", "add", "A-1007"), 4, "no_such_matter"),
        (("request", "answer", "u9", *ANSWER), 4, "no_such_request"),
        (("officer", "end", "x9"), 4, "no_such_officer"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    ready: Desk, program: Program, words: tuple[str, ...], code: int, problem: str
) -> None:
    assert ready.small.code == "A-1007"
    refused = program(*words, "--json")
    assert (refused.code, refused.out) == (code, "")
    assert json.loads(refused.err)["code"] == problem
