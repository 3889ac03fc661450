"""Catching up (到期处理): dates that passed while nobody looked take their effect before anybody looks.

What only reads asks ``stale`` first, over the plain driver; only where something ended is the desk opened to write.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from collectdesk.desk.window import Window, open_window
from collectdesk.store.case_rows import Ask, driver_of

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.store.home import Home

STALE = (
    "SELECT p.id FROM promise p JOIN case_file c ON c.id = p.case_id WHERE p.status = 'open' "
    "AND (p.lapses_at IS NULL OR p.lapses_at <= :at OR c.status <> 'open') UNION ALL "
    "SELECT l.id FROM plan l JOIN hold h ON h.id = l.hold WHERE l.status = 'active' AND h.until <= :at LIMIT 1"
)


def stale(ask: Ask, at: int) -> bool:
    """Whether a promise or an instalment has ended, or may have, without anything having been written of it."""
    return bool(ask(STALE, {"at": at}))


def catch_up(office: Office) -> None:
    """Write down what dates have brought since somebody last looked."""
    now = office.now()
    with office.reader.connect() as connection:
        if not stale(driver_of(connection), now):
            return
    from collectdesk.desk.payments.effects import dates_passed

    with office.writing() as session:
        dates_passed(session, now)


def caught_up(desk: Home, clock: Callable[[], datetime], lang: str, scope: str = "check") -> Window:
    """A window to the desk once it has caught up: where something ended, the desk is opened and closed first.

    Raises:
        NotFound: there is no desk.
        NotPermitted: nobody is signed in, or a script account that may not do what belongs to ``scope``.
        Problem: the desk cannot be read, or held too long by another process.
    """
    window = open_window(desk, clock=clock, lang=lang, scope=scope)
    if not stale(window.ask, window.at):
        return window
    window.reader.close()
    from collectdesk.desk.office import open_office

    office = open_office(desk, clock=clock, lang=lang)
    try:
        catch_up(office)
    finally:
        office.close()
    return open_window(desk, clock=clock, lang=lang, scope=scope)
