"""The survivors that are accounted for: ``equivalent.toml``, each with the reason why no answer can tell it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mutating.mutants import Mutant

LIST = Path(__file__).with_name("equivalent.toml")


class Line(NamedTuple):
    """A line of a module and what it becomes, without indentation."""

    module: str
    was: str
    becomes: str


def accounted_for() -> dict[Line, str]:
    """Every listed survivor with its reason.

    Raises:
        ValueError: an entry has no reason, or stands twice.
    """
    found: dict[Line, str] = {}
    for entry in tomllib.loads(LIST.read_text("utf-8")).get("line", ()):
        for becomes in entry["becomes"]:
            line = Line(entry["module"], entry["was"], becomes)
            if line in found or not entry["reason"].strip():
                raise ValueError(f"{LIST.name}: {line} stands twice, or without a reason")
            found[line] = entry["reason"]
    return found


def line_of(mutant: Mutant) -> Line:
    """Where the list would name ``mutant``."""
    return Line(mutant.module, mutant.was, mutant.becomes)


def vanished(gate: Path, listed: Iterable[Line]) -> list[Line]:
    """Those whose line is no longer in the gate."""
    kept: dict[str, str] = {}
    for line in listed:
        path = gate / line.module
        if line.module not in kept:
            kept[line.module] = " ".join(path.read_text("utf-8").split()) if path.exists() else ""
    return [line for line in listed if " ".join(line.was.split()) not in kept[line.module]]
