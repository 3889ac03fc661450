"""The chapters that remind: each supplies ``reminders(session, now)`` in its own room."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.reminder import Reminder

    Reminding = Callable[[Session, int], list[Reminder]]

CHAPTERS = (
    "emergencies",
    "conduct",
    "complaints",
    "objections",
    "plans",
    "promises",
    "dials",
    "notices",
    "lost",
    "training",
    "recordings",
    "quality",
)
"""Rooms with a module ``reminders``."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """What waits for anybody at ``now`` (UTC seconds), chapter by chapter."""
    found: list[Reminder] = []
    for chapter in CHAPTERS:
        ask: Reminding = import_module(f"collectdesk.desk.{chapter}.reminders").reminders
        found += ask(session, now)
    return found
