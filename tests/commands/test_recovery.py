"""A new recovery code from the command line: the old one opens nothing, whoever decides nothing makes none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectdesk.store.home import Home
from collectdesk.store.slots import path_of
from tests import newdesk
from tests.commands.conftest import Program
from tests.commands.test_desk import document, error
from tests.newdesk import ADMIN, OTHER, Template


@pytest.fixture
def desk(program: Program, template: Template, runtime: Path) -> Path:
    """The program's desk, with its administrator signed in."""
    assert program is not None
    assert runtime.is_dir()
    return newdesk.copy(template, Path(os.environ["COLLECTDESK_DESK"]))


def test_a_new_code_takes_the_place_of_the_old_even_when_its_slot_was_lost(
    program: Program, desk: Path, tmp_path: Path
) -> None:
    slot, passphrase = path_of(Home(desk).slots, "recovery"), tmp_path / "passphrase"
    passphrase.write_text(OTHER)
    slot.unlink()
    first, second = tmp_path / "first", tmp_path / "second"
    assert document(program("staff", "recovery", "--recovery-proof", str(first), "--json"))["renewed"] is True
    assert document(program("staff", "recovery", "--recovery-proof", str(second), "--json"))["renewed"] is True
    login = ("login", ADMIN, "--passphrase-file", str(passphrase), "--json")
    done = program(*login, "--recovery-file", str(first))
    assert (done.code, error(done)) == (5, "wrong_passphrase")
    assert document(program(*login, "--recovery-file", str(second)))["role"] == "admin"
    assert document(program("audit", "verify", "--json"))["sound"] is True


def test_a_code_that_could_not_be_kept_changes_nothing(program: Program, desk: Path, tmp_path: Path) -> None:
    slot, taken = path_of(Home(desk).slots, "recovery"), tmp_path / "taken"
    before = slot.read_bytes()
    taken.write_text("another desk's")
    done = program("staff", "recovery", "--recovery-proof", str(taken), "--json")
    assert (done.code, error(done)) == (6, "file_exists")
    assert slot.read_bytes() == before
