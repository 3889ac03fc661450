"""``upgrade``: a backup first, one migration a transaction, and no way back for an older program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectdesk.store import backup as backups
from collectdesk.store import files, lite, version
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Done, Program

NEWER = """
import os, signal
from sqlalchemy import text
from collectdesk.store import migrations, version
def second(connection):
    connection.execute(text("ALTER TABLE note ADD COLUMN colour TEXT"))
    {then}
migrations.STEPS = (*migrations.STEPS, migrations.Step(len(migrations.STEPS) + 1, "second", second))
version.SCHEMA_VERSION += 1
"""
NEXT = version.SCHEMA_VERSION + 1
"""The next program: this one and a migration more."""


pytestmark = pytest.mark.usefixtures("program")


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Desk:
    """The small desk with slots, its administrator signed in."""
    keeping.with_slots(desk, tmp_path / "secret").sign_in("8000")
    return desk


def next_program(*words: str, then: str = "pass", more: str = "") -> Done:
    return keeping.run(*words, code=NEWER.format(then=then) + more)


def columns(desk: Desk) -> set[str]:
    connection = lite.connect(desk.home.database, KEY, readonly=True)
    found = {str(row[1]) for row in connection.execute("PRAGMA table_info(note)")}
    connection.close()
    return found


def saved(desk: Desk) -> list[Path]:
    return sorted(desk.home.backups.glob("*")) if desk.home.backups.exists() else []


@pytest.mark.parametrize(("tongue", "said"), [("en", "The desk is up to date."), ("zh_CN", "最新")])
def test_with_nothing_to_do_it_says_so(kept: Desk, program: Program, tongue: str, said: str) -> None:
    done = program("--lang", tongue, "upgrade")
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    answer = json.loads(program("upgrade", "--json").out)
    assert answer == {"schema": "collectdesk.upgrade/1", "ran": [], "backup": None}
    assert (saved(kept), keeping.journal_of(kept.home)) == ([], [])


def test_it_backs_up_first_and_writes_it_down(kept: Desk) -> None:
    done = next_program("upgrade", "--json")
    assert (done.code, done.err) == (0, "")
    answer = json.loads(done.out)
    assert answer["ran"] == [{"number": NEXT, "name": "second"}]
    assert [str(path) for path in saved(kept)] == [answer["backup"]]
    assert backups.read_manifest(saved(kept)[0]).schema_version == version.SCHEMA_VERSION
    assert "colour" in columns(kept)
    assert keeping.journal_of(kept.home) == [("upgrade", "8000")]
    assert next_program("audit", "verify").code == 0


@pytest.mark.parametrize(
    "words",
    [["audit", "verify"], ["backup", "{tmp}/b"], ["check", "A-1007"], ["queue"], ["upgrade"], ["staff", "list"]],
)
def test_an_older_program_is_refused(kept: Desk, program: Program, tmp_path: Path, words: list[str]) -> None:
    assert next_program("upgrade").code == 0
    before = kept.home.database.read_bytes()
    done = program(*(word.format(tmp=tmp_path) for word in words), "--json")
    keeping.refused(done, "schema_newer", 7)
    assert kept.home.database.read_bytes() == before


def test_a_newer_program_asks_for_the_upgrade(kept: Desk) -> None:
    document = keeping.refused(next_program("audit", "verify", "--json"), "schema_older", 7)
    assert "collectdesk upgrade" in document["hint"]
    assert "colour" not in columns(kept)


@pytest.mark.parametrize(
    ("tongue", "said"), [("en", "Run `collectdesk upgrade`"), ("zh_CN", "请执行 `collectdesk upgrade`")]
)
def test_an_administrator_who_signs_in_is_told_of_it(kept: Desk, tmp_path: Path, tongue: str, said: str) -> None:
    assert kept.home.database.exists()
    words = ("login", "8000", "--passphrase-file", str(tmp_path / "secret"))
    assert said in next_program("--lang", tongue, *words).out
    assert json.loads(next_program(*words, "--json").out)["upgrade"] is True
    keeping.refused(next_program("login", "8001", *words[2:], "--json"), "schema_older", 7)
    assert next_program("upgrade").code == 0
    assert json.loads(next_program(*words, "--json").out)["upgrade"] is False


@pytest.mark.usefixtures("kept")
def test_a_newer_backup_is_not_for_an_older_program(program: Program, tmp_path: Path) -> None:
    assert next_program("upgrade").code == 0
    assert next_program("backup", str(tmp_path / "b")).code == 0
    secret = ["--number", "8000", "--passphrase-file", str(tmp_path / "secret")]
    done = program("restore", str(tmp_path / "b"), "--to", str(tmp_path / "new"), *secret, "--yes", "--json")
    keeping.refused(done, "schema_newer", 7)
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("kept")
def test_the_backup_it_made_comes_back_into_the_older_program(program: Program, tmp_path: Path, desk: Desk) -> None:
    assert next_program("upgrade").code == 0
    secret = ["--number", "8000", "--passphrase-file", str(tmp_path / "secret")]
    done = program("restore", str(saved(desk)[0]), "--to", str(tmp_path / "new"), *secret, "--yes", "--json")
    assert done.code == 0, done.err
    assert program("--desk", str(tmp_path / "new"), "audit", "verify").code == 0


def test_killed_within_a_migration_the_desk_is_as_before(kept: Desk, program: Program) -> None:
    done = next_program("upgrade", then="os.kill(os.getpid(), signal.SIGKILL)")
    assert done.code == -9
    assert "colour" not in columns(kept)
    assert program("audit", "verify").code == 0
    assert next_program("upgrade").code == 0
    assert "colour" in columns(kept)
    assert len(saved(kept)) in (1, 2)


def test_two_at_once_upgrade_it_once(kept: Desk) -> None:
    """Whoever comes second finds it done or is told that it is being done; one backup, one entry of the journal."""
    code = NEWER.format(then="pass")
    with keeping.start("upgrade", "--json", code=code) as one, keeping.start("upgrade", "--json", code=code) as other:
        ended = [(process.communicate(), process.wait()) for process in (one, other)]
    for (out, err), rc in ended:
        assert rc == 0 or (out, json.loads(err)["code"]) == ("", "under_way"), err
    assert [bool(json.loads(out)["ran"]) for (out, _), rc in ended if rc == 0].count(True) == 1
    assert "colour" in columns(kept)
    assert len(saved(kept)) == 1
    assert keeping.journal_of(kept.home) == [("upgrade", "8000")]


def test_one_under_way_is_not_joined(kept: Desk) -> None:
    with files.alone(kept.home.root):
        keeping.refused(next_program("upgrade", "--json"), "under_way", 6)
    assert "colour" not in columns(kept)
    assert saved(kept) == []


def test_a_full_disk_stops_it_before_anything_moves(kept: Desk, program: Program) -> None:
    limit = keeping.small_files(kept.home.database.stat().st_size // 1024 // 2)
    done = next_program("upgrade", "--json", more=limit)
    assert json.loads(done.err)["code"] in ("disk_full", "disk_error")
    assert (done.code, saved(kept)) == (1, [])
    assert "colour" not in columns(kept)
    assert program("audit", "verify").code == 0


@pytest.mark.parametrize("staff", ["8001", "8002"])
def test_it_is_an_administrators_to_do(desk: Desk, staff: str) -> None:
    desk.sign_in(staff)
    keeping.refused(next_program("upgrade", "--json"), "role_admin", 5)
    assert "colour" not in columns(desk)


@pytest.mark.usefixtures("desk")
def test_nobody_signed_in(program: Program) -> None:
    keeping.refused(program("upgrade", "--json"), "not_signed_in", 5)
