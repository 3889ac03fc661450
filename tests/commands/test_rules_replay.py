"""``rules replay`` as a caller sees it: both languages at 80 columns, documents, rows, refusals and exit codes."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from collectdesk import lang
from collectdesk.desk.shipped import shipped
from collectdesk.show.width import cells
from collectdesk.store import home
from collectdesk.store.home import Home
from tests.commands import worked
from tests.commands.conftest import Program
from tests.commands.worked import Worked

HOUSE = shipped("rulebooks/house.toml").decode()
OPEN = 'open = [{ from = "09:00", to = "20:00" }]'
SAID = {
    "en": ("Rules replayed: house 2", "in the place of version 1", "now refused 1", "By team", "Lawful calls of today"),
    "zh_CN": ("规则回放：house 2", "代替现行版本 1", "改为拒绝 1", "按组", "今日可拨容量"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    root = tmp_path_factory.mktemp("worked") / "desk"
    return root, worked.make(root)


@pytest.fixture
def lead(program: Program, made: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    """A practice desk on which A-1001 was called at 09:31, its lead signed in."""
    _copy(made, tmp_path, monkeypatch).sign_in(worked.LEAD)
    return program


def _copy(made: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worked:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("COLLECTDESK_DESK", str(tmp_path / "desk"))
    shutil.copytree(made[0], tmp_path / "desk")
    return Worked(tmp_path / "desk", made[1])


def house(folder: Path, opens: str) -> str:
    """A house rulebook that opens at ``opens``, in a file."""
    changed = HOUSE.replace('version = "1"', 'version = "2"', 1)
    assert OPEN in changed
    file = folder / "ours.toml"
    file.write_text(changed.replace(OPEN, f'open = [{{ from = "{opens}", to = "20:00" }}]', 1), "utf-8")
    return str(file)


def document(program: Program, *words: str, code: int = 0) -> dict[str, Any]:
    done = program("rules", "replay", *words, "--json")
    assert done.code == code, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_a_proposal_is_shown_within_the_screen_and_without_personal_data(
    lead: Program, tmp_path: Path, language: str
) -> None:
    done = lead("--lang", language, "rules", "replay", house(tmp_path, "11:00"), "--list")
    assert done.code == 0, done.err
    for words in SAID[language]:
        assert words in done.out
    assert all(cells(line) <= 80 for line in done.out.splitlines())
    assert "house/hours" in done.out
    assert "A-1001" in done.out
    assert "王" not in done.out.replace("王国", "")
    assert "160" not in done.out


def test_programs_get_the_sums_the_list_and_todays_capacity(lead: Program, tmp_path: Path) -> None:
    found = document(lead, house(tmp_path, "11:00"), "--list")
    assert found["schema"] == "collectdesk.rules_replay/1"
    assert found["calls"] == {"calls": 1, "allowed": 1, "allowed_with": 0, "refused_now": 1, "allowed_now": 0}
    assert [(each["rule"], each["refused_now"]) for each in found["rules"]] == [("house/hours", 1)]
    assert [(each["date"], each["calls"]) for each in found["days"]] == [("2026-11-23", 1)]
    (call,) = found["list"]
    assert (call["case"], call["collector"], call["allowed"], call["rules"]) == (
        "A-1001",
        "8001",
        False,
        ["house/hours"],
    )
    room = found["capacity"]
    assert 0 == room["now_with"] < room["now"]
    assert room["today"] == room["today_with"], "at eleven the same cases open"
    assert [each["now"] for each in room["teams"]] == [room["now"]]
    assert document(lead, "house")["calls"]["refused_now"] == 0
    lines = list(csv.DictReader(io.StringIO(lead("rules", "replay", house(tmp_path, "11:00"), "--csv").out)))
    assert [(each["by"], each["refused_now"]) for each in lines] == [
        ("whole", "1"), ("rule", "1"), ("team", "1"), ("day", "1"),
    ]  # fmt: skip
    assert lines[0]["now"] == str(room["now"])
    listed = list(csv.DictReader(io.StringIO(lead("rules", "replay", house(tmp_path, "11:00"), "--csv", "--list").out)))
    assert [(each["call"], each["rules"]) for each in listed] == [(call["call"], "house/hours")]


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_an_empty_period_is_said_and_earlier_calls_are_left_out(lead: Program, language: str) -> None:
    span = ("--from", "2026-11-01", "--to", "2026-11-22")
    done = lead("--lang", language, "rules", "replay", "house", *span)
    assert done.code == 0, done.err
    assert {"en": "was asked about no call", "zh_CN": "没有就任何拨打询问过门禁"}[language] in done.out
    found = document(lead, "house", *span)
    assert found["calls"]["calls"] == 0
    assert found["left_out"]["imported"] > 0
    assert f"{found['left_out']['imported']}" in done.out


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_a_verdict_comes_out_again_or_ends_with_7(
    program: Program, made: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    desk = _copy(made, tmp_path, monkeypatch)
    desk.sign_in(worked.LEAD)
    same = program("--lang", language, "rules", "replay", "--verdict", "v1")
    assert same.code == 0, same.err
    assert {"en": "The same to the byte.", "zh_CN": "与记录逐字节一致。"}[language] in same.out
    assert document(program, "--verdict", "v1")["reproduced"] is True
    store = home.open_store(Home(desk.root), desk.key)
    with store.writer.begin() as connection:
        pair = {"old": '"allowed":true', "new": '"allowed":1'}
        connection.execute(text("UPDATE verdict SET decision = replace(decision, :old, :new)"), pair)
    store.close()
    differs = program("--lang", language, "rules", "replay", "--verdict", "v1")
    assert differs.code == 7
    assert "$.allowed" in differs.out
    assert all(cells(line) <= 80 for line in (same.out + differs.out).splitlines())
    assert document(program, "--verdict", "v1", code=7)["difference"] == {
        "where": "$.allowed", "recorded": "1", "again": "true",
    }  # fmt: skip


def test_what_could_not_be_adopted_is_not_replayed(lead: Program, tmp_path: Path) -> None:
    done = lead("rules", "replay", house(tmp_path, "07:00"), "--json")
    assert (done.code, done.out, json.loads(done.err)["code"]) == (5, "", "rulebook_loosens")


@pytest.mark.parametrize(
    ("words", "code", "end"),
    [
        ((), "replay_what", 2),
        (("house", "--verdict", "v1"), "replay_what", 2),
        (("--verdict", "v1", "--list"), "verdict_alone", 2),
        (("--verdict", "v999"), "no_such_verdict", 4),
        (("nope",), "no_such_rulebook", 4),
        (("house@9",), "no_such_version", 4),
        (("nowhere.toml",), "file_missing", 4),
        (("house", "--team", "none"), "no_such_team", 4),
        (("house", "--from", "2026-11-24", "--to", "2026-11-23"), "period_backwards", 2),
        (("house", "--from", "x"), "bad_date", 2),
    ],
)
def test_what_cannot_be_replayed(lead: Program, words: tuple[str, ...], code: str, end: int) -> None:
    done = lead("rules", "replay", *words, "--json")
    assert (done.code, done.out, json.loads(done.err)["code"]) == (end, "", code)


@pytest.mark.parametrize("words", [("house",), ("--verdict", "v1")])
def test_a_collector_may_not(
    program: Program,
    made: tuple[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    _copy(made, tmp_path, monkeypatch).sign_in(worked.COLLECTOR)
    done = program("rules", "replay", *words, "--json")
    assert (done.code, done.out, json.loads(done.err)["code"]) == (5, "", "role")
    assert "report" not in json.loads(done.err)["hint"]
