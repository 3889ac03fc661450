"""A reminder (待办): one thing that waits for somebody, for ``today`` and the banner; each chapter supplies its own."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Urgency = Literal["now", "overdue", "due", "soon"]
"""*now*: a person may be in danger or a right is being lost; *due*: today; *soon*: within the days the chapter says."""


class Reminder(Struct, frozen=True):
    """What waits, for whom, by when, and what to type.

    ``kind`` is a word of the catalogue (``objection_answer``, ``complaint_clock``, ``plan_approval`` …). ``staff`` are
    the keys of those it waits for; empty means every lead. ``due_on`` is a local date, ``due_at`` UTC seconds;
    ``command`` is what to type next. No name, number or wording of a debtor is in it.
    """

    kind: str
    urgency: Urgency
    subject: str
    case: str | None
    staff: tuple[int, ...]
    command: str
    due_on: str | None = None
    due_at: int | None = None
