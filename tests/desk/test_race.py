"""Sixteen processes and one debtor's last slots: never over the cap, no deadlock, an answer for every loser."""

from __future__ import annotations

from dataclasses import asdict

import pytest

import racing


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_last_slots_are_given_once(engine: str) -> None:
    """Article 8(1): the cap holds whoever asks at once; CI's size, ``scripts/race`` runs the full one."""
    with racing.database(engine) as url:
        outcome = racing.race(url, processes=16, rounds=100)
    assert outcome.sound, asdict(outcome)
    assert outcome.granted == 100 * racing.CAP
    assert outcome.refused == 100 * (16 - racing.CAP)
