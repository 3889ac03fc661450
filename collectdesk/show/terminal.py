"""The screen: two rich consoles, data on stdout and conversation on stderr, for whatever terminal there is.

``NO_COLOR`` and ``TERM=dumb`` switch colour off; a dumb terminal, a locale without UTF-8, or
COLLECTDESK_ASCII=1 (for terminals that draw ambiguous-width signs two cells wide) also switches boxes and
marks to ASCII. Markup is never interpreted, so no field can style, link or hide anything.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.show.safe import safe_lines

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Marks:
    """Signs at the head of a line; every one is a single cell wide in every terminal."""

    yes: str
    no: str
    here: str
    warn: str
    todo: str
    bar: str


_SIGNS = Marks(yes="\u2713", no="\u2717", here="\u25b8", warn="!", todo="-", bar="\u2503")
_ASCII = Marks(yes="v", no="x", here=">", warn="!", todo="-", bar="|")


def ascii_only() -> bool:
    """Whether only ASCII signs are safe to draw with; text itself is printed as it is."""
    if os.environ.get("COLLECTDESK_ASCII") == "1" or os.environ.get("TERM") in ("dumb", "linux"):
        return True
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return encoding.lower().replace("-", "") not in ("utf8", "gb18030")


def marks() -> Marks:
    """The signs this terminal can draw."""
    return _ASCII if ascii_only() else _SIGNS


def boxes() -> Box:
    """The box tables are drawn with: a line under the heading and nothing else."""
    from rich import box

    return box.ASCII2 if ascii_only() else box.SIMPLE_HEAD


def rule_line(width: int = WIDTH) -> str:
    """A line across the screen."""
    return ("-" if ascii_only() else "\u2500") * width


def interactive() -> bool:
    """Whether there is a person to ask: stdin and stderr are both a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def out() -> Console:
    """The console on stdout."""
    return _console(stderr=False)


def err() -> Console:
    """The console on stderr."""
    return _console(stderr=True)


def say(text: str) -> None:
    """One line of conversation to stderr, without loading the table library; made harmless first."""
    sys.stderr.write(safe_lines(text) + "\n")
    sys.stderr.flush()


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() or os.environ.get("COLUMNS", "").isdigit() else WIDTH,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        safe_box=True,
    )
