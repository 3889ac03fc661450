"""Terminals for the tests, closed when a test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal.pty import Terminal

if TYPE_CHECKING:
    from tests.terminal.practice import Practice

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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The practice desk, opened once; its directory and key."""
    from tests.terminal.practice import make

    root = tmp_path_factory.mktemp("practice") / "desk"
    return root, make(root)


@pytest.fixture(params=["zh_CN", "en"])
def practice(
    request: pytest.FixtureRequest,
    template: tuple[Path, bytes],
    terminal: Opener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Practice:
    """The collector's practice desk of one test, in each language in turn."""
    from tests.terminal.practice import Practice

    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    root, key = template
    return Practice(tmp_path / "desk", key, terminal, str(request.param)).copied(root)
