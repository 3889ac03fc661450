"""How a worked example came out otherwise than written: the gate's English, field by field, in the reader's words."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.lang import _
from collectdesk.show.safe import safe

_SHAPE = re.compile(r"(?P<field>\w+): expected (?P<wanted>.*), got (?P<got>.*)", re.DOTALL)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_WRITTEN = {"True": "true", "False": "false", "None": "none"}
"""Python's words as the file of examples writes them."""


def difference_words(difference: str) -> str:
    """One field: what was expected, what came out; moments at the house's clock, as its examples are written."""
    found = _SHAPE.fullmatch(difference)
    if found is None:
        return safe(difference)
    field, wanted, got = found.groups()
    said = _("{field}: expected {wanted}, got {got}")
    return safe(said.format(field=field, wanted=_written(wanted), got=_written(got)))


def _written(value: str) -> str:
    if value.startswith("["):
        value = value.replace("'", '"')
    return _INSTANT.sub(_at_home, _WRITTEN.get(value, value))


def _at_home(found: re.Match[str]) -> str:
    return datetime.fromisoformat(found[0]).astimezone(ZoneInfo(HOUSE_ZONE)).isoformat()
