"""The house complaints are made about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.complaints.house import House, house
from tests.desk.conftest import Furniture


@pytest.fixture
def desk_house(copied: Furniture, tmp_path: Path) -> House:
    """A desk of its own, its clock on Monday 2026-11-23, 10:00 in Beijing."""
    return house(copied[1], tmp_path / "desk")
