"""The slow and obvious answer: every figure counted in Python over the rows of a book, one predicate a figure.

A population says which rows there are, when each was, whose it is and which case it belongs to; ``FIGURES`` says of
each figure which of them it means. Nothing here knows SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.desk.reports import oracle_letters, oracle_matters, oracle_people
from tests.desk.reports.book import NOW, TODAY, Book, Row
from tests.desk.reports.population import Population, is_, local, never, of, table, whatever, where

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


SHARED = ("clock", "exchanges", "recordings_found", "calendar_days")
"""What is nobody's alone."""


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


def rows(book: Book, key: str, asked: Asked) -> list[Row]:
    """The rows a figure counts."""
    population = POPULATIONS[key.partition(".")[0]]
    return [
        row
        for row in population.rows(book)
        if _inside(population.when(row), asked)
        and (asked.keys is None or key.partition(".")[0] in SHARED or population.whose(row) in asked.keys)
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
                    "case": max(calls, key=lambda row: int(row["id"]))["debts"][0],
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
        if row["expires_on"] is None or row.get("revoked_at") is not None:
            continue
        key = (row["staff"], row["kind"])
        if key not in best or row["expires_on"] >= best[key]["expires_on"]:
            best[key] = row
    return iter(best.values())


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


_CALL = {"line": of("line")}
POPULATIONS: dict[str, Population] = {
    "calls": Population(_own_calls, of("at"), of("by_staff"), _first_debt, _CALL),
    "unpermitted": Population(_unpermitted, of("at"), of("by_staff"), _first_debt, _CALL),
    "dial_findings": Population(
        table("dial_finding"), of("happened_at"), of("staff"), of("about"), {"dial_finding": of("kind")}
    ),
    "refusals": Population(_refused, of("when"), of("collector"), of("case_id"), {}),
    "objecting": Population(_objecting, of("when"), of("collector"), of("case_id"), {"rule": of("rule")}),
    "permits": Population(
        where(table("permit"), lambda row: row["shown_at"] is not None),
        of("shown_at"), of("collector"), of("case_id"), {},
    ),
    "corrections": Population(_corrections, of("recorded_at"), of("by_staff"), _first_debt, {}),
    "caps": Population(_person_days, of("at"), of("staff"), of("case"), {"rule": of("rule")}),
    "consents": Population(_consents, of("given_at"), of("whose"), _first_debt, {}),
    "clock": Population(table("journal"), of("at"), never, never, {}),
    "recordings_owed": Population(
        where(_recordings, lambda row: row["due_at"] is not None),
        never, of("collector"), of("case_id"), {},
    ),
    "certificates": Population(_certificates, never, of("staff"), never, {}),
    **oracle_matters.POPULATIONS,
    **oracle_people.POPULATIONS,
    **oracle_letters.POPULATIONS,
}  # fmt: skip


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
    "calls.unknown": is_("line", "unknown"),
    "calls.dropped": is_("line", "dropped"),
    "calls.not_dialled": is_("line", "not_dialled"),
    "unpermitted.dialled": whatever,
    "unpermitted.phone": lambda row, book: row["id"] in {each["event"] for each in book["dial_record"]},
    "dial_findings.found": whatever,
    "dial_findings.other_number": is_("kind", "other_number"),
    "dial_findings.no_dial": is_("kind", "no_dial"),
    "dial_findings.incoming": lambda row, _: row["kind"] in ("no_inbound", "no_incoming"),
    "dial_findings.unexplained": is_("status", "open"),
    "unpermitted.imported": lambda row, _: row.get("import_batch") is not None,
    "refusals.refused": whatever,
    "refusals.at_showing": lambda row, _: row["granted_at"] < row["when"],
    "refusals.call_unresolved": is_("reason", "call_unresolved"),
    "objecting.times": whatever,
    "permits.shown": whatever,
    "permits.near_closing": lambda row, _: (
        row["allowed_until"] is not None and row["allowed_until"] - row["shown_at"] <= 600
    ),
    "permits.shift_close": is_("reason", "shift_close"),
    "corrections.made": whatever,
    "corrections.freed": _freed,
    "corrections.opened": _opened,
    "caps.days": whatever,
    "caps.below": lambda row, _: row["used"] < row["limit"],
    "caps.used_up": lambda row, _: row["used"] == row["limit"],
    "caps.over": lambda row, _: row["used"] > row["limit"],
    "consents.given": whatever,
    "consents.hours": lambda row, _: "hours" in row["opens"],
    "consents.cap": lambda row, _: bool({"cap", "rest"} & set(row["opens"])),
    "clock.jumps": is_("action", "clock.jump"),
    "clock.confirmed": is_("action", "clock.confirm"),
    "recordings_owed.owed": whatever,
    "recordings_owed.overdue": lambda row, _: row["due_at"] <= NOW,
    "certificates.expiring": lambda row, _: TODAY.isoformat() <= row["expires_on"] <= SOON.isoformat(),
    "certificates.expired": lambda row, _: row["expires_on"] < TODAY.isoformat(),
    **oracle_matters.FIGURES,
    **oracle_people.FIGURES,
    **oracle_letters.FIGURES,
}
AMOUNTS = {
    **oracle_matters.AMOUNTS,
    **oracle_people.AMOUNTS,
    "calls.talk": ("duration_s", ""),
    "calls.mean_talk": ("duration_s", ""),
}
"""Figures that are sums: the field, and beside it the currency's."""
