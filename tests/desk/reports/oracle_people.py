"""The oracle of the staff: who may call, wording, recordings, reviews, training."""

from __future__ import annotations

from collections.abc import Iterator

from tests.desk.reports.book import NOW, TODAY, Book, Row
from tests.desk.reports.population import Fits, Population, is_, never, of, steps, table, whatever, where

PASS = 80
"""The score the shipped house rulebook asks for."""


def _collectors(book: Book) -> Iterator[Row]:
    """Each with whether they lack something, and whether they are suspended."""
    for row in book["staff"]:
        if row["role"] == "collector":
            held = [each for each in book["qualification"] if each["staff"] == row["id"]]
            good = {each["kind"] for each in held if (each["expires_on"] or "9999") >= TODAY.isoformat()}
            off = any(
                each["staff"] == row["id"] and (each["lifted_at"] is None or each["lifted_at"] > NOW)
                for each in book["suspension"]
            )
            yield {**row, "lacks": good != {"vetting", "confidentiality", "exam"}, "off": off}


def reviewed(book: Book) -> Iterator[Row]:
    """Reviews with the case of their call."""
    for row in book["quality_review"]:
        yield {**row, "case_id": book.get("call", row["call"])["case_id"]}


POPULATIONS: dict[str, Population] = {
    "standings": Population(_collectors, never, of("id"), never, {}),
    "wordings": Population(table("conduct_warning"), of("at"), of("staff"), of("case_id"), {}),
    "reviews": Population(
        where(reviewed, lambda row: row["told_at"] is not None), of("told_at"), of("collector"), of("case_id"), {}
    ),
}
FIGURES: dict[str, Fits] = {
    "standings.collectors": whatever,
    "standings.able": lambda row, _: not row["lacks"] and not row["off"],
    "standings.lacking": is_("lacks", True),
    "standings.suspended": is_("off", True),
    "wordings.hits": is_("debtors_words", False),
    "wordings.blocked": lambda row, _: row["blocked"] and not row["debtors_words"],
    "wordings.quoted": is_("debtors_words", True),
    "reviews.told": whatever,
    "reviews.mean_score": whatever,
    "reviews.below": lambda row, _: row["score"] < PASS,
    "reviews.fatal": is_("fatal", True),
    "reviews.second": lambda row, _: row["second_by"] is not None,
    "reviews.settled": lambda row, _: row["settled_by"] is not None,
    "reviews.replied": lambda row, book: bool(steps(book, "quality_review", row["id"], "reply")),
}
AMOUNTS = {"reviews.mean_score": ("score", "")}
"""Figures that are sums: the field, and beside it the currency's."""
