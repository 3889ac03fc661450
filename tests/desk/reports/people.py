"""What there is of the staff, as rows of the random book: standing, training, recordings, reviews of their calls."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.desk.reports.population import day_of

if TYPE_CHECKING:
    from tests.desk.reports.book import Book

NOW = 1_795_424_400
DAY = 86_400
STAFF = range(4, 10)
TABLES = (
    "conduct_warning", "quality_review", "quality_answer", "exam_attempt", "exam_answer", "exchange",
    "exchange_part", "retraining", "attestation", "found_recording", "destruction",
)  # fmt: skip
TOLD = ("told", "confirmed", "replied", "answered", "final")


def add(made: Book, chance: random.Random, number: int) -> None:
    """So many of each kind."""
    _qualified(made)
    for _ in range(number):
        _warning(made, chance)
        _reviewed(made, chance)


def _instant(chance: random.Random, back: int = 20) -> int:
    return NOW - chance.randrange(1, back * DAY)


def _qualified(made: Book) -> None:
    """Everybody but the last is vetted, everybody but the first two has signed."""
    known = {"passed_on": "2026-01-01", "by_whom": "x", "attested_by": 1, "recorded_at": 0, "expires_on": None}
    for staff in STAFF:
        if staff != STAFF[-1]:
            made.add("qualification", staff=staff, kind="vetting", **known)
        if staff not in STAFF[:2]:
            made.add("qualification", staff=staff, kind="confidentiality", **known)


def _warning(made: Book, chance: random.Random) -> None:
    quoted = chance.random() < 0.3
    made.add(
        "conduct_warning", staff=chance.choice(STAFF), case_id=chance.choice((None, 1, 2, 30)), entry="threat.jail",
        place="note", blocked=not quoted and chance.random() < 0.5, debtors_words=quoted, at=_instant(chance),
    )  # fmt: skip


def call(made: Book, chance: random.Random, **more: Any) -> int:
    """A connected call of somebody, which has ended."""
    at = _instant(chance)
    values = {"connected_at": at + 9, "ended_at": at + chance.choice((39, 120)), **more}
    return made.add(
        "call", case_id=chance.randrange(1, 41), collector=chance.choice(STAFF), direction="out", driver="json",
        step="done", state={}, started_at=at, **values,
    )  # fmt: skip


def _reviewed(made: Book, chance: random.Random) -> None:
    key = call(made, chance)
    row = made.get("call", key)
    status = chance.choice(("waiting", "claimed", "differing", *TOLD, *TOLD))
    told = _instant(chance) if status in TOLD else None
    second = status in ("confirmed", "answered", "differing") or chance.random() < 0.2
    score = chance.choice((0, 55, 79, 80, 95)) if told else None
    picked = _instant(chance)
    made["quality_review"].append(
        {
            "id": key, "call": key, "collector": row["collector"], "month": day_of(picked).isoformat()[:7],
            "why": chance.sample(("complaint", "share", "wording", "new_staff"), chance.choice((1, 1, 2))),
            "status": status, "picked_at": picked, "due_at": picked + chance.choice((DAY, 30 * DAY)),
            "claimed_by": 2 if status == "claimed" else None, "claimed_until": NOW if status == "claimed" else None,
            "first_by": 2, "second_by": 3 if second else None, "settled_by": chance.choice((None, 1)) if told else None,
            "score": score, "fatal": score == 0 if told else None, "told_at": told, "reply_until": None,
            "ended_at": NOW if status == "final" else None,
        }
    )  # fmt: skip
    if status in ("replied", "answered") or (status == "final" and chance.random() < 0.5):
        made.add(
            "step", kind="quality_review", subject=key, case_id=row["case_id"], act="reply", state="replied",
            by_staff=row["collector"], at=NOW, content=None,
        )  # fmt: skip


def day(chance: random.Random, back: int = 40, ahead: int = 0) -> date:
    """A local date so many days back at most, or ahead."""
    return day_of(NOW) + timedelta(days=chance.randrange(-back, ahead + 1))
