"""The plan calculator at hand on a call (policy articles 7.3, 9.4, 11.1): where a plan may be spoken of at all.

Only while the debt is being talked about, or wrapped up, with somebody who may know of it. What it finds is a proposal.
"""

from __future__ import annotations

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.question import Question
from collectdesk.desk.call.state import Call
from collectdesk.store.words import DIFFICULTIES

STEPS = ("discussion", "result", "wrapup")


def at_hand(call: Call, asked: Question | None) -> bool:
    """Whether a plan may be calculated at this question."""
    if asked is None or asked.step not in STEPS or not call.connected or over(call):
        return False
    return lock.hearer(call) in lock.KNOWING


def difficulty(call: Call) -> str | None:
    """The kind of difficulty, where the cause that was told on the call is one."""
    cause = call.word("discussion", "cause")
    return cause if cause in DIFFICULTIES else None
