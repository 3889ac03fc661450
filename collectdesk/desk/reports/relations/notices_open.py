"""Letters that wait (待办函件), as they stand: made and not sent, come back and nothing of the kind sent since."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import notices

AGAIN = (
    "EXISTS (SELECT 1 FROM letter x WHERE x.case_id = l.case_id AND x.kind = l.kind AND x.person = l.person "
    "AND x.id > l.id AND x.status IN ('made', 'sent', 'received'))"
)

RELATION = replace(
    notices.RELATION,
    name="notices_open",
    source="letter l JOIN case_file c ON c.id = l.case_id",
    where="c.status = 'open'",
    at="",
    shown=(Shown("notice", "l.kind"), Shown("letter_state", "l.status"), Shown("at", "l.made_at", "moment")),
    measures={
        "unsent": Measure(where="l.status = 'made'"),
        "returned": Measure(where=f"l.status = 'returned' AND NOT {AGAIN}"),
    },
)
