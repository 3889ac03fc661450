"""The oracle of the staff: who may call, wording, recordings, reviews, training."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from collectdesk.desk.shipped import directory
from tests.desk.reports.book import NOW, TODAY, Book, Row
from tests.desk.reports.people import QUESTIONS
from tests.desk.reports.population import Fits, Population, is_, named, never, of, steps, table, whatever, where

ENDED = ("passed", "failed", "lapsed")
SOON = (TODAY + timedelta(days=30)).isoformat()
TOLERANCE = 15
"""Seconds, by the shipped house rulebook."""
PASS = 80
"""The score the shipped house rulebook asks for."""


def _collectors(book: Book) -> Iterator[Row]:
    """Each with whether they lack something, and whether they are suspended."""
    for row in book["staff"]:
        if row["role"] == "collector":
            held = [each for each in book["qualification"] if each["staff"] == row["id"] and not each.get("revoked_at")]
            good = {each["kind"] for each in held if (each["expires_on"] or "9999") >= TODAY.isoformat()}
            off = any(
                each["staff"] == row["id"] and (each["lifted_at"] is None or each["lifted_at"] > NOW)
                for each in book["suspension"]
            )
            late = any(
                each["staff"] == row["id"] and each["ended_at"] is None and each["due_on"] < TODAY.isoformat()
                for each in book["retraining"]
            )
            yield {**row, "lacks": late or good != {"vetting", "confidentiality", "exam"}, "off": off}


def reviewed(book: Book) -> Iterator[Row]:
    """Reviews with the case of their call."""
    for row in book["quality_review"]:
        yield {**row, "case_id": book.get("call", row["call"])["case_id"]}


def recorded(book: Book) -> Iterator[Row]:
    """Recordings with their call, its length, and whether another has the same file."""
    for row in book["recording"]:
        call = book.get("call", row["call"])
        begun = call.get("connected_at")
        seconds = call["ended_at"] - begun if begun else None
        copies = [each for each in book["recording"] if each.get("digest") and each["digest"] == row.get("digest")]
        facts = {"fault": None, "duration_ms": None, "purged_at": None, **row}
        yield {
            **facts, "collector": call["collector"], "case_id": call["case_id"], "seconds": seconds,
            "when": begun or call["started_at"], "copied": len(copies) > 1,
        }  # fmt: skip


def _differs(row: Row, _book: Book) -> bool:
    if row["seconds"] is None or row["duration_ms"] is None or row["status"] == "purged":
        return False
    return bool(abs(row["duration_ms"] / 1000 - row["seconds"]) > TOLERANCE)


def _answers(book: Book) -> Iterator[Row]:
    for row in book["exam_answer"]:
        attempt = book.get("exam_attempt", row["attempt"])
        if attempt["status"] in ENDED:
            yield {**row, "staff": attempt["staff"], "when": attempt["ended_at"]}


def _retrainings(book: Book) -> Iterator[Row]:
    for row in book["retraining"]:
        if row["ended_at"] is None:
            yield {**row, "case_id": book.get("call", row["call"])["case_id"] if row["call"] else None}


def _refreshers(book: Book) -> Iterator[Row]:
    """The exam of everybody that lasts longest."""
    last: dict[int, Row] = {}
    for row in book["qualification"]:
        if row["kind"] == "exam" and row.get("revoked_at") is None:
            known = last.get(row["staff"])
            if known is None or row["expires_on"] >= known["expires_on"]:
                last[row["staff"]] = row
    return iter(last.values())


def _rehearsals(book: Book) -> Iterator[Row]:
    for row in book["attestation"]:
        if row["kind"] == "rehearsal":
            yield {**row, "points": row["scope"]["points"]}


def _parts(book: Book) -> Iterator[Row]:
    for row in book["exchange_part"]:
        yield {**row, "held_on": book.get("exchange", row["exchange"])["held_on"]}


def _chances(book: Book) -> Iterator[Row]:
    """What the gate says of every case, which was asked when the book was put on the desk."""
    for row in book["chance"]:
        yield {**row, "collector": book.get("case_file", row["case"])["collector"]}


def _hours(book: Book) -> Iterator[Row]:
    return ({**row, "hour": f"{hour:02}"} for row in _chances(book) for hour in row["hours"])


def _dials(book: Book) -> Iterator[Row]:
    return (row for row in _chances(book) for _ in range(row["dials"]))


def _days(_book: Book) -> Iterator[Row]:
    """The year adopted, day by day: open from 9 to 20 but for the last ten minutes, closed in the breaks announced."""
    told = json.loads((directory() / "calendars" / "CN-2026.json").read_text("utf-8"))
    listed = {each["date"]: each["kind"] for each in told["days"]}
    for place in range(365):
        on = date(2026, 1, 1) + timedelta(days=place)
        usual = "workday" if on.isoweekday() <= 5 else "rest_day"
        kind = listed.get(on.isoformat(), usual)
        yield {"on": on.isoformat(), "kind": kind, "seconds": 0 if "holiday" in kind else (20 - 9) * 3600 - 600}


def _connected(book: Book) -> Iterator[Row]:
    for row in book["call"]:
        if row.get("connected_at"):
            yield {**row, "sampled": any(each["call"] == row["id"] for each in book["quality_review"])}


def _reasons(book: Book) -> Iterator[Row]:
    return ({**row, "reason": why} for row in reviewed(book) for why in row["why"])


def _items(book: Book) -> Iterator[Row]:
    """Of each review told the newest answer to every item, by whoever's review counts."""
    for review in reviewed(book):
        if review["told_at"] is not None:
            order = ((3, review["settled_by"]), (2, review["second_by"]), (1, review["first_by"]))
            counts = next(each for each in order if each[1] is not None)
            mine = [each for each in book["quality_answer"] if each["review"] == review["id"]]
            newest = {each["item"]: each for each in mine if (each["round"], each["by_staff"]) == counts}
            yield from ({**review, **each} for each in newest.values() if each["level"] != "not_applicable")


