"""A practice desk on which a call was made to its end, opened once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from collectdesk.commands.session import system_clock
from collectdesk.desk.call import beginning, engine
from collectdesk.desk.call.simulated import PERSONAS, reply
from collectdesk.desk.demo import open_demo
from collectdesk.desk.office import Office
from collectdesk.store import home, sessions
from collectdesk.store.home import Home
from collectdesk.store.sessions import SignIn

CASE = "A-1001"
COLLECTOR, LEAD, ADMIN = "8001", "2001", "1001"
YEAR = 366 * 86_400


@dataclass(frozen=True)
class Worked:
    """A copy of the worked desk: its directory and key."""

    root: Path
    key: bytes

    def sign_in(self, staff: str) -> None:
        """Sign ``staff`` in, as ``collectdesk login`` does once it has the key."""
        began = int(datetime.now(UTC).timestamp()) - 60
        desk = home.read(Home(self.root)).desk
        sessions.write(SignIn(desk, staff, self.key, began, began + YEAR, None))


def make(root: Path) -> bytes:
    """Open the desk every copy is made of, and make the call; its key."""
    office = open_demo(root, system_clock, "en")
    talk(office)
    office.close()
    return office.key


def talk(office: Office, until: str = "") -> None:
    """Make the call to its end, or until a field (``step.field``) is asked."""
    prompt = beginning.start(office, CASE)
    while prompt.question is not None and f"{prompt.question.step}.{prompt.question.field}" != until:
        answer = reply(prompt.call, prompt.question, PERSONAS["cooperative"])
        prompt = engine.answer(office, prompt.call.id, answer)


def copier(source: Path, key: bytes) -> Callable[[Path], Worked]:
    """What makes a copy of its own for one test."""

    def copy(target: Path) -> Worked:
        shutil.copytree(source, target)
        return Worked(target, key)

    return copy
