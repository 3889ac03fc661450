"""The keys of a question on a whole terminal, and what answers them: numbers, letters, doors, typing over."""

from __future__ import annotations

from collections.abc import Callable

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Always, Condition
from prompt_toolkit.formatted_text import fragment_list_to_text, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit
from questionary.prompts.common import InquirerControl

from collectdesk.lang import _
from collectdesk.show.doors import Door, DoorOpened


def list_of(question: questionary.Question) -> InquirerControl:
    """The list a question shows."""
    windows = question.application.layout.find_all_windows()
    return next(window.content for window in windows if isinstance(window.content, InquirerControl))


def stay_small(question: questionary.Question) -> None:
    """A line to type on takes its own row and no more: what is wrong with it, and the doors, stand right below."""
    for window in question.application.layout.find_all_windows():
        window.dont_extend_height = Always()


def number(question: questionary.Question, control: InquirerControl) -> None:
    """Number the choices of a list; typing a number goes there."""
    width = len(str(len(control.choices)))
    for place, choice in enumerate(control.choices, 1):
        choice.shortcut_key = f"{place:>{width}}"
    control.use_shortcuts = True
    typed = ""
    keys = KeyBindings()

    def go(event: KeyPressEvent) -> None:
        nonlocal typed
        longer = typed + event.data
        typed = longer if 1 <= int(longer) <= len(control.choices) else event.data
        if 1 <= int(typed) <= len(control.choices):
            control.pointed_at = int(typed) - 1

    for digit in "0123456789":
        keys.add(digit, eager=True, filter=Condition(lambda: not control.search_filter))(go)
    add_keys(question, keys)


def unmatched(control: InquirerControl) -> str:
    """A word where what was typed is in no choice."""
    lost = bool(control.search_filter) and bool(control.filtered_choices) and not control.found_in_search
    return _("Nothing matches; Backspace takes letters back.") if lost else ""


def typed_over(buffer: Buffer) -> KeyBindings:
    """What was put there beforehand gives way to what is typed, unless it was edited first."""
    keys = KeyBindings()
    fresh = [True]
    changed = Condition(lambda: fresh[0] and buffer.cursor_position == len(buffer.text))

    def edited(_buffer: Buffer) -> None:
        fresh[0] = False

    buffer.on_text_changed += edited

    @keys.add(Keys.Any, filter=changed)
    def over(event: KeyPressEvent) -> None:
        buffer.text = event.data
        buffer.cursor_position = len(buffer.text)

    return keys


def refusal_of(question: questionary.Question) -> Callable[[], str]:
    """What a checkbox says of too few marks; its own place for it stays empty in some terminals, so it goes."""
    shown = list_of(question)
    split = question.application.layout.container
    if isinstance(split, HSplit):
        split.children.pop()
    return lambda: fragment_list_to_text(to_formatted_text(shown.error_message))


def add_keys(question: questionary.Question, keys: KeyBindings) -> None:
    """Further keys of a question; they go before its own where they are eager."""
    own = question.application.key_bindings
    question.application.key_bindings = merge_key_bindings([own, keys] if own is not None else [keys])


def choice_keys(control: InquirerControl, *, searching: bool) -> KeyBindings:
    """Enter only on a choice the user can see and has reached; typing narrows a long list."""
    keys = KeyBindings()

    def reached() -> bool:
        searched = bool(control.search_filter)
        return control.pointed_at >= 0 and not (searched and not control.found_in_search)

    keys.add(Keys.ControlM, eager=True, filter=~Condition(reached))(ignore)

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


def one_key(control: InquirerControl) -> KeyBindings:
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


def door_keys(doors: tuple[Door, ...]) -> KeyBindings:
    """The keys of the side doors: each one's function key, Esc or a slash with its digit."""
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


def ignore(event: KeyPressEvent) -> None:
    """A key that does nothing here."""
    del event
