"""The desk's key: made at random, kept in slots, taken out at sign-in, replaced when somebody leaves.

The key is 64 bytes: 32 open the file and are replaced at a re-key, 32 key the journal's digests and last. On a server
there are no slots: verifiers lie in the database (``store.tables.Credential``) and the key beside the address.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from collectdesk.errors import N_, BadData, NotPermitted, Problem, UsageProblem
from collectdesk.store import lite, slots, throttle
from collectdesk.store.home import Home
from collectdesk.store.sessions import SCOPES

KEY_BYTES = 64
PASSPHRASE_LENGTH = 12
RECOVERY = "recovery"
BACKUP = "backup"  # owner of the slot a backup may carry
RECOVERY_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0, 1
RECOVERY_GROUPS = 8
GROUP_LENGTH = 4
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Unlocked:
    """What a slot gave: the desk's key, whose slot it is, and a script account's scope and end."""

    key: bytes
    owner: str
    scope: tuple[str, ...] | None = None
    expires_at: int | None = None


@dataclass(frozen=True)
class Strays:
    """Slots without staff and staff without a slot, as an interrupted addition or removal leaves them."""

    slots: tuple[str, ...]
    staff: tuple[str, ...]


def new_key() -> bytes:
    """A random key for a new desk."""
    return secrets.token_bytes(KEY_BYTES)


def require_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short.

    Raises:
        UsageProblem: fewer than twelve characters.
    """
    if len(passphrase) < PASSPHRASE_LENGTH:
        raise UsageProblem(
            "passphrase_short",
            N_("The passphrase needs at least {count} characters."),
            hint=N_("Four words in a row are easy to remember and hard to guess."),
            count=PASSPHRASE_LENGTH,
        )


def add_passphrase(home: Home, desk: str, owner: str, passphrase: str, key: bytes) -> None:
    """Make or replace a member of staff's slot; write it before the staff row."""
    require_passphrase(passphrase)
    _require_owner(owner)
    slots.write(home.slots, slots.make(desk, owner, "passphrase", passphrase, key))


def add_recovery(home: Home, desk: str, key: bytes, code: str) -> None:
    """Make or replace the recovery slot for a code from ``new_recovery_code``."""
    slots.write(home.slots, slots.make(desk, RECOVERY, "recovery", _plain(code), key))


def add_token(home: Home, desk: str, owner: str, key: bytes, scope: Sequence[str], expires_at: int) -> str:
    """Make a script account's slot; returns the token, which is to be kept in an owner-only file.

    Raises:
        UsageProblem: a scope that does not exist, or none.
    """
    require_scope(scope)
    _require_owner(owner)
    token = new_token()
    slots.write(home.slots, slots.make(desk, owner, "token", token, key, scope=tuple(scope), expires_at=expires_at))
    return token


def require_scope(scope: Sequence[str]) -> None:
    """Refuse a scope that does not exist, or none.

    Raises:
        UsageProblem: it is so.
    """
    if not scope or not set(scope) <= set(SCOPES):
        raise UsageProblem(
            "token_scope",
            N_("A script account may do one or more of: {scopes}."),
            hint=N_("Name them with --scope."),
            scopes=", ".join(SCOPES),
        )


