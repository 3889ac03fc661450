"""Who is signed in: a file in the runtime directory, read without any cryptography.

A person and any number of script accounts may be signed in side by side: the person's session is the one commands
find by themselves, a script account's is chosen by COLLECTDESK_SESSION, which names the account.

It holds the desk's key, so it is owner-only, lies where the system forgets it at logout, and names the boot it
belongs to: after a restart it is worth nothing even where the directory survived.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from collectdesk.errors import N_, NotPermitted
from collectdesk.store import files

SCOPES = ("check", "report", "import")
CHOICE = "COLLECTDESK_SESSION"
"""The variable that names the account whose session a command goes by; unset, it is the person's."""


_LONGEST = 128
"""Letters of a file's name that come from an account's number."""


class SignIn(msgspec.Struct, frozen=True):
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
    account = signed_in.staff if signed_in.scope is not None else ""
    files.write_private(_path(signed_in.desk, account), msgspec.json.encode(content))


def read(desk: str, environ: Mapping[str, str] = os.environ) -> SignIn | None:
    """The session on this desk in this boot that this command goes by, expired or not; none when there is none.

    It is the person's; where COLLECTDESK_SESSION names an account, that account's and nobody else's.
    """
    found = _read(_chosen(desk, environ), desk)
    return found if found and environ.get(CHOICE, "") in ("", found.staff) else None


def every(desk: str) -> list[SignIn]:
    """Everybody who is signed in on this desk, expired or not."""
    found = (_read(path, desk) for path in sorted(_files(desk)))
    return [each for each in found if each is not None]


def _read(path: Path, desk: str) -> SignIn | None:
    try:
        if not files.is_private(path):
            return None
        content = msgspec.json.decode(path.read_bytes())
        if content["boot"] != boot() or content["desk"] != desk:
            return None
        return _parse(content)
    except (OSError, msgspec.DecodeError, ValueError, KeyError, TypeError):
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
        raise _nobody(desk)
    if at >= signed_in.expires_at and not finishing:
        raise NotPermitted(
            "session_expired",
            N_("The session has ended."),
            hint=N_("Run `collectdesk login`; an open call can still be finished."),
        )
    return signed_in


def end(desk: str) -> bool:
    """Sign out whoever this command goes by; whether somebody was signed in."""
    there = read(desk) is not None
    if there or not os.environ.get(CHOICE):
        _chosen(desk, os.environ).unlink(missing_ok=True)
    return there


def end_all(desk: str) -> None:
    """Sign everybody out, as when the desk itself is replaced."""
    for path in _files(desk):
        path.unlink(missing_ok=True)


def end_of(desk: str, account: str) -> None:
    """Sign one account out, whoever is asking."""
    for path in _files(desk):
        signed_in = _read(path, desk)
        if signed_in is not None and signed_in.staff == account:
            path.unlink(missing_ok=True)


def _nobody(desk: str) -> NotPermitted:
    """Nobody is signed in here; scripts may be, but a command goes by one of them only when told."""
    if os.environ.get(CHOICE) or not every(desk):
        return NotPermitted("not_signed_in", N_("Nobody is signed in."), hint=N_("Run `collectdesk login`."))
    return NotPermitted(
        "not_signed_in",
        N_("Nobody is signed in."),
        hint=N_("Run `collectdesk login`; a script account's session is chosen by COLLECTDESK_SESSION=NUMBER."),
    )


def boot() -> str:
    """This boot's id, empty where the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _temporary(environ: Mapping[str, str]) -> Path:
    """Where ``tempfile`` would look first; importing it would cost every read."""
    return Path(environ.get("TMPDIR") or environ.get("TEMP") or "/tmp")  # noqa: S108 - made owner-only, checked


def _chosen(desk: str, environ: Mapping[str, str]) -> Path:
    """The file of the account that is named; a person who is named has the one file people have."""
    own = _path(desk, environ.get(CHOICE, ""))
    return own if own.exists() else _path(desk)


def _path(desk: str, account: str = "") -> Path:
    """A person's file, or a script account's; its name in hexadecimal, so that it names nothing but a file."""
    name = f"{desk}.{os.fsencode(account).hex()[:_LONGEST]}" if account else desk
    return runtime_directory() / f"{name}.session"


def _files(desk: str) -> list[Path]:
    return [path for path in runtime_directory().glob("*.session") if path.name.partition(".")[0] == desk]


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
