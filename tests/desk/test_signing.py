"""Signing in: guessing is slowed and written down, a session ends by itself, an account that left gets nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.desk import signing
from collectdesk.desk.office import open_office
from collectdesk.errors import Busy, NotFound, NotPermitted
from tests import newdesk
from tests.newdesk import ADMIN, OPENED, PASSPHRASE, seconds

AT = seconds(OPENED) + 3600


def test_without_a_desk_there_is_nothing_to_sign_in_to(tmp_path: Path, runtime: Path) -> None:
    assert runtime.is_dir()
    with pytest.raises(NotFound, match="no_desk"):
        signing.sign_in(tmp_path / "nowhere", ADMIN, PASSPHRASE, AT)


def test_without_a_session_the_office_stays_shut(desk: Path) -> None:
    assert signing.sign_out(desk)
    assert not signing.sign_out(desk)
    with pytest.raises(NotPermitted, match="not_signed_in") as shut:
        newdesk.office(desk)
    assert "collectdesk login" in shut.value.hint


def test_a_session_ends_by_itself_but_an_open_call_may_end(desk: Path) -> None:
    signing.sign_in(desk, ADMIN, PASSPHRASE, AT)
    late = datetime.fromtimestamp(AT + signing.SESSION_SECONDS, UTC)
    with pytest.raises(NotPermitted, match="session_expired"):
        open_office(desk, clock=lambda: late, lang="en")
    open_office(desk, clock=lambda: late, lang="en", finishing=True).close()


def test_guessing_is_slowed_and_written_down(desk: Path) -> None:
    for _try in range(3):
        with pytest.raises(NotPermitted, match="wrong_passphrase"):
            signing.sign_in(desk, ADMIN, "not the passphrase", AT)
    with pytest.raises(Busy, match="slot_waits"):
        signing.sign_in(desk, ADMIN, PASSPHRASE, AT)
    assert signing.sign_in(desk, ADMIN, PASSPHRASE, AT + 60).misses == 3
    office = newdesk.office(desk)
    try:
        with office.reader.connect() as connection:
            rows = connection.execute(text("SELECT slot, failures FROM login_failure")).all()
    finally:
        office.close()
    assert [tuple(row) for row in rows] == [(ADMIN, 3)]
