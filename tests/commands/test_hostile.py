"""A hostile machine: locked, damaged, read-only, lost, set back. Each is named in both tongues, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from collectdesk.store import engine, journal, lite
from collectdesk.store.engine import open_engine
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program

READS = (["audit", "verify"], ["check", "A-1007"], ["queue"], ["staff", "list"], ["case", "show", "A-1007"])
FAR = 4_102_444_800
"""2100-01-01: a journal that was written while the clock stood there."""
UNREADABLE = {"database_wrong_key": 7, "session_rekeyed": 5}
"""What does not open with the session's key may have been re-keyed or damaged; signing in tells which."""


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Desk:
    """The small desk with rules and slots, its administrator signed in."""
    keeping.with_texts(desk)
    keeping.with_slots(desk, tmp_path / "secret").sign_in("8000")
    return desk


def named(program: Program, words: Sequence[str], codes: Mapping[str, int]) -> None:
    """The command ends with one of ``codes`` as told; people get a sentence in their language and no traceback."""
    done = program(*words, "--json")
    code = json.loads(done.err)["code"]
    exit_code = codes[code]
    document = keeping.refused(done, code, exit_code)
    assert document["hint"]
    for tongue, sign in (("en", "."), ("zh_CN", "。")):
        told = program("--lang", tongue, *words)
        assert (told.code, told.out) == (exit_code, "")
        assert sign in told.err
        assert "Traceback" not in told.err


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_damaged_file_is_named_and_left_alone(kept: Desk, program: Program, words: list[str]) -> None:
    raw = bytearray(kept.home.database.read_bytes())
    raw[4096:] = bytes(len(raw) - 4096)
    kept.home.database.write_bytes(raw)
    named(program, words, {"database_corrupt": 7, **UNREADABLE})
    assert kept.home.database.read_bytes() == raw


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_file_that_is_no_database_is_named(kept: Desk, program: Program, tmp_path: Path, words: list[str]) -> None:
    kept.home.database.write_bytes(b"scratched" * 1000)
    named(program, words, UNREADABLE)
    named(program, ["login", "8000", "--passphrase-file", str(tmp_path / "secret")], UNREADABLE)
    assert json.loads(program("doctor", "--json").out)["sound"] is False


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_lost_database_is_named_and_not_made_anew(kept: Desk, program: Program, words: list[str]) -> None:
    kept.home.database.unlink()
    named(program, words, {"database_missing": 4})
    assert not kept.home.database.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "collectdesk.desk/1"}', b"\xff\xfe"])
def test_damaged_settings_are_named(kept: Desk, program: Program, content: bytes) -> None:
    kept.home.settings.write_bytes(content)
    named(program, ["audit", "verify"], {"desk_settings": 7})


def test_a_locked_database_is_busy_and_readers_go_on(
    kept: Desk, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lite, "BUSY_MS", 60)
    monkeypatch.setattr(engine, "WORD_AFTER", 0.02)
    before = keeping.journal_of(kept.home)
    holding = lite.connect(kept.home.database, KEY)
    holding.execute("BEGIN IMMEDIATE")
    named(program, ["backup", str(tmp_path / "b")], {"database_locked": 6})
    assert program("audit", "verify").code == 0
    assert program("check", "A-1007", "--json").code in (0, 3)
    holding.close()
    assert keeping.journal_of(kept.home) == before
    assert not (tmp_path / "b").exists()


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("words", [["audit", "seal", "--out", "/sys/seal"], ["backup", "/sys/b"]], ids=" ".join)
def test_a_directory_that_takes_no_files_is_named(program: Program, words: list[str]) -> None:
    """Not even the system's administrator writes there."""
    named(program, words, {"database_read_only": 1, "directory_missing": 4})


@pytest.mark.parametrize("log", [True, False], ids=["with its log", "without"])
@pytest.mark.parametrize("words", [["backup", "{tmp}/b"], ["audit", "seal"], ["staff", "list"]], ids=" ".join)
def test_a_desk_that_may_not_be_written_is_named(
    kept: Desk, program: Program, tmp_path: Path, words: list[str], log: bool
) -> None:
    """Even reading needs a log beside the file; where none may be made, it is not the file that is missing."""
    if not log:
        for path in kept.home.root.glob("desk.db-*"):
            path.unlink()
    modes = {path: path.stat().st_mode for path in (kept.home.root, *kept.home.root.rglob("*"))}
    for path in modes:
        path.chmod(0o500 if path.is_dir() else 0o400)
    given = [word.format(tmp=tmp_path) for word in words]
    done = keeping.run("--desk", str(kept.home.root), *given, "--json", unprivileged=True)
    for path, mode in modes.items():
        path.chmod(mode)
    keeping.refused(done, "database_read_only", 1)
    assert not (tmp_path / "b").exists()
    assert program("audit", "verify").code == 0


