"""The survivors that are accounted for: ``equivalent.toml``, each with the reason why no answer can tell it.

Most stand there line by line; ``[[sort]]`` describes those that are alike wherever they occur, by a pattern over
``was -> becomes``. What a test notices is no survivor, of whatever sort.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mutating.mutants import Mutant

LIST = Path(__file__).with_name("equivalent.toml")


class Line(NamedTuple):
    """A line of a module and what it becomes, without indentation."""

    module: str
    was: str
    becomes: str


class Accounted(NamedTuple):
    """The reasons of those that stand line by line, and of whole sorts."""

    lines: Mapping[Line, str]
    sorts: Mapping[re.Pattern[str], str]

    def reason(self, line: Line) -> str | None:
        """Why no answer can tell this one, if that is known."""
        change = f"{line.was} -> {line.becomes}"
        of_sort = (reason for sort, reason in self.sorts.items() if sort.fullmatch(change))
        return self.lines.get(line) or next(of_sort, None)


def accounted_for() -> Accounted:
    """Every listed survivor with its reason.

    Raises:
        ValueError: an entry has no reason, or stands twice.
    """
    document = tomllib.loads(LIST.read_text("utf-8"))
    lines = [
        (Line(entry["module"], entry["was"], becomes), entry)
        for entry in document["line"]
        for becomes in entry["becomes"]
    ]
    sorts = [(re.compile(entry["change"]), entry) for entry in document["sort"]]
    return Accounted(_reasons(lines), _reasons(sorts))


def _reasons(entries: Iterable[tuple[Any, Mapping[str, str]]]) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for key, entry in entries:
        if key in found or not entry["reason"].strip():
            raise ValueError(f"{LIST.name}: {key} stands twice, or without a reason")
        found[key] = entry["reason"]
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
