"""Permits under the race against bare inserts by the same processes on the same encrypted file."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import racing
from benchmarks.measuring import Contender, Setting

TITLE = "16 processes released at once: a permit's decision against a bare BEGIN IMMEDIATE insert"
ROUNDS = 3
TURNS = 40


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare insert, and the request; 0.3 times the inserts a second is 3.3 times their time."""
    places = (setting.scratch / f"{number}.db" for number in itertools.count())

    def bare() -> float:
        return racing.raw(f"sqlite:///{next(places)}", 16, TURNS)

    def requests() -> float:
        outcome = racing.race(f"sqlite:///{next(places)}", 16, TURNS)
        if not outcome.sound:
            raise RuntimeError(racing.report(outcome))
        return outcome.seconds

    return [Contender("bare insert", bare), Contender("permit request", requests, limit=1 / 0.3)]
