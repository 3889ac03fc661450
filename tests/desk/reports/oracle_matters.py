"""The oracle of what is followed up: promises, objections, complaints, plans, emergencies, violations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tests.desk.reports.book import DAY, NOW, TODAY, Book, Row
from tests.desk.reports.population import Fits, Population, day_of, is_, named, never, of, steps, table, whatever, where

OBJECTION = {"objection": named("category"), "channel": named("via")}
MINUTES = 10
"""In which an emergency is to be taken, read from the shipped house rulebook by hand."""
PLAN = {"kind": named("kind"), "difficulty": named("difficulty")}
PROMISE = {"status": named("status"), "channel": named("channel"), "currency": named("currency")}


def _with_holder(name: str, *alone: str) -> Callable[[Book], Iterator[Row]]:
    """Rows with whose they are beside them: the first of these fields that is set, else the case's collector."""

    def rows(book: Book) -> Iterator[Row]:
        for row in book[name]:
            holder = book.get("case_file", row["case_id"])["collector"]
            yield {**row, "holder": next((row[each] for each in alone if row[each]), holder)}

    return rows


def _grievances(book: Book) -> Iterator[Row]:
    """Each point of a complaint, the first of which stands with the complaint itself."""
    for row in _with_holder("complaint", "about")(book):
        yield {"outcome": None, **row, "number": 1}
        for more in book["grievance"]:
            if more["complaint"] == row["id"]:
                holder = more["about"] or row["holder"]
                yield {**row, "number": more["number"], "category": more["category"], "holder": holder}


def _plan_steps(*acts: str) -> Callable[[Book], Iterator[Row]]:
    """What was done to plans, with the plan's own fields, when it was last put forward, and the day owed by then."""

    def rows(book: Book) -> Iterator[Row]:
        for plan in book["plan"]:
            asked: Row = {"at": None, "content": None}
            for step in steps(book, "plan", plan["id"]):
                asked = step if step["act"] == "submit" else asked
                if step["act"] in acts:
                    took = None if asked["at"] is None else step["at"] - asked["at"]
                    owed = asked["content"]["decide_by"] if asked["content"] else None
                    yield {**plan, "act": step["act"], "at": step["at"], "took": took, "owed": owed}

    return rows


def _instalments(book: Book) -> Iterator[Row]:
    """Each instalment that counts, with when it was paid in full and how much of it is paid, cent by cent."""
    for plan in book["plan"]:
        if plan["status"] in ("active", "broken", "completed"):
            money = _purse(book, plan)
            schedule = [row for row in book["plan_instalment"] if row["plan"] == plan["id"] and row["revision"] == 2]
            for row in sorted(schedule, key=lambda row: int(row["number"])):
                got, money = money[: row["amount"]], money[row["amount"] :]
                whole = got[-1] if len(got) == row["amount"] else None
                yield {**plan, **row, "paid": len(got), "whole": whole}


def _purse(book: Book, plan: Row) -> list[str]:
    """The date of every cent paid for a plan, in order."""
    stated = book.get("statement", plan["statement"])
    cents: list[str] = []
    for row in book["payment"]:
        mine = row["case_id"] == plan["case_id"] and row["currency"] == plan["currency"] and row["reverses"] is None
        known = (row["paid_on"], row["at"]) > (stated["as_of"], stated["imported_at"])
        if mine and known:
            net = row["amount"] + sum(each["amount"] for each in book["payment"] if each["reverses"] == row["id"])
            cents += [row["paid_on"]] * net
    return sorted(cents)


def _emergencies(book: Book) -> Iterator[Row]:
    for row in book["emergency"]:
        yield {**row, "took": row["acknowledged_at"] - row["at"] if row.get("acknowledged_at") else None}


def _stops(book: Book) -> Iterator[Row]:
    """Holds because somebody asked, and numbers and workplaces left alone; every debtor of the book has one case."""
    for row in book["hold"]:
        door, _, scope = str(row.get("cause") or "").partition(".")
        if row["kind"] in ("cease", "contact_refused") or door == "stop_contact":
            whose = row.get("by_staff") or book.get("case_file", row["debtor"])["collector"]
            scope = scope if door == "stop_contact" else row["kind"]
            yield {**row, "at": row["received_at"], "scope": scope, "whose": whose, "over": row["lifted_at"]}
    for row in book["designation"]:
        named_ = row["number"] is not None or row["place"] == "work"
        if (row["kind"], row["via"]) == ("barred", "debtor") and named_ and row["from_at"]:
            whose = book.get("case_file", row["debtor"])["collector"]
            scope = "this_number" if row["number"] is not None else "workplace"
            yield {**row, "at": row["from_at"], "scope": scope, "whose": whose, "over": row["revoked_at"]}


