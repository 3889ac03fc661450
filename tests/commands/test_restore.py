"""``restore``: only what holds comes back, never behind what is there without an administrator's word (article 9)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectdesk.store import files, home, keys, lite
from collectdesk.store.home import Home
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program

DIE = """
import os, signal
from pathlib import Path
rename, left = Path.rename, [{fails}]
def dying(path, target):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, target)
Path.rename = dying
"""


@pytest.fixture
def kept(desk: Desk, program: Program, tmp_path: Path) -> Desk:
    """The small desk with slots, its lead signed in and a backup made."""
    keeping.with_slots(desk, tmp_path / "secret").sign_in("8001")
    assert program("backup", str(tmp_path / "b.backup")).code == 0
    return desk


def words(tmp_path: Path, *more: str, number: str = "8001") -> list[str]:
    secret = ["--number", number, "--passphrase-file", str(tmp_path / "secret")]
    return ["restore", str(tmp_path / "b.backup"), *secret, "--yes", "--json", *more]


def beside(desk: Desk) -> list[str]:
    """What a restore left beside the desk."""
    name = desk.home.root.name
    return sorted(path.name for path in desk.home.root.parent.iterdir() if name in path.name and path.name != name)


def test_it_comes_back_over_the_desk_whose_state_it_holds(kept: Desk, program: Program, tmp_path: Path) -> None:
    done = program(*words(tmp_path))
    assert (done.code, done.err) == (0, "")
    answer = json.loads(done.out)
    assert (answer["schema"], answer["entries"]) == ("collectdesk.restore/1", 1)
    assert Path(answer["set_aside"]).is_dir()
    assert [Path(answer["set_aside"]).name] == beside(kept)
    assert keeping.journal_of(kept.home) == [("backup", "8001"), ("restore", "8001")]


def test_one_under_way_is_not_joined(kept: Desk, program: Program, tmp_path: Path) -> None:
    """Two that rename the same desk at once could lose it."""
    with files.alone(kept.home.root.parent):
        keeping.refused(program(*words(tmp_path)), "under_way", 6)
    assert beside(kept) == []
    assert program(*words(tmp_path)).code == 0


@pytest.mark.usefixtures("kept")
def test_whoever_was_signed_in_signs_in_anew(program: Program, tmp_path: Path) -> None:
    program(*words(tmp_path))
    keeping.refused(program("audit", "verify", "--json"), "not_signed_in", 5)
    assert program("login", "8001", "--passphrase-file", str(tmp_path / "secret")).code == 0
    assert program("audit", "verify").code == 0


def test_elsewhere_it_leaves_the_desk_alone(kept: Desk, program: Program, tmp_path: Path) -> None:
    done = program(*words(tmp_path, "--to", str(tmp_path / "deep" / "new")))
    assert (done.code, json.loads(done.out)["set_aside"]) == (0, None)
    assert keeping.journal_of(Home(tmp_path / "deep" / "new"))[-1] == ("restore", "8001")
    assert beside(kept) == []
    assert program("audit", "verify").code == 0


@pytest.mark.parametrize(("tongue", "said"), [("en", "its journal holds."), ("zh_CN", "日志")])
@pytest.mark.usefixtures("kept")
def test_people_are_told_where_and_what_next(program: Program, tmp_path: Path, tongue: str, said: str) -> None:
    told = [word for word in words(tmp_path, "--to", str(tmp_path / "new")) if word != "--json"]
    done = program("--lang", tongue, *told)
    assert (done.code, done.err) == (0, "")
    assert said in " ".join(done.out.split())
    assert "collectdesk --desk" in done.out


def test_behind_what_is_there_only_an_administrator_goes(kept: Desk, program: Program, tmp_path: Path) -> None:
    assert program("backup", str(tmp_path / "later")).code == 0
    before = keeping.journal_of(kept.home)
    keeping.refused(program(*words(tmp_path)), "restore_older", 5)
    keeping.refused(program(*words(tmp_path, "--accept-older")), "restore_older_role", 5)
    keeping.refused(program(*words(tmp_path, number="8000")), "restore_older", 5)
    assert (keeping.journal_of(kept.home), beside(kept)) == (before, [])
    done = program(*words(tmp_path, "--accept-older", number="8000"))
    assert done.code == 0, done.err
    assert keeping.journal_of(kept.home) == [("backup", "8001"), ("restore", "8000")]
    assert keeping.journal_of(Home(Path(json.loads(done.out)["set_aside"]))) == before


def test_an_administrator_of_then_is_not_one_of_now(kept: Desk, program: Program, tmp_path: Path) -> None:
    """Who has lost the role does not get it back by restoring the day on which he had it."""
    keeping.tamper(kept, "UPDATE staff SET role = 'collector' WHERE number = '8000'")
    keeping.refused(program(*words(tmp_path, "--accept-older", number="8000")), "restore_older_role", 5)
    assert beside(kept) == []


def test_the_recovery_code_goes_back_too(kept: Desk, program: Program, tmp_path: Path) -> None:
    code = keys.new_recovery_code()
    keys.add_recovery(kept.home, home.read(kept.home).desk, KEY, code)
    (tmp_path / "code").write_text(code + "\n", "utf-8")
    assert program("backup", str(tmp_path / "with-code")).code == 0
    assert program("backup", str(tmp_path / "later")).code == 0
    recovery = ["--recovery-file", str(tmp_path / "code"), "--yes", "--json"]
    keeping.refused(program("restore", str(tmp_path / "with-code"), *recovery), "restore_older", 5)
    assert program("restore", str(tmp_path / "with-code"), *recovery, "--accept-older").code == 0


def test_a_wrong_secret_changes_nothing(kept: Desk, program: Program, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not the passphrase\n", "utf-8")
    done = program(*words(tmp_path))
    assert (done.code, done.out) == (5, "")
    assert beside(kept) == []
    assert program("audit", "verify").code == 0


@pytest.mark.parametrize("cut", [0, 100, 60_000])
def test_a_cut_backup_is_named_before_any_secret_or_after(
    kept: Desk, program: Program, tmp_path: Path, cut: int
) -> None:
    whole = (tmp_path / "b.backup").read_bytes()
    (tmp_path / "b.backup").write_bytes(whole[:cut])
    keeping.refused(program(*words(tmp_path)), "backup_damaged", 7)
    assert beside(kept) == []


def test_a_backup_of_a_tampered_journal_is_refused(kept: Desk, program: Program, tmp_path: Path) -> None:
    keeping.tamper(kept, "DROP TRIGGER journal_no_update", "UPDATE journal SET actor = '8002' WHERE seq = 1")
    (tmp_path / "b.backup").unlink()
    assert program("backup", str(tmp_path / "b.backup")).code == 0
    keeping.refused(program(*words(tmp_path)), "backup_journal", 7)
    assert beside(kept) == []


@pytest.mark.parametrize("name", ["nothing", ""])
@pytest.mark.usefixtures("kept")
def test_what_is_no_file_is_told(program: Program, tmp_path: Path, name: str) -> None:
    keeping.refused(program("restore", str(tmp_path / name), "--yes", "--json"), "backup_missing", 4)


@pytest.mark.usefixtures("kept")
def test_without_a_terminal_it_names_the_flag_it_lacks(tmp_path: Path) -> None:
    """And never asks."""
    done = keeping.run("restore", str(tmp_path / "b.backup"), COLLECTDESK_DESK=str(tmp_path / "desk"))
    assert (done.code, done.out) == (2, "")
    assert "--yes" in done.err


@pytest.mark.usefixtures("kept")
def test_somebodys_other_files_are_not_set_aside(program: Program, tmp_path: Path) -> None:
    other = tmp_path / "papers"
    other.mkdir()
    (other / "letter").write_text("mine", "utf-8")
    keeping.refused(program(*words(tmp_path, "--to", str(other))), "directory_in_use", 6)
    keeping.refused(program(*words(tmp_path, "--to", str(other / "letter"))), "directory_in_use", 6)
    keeping.refused(program(*words(tmp_path, "--to", str(other / "letter" / "desk"))), "directory_missing", 4)
    assert [path.name for path in other.iterdir()] == ["letter"]


def test_a_desk_in_use_is_not_set_aside(
    kept: Desk, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody is told is kept must be in the desk that stays."""
    monkeypatch.setattr(lite, "BUSY_MS", 50)
    working = lite.connect(kept.home.database, KEY)
    working.execute("SELECT count(*) FROM journal").fetchone()
    keeping.refused(program(*words(tmp_path)), "database_locked", 6)
    assert beside(kept) == []
    working.close()
    assert program(*words(tmp_path)).code == 0


