"""The program as a caller sees it: words in; exit code, stdout and stderr out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from collectdesk import cli, lang


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Program = Callable[..., Done]


@pytest.fixture
def program(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Program]:
    """Run the program in this process, in English unless told otherwise, on a desk directory of its own."""
    spoken = lang.current()
    for name in ("COLLECTDESK_LANG", "COLLECTDESK_DEBUG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLLECTDESK_DESK", str(tmp_path / "desk"))

    def run(*words: str) -> Done:
        code = cli.run(words)
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err)

    yield run
    lang.use(spoken)