def _objections(book: Book) -> Iterator[Row]:
    """With when it was first answered, whether it was found right, and whether its hold stands."""
    for row in _with_holder("objection")(book):
        answers = [
            each["at"]
            for each in steps(book, "objection", row["id"], "record", "answer")
            if each["act"] == "answer" or each["state"] != "open"
        ]
        first = min(answers) - row["received_at"] if answers else None
        hold = book.get("hold", row["hold"]) if row.get("hold") else {"lifted_at": 0}
        found = row.get("finding") in ("founded", "partly")
        yield {
            "answered_at": None,
            "finding": None,
            **row,
            "took": first,
            "found": found,
            "held": hold["lifted_at"] is None,
        }


POPULATIONS: dict[str, Population] = {
    "objections_open": Population(
        where(_with_holder("objection"), lambda row: row["status"] in ("open", "verified")),
        never, of("holder"), of("case_id"), {"objection": named("category")},
    ),
    "complaints_open": Population(
        where(_with_holder("complaint", "about"), lambda row: row["status"] != "closed"),
        never, of("holder"), of("case_id"), {"complaint": named("category")},
    ),
    "plans_open": Population(
        where(table("plan"), lambda row: row["status"] == "submitted"), never, of("proposed_by"), of("case_id"), {}
    ),
    "emergencies_open": Population(
        where(table("emergency"), lambda row: row["status"] != "closed"), never, of("by_staff"), of("case_id"), {}
    ),
    "promises": Population(table("promise"), of("at"), of("by_staff"), of("case_id"), PROMISE),
    "promises_due": Population(
        table("promise"), lambda row: row["last_on"] or row["pay_on"], of("by_staff"), of("case_id"), PROMISE
    ),
    "promise_cohorts": Population(
        where(table("promise"), lambda row: row["status"] != "withdrawn"),
        of("at"), of("by_staff"), of("case_id"), PROMISE,
    ),
    "objections": Population(_objections, of("received_at"), of("holder"), of("case_id"), OBJECTION),
    "objections_upheld": Population(
        where(_objections, lambda row: row["status"] == "closed" and row["found"] and row["held"]),
        never, of("holder"), of("case_id"), OBJECTION,
    ),
    "complaints": Population(
        _with_holder("complaint", "about"), of("received_on"), of("holder"), of("case_id"),
        {"complaint": named("category"), "channel": named("channel")},
    ),
    "grievances": Population(
        _grievances, of("received_on"), of("holder"), of("case_id"), {"complaint": named("category")}
    ),
    "plans": Population(_plan_steps("propose"), of("at"), of("proposed_by"), of("case_id"), PLAN),
    "plan_decisions": Population(
        _plan_steps("approve", "reject", "return"), of("at"), of("proposed_by"), of("case_id"), PLAN
    ),
    "plan_turns": Population(
        _plan_steps("sign", "complete", "break", "resume", "withdraw"),
        of("at"), of("proposed_by"), of("case_id"), PLAN,
    ),
    "plans_now": Population(table("plan"), never, of("proposed_by"), of("case_id"), PLAN),
    "instalments": Population(_instalments, of("due_on"), of("proposed_by"), of("case_id"), PLAN),
    "emergencies": Population(
        _emergencies, of("at"), of("by_staff"), of("case_id"), {"emergency": named("kind")}
    ),
    "suspensions": Population(table("suspension"), of("from_at"), of("staff"), never, {"cause": named("cause")}),
    "suspended": Population(
        where(table("suspension"), lambda row: row["lifted_at"] is None), never, of("staff"), never, {}
    ),
    "stops": Population(_stops, of("at"), of("whose"), of("debtor"), {"scope": named("scope")}),
    "violations": Population(
        table("violation"), of("recorded_at"), of("staff"), of("case_id"),
        {"violation": named("kind"), "source": named("source")},
    ),
}  # fmt: skip


def _past(days: int) -> Fits:
    return lambda row, _book: (TODAY - day_of(row["at"])).days > days


