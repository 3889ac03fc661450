"""Checking a bundle where there is no desk and no key: every part against its digest, the journal against itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from collectdesk.desk.evidence import bundle
from collectdesk.desk.evidence.making import ACT
from collectdesk.store import extract

if TYPE_CHECKING:
    from collectdesk.desk.evidence.bundle import Bundle
    from collectdesk.store.audit import Fault

PartFaultKind = Literal["altered", "removed", "inserted", "cut", "doubled", "unmade"]
PAGE_ENDS = b"</html>\n"


@dataclass(frozen=True)
class PartFault:
    """A part that is not as the manifest says, by its name in the bundle.

    ``unmade``: the journal has no entry of the making of this bundle, which every bundle ends with.
    """

    kind: PartFaultKind
    part: str


@dataclass(frozen=True)
class Checked:
    """What was found: parts, journal, and the seal, if one was given and the bundle reaches to it.

    ``manifest`` is what the bundle says of itself; empty where it says nothing.
    """

    manifest: dict[str, Any]
    parts: tuple[PartFault, ...]
    entries: int
    shown: int
    count: int
    head: str
    faults: tuple[Fault, ...]
    against_seal: bool | None

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.parts and not self.faults

    @property
    def digest(self) -> str:
        """The bundle's digest as it stands."""
        return bundle.digest_of(self.manifest) if self.manifest else ""


def check(path: Path, seal: str = "") -> Checked:
    """Check a bundle.

    Args:
        path: the directory or the ``.zip``.
        seal: a seal's file, or ``HEAD:COUNT`` as it was printed; empty for none.
    Raises:
        NotFound: there is no such bundle or seal.
        BadData: it is no bundle at all; or no seal, or another desk's.
    """
    from collectdesk.desk.safekeeping import read_seal

    held = bundle.read(path)
    if not {bundle.MANIFEST, bundle.JOURNAL, bundle.PAGE} & set(held.parts):
        raise bundle.unreadable()
    manifest = _manifest(held)
    against = read_seal(seal, str(manifest.get("desk", ""))) if seal else None
    made = _extract(held)
    found = [*_parts(held, manifest)]
    if made is None:
        return Checked(manifest, tuple(found), 0, 0, 0, "", (), None)
    if manifest and not _was_made(manifest, made):
        found.append(PartFault("unmade", bundle.JOURNAL))
    faults = [*extract.faults(made, against), *_other_head(manifest, made)]
    reached = extract.sealed_within(made, against) if against else None
    shown = len(made.entries)
    return Checked(manifest, tuple(found), len(made.chain), shown, made.count, made.head, tuple(faults), reached)


def _manifest(held: Bundle) -> dict[str, Any]:
    try:
        manifest = json.loads(held.parts[bundle.MANIFEST])
        named = all(isinstance(part["name"], str) and type(part["bytes"]) is int for part in manifest["parts"])
        whole = named and all(isinstance(part["sha256"], str) for part in manifest["parts"])
        fits = type(manifest["head"]["count"]) is int and isinstance(manifest["head"]["hash"], str)
        datetime.fromisoformat(manifest["made_at"])
        return manifest if whole and fits and manifest["schema"] == bundle.SCHEMA else {}
    except (KeyError, TypeError, ValueError, RecursionError):
        return {}


def _extract(held: Bundle) -> extract.Extract | None:
    try:
        return extract.read(json.loads(held.parts[bundle.JOURNAL]))
    except (KeyError, ValueError, RecursionError, extract.Unreadable):
        return None


def _was_made(manifest: dict[str, Any], made: extract.Extract) -> bool:
    """Whether the journal says that this bundle was made, by whom and when."""
    at = int(datetime.fromisoformat(manifest["made_at"]).timestamp())
    return any(row[1:4] == (at, manifest.get("made_by"), ACT) for row in made.entries)


def _parts(held: Bundle, manifest: dict[str, Any]) -> Iterator[PartFault]:
    if bundle.MANIFEST not in held.parts:
        yield PartFault("removed", bundle.MANIFEST)
    elif not manifest:
        yield PartFault("cut" if _broken(held.parts[bundle.MANIFEST], bundle.MANIFEST) else "altered", bundle.MANIFEST)
    elif bundle.digest_of(manifest) != manifest.get("digest"):
        yield PartFault("altered", bundle.MANIFEST)
    listed = {part["name"]: part for part in manifest.get("parts", ())}
    for name, part in listed.items():
        yield from _part(name, held.parts.get(name), part)
    known = {bundle.MANIFEST, *listed}
    yield from (PartFault("inserted", name) for name in held.parts if manifest and name not in known)
    yield from (PartFault("doubled", name) for name in held.doubled)


def _part(name: str, content: bytes | None, listed: dict[str, Any]) -> Iterator[PartFault]:
    if content is None:
        yield PartFault("removed", name)
    elif hashlib.sha256(content).hexdigest() != listed["sha256"]:
        cut = len(content) < listed["bytes"] and _broken(content, name)
        yield PartFault("cut" if cut else "altered", name)


def _broken(content: bytes, name: str) -> bool:
    """Whether a part ends in the middle."""
    if name.endswith(".html"):
        return not content.endswith(PAGE_ENDS)
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return True
    return False


def _other_head(manifest: dict[str, Any], made: extract.Extract) -> Iterator[Fault]:
    """The manifest names the head as well: a journal cut back and made to fit is another one."""
    from collectdesk.store.audit import Fault

    stated = manifest.get("head", {})
    if stated and (stated["count"], stated["hash"]) != (made.count, made.head):
        short = made.count < stated["count"]
        kind: Literal["cut_off", "rewritten"] = "cut_off" if short else "rewritten"
        yield Fault(kind, made.count + 1 if short else made.count, stated["count"] if short else made.count)
