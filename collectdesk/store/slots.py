"""Key slots (密钥槽): files beside the database, each letting one person or script at the desk's key.

A slot holds an X25519 key pair: the public half as it is, the private half wrapped (AES-256-GCM) by what only its
owner has: a passphrase through argon2id, the recovery code or a script's random token through HKDF. The desk's key is
sealed to the public half. So removing somebody can re-key the desk without anybody else's passphrase.

The authenticated data of the wrap is the rest of the file: kind, owner, scope and expiry cannot be edited.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from collectdesk.errors import N_, BadData, NotFound
from collectdesk.store import files

SCHEMA = "collectdesk.slot/1"
ARGON2 = {"name": "argon2id", "time": 3, "memory_kib": 65_536, "lanes": 4}
NONCE_BYTES = 12
SALT_BYTES = 16


class WrongSecret(Exception):
    """The passphrase, code or token is not this slot's."""


@dataclass(frozen=True)
class Slot:
    """One slot file. ``sealed`` holds one sealed key, during a re-key two, the new one first."""

    desk: str
    owner: str
    kind: str
    kdf: Mapping[str, object]
    public: bytes
    wrapped: bytes
    sealed: tuple[bytes, ...]
    scope: tuple[str, ...] | None = None
    expires_at: int | None = None


def make(
    desk: str,
    owner: str,
    kind: str,
    secret: str,
    key: bytes,
    *,
    scope: tuple[str, ...] | None = None,
    expires_at: int | None = None,
) -> Slot:
    """A new slot of ``kind`` (passphrase, recovery or token) that ``secret`` opens."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    salt = secrets.token_bytes(SALT_BYTES)
    kdf = {**(ARGON2 if kind == "passphrase" else {"name": "hkdf-sha256"}), "salt": _encode(salt)}
    public = private.public_key().public_bytes_raw()
    empty = Slot(desk, owner, kind, kdf, public, b"", (), scope, expires_at)
    wrapped = _encrypt(_derive(kdf, secret), private.private_bytes_raw(), _context(empty))
    return replace(empty, wrapped=wrapped, sealed=(seal(empty, key),))


def unlock(slot: Slot, secret: str) -> tuple[bytes, ...]:
    """The desk's key, or during a re-key both candidates.

    Raises:
        WrongSecret: the secret is not this slot's, or the slot's own facts were edited.
    """
    private = _decrypt(_derive(slot.kdf, secret), slot.wrapped, _context(slot))
    return tuple(_open_seal(private, slot, sealed) for sealed in slot.sealed)


def seal(slot: Slot, key: bytes) -> bytes:
    """The desk's key, sealed so that only this slot's owner opens it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(slot.public))
    sender = once.public_key().public_bytes_raw()
    return sender + _encrypt(_expand(shared, sender + slot.public), key, _context(slot))


def read(directory: Path, owner: str) -> Slot:
    """The slot of ``owner``.

    Raises:
        NotFound: there is none.
        BadData: the file is not a slot.
    """
    path = path_of(directory, owner)
    try:
        slot = _parse(json.loads(path.read_bytes()))
        if slot.owner == owner:  # a slot under another's name must not sign anybody in as him
            return slot
    except FileNotFoundError:
        raise NotFound(
            "slot_missing",
            N_("There is no key slot for this staff number."),
            hint=N_("Check the number; an admin can make a new slot, the recovery code opens the desk without one."),
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged() from None
    raise _damaged()


def _damaged() -> BadData:
    return BadData(
        "slot_damaged",
        N_("The key slot of this staff number is damaged."),
        hint=N_("Bring the slots directory back from a backup, or let an admin make a new slot."),
    )


def write(directory: Path, slot: Slot) -> None:
    """Write a slot file, whole or not at all."""
    content = _facts(slot) | {"wrapped": _encode(slot.wrapped), "sealed": [_encode(part) for part in slot.sealed]}
    files.private_directory(directory)
    files.write_private(path_of(directory, slot.owner), json.dumps(content, indent=2).encode() + b"\n")


def owners(directory: Path) -> list[str]:
    """Whose slots there are, in order."""
    return sorted(path.stem for path in directory.glob("*.json"))


def remove(directory: Path, owner: str) -> None:
    """Take a slot away for good."""
    path_of(directory, owner).unlink(missing_ok=True)
    files.sync_directory(directory)


def path_of(directory: Path, owner: str) -> Path:
    """The file of a slot; an owner is letters, digits and dashes, so that it names no other place.

    Raises:
        BadData: the staff number cannot be a file name.
    """
    if not owner.isascii() or not owner.replace("-", "").isalnum():
        raise BadData(
            "staff_number", N_("A staff number consists of letters, digits and dashes."), hint=N_("Choose another.")
        )
    return directory / f"{owner}.json"


def _facts(slot: Slot) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "desk": slot.desk,
        "owner": slot.owner,
        "kind": slot.kind,
        "kdf": dict(slot.kdf),
        "public": _encode(slot.public),
        "scope": list(slot.scope) if slot.scope is not None else None,
        "expires_at": slot.expires_at,
    }


def _context(slot: Slot) -> bytes:
    return json.dumps(_facts(slot), sort_keys=True, separators=(",", ":")).encode()


def _parse(content: dict[str, object]) -> Slot:
    if content["schema"] != SCHEMA:
        raise ValueError
    kdf, scope, expiry, sealed = content["kdf"], content["scope"], content["expires_at"], content["sealed"]
    if not isinstance(kdf, dict) or not isinstance(sealed, list):
        raise TypeError
    return Slot(
        desk=str(content["desk"]),
        owner=str(content["owner"]),
        kind=str(content["kind"]),
        kdf=kdf,
        public=_decode(content["public"]),
        wrapped=_decode(content["wrapped"]),
        sealed=tuple(_decode(part) for part in sealed),
        scope=tuple(map(str, scope)) if isinstance(scope, list) else None,
        expires_at=expiry if isinstance(expiry, int) else None,
    )


def _derive(kdf: Mapping[str, object], secret: str) -> bytes:
    salt = _decode(kdf["salt"])
    if kdf["name"] != "argon2id":
        return _expand(secret.encode(), salt)
    from argon2.low_level import Type, hash_secret_raw

    time, memory, lanes = (int(str(kdf[name])) for name in ("time", "memory_kib", "lanes"))
    return hash_secret_raw(secret.encode("utf-8", "surrogatepass"), salt, time, memory, lanes, 32, Type.ID)


def _expand(secret: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, b"collectdesk slot").derive(secret)


def _encrypt(key: bytes, content: bytes, context: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, context)


def _decrypt(key: bytes, content: bytes, context: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise WrongSecret from None


def _open_seal(private: bytes, slot: Slot, sealed: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    sender = sealed[:32]
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(sender))
    return _decrypt(_expand(shared, sender + slot.public), sealed[32:], _context(slot))


def _encode(value: bytes) -> str:
    return b64encode(value).decode()


def _decode(value: object) -> bytes:
    return b64decode(str(value), validate=True)
