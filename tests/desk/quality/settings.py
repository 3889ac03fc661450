"""The house's settings for quality, as a test wants them, adopted as the house adopts them."""

from __future__ import annotations

import re
from itertools import count

from collectdesk.desk import adoption
from collectdesk.desk.office import Office
from collectdesk.desk.shipped import shipped

VERSIONS = count(100)
NOBODY_NEW = ["consent", "complaint", "violation", "wording", "refused_then_called", "share"]


def adopt_quality(office: Office, **changes: object) -> None:
    """The shipped house rulebook with other numbers in ``settings.quality``."""
    text = shipped("rulebooks/house.toml").decode()
    head, mark, rest = text.partition("[settings.quality]\n")
    for name, value in changes.items():
        rest, done = re.subn(
            rf"^{name} = .*$", f"{name} = {value}".replace("'", '"'), rest, count=1, flags=re.MULTILINE
        )
        assert done == 1, name
    made = (head + mark + rest).replace('version = "1"', f'version = "{next(VERSIONS)}"', 1)
    at = office.now()
    with office.writer.begin() as connection:
        adoption.adopt(
            connection, "rulebook", made.encode(), by=office.staff, at=at, effective_from=at, file="house.toml"
        )
