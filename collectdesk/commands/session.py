"""What every command is handed: where the desk is, which language, who reads the answer, and the clock."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import typer

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
    """

    desk_dir: Path
    lang: str = "en"
    json: bool = False
    clock: Clock = field(default=system_clock)

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
    wish = flag or environ.get("COLLECTDESK_DESK")
    return Path(wish).expanduser() if wish else _data_home(environ) / "collectdesk"


def desk_language(desk_dir: Path) -> str | None:
    """The language the desk was opened in, if it says so."""
    try:
        settings = json.loads((desk_dir / "desk.json").read_bytes())
    except (OSError, ValueError):
        return None
    language = settings.get("language") if isinstance(settings, dict) else None
    return language if isinstance(language, str) else None


def _data_home(environ: Mapping[str, str]) -> Path:
    home = Path.home()
    if os.name == "nt":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
