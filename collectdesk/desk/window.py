"""A window to the desk: open for reading only, for whoever is signed in, without loading the ORM.

What scripts ask thousands of times (check, queue) is asked through it; everything that writes opens the office.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from msgspec import Struct

from collectdesk.desk.emergencies.watch import owed
from collectdesk.desk.meta import CLOCK_SHIFT, PRACTICE
from collectdesk.desk.standing import standing_of
from collectdesk.errors import N_, BadData, NotPermitted
from collectdesk.gate.dial import Standing
from collectdesk.store import home, sessions
from collectdesk.store.case_rows import COLLECTOR_BY_NUMBER, Ask, CollectorRow
from collectdesk.store.home import Home
from collectdesk.store.reader import Reader, open_reader

SCRIPT = "script"
SETTINGS = "SELECT key, value FROM meta WHERE key IN (:practice, :shift)"
SERVER_CLOCK = "SELECT CAST(floor(extract(epoch FROM clock_timestamp())) AS bigint)"


class Window(Struct, frozen=True):
    """One snapshot of a desk at ``at`` (UTC seconds, a practice desk's own), seen by ``staff``."""

    reader: Reader
    staff: CollectorRow
    at: int
    practice: bool
    lang: str

    @property
    def ask(self) -> Ask:
        """What the SQL texts are given to."""
        return self.reader.ask

    def standing(self, at: int | None = None, collector: int | None = None) -> Standing:
        """The signed-in collector's standing (上岗资格); a script asks for the case's ``collector``."""
        whose = (collector or self.staff.id) if self.staff.role == SCRIPT else self.staff.id
        return standing_of(self.ask, whose, self.at if at is None else at)

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.reader.close()


def open_window(desk: Home, *, clock: Callable[[], datetime], lang: str, scope: str) -> Window:
    """Open the desk for reading as whoever is signed in.

    Args:
        desk: the desk's paths.
        clock: the wall clock, aware instants.
        lang: the language spoken.
        scope: which script accounts may do this.
    Raises:
        NotFound: there is no desk.
        NotPermitted: nobody is signed in, or not for this.
        Problem: the database cannot be read.
    """
    wall = int(clock().timestamp())
    signed_in = sessions.current(home.read(desk).desk, wall)
    if not signed_in.may(scope):
        raise NotPermitted("scope", N_("This script account may not do that."))
    try:
        reader = open_reader(desk, signed_in.key)
    except BadData as problem:
        from collectdesk.desk.office import rekeyed

        raise rekeyed(problem) from None
    try:
        window = _window(reader, signed_in.staff, wall, lang)
        if owed(window.ask, window.at):  # nobody keeps watch: whoever looks sees to it that the alerts go on
            from collectdesk.desk.emergencies.sweep import sweep_desk

            sweep_desk(desk, clock, lang)
    except BaseException:
        reader.close()
        raise
    return window


def _window(reader: Reader, number: str, wall: int, lang: str) -> Window:
    found = reader.ask(COLLECTOR_BY_NUMBER, {"number": number})
    staff = CollectorRow(*found[0]) if found else None
    if staff is None or staff.status != "active":
        raise NotPermitted(
            "account_inactive",
            N_("This account is no longer active on this desk."),
            hint=N_("Sign in with another one: `collectdesk login`."),
        )
    settings = dict(reader.ask(SETTINGS, {"practice": PRACTICE, "shift": CLOCK_SHIFT}))
    if PRACTICE in settings:
        return Window(reader, staff, wall + int(settings.get(CLOCK_SHIFT) or 0), practice=True, lang=lang)
    at = int(reader.ask(SERVER_CLOCK)[0][0]) if reader.on_server else wall
    return Window(reader, staff, at, practice=False, lang=lang)