def new_token() -> str:
    """A random token for a script account."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def unlock(home: Home, owner: str, secret: str, at: int) -> Unlocked:
    """Open a slot with a passphrase, recovery code or token, at the pace guessing is allowed.

    Raises:
        NotFound: no such slot.
        NotPermitted: wrong secret, or an account that has expired.
        Busy: too many misses, wait.
        Problem: the database does not open with the slot's key.
    """
    slot = slots.read(home.slots, owner)
    plain = _plain(secret) if slot.kind == "recovery" else secret
    try:
        with throttle.attempt(home.slots, owner, at):
            candidates = slots.unlock(slot, plain)
    except slots.WrongSecret:
        raise _wrong(slot.kind) from None
    if slot.expires_at is not None and at >= slot.expires_at:
        raise NotPermitted("account_expired", N_("This account has expired."), hint=N_("Ask an admin for a new one."))
    return Unlocked(_fitting(home.database, candidates), slot.owner, slot.scope, slot.expires_at)


def _wrong(kind: str) -> NotPermitted:
    """What to say of a secret that is not this slot's: one code, words by the kind of slot."""
    if kind == "recovery":
        return NotPermitted(
            "wrong_passphrase",
            N_("That is not the recovery code of this desk."),
            hint=N_("Compare it with what was written down: eight groups of four."),
        )
    if kind == "token":
        return NotPermitted(
            "wrong_passphrase",
            N_("That is not the token of this script account."),
            hint=N_("Check the staff number and the file; an admin makes a new one with `collectdesk staff token`."),
        )
    return NotPermitted(
        "wrong_passphrase",
        N_("That is not the passphrase of this staff number."),
        hint=N_("Check the staff number and the keyboard's layout."),
    )


def new_recovery_code() -> str:
    """A recovery code of 160 random bits, to be shown once: eight groups of four."""
    letters = [secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_GROUPS * GROUP_LENGTH)]
    return "-".join("".join(letters[at : at + GROUP_LENGTH]) for at in range(0, len(letters), GROUP_LENGTH))


def recovery_question() -> tuple[int, int]:
    """Which two groups to ask back (from 1), so that the code is proven to be written down."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, RECOVERY_GROUPS + 1), 2))
    return first, second


def recovery_proven(code: str, question: Iterable[int], typed: Iterable[str]) -> bool:
    """Whether the groups typed back are the code's; letter case and spaces do not matter."""
    groups = code.split("-")
    return all(
        secrets.compare_digest(groups[place - 1].encode(), _plain(answer).encode())
        for place, answer in zip(question, typed, strict=True)
    )


def strays(home: Home, staff_numbers: Iterable[str]) -> Strays:
    """What ``doctor`` reports and repairs: slots and staff rows that lack each other."""
    have, want = set(slots.owners(home.slots)) - {RECOVERY, BACKUP}, set(staff_numbers)
    return Strays(tuple(sorted(have - want)), tuple(sorted(want - have)))


def rekey(home: Home, key: bytes, *, without: str | None = None) -> bytes:
    """Give the desk a new key, and everybody but ``without`` access to it; returns the new key.

    First the leaving slot goes, then every other slot learns the new key beside the old one, then the file is
    rewritten in one transaction, then the old key is forgotten: interrupted anywhere, every slot that is left opens.

    Raises:
        Problem: the database is in use elsewhere, or the disk refuses.
    """
    if without is not None:
        slots.remove(home.slots, without)
    fresh = secrets.token_bytes(lite.KEY_BYTES) + key[lite.KEY_BYTES :]
    _reseal(home, (fresh, key))
    lite.rekey(home.database, key[: lite.KEY_BYTES], fresh[: lite.KEY_BYTES])
    _reseal(home, (fresh,))
    return fresh


def _require_owner(owner: str) -> None:
    if owner.lower() in (RECOVERY, BACKUP):
        raise BadData("staff_number_taken", N_("This staff number is taken."), hint=N_("Choose another."))


def _reseal(home: Home, keys: tuple[bytes, ...]) -> None:
    for owner in slots.owners(home.slots):
        slot = slots.read(home.slots, owner)
        slots.write(home.slots, replace(slot, sealed=tuple(slots.seal(slot, key) for key in keys)))


def _fitting(database: Path, candidates: Sequence[bytes]) -> bytes:
    """The key that opens the file; after an interrupted re-key a slot knows two.

    Opened for writing, because SQLite may first have to undo what the interruption left half done.
    """
    failure: Problem | None = None
    for key in candidates:
        try:
            lite.connect(database, key[: lite.KEY_BYTES]).close()
        except BadData as problem:
            failure = problem
        else:
            return key
    assert failure is not None
    raise failure


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
