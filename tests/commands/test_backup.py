"""``backup``: online, encrypted, whole or not at all, and written down (article 9)."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from collectdesk.store import backup as backups
from collectdesk.store import home, lite
from tests import desks
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Done, Program


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Desk:
    """The small desk with slots, its lead signed in."""
    keeping.with_slots(desk, tmp_path / "secret").sign_in("8001")
    return desk


def left_in(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_a_script_is_told_what_was_kept(kept: Desk, program: Program, tmp_path: Path) -> None:
    target = tmp_path / "b.backup"
    done = program("backup", str(target), "--json")
    assert (done.code, done.err) == (0, "")
    answer = json.loads(done.out)
    assert (answer["schema"], answer["file"], answer["entries"]) == ("collectdesk.backup_made/1", str(target), 1)
    manifest = backups.read_manifest(target)
    assert (manifest.head, manifest.entries) == (answer["head"], answer["entries"])
    assert "slots/8001.json" in manifest.files
    assert keeping.journal_of(kept.home) == [("backup", "8001")]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("tongue", ["en", "zh_CN"])
def test_without_a_name_it_is_named_after_the_day_and_never_overwrites(
    kept: Desk, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tongue: str
) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    for _ in range(2):
        done = program("--lang", tongue, "backup")
        assert (done.code, done.err) == (0, "")
    first, second = sorted(left_in(tmp_path / "out"), key=len)
    assert first.startswith("collectdesk-20")
    assert second == first.replace(".backup", "-2.backup")
    keeping.refused(program("backup", first, "--json"), "backup_exists", 6)
    assert len(keeping.journal_of(kept.home)) == 2


@pytest.mark.usefixtures("program")
def test_of_two_at_once_under_one_name_one_is_made(kept: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    words = ("backup", str(tmp_path / "out" / "b.backup"), "--json")
    with keeping.start(*words) as one, keeping.start(*words) as other:
        ended = [Done(process.wait(), *process.communicate()) for process in (one, other)]
    made, refused = sorted(ended, key=lambda done: done.code)
    assert made.code == 0
    keeping.refused(refused, "backup_exists", 6)
    assert left_in(tmp_path / "out") == ["b.backup"]
    assert backups.read_manifest(tmp_path / "out" / "b.backup").desk == home.read(kept.home).desk


@pytest.mark.usefixtures("kept")
def test_the_file_tells_a_finder_nothing(program: Program, tmp_path: Path) -> None:
    """Article 9(2): a lost copy leaks nothing, nor does what is printed."""
    done = program("backup", str(tmp_path / "b.backup"))
    raw = (tmp_path / "b.backup").read_bytes()
    for personal in (desks.MOBILE, "王小明", "11010519491231002X", keeping.PHRASE):
        assert personal.encode() not in raw
        assert personal not in done.out


def test_it_is_made_while_somebody_writes(kept: Desk, program: Program, tmp_path: Path) -> None:
    """A reader in the midst of its snapshot is no obstacle, and its snapshot stays."""
    connection = lite.connect(kept.home.database, KEY)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM journal").fetchone()
    assert program("backup", str(tmp_path / "b.backup")).code == 0
    assert connection.execute("SELECT count(*) FROM journal").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(("staff", "scope"), [("8002", None), ("8001", ("report",))])
def test_it_is_a_keepers_to_make(
    desk: Desk, program: Program, tmp_path: Path, staff: str, scope: tuple[str, ...] | None
) -> None:
    desk.sign_in(staff, scope=scope)
    keeping.refused(program("backup", str(tmp_path / "b"), "--json"), "scope" if scope else "role", 5)
    assert not (tmp_path / "b").exists()


@pytest.mark.usefixtures("kept")
def test_a_directory_that_is_not_there_is_told(program: Program, tmp_path: Path, desk: Desk) -> None:
    keeping.refused(program("backup", str(tmp_path / "nowhere" / "b"), "--json"), "directory_missing", 4)
    assert keeping.journal_of(desk.home) == []


def test_a_full_disk_leaves_nothing_and_is_written_down(kept: Desk, tmp_path: Path) -> None:
    """The desk itself goes on: its own file may still grow where the copy may not be whole."""
    (tmp_path / "out").mkdir()
    limit = kept.home.database.stat().st_size // 1024 // 2
    done = keeping.run(
        "--desk", str(kept.home.root), "backup", str(tmp_path / "out" / "b"), "--json", code=keeping.small_files(limit)
    )
    assert json.loads(done.err)["code"] in ("disk_full", "disk_error")
    assert (done.code, done.out) == (1, "")
    assert left_in(tmp_path / "out") == []
    assert keeping.journal_of(kept.home) == [("backup", "8001"), ("backup.failed", "8001")]


@pytest.mark.parametrize("changes", [1, 2, 3, 5])
def test_killed_at_any_moment_it_leaves_no_half_a_backup(
    kept: Desk, program: Program, tmp_path: Path, changes: int
) -> None:
    """``kill -9`` while files appear beside the target: nothing half bears its name, and the next run sweeps."""
    out = tmp_path / "out"
    out.mkdir()
    process = keeping.start("--desk", str(kept.home.root), "backup", str(out / "b"), "--json")
    keeping.watched(process, out, changes, lambda _path: True)
    process.kill()
    process.communicate()
    if (out / "b").exists():
        assert backups.read_manifest(out / "b").entries == 1
        (out / "b").unlink()
    assert program("backup", str(out / "b")).code == 0
    assert left_in(out) == ["b"]
    assert program("audit", "verify").code == 0
