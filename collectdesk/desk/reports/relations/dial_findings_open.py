"""What the phone's records show otherwise than the desk and nobody has explained (差异待说明), as it stands."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import dial_findings

RELATION = replace(
    dial_findings.RELATION,
    name="dial_findings_open",
    where="f.status = 'open'",
    at="",
    shown=(Shown("dial_finding", "f.kind"), Shown("at", "f.happened_at", "moment")),
    measures={"unexplained": Measure()},
)
