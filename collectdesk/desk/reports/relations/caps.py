"""How far each daily cap of the house was used (每日上限): for each person or number called on a day.

A cap counts every call to the person, whatever it was about; one on debtors speaks to whoever was called as a debtor
that day, one on contact persons to whoever was called as one. Days are the house's, and a day belongs to whoever made
its last call, for that one took the last slot. Only the house's own caps of one date stand here; what else binds a
call is in its verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.house import HOUSE
from collectdesk.desk.reports.relation import LOCAL, WITHIN, Measure, Relation, Shown
from collectdesk.desk.reports.relations.corrections import TALKED
from collectdesk.gate.kinds.cap import Cap

if TYPE_CHECKING:
    from collectdesk.desk.window import Window
    from collectdesk.store.case_rows import Ask

OWN = "e.org = (SELECT o.id FROM org o WHERE o.own)"
SPOKE = f"{TALKED.format('e')} AND (e.answered_by IS NULL OR e.answered_by = e.person)"
KEYS = 1_000_000
"""More than there are staff: a call's instant and its collector go into one number; the largest is the last."""
DAYS = 100_000
"""More than there are days: a person and a day go into one number, which groups in half the time of two."""
COUNTED = {
    ("dial", "own"): "sum(own)",
    ("dial", "all"): "count(*)",
    ("answered", "own"): "sum(own * spoke)",
    ("answered", "all"): "sum(spoke)",
}
MET = (
    f"SELECT e.at * {KEYS} + COALESCE(e.by_staff, 0) AS last, e.id AS event, "  # noqa: S608 - constants
    "CASE WHEN e.person = e.debtor THEN 1 ELSE 0 END AS as_debtor, "
    "CASE WHEN e.person <> e.debtor THEN 1 ELSE 0 END AS as_other, "
    f"CASE WHEN {OWN} THEN 1 ELSE 0 END AS own, CASE WHEN {SPOKE} THEN 1 ELSE 0 END AS spoke, "
    f"e.person * {DAYS} + (e.at + {LOCAL}) / 86400 AS person_day, "
    f"e.number * {DAYS} + (e.at + {LOCAL}) / 86400 AS number_day "
    "FROM contact_event e WHERE e.kind = 'call' AND e.direction = 'out' AND e.superseded_at IS NULL "
    f"AND {WITHIN} AND COALESCE(e.purpose, 'collect') NOT IN ('safety', 'prevent_harm')"
)
"""The calls, narrow: read once from among all there are, then grouped by person and by number."""
OF_EVENT = "(SELECT {column} FROM contact_event ev WHERE ev.id = x.event)"
CONTACT = "contact"


def relation(window: Window) -> Relation:
    """The caps in force, each with what was used of it."""
    caps = daily(window.ask, window.at)
    return Relation(
        name="caps",
        source=f"({_source(caps)}) x",
        where="x.used > 0",
        at="x.at",
        id="x.event",
        letter="e",
        collector="x.staff",
        case=OF_EVENT.format(column="JSON_FIRST(ev.debts)"),
        debtor=OF_EVENT.format(column="ev.debtor"),
        dimensions={"rule": "x.rule"},
        shown=(Shown("rule", "x.rule"), Shown("used", "x.used", "count"), Shown("most", "x.most", "count")),
        measures={
            "days": Measure(),
            "below": Measure(where="x.used < x.most"),
            "used_up": Measure(where="x.used = x.most"),
            "over": Measure(where="x.used > x.most"),
        },
    )


def daily(ask: Ask, at: int) -> list[Cap]:
    """The house's caps of one date that count dials or talks of one person or number."""
    house = next((book for book in adoption.rulebooks(ask, at) if book.id == HOUSE), None)
    return [rule for rule in (house.rule if house else ()) if isinstance(rule, Cap) and _daily(rule)]


def _daily(rule: Cap) -> bool:
    return rule.window.dates == 1 and len(rule.count) == 1 and _measured(rule) in COUNTED and bool(_per(rule))


def _per(rule: Cap) -> str:
    return next((scope for scope in ("number", "person") if scope in rule.per), "")


def _source(caps: Sequence[Cap]) -> str:
    """Every person and number of a day with what was counted of it, then each cap's share of them."""
    grouped = ", ".join(f"by_{per} AS ({_grouped(per, caps)})" for per in ("person", "number"))
    shares = [_share(rule) for rule in caps] or [_no_share()]
    return f"WITH met AS MATERIALIZED ({MET}), {grouped} {' UNION ALL '.join(shares)}"


def _grouped(per: str, caps: Sequence[Cap]) -> str:
    wanted = dict.fromkeys(_measured(rule) for rule in caps if _per(rule) == per)
    sums = "".join(f", {COUNTED[each]} AS {_column(each)}" for each in wanted)
    return (
        "SELECT max(last) AS last, max(event) AS event, max(as_debtor) AS as_debtor, max(as_other) AS as_other"  # noqa: S608 - constants
        f"{sums} FROM met WHERE {per}_day IS NOT NULL GROUP BY {per}_day"
    )


def _share(rule: Cap) -> str:
    debtors = "debtor" not in rule.when.not_roles and (not rule.when.roles or "debtor" in rule.when.roles)
    others = CONTACT not in rule.when.not_roles and (not rule.when.roles or CONTACT in rule.when.roles)
    whose = "" if debtors == others else f" WHERE {'as_debtor' if debtors else 'as_other'} = 1"
    return (
        f"SELECT '{HOUSE}/{rule.id}' AS rule, {rule.limit} AS most, {_column(_measured(rule))} AS used, "  # noqa: S608 - constants
        f"last / {KEYS} AS at, last % {KEYS} AS staff, event FROM by_{_per(rule)}{whose}"
    )


def _no_share() -> str:
    return "SELECT '' AS rule, 0 AS most, 0 AS used, last AS at, last AS staff, event FROM by_person WHERE 1 = 0"


def _measured(rule: Cap) -> tuple[str, str]:
    return rule.count[0].of, rule.count[0].orgs


def _column(measured: tuple[str, str]) -> str:
    return "_".join(measured)
