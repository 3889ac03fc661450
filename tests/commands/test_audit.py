"""``audit verify`` and ``audit seal``: what was done to the journal is named, and ends 7 (article 9)."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from collectdesk.commands import audit as command
from collectdesk.store import home, journal
from collectdesk.store.engine import open_engine
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program
from tests.terminal.pty import Terminal, collectdesk

ENTRIES = 8
FREE = ("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete")
GUARDED = [
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'no'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'no'); END",
]


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """The small desk with some entries in its journal, its administrator signed in."""
    write(desk, ENTRIES)
    desk.sign_in("8000")
    return desk


def write(desk: Desk, count: int, actor: str = "8001") -> None:
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        entry = {"at": desk.small.at, "actor": actor, "action": "note.add", "subject": "note:1"}
        journal.append_many(connection, [journal.Change(**entry) for _ in range(count)])  # type: ignore[arg-type]
    store.close()


def verified(program: Program, *words: str) -> tuple[int, dict[str, Any]]:
    done = program("audit", "verify", "--json", *words)
    assert done.err == ""
    return done.code, json.loads(done.out)


@pytest.mark.usefixtures("kept")
def test_a_sound_journal_ends_zero(program: Program) -> None:
    code, found = verified(program)
    assert code == 0
    assert (found["schema"], found["sound"], found["count"]) == ("collectdesk.audit/1", True, ENTRIES)
    assert (found["against_seal"], found["faults"]) == (False, [])


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("tongue", "said"), [("en", "The journal holds: 8 entries, unbroken."), ("zh_CN", "日志完整：8 条，未断。")]
)
def test_people_read_it_in_their_language(program: Program, tongue: str, said: str) -> None:
    done = program("--lang", tongue, "audit", "verify")
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    assert "--seal" in done.out


@pytest.mark.parametrize(
    ("done_to_it", "fault", "said"),
    [
        (["UPDATE journal SET actor = '8002' WHERE seq = 4"], ("changed", 4, 4), "Entry 4 is not as it was written."),
        (["DELETE FROM journal WHERE seq = 5"], ("removed", 5, 5), "Entry 5 is gone."),
        (["DELETE FROM journal WHERE seq IN (3, 4)"], ("removed", 3, 4), "Entries 3 to 4 are gone."),
        (
            ["INSERT INTO journal SELECT 0, at, actor, action, subject, before, after, 'x', 'y' FROM journal LIMIT 1"],
            ("inserted", 0, 0),
            "Entry 0 was not appended in its turn.",
        ),
    ],
)
def test_it_says_which_entry(
    kept: Desk, program: Program, done_to_it: list[str], fault: tuple[str, int, int], said: str
) -> None:
    """Changed, removed, inserted: each is found without a seal, named, and ends 7 for people and scripts."""
    keeping.tamper(kept, *FREE, *done_to_it, *GUARDED)
    code, found = verified(program)
    assert (code, found["sound"]) == (7, False)
    assert found["faults"] == [dict(zip(("kind", "seq", "until"), fault, strict=True))]
    done = program("audit", "verify")
    assert (done.code, done.err) == (7, "")
    assert said in done.out
    assert "unbroken" not in done.out


def test_dropped_triggers_are_told(kept: Desk, program: Program) -> None:
    keeping.tamper(kept, *FREE)
    assert verified(program)[1]["faults"] == [{"kind": "trigger_missing", "seq": 0, "until": 0}]
    assert program("audit", "verify").code == 7


@pytest.mark.parametrize("form", ["file", "typed"])
def test_a_cut_off_tail_shows_against_a_seal(kept: Desk, program: Program, tmp_path: Path, form: str) -> None:
    out = tmp_path / "outside" / "seal.json"
    out.parent.mkdir()
    sealed = program("audit", "seal", "--out", str(out), "--json")
    assert (sealed.code, sealed.err) == (0, "")
    assert json.loads(out.read_text("utf-8")) == json.loads(sealed.out)
    content = json.loads(sealed.out)
    seal = str(out) if form == "file" else f"{content['head']}:{content['count']}"
    assert verified(program, "--seal", seal)[0] == 0
    keeping.tamper(kept, *FREE, "DELETE FROM journal WHERE seq > 6", *GUARDED)
    assert verified(program)[0] == 0
    code, found = verified(program, "--seal", seal)
    assert (code, found["against_seal"]) == (7, True)
    assert found["faults"] == [{"kind": "cut_off", "seq": 7, "until": 8}]
    assert "The end is cut off: entries 7 to 8 are gone." in program("audit", "verify", "--seal", seal).out


def test_a_journal_written_anew_shows_against_a_seal(kept: Desk, program: Program) -> None:
    seal = json.loads(program("audit", "seal", "--json").out)
    keeping.tamper(kept, *FREE, "DELETE FROM journal WHERE seq > 7", *GUARDED)
    write(kept, 3, "8002")
    code, found = verified(program, "--seal", f"{seal['head']}:{seal['count']}")
    assert (code, found["faults"]) == (7, [{"kind": "rewritten", "seq": 8, "until": 8}])


def test_later_entries_do_not_break_an_older_seal(kept: Desk, program: Program, tmp_path: Path) -> None:
    program("audit", "seal", "--out", str(tmp_path / "seal.json"))
    write(kept, 3)
    assert verified(program, "--seal", str(tmp_path / "seal.json"))[0] == 0


@pytest.mark.usefixtures("kept")
def test_a_seal_is_printed_whole_the_owners_alone_and_never_overwritten(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "seal.json"
    done = program("audit", "seal", "--out", str(out))
    assert (done.code, done.err) == (0, "")
    content = json.loads(out.read_text("utf-8"))
    assert f" {content['head']}:{ENTRIES}\n" in done.out
    assert content["at"].endswith(("+00:00", "Z"))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    keeping.refused(program("audit", "seal", "--out", str(out), "--json"), "seal_exists", 6)
    assert json.loads(out.read_text("utf-8")) == content


@pytest.mark.parametrize(
    ("content", "code", "exit_code"),
    [
        (None, "seal_missing", 4),
        ("", "seal_unreadable", 7),
        ("[]", "seal_unreadable", 7),
        ('{"schema": "collectdesk.seal/1", "desk": "x", "count": "?", "head": "", "at": ""}', "seal_unreadable", 7),
        ('{"schema": "other/1", "desk": "x", "count": 1, "head": "a", "at": "2026-11-23T00:00:00Z"}',
         "seal_unreadable", 7),
        ('{"schema": "collectdesk.seal/1", "desk": "x", "count": 1, "head": "a", "at": "2026-11-23T00:00:00Z"}',
         "seal_foreign", 7),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("kept")
def test_what_is_no_seal_of_this_desk_is_refused(
    program: Program, tmp_path: Path, content: str | None, code: str, exit_code: int
) -> None:
    seal = tmp_path / "seal.json"
    if content is not None:
        seal.write_text(content, "utf-8")
    keeping.refused(program("audit", "verify", "--seal", str(seal), "--json"), code, exit_code)


@pytest.mark.usefixtures("kept")
def test_a_seal_goes_only_where_there_is_a_directory(program: Program, tmp_path: Path) -> None:
    done = program("audit", "seal", "--out", str(tmp_path / "nowhere" / "seal.json"), "--json")
    keeping.refused(done, "directory_missing", 4)


def test_a_script_needs_the_scope(desk: Desk, program: Program) -> None:
    desk.sign_in("8000", scope=("import",))
    keeping.refused(program("audit", "verify", "--json"), "scope", 5)
    desk.sign_in("8000", scope=("report",))
    assert program("audit", "verify", "--json").code == 0


def test_nobody_signed_in(desk: Desk, program: Program) -> None:
    assert home.exists(desk.home)
    keeping.refused(program("audit", "verify", "--json"), "not_signed_in", 5)


def test_a_long_journal_shows_how_far_it_is(kept: Desk) -> None:
    """On a terminal; what stays on the screen is the answer alone."""
    write(kept, command.LONG)
    screen = Terminal(collectdesk("--desk", str(kept.home.root), "--lang", "en", "audit", "verify"))
    assert screen.end() == 0
    assert "Reading the journal" in screen.raw
    assert "Reading the journal" not in screen.text
    assert f"The journal holds: {command.LONG + ENTRIES} entries, unbroken." in screen.text


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("tongue", ["en", "zh_CN"])
def test_a_seal_that_was_printed_into_a_file_is_read_back(program: Program, tmp_path: Path, tongue: str) -> None:
    file = tmp_path / "seal.txt"
    file.write_text(program("--lang", tongue, "audit", "seal").out, encoding="utf-8")
    code, found = verified(program, "--seal", str(file))
    assert (code, found["against_seal"], found["sound"]) == (0, True, True)
    file.write_text(file.read_text(encoding="utf-8").replace(f":{ENTRIES}", f":{ENTRIES + 5}"), encoding="utf-8")
    code, found = verified(program, "--seal", str(file))
    assert (code, found["sound"]) == (7, False)
