"""An emergency nobody has taken, as one line: which, of which case, and the command that takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from collectdesk.lang import _
from collectdesk.show.safe import safe
from collectdesk.show.terminal import marks

if TYPE_CHECKING:
    from collectdesk.desk.emergencies.watch import Waiting


def lines(found: Iterable[Waiting]) -> list[str]:
    """One line for each, oldest first."""
    said = _("Emergency {id} ({case}) waits for you: {command}")
    return [
        f" {marks().warn} "
        + said.format(id=each.name, case=safe(each.case), command=f"collectdesk emergency ack {each.name}")
        for each in found
    ]
