"""Questions line by line, for terminals that cannot move their cursor: numbered choices, plain input."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from collectdesk.lang import _
from collectdesk.show.doors import Door, DoorOpened
from collectdesk.show.terminal import say

if TYPE_CHECKING:
    from collectdesk.show.prompts import Option, Validator


class Lines:
    """Asks by printing and reading whole lines; a slash and a digit open a side door."""

    def __init__(self, doors: tuple[Door, ...]) -> None:
        self._doors = {f"/{door.digit}": door for door in doors}

    def select(
        self, message: str, options: Sequence[Option], default: str | None, *, at_once: Collection[str] = ()
    ) -> str:
        """One of ``options``, by its number."""
        del at_once  # a whole line is read here
        self._list(options)
        while True:
            answer = self._read(message)
            if not answer and default is not None:
                return default
            picked = _numbers(answer, len(options))
            if picked and len(picked) == 1:
                return options[picked[0]].value
            say(_("Please type the number of one choice."))

    def many(self, message: str, options: Sequence[Option], least: int) -> tuple[str, ...]:
        """Any of ``options``, by their numbers."""
        self._list(options)
        while True:
            picked = _numbers(self._read(message), len(options))
            if picked is not None and len(picked) >= least:
                return tuple(options[index].value for index in sorted(set(picked)))
            say(_("Please type the numbers of your choices, {least} at least.").format(least=least))

    def text(self, message: str, validate: Validator, default: str, *, secret: bool) -> str:
        """A line that ``validate`` accepts."""
        while True:
            answer = getpass.getpass(f"{message} ") if secret else self._read(message) or default
            wrong = validate(answer)
            if wrong is None:
                return answer
            say(wrong)

    def enter(self, message: str) -> None:
        """Wait for Enter."""
        self._read(message)

    def _list(self, options: Sequence[Option]) -> None:
        for number, option in enumerate(options, 1):
            say(f"  {number}) {option.label}")

    def _read(self, message: str) -> str:
        if self._doors:
            say("  ".join(f"{typed} {_(door.label)}" for typed, door in self._doors.items()))
        sys.stderr.write(f"? {message} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stderr.write("\n")
            raise KeyboardInterrupt
        answer = line.rstrip("\n")
        if answer.strip() in self._doors:
            raise DoorOpened(self._doors[answer.strip()])
        return answer


def _numbers(answer: str, count: int) -> list[int] | None:
    """Indexes for the numbers typed, or None when one of them is no choice."""
    words = answer.replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and 1 <= int(word) <= count for word in words):
        return None
    return [int(word) - 1 for word in words]
