"""The banner (横幅): on every page and command of whoever was alerted of an emergency that nobody has taken yet.

One line on stderr, ids only; a program that reads JSON gets none of it. Before it, the desk passes on what is late.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from collectdesk.show.alarm import lines
from collectdesk.show.terminal import say

if TYPE_CHECKING:
    from collectdesk.commands.session import Session
    from collectdesk.desk.emergencies.watch import Waiting
    from collectdesk.desk.office import Office
    from collectdesk.desk.window import Window


def at_the_desk(office: Office, session: Session) -> None:
    """Sweep, then show what waits for whoever is signed in."""
    from collectdesk.desk.emergencies.sweep import sweep
    from collectdesk.desk.emergencies.watch import waiting
    from collectdesk.store.case_rows import driver_of

    sweep(office)
    if session.json:
        return
    with office.reader.connect() as connection:
        _show(waiting(driver_of(connection), office.staff.id))


def at_this_window(window: Window, session: Session) -> None:
    """The same at a window that is open; opening it has swept already."""
    if session.json:
        return
    from collectdesk.desk.emergencies.watch import waiting

    _show(waiting(window.ask, window.staff.id))


def at_the_window(session: Session) -> None:
    """The same for a command that only reads; opening the window has swept already."""
    if session.json:
        return
    from collectdesk.desk.emergencies.watch import waiting
    from collectdesk.desk.window import open_window

    with open_window(session.home, clock=session.clock, lang=session.lang, scope="check") as window:
        _show(waiting(window.ask, window.staff.id))


def _show(found: Iterable[Waiting]) -> None:
    for line in lines(found):
        say(line)
