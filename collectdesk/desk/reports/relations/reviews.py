"""Reviews of calls (质检) whose score stands, by the day the collector was told of it.

A score that is looked at again is untold until the second review is done, and so not among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.desk.reports.relation import Measure, Relation, Shown

if TYPE_CHECKING:
    from collectdesk.desk.window import Window

SOURCE = "quality_review v JOIN call a ON a.id = v.call JOIN case_file c ON c.id = a.case_id"
REPLIED = "EXISTS (SELECT 1 FROM step s WHERE s.kind = 'quality_review' AND s.subject = v.id AND s.act = 'reply')"


def relation(window: Window) -> Relation:
    """With the score below which a call has not passed, as the house sets it now."""
    least = house.in_force(window.ask, window.at).quality.pass_score
    return Relation(
        name="reviews",
        source=SOURCE,
        at="v.told_at",
        id="v.call",
        letter="c",
        collector="v.collector",
        case="a.case_id",
        debtor="c.debtor",
        cased=True,
        shown=(Shown("score", "v.score", "count"), Shown("review", "v.status")),
        measures={
            "told": Measure(),
            "mean_score": Measure(amount="v.score", mean=True),
            "below": Measure(where=f"v.score < {least}"),
            "fatal": Measure(where="v.fatal"),
            "second": Measure(where="v.second_by IS NOT NULL"),
            "settled": Measure(where="v.settled_by IS NOT NULL"),
            "replied": Measure(where=REPLIED),
        },
    )
