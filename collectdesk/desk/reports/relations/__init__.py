"""What can be counted, one relation a module; its figures' definitions stand in ``data/figures`` under its name.

A module holds ``RELATION``, or where the desk's own texts decide what is counted a function ``relation(ask, at)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from collectdesk.desk.reports.relation import Relation

if TYPE_CHECKING:
    from collectdesk.store.case_rows import Ask


def relation(name: str, ask: Ask, at: int) -> Relation:
    """The relation with this name, by the texts in force at ``at`` (UTC seconds)."""
    module = import_module(f"{__name__}.{name}")
    found = module.RELATION if hasattr(module, "RELATION") else module.relation(ask, at)
    assert isinstance(found, Relation)
    return found