def _kept(days: int) -> Fits:
    def fits(row: Row, book: Book) -> bool:
        kept = [each["at"] for each in steps(book, "promise", row["id"], "keep")]
        soon = bool(kept) and (day_of(max(kept)) - day_of(row["at"])).days <= days
        return soon and row["status"] == "kept" and _past(days)(row, book)

    return fits


def _took(row: Row) -> int:
    return (date.fromisoformat(row["replied_on"]) - date.fromisoformat(row["received_on"])).days


def _answered(least: int, most: int) -> Fits:
    return lambda row, _book: bool(row.get("replied_on")) and least <= _took(row) <= most


def _done(kind: str, act: str) -> Fits:
    return lambda row, book: bool(steps(book, kind, row["id"], act))


def _has(name: str, *values: object) -> Fits:
    """The same where older rows of the book have no such field."""
    return lambda row, _book: row.get(name) in values


def _late(row: Row) -> bool:
    """An objection answered after its day."""
    return row["due_on"] is not None and day_of(row["answered_at"]).isoformat() > row["due_on"]


def _taken(row: Row) -> int | None:
    """Seconds until an emergency was taken."""
    return row["took"] if row.get("acknowledged_at") else None


def _short(row: Row) -> bool:
    """An instalment past its day and not paid in full."""
    return row["whole"] is None and row["due_on"] < TODAY.isoformat()


