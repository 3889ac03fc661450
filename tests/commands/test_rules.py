"""The ``rules`` commands as a caller sees them: exit codes, one JSON document, the screen in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from collectdesk import lang
from collectdesk.desk.shipped import shipped
from collectdesk.show.width import cells
from tests import newdesk
from tests.commands.conftest import Program

HOUSE = shipped("rulebooks/house.toml").decode()


def document(program: Program, *words: str, code: int = 0) -> dict[str, Any]:
    done = program("rules", *words, "--json")
    assert done.code == code, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def error(program: Program, *words: str) -> tuple[int, str, str]:
    done = program("rules", *words, "--json")
    said = json.loads(done.err)
    assert done.out == ""
    return done.code, said["code"], said["message"]


def house(folder: Path, *pairs: tuple[str, str], version: str = "2") -> Path:
    text = HOUSE.replace('version = "1"', f'version = "{version}"', 1)
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "ours.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_one_rule_is_shown_with_its_number_source_and_since_when(program: Program, language: str) -> None:
    done = program("--lang", language, "rules", "show", "cn-cba-2026/night")
    assert done.code == 0, done.err
    assert "open=08:00-22:00" in done.out
    assert "2026-01-30" in done.out
    assert ("CBA collection guideline (2026)" if language == "en" else "中国银行业协会") in done.out
    assert "unanswered-per-number" not in done.out
    shown = document(program, "show", "cn-cba-2026/night")
    assert (shown["schema"], shown["rule"]["id"]) == ("collectdesk.rule_shown/1", "night")
    assert shown["in_force"]["from"] == "2026-01-30"
    assert error(program, "show", "cn-cba-2026/day") == (
        4, "no_such_rule", "The rulebook cn-cba-2026 has no rule day.",
    )  # fmt: skip
    assert error(program, "show", "nope/day") == (4, "no_such_rulebook", "There is no rulebook nope.")


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_a_rule_s_standing_is_set_apart_from_its_source(program: Program, language: str) -> None:
    """No Python and no code of ours stands among the words."""
    shown = {
        name: program("--lang", language, "rules", "show", name, "--shipped").out
        for name in ("house/hours", "us-reg-f/hours", "house")
    }
    source = {
        "en": "Company policy, article 8(2) (house rule, bars, read in the text itself)",
        "zh_CN": "公司制度 第八条第二款（公司规定、禁止、据原文）",
    }
    assert f"   {source[language]}\n" in shown["house/hours"]
    assert "consent=opens hours,direct" in shown["us-reg-f/hours"]
    either = program("--lang", language, "rules", "show", "us-reg-f/attorney", "--shipped").out
    assert "consent=opens contact,direct,rightly, …" in either, "one of two is not shown as if it were all"
    assert not any(word in text for text in shown.values() for word in ("True", "False", "None"))
    who = "team lead 50,000.00, administrator," if language == "en" else "主管 50,000.00、管理员、合规专员。"
    assert who in shown["house"]


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_a_lint_points_at_the_token(program: Program, tmp_path: Path, language: str) -> None:
    file = house(tmp_path, ("limit = 4", "limt = 4"))
    done = program("--lang", language, "rules", "lint", str(file))
    assert done.code == 7
    place, said, line, caret = done.out.splitlines()[:4]
    number = HOUSE.splitlines().index("limit = 4") + 1
    assert place.startswith(f" {file}:{number}:1  ")
    meant = {"en": "There is no field limt here. Is limit meant?", "zh_CN": "此处没有字段 limt。是否想写 limit？"}
    assert said.strip() == meant[language]
    assert line.endswith("| limt = 4")
    assert caret[line.index("limt") :] == "^^^^"
    assert all(cells(each) <= 80 for each in done.out.splitlines() if str(file) not in each)


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_one_changed_number_does_not_bury_a_lint_in_examples(program: Program, tmp_path: Path, language: str) -> None:
    """Each example that differs is told once, the first few of them, and where the others are listed."""
    document(program, "new", str(tmp_path / "ours"))
    file = house(tmp_path, ('"20:00"', '"21:00"'))
    done = program("--lang", language, "rules", "lint", str(file))
    examples = [line for line in done.out.splitlines() if line.startswith(f" {tmp_path}/ours.examples.toml:")]
    assert len(examples) == len(set(examples)) == 5
    assert done.out.splitlines()[-1] == f"   collectdesk rules test {file}"
    first = "allowed_until: expected 2026-03-10T19:50:00+08:00, got 2026-03-10T20:50:00+08:00."
    first = first if language == "en" else first.replace(": expected", " 应为").replace(", got", "，实为")[:-1] + "。"
    assert first.replace(" ", "") in "".join(done.out.split())
    tested = program("--lang", language, "rules", "test", str(file))
    assert (
        'blocks: expected ["hours"], got []' if language == "en" else 'blocks 应为 ["hours"]，实为 []'
    ) in tested.out
    assert ("allowed: expected false, got true" if language == "en" else "allowed 应为 false，实为 true") in tested.out
    findings = document(program, "lint", str(file), code=7)["files"][0]["findings"]
    assert sum(each["code"] == "example_differs" for each in findings) > 5


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_examples_that_cannot_be_asked_are_named_by_line_in_words(
    program: Program, tmp_path: Path, language: str
) -> None:
    document(program, "new", str(tmp_path / "ours"))
    examples = tmp_path / "ours.examples.toml"
    examples.write_text(examples.read_text(encoding="utf-8").replace('at = "2026-03', 'at = "2026-13', 1), "utf-8")
    done = program("--lang", language, "rules", "test", str(tmp_path / "ours.toml"))
    assert done.code == 7
    told = "ours.examples.toml, line 7: This example" if language == "en" else "ours.examples.toml 第 7 行：该示例"
    assert told.replace(" ", "") in "".join(done.err.split())
    assert "$" not in done.err


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("command", [["test"], ["diff", "house@shipped"]])
def test_a_file_that_is_no_rulebook_is_refused_in_the_words_of_a_lint(
    program: Program, tmp_path: Path, language: str, command: list[str]
) -> None:
    file = house(tmp_path, ("limit = 4", 'limit = "four"'))
    line = HOUSE.splitlines().index("limit = 4") + 1
    done = program("--lang", language, "rules", *command, str(file))
    assert (done.code, done.out) == (7, "")
    said = "Expected a whole number, got a text." if language == "en" else "应为整数，实为带引号的文字。"
    told = "".join(done.err.splitlines()).replace(" ", "")
    assert f"{line}" in told
    assert said.replace(" ", "") in told
    assert f"collectdeskruleslint{file}" in told
    assert error(program, *command, str(file))[:2] == (7, "text_malformed")


def test_a_file_that_is_not_there_is_named(program: Program, tmp_path: Path) -> None:
    there = house(tmp_path)
    for command in (["lint", str(there)], ["test"], ["diff", str(there)]):
        code, name, said = error(program, *command, str(tmp_path / "none.toml"))
        assert (code, name) == (4, "file_missing")
        assert "none.toml" in said


def test_a_clean_lint_says_so_in_either_language(program: Program, tmp_path: Path) -> None:
    document(program, "new", str(tmp_path / "ours"))
    said = {each: program("--lang", each, "rules", "lint", str(tmp_path / "ours.toml")).out for each in lang.LANGUAGES}
    assert "nothing to remark on" in said["en"]
    assert "没有可指出的问题" in said["zh_CN"]


def test_a_lint_for_programs(program: Program, tmp_path: Path) -> None:
    file = house(tmp_path, ('"20:00"', '"22:30"'))
    found = document(program, "lint", str(file), code=7)
    assert (found["schema"], found["clean"]) == ("collectdesk.rules_lint/1", False)
    assert found["files"][0]["rulebook"] == "house"
    exceeded = [each for each in found["files"][0]["findings"] if each["code"] == "exceeds"]
    assert {each["params"]["against"] for each in exceeded} == {"cn-cba-2026/night", "cn-gbt-45251-2025/night"}
    assert {(each["level"], each["text"][: each["column"] - 1]) for each in exceeded} == {("error", "open = ")}
    assert error(program, "lint", str(tmp_path / "none.toml"))[:2] == (4, "file_missing")


def test_notes_do_not_change_the_exit_code(program: Program, tmp_path: Path) -> None:
    found = document(program, "lint", str(house(tmp_path, ("limit = 4", "limit = 5"))))
    assert found["clean"] is True
    assert {each["level"] for each in found["files"][0]["findings"]} == {"warning"}


@pytest.mark.parametrize("template", ["house", "house-blank"])
def test_a_new_rulebook_is_commented_and_clean(program: Program, tmp_path: Path, template: str) -> None:
    file = tmp_path / "ours.toml"
    made = document(program, "new", str(file), "--from", template)
    assert made["files"] == [str(file), str(tmp_path / "ours.examples.toml")]
    assert file.read_text("utf-8").count("\n#") > 5
    found = document(program, "lint", str(file))
    assert found["files"][0]["findings"] == []
    tested = document(program, "test", str(file))
    assert tested["passed"] is True


def test_a_file_is_never_written_over_unasked(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("mine", "utf-8")
    code, name, said = error(program, "new", str(file))
    assert (code, name) == (2, "no_terminal")
    assert "ours.toml" in said
    assert file.read_text("utf-8") == "mine"
    document(program, "new", str(file), "--yes")
    assert file.read_text("utf-8") != "mine"
    assert error(program, "new", str(file), "--from", "nope", "--yes")[:2] == (4, "no_such_template")
    assert error(program, "new", str(tmp_path / "no" / "ours"))[:2] == (2, "file_not_written")


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_a_difference_is_told_field_by_field(program: Program, tmp_path: Path, language: str) -> None:
    file = house(tmp_path, ("limit = 4", "limit = 3"), ('"20:00"', '"21:00"'))
    done = program("--lang", language, "rules", "diff", "house", str(file))
    assert done.code == 0, done.err
    assert ("the limit: 4 -> 3 (stricter)" if language == "en" else "上限：4 -> 3（收紧）") in done.out
    assert ("20:00 -> 21:00 (looser)" if language == "en" else "20:00 -> 21:00（放宽）") in done.out
    found = document(program, "diff", "house@shipped", str(file))
    assert (found["old"]["version"], found["new"]["version"], found["same"]) == ("1", "2", False)
    assert [(each["name"], each["fields"][0]["sense"]) for each in found["changes"]] == [
        ("hours", "looser"), ("dials-per-day", "tighter"),
    ]  # fmt: skip
    assert document(program, "diff", "house", "house@shipped")["same"] is True
    assert error(program, "diff", "house@7", "house")[:2] == (4, "no_such_version")


def test_a_name_with_a_space_can_be_copied_into_the_next_command(program: Program, tmp_path: Path) -> None:
    done = program("rules", "new", str(tmp_path / "our rules"))
    assert f"collectdesk rules lint '{tmp_path}/our rules.toml'" in " ".join(done.out.split())


@pytest.fixture
def ruled(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: newdesk.Template) -> Program:
    """A desk as ``init`` opens it, its admin signed in."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    newdesk.copy(template, tmp_path / "desk")
    newdesk.sit(template, newdesk.ADMIN, int(time.time()))
    return program


