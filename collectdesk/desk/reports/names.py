"""What rows are called: codes for programs, and for people the wording of the desk's own texts."""

from __future__ import annotations

from functools import cached_property

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.definitions import common
from collectdesk.desk.reports.figure import Label
from collectdesk.desk.reports.reach import Reach
from collectdesk.store.case_rows import Ask

RULES = ("rule", "bars")
"""Dimensions whose rows are rules of the rulebooks in force."""
ADOPTED = {"scope": "stop_contact"}
"""The field of the adopted codes a dimension's rows are named by, where it is not called the same."""


class Names:
    """The labels of rows, read from the desk when they are needed."""

    def __init__(self, ask: Ask, at: int, reach: Reach) -> None:
        self._ask = ask
        self._at = at
        self._reach = reach

    def label(self, by: str, key: str) -> Label:
        """What a row is called: a rule by its title, a code by its word, a name or number as it is."""
        if not key:
            return common().row["none"]
        if by in RULES and key in self._rules:
            return self._rules[key]
        if by == "item" and key in self._items:
            return self._items[key]
        return common().code.get(f"{by}_{key}") or self._codes.get((ADOPTED.get(by, by), key)) or key

    @cached_property
    def _codes(self) -> dict[tuple[str, str], Both]:
        from collectdesk.desk import adoption

        return {
            (field, code.code): code.label
            for codes in adoption.in_force(self._ask, "codes", self._at)
            for field, known in codes.value.fields.items()
            for code in known.codes
        }

    @cached_property
    def _items(self) -> dict[str, Both]:
        from collectdesk.desk import adoption

        cards = adoption.in_force(self._ask, "scorecard", self._at)
        return {name: each.title for card in cards for name, each in card.value.by_name.items()}

    @cached_property
    def _rules(self) -> dict[str, Both]:
        from collectdesk.desk import adoption

        return {
            f"{book.id}/{rule.id}": Both(rule.title["zh_CN"], rule.title["en"])
            for book in adoption.rulebooks(self._ask, self._at)
            for rule in book.rule
        }
