"""Opening a desk: whole or not at all, everything its owner's alone, every shipped text adopted."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.desk import adoption, signing
from collectdesk.desk.adoptable import KINDS, shipped_texts
from collectdesk.desk.office import Office, open_office
from collectdesk.desk.opening import open_desk
from collectdesk.desk.standing import standing_of
from collectdesk.errors import Busy, NotPermitted, UsageProblem
from collectdesk.store import audit
from collectdesk.store.case_rows import driver_of
from tests import newdesk
from tests.newdesk import OPENED, PASSPHRASE, Template, seconds

ROOT = Path(__file__).parents[2]


def test_only_the_owner_may_read_a_desk(desk: Path) -> None:
    for path in (desk, *desk.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path.name


def test_every_shipped_text_is_in_force(office: Office) -> None:
    """Adopted, not read: what binds lies in the database from the first moment."""
    with office.reader.connect() as connection:
        held = {kind: len(adoption.in_force(connection, kind, office.now())) for kind in KINDS}
    shipped = {kind: sum(each == kind for each, _file, _text in shipped_texts()) for kind in KINDS}
    assert held == shipped
    assert held["rulebook"] >= 5
    assert held["calendar"] == len(list((ROOT / "data/calendars").iterdir()))


def test_the_journal_tells_of_the_opening_and_holds(office: Office) -> None:
    with office.reader.connect() as connection:
        actions = connection.execute(text("SELECT action, count(*) FROM journal GROUP BY action")).all()
        assert audit.verify(connection).sound
    counted = {row[0]: row[1] for row in actions}
    assert counted["init"] == counted["staff_add"] == 1
    assert counted["adopt"] == len(shipped_texts())


def test_the_first_administrator_is_qualified_by_his_own_word(office: Office) -> None:
    """Article 13.1: the gate refuses the unqualified from day one; at init nobody else can attest."""
    with office.reader.connect() as connection:
        assert not standing_of(driver_of(connection), office.staff.id, office.now()).missing


def test_a_recovery_code_that_was_not_written_down_opens_no_desk(tmp_path: Path) -> None:
    with pytest.raises(NotPermitted, match="recovery_unproven"):
        open_desk(tmp_path / "desk", newdesk.wish(), PASSPHRASE, seconds(OPENED), prove=lambda _code: False)
    assert list(tmp_path.iterdir()) == []


def test_killed_in_the_middle_there_is_no_desk_and_init_runs_again(tmp_path: Path) -> None:
    dying = (
        "import os, sys; from pathlib import Path; from tests import newdesk; "
        "from collectdesk.desk.opening import open_desk; "
        "open_desk(Path(sys.argv[1]), newdesk.wish(), newdesk.PASSPHRASE, 1795395600, "
        "prove=lambda code: os.kill(os.getpid(), 9))"
    )
    done = subprocess.run([sys.executable, "-c", dying, str(tmp_path / "desk")], check=False)
    assert done.returncode == -9
    assert not (tmp_path / "desk").exists()
    assert newdesk.make(tmp_path / "desk").root.is_dir()


def test_a_directory_in_use_is_left_alone(tmp_path: Path, desk: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("keep me")
    for taken, code in ((desk, "desk_exists"), (tmp_path / "other", "directory_in_use")):
        with pytest.raises(Busy, match=code):
            open_desk(taken, newdesk.wish(), PASSPHRASE, seconds(OPENED), prove=lambda _code: True)
    assert (tmp_path / "other" / "letter.txt").read_text() == "keep me"


def test_a_short_passphrase_opens_no_desk(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="passphrase_short"):
        open_desk(tmp_path / "desk", newdesk.wish(), "elevenchars", seconds(OPENED), prove=lambda _code: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_desk_on_a_server_is_opened_once_and_signed_in_to(empty_url: str, tmp_path: Path, runtime: Path) -> None:
    """On a server there are no slots: a verifier in the database checks the passphrase, guessing is slowed."""
    assert runtime.is_dir()
    server = empty_url.replace("postgresql://", "postgresql+psycopg://", 1)
    at = seconds(OPENED)
    open_desk(tmp_path / "desk", newdesk.wish(server=server), PASSPHRASE, at, prove=lambda _code: False)
    assert not list((tmp_path / "desk" / "slots").iterdir())
    with pytest.raises(Busy, match="database_in_use"):
        open_desk(tmp_path / "second", newdesk.wish(server=server), PASSPHRASE, at, prove=lambda _code: False)
    for _try in range(3):
        with pytest.raises(NotPermitted, match="wrong_passphrase"):
            signing.sign_in(tmp_path / "desk", newdesk.ADMIN, "a wrong passphrase", at)
    with pytest.raises(Busy, match="slot_waits"):
        signing.sign_in(tmp_path / "desk", newdesk.ADMIN, PASSPHRASE, at)


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_the_first_administrator_of_a_server_works_there(empty_url: str, tmp_path: Path, runtime: Path) -> None:
    assert runtime.is_dir()
    server = empty_url.replace("postgresql://", "postgresql+psycopg://", 1)
    open_desk(tmp_path / "desk", newdesk.wish(server=server), PASSPHRASE, seconds(OPENED), prove=lambda _code: False)
    signed_in = signing.sign_in(tmp_path / "desk", newdesk.ADMIN, PASSPHRASE, seconds(OPENED))
    assert signed_in.member.role == "admin"
    office = open_office(tmp_path / "desk", clock=lambda: OPENED, lang="en")
    try:
        with office.reader.connect() as connection:
            assert "house" in [book.id for book in adoption.rulebooks(connection, office.now())]
            assert audit.verify(connection).sound
    finally:
        office.close()


def test_the_recovery_code_gives_an_administrator_a_new_passphrase(desk: Path, template: Template) -> None:
    at = seconds(OPENED)
    signing.recover(desk, template.recovery.lower(), newdesk.ADMIN, newdesk.OTHER, at)
    assert signing.sign_in(desk, newdesk.ADMIN, newdesk.OTHER, at).member.number == newdesk.ADMIN
    with pytest.raises(NotPermitted, match="wrong_passphrase"):
        signing.sign_in(desk, newdesk.ADMIN, PASSPHRASE, at)