def _overdue(row: Row, _book: Book) -> bool:
    return row["status"] in ("waiting", "claimed", "recheck", "rechecking") and row["due_at"] <= NOW


POPULATIONS: dict[str, Population] = {
    "connected": Population(_connected, of("connected_at"), of("collector"), of("case_id"), {}),
    "reviews_open": Population(
        where(reviewed, lambda row: row["status"] != "final"), never, of("collector"), of("case_id"), {}
    ),
    "review_reasons": Population(_reasons, of("picked_at"), of("collector"), of("case_id"), {"why": named("reason")}),
    "review_items": Population(_items, of("told_at"), of("collector"), of("case_id"), {"item": named("item")}),
    "calendar_days": Population(_days, of("on"), never, never, {}),
    "capacity": Population(
        _chances, never, of("collector"), of("case"), {"bars": named("bars"), "room": named("room")}
    ),
    "capacity_hours": Population(_hours, never, of("collector"), of("case"), {"hour": named("hour")}),
    "capacity_dials": Population(_dials, never, of("collector"), of("case"), {}),
    "recordings": Population(recorded, of("when"), of("collector"), of("case_id"), {"recording": named("status")}),
    "recordings_destroyed": Population(
        where(recorded, lambda row: row["purged_at"] is not None), of("purged_at"), of("collector"), of("case_id"), {}
    ),
    "recordings_found": Population(
        where(table("found_recording"), lambda row: row["status"] not in ("chosen", "dismissed")),
        never,
        never,
        never,
        {},
    ),
    "destructions_open": Population(
        where(table("destruction"), lambda row: row["status"] != "refused"), never, of("asked_by"), of("case_id"), {}
    ),
    "exams": Population(
        where(table("exam_attempt"), lambda row: row["status"] in ENDED),
        of("ended_at"),
        of("staff"),
        never,
        {"exam": named("status")},
    ),
    "exam_answers": Population(
        _answers, of("when"), of("staff"), never, {"section": lambda row: QUESTIONS[row["question"]]}
    ),
    "refreshers": Population(_refreshers, never, of("staff"), never, {}),
    "readings": Population(lambda _book: (), never, never, never, {}),
    "retrainings": Population(_retrainings, never, of("staff"), of("case_id"), {"section": named("section")}),
    "rehearsals": Population(_rehearsals, of("at"), of("by_staff"), never, {}),
    "exchanges": Population(table("exchange"), of("held_on"), of("by_staff"), never, {}),
    "exchange_parts": Population(_parts, of("held_on"), of("staff"), never, {}),
    "standings": Population(_collectors, never, of("id"), never, {}),
    "wordings": Population(table("conduct_warning"), of("at"), of("staff"), of("case_id"), {}),
    "reviews": Population(
        where(reviewed, lambda row: row["told_at"] is not None), of("told_at"), of("collector"), of("case_id"), {}
    ),
}
FIGURES: dict[str, Fits] = {
    "connected.calls": whatever,
    "connected.sampled": is_("sampled", True),
    "reviews_open.waiting": is_("status", "waiting", "claimed"),
    "reviews_open.again": is_("status", "recheck", "rechecking"),
    "reviews_open.differing": is_("status", "differing"),
    "reviews_open.overdue": _overdue,
    "reviews_open.disputed": is_("status", "replied", "answered"),
    "review_reasons.times": whatever,
    "review_reasons.told": lambda row, _: row["told_at"] is not None,
    "review_items.scored": whatever,
    "review_items.part": is_("level", "part"),
    "review_items.missed": is_("level", "none"),
    "review_items.found": is_("level", "found"),
    "review_items.failed": is_("level", "part", "none", "found"),
    "calendar_days.days": whatever,
    "calendar_days.open": lambda row, _: row["seconds"] > 0,
    "calendar_days.closed": is_("seconds", 0),
    "calendar_days.working": is_("kind", "workday", "makeup_workday"),
    "calendar_days.holidays": is_("kind", "statutory_holiday", "announced_holiday"),
    "calendar_days.makeup": is_("kind", "makeup_workday"),
    "calendar_days.unconfirmed": is_("kind", "never"),
    "calendar_days.hours": whatever,
    "capacity.cases": whatever,
    "capacity.today": is_("room", "now", "later"),
    **{f"capacity.{room}": is_("room", room) for room in ("now", "later", "another_day", "act")},
    "capacity_hours.open": whatever,
    "capacity_dials.left": whatever,
    "recordings.calls": whatever,
    "recordings.kept": is_("status", "kept", "purge_asked", "purged"),
    "recordings.named": lambda row, _: row["status"] == "named" and row["due_at"] is None,
    "recordings.owed": lambda row, _: row["due_at"] is not None,
    "recordings.overdue": lambda row, _: row["due_at"] is not None and row["due_at"] <= NOW,
    "recordings.absent": is_("status", "absent"),
    "recordings.destroyed": is_("status", "purged"),
    "recordings.mismatched": _differs,
    "recordings.duplicate": is_("copied", True),
    **{f"recordings.{fault}": is_("fault", fault) for fault in ("altered", "vanished", "unreadable")},
    "recordings_destroyed.destroyed": whatever,
    "recordings_found.unclaimed": is_("status", "ambiguous", "unmatched"),
    "recordings_found.copies": is_("status", "duplicate"),
    "destructions_open.waiting": is_("status", "asked"),
    "destructions_open.approved": is_("status", "approved"),
    "exams.taken": whatever,
    **{f"exams.{status}": is_("status", status) for status in ENDED},
    "exams.mean_score": lambda row, _: row["score"] is not None,
    "exam_answers.answered": whatever,
    "exam_answers.right": is_("correct", True),
    "refreshers.due": lambda row, _: TODAY.isoformat() <= row["expires_on"] <= SOON,
    "readings.unread": whatever,
    "readings.retests": whatever,
    "readings.overdue": whatever,
    "retrainings.waiting": whatever,
    "retrainings.overdue": lambda row, _: row["due_on"] < TODAY.isoformat(),
    "rehearsals.held": whatever,
    "rehearsals.mean_points": whatever,
    "exchanges.held": whatever,
    "exchange_parts.attended": whatever,
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
AMOUNTS = {
    "calendar_days.hours": ("seconds", ""),
    **dict.fromkeys(("reviews.mean_score", "exams.mean_score"), ("score", "")),
    "rehearsals.mean_points": ("points", ""),
}
"""Figures that are sums: the field, and beside it the currency's."""
