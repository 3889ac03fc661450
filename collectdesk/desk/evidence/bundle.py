"""A bundle as files: a directory, or one ``.zip``; every file its owner's alone, and a manifest with their digests."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from collectdesk.errors import N_, BadData, Busy, NotFound
from collectdesk.store import files

SCHEMA = "collectdesk.evidence/1"
MANIFEST, JOURNAL, PAGE = "manifest.json", "journal.json", "page.html"
MOST_BYTES = 1 << 30
"""A larger part is not read: no desk writes one."""
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """The parts of a bundle by name, and names that stand there more than once."""

    parts: dict[str, bytes]
    doubled: tuple[str, ...] = ()


def sealed(about: Mapping[str, object], parts: Mapping[str, bytes]) -> bytes:
    """The manifest: what the bundle is, each part with its size and digest, and the digest of all that."""
    listed = [{"name": name, "bytes": len(each), "sha256": _sha256(each)} for name, each in parts.items()]
    document = {"schema": SCHEMA, **about, "parts": listed}
    return (json.dumps({**document, "digest": digest_of(document)}, indent=2, ensure_ascii=False) + "\n").encode()


def digest_of(manifest: Mapping[str, Any]) -> str:
    """The digest of a manifest, itself left out: one number for the whole bundle."""
    content = {key: value for key, value in manifest.items() if key != "digest"}
    return _sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode())


def require_free(path: Path) -> None:
    """Refuse a place where something stands already.

    Raises:
        Busy: there is a file, or a directory that is not empty.
        NotFound: the place to put it in is not there.
    """
    if path.is_dir() and not any(path.iterdir()):
        return
    if path.exists() or path.is_symlink():
        raise Busy("bundle_exists", N_("There is something of that name already."), hint=N_("Choose another name."))
    files.require_directory(path.parent)


def write(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a bundle: one file where the name ends in ``.zip``, else a directory.

    Raises:
        Busy: there is something of that name.
        NotFound: the place to put it in is not there.
        Problem: the disk refuses.
    """
    require_free(path)
    if path.suffix.lower() == ".zip":
        with files.replacing(path) as handle, zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                member = zipfile.ZipInfo(name, EPOCH)
                member.external_attr = files.OWNER_FILE << 16
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, content)
        return
    files.private_directory(path)
    for name, content in parts.items():
        files.write_private(path / name, content)


def read(path: Path) -> Bundle:
    """Read a bundle.

    Raises:
        NotFound: there is nothing of that name.
        BadData: it is no bundle, or a file of it cannot be read.
    """
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if not each.is_dir())
        return Bundle({each.relative_to(path).as_posix(): _content(each) for each in found})
    if not path.is_file():
        raise NotFound("bundle_missing", N_("There is no such bundle."), hint=N_("Check the path."))
    return _read_zip(path)


def _content(path: Path) -> bytes:
    with files.disk_problems():
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return b""
        return path.read_bytes()


def _read_zip(path: Path) -> Bundle:
    parts: dict[str, bytes] = {}
    doubled: list[str] = []
    try:
        with files.disk_problems(), zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
            for member in archive.infolist():
                if member.filename in parts:
                    doubled.append(member.filename)
                elif not member.is_dir():
                    parts[member.filename] = archive.read(member) if member.file_size <= MOST_BYTES else b""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, EOFError, NotImplementedError, RuntimeError):
        raise unreadable() from None
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise unreadable() from None
        raise
    return Bundle(parts, tuple(doubled))


def unreadable() -> BadData:
    """What is no bundle, or is cut off in the middle."""
    return BadData(
        "bundle_unreadable",
        N_("This is no bundle of evidence, or it is cut off."),
        hint=N_("`collectdesk case evidence` makes one."),
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
