"""The ways out of any question: what a side door is called, and the keys that open it.

A door opens with its function key, with Esc and its digit, or with a slash and its digit where nothing is
typed yet, for terminals that keep the function keys to themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.width import cells


@dataclass(frozen=True, slots=True)
class Door:
    """A side door: its code, its label (to be translated) and its keys."""

    code: str
    label: str
    key: str
    digit: str

    @property
    def shown(self) -> str:
        """As the key line shows it: ``F2 紧急``."""
        return f"{self.key.upper()} {_(self.label)}"


class DoorOpened(Exception):
    """The user took a side door instead of answering."""

    def __init__(self, door: Door) -> None:
        super().__init__(door.code)
        self.door = door


EMERGENCY = Door("emergency", N_("Emergency"), "f2", "2")
COMPLAINT = Door("complaint", N_("Complaint"), "f3", "3")
OBJECTION = Door("objection", N_("Objection"), "f4", "4")
STOP_CONTACT = Door("stop_contact", N_("Stop contact"), "f5", "5")
WRONG_NUMBER = Door("wrong_number", N_("Wrong number"), "f6", "6")
AT_HAND = Door("at_hand", N_("Lines at hand"), "f7", "7")
CALCULATOR = Door("calculator", N_("Plan calculator"), "f8", "8")
BACK = Door("back", N_("Back"), "f9", "9")
END = Door("end", N_("End call"), "f10", "0")
LEAVE = Door("leave", N_("Leave, finish later"), "f10", "0")
"""The way out once the talk is being ended already: the call stays open where it is, as after Ctrl-C."""

CALL_DOORS = (EMERGENCY, COMPLAINT, OBJECTION, STOP_CONTACT, WRONG_NUMBER, END)
"""The doors of every step of a call; add ``AT_HAND`` where lines are, ``BACK`` where nothing has been spoken yet."""


def key_lines(doors: tuple[Door, ...], width: int = 79) -> list[str]:
    """All doors for the bottom of the screen, in as few lines of ``width`` cells as hold them whole."""
    lines = [""]
    for door in doors:
        longer = f"{lines[-1]}   {door.shown}" if lines[-1] else f" {door.shown}"
        if cells(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(f" {door.shown}")
    return lines
