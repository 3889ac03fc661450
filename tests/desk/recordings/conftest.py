"""The desks of the tests of recordings: a call is made on them already."""

from tests.desk.recordings.calls_made import furniture, served_furniture

__all__ = ["furniture", "served_furniture"]
