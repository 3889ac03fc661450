"""Terminals for the tests, closed when a test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from tests.terminal.pty import Terminal

Opener = Callable[..., Terminal]


@pytest.fixture
def terminal() -> Iterator[Opener]:
    """Open a terminal with a program in it: ``terminal(argv, columns=80, environ={…})``."""
    opened: list[Terminal] = []

    def open_terminal(argv: Sequence[str], **options: Any) -> Terminal:
        opened.append(Terminal(argv, **options))
        return opened[-1]

    yield open_terminal
    for each in opened:
        each.close()
