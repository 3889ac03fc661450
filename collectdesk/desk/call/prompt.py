"""What a driver is handed: the call as it stands, the question it is at, the doors, and how much time is left."""

from __future__ import annotations

from msgspec import Struct

from collectdesk.desk.call import at_hand
from collectdesk.desk.call.at_hand import WARN_BEFORE, AtHand
from collectdesk.desk.call.doorway import DOORS, opened
from collectdesk.desk.call.question import Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.steps import progress, question
from collectdesk.desk.emergencies.watch import Waiting, waiting
from collectdesk.store.case_rows import driver_of


class Prompt(Struct, frozen=True, kw_only=True):
    """A call at one moment.

    ``revealed`` is the number while it may be dialled, else none; ``alarms`` are emergencies of other calls that wait
    for whoever is on this one.
    """

    call: Call
    question: Question | None
    revealed: str | None = None
    alarms: tuple[Waiting, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether the call is closed."""
        return self.call.ended_at is not None

    @property
    def step(self) -> str:
        """The step, or door, that is being asked."""
        return self.question.step if self.question else "ended"

    @property
    def progress(self) -> tuple[tuple[str, str], ...]:
        """Every step and how it stands."""
        return progress(self.call, self.question)

    @property
    def doors(self) -> tuple[str, ...]:
        """The side doors that can still be taken."""
        return () if self.ended else tuple(door for door in DOORS if not opened(self.call, door))

    @property
    def at_hand(self) -> tuple[AtHand, ...]:
        """The lines that may be said now besides those of the step's course."""
        return at_hand.lines(self.call, self.question)

    @property
    def may_go_back(self) -> bool:
        """Whether the last answer can be taken back: nothing was spoken or written since."""
        return not self.ended and last_free(self.call) is not None

    @property
    def seconds_left(self) -> int | None:
        """How long the call stays lawful, below zero when it no longer is; none where nothing ends it."""
        until = self.call.allowed_until
        return None if until is None or self.call.inbound else until - self.call.now

    @property
    def wrap_up(self) -> bool:
        """Whether the collector is asked to bring a running talk to its end."""
        left = self.seconds_left
        return self.call.connected and not self.ended and left is not None and left < WARN_BEFORE


def of(call: Call, revealed: str | None = None) -> Prompt:
    """The prompt for a call as it stands."""
    asked = None if call.ended_at is not None else question(call)
    alarms = waiting(driver_of(call.hooks.connection), call.collector.id)
    return Prompt(call=call, question=asked, revealed=revealed, alarms=alarms)


def last_free(call: Call) -> tuple[str, str] | None:
    """Step and field of the last answer that can still be taken back."""
    counts = {(each.step, each.field): each for each in call.answers}
    taken = [each for each in counts.values() if each.seq > call.floor and each.value is not None]
    last = max(taken, key=lambda each: each.seq, default=None)
    return (last.step, last.field) if last else None
