"""What can be counted, one relation a module; its figures' definitions stand in ``data/figures`` under its name.

A module holds ``RELATION``, or where the desk's own texts decide what is counted a function ``relation(window)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from collectdesk.desk.reports.relation import Relation

if TYPE_CHECKING:
    from collectdesk.desk.window import Window


def relation(name: str, window: Window) -> Relation:
    """The relation with this name, by the texts in force at the moment of ``window``."""
    module = import_module(f"{__name__}.{name}")
    found = module.RELATION if hasattr(module, "RELATION") else module.relation(window)
    assert isinstance(found, Relation)
    return found
