"""Small groups (小群体): what is known of a few debtors only is not told apart, lest it single one of them out.

A group of fewer debtors than the house sets is folded into the others, and told nothing of where a report is narrowed
to it. One that would stand alone there could be had
back by subtracting, so the next smallest joins it until the others are enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from collectdesk.desk.reports.counting import Counted, Slot, Sums, debtors_by

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look
    from collectdesk.desk.reports.relation import Relation


def small(look: Look, by: str, counted: Iterable[Counted]) -> frozenset[str]:
    """The groups that are not told apart, in this period or the compared one."""
    found: set[str] = set()
    for each in counted:
        for period in filter(None, (look.asked.period, look.asked.compared)):
            found |= too_small(debtors_by(look, each.relation, by, period), look.least)
    return frozenset(found)


def hidden(look: Look, counted: Relation) -> bool:
    """Whether narrowing left a group that would be folded, were it told beside the others."""
    narrowed = {"product": look.asked.product, "stage": look.asked.stage}
    for name, group in narrowed.items():
        for period in filter(None, (look.asked.period, look.asked.compared)) if group else ():
            span = look.spanned(counted.name, period)
            if group in too_small(debtors_by(look, counted, name, span, apart_from=name), look.least):
                return True
    return False


def too_small(debtors: Mapping[str, int], least: int) -> frozenset[str]:
    """Of groups with so many debtors each, those to fold.

    >>> sorted(too_small({"a": 40, "b": 3, "c": 12}, 5))
    ['b', 'c']
    >>> sorted(too_small({"a": 40, "b": 3, "c": 2, "d": 7}, 5))
    ['b', 'c']
    """
    rising = sorted((number, key) for key, number in debtors.items() if number)
    fold = {key for number, key in rising if number < least}
    for number, key in rising:
        together = sum(debtors[each] for each in fold)
        if not fold or (together >= least and len(fold) > 1):
            break
        if number >= least:
            fold.add(key)
    return frozenset(fold)


def folded(groups: Mapping[str, Sums], keys: Iterable[str]) -> Sums:
    """The sums of several groups as one."""
    found: dict[Slot, int] = defaultdict(int)
    for key in keys:
        for slot, value in groups.get(key, {}).items():
            found[slot] += value
    return found