@pytest.mark.parametrize("act", ["lost", "emptied", "of another"])
def test_a_slot_that_does_not_open_is_named_and_the_others_open(
    kept: Desk, program: Program, tmp_path: Path, act: str
) -> None:
    slot = kept.home.slots / "8001.json"
    if act == "lost":
        slot.unlink()
    else:
        slot.write_bytes(b"" if act == "emptied" else (kept.home.slots / "8000.json").read_bytes())
    done = program("login", "8001", "--passphrase-file", str(tmp_path / "secret"), "--json")
    keeping.refused(done, json.loads(done.err)["code"], done.code)
    assert done.code in (4, 5, 7)
    assert program("login", "8000", "--passphrase-file", str(tmp_path / "secret")).code == 0


def test_a_zone_without_data_bars_and_says_so(kept: Desk, program: Program) -> None:
    """Unknown is no permission: without the debtor's local time nobody calls."""
    keeping.tamper(kept, "UPDATE person_zone SET zone = 'Mars/Olympus'")
    done = program("check", "A-1007", "--json")
    assert (done.code, done.err) == (3, "")
    assert "zone_unknown" in {block["code"] for block in json.loads(done.out)["blocks"]}
    for tongue in ("en", "zh_CN"):
        told = program("--lang", tongue, "check", "A-1007")
        assert (told.code, told.err) == (3, "")
        bars = [line for line in told.out.splitlines() if "✗" in line and "Mars/Olympus" in line]
        assert (len(bars), "tzdata" in told.out) == (1, True)
    assert json.loads(program("queue", "--json").out)["schema"]
    kept.sign_in("8002")
    refused = program("call", "start", "A-1007", "--json")
    assert (refused.code, "zone_unknown" in refused.out) == (3, True)


ZONED = (["audit", "verify"], ["queue"], ["check", "A-1007"], ["doctor"], ["check", "--stream"])
UNZONED = (["audit", "verify"], ["doctor"])
"""What reads no local time, and so answers even where no zone is known."""


@pytest.mark.parametrize("words", ZONED, ids=" ".join)
def test_a_bare_container_has_the_zones_we_bring(kept: Desk, words: list[str]) -> None:
    """No zone data of the system's: the desk answers as ever, word for word."""
    places: tuple[Any, ...] = ({"PYTHONTZPATH": ""}, {})
    bare, usual = (keeping.run("--desk", str(_desk(kept, words)), *words, *_json(words), **zones) for zones in places)
    assert bare.code == usual.code
    assert "zone_data" not in bare.err
    assert bare.out if usual.out else not bare.out


@pytest.mark.parametrize("words", [each for each in ZONED if each not in UNZONED], ids=" ".join)
def test_a_machine_without_zone_data_is_told_what_to_install(kept: Desk, tmp_path: Path, words: list[str]) -> None:
    """Neither the system's nor ours."""
    (tmp_path / "none" / "tzdata").mkdir(parents=True)
    (tmp_path / "none" / "tzdata" / "__init__.py").touch()
    none: Any = {"PYTHONTZPATH": "", "PYTHONPATH": str(tmp_path / "none")}
    done = keeping.run("--desk", str(_desk(kept, words)), *words, *_json(words), **none)
    document = keeping.refused(done, "zone_data", 1)
    assert "tzdata" in document["hint"]


def _desk(kept: Desk, words: list[str]) -> Path:
    """A stream is answered without a desk as well, by the rulebooks that ship."""
    return kept.home.root / "none" if "--stream" in words else kept.home.root


def _json(words: list[str]) -> list[str]:
    return [] if "--stream" in words else ["--json"]


def test_a_clock_behind_the_journal_decides_nothing_and_loses_nothing(
    kept: Desk, program: Program, tmp_path: Path
) -> None:
    """Not even a refusal is dated by a clock that is wrong; the case is barred at whatever hour this runs."""
    keeping.tamper(kept, "UPDATE person_zone SET zone = 'Mars/Olympus'")
    store = open_engine(f"sqlite:///{kept.home.database}", KEY)
    with store.writer.begin() as connection:
        journal.append(connection, at=FAR, actor="8001", action="note.add", subject="note:1")
    store.close()
    kept.sign_in("8002")
    keeping.refused(program("call", "start", "A-1007", "--json"), "clock_behind_journal", 6)
    assert program("audit", "verify").code == 0
    kept.sign_in("8000")
    assert program("backup", str(tmp_path / "b")).code == 0
    assert keeping.journal_of(kept.home)[-1] == ("backup", "8000")
