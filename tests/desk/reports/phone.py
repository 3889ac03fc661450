"""What the phone recorded, as rows of the random book: dials without a permit, and what differs from the desk."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from collectdesk.store.words import DIAL_FINDING_STATES, DIAL_FINDINGS

if TYPE_CHECKING:
    from tests.desk.reports.book import Book

NOW = 1_795_424_400
DAY = 86_400
STAFF = (None, *range(4, 10))
TABLES = ("phone_source", "dial_record", "dial_finding")


def add(made: Book, chance: random.Random, number: int) -> None:
    """So many dials, some of them of calls on record."""
    batch = made.add("import_batch", digest="x", by_staff=1, at=0, counts={})
    source = made.add("phone_source", name="x", learned=0, added_at=0, added_by=1)
    events = [row["id"] for row in made["contact_event"]]
    for place in range(number):
        at, case = NOW - chance.randrange(1, 20 * DAY), chance.choice((None, 1, 2, 3, 30))
        record = made.add(
            "dial_record", source=source, mark=str(place), direction="out", at=at, offset_s=0, number=1,
            line="answered", event=chance.choice((None, *chance.sample(events, 3))), import_batch=batch, recorded_at=at,
        )  # fmt: skip
        made.add(
            "dial_finding", kind=chance.choice(DIAL_FINDINGS), status=chance.choice(DIAL_FINDING_STATES),
            record=record, staff=chance.choice(STAFF), debtor=case, about=case, details={}, happened_at=at, found_at=at,
        )  # fmt: skip
