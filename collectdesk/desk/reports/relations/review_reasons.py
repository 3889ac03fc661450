"""Why calls were put into the sample (抽检原因), by when they were: each call once for every rule that put it in."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import reviews, reviews_open

RELATION = replace(
    reviews_open.RELATION,
    name="review_reasons",
    source=f"{reviews.SOURCE} CROSS JOIN JSON_ITEMS(v.why) b",
    where="",
    at="v.picked_at",
    dimensions={"why": "b.value"},
    shown=(Shown("why", "b.value"), Shown("review", "v.status")),
    measures={"times": Measure(), "told": Measure(where="v.told_at IS NOT NULL")},
)
