"""Questions on a whole terminal.

Questionary's prompts with our keys, our words and the side doors under them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import create_app_session, get_app
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples, fragment_list_to_text, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import create_output
from questionary.prompts import common
from questionary.prompts.common import InquirerControl

from collectdesk.lang import _
from collectdesk.show.doors import Door, DoorOpened, key_lines
from collectdesk.show.safe import safe
from collectdesk.show.terminal import marks

if TYPE_CHECKING:
    from collectdesk.show.prompts import Option, Validator

# Its circles are two cells wide in some terminals, and nothing hands these in.
vars(common).update(INDICATOR_SELECTED="[x]", INDICATOR_UNSELECTED="[ ]")

_DIGITS = 9
_SHORTCUTS = 30
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

    def __init__(self, doors: tuple[Door, ...], status: Callable[[], str] | None) -> None:
        self._doors = doors
        self._status = status
        self._refusal: Callable[[], str] = str

    def select(self, message: str, options: Sequence[Option], default: str | None, *, at_once: bool = False) -> str:
        """One of ``options``: arrows, its digit, or letters of it when there are more than nine.

        ``at_once``: a digit answers, and beyond nine a letter does.
        """
        numbered = len(options) <= (_SHORTCUTS if at_once else _DIGITS)

        def build() -> questionary.Question:
            question = questionary.select(
                message,
                choices=[questionary.Choice(option.label, option.value) for option in options],
                default=default,
                pointer=marks().here,
                instruction=" " if numbered else _("(type to narrow)"),
                use_shortcuts=numbered,
                use_jk_keys=False,
                show_description=False,
                style=_STYLE,
            )
            control = _control(question)
            if default is None:
                control.pointed_at = -1
            _add_keys(question, _choice_keys(control, searching=not numbered))
            if at_once and numbered:
                _add_keys(question, _one_key(control))
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
            self._refusal = _refusal_of(question)
            return question

        return tuple(self._ask(build))

    def text(self, message: str, validate: Validator, default: str, *, secret: bool) -> str:
        """A line that ``validate`` accepts."""
        ask = questionary.password if secret else questionary.text

        def build() -> questionary.Question:
            return ask(
                message,
                default=default,
                validate=lambda answer: validate(answer) or True,
                validate_while_typing=False,
                style=_STYLE,
            )

        return str(self._ask(build))

    def enter(self, message: str) -> None:
        """Wait for Enter; other keys do nothing."""

        def build() -> questionary.Question:
            question = questionary.text(message, style=_STYLE)
            keys = KeyBindings()
            keys.add(Keys.Any)(_ignore)
            keys.add(Keys.BracketedPaste)(_ignore)
            _add_keys(question, keys)
            return question

        self._ask(build)

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
        _add_keys(question, _door_keys(self._doors))
        if self._status is not None:
            app.refresh_interval = 1.0
        below = ConditionalContainer(
            Window(FormattedTextControl(self._foot), dont_extend_height=True, wrap_lines=True),
            filter=~is_done & Condition(lambda: bool(self._foot())),
        )
        focused = app.layout.current_window
        app.layout = Layout(HSplit([app.layout.container, below]), focused_element=focused)

    def _foot(self) -> StyleAndTextTuples:
        lines = [f" {self._refusal()}"] if self._refusal() else []
        if self._status is not None:
            lines.append(f" {safe(self._status())}")
        if self._doors:
            lines += key_lines(self._doors, get_app().output.get_size().columns - 1)
        return [("", "\n".join(["", *lines]))] if lines else []


def _control(question: questionary.Question) -> InquirerControl:
    windows = question.application.layout.find_all_windows()
    return next(window.content for window in windows if isinstance(window.content, InquirerControl))


def _refusal_of(question: questionary.Question) -> Callable[[], str]:
    """What a checkbox says of too few marks; its own place for it stays empty in some terminals, so it goes."""
    control = _control(question)
    split = question.application.layout.container
    if isinstance(split, HSplit):
        split.children.pop()
    return lambda: fragment_list_to_text(to_formatted_text(control.error_message))


def _add_keys(question: questionary.Question, keys: KeyBindings) -> None:
    own = question.application.key_bindings
    question.application.key_bindings = merge_key_bindings([own, keys] if own is not None else [keys])


def _choice_keys(control: InquirerControl, *, searching: bool) -> KeyBindings:
    """Enter only on a choice the user can see and has reached; typing narrows a long list."""
    keys = KeyBindings()

    def reached() -> bool:
        searched = bool(control.search_filter)
        return control.pointed_at >= 0 and not (searched and not control.found_in_search)

    keys.add(Keys.ControlM, eager=True, filter=~Condition(reached))(_ignore)

    @keys.add(Keys.Up, eager=True, filter=Condition(lambda: control.pointed_at < 0))
    def last(event: KeyPressEvent) -> None:  # noqa: ARG001 - the toolkit's signature
        control.pointed_at = control.choice_count - 1

    if searching:

        @keys.add(Keys.Any)
        def narrow(event: KeyPressEvent) -> None:
            if event.data.isprintable() and (control.search_filter or not event.data.isspace()):
                control.search_filter = (control.search_filter or "") + event.data
                control.pointed_at = 0

        @keys.add(Keys.Backspace)
        def widen(event: KeyPressEvent) -> None:  # noqa: ARG001
            control.remove_search_character()
            control.pointed_at = 0

    return keys


def _one_key(control: InquirerControl) -> KeyBindings:
    """Each choice's own key answers with it."""
    keys = KeyBindings()
    for index, choice in enumerate(control.choices):
        keys.add(str(choice.shortcut_key), eager=True)(_picker(control, index))
    return keys


def _picker(control: InquirerControl, index: int) -> Callable[[KeyPressEvent], None]:
    def pick(event: KeyPressEvent) -> None:
        control.pointed_at = index
        control.is_answered = True
        event.app.exit(result=control.get_pointed_at().value)

    return pick


def _door_keys(doors: tuple[Door, ...]) -> KeyBindings:
    keys = KeyBindings()
    for door in doors:
        opened = _opener(door)
        keys.add(door.key, eager=True)(opened)
        keys.add("escape", door.digit)(opened)
        keys.add("/", door.digit, filter=Condition(_nothing_typed))(opened)
    return keys


def _opener(door: Door) -> Callable[[KeyPressEvent], None]:
    def opened(event: KeyPressEvent) -> None:
        event.app.exit(exception=DoorOpened(door), style="class:aborting")

    return opened


def _nothing_typed() -> bool:
    return not get_app().current_buffer.text


def _ignore(event: KeyPressEvent) -> None:
    del event