def test_what_loosens_is_not_adopted_and_the_rule_is_named(ruled: Program, tmp_path: Path) -> None:
    """Articles 8 and 9: what the house may set is set; the rest only gets stricter."""
    beyond = house(tmp_path, ('"20:00"', '"22:30"'))
    code, name, said = error(ruled, "adopt", str(beyond), "--yes")
    assert (code, name) == (5, "rulebook_loosens")
    assert "cn-cba-2026/night" in said
    assert "22:00-22:20" in said
    hint = json.loads(ruled("rules", "adopt", str(beyond), "--yes", "--json").err)["hint"]
    assert hint == f"`collectdesk rules lint {beyond}` shows every place (1 more)."
    gone = house(tmp_path, ('id = "holidays"', 'id = "closed"'))
    hint = json.loads(ruled("rules", "adopt", str(gone), "--yes", "--json").err)["hint"]
    assert hint == f"`collectdesk rules lint {gone}` points at the place."
    assert error(ruled, "adopt", str(gone), "--yes")[:2] == (5, "rulebook_loosens")
    faulty = house(tmp_path, ('calendar = "CN"', 'calendar = "XX"'))
    code, name, said = error(ruled, "adopt", str(faulty), "--yes")
    assert (code, name) == (7, "rulebook_faulty")
    assert "There is no calendar of XX." in said
    assert document(ruled, "show", "house")["rulebook"]["version"] == "1"


