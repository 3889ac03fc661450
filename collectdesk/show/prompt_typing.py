"""What is typed at a list: a choice's number or letter goes there, other text narrows the list by the letters of it.

Text that is neither chooses nothing and says so: a date typed at the wrong question must never become an answer to it.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Collection

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from questionary.prompts.common import Choice, InquirerControl

from collectdesk.lang import _

NOWHERE = -1
"""Where the pointer is when it is on no choice."""


class Typed:
    """The text typed at one list, and where it leads.

    Attributes:
        text: what was typed; empty after an arrow moved away from it.
        marking: several choices are marked here, and Enter goes on.
    """

    def __init__(
        self, control: InquirerControl, start: int, *, marking: bool = False, at_once: Collection[str] = ()
    ) -> None:
        self._control = control
        self._start = start
        self._at_once = at_once
        self.marking = marking
        self.text = ""
        self._unmarked = False
        self._unchosen = False

    @property
    def lost(self) -> bool:
        """Whether the text is no choice's number and in no choice."""
        return bool(self.text) and self._place() is None and not self._found()

    def refusal(self) -> str:
        """A sentence where what was typed, or Enter alone, chooses nothing."""
        if self.lost:
            return _("Nothing matches; Backspace takes letters back.")
        if self._unchosen and self._control.pointed_at < 0:
            return _("Choose one first, with the arrows or its number, then press Enter.")
        return _("Space marks it, then Enter goes on.") if self._unmarked else ""

    def keys(self) -> KeyBindings:
        """Every key that types, the arrows and Enter; doors keep theirs."""
        keys = KeyBindings()
        for key in string.digits + string.ascii_letters + string.punctuation.replace("/", ""):
            keys.add(key, eager=True)(self._more)
        keys.add(" ", eager=True)(self._mark if self.marking else self._more)
        keys.add(Keys.Any)(self._more)
        keys.add(Keys.Backspace, eager=True)(self._less)
        keys.add(Keys.Up, eager=True)(self._moving(self._up))
        keys.add(Keys.Down, eager=True)(self._moving(self._control.select_next))
        keys.add(Keys.ControlM, eager=True, filter=Condition(lambda: not self._may_go_on()))(self._stay)
        return keys

    def _more(self, event: KeyPressEvent) -> None:
        if event.data.isprintable() and (self.text or not event.data.isspace()):
            self._set(self.text + event.data)
            if self._place() is not None and (value := self._control.get_pointed_at().value) in self._at_once:
                self._control.is_answered = True
                event.app.exit(result=value)

    def _less(self, _event: KeyPressEvent) -> None:
        self._set(self.text[:-1])

    def _set(self, text: str) -> None:
        self.text, self._unmarked, self._unchosen = text, False, False
        place = self._place()
        self._control.search_filter = text if text and place is None else None
        if not text:
            self._control.pointed_at = self._start
        elif place is not None:
            self._control.pointed_at = place
        else:
            self._control.pointed_at = 0 if self._found() else NOWHERE

    def _place(self) -> int | None:
        """The choice whose number or letter was typed."""
        keys = [str(choice.shortcut_key).strip() for choice in self._control.choices]
        return keys.index(self.text) if self.text in keys else None

    def _found(self) -> bool:
        return any(self.text.lower() in _title(choice).lower() for choice in self._control.choices)

    def _moving(self, move: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
        def moved(_event: KeyPressEvent) -> None:
            if self._control.search_filter is None or self.lost:
                at = self._control.pointed_at
                self._set("")
                self._control.pointed_at = at
            move()

        return moved

    def _up(self) -> None:
        if self._control.pointed_at < 0:
            self._control.pointed_at = self._control.choice_count - 1
        else:
            self._control.select_previous()

    def _may_go_on(self) -> bool:
        if self.lost:
            return False
        return not self.text if self.marking else self._control.pointed_at >= 0

    def _stay(self, _event: KeyPressEvent) -> None:
        self._unmarked = self.marking and not self.lost
        self._unchosen = not self.marking and not self.lost

    def _mark(self, _event: KeyPressEvent) -> None:
        """Mark the choice pointed at or take its mark away; the list is whole again, the pointer still there."""
        if self.lost:
            return
        choice = self._control.get_pointed_at()
        self._set("")
        self._control.pointed_at = self._control.choices.index(choice)
        marked = self._control.selected_options
        (marked.remove if choice.value in marked else marked.append)(choice.value)


def _title(choice: Choice) -> str:
    return choice.title if isinstance(choice.title, str) else "".join(part[1] for part in choice.title or ())
