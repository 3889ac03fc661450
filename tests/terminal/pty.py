"""A real terminal for tests: a program on a pseudo-terminal, its screen kept by an emulator.

Nothing sleeps: ``until`` reads on until the screen says what it should, and fails with the screen when it never does.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence

import pexpect
import pyte
from pexpect.fdpexpect import fdspawn
from wcwidth import wcwidth

from tests.processes import forker

PATIENCE = 120.0  # seconds; a wait this long has failed, on a slow and busy machine too

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
        ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (rows, columns))
        told = {**inherited, **settings, **(environ or {})}
        self._pid = forker().fork(argv, told, (theirs, theirs, theirs), terminal=True)
        os.close(theirs)
        self._child = fdspawn(ours, encoding="utf-8", timeout=PATIENCE)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._drawn = [""] * rows
        self.raw = ""

    @property
    def lines(self) -> list[str]:
        """The screen, without the spaces at the ends of its lines; only those that changed are drawn anew."""
        changed = [number for number in self._screen.dirty if number < len(self._drawn)]
        for number in changed:
            self._drawn[number] = _line(self._screen.buffer[number], self._screen.columns)
        self._screen.dirty.clear()
        return [*self._drawn]

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
        os.write(self._child.fileno(), typed)

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
        code = forker().code(self._pid, wait=True)
        assert code is not None
        return code

    def hang_up(self) -> None:
        """Close the terminal, as its window is closed: the program gets SIGHUP."""
        self._send(signal.SIGHUP)
        self.close()

    def interrupt(self) -> None:
        """Send the signal that Ctrl-C is where the terminal does not hand its keys over yet."""
        self._send(signal.SIGINT)

    def kill(self) -> None:
        """End the program at once, as ``kill -9`` does."""
        self.close()

    def close(self) -> None:
        """End the program whatever it is doing."""
        self._send(signal.SIGKILL)
        self._child.close()
        forker().code(self._pid, wait=True)

    def _send(self, number: signal.Signals) -> None:
        if forker().code(self._pid, wait=False) is None:
            os.kill(self._pid, number)

    def _feed(self, text: str) -> None:
        self.raw += text
        self._stream.feed(text)


def _line(cells: Mapping[int, pyte.screens.Char], columns: int) -> str:
    """One line as it is seen: behind a wide character is no place for another."""
    shown = []
    column = 0
    while column < columns:
        data = cells[column].data
        shown.append(data)
        column += 2 if data > "\x7f" and wcwidth(data[0]) == 2 else 1
    return "".join(shown).rstrip()


def python(code: str) -> list[str]:
    """The words that run ``code`` with the interpreter of the tests."""
    return [sys.executable, "-c", code]


def collectdesk(*words: str) -> list[str]:
    """The words that run the program."""
    return [sys.executable, "-m", "collectdesk", *words]
