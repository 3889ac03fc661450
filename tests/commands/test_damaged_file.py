"""A file damaged anywhere: what needs the damage refuses in words, no backup is made of it, nothing is written over."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from collectdesk.store import lite
from collectdesk.store.home import Home
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program, made

PAGE = 4096
DAMAGED = (
    "The database is damaged.",
    "Leave the file as it is and restore the last backup with `collectdesk restore`.",
)
REKEYED = ("The desk has had a new key since you signed in.",
           "Run `collectdesk login`; if it says so again, the file is damaged: `collectdesk restore` brings a backup "
           "back.")  # fmt: skip
NO_KEY = ("The database does not open with this key: it belongs to another desk, or it is damaged.",
          "Check --desk; `collectdesk restore` brings a backup back.")  # fmt: skip
EMPTY = ("There is a database, but no desk in it.",
         "An interrupted `collectdesk init` leaves this: run it again. If there was a desk, `collectdesk restore` "
         "brings a backup back.")  # fmt: skip
ASKED = (["audit", "verify"], ["check", "A-1007"], ["queue"], ["case", "show", "A-1007"], ["case", "history", "A-1007"])


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Path]:
    """The small desk with everything adopted and slots, made once, and its secret."""
    place = tmp_path_factory.mktemp("furnished")
    return keeping.with_slots(keeping.with_texts(made(Home(place / "desk"))), place / "secret"), place / "secret"


@pytest.fixture
def kept(furnished: tuple[Desk, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of it, its administrator signed in."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    shutil.copytree(furnished[0].home.root, tmp_path / "desk")
    desk = Desk(Home(tmp_path / "desk"), furnished[0].small)
    desk.sign_in("8000")
    return desk


def damage(desk: Desk, change: Callable[[bytearray], None]) -> bytes:
    """Change the file's bytes with nobody connected; returns what it is now."""
    raw = bytearray(desk.home.database.read_bytes())
    change(raw)
    desk.home.database.write_bytes(raw)
    return bytes(raw)


def said(err: str) -> tuple[str, str]:
    document = json.loads(err)
    return document["message"], document["hint"]


@pytest.mark.parametrize("at", [0, 15, 16, 100, PAGE - 1])
def test_a_damaged_header_is_no_desks_file(kept: Desk, program: Program, furnished: tuple[Desk, Path], at: int) -> None:
    """The salt or the first page: nothing opens, signing in says what it may be, and nothing is written."""

    def flip(raw: bytearray) -> None:
        raw[at] ^= 0xFF

    now = damage(kept, flip)
    for words in ASKED:
        done = program(*words, "--json")
        assert (done.code, done.out, said(done.err)) == (5, "", REKEYED)
    done = program("login", "8000", "--passphrase-file", str(furnished[1]), "--json")
    assert (done.code, done.out, said(done.err)) == (7, "", NO_KEY)
    assert kept.home.database.read_bytes() == now


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_page_is_met_in_words_or_not_at_all(kept: Desk, program: Program, tmp_path: Path, seed: int) -> None:
    """Whatever page it is: the doctor names it, a command that needs it refuses, and no backup is made of it."""
    pages = kept.home.database.stat().st_size // PAGE
    page = random.Random(seed).randrange(1, pages)
    whole = {tuple(words): program(*words, "--json") for words in ASKED}

    def flip(raw: bytearray) -> None:
        raw[page * PAGE + 200] ^= 1

    damage(kept, flip)
    for words in ASKED:
        done = program(*words, "--json")
        if done.err:
            assert (done.code, done.out, said(done.err)) == (7, "", DAMAGED)
        else:
            assert done.code == whole[tuple(words)].code
    examined = json.loads(program("doctor", "--json").out)
    assert "The database is damaged." in [each["message"] for each in examined["checks"]]
    assert examined["sound"] is False
    refused = program("backup", str(tmp_path / "b"), "--json")
    assert (refused.code, said(refused.err)) == (7, DAMAGED)
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("kept_bytes", [0, 100, PAGE, 10 * PAGE, 10 * PAGE + 1, -PAGE, -1])
def test_a_cut_file_is_met_in_words(kept: Desk, program: Program, tmp_path: Path, kept_bytes: int) -> None:
    """A file that lost its end is never taken for an empty or a smaller desk."""

    def cut(raw: bytearray) -> None:
        del raw[kept_bytes:]

    now = damage(kept, cut)
    refused = program("backup", str(tmp_path / "b"), "--json")
    assert (refused.code, refused.out) == (7 if said(refused.err) == DAMAGED else 4 if kept_bytes == 0 else 5, "")
    assert said(refused.err) in (DAMAGED, REKEYED, EMPTY)
    assert json.loads(program("doctor", "--json").out)["sound"] is False
    assert not (tmp_path / "b").exists()
    assert kept.home.database.read_bytes().startswith(now[:PAGE])


def test_a_damaged_log_gives_no_half_transaction(kept: Desk, program: Program) -> None:
    """What lies in the write-ahead log is taken up to the damage, whole transactions only, and the chain holds."""
    connection = lite.connect(kept.home.database, KEY)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    for number in range(5):
        connection.execute("INSERT INTO meta VALUES (?, ?)", (f"k{number}", "x" * 6000))
    log = kept.home.database.with_name("desk.db-wal")
    raw, file = bytearray(log.read_bytes()), kept.home.database.read_bytes()
    connection.close()
    raw[len(raw) // 2] ^= 1
    kept.home.database.write_bytes(file)
    log.write_bytes(raw)
    assert program("audit", "verify").code == 0
    opened = lite.connect(kept.home.database, KEY)
    found = [key for (key,) in opened.execute("SELECT key FROM meta WHERE key LIKE 'k_' ORDER BY key")]
    assert found == [f"k{number}" for number in range(len(found))]
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    opened.close()
