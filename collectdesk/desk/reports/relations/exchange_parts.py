"""Who took part in which exchange of experience (参加交流), by the day it was held."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure
from collectdesk.desk.reports.relations import exchanges

RELATION = replace(
    exchanges.RELATION,
    name="exchange_parts",
    source="exchange_part p JOIN exchange h ON h.id = p.exchange",
    id="p.id",
    collector="p.staff",
    shared=False,
    measures={"attended": Measure()},
)
