"""Whatever a command writes is its owner's alone, even where the system's habit is to let everybody read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import newdesk
from tests.commands import keeping
from tests.commands.conftest import Program
from tests.desk.importing.files import GOOD, csv_file, other
from tests.newdesk import Template

SECRET = "{secret}"
COMMANDS = (
    ["logout"],
    ["login", newdesk.ADMIN, "--passphrase-file", SECRET],
    ["staff", "add", "9001", "--name", "X", "--role", "lead", "--team", "Team One", "--superior", newdesk.ADMIN,
     "--passphrase-file", SECRET],
    ["staff", "token", "bot", "--scope", "check", "--days", "30", "--out", "{out}/token"],
    ["import", "{cases}", "--skip-bad"],
    ["queue"],
    ["check", "A-2001"],
    ["case", "show", "A-2001", "--unmask", "--reason", "asked"],
    ["audit", "seal", "--out", "{out}/seal"],
    ["backup", "{out}/b"],
    ["upgrade"],
    ["doctor"],
    ["restore", "{out}/b", "--to", "{out}/new", "--number", newdesk.ADMIN, "--passphrase-file", SECRET, "--yes"],
    ["staff", "remove", "9001", "--yes"],
)  # fmt: skip


@pytest.fixture
def careless() -> Iterator[None]:
    """A machine on which new files are everybody's to read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_after_every_command_every_file_is_its_owners_alone(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Article 9.2: desk, slots, sessions, backups, rejects, seals, tokens; files 0600, directories 0700."""
    runtime, out = tmp_path / "runtime", tmp_path / "out"
    for place in (runtime, out):
        place.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    template: Template = newdesk.make(tmp_path_factory.mktemp("template") / "desk")
    newdesk.copy(template, tmp_path / "desk")
    (out / "secret").write_text(newdesk.PASSPHRASE + "\n")
    (out / "secret").chmod(0o600)
    given = {
        "out": out,
        "secret": out / "secret",
        "cases": csv_file(out / "cases.csv", GOOD, other(1, 手机号="1.38E+10")),
    }
    (out / "cases.csv").chmod(0o600)
    for words in COMMANDS:
        done = program(*(word.format(**given) for word in words))
        assert done.code in (0, 3, 7), (words, done.err)
        for root in (tmp_path / "desk", runtime, out):
            bad = [path for path in (root, *root.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]
            assert bad == [], words
    assert (out / "cases.rejects.csv").exists()
    assert keeping.PHRASE not in "".join(path.name for path in out.iterdir())
