"""Holds, numbers, referrals and lost contact as they are typed: JSON, refusals by exit code, two people for a lift."""

from __future__ import annotations

import json

import pytest

from tests.commands.conftest import Desk, Program

CASE = "A-1007"


@pytest.fixture
def at(desk: Desk) -> Desk:
    """The small desk with the lead signed in."""
    desk.sign_in("8001")
    return desk


def document(done: object) -> dict[str, object]:
    """The JSON a command answered."""
    assert getattr(done, "code", None) == 0, getattr(done, "err", "")
    return dict(json.loads(getattr(done, "out", "")))


def test_a_hold_is_recorded_asked_to_be_lifted_and_lifted_by_another(program: Program, at: Desk) -> None:
    """Article 5: never one person alone; exit code 5 names who may."""
    added = document(program("hold", "add", CASE, "--kind", "attorney", "--reason", "律师函", "--json"))
    assert (added["kind"], added["state"], added["on"]) == ("attorney", "in_force", "debtor")
    hold = str(added["id"])
    lift = ("hold", "lift", CASE, hold, "--ground", "ended", "--reason", "委托终止", "--evidence", "解除函", "--json")
    assert document(program(*lift))["state"] == "lift_asked"
    assert program("hold", "approve", CASE, hold, "--reason", "同意", "--json").code == 5
    at.sign_in("8000")
    approved = document(program("hold", "approve", CASE, hold, "--reason", "同意", "--json"))
    assert (approved["state"], approved["lifted_by"]) == ("lifted", "8000")
    assert document(program("hold", "list", CASE, "--json"))["holds"] == []


def test_how_a_hold_began_is_told_in_words(program: Program, at: Desk) -> None:
    assert at.small.code == CASE
    page = program("--lang", "zh_CN", "hold", "add", CASE, "--kind", "attorney", "--reason", "律师函").out
    assert "已登记  8001  律师函" in page
    assert "add" not in page


def test_a_missing_reason_is_named(program: Program, at: Desk) -> None:
    assert at.small.code == CASE
    done = program("hold", "add", CASE, "--kind", "cease", "--json")
    assert done.code == 2
    assert "--reason" in done.err


def test_a_number_is_added_marked_and_taken_back(program: Program, at: Desk) -> None:
    """Article 11.2: with its source; somebody else takes a wrong number back."""
    told = ("number", "add", CASE, "--number", "19900008888", "--source", "public", "--evidence", "公司官网", "--json")
    added = document(program(*told))
    assert (added["source"], added["status"]) == ("public", "unknown")
    assert "8888" not in str(added["number"]).replace("*", "")[:4]
    number = str(added["id"])
    assert program(*told).code == 6
    marked = document(program("number", "wrong", CASE, number, "--reason", "接听人称打错", "--yes", "--json"))
    assert marked["status"] == "wrong"
    back = ("number", "ok", CASE, number, "--reason", "本人来电核实", "--evidence", "录音 R-2", "--json")
    assert program(*back).code == 5
    at.sign_in("8000")
    assert document(program(*back))["status"] == "ok"


@pytest.mark.parametrize("words", [("hold", "list"), ("number", "list"), ("refer", "list"), ("case", "ways")])
@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_each_list_is_there_for_people_too(program: Program, at: Desk, words: tuple[str, str], lang: str) -> None:
    assert at.small.code == CASE
    done = program("--lang", lang, *words, CASE)
    assert done.code == 0, done.err
    assert done.out.strip()
    assert "王小明" not in done.out


def test_an_unknown_case_is_not_found(program: Program, at: Desk) -> None:
    assert at.small.code == CASE
    for words in (("hold", "list"), ("number", "list"), ("refer", "list"), ("case", "lost"), ("case", "ways")):
        assert program(*words, "Z-1", "--json").code == 4
