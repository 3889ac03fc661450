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
QUESTIONS = {
    "law_unanswered": "law",
    "law_more_than": "law",
    "biz_before": "business",
    "eth_gift": "ethics",
    "gone": "",
}
"""Questions of the shipped course, one it never had, and the section of each."""
ITEMS = ("courtesy", "listening", "threat")
TOLD = ("told", "confirmed", "replied", "answered", "final")


def add(made: Book, chance: random.Random, number: int) -> None:
    """So many of each kind."""
    _qualified(made)
    made.add("recording_keeper", name="k", folder="x", learned=0, added_at=0, added_by=1)
    for _ in range(number):
        _warning(made, chance)
        _reviewed(made, chance)
        _recorded(made, chance)
        _found(made, chance)
        _examined(made, chance)
        _rehearsed(made, chance)


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
    for _ in range(6):
        made.add(
            "quality_answer", review=key, round=chance.choice((1, 1, 2, 3)), item=chance.choice(ITEMS),
            level=chance.choice(("full", "part", "none", "not_applicable")), reason=None, note=None,
            by_staff=chance.choice((1, 2, 2, 3)), at=NOW,
        )  # fmt: skip
    if status in ("replied", "answered") or (status == "final" and chance.random() < 0.5):
        made.add(
            "step", kind="quality_review", subject=key, case_id=row["case_id"], act="reply", state="replied",
            by_staff=row["collector"], at=NOW, content=None,
        )  # fmt: skip


def _recorded(made: Book, chance: random.Random) -> None:
    """A call with what became of its recording."""
    key = call(made, chance)
    at = made.get("call", key)["started_at"]
    status = chance.choice(("owed", "named", "kept", "kept", "kept", "absent", "purge_asked", "purged"))
    due = status == "owed" or (status == "named" and chance.random() < 0.5)
    kept = status in ("kept", "purge_asked", "purged")
    row: dict[str, Any] = {"due_at": at + chance.choice((DAY, 30 * DAY)) if due else None, "at": at, "fault": None}
    if kept:
        row |= {
            "keeper": 1, "file": f"{key}.wav", "digest": f"{chance.randrange(40):064}", "size": 9, "format": "wav",
            "duration_ms": 1000 * chance.choice((15, 30, 45, 46, 111)), "kept_at": at, "kept_by": 2,
        }  # fmt: skip
    if status == "kept":
        row["fault"] = chance.choice((None, "altered", "vanished", "unreadable"))
    made.add("recording", call=key, status=status, purged_at=_instant(chance) if status == "purged" else None, **row)


def _found(made: Book, chance: random.Random) -> None:
    key = len(made["found_recording"]) + 1
    status = chance.choice(("ambiguous", "unmatched", "duplicate", "chosen", "dismissed"))
    made.add(
        "found_recording", keeper=1, file=f"found{key}.wav", digest="x", size=9, duration_ms=9000, format="wav",
        candidates=[], status=status, call=None, at=NOW, modified_ns=0,
    )  # fmt: skip
    status = chance.choice(("asked", "approved", "refused"))
    made.add(
        "destruction", kind=chance.choice(("recordings", "case_returned")), case_id=chance.choice((None, 3, 30)),
        status=status, reason="x", asked_by=chance.choice(STAFF), asked_at=_instant(chance), certificate=None,
    )  # fmt: skip


def _examined(made: Book, chance: random.Random) -> None:
    at, status = _instant(chance), chance.choice(("open", "passed", "failed", "failed", "lapsed", "void"))
    staff = chance.choice(STAFF)
    over = status in ("passed", "failed")
    key = made.add(
        "exam_attempt", staff=staff, course="collector", version="1", digest="x", seed=1, drawn=[], pass_mark=80,
        status=status, started_at=at, until=at + 7200, ended_at=None if status == "open" else min(NOW, at + 900),
        score=chance.choice((40, 84, 100)) if over else None,
    )  # fmt: skip
    for question in chance.sample(list(QUESTIONS), 3):
        made.add("exam_answer", attempt=key, question=question, chosen=["a"], correct=chance.random() < 0.7, at=at)
    made.add(
        "retraining", staff=staff, section=chance.choice(("law", "ethics")), call=chance.choice((None, 1, 2)),
        due_on=day(chance, 3, 9).isoformat(), by_staff=2, at=at, ended_at=chance.choice((None, NOW, NOW)),
    )  # fmt: skip
    if chance.random() < 0.3:
        made.add(
            "qualification", staff=staff, kind="exam", passed_on="2026-01-01", by_whom="x", attested_by=1,
            recorded_at=at + chance.choice((-1, 0, 1)), expires_on="2026-01-02", revoked_at=chance.choice((None, NOW)),
        )  # fmt: skip


def _rehearsed(made: Book, chance: random.Random) -> None:
    made.add(
        "attestation", kind=chance.choice(("rehearsal", "no_other_calls")), by_staff=chance.choice(STAFF),
        at=_instant(chance), scope={"with": "calm", "points": chance.choice((50, 75, 100))},
    )  # fmt: skip
    key = made.add("exchange", held_on=day(chance).isoformat(), topic="x", minutes=None, by_staff=2, at=NOW)
    for staff in chance.sample(STAFF, 2):
        made.add("exchange_part", exchange=key, staff=staff)


def day(chance: random.Random, back: int = 40, ahead: int = 0) -> date:
    """A local date so many days back at most, or ahead."""
    return day_of(NOW) + timedelta(days=chance.randrange(-back, ahead + 1))
