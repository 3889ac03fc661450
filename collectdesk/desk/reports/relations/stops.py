"""What was to stop (停止联系): holds because somebody asked, and numbers and places left alone, by the day it began.

A hold is of whoever put it on; what nobody is named for, of the case's collector.
"""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

DOOR = "stop_contact."
"""What the cause of a hold begins with that was put on through that door of a call."""
CASE = "(SELECT min(f.id) FROM case_file f WHERE f.debtor = {}.debtor)"
BEGINS = f"substr(h.cause, 1, {len(DOOR)}) = '{DOOR}'"
HOLDS = (
    f"SELECT 'h' || CAST(h.id AS text) AS id, h.received_at AS at, CASE WHEN {BEGINS} "  # noqa: S608 - constants
    f"THEN substr(h.cause, {len(DOOR) + 1}) ELSE h.kind END AS scope, h.debtor, h.by_staff, h.lifted_at, "
    f"COALESCE(JSON_FIRST(h.debts), {CASE.format('h')}) AS case_id "
    f"FROM hold h WHERE h.kind IN ('cease', 'contact_refused') OR {BEGINS}"
)
PLACES = (
    "SELECT 'd' || CAST(d.id AS text), d.from_at, "  # noqa: S608 - constants
    "CASE WHEN d.number IS NOT NULL THEN 'this_number' ELSE 'workplace' END, "
    f"d.debtor, CAST(NULL AS bigint), d.revoked_at, {CASE.format('d')} "
    "FROM designation d WHERE d.kind = 'barred' AND d.via = 'debtor' AND d.from_at IS NOT NULL "
    "AND (d.number IS NOT NULL OR d.place = 'work')"
)

RELATION = Relation(
    name="stops",
    source=f"({HOLDS} UNION ALL {PLACES}) z LEFT JOIN case_file c ON c.id = z.case_id",
    at="z.at",
    id="z.id",
    collector="COALESCE(z.by_staff, c.collector)",
    case="z.case_id",
    debtor="z.debtor",
    cased=True,
    dimensions={"scope": "z.scope"},
    debtors=("scope",),
    shown=(Shown("scope", "z.scope"), Shown("lifted_at", "z.lifted_at", "moment")),
    measures={"begun": Measure(), "lifted": Measure(where="z.lifted_at IS NOT NULL")},
)
