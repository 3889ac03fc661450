"""Where a desk lives: ``desk.json``, ``desk.db``, ``slots/``, and for a server its address in ``server.json``.

Everything is owner-only. This module imports neither SQLAlchemy nor cryptography until a database is opened.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.errors import N_, BadData, NotFound
from collectdesk.store import files

if TYPE_CHECKING:
    from collectdesk.store.engine import Store
    from collectdesk.store.sessions import SignIn

SCHEMA = "collectdesk.desk/1"


class Home(NamedTuple):
    """The paths inside a desk's directory."""

    root: Path

    @property
    def settings(self) -> Path:
        """The desk's settings."""
        return self.root / "desk.json"

    @property
    def database(self) -> Path:
        """The encrypted database of a desk on this machine."""
        return self.root / "desk.db"

    @property
    def slots(self) -> Path:
        """The key slots."""
        return self.root / "slots"

    @property
    def server(self) -> Path:
        """Address and key of a desk on a server."""
        return self.root / "server.json"

    @property
    def backups(self) -> Path:
        """Where ``upgrade`` leaves the backup it makes first."""
        return self.root / "backups"


class Settings(NamedTuple):
    """``desk.json``: which desk this is, where its database is, its language; ``practice`` is a hint only."""

    desk: str
    database: str = "sqlite"
    language: str | None = None
    practice: bool = False


def new_settings(*, database: str = "sqlite", language: str | None = None, practice: bool = False) -> Settings:
    """Settings of a new desk under a random id."""
    import secrets  # costs a read six milliseconds it has no use for

    return Settings(secrets.token_hex(8), database, language, practice)


def find(option: str | None = None, environ: Mapping[str, str] = os.environ) -> Home:
    """The desk meant by ``--desk``, COLLECTDESK_DESK or the platform's data directory, in this order."""
    chosen = option or environ.get("COLLECTDESK_DESK")
    return Home(Path(chosen).expanduser().absolute() if chosen else _data_directory(environ) / "collectdesk")


def exists(home: Home) -> bool:
    """Whether there is a desk."""
    return home.settings.is_file()


def create(home: Home, settings: Settings, *, server: str | None = None, key: bytes | None = None) -> None:
    """Make the directory and write the settings; for a server also its address and key."""
    files.private_directory(home.root)
    files.private_directory(home.slots)
    if server is not None:
        assert key is not None
        content = {"schema": "collectdesk.server/1", "url": server, "key": key.hex()}
        files.write_private(home.server, _encoded(content))
    write(home, settings)


def write(home: Home, settings: Settings) -> None:
    """Replace the settings."""
    content = {"schema": SCHEMA, **settings._asdict()}
    files.write_private(home.settings, _encoded(content))


def read(home: Home) -> Settings:
    """The settings of an existing desk.

    Raises:
        NotFound: there is no desk here.
        BadData: ``desk.json`` is not what the desk wrote.
    """
    content = _read_json(home.settings, SCHEMA)
    if content is None:
        if any(home.root.parent.glob(f"{home.root.name}.before-*")) and not home.root.exists():
            raise NotFound(
                "restore_interrupted",
                N_("There is no desk here, but one beside it that a restore had set aside."),
                hint=N_("Run `collectdesk restore` again: it first puts back what was here."),
            )
        raise NotFound(
            "no_desk",
            N_("There is no desk here yet."),
            hint=N_("`collectdesk init` opens one; `--desk DIR` or COLLECTDESK_DESK points to another."),
        )
    try:
        return Settings(
            desk=str(content["desk"]),
            database=str(content["database"]),
            language=str(content["language"]) if content.get("language") else None,
            practice=bool(content.get("practice", False)),
        )
    except KeyError:
        raise _unreadable("desk.json") from None


def server_secret(home: Home) -> tuple[str, bytes]:
    """The server's address and the desk's key there."""
    content = _read_json(home.server, "collectdesk.server/1")
    try:
        assert content is not None
        return str(content["url"]), bytes.fromhex(str(content["key"]))
    except (AssertionError, KeyError, ValueError):
        raise _unreadable("server.json") from None


def open_store(home: Home, key: bytes | None, *, on_wait: Callable[[], None] | None = None) -> Store:
    """Open the desk's database and see that its schema is this program's.

    Args:
        home: the desk.
        key: the desk's key; ``None`` on a server, whose key lies beside its address.
        on_wait: see ``open_engine``.
    Raises:
        Problem: see ``store.faults``; a schema that is newer or older than this program.
    """
    from collectdesk.store import migrations

    store = open_any(home, key, on_wait=on_wait)
    try:
        migrations.require_newest(store)
    except BaseException:
        store.close()
        raise
    return store


def open_any(home: Home, key: bytes | None, *, on_wait: Callable[[], None] | None = None) -> Store:
    """Open the desk's database whatever its schema, which the caller looks at; else as ``open_store``."""
    from collectdesk.store.engine import open_engine

    url, real = location(home, key)
    return open_engine(url, real, on_wait=on_wait)


def open_signed_in(
    home: Home, at: int, *, finishing: bool = False, on_wait: Callable[[], None] | None = None
) -> tuple[Store, SignIn]:
    """Open the desk as whoever is signed in; ``finishing`` lets an open call end after the session has.

    Raises:
        NotPermitted: nobody is signed in, or the session has ended.
    """
    from collectdesk.store import sessions

    signed_in = sessions.current(read(home).desk, at, finishing=finishing)
    return open_store(home, signed_in.key, on_wait=on_wait), signed_in


def location(home: Home, key: bytes | None) -> tuple[str, bytes | None]:
    """The database's address and the key to it."""
    if read(home).database == "postgresql":
        return server_secret(home)
    return f"sqlite:///{home.database}", key


def _encoded(content: Mapping[str, object]) -> bytes:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _read_json(path: Path, schema: str) -> dict[str, object] | None:
    import msgspec  # by whoever asks: the fast way in has a say in how it is loaded

    try:
        content = msgspec.json.decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError):
        raise _unreadable(path.name) from None
    if not isinstance(content, dict) or content.get("schema") != schema:
        raise _unreadable(path.name)
    return content


def _unreadable(name: str) -> BadData:
    return BadData(
        "desk_settings",
        N_("{file} of this desk cannot be read."),
        hint=N_("Bring it back from a backup; `collectdesk doctor` checks the rest."),
        file=name,
    )


def _data_directory(environ: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
