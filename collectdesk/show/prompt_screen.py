"""Questions on a whole terminal.

Questionary's prompts with our keys, our words and the side doors under them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import create_app_session, get_app
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, Dimension, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import create_output
from questionary.prompts import common
from questionary.prompts.common import InquirerControl

from collectdesk.lang import _
from collectdesk.show.doors import Door, key_lines
from collectdesk.show.prompt_keys import (
    add_keys,
    door_keys,
    ignore,
    interrupt_keys,
    list_of,
    number,
    refusal_of,
    stay_small,
    typed_over,
)
from collectdesk.show.prompt_typing import NOWHERE, Typed
from collectdesk.show.safe import safe
from collectdesk.show.terminal import marks

if TYPE_CHECKING:
    from collectdesk.show.prompts import Option, Validator

# Its circles are two cells wide in some terminals, and nothing hands these in.
vars(common).update(INDICATOR_SELECTED="[x]", INDICATOR_UNSELECTED="[ ]")

_DIGITS = 9
_SHORTCUTS = 30
_LEAST_ROWS = 4  # of a list, however little room there is
_PATIENCE = 3600.0  # seconds a slash or Esc waits for its digit
_STYLE = questionary.Style(
    [
        ("qmark", "bold"),
        ("question", "bold"),
        ("answer", ""),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "noreverse"),
        ("door", "reverse"),
        ("bottom-toolbar", "noreverse"),
        ("validation-toolbar", "bold"),
    ]
)


class Screen:
    """Asks with the whole prompt toolkit, on stderr; stdout stays data."""

    def __init__(self, doors: tuple[Door, ...], status: Callable[[], str] | None, above: int = 0) -> None:
        self._doors = doors
        self._status = status
        self._above = above
        self._refusal: Callable[[], str] = str
        self._typed: Callable[[], str] = str
        self._cut: Callable[[], str] = str

    def select(
        self, message: str, options: Sequence[Option], default: str | None, *, at_once: Collection[str] = ()
    ) -> str:
        """One of ``options``: arrows, its number, or letters of it.

        Those ``at_once`` are answered by their digit, and beyond nine by their letter.
        """
        numbered = len(options) <= (_SHORTCUTS if at_once else _DIGITS)
        narrowing = _("(type its number, or letters of it; {count} in all)").format(count=len(options))

        def build() -> questionary.Question:
            question = questionary.select(
                message,
                choices=[questionary.Choice(option.label, option.value) for option in options],
                default=default,
                pointer=marks().here,
                instruction=" " if numbered else narrowing,
                use_shortcuts=numbered,
                use_jk_keys=False,
                show_description=False,
                style=_STYLE,
            )
            control = list_of(question)
            if default is None:
                control.pointed_at = NOWHERE
            if not numbered:
                number(control)
            typed = Typed(control, control.pointed_at, at_once=at_once if numbered else ())
            self._furnish_list(question, typed, typed.refusal)
            self._fit(question, control)
            return question

        return str(self._ask(build))

    def many(self, message: str, options: Sequence[Option], least: int) -> tuple[str, ...]:
        """Any of ``options``, marked with the space bar."""
        few = _("Please mark {least} at least.").format(least=least)

        def build() -> questionary.Question:
            question = questionary.checkbox(
                message,
                choices=[questionary.Choice(option.label, option.value) for option in options],
                validate=lambda picked: True if len(picked) >= least else few,
                pointer=marks().here,
                instruction=_("(space marks, Enter goes on)"),
                use_jk_keys=False,
                show_description=False,
                style=_STYLE,
            )
            few_marked = refusal_of(question)
            control = list_of(question)
            number(control)
            typed = Typed(control, 0, marking=True)

            def refusal() -> str:
                return typed.refusal() or (few_marked() if len(control.selected_options) < least else "")

            self._furnish_list(question, typed, refusal)
            self._fit(question, control)
            return question

        return tuple(self._ask(build))

    def text(self, message: str, validate: Validator, default: str, *, secret: bool) -> str:
        """A line that ``validate`` accepts."""
        ask = questionary.password if secret else questionary.text

        def build() -> questionary.Question:
            question = ask(
                message,
                default=default,
                validate=lambda answer: validate(answer) or True,
                validate_while_typing=False,
                style=_STYLE,
            )
            stay_small(question)
            if default:
                add_keys(question, typed_over(question.application.current_buffer))
            return question

        return str(self._ask(build))

    def enter(self, message: str) -> None:
        """Wait for Enter; other keys do nothing."""

        def build() -> questionary.Question:
            question = questionary.text(message, style=_STYLE)
            keys = KeyBindings()
            keys.add(Keys.Any)(ignore)
            keys.add(Keys.BracketedPaste)(ignore)
            add_keys(question, keys)
            stay_small(question)
            return question

        self._ask(build)

    def _furnish_list(self, question: questionary.Question, typed: Typed, refusal: Callable[[], str]) -> None:
        """Give a list its typing keys, and the foot what is wrong with what was typed."""
        add_keys(question, typed.keys())
        self._refusal = refusal
        self._typed = lambda: typed.text

    def _fit(self, question: questionary.Question, control: InquirerControl) -> None:
        """Keep a long list within the rows below the page, so that what stands above it stays in view."""

        def room() -> int:
            below = len(self._lines_below()) + 1 + (2 if control.search_filter else 0)
            return max(_LEAST_ROWS, get_app().output.get_size().rows - self._above - 1 - below)

        def cut() -> str:
            more = _("{count} in all; the arrows reach the rest").format(count=control.choice_count)
            return more if control.choice_count > room() else ""

        self._cut = cut

        def height() -> Dimension:
            return Dimension(max=room() - bool(cut()))

        for window in question.application.layout.find_all_windows():
            if window.content is control:
                window.height = height

    def _ask(self, build: Callable[[], questionary.Question]) -> Any:  # noqa: ANN401 - questionary's answers
        sys.stdout.flush()
        with create_app_session(output=create_output(sys.stderr)):
            question = build()
            self._furnish(question)
            try:
                return question.unsafe_ask()
            except EOFError:
                raise KeyboardInterrupt from None

    def _furnish(self, question: questionary.Question) -> None:
        """Give the prompt the side doors' keys and the lines under it."""
        app = question.application
        app.timeoutlen = _PATIENCE
        add_keys(question, door_keys(self._doors, self._typed))
        add_keys(question, interrupt_keys())
        if self._status is not None:
            app.refresh_interval = 1.0
        below = ConditionalContainer(
            Window(FormattedTextControl(self._foot), dont_extend_height=True, wrap_lines=True),
            filter=~is_done & Condition(lambda: bool(self._foot())),
        )
        focused = app.layout.current_window
        app.layout = Layout(HSplit([app.layout.container, below]), focused_element=focused)

    def _foot(self) -> StyleAndTextTuples:
        lines = [*([f" {self._cut()}"] if self._cut() else []), *self._lines_below()]
        return [("", "\n".join(["", *lines]))] if lines else []

    def _lines_below(self) -> list[str]:
        """What stands below a question whatever it is: what is wrong with what was typed, the clock, the doors."""
        lines = [f" {self._refusal()}"] if self._refusal() else []
        if self._status is not None:
            lines.append(f" {safe(self._status())}")
        if self._doors:
            lines += key_lines(self._doors, get_app().output.get_size().columns - 1)
        return lines