FIGURES: dict[str, Fits] = {
    "objections_open.open": whatever,
    "objections_open.overdue": lambda row, _: row["due_on"] < TODAY.isoformat(),
    "complaints_open.open": whatever,
    "complaints_open.soon": lambda row, _: (
        0 <= (date.fromisoformat(row["last_on"]) - TODAY).days <= 5 and row["status"] != "replied"
    ),
    "complaints_open.extending": is_("status", "extending"),
    "complaints_open.outside": is_("status", "waiting"),
    "complaints_open.overdue": lambda row, _: row["last_on"] < TODAY.isoformat() and row["status"] != "replied",
    "plans_open.waiting": whatever,
    "plans_open.overdue": lambda row, _: row["decide_by"] < TODAY.isoformat(),
    "emergencies_open.untaken": is_("status", "open"),
    "emergencies_open.in_hand": lambda row, _: row["status"] != "open",
    "promises.made": whatever,
    "promises.amount": whatever,
    "promises.open": is_("status", "open"),
    "promises.withdrawn": is_("status", "withdrawn"),
    "promises_due.judged": is_("status", "kept", "partly_kept", "broken"),
    "promises_due.judged_amount": is_("status", "kept", "partly_kept", "broken"),
    **{f"promises_due.{state}": is_("status", state) for state in ("kept", "partly_kept", "broken", "expired")},
    **{f"promises_due.{state}_amount": is_("status", state) for state in ("kept", "partly_kept", "broken")},
    "promise_cohorts.standing": whatever,
    **{f"promise_cohorts.past_{days}": _past(days) for days in (7, 14, 30)},
    **{f"promise_cohorts.kept_{days}": _kept(days) for days in (7, 14, 30)},
    "objections.received": whatever,
    "objections.at_once": lambda row, book: (
        steps(book, "objection", row["id"], "record")[0:1] != []
        and steps(book, "objection", row["id"], "record")[0]["state"] != "open"
    ),
    "objections.answered": lambda row, _: row["answered_at"] is not None,
    "objections.in_time": lambda row, _: row["answered_at"] is not None and not _late(row),
    "objections.late": lambda row, _: row["answered_at"] is not None and _late(row),
    "objections.mean_time": lambda row, _: row["took"] is not None,
    "objections.checked": lambda row, _: row["finding"] is not None,
    "objections.upheld": is_("found", True),
    "objections.righted": lambda row, book: row["found"] and bool(steps(book, "objection", row["id"], "correct")),
    "objections.reopened": lambda row, _: row["reopened"] > 0,
    "objections_upheld.waiting": whatever,
    "complaints.received": whatever,
    "complaints.naming": lambda row, _: row["about"] is not None,
    "complaints.answered": lambda row, _: bool(row.get("replied_on")),
    "complaints.within_15": _answered(0, 15),
    "complaints.within_30": _answered(16, 30),
    "complaints.within_60": _answered(31, 60),
    "complaints.beyond": _answered(61, 10**6),
    "complaints.in_time": lambda row, _: bool(row.get("replied_on")) and row["replied_on"] <= row["last_on"],
    "complaints.late": lambda row, _: bool(row.get("replied_on")) and row["replied_on"] > row["last_on"],
    "complaints.decided": _has("outcome", "upheld", "dismissed"),
    "complaints.upheld": _has("outcome", "upheld"),
    "complaints.withdrawn": _has("outcome", "withdrawn"),
    "complaints.asked": _done("complaint", "extend"),
    "complaints.extended": _done("complaint", "approve"),
    "grievances.raised": whatever,
    "grievances.decided": is_("outcome", "upheld", "dismissed"),
    "grievances.upheld": lambda row, _: row["outcome"] == "upheld" and row["number"] in row["upheld"],
    "grievances.dismissed": lambda row, _: (
        row["outcome"] in ("upheld", "dismissed") and row["number"] not in row["upheld"]
    ),
    "plans.proposed": whatever,
    "plans.amount": whatever,
    "plan_decisions.decided": whatever,
    "plan_decisions.approved": is_("act", "approve"),
    "plan_decisions.rejected": is_("act", "reject"),
    "plan_decisions.returned": is_("act", "return"),
    "plan_decisions.timed": lambda row, _: row["owed"] is not None,
    "plan_decisions.in_time": lambda row, _: row["owed"] is not None and day_of(row["at"]).isoformat() <= row["owed"],
    "plan_decisions.late": lambda row, _: row["owed"] is not None and day_of(row["at"]).isoformat() > row["owed"],
    "plan_decisions.mean_time": lambda row, _: row["took"] is not None,
    "plan_turns.signed": is_("act", "sign"),
    "plan_turns.completed": is_("act", "complete"),
    "plan_turns.broken": is_("act", "break"),
    "plan_turns.resumed": is_("act", "resume"),
    "plan_turns.withdrawn": is_("act", "withdraw"),
    "plans_now.drafts": is_("status", "draft", "returned"),
    "plans_now.to_sign": is_("status", "approved"),
    "plans_now.active": is_("status", "active"),
    "plans_now.active_amount": is_("status", "active"),
    "instalments.due": whatever,
    "instalments.due_amount": whatever,
    "instalments.paid_amount": lambda row, _: row["paid"] > 0,
    "instalments.judged": lambda row, _: row["whole"] is not None or row["due_on"] < TODAY.isoformat(),
    "instalments.in_time": lambda row, _: row["whole"] is not None and row["whole"] <= row["due_on"],
    "instalments.late": lambda row, _: row["whole"] is not None and row["whole"] > row["due_on"],
    "instalments.part": lambda row, _: _short(row) and row["paid"] > 0,
    "instalments.missed": lambda row, _: _short(row) and row["paid"] == 0,
    "emergencies.raised": whatever,
    "emergencies.taken": lambda row, _: _taken(row) is not None,
    "emergencies.mean_time": lambda row, _: _taken(row) is not None,
    "emergencies.timed": lambda row, _: _taken(row) is not None or row["at"] < NOW - MINUTES * 60,
    "emergencies.in_time": lambda row, _: (_taken(row) or DAY) <= MINUTES * 60,
    "emergencies.late": lambda row, _: (_taken(row) or NOW - row["at"]) > MINUTES * 60,
    "emergencies.passed_on": lambda row, _: row["level"] > 0,
    "emergencies.released": lambda row, _: row.get("closed_at") is not None,
    "suspensions.begun": whatever,
    "suspensions.lifted": lambda row, _: row["lifted_at"] is not None,
    "suspended.standing": whatever,
    "stops.begun": whatever,
    "stops.lifted": lambda row, _: row["over"] is not None,
    "violations.recorded": whatever,
    "violations.grave": lambda row, _: bool(row["grave"]),
    "violations.undecided": is_("outcome", None),
    "violations.confirmed": is_("outcome", "warned", "retrain", "suspended"),
    "violations.unfounded": is_("outcome", "none"),
    "violations.appealed": is_("status", "appealed", "final"),
}
MONEY = ("promises.amount", *(f"promises_due.{each}_amount" for each in ("judged", "kept", "partly_kept", "broken")))
AMOUNTS = {
    **dict.fromkeys(MONEY, ("amount", "currency")),
    "objections.mean_time": ("took", ""),
    "emergencies.mean_time": ("took", ""),
    "plans.amount": ("total", "currency"),
    "plans_now.active_amount": ("total", "currency"),
    "plan_decisions.mean_time": ("took", ""),
    "instalments.due_amount": ("amount", "currency"),
    "instalments.paid_amount": ("paid", "currency"),
}
"""Figures that are sums: the field, and beside it the currency's."""
