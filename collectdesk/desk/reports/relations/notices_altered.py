"""Letters whose kept text is not what was made (被改动的函件), looked at one by one when the report is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from collectdesk.desk.notices.kept import altered
from collectdesk.desk.reports.relation import Measure
from collectdesk.desk.reports.relations import notices_open

if TYPE_CHECKING:
    from collectdesk.desk.reports.relation import Relation
    from collectdesk.desk.window import Window


def relation(window: Window) -> Relation:
    """Those that are found altered now."""
    keys = ", ".join(map(str, altered(window.ask))) or "NULL"
    return replace(
        notices_open.RELATION, name="notices_altered", where=f"l.id IN ({keys})", measures={"altered": Measure()}
    )
