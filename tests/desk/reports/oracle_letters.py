"""The oracle of letters, and of what the phone's records show and nobody has explained."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from tests.desk.reports.book import Book, Row
from tests.desk.reports.population import Fits, Population, is_, never, of, steps, table, whatever, where

KIND = {"notice": of("kind")}


def _done(book: Book) -> Iterator[Row]:
    for letter in book["letter"]:
        for step in steps(book, "letter", letter["id"]):
            yield {**letter, "act": step["act"], "at": step["at"]}


def _again(row: Row, book: Book) -> bool:
    """Whether another of the kind was made for the same person afterwards, and is not void or back too."""
    alike = ("case_id", "kind", "person")
    return any(
        other["id"] > row["id"]
        and all(other[name] == row[name] for name in alike)
        and other["status"] in ("made", "sent", "received")
        for other in book["letter"]
    )


def _altered(row: Row, _book: Book) -> bool:
    return row["serial"] is not None and any(
        sha256(row[name].encode()).hexdigest() != row[f"{name}_digest"] for name in ("html", "plain")
    )


_NOW = Population(table("letter"), never, of("made_by"), of("case_id"), KIND)
POPULATIONS = {
    "notices": Population(_done, of("at"), of("made_by"), of("case_id"), KIND),
    "notices_open": _NOW,
    "notices_altered": _NOW,
    "dial_findings_open": Population(
        where(table("dial_finding"), lambda row: row["status"] == "open"),
        never, of("staff"), of("about"), {"dial_finding": of("kind")},
    ),
}  # fmt: skip
FIGURES: dict[str, Fits] = {
    "notices.made": is_("act", "make"),
    "notices.sent": is_("act", "send"),
    "notices.outside": is_("act", "attest"),
    "notices.received": is_("act", "receive"),
    "notices.returned": is_("act", "return"),
    "notices.void": is_("act", "void"),
    "notices_open.unsent": is_("status", "made"),
    "notices_open.returned": lambda row, book: row["status"] == "returned" and not _again(row, book),
    "notices_altered.altered": _altered,
    "dial_findings_open.unexplained": whatever,
}
