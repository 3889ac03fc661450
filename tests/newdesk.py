"""A real desk for tests, opened once as ``init`` opens it and copied for each test: its directory, keys and texts."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from collectdesk.desk.office import Office, open_office
from collectdesk.desk.opening import NewDesk, open_desk
from collectdesk.desk.qualification import Qualified
from collectdesk.store import sessions
from collectdesk.store.home import Home
from collectdesk.store.sessions import SignIn

PASSPHRASE = "four words in a row"
OTHER = "another long passphrase"
ADMIN = "8001"
OPENED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 09:00 in Beijing
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Template:
    """A desk as ``init`` left it: its directory, its key, the recovery code."""

    root: Path
    desk: str
    key: bytes
    recovery: str


def wish(**changes: object) -> NewDesk:
    """What ``init`` is told."""
    told: dict[str, object] = {
        "company": "Example Agency",
        "kind": "agency",
        "number": ADMIN,
        "name": "First Admin",
        "language": "en",
        "today": TODAY,
        "team": "Team One",
        "qualified": Qualified(TODAY, TODAY, TODAY, 90, "Compliance", date(2027, 11, 22)),
    }
    return NewDesk(**{**told, **changes})  # type: ignore[arg-type]


def make(root: Path) -> Template:
    """Open the desk every copy is made of."""
    shown: list[str] = []

    def prove(code: str) -> bool:
        shown.append(code)
        return True

    opened = open_desk(root, wish(), PASSPHRASE, seconds(OPENED), prove=prove)
    return Template(root, opened.settings.desk, opened.key, shown[0])


def copy(template: Template, root: Path, *, staff: str = ADMIN, at: int | None = None) -> Path:
    """A desk of its own for one test, with somebody signed in for a year."""
    shutil.copytree(template.root, root)
    sit(template, staff, seconds(OPENED) if at is None else at)
    return root


def sit(template: Template, staff: str, at: int) -> None:
    """Sign somebody in without their passphrase."""
    sessions.write(SignIn(template.desk, staff, template.key, at, at + 365 * 86_400))


def office(root: Path, *, hours: float = 1) -> Office:
    """The desk, open as whoever is signed in, some hours after it was opened."""
    at = datetime.fromtimestamp(seconds(OPENED) + int(hours * 3600), UTC)
    return open_office(root, clock=lambda: at, lang="en")


def seconds(at: datetime) -> int:
    """UTC seconds."""
    return int(at.timestamp())


def home(root: Path) -> Home:
    """The desk's paths."""
    return Home(root)
