"""A real terminal for tests: a program on a pseudo-terminal, its screen kept by an emulator.

Nothing sleeps: ``until`` reads on until the screen says what it should, and fails with the screen when it never does.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

PATIENCE = 20.0  # seconds; a wait this long has failed

KEYS = {
    "enter": "\r",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "space": " ",
    "backspace": "\x7f",
    "esc": "\x1b",
    "ctrl-c": "\x03",
    "ctrl-d": "\x04",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
}

NOT_INHERITED = ("LC_", "COLLECTDESK", "LINES", "COLUMNS")
"""What would speak another language, open another desk, or tell the program another size than this terminal's."""


class Terminal:
    """A program running on a terminal of ``columns`` × ``rows``."""

    def __init__(
        self, argv: Sequence[str], *, columns: int = 80, rows: int = 24, environ: Mapping[str, str] | None = None
    ) -> None:
        settings = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
        self._child = pexpect.spawn(
            argv[0],
            list(argv[1:]),
            dimensions=(rows, columns),
            env={**inherited, **settings, **(environ or {})},
            encoding="utf-8",
            timeout=PATIENCE,
            cwd=str(Path(__file__).parents[2]),
        )
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.raw = ""

    @property
    def lines(self) -> list[str]:
        """The screen, without the spaces at the ends of its lines."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines).rstrip("\n")

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 0."""
        return self._screen.cursor.y, self._screen.cursor.x

    def until(self, pattern: str) -> str:
        """Read until the screen shows ``pattern`` (a regular expression); the screen."""
        return self.wait(lambda: re.search(pattern, self.text, re.MULTILINE) is not None, repr(pattern))

    def wait(self, met: Callable[[], bool], what: str) -> str:
        """Read until ``met``; the screen. ``what`` is waited for, for the failure."""
        latest = time.monotonic() + PATIENCE  # a screen with a clock is never silent
        while not met():
            try:
                self._feed(self._child.read_nonblocking(65536, timeout=max(0, latest - time.monotonic())))
            except (pexpect.EOF, pexpect.TIMEOUT) as end:
                raise AssertionError(f"never showed {what} ({type(end).__name__}):\n{self.text}") from None
        return self.text

    def press(self, *keys: str) -> None:
        """Press keys by name (``enter``, ``f2``); anything else is typed as it is."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def press_bytes(self, typed: bytes) -> None:
        """Send bytes as they are, text or not."""
        os.write(self._child.child_fd, typed)

    def end(self) -> int:
        """Read to the end of the program; its exit code, or minus the signal that ended it."""
        latest = time.monotonic() + PATIENCE
        while True:
            try:
                self._feed(self._child.read_nonblocking(65536, timeout=max(0, latest - time.monotonic())))
            except pexpect.EOF:
                break
            except pexpect.TIMEOUT:
                raise AssertionError(f"never ended:\n{self.text}") from None
        self._child.close()
        code, signal = self._child.exitstatus, self._child.signalstatus
        return code if code is not None else -int(signal or 0)

    def hang_up(self) -> None:
        """Close the terminal, as its window is closed: the program gets SIGHUP."""
        self._child.kill(signal.SIGHUP)
        self._child.close(force=True)

    def kill(self) -> None:
        """End the program at once, as ``kill -9`` does."""
        self._child.kill(signal.SIGKILL)
        self._child.close(force=True)

    def close(self) -> None:
        """End the program whatever it is doing."""
        self._child.close(force=True)

    def _feed(self, text: str) -> None:
        self.raw += text
        self._stream.feed(text)


def python(code: str) -> list[str]:
    """The words that run ``code`` with the interpreter of the tests."""
    return [sys.executable, "-c", code]


def collectdesk(*words: str) -> list[str]:
    """The words that run the program."""
    return [sys.executable, "-m", "collectdesk", *words]
