"""What today's calls take from the daily caps of those no rule stops yet: alike calls take alike.

A debtor with fewer calls than any rule needs to object is judged as if there were none (``quiet``), but the caps have
less room left. The calls of today are told by everything such a cap weighs, but for ids and instants.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from collectdesk.desk.quiet import LONGEST_DATE, Personal, Reach
from collectdesk.desk.sorts import Sortable
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.gate.clock import clock_for
from collectdesk.store.past_rows import Past
from collectdesk.store.reader import Reader


class Todays:
    """The calls of today, by debtor."""

    def __init__(self, reader: Reader, past: Past, reach: Reach, personal: Personal, at: int) -> None:
        """As they are on file; whoever ``past`` is asked of, is not personal and was called has an entry."""
        clock = clock_for(HOUSE_ZONE)
        self._begins, self._reach, self._concerned = clock.start_of(clock.day(at)), reach, personal.today
        rows = reader.stream(past.met, {"since": at - LONGEST_DATE, "at": at}) if self._concerned else ()
        self._seen = {debtor: [row[1:] for row in own] for debtor, own in groupby(rows, key=itemgetter(0))}

    def of(self, each: Sortable) -> Hashable | None:
        """What the daily caps see of today; none where only the whole file tells."""
        debtor = each.row[0]
        if debtor not in self._concerned:
            return ()
        seen = self._seen.get(debtor, ())
        in_house = each.row[20] == "CN" and not each.zones  # one clock only, so that today is the house's
        if not in_house or len(seen) != self._concerned[debtor] or not self._reach.at(each.row[20:23]).plain:
            return None
        cases = [row[1] for row in each.cases]
        told = [_told(row, debtor, cases) for row in seen if row[0] >= self._begins]
        return None if None in told else tuple(sorted(told, key=repr))


def _told(row: tuple[Any, ...], debtor: int, cases: list[int]) -> tuple[Any, ...] | None:
    """A call of the debtor's own, on a number of theirs, about cases of theirs."""
    _at, person, answered_by, number, holder, debts, discussed, *rest = row
    about = tuple(_places(each, cases) for each in (debts, discussed))
    if person != debtor or answered_by not in (None, debtor) or holder != debtor or None in about:
        return None
    return answered_by is None, number, about, *rest


def _places(listed: str | list[int] | None, cases: list[int]) -> tuple[int, ...] | None:
    keys = msgspec.json.decode(listed, type=list[int]) if isinstance(listed, str) else listed or []
    return tuple(cases.index(key) for key in keys) if all(key in cases for key in keys) else None
