"""A disk that is full: every command says so and changes nothing; with room again the desk goes on where it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectdesk.store import backup, lite
from collectdesk.store.engine import open_engine
from collectdesk.store.home import Home
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Done, made
from tests.commands.disks import Disk, disk
from tests.desk.importing.files import GOOD, csv_file
from tests.desk.recordings.sounding import wav

SAID = "磁盘已满；未写入任何内容。\n请腾出空间后重新执行。\n"
SECRET = "{secret}"
SOUNDS = 12
COMMANDS = {
    "sign in": ["login", "8001", "--passphrase-file", SECRET],
    "verify": ["audit", "verify"],
    "show": ["case", "show", "A-1007", "--unmask", "--reason", "the debtor asked"],
    "import": ["import", "{cases}"],
    "team": ["staff", "add", "9001", "--name", "X", "--role", "collector", "--team", "信用卡一组", "--superior", "8001",
             "--passphrase-file", SECRET],
    "seal": ["audit", "seal", "--out", "{disk}/seal"],
    "backup": ["backup", "{disk}/b"],
    "backup elsewhere": ["backup", "{elsewhere}/b"],
    "restore": ["restore", "{kept}", "--to", "{disk}/new", "--number", "8000", "--passphrase-file", SECRET, "--yes"],
    "passphrase": ["staff", "passphrase", "8001", "--passphrase-file", SECRET],
}  # fmt: skip


class Full:
    """A desk on a disk of its own, signed in as its administrator."""

    def __init__(self, place: Disk, home: Home, beside: Path, tmp_path: Path) -> None:
        self.disk, self.home = place, home
        self.given = {
            "secret": beside / "secret", "disk": place.root, "elsewhere": tmp_path, "kept": beside / "kept",
            "cases": csv_file(tmp_path / "cases.csv", GOOD),
        }  # fmt: skip

    def run(self, *words: str, lang: str = "en") -> Done:
        """A command at the desk, as a process."""
        told = [word.format(**self.given) for word in words]
        return keeping.run("--desk", str(self.home.root), "--lang", lang, *told, code=self.disk.code)

    def rows(self) -> list[tuple[object, ...]]:
        """All that is in the database, as text."""
        connection = lite.connect(self.home.database, KEY)  # the last to leave takes the log and its index away
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [(name, *row) for name in sorted(tables) for row in connection.execute(f"SELECT * FROM {name}")]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
        return found

    def files(self) -> dict[str, int]:
        """What lies on the disk but for SQLite's own files, which come and go."""
        paths = (path for path in self.disk.root.rglob("*") if path.is_file())
        kept = (path for path in paths if path.name not in ("desk.db-wal", "desk.db-shm", "ballast"))
        return {str(path.relative_to(self.disk.root)): path.stat().st_size for path in kept}


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Path]:
    """The small desk with everything adopted and slots, made once, and a directory with its secret and a backup."""
    place = tmp_path_factory.mktemp("furnished")
    desk = keeping.with_slots(keeping.with_texts(made(Home(place / "desk"))), place / "secret")
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    backup.make(desk.home, store, KEY, place / "kept", desk.small.at)
    store.close()
    return desk, place


@pytest.fixture
def full(furnished: tuple[Desk, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Full]:
    """The desk on a disk of its own that is not full yet, its administrator signed in."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    desk, beside = furnished
    desk.sign_in("8000")
    with disk(tmp_path / "disk") as place:
        home = Home(place.root / "desk")
        shutil.copytree(desk.home.root, home.root)
        yield Full(place, home, beside, tmp_path)


def refused(done: Done, *codes: str) -> None:
    """One of ``codes``, in words; nothing else is said."""
    assert done.code == 1, done
    assert done.out == ""
    document = json.loads(done.err)
    assert document["code"] in codes, done.err
    if document["code"] == "disk_full":
        assert document["message"] == "The disk is full; nothing was written."


@pytest.mark.parametrize("name", COMMANDS)
def test_with_no_room_at_all_every_command_says_so_and_changes_nothing(full: Full, name: str) -> None:
    before, files = set(full.rows()), full.files()
    full.disk.fill()
    words = COMMANDS[name]
    done = full.run(*words, "--json")
    if full.disk.real:
        refused(done, "disk_full")
        told = full.run(*words, lang="zh_CN")
        assert (told.code, told.out, told.err) == (1, "", SAID)
    elif done.code:  # a file that may not grow is no full disk; a command that only reads does not meet it
        refused(done, "disk_full", "disk_error")
    full.disk.free()
    if done.code:
        left = {path: size for path, size in full.files().items() if not path.endswith(".tries")}
        assert left == files
        assert [row for row in full.rows() if row not in before and "backup" not in str(row)] == []
        assert not (full.given["elsewhere"] / "b").exists()
    again = full.run(*words, "--json")
    assert again.code == 0, again.err


@pytest.mark.parametrize("spare", [40, 80, 200, 400])
def test_an_import_that_runs_out_of_room_leaves_nothing(full: Full, spare: int) -> None:
    """All or nothing: the room ends at one point of the transaction or another."""
    before = full.rows()
    full.disk.fill(spare * 1024)
    done = full.run("import", "{cases}", "--json")
    full.disk.free()
    if done.code:
        refused(done, "disk_full", "disk_error")
        assert full.rows() == before
    assert full.run("import", "{cases}", "--json").code == 0
    assert sum(row[0] == "case_file" for row in full.rows()) == 2


@pytest.mark.parametrize("spare", [80, 250])
def test_a_scan_that_runs_out_of_room_keeps_what_it_kept_and_goes_on(full: Full, spare: int, tmp_path: Path) -> None:
    """Each file is written whole or not at all; run again with room, every file is there once."""
    for seconds in range(1, SOUNDS + 1):
        wav(tmp_path / "exchange" / f"{seconds}.wav", seconds)
    full.disk.fill(spare * 1024)
    done = full.run("recording", "scan", str(tmp_path / "exchange"), "--json")
    full.disk.free()
    kept = [row for row in full.rows() if row[0] == "found_recording"]
    if full.disk.real:
        refused(done, "disk_full")
        assert 0 < len(kept) < SOUNDS
    again = full.run("recording", "scan", str(tmp_path / "exchange"), "--json")
    assert again.code == 0, again.err
    counts = json.loads(again.out)["counts"]
    assert (counts.get("known", 0), counts.get("unmatched", 0)) == (len(kept), SOUNDS - len(kept))
    assert sum(row[0] == "found_recording" for row in full.rows()) == SOUNDS
    assert full.run("audit", "verify", "--json").code == 0
