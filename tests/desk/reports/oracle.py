"""The slow and obvious answer: every figure counted in Python over the rows of a book, one predicate a figure.

A population says which rows there are, when each was, whose it is and which case it belongs to; ``FIGURES`` says of
each figure which of them it means. Nothing here knows SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.desk.reports.book import NOW, TODAY, Book, Row

NOBODY = (
    "no_answer", "rejected", "busy", "switched_off", "unreachable", "suspended", "void_number", "voicemail",
    "voicemail_full", "ringless", "carrier_blocked", "network_failed", "not_dialled",
)  # fmt: skip
CAPS = {
    # rule: limit, counted for, whose calls, measure, of debtors (True), of others (False), of both (None)
    "house/dials-per-day": (4, "person", "own", "dial", True),
    "house/talks-per-day": (2, "person", "own", "answered", True),
    "house/talks-of-all-per-day": (3, "person", "all", "answered", True),
    "house/dials-per-number": (3, "number", "own", "dial", None),
    "house/contact-dials-per-day": (2, "person", "own", "dial", False),
    "house/contact-talks-per-day": (1, "person", "own", "answered", False),
}
"""The daily caps of the shipped house rulebook, read from its text by hand."""


@dataclass(frozen=True)
class Population:
    """The rows of a relation, as they were said to be."""

    rows: Callable[[Book], Iterable[Row]]
    when: Callable[[Row], int | str | None]
    whose: Callable[[Row], int | None]
    case: Callable[[Row], int | None]
    groups: dict[str, Callable[[Row], str]]


@dataclass(frozen=True)
class Asked:
    """Which rows are wanted: local dates, the staff whose work counts (none: all), a product, a stage, one group."""

    first: date
    last: date
    keys: frozenset[int] | None = None
    product: str = ""
    stage: str = ""
    until: int = NOW + 1
    """Instants from here on are not counted."""


def local(at: int) -> datetime:
    """The house's local time."""
    return datetime.fromtimestamp(at, UTC) + timedelta(hours=8)


def rows(book: Book, key: str, asked: Asked) -> list[Row]:
    """The rows a figure counts."""
    population = POPULATIONS[key.partition(".")[0]]
    return [
        row
        for row in population.rows(book)
        if _inside(population.when(row), asked)
        and (asked.keys is None or key.startswith("clock.") or population.whose(row) in asked.keys)
        and _case_fits(book, population, row, asked)
        and FIGURES[key](row, book)
    ]


def group(book: Book, key: str, by: str, row: Row) -> str:
    """Which group of a dimension a row belongs to."""
    population = POPULATIONS[key.partition(".")[0]]
    if by in population.groups:
        return population.groups[by](row)
    if by in ("collector", "team"):
        who = population.whose(row)
        staff = book.get("staff", who) if who else {}
        team = staff.get("team")
        return str(staff.get("number", "")) if by == "collector" else book.get("team", team)["name"] if team else ""
    when, case = population.when(row), population.case(row)
    if by in ("product", "stage"):
        return _product(book, case) if by == "product" else _stage(book, case, _day(when))
    if by == "hour":
        assert isinstance(when, int)
        return f"{local(when).hour:02}"
    return {"day": _day(when).isoformat(), "week": f"{_day(when):%G-W%V}", "month": f"{_day(when):%Y-%m}"}[by]


def _inside(when: int | str | None, asked: Asked) -> bool:
    if when is None:
        return True
    return asked.first <= _day(when) <= asked.last and (isinstance(when, str) or when < asked.until)


def _day(when: int | str | None) -> date:
    if when is None:
        return TODAY
    return date.fromisoformat(when) if isinstance(when, str) else local(when).date()


def _case_fits(book: Book, population: Population, row: Row, asked: Asked) -> bool:
    case = population.case(row)
    if asked.product and _product(book, case) != asked.product:
        return False
    return not asked.stage or _stage(book, case, _day(population.when(row))) == asked.stage


def _product(book: Book, case: int | None) -> str:
    return (book.get("case_file", case)["type"] or "") if case else ""


