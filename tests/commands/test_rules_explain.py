"""``rules explain``: a verdict accounted for in both languages, for people and for programs (article 8)."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from collectdesk import lang
from collectdesk.show.width import cells
from tests.commands import worked
from tests.commands.conftest import Program
from tests.gate import shipped_rules as shipped

SAID = {
    "en": ("Rules that object", "Rules that let it pass", "How the first lawful moment is found", "Counted: "),
    "zh_CN": ("不允许的规则", "允许的规则", "最早允许时刻的得出", "计入 "),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    root = tmp_path_factory.mktemp("worked") / "desk"
    return root, worked.make(root)


@pytest.fixture
def called(program: Program, made: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    """A practice desk on which A-1001 was talked to and promised to pay, its collector signed in."""
    root, key = made
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("COLLECTDESK_DESK", str(root))
    worked.Worked(root, key).sign_in(worked.COLLECTOR)
    return program


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that puts a text where the program reads one."""

    class Given:
        def __init__(self, text: str) -> None:
            self.buffer = io.BytesIO(text.encode())

    return lambda text: monkeypatch.setattr(sys, "stdin", Given(text))


@pytest.mark.parametrize("words", [["-", "--at", "2026-11-23T10:00"], ["--verdict", "v1", "--person", "contact"]])
def test_what_the_question_holds_already_is_not_asked_beside_it(program: Program, words: list[str]) -> None:
    done = program("rules", "explain", *words, "--json")
    assert (done.code, done.out, json.loads(done.err)["code"]) == (2, "", "options_exclude")


def document(program: Program, *words: str) -> dict[str, Any]:
    done = program("rules", "explain", *words, "--json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    assert found["schema"] == "collectdesk.explanation/1"
    return found


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_a_case_is_explained_step_by_step_masked_and_within_the_screen(called: Program, language: str) -> None:
    done = called("--lang", language, "rules", "explain", "A-1001")
    assert done.code == 0, done.err
    for words in SAID[language]:
        assert words in done.out
    first = done.out.split(SAID[language][2])[1].strip().splitlines()[0]
    assert first.startswith("1. ")
    assert "house/rest-after-talk" in first
    assert "*" in done.out.splitlines()[0], "the debtor's name and number are masked"
    assert all(cells(line) <= 80 for line in done.out.splitlines())
    if language == "zh_CN":
        assert "objects" not in done.out


def test_programs_get_the_rules_the_counts_and_the_steps(called: Program) -> None:
    found = document(called, "A-1001")
    assert (found["case"], found["verdict"], found["reproduced"]) == ("A-1001", None, None)
    rules = {each["rule"]: each for each in found["rules"]}
    assert [each["why"] for each in rules["house/talks-per-day"]["seen"]["counted"]] == ["answered"]
    blocked = {each["rule"] for each in found["decision"]["blocks"]}
    assert blocked == {name for name, each in rules.items() if each["said"] == "blocks"}
    assert found["steps"][0]["from"] == found["decision"]["at"]
    assert all(step["message"] and step["code"] for step in found["steps"])
    assert rules["cn-cba-2026/night"]["in_force"]["from"] == "2026-01-30"


def test_a_recorded_verdict_is_explained_and_comes_out_again(called: Program) -> None:
    history = json.loads(called("case", "history", "A-1001", "--json").out)
    names = [each["verdict"]["id"] for each in history["entries"] if each.get("verdict")]
    found = document(called, "--verdict", names[0])
    assert (found["verdict"], found["case"], found["reproduced"]) == (names[0], "A-1001", True)
    shown = called("rules", "explain", "--verdict", names[0])
    assert "the same to the byte" in shown.out


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_any_question_is_explained_without_a_desk(program: Program, language: str, stdin: Any) -> None:
    question = json.dumps(shipped.lawful(at="2026-03-10T07:30:00+08:00", id="Q-1"))
    stdin(question)
    done = program("--lang", language, "rules", "explain", "-")
    assert done.code == 0, done.err
    assert "house/hours" in done.out
    assert "09:00" in done.out
    assert all(cells(line) <= 80 for line in done.out.splitlines())
    stdin(question)
    found = document(program, "-")
    assert [step["to"][11:16] for step in found["steps"]][-1] == "09:00"
    assert found["ends"]["rule"] == "house/hours"


def test_hours_are_told_in_the_zone_they_were_judged_in(program: Program, stdin: Any) -> None:
    """Nine in New York is six in Los Angeles: both must be open, and each says its own nine o'clock."""
    zones = [{"zone": "America/New_York"}, {"zone": "America/Los_Angeles"}]
    question = shipped.lawful(at="2026-03-10T08:30:00-04:00", zones=zones, rulebooks=["house"], place={"country": "US"})
    stdin(json.dumps(question))
    told = " ".join(program("rules", "explain", "-").out.partition("How the first")[2].split())
    assert "house/hours objects until Tue 10 Mar 09:00. Outside the hours, 09:00-19:50 local time." in told
    assert "house/hours (America/Los_Angeles) objects until Tue 10 Mar 12:00. Outside the hours, 09:00-19:50" in told


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", "bad_json"), ('{"at": 3}', "bad_value"), ('{"at": "2026-03-10T09:00:00Z", "x": 1}', "unknown_field")],
)
def test_a_question_that_cannot_be_read_is_named(program: Program, stdin: Any, text: str, code: str) -> None:
    stdin(text)
    done = program("rules", "explain", "-", "--json")
    assert (done.code, done.out, json.loads(done.err)["code"]) == (7, "", code)


@pytest.mark.parametrize(
    ("words", "code", "end"),
    [
        ((), "explain_what", 2),
        (("A-1001", "--verdict", "v1"), "explain_what", 2),
        (("--verdict", "v999"), "no_such_verdict", 4),
        (("B-9",), "no_such_case", 4),
        (("A-1001", "--purpose", "chat"), "no_such_purpose", 2),
    ],
)
def test_what_cannot_be_explained(called: Program, words: tuple[str, ...], code: str, end: int) -> None:
    done = called("rules", "explain", *words, "--json")
    assert (done.code, done.out, json.loads(done.err)["code"]) == (end, "", code)
