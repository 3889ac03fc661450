"""The keys of a question on a whole terminal, and what answers them: doors, typing over."""

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

from collectdesk.show.doors import Door, DoorOpened


def list_of(question: questionary.Question) -> InquirerControl:
    """The list a question shows."""
    windows = question.application.layout.find_all_windows()
    return next(window.content for window in windows if isinstance(window.content, InquirerControl))


def stay_small(question: questionary.Question) -> None:
    """A line to type on takes its own row and no more: what is wrong with it, and the doors, stand right below."""
    for window in question.application.layout.find_all_windows():
        window.dont_extend_height = Always()


def number(control: InquirerControl) -> None:
    """Number the choices of a list, however many they are."""
    width = len(str(len(control.choices)))
    for place, choice in enumerate(control.choices, 1):
        choice.shortcut_key = f"{place:>{width}}"
    control.use_shortcuts = True


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


def door_keys(doors: tuple[Door, ...], typed: Callable[[], str]) -> KeyBindings:
    """The keys of the side doors: a function key each, Esc or, where nothing is ``typed``, a slash with its digit."""
    keys = KeyBindings()
    idle = Condition(lambda: not get_app().current_buffer.text and not typed())
    for door in doors:
        opened = _opener(door)
        keys.add(door.key, eager=True)(opened)
        keys.add("escape", door.digit)(opened)
        keys.add("/", door.digit, filter=idle)(opened)
    return keys


def interrupt_keys() -> KeyBindings:
    """Ctrl-C pressed just before the terminal hands its keys over is a signal; a list would take no note of it."""
    keys = KeyBindings()

    @keys.add(Keys.SIGINT)
    def interrupted(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    return keys


def _opener(door: Door) -> Callable[[KeyPressEvent], None]:
    def opened(event: KeyPressEvent) -> None:
        event.app.exit(exception=DoorOpened(door), style="class:aborting")

    return opened


def ignore(event: KeyPressEvent) -> None:
    """A key that does nothing here."""
    del event
