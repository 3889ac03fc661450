"""Questions to the person at the terminal: one wrapper for every prompt, so that all of them behave alike.

Arrow keys, digits or typing pick a choice; nothing is picked before the user moved, unless a default is
given. The side doors stay open and in view at every question. Ctrl-C and Ctrl-D raise ``KeyboardInterrupt``,
handled once at the front door. Without a terminal nothing is asked: the option that gives the answer is named
instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.doors import Door
from collectdesk.show.safe import safe
from collectdesk.show.terminal import interactive

Validator = Callable[[str], str | None]
"""Given what was typed, the sentence that says what is wrong with it, or None."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: its code and its label, already in the reader's language; keep labels short."""

    value: str
    label: str


def options(words: Mapping[str, str]) -> list[Option]:
    """The codes to choose among, each with its words, which are marked for translation."""
    return [Option(code, _(said)) for code, said in words.items()]


class Driver(Protocol):
    """What asks: the full screen kind or the line by line kind."""

    def select(
        self, message: str, options: Sequence[Option], default: str | None, *, at_once: Collection[str] = ()
    ) -> str:
        """One of ``options``, by its value; of those ``at_once`` the key alone answers."""

    def many(self, message: str, options: Sequence[Option], least: int) -> tuple[str, ...]:
        """``least`` or more of ``options``."""

    def text(self, message: str, validate: Validator, default: str, *, secret: bool) -> str:
        """A line that ``validate`` accepts."""

    def enter(self, message: str) -> None:
        """Wait for Enter."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks questions. ``flag`` of each question is the option or word that answers it without a terminal.

    Attributes:
        doors: side doors open at each question; taking one raises ``DoorOpened``.
        status: the line under the question, asked anew each second (the clock of a call).
        above: rows of the page that must stay in view above the question.
    """

    doors: tuple[Door, ...] = ()
    status: Callable[[], str] | None = None
    above: int = 0

    def with_doors(self, *doors: Door) -> Asker:
        """The same with other doors."""
        return replace(self, doors=doors)

    def select(
        self,
        message: str,
        options: Sequence[Option],
        *,
        flag: str,
        default: str | None = None,
        at_once: Collection[str] = (),
    ) -> str:
        """Let the user pick one of ``options``; its value. The key of one ``at_once`` answers without Enter."""
        harmless = [Option(option.value, safe(option.label)) for option in options]
        return self._driver(flag).select(safe(message), harmless, default, at_once=at_once)

    def many(self, message: str, options: Sequence[Option], *, flag: str, least: int = 0) -> tuple[str, ...]:
        """Let the user pick ``least`` or more of ``options``; their values in the order of the options."""
        harmless = [Option(option.value, safe(option.label)) for option in options]
        return self._driver(flag).many(safe(message), harmless, least)

    def text(
        self,
        message: str,
        *,
        flag: str,
        validate: Validator | None = None,
        default: str = "",
        secret: bool = False,
        optional: bool = False,
    ) -> str:
        """Let the user type a line; without the spaces around it unless it is ``secret`` (shown as stars)."""

        def checked(answer: str) -> str | None:
            if not optional and not answer.strip():
                return _("Please type an answer.")
            if any("\ud800" <= char <= "\udfff" for char in answer):
                return _("That arrived garbled; please type it again.")
            return validate(answer if secret else answer.strip()) if validate else None

        answer = self._driver(flag).text(safe(message), checked, default, secret=secret)
        return answer if secret else answer.strip()

    def confirm(self, message: str, *, flag: str, default: bool | None = None) -> bool:
        """Yes or no, as two choices."""
        options = [Option("yes", _("Yes")), Option("no", _("No"))]
        wish = None if default is None else ("yes" if default else "no")
        return self.select(message, options, flag=flag, default=wish) == "yes"

    def enter(self, message: str, *, flag: str) -> None:
        """Wait until the user has read or said something and presses Enter."""
        self._driver(flag).enter(safe(message))

    def _driver(self, flag: str) -> Driver:
        require_terminal(flag)
        if os.environ.get("TERM") == "dumb":
            from collectdesk.show.prompt_lines import Lines

            return Lines(self.doors)
        from collectdesk.show.prompt_screen import Screen

        return Screen(self.doors, self.status, self.above)


def require_terminal(flag: str) -> None:
    """Nobody is there to answer on a pipe.

    Raises:
        UsageProblem: there is no terminal; it names ``flag``.
    """
    if not interactive():
        message = N_("There is no terminal to ask at.")
        raise UsageProblem("no_terminal", message, hint=N_("Give {flag}."), flag=flag)
