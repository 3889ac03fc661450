"""What can be counted, one relation a module; its figures' definitions stand in ``data/figures`` under its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from collectdesk.desk.reports.relation import Relation


@cache
def relation(name: str) -> Relation:
    """The relation with this name: ``RELATION`` of its module."""
    found = import_module(f"{__name__}.{name}").RELATION
    assert isinstance(found, Relation)
    return found
