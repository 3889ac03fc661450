"""What collectors and leads follow up, as rows of the random book: their steps, clocks, schedules and payments."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.desk.reports.population import day_of

if TYPE_CHECKING:
    from tests.desk.reports.book import Book, Row

NOW = 1_795_424_400
DAY = 86_400
STAFF = range(4, 10)
CAUSES = ("grave", "repeated", "decided")
KINDS = ("threat", "insult", "false_record")


def add(made: Book, chance: random.Random, number: int) -> None:
    """So many of each kind."""
    for row in made["promise"]:
        _promise_steps(made, chance, row)
    for _ in range(number):
        _complaint(made, chance)
        _violation(made, chance)
        _objection(made, chance)
        _plan(made, chance)
        _emergency(made, chance)
        _stop(made, chance)


def _instant(chance: random.Random) -> int:
    return NOW - chance.randrange(1, 20 * DAY)


def _day(chance: random.Random, back: int = 40, ahead: int = 0) -> date:
    return day_of(NOW) + timedelta(days=chance.randrange(-back, ahead + 1))


def _later(chance: random.Random, at: int, most: int = 12 * DAY) -> int:
    return min(NOW, at + chance.randrange(0, most))


def _step(made: Book, kind: str, row: Row, act: str, state: str, at: int, **content: object) -> None:
    made.add(
        "step", kind=kind, subject=row["id"], case_id=row["case_id"], act=act, state=state, by_staff=None, at=at,
        content=content or None,
    )  # fmt: skip


def _promise_steps(made: Book, chance: random.Random, row: Row) -> None:
    if row["status"] in ("kept", "partly_kept") and chance.random() < 0.9:
        _step(made, "promise", row, "keep", "kept", _later(chance, row["at"]))
    if row["status"] == "kept" and chance.random() < 0.2:  # taken back and paid again
        _step(made, "promise", row, "keep", "kept", _later(chance, row["at"], 19 * DAY))


def _complaint(made: Book, chance: random.Random) -> None:
    received = _day(chance)
    replied = min(day_of(NOW), received + timedelta(days=chance.choice((1, 15, 16, 30, 31, 39))))
    outcome = chance.choice((None, None, "upheld", "upheld", "dismissed", "withdrawn"))
    told = outcome in ("upheld", "dismissed") and chance.random() < 0.8
    ended = "closed" if outcome == "withdrawn" else "replied" if told else "decided"
    status = ended if outcome else chance.choice(("in_hand", "waiting", "extending"))
    last_on = (received + timedelta(days=chance.choice((15, 30)))).isoformat()
    several = chance.choice((1, 1, 2, 3))
    key = made.add(
        "complaint", case_id=chance.randrange(1, 41), channel=chance.choice(("call", "hotline", "regulator")),
        category=chance.choice(("tone", "frequency", "privacy")), content="x", assigned_to=2,
        about=chance.choice((None, *STAFF)), received_at=NOW - 50 * DAY, received_on=received.isoformat(), term=15,
        last_on=last_on, due_on=last_on, by_staff=4, status=status, outcome=outcome,
        upheld=chance.sample(range(1, several + 1), chance.randrange(1, several + 1)) if outcome == "upheld" else [],
        replied_on=replied.isoformat() if told else None, closed_at=NOW if status == "closed" else None,
    )  # fmt: skip
    row = made.get("complaint", key)
    for place in range(2, several + 1):
        made.add(
            "grievance", complaint=key, number=place, category=chance.choice(("tone", "amount")), content="x",
            about=None, at=NOW, by_staff=2,
        )  # fmt: skip
    for act in ("extend", "approve", "extend"):
        if chance.random() < 0.4:
            _step(made, "complaint", row, act, "extending", NOW)


def _violation(made: Book, chance: random.Random) -> None:
    outcome = chance.choice((None, "none", "warned", "suspended"))
    at = _instant(chance)
    made.add(
        "violation", staff=chance.choice(STAFF), kind=chance.choice(KINDS), grave=chance.random() < 0.3,
        source=chance.choice(("wording", "complaint", "review")), case_id=chance.choice((None, 1, 2, 3, 30)),
        evidence="x", recorded_by=2, recorded_at=at, outcome=outcome,
        status=chance.choice(("decided", "appealed", "final")) if outcome else "recorded",
    )  # fmt: skip


def _objection(made: Book, chance: random.Random) -> None:
    at, case = _instant(chance), chance.randrange(1, 41)
    finding = chance.choice((None, "founded", "partly", "unfounded"))
    status = chance.choice(("answered", "closed", "closed")) if finding else chance.choice(("open", "closed"))
    told = status in ("answered", "closed")
    answered = _later(chance, at, 9 * DAY) if told else None
    lifted = chance.choice((None, NOW))
    hold = made.add(
        "hold", debtor=case, kind="objection", debts=[case], persons=[], received_at=at, lifted_at=lifted, allows=[]
    )
    key = made.add(
        "objection", case_id=case, category=chance.choice(("amount", "not_mine", "paid")), content="x", received_at=at,
        via=chance.choice(("call", "letter")), due_on=chance.choice((None, day_of(at + 5 * DAY).isoformat())),
        status=status, by_staff=4, reopened=chance.choice((0, 0, 1)), written=False, finding=finding,
        answered_at=answered, hold=chance.choice((None, hold, hold)),
    )  # fmt: skip
    row = made.get("objection", key)
    if status == "open":
        row["due_on"] = _day(chance, 5, 5).isoformat()
    first = chance.choice(("open", "answered", "closed")) if told else "open"
    _step(made, "objection", row, "record", first, at)
    if answered is not None and first == "open":
        _step(made, "objection", row, "answer", "answered", answered)
    if finding == "founded" and chance.random() < 0.5:
        _step(made, "objection", row, "correct", "closed", NOW)


def _plan(made: Book, chance: random.Random) -> None:
    case, at, currency = chance.randrange(1, 41), _instant(chance), chance.choice(("CNY", "CNY", "USD"))
    status = chance.choice(("draft", "submitted", "approved", "active", "active", "broken", "completed", "returned"))
    as_of, number, each = day_of(NOW) - timedelta(days=60), chance.randrange(1, 5), chance.randrange(100, 900)
    stated = made.add(
        "statement", case_id=case, as_of=as_of.isoformat(), principal=number * each, interest=0, fees=0,
        total=number * each, currency=currency, imported_at=NOW - 59 * DAY, days_past_due=None,
    )  # fmt: skip
    key = made.add(
        "plan", case_id=case, kind=chance.choice(("equal", "extension")),
        difficulty=chance.choice(("medical", "income_lost")), statement=stated, principal=number * each, interest=0,
        fees=0, total=number * each, currency=currency, terms={}, revision=2, digest="x", status=status,
        proposed_by=chance.choice(STAFF), proposed_at=at, submitted_by=None, decided_by=None,
        decide_by=_day(chance, 4, 4).isoformat() if status == "submitted" else None,
    )  # fmt: skip
    for place in range(number):
        for revision in (1, 2):
            due = (day_of(NOW) + timedelta(days=place * 8 - 15)).isoformat()
            amount = each if revision == 2 else 1
            made.add("plan_instalment", plan=key, revision=revision, number=place, due_on=due, amount=amount)
    _plan_steps(made, chance, made.get("plan", key), at)
    for _ in range(chance.randrange(0, 5)):
        _payment(made, chance, case, currency, each)


def _plan_steps(made: Book, chance: random.Random, row: Row, at: int) -> None:
    _step(made, "plan", row, "propose", "draft", at)
    for act in chance.choice(((), ("return", "approve"), ("approve",), ("reject",))):
        at = _later(chance, at, 3 * DAY)
        if chance.random() < 0.9:
            owed = day_of(at + chance.choice((0, 1, 2)) * DAY).isoformat()
            _step(made, "plan", row, "submit", "submitted", at, decide_by=owed)
        at = _later(chance, at, 4 * DAY)
        _step(made, "plan", row, act, "decided", at)
    for act in ("sign", "complete", "break", "resume", "withdraw"):
        if chance.random() < 0.3:
            _step(made, "plan", row, act, "active", _later(chance, at))


def _payment(made: Book, chance: random.Random, case: int, currency: str, most: int) -> None:
    on = (day_of(NOW) - timedelta(days=chance.choice((2, 5, 8, 14, 20, 60, 61)))).isoformat()
    row = {"case_id": case, "currency": currency, "by_staff": 1}
    amount = chance.choice((most, most // 2 + 1, 2 * most))
    at = NOW - chance.choice((1, 58, 62)) * DAY
    key = made.add("payment", **row, amount=amount, paid_on=on, at=at, reverses=None, mark=f"p{len(made['payment'])}")
    if chance.random() < 0.25:
        back = -chance.choice((amount, amount // 2 or amount))
        made.add(
            "payment", **row, amount=back, paid_on=on, at=NOW, reverses=key, reason="x", mark=f"b{len(made['payment'])}"
        )  # fmt: skip


def _emergency(made: Book, chance: random.Random) -> None:
    at = _instant(chance) if chance.random() < 0.8 else NOW - chance.randrange(1, 1200)
    taken = chance.choice((None, at + 60, at + 600, at + 601, at + 4000))
    status = chance.choice(("acknowledged", "release_asked", "closed")) if taken else "open"
    made.add(
        "emergency", case_id=chance.randrange(1, 41), kind=chance.choice(("self_harm", "agitated", "agitated")), at=at,
        by_staff=chance.choice(STAFF), alerted=[], level=chance.choice((0, 0, 1, 2)), status=status, content="",
        acknowledged_at=taken, closed_at=NOW if status == "closed" else None,
    )  # fmt: skip
    made.add(
        "suspension", staff=chance.choice(STAFF), cause=chance.choice(CAUSES), from_at=at,
        lifted_at=chance.choice((None, NOW)),
    )  # fmt: skip


def _stop(made: Book, chance: random.Random) -> None:
    debtor, at, lifted = chance.randrange(1, 41), _instant(chance), chance.choice((None, None, NOW))
    kind, cause = chance.choice(
        (("cease", None), ("cease", "stop_contact.all_contact"), ("attorney", "stop_contact.via_agent"),
         ("contact_refused", "result"), ("attorney", "result"))
    )  # fmt: skip
    made.add(
        "hold", debtor=debtor, kind=kind, cause=cause, debts=chance.choice(([], [debtor])), persons=[], received_at=at,
        lifted_at=lifted, allows=[], by_staff=chance.choice((None, *STAFF)),
    )  # fmt: skip
    number, place = chance.choice(((debtor, None), (None, "work"), (None, "home"), (None, None)))
    made.add(
        "designation", debtor=debtor, via=chance.choice(("debtor", "debtor", "agent")), number=number, place=place,
        kind=chance.choice(("barred", "barred", "only")), weekly=[], debts=[], from_at=chance.choice((None, at, at)),
        revoked_at=lifted,
    )  # fmt: skip
