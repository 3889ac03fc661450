"""File names as they are shown: numbers that may be somebody's masked, dates and times as they are (article 14.1)."""

from __future__ import annotations

import pytest

from collectdesk.show.recordings import discreet


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("c12.wav", "c12.wav"),
        ("20261123-093200_19900005678.wav", "20261123-093200_199****5678.wav"),
        ("2026/11/23/093200-019900005678-8002.wav", "2026/11/23/093200-019****5678-8002.wav"),
        ("19900005678-20261123093200.mp3", "199****5678-20261123093200.mp3"),
        ("1795399200.4711-19900005678.wav", "1795399200.4711-199****5678.wav"),
    ],
)
def test_numbers_in_names_are_masked(name: str, shown: str) -> None:
    assert discreet(name) == shown