@pytest.mark.parametrize("lost", ["desk.json", "desk.db", "slots"])
def test_a_desk_of_which_a_part_is_lost_comes_back(kept: Desk, program: Program, tmp_path: Path, lost: str) -> None:
    """Where it can still be compared it is; where not, an administrator says so."""
    (kept.home.root / lost).rename(tmp_path / "lost")
    done = program(*words(tmp_path, number="8000"))
    if lost == "desk.db":
        keeping.refused(done, "restore_older", 5)
        done = program(*words(tmp_path, "--accept-older", number="8000"))
    assert done.code == 0, done.err
    assert program("login", "8001", "--passphrase-file", str(tmp_path / "secret")).code == 0
    assert program("audit", "verify").code == 0


def test_a_damaged_database_is_replaced_on_an_administrators_word(kept: Desk, program: Program, tmp_path: Path) -> None:
    kept.home.database.write_bytes(b"scratched" * 10_000)
    (kept.home.root / "desk.json").write_text("{", "utf-8")
    keeping.refused(program(*words(tmp_path)), "restore_older", 5)
    assert program(*words(tmp_path, "--accept-older", number="8000")).code == 0


def test_a_full_disk_leaves_the_desk_as_it_was(kept: Desk, program: Program, tmp_path: Path) -> None:
    limit = (tmp_path / "b.backup").stat().st_size // 1024 // 2
    done = keeping.run(*words(tmp_path), code=keeping.small_files(limit))
    keeping.refused(done, "disk_full", 1)
    assert beside(kept) == []
    assert program("audit", "verify").code == 0


@pytest.mark.parametrize("changes", [1, 3, 6])
def test_killed_while_it_unpacks_it_has_changed_nothing(
    kept: Desk, program: Program, tmp_path: Path, changes: int
) -> None:
    before = keeping.journal_of(kept.home)
    process = keeping.start(*words(tmp_path))
    stopped = keeping.watched(process, tmp_path, changes, lambda path: ".restoring-" in str(path))
    process.kill()
    process.communicate()
    assert stopped
    assert keeping.journal_of(kept.home) == before
    assert program("audit", "verify").code == 0
    assert program(*words(tmp_path)).code == 0
    assert [name for name in beside(kept) if name.startswith(".")] == []


@pytest.mark.parametrize("fails", [1, 2])
def test_killed_at_either_rename_it_loses_no_desk(kept: Desk, program: Program, tmp_path: Path, fails: int) -> None:
    done = keeping.run(*words(tmp_path), code=DIE.format(fails=fails))
    assert done.code == -9
    if fails == 2:
        keeping.refused(program("audit", "verify", "--json"), "restore_interrupted", 4)
    again = program(*words(tmp_path))
    assert again.code == 0, again.err
    assert keeping.journal_of(kept.home)[0] == ("backup", "8001")
    assert len(beside(kept)) == 1
