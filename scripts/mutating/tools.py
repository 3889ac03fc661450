"""Cosmic Ray, pinned by a lock of its own, in a directory of its own inside ``.venv``; nothing else installs it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("tools.lock")
PLACE = ROOT / ".venv" / "mutation"
"""The tools, and what is remembered between runs."""


def bring() -> None:
    """Install what the lock names, once a lock, and make it importable.

    Raises:
        subprocess.CalledProcessError: it could not be brought; pip has said why.
    """
    tools = PLACE / "tools"
    stamp = PLACE / "installed"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text("utf-8") != digest:
        PLACE.mkdir(parents=True, exist_ok=True)
        print("installing the tools of scripts/mutating/tools.lock", file=sys.stderr)
        command = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--upgrade", "--no-input"]
        command += ["--disable-pip-version-check", "--target", str(tools), "--requirement", str(LOCK)]
        subprocess.run([sys.executable, *command], check=True)
        stamp.write_text(digest, "utf-8")
    sys.path.append(str(tools))  # last: what collectdesk itself runs on stays as it is
