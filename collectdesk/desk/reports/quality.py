"""Quality (质检): what was sampled and why, how it scored, which items failed, what waits and who replied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.desk.reports.figure import Chart, Note, Section
from collectdesk.desk.reports.notes import note
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

BY = ("collector", "team")
NOW = (
    "reviews_open.waiting",
    "reviews_open.again",
    "reviews_open.differing",
    "reviews_open.overdue",
    "reviews_open.disputed",
)
ALARMING = ("reviews_open.overdue", "reviews_open.differing", "reviews_open.disputed")
SAMPLED = ("connected.calls", "connected.sampled", "connected.sampled_rate")
SCORES = (
    "reviews.told",
    "reviews.mean_score",
    "reviews.below",
    "reviews.below_rate",
    "reviews.fatal",
    "reviews.second",
    "reviews.settled",
    "reviews.replied",
)
REASONS = ("review_reasons.times", "review_reasons.told")
ITEMS = (
    "review_items.failed",
    "review_items.part",
    "review_items.missed",
    "review_items.found",
    "review_items.scored",
    "review_items.failed_rate",
)
CARD = ("reviews.told", "reviews.mean_score", "reviews.below", "reviews.fatal", "reviews.second", "reviews.replied")
"""What stands side by side for everybody."""
FIGURES = (*NOW, *SAMPLED, *SCORES, *REASONS, *ITEMS)


def sections(look: Look) -> tuple[Section, ...]:
    """What waits, what was sampled and why, the scores, the items, and whose."""
    by = look.asked.by or BY[0]
    now = look.count("reviews_open", NOW)
    sampled = look.count("connected", SAMPLED, by=(by,))
    scores = look.count("reviews", SCORES, by=(by,))
    why = look.count("review_reasons", REASONS, by=("why",))
    items = look.count("review_items", ITEMS, by=("item",))
    return (
        section(look, "now", [now.figure(key, alarm=key in ALARMING) for key in NOW]),
        section(look, "whole", scores.figures(*SCORES)),
        section(look, "sampled", sampled.figures(*SAMPLED), [
            table(look, "why", "why", Part(why, REASONS), total=False, chart=Chart(shape="bars", columns=REASONS[:1])),
        ]),
        section(look, "items", (), [
            table(look, "item", "item", Part(items, ITEMS), chart=Chart(shape="bars", columns=ITEMS[:1])),
        ]),
        section(look, "by", (), [
            table(look, by, by, Part(sampled, SAMPLED), Part(scores, CARD),
                  chart=Chart(shape="bars", columns=("reviews.mean_score",))),
        ]),
    )  # fmt: skip


def notes(look: Look) -> Sequence[Note]:
    """How many are to be sampled of everybody's calls of a month."""
    share = house.in_force(look.window.ask, look.window.at).quality.share_percent
    return [note("sampled_share", percent=share)]
