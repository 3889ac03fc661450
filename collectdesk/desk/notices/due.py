"""Which cases lack a notice without which nobody may call (应先告知): as the rulebooks in force require."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from collectdesk.desk import adoption
from collectdesk.gate.kinds.require import Require

if TYPE_CHECKING:
    from sqlalchemy import Connection

LACKING = (
    "FROM case_file c WHERE c.status = 'open' AND (:assigned = 0 OR c.assigned_at IS NOT NULL) AND NOT EXISTS "
    "(SELECT 1 FROM notice n WHERE n.debtor = c.debtor AND n.kind = :kind AND n.returned_at IS NULL "
    "AND COALESCE(n.sent_at, n.received_at) <= :at AND (n.debts = '[]' OR "
    "',' || replace(replace(n.debts, '[', ''), ']', '') || ',' LIKE '%,' || c.id || ',%')) AND NOT EXISTS "
    "(SELECT 1 FROM attestation a WHERE a.kind = :vouched AND (a.case_id = c.id OR a.batch = c.import_batch))"
)
COUNT = text(f"SELECT count(*) {LACKING}")
WHICH = text(f"SELECT c.code {LACKING} ORDER BY c.id LIMIT :most")
NOTICE = "notice."


class Needed(NamedTuple):
    """A kind of notice that must precede calls, the rule that says so, and whether of assigned debts only."""

    kind: str
    rule: str
    assigned: bool


class Due(NamedTuple):
    """A kind of notice that open cases lack, by which rule, how many, and the first of them."""

    kind: str
    rule: str
    many: int
    cases: tuple[str, ...]


def needed(connection: Connection, own: str | None, at: int) -> list[Needed]:
    """What the rulebooks in force ask of a company of this kind; each kind of notice once."""
    found: dict[tuple[str, bool], Needed] = {}
    for book in adoption.rulebooks(connection, at):
        for rule in book.rule:
            asks = isinstance(rule, Require) and rule.fact.startswith(NOTICE) and rule.severity == "bar"
            if asks and not book.preset and (not rule.when.org_kinds or own in rule.when.org_kinds):
                kind, assigned = rule.fact.removeprefix(NOTICE), bool(rule.when.assigned)  # type: ignore[union-attr]
                found.setdefault((kind, assigned), Needed(kind, f"{book.id}/{rule.id}", assigned))
    return [each for (kind, assigned), each in found.items() if not (assigned and (kind, False) in found)]


def due(connection: Connection, own: str | None, at: int, most: int = 0) -> list[Due]:
    """What open cases lack at ``at``, and up to ``most`` of their numbers."""
    listed = []
    for each in needed(connection, own, at):
        values = {"kind": each.kind, "assigned": int(each.assigned), "at": at, "vouched": f"{each.kind}_notice"}
        count = int(connection.execute(COUNT, values).scalar_one())
        if count:
            codes = connection.execute(WHICH, {**values, "most": most}).scalars().all() if most else ()
            listed.append(Due(each.kind, each.rule, count, tuple(map(str, codes))))
    return listed
