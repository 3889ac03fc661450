"""Items as they stand scored (质检项), by the day the collector was told: of the review that counts, the newest answer.

What was settled counts before a second review, and that before the first; what somebody scored whose claim lapsed does
not count at all.
"""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import reviews, reviews_open

ROUND = "CASE WHEN v.settled_by IS NOT NULL THEN 3 WHEN v.second_by IS NOT NULL THEN 2 ELSE 1 END"
NEWER = (
    "SELECT 1 FROM quality_answer n WHERE n.review = y.review AND n.round = y.round AND n.item = y.item "
    "AND n.by_staff = y.by_staff AND n.id > y.id"
)
STANDS = f"y.round = {ROUND} AND y.by_staff = COALESCE(v.settled_by, v.second_by, v.first_by)"

RELATION = replace(
    reviews_open.RELATION,
    name="review_items",
    source=f"{reviews.SOURCE} JOIN quality_answer y ON y.review = v.id",
    where=f"v.told_at IS NOT NULL AND {STANDS} AND y.level <> 'not_applicable' AND NOT EXISTS ({NEWER})",
    at="v.told_at",
    id="y.id",
    letter="",
    dimensions={"item": "y.item"},
    shown=(Shown("item", "y.item"), Shown("item_level", "y.level")),
    measures={
        "scored": Measure(),
        "part": Measure(where="y.level = 'part'"),
        "missed": Measure(where="y.level = 'none'"),
        "found": Measure(where="y.level = 'found'"),
        "failed": Measure(where="y.level IN ('part', 'none', 'found')"),
    },
)
