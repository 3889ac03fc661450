"""Who is signed in: a file in the runtime directory, read without any cryptography.

It holds the desk's key, so it is owner-only, lies where the system forgets it at logout, and names the boot it
belongs to: after a restart it is worth nothing even where the directory survived.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from collectdesk.errors import N_, NotPermitted
from collectdesk.store import files

SCOPES = ("check", "report", "import")


class SignIn(NamedTuple):
    """A signed-in member of staff or script account.

    ``staff`` is the staff number (工号); ``scope`` is ``None`` for people, else what a script account may do.
    """

    desk: str
    staff: str
    key: bytes
    began_at: int
    expires_at: int
    scope: tuple[str, ...] | None = None

    def may(self, scope: str) -> bool:
        """Whether this account may do what belongs to ``scope`` (people may, their role decides)."""
        return self.scope is None or scope in self.scope


def runtime_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """The owner-only directory that goes at logout: XDG_RUNTIME_DIR, else one of ours under the temporary directory.

    Raises:
        NotPermitted: somebody else owns it, or others may enter it.
    """
    given = environ.get("XDG_RUNTIME_DIR")
    owner = os.getuid() if hasattr(os, "getuid") else 0
    path = Path(given) / "collectdesk" if given else _temporary(environ) / f"collectdesk-{owner}"
    path.mkdir(mode=files.OWNER_DIRECTORY, parents=bool(given), exist_ok=True)
    status = path.lstat()
    foreign = hasattr(os, "getuid") and status.st_uid != owner
    if path.is_symlink() or foreign or not files.is_private(path):
        raise NotPermitted(
            "runtime_directory",
            N_("The directory for the session is not yours alone."),
            hint=N_("Set XDG_RUNTIME_DIR to a directory that only you can enter."),
        )
    return path


def write(signed_in: SignIn) -> None:
    """Sign in: leave the session where the next command finds it."""
    content = {
        "schema": "collectdesk.session/1",
        "boot": boot(),
        "desk": signed_in.desk,
        "staff": signed_in.staff,
        "key": signed_in.key.hex(),
        "began_at": signed_in.began_at,
        "expires_at": signed_in.expires_at,
        "scope": list(signed_in.scope) if signed_in.scope is not None else None,
    }
    files.write_private(_path(signed_in.desk), json.dumps(content).encode())


def read(desk: str) -> SignIn | None:
    """The session of this desk in this boot, expired or not; none when nobody is signed in."""
    path = _path(desk)
    try:
        if not files.is_private(path):
            return None
        content = json.loads(path.read_bytes())
        if content["boot"] != boot() or content["desk"] != desk:
            return None
        return _parse(content)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def current(desk: str, at: int, *, finishing: bool = False) -> SignIn:
    """The session that holds at ``at``.

    Args:
        desk: the desk's id.
        at: UTC seconds.
        finishing: an open call may end after the session has.
    Raises:
        NotPermitted: nobody is signed in, or no longer.
    """
    signed_in = read(desk)
    if signed_in is None:
        raise NotPermitted("not_signed_in", N_("Nobody is signed in."), hint=N_("Run `collectdesk login`."))
    if at >= signed_in.expires_at and not finishing:
        raise NotPermitted(
            "session_expired",
            N_("The session has ended."),
            hint=N_("Run `collectdesk login`; an open call can still be finished."),
        )
    return signed_in


def end(desk: str) -> bool:
    """Sign out; whether somebody was signed in."""
    path = _path(desk)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def boot() -> str:
    """This boot's id, empty where the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _temporary(environ: Mapping[str, str]) -> Path:
    """Where ``tempfile`` would look first; importing it would cost every read."""
    return Path(environ.get("TMPDIR") or environ.get("TEMP") or "/tmp")  # noqa: S108 - made owner-only, checked


def _path(desk: str) -> Path:
    return runtime_directory() / f"{desk}.session"


def _parse(content: Mapping[str, object]) -> SignIn:
    scope = content["scope"]
    return SignIn(
        desk=str(content["desk"]),
        staff=str(content["staff"]),
        key=bytes.fromhex(str(content["key"])),
        began_at=int(str(content["began_at"])),
        expires_at=int(str(content["expires_at"])),
        scope=tuple(map(str, scope)) if isinstance(scope, list) else None,
    )