def test_an_adoption_shows_what_it_changes_and_versions_can_be_compared(ruled: Program, tmp_path: Path) -> None:
    file = house(tmp_path, ("limit = 4", "limit = 3"))
    done = ruled("rules", "adopt", str(file), "--yes")
    assert done.code == 0, done.err
    assert "the limit: 4 -> 3 (stricter)" in done.err
    found = document(ruled, "diff", "house@1", "house")
    assert (found["old"]["version"], found["new"]["version"]) == ("1", "2")
    assert [each["name"] for each in found["changes"]] == ["dials-per-day"]
    assert error(ruled, "diff", "house@9", "house")[:2] == (4, "no_such_version")


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_what_is_adopted_for_a_later_day_is_listed_with_it(ruled: Program, tmp_path: Path, language: str) -> None:
    """It binds from then on; until then what is in force stays listed as such."""
    before = document(ruled, "list")
    assert before["to_come"] == []
    later = f"{time.gmtime().tm_year + 1}-07-01"
    for version, day in (("3", later.replace("07", "08")), ("2", later)):
        file = house(tmp_path, ("limit = 4", f"limit = {version}"), version=version)
        assert ruled("rules", "adopt", str(file), "--from", f"{day}T00:00:00+08:00", "--yes").code == 0
    found = document(ruled, "list")
    assert found["rulebooks"] == before["rulebooks"]
    assert [(each["id"], each["version"], each["since"]) for each in found["to_come"]] == [
        ("house", "2", later), ("house", "3", later.replace("07", "08")),
    ]  # fmt: skip
    shown = ruled("--lang", language, "rules", "list").out
    assert {"en": f"From {later}: house, version 2.", "zh_CN": f"自 {later} 起：house，版本 2。"}[language] in shown


def test_only_a_lint_knows_where_things_stand() -> None:
    """The syntax tree's library is loaded by nothing else."""
    program = (
        "import sys, contextlib\nfrom collectdesk import cli\n"
        "with contextlib.redirect_stdout(None): cli.run(['rules', 'list', '--shipped', '--json'])\n"
        "print([name for name in sys.modules if name.startswith('tree_sitter')])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
