"""The practice desk of the kills, and an office on it without signing in: its key lies beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from collectdesk.desk.demo import open_demo
from collectdesk.desk.meta import CLOCK_SHIFT
from collectdesk.desk.office import Office, company_of, member_of, setting
from collectdesk.store import home as homes
from collectdesk.store.home import Home

COLLECTOR = "8001"


def clock() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def open_for_killing(root: Path) -> None:
    """Open the practice desk and leave its key where the callers find it."""
    office = open_demo(root, clock, "en")
    (root.parent / "key").write_bytes(office.key)
    office.close()


def sit_down(root: Path) -> Office:
    """The desk with its collector at it."""
    key = (root.parent / "key").read_bytes()
    store = homes.open_store(Home(root), key)
    with store.reader.connect() as connection:
        company, staff = company_of(connection), member_of(connection, COLLECTOR)
        shift = int(setting(connection, CLOCK_SHIFT) or 0)
    assert staff is not None
    return Office(Home(root), store, staff, company, "en", key, practice=True, clock=clock, shift=shift)
