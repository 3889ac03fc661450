"""A desk on which somebody may be in danger, with a directory for its outbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.call.phone import Phone
from tests.desk.emergencies.danger import Danger


@pytest.fixture
def danger(phone: Phone, tmp_path: Path) -> Danger:
    """The desk, its clock at a Monday morning."""
    place = tmp_path / "place"
    place.mkdir(mode=0o700)
    return Danger(phone, place)
