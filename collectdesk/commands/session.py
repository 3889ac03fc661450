"""What every command is handed: where the desk is, which language, who reads the answer, and the clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from collectdesk.lang import _
from collectdesk.show.terminal import say
from collectdesk.store import home
from collectdesk.store.home import Home

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Session:
    """One run of the program.

    Attributes:
        desk_dir: the desk's directory; it need not exist yet.
        lang: the language spoken, one of ``collectdesk.lang.LANGUAGES``.
        json: whether a program reads the answer; then errors are JSON too.
        clock: the wall clock; a practice desk hands its own to the desk's modules instead.
        changed: whether this run has made or changed anything that stays when it is cancelled.
    """

    desk_dir: Path
    lang: str = "en"
    json: bool = False
    clock: Clock = field(default=system_clock)
    changed: bool = False

    def watch(self, office: Office) -> Office:
        """Notice whatever is committed at this desk from now on."""
        from sqlalchemy import event

        def committed(_connection: object) -> None:
            self.changed = True

        event.listen(office.writer, "commit", committed)
        return office

    @property
    def home(self) -> Home:
        """The paths inside the desk's directory."""
        return Home(self.desk_dir)

    def now(self) -> datetime:
        """The instant, read once per question and handed on."""
        return self.clock()


def session_of(ctx: typer.Context) -> Session:
    """The session of the command that is running."""
    session = ctx.obj
    if not isinstance(session, Session):
        raise TypeError("the front door hands every command its session")
    return session


def desk_home(flag: str | None, environ: Mapping[str, str]) -> Path:
    """Where the desk is: ``--desk``, else COLLECTDESK_DESK, else the platform's place for data."""
    return home.find(flag, environ).root


def open_office(session: Session, *, finishing: bool = False) -> Office:
    """Open the desk as whoever is signed in, with a word on stderr when another process keeps it waiting.

    Args:
        session: the session of the command.
        finishing: an open call may end after the session has.
    Raises:
        Problem: there is no desk, nobody is signed in, or the database cannot be opened.
    """
    from collectdesk.desk import office

    def waiting() -> None:
        if not session.json:
            say(_("Another process is writing; waiting for it."))

    opened = office.open_office(
        session.desk_dir, clock=session.clock, lang=session.lang, finishing=finishing, on_wait=waiting
    )
    return session.watch(opened)


def desk_language(desk_dir: Path) -> str | None:
    """The language the desk was opened in, if it says so."""
    try:
        settings = json.loads((desk_dir / "desk.json").read_bytes())
    except (OSError, ValueError):
        return None
    language = settings.get("language") if isinstance(settings, dict) else None
    return language if isinstance(language, str) else None
