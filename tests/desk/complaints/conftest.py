"""The house complaints are made about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.complaints.house import House, house
from tests.desk.conftest import Furniture
from tests.desk.rooms import Hands


@pytest.fixture
def desk_house(copied: Furniture, tmp_path: Path) -> House:
    """A desk of its own, its clock on Monday 2026-11-23, 10:00 in Beijing."""
    store, room = copied
    hands = Hands(room.small.at)
    return house(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands), tmp_path / "desk")
