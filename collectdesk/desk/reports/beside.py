"""What stands beside a result (结果之外): refusals, violations and complaints of the same people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.tables import Part

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

BESIDE = ("refusals.refused", "violations.recorded", "complaints.received")
PEOPLE = ("collector", "team")
"""Dimensions that say whose work it is; by what a debt is these are too few to be told apart."""


def beside(look: Look, by: str) -> list[Part]:
    """Refusals, violations and complaints by a dimension of people; nothing by another."""
    if by not in PEOPLE:
        return []
    return [Part(look.count(key.partition(".")[0], (key,), by=(by,)), (key,)) for key in BESIDE]
