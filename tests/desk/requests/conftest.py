"""The house complaints are made about, for what goes outside of it."""

from __future__ import annotations

from tests.desk.complaints.conftest import desk_house

__all__ = ["desk_house"]
