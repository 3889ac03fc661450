"""The whole command tree, every lazy command loaded, for tests that walk it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import typer

from collectdesk import cli
from collectdesk.commands.frame import Lazy
from collectdesk.commands.table import SECTIONS

ENTRIES = [entry for section in SECTIONS for entry in section.entries]


class Leaf(NamedTuple):
    """A command and the words that call it."""

    words: tuple[str, ...]
    command: Any


def root() -> Any:
    """The root command, its commands still lazy."""
    return typer.main.get_command(cli.app)


def leaves(entry_name: str) -> Iterator[Leaf]:
    """Every command under one word of the table, groups included."""
    found = root().commands[entry_name]
    assert isinstance(found, Lazy)
    yield from _below((entry_name,), found.load())


def _below(words: tuple[str, ...], command: Any) -> Iterator[Leaf]:
    yield Leaf(words, command)
    for name, found in getattr(command, "commands", {}).items():
        yield from _below((*words, name), found)
