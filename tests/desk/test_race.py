"""Many processes and one debtor's last slots: never over the cap, no deadlock, an answer for every loser."""

from __future__ import annotations

from dataclasses import asdict

import pytest

import racing

ROUNDS = 60
PROCESSES = 8
"""Of the sixteen of the full race: every round has more losers than winners with these as well."""


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_last_slots_are_given_once(engine: str) -> None:
    """Article 8(1): the cap holds whoever asks at once; CI's size, ``scripts/race`` runs the full one."""
    with racing.database(engine) as url:
        outcome = racing.race(url, processes=PROCESSES, rounds=ROUNDS)
    assert outcome.sound, asdict(outcome)
    assert outcome.granted == ROUNDS * racing.CAP
    assert outcome.refused == ROUNDS * (PROCESSES - racing.CAP)