def _stage(book: Book, case: int | None, day: date) -> str:
    if case is None:
        return ""
    stated = [row for row in book["statement"] if row["case_id"] == case]
    latest = max(stated, key=lambda row: (row["as_of"], row["imported_at"], row["id"]), default=None)
    if latest is not None and latest["days_past_due"] is not None:
        days = latest["days_past_due"] + (day - date.fromisoformat(latest["as_of"])).days
    else:
        days = (day - date.fromisoformat(book.get("case_file", case)["due_on"])).days
    months = -(-max(0, days) // 30)
    return f"M{months}" if months < 7 else "M6+"


def _own_calls(book: Book) -> Iterator[Row]:
    for row in book["contact_event"]:
        if row["kind"] == "call" and row["direction"] == "out" and row["superseded_at"] is None and row["org"] == 1:
            yield row


def _refused(book: Book) -> Iterator[Row]:
    for row in book["permit"]:
        if row["state"] == "refused":
            verdict = book.get("verdict", row["verdict"])
            yield {**row, "when": verdict["at"], "blocks": verdict["decision"]["blocks"]}


def _objecting(book: Book) -> Iterator[Row]:
    for row in _refused(book):
        for block in row["blocks"]:
            yield {**row, "rule": block["rule"]}


def _corrections(book: Book) -> Iterator[Row]:
    for row in book["contact_event"]:
        if row["corrects"] is not None and row["direction"] == "out":
            yield {**row, "before": book.get("contact_event", row["corrects"])}


def _unpermitted(book: Book) -> Iterator[Row]:
    permitted = {row["event"] for row in book["permit"]}
    return (row for row in _own_calls(book) if row["line"] != "not_dialled" and row["id"] not in permitted)


def _person_days(book: Book) -> Iterator[Row]:
    """For each cap, each person or number of a day with its count; the day is the last caller's."""
    for rule, (limit, per, orgs, measure, debtors) in CAPS.items():
        days: dict[tuple[int, date], list[Row]] = {}
        for row in book["contact_event"]:
            placed = row["kind"] == "call" and row["direction"] == "out" and row["superseded_at"] is None
            if placed and row["at"] <= NOW:
                days.setdefault((row[per], local(row["at"]).date()), []).append(row)
        for calls in days.values():
            counted = [
                row for row in calls if (orgs == "all" or row["org"] == 1) and (measure == "dial" or _spoke(row))
            ]
            spoken_to = debtors is None or debtors in {row["person"] == row["debtor"] for row in calls}
            if counted and spoken_to:
                last = max(calls, key=lambda row: (row["at"], row["by_staff"] or 0))
                yield {
                    "rule": rule, "limit": limit, "used": len(counted), "at": last["at"], "staff": last["by_staff"],
                    "case": min(calls, key=lambda row: str(row["debts"]))["debts"][0],
                }  # fmt: skip


def _spoke(row: Row) -> bool:
    return row["line"] not in NOBODY and row["answered_by"] in (None, row["person"])


def _talked(row: Row) -> bool:
    return row["line"] not in NOBODY


def _freed(row: Row, _book: Book) -> bool:
    return _talked(row["before"]) and not _talked(row)


def _opened(row: Row, book: Book) -> bool:
    return _freed(row, book) and any(
        permit["shown_at"] is not None
        and permit["debtor"] == row["debtor"]
        and permit["shown_at"] >= row["recorded_at"]
        and local(permit["shown_at"]).date() == local(row["recorded_at"]).date()
        for permit in book["permit"]
    )


def _certificates(book: Book) -> Iterator[Row]:
    best: dict[tuple[int, str], Row] = {}
    for row in book["qualification"]:
        key = (row["staff"], row["kind"])
        if key not in best or row["expires_on"] >= best[key]["expires_on"]:
            best[key] = row
    return iter(best.values())


def _table(name: str) -> Callable[[Book], Iterable[Row]]:
    return lambda book: book[name]


def _of(name: str) -> Callable[[Row], Any]:
    return lambda row: row[name]


def _never(_row: Row) -> None:
    return None


def _case_collector(book_rows: str) -> Callable[[Book], Iterator[Row]]:
    """Rows with the collector of their case beside them."""
    return lambda book: (
        {**row, "holder": book.get("case_file", row["case_id"])["collector"]} for row in book[book_rows]
    )


def _where(rows_: Callable[[Book], Iterable[Row]], fits: Callable[[Row], bool]) -> Callable[[Book], Iterator[Row]]:
    return lambda book: (row for row in rows_(book) if fits(row))


def _first_debt(row: Row) -> int | None:
    return int(row["debts"][0]) if row["debts"] else None


def _consents(book: Book) -> Iterator[Row]:
    for row in book["consent"]:
        if row["revoked_at"] is None:
            event = book.get("contact_event", row["in_event"]) if row["in_event"] else {}
            yield {**row, "whose": event.get("by_staff")}


def _recordings(book: Book) -> Iterator[Row]:
    for row in book["recording"]:
        call = book.get("call", row["call"])
        yield {**row, "collector": call["collector"], "case_id": call["case_id"]}


_CALL = {"line": _of("line")}
POPULATIONS: dict[str, Population] = {
    "calls": Population(_own_calls, _of("at"), _of("by_staff"), _first_debt, _CALL),
    "unpermitted": Population(_unpermitted, _of("at"), _of("by_staff"), _first_debt, _CALL),
    "refusals": Population(_refused, _of("when"), _of("collector"), _of("case_id"), {}),
    "objecting": Population(_objecting, _of("when"), _of("collector"), _of("case_id"), {"rule": _of("rule")}),
    "permits": Population(
        _where(_table("permit"), lambda row: row["shown_at"] is not None),
        _of("shown_at"), _of("collector"), _of("case_id"), {},
    ),
    "corrections": Population(_corrections, _of("recorded_at"), _of("by_staff"), _first_debt, {}),
    "caps": Population(_person_days, _of("at"), _of("staff"), _of("case"), {"rule": _of("rule")}),
    "consents": Population(_consents, _of("given_at"), _of("whose"), _first_debt, {}),
    "clock": Population(_table("journal"), _of("at"), _never, _never, {}),
    "promises": Population(_table("promise"), _of("at"), _of("by_staff"), _of("case_id"), {}),
    "promises_due": Population(
        _table("promise"), lambda row: row["last_on"] or row["pay_on"], _of("by_staff"), _of("case_id"), {}
    ),
    "objections_open": Population(
        _where(_case_collector("objection"), lambda row: row["status"] in ("open", "verified")),
        _never, _of("holder"), _of("case_id"), {},
    ),
    "complaints_open": Population(
        _where(_case_collector("complaint"), lambda row: row["status"] != "closed"),
        _never, _of("holder"), _of("case_id"), {},
    ),
    "plans_open": Population(_table("plan"), _never, _of("proposed_by"), _of("case_id"), {}),
    "emergencies_open": Population(
        _where(_table("emergency"), lambda row: row["status"] != "closed"),
        _never, _of("by_staff"), _of("case_id"), {},
    ),
    "recordings_owed": Population(
        _where(_recordings, lambda row: row["due_at"] is not None),
        _never, _of("collector"), _of("case_id"), {},
    ),
    "certificates": Population(_certificates, _never, _of("staff"), _never, {}),
}  # fmt: skip


def _any(_row: Row, _book: Book) -> bool:
    return True


def _is(name: str, *values: object) -> Callable[[Row, Book], bool]:
    return lambda row, _book: row[name] in values


def _answered(row: Row, _book: Book) -> bool:
    return bool(row["line"] == "answered")


SOON = TODAY + timedelta(days=30)
FIGURES: dict[str, Callable[[Row, Book], bool]] = {
    "calls.dialled": lambda row, _: row["line"] != "not_dialled",
    "calls.answered": _answered,
    "calls.right_party": lambda row, book: (
        _answered(row, book) and row["identity"] == "verified" and row["answered_by"] == row["debtor"]
    ),
    "calls.others": lambda row, book: _answered(row, book) and row["answered_by"] not in (None, row["debtor"]),
    "calls.talks": lambda row, book: _answered(row, book) and row["talk"] == "conversation",
    "calls.talk": lambda row, book: _answered(row, book) and row["duration_s"] is not None,
    "calls.mean_talk": lambda row, book: _answered(row, book) and row["duration_s"] is not None,
    "calls.unknown": _is("line", "unknown"),
    "calls.dropped": _is("line", "dropped"),
    "calls.not_dialled": _is("line", "not_dialled"),
    "unpermitted.dialled": _any,
    "unpermitted.imported": lambda row, _: row.get("import_batch") is not None,
    "refusals.refused": _any,
    "refusals.at_showing": lambda row, _: row["granted_at"] < row["when"],
    "refusals.call_unresolved": _is("reason", "call_unresolved"),
    "objecting.times": _any,
    "permits.shown": _any,
    "permits.near_closing": lambda row, _: (
        row["allowed_until"] is not None and row["allowed_until"] - row["shown_at"] <= 600
    ),
    "permits.shift_close": _is("reason", "shift_close"),
    "corrections.made": _any,
    "corrections.freed": _freed,
    "corrections.opened": _opened,
    "caps.days": _any,
    "caps.below": lambda row, _: row["used"] < row["limit"],
    "caps.used_up": lambda row, _: row["used"] == row["limit"],
    "caps.over": lambda row, _: row["used"] > row["limit"],
    "consents.given": _any,
    "consents.hours": lambda row, _: "hours" in row["opens"],
    "consents.cap": lambda row, _: bool({"cap", "rest"} & set(row["opens"])),
    "clock.jumps": _is("action", "clock.jump"),
    "clock.confirmed": _is("action", "clock.confirm"),
    "promises.made": _any,
    "promises.amount": _any,
    "promises_due.judged": _is("status", "kept", "partly_kept", "broken"),
    "promises_due.kept": _is("status", "kept"),
    "promises_due.partly_kept": _is("status", "partly_kept"),
    "promises_due.broken": _is("status", "broken"),
    "objections_open.open": _any,
    "objections_open.overdue": lambda row, _: row["due_on"] < TODAY.isoformat(),
    "complaints_open.open": _any,
    "complaints_open.overdue": lambda row, _: row["last_on"] < TODAY.isoformat() and row["status"] != "replied",
    "plans_open.waiting": _any,
    "plans_open.overdue": _any,
    "emergencies_open.untaken": _is("status", "open"),
    "emergencies_open.in_hand": lambda row, _: row["status"] != "open",
    "recordings_owed.owed": _any,
    "recordings_owed.overdue": lambda row, _: row["due_at"] <= NOW,
    "certificates.expiring": lambda row, _: TODAY.isoformat() <= row["expires_on"] <= SOON.isoformat(),
    "certificates.expired": lambda row, _: row["expires_on"] < TODAY.isoformat(),
}
AMOUNTS = {
    "promises.amount": ("amount", "currency"),
    "calls.talk": ("duration_s", ""),
    "calls.mean_talk": ("duration_s", ""),
}
"""Figures that are sums: the field, and beside it the currency's."""
