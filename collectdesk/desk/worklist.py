"""The cases of the queue told by narrow rows: what is due on each, what it lacks, and which are alike.

A referred case rests, unless something is due. Cases are alike of which a call would be for the same, which are of one
sort (``sorts``), and of which today has already seen the same (``todays``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.due import Due, Dues
from collectdesk.desk.quiet import Personal, Reach, places_of
from collectdesk.desk.referrals.away import away
from collectdesk.desk.sharing import PURPOSE
from collectdesk.desk.sorts import Sortable, Sorts
from collectdesk.desk.todays import Todays
from collectdesk.desk.unproved import Proofs, Unproved
from collectdesk.store import book_rows

if TYPE_CHECKING:
    from collectdesk.desk.window import Window
    from collectdesk.gate import Gate
    from collectdesk.store.book_rows import Stretch
    from collectdesk.store.case_rows import Scope
    from collectdesk.store.past_rows import Past


class Placed(NamedTuple):
    """A case of the queue: key and rows, what is due on it, what its debtor's proof lacks, what tells its answer."""

    key: int
    case: Sortable
    due: Due | None
    lacking: Unproved | None
    alike: Hashable | None

    @property
    def purpose(self) -> str:
        """What a call would be for."""
        return self.due.purpose if self.due else PURPOSE


class Work:
    """The cases of a scope that are in the queue, one stretch of debtors after another."""

    def __init__(
        self, window: Window, gate: Gate, scope: Scope, past: Past, *, by_caller: bool, until: int | None = None
    ) -> None:
        """As the desk stands; ``past`` is asked of the debtors of ``scope`` at least.

        ``by_caller``: each case is its collector's to call. ``until``: asked about from now up to then.
        """
        ask, at = window.ask, window.at
        self._ask = ask
        self._dues = Dues(ask, scope, at)
        self._perhaps = self._dues.cases
        self._away = away(ask, scope)
        self._proofs = Proofs(ask)
        reach = Reach(gate, at, {PURPOSE, *self._dues.purposes}, places_of(ask, past))
        personal = Personal(window.reader, past, reach, at, until)
        self._todays = Todays(window.reader, past, reach, personal, at)
        self._sorts = Sorts(ask, reach, personal, at, by_caller=by_caller)

    def of(self, stretch: Stretch, wanted: Iterable[int] | None = None) -> list[Placed]:
        """The open cases of the debtors of ``stretch`` that are in the queue; only those ``wanted``, where told."""
        undocumented = self._undocumented(stretch)
        only = None if wanted is None else frozenset(wanted)
        found = []
        for each in self._sorts.rows(stretch):
            row = each.row
            if only is not None and row[1] not in only:
                continue
            due = self._dues.of(row[1], each.clock) if row[1] in self._perhaps else None
            if due is not None or row[1] not in self._away:
                lacking = self._proofs.lacking(
                    row[17], paper=row[0] not in undocumented, born=bool(row[15]), number=bool(each.numbers)
                )
                found.append(Placed(row[1], each, due, lacking, self._alike(each, due)))
        return found

    def _undocumented(self, stretch: Stretch) -> frozenset[int]:
        """The debtors without the number of an identity paper, where a creditor has that asked."""
        if not self._proofs.papers:
            return frozenset()
        text = book_rows.UNDOCUMENTED.format(debtors=stretch.condition.format("id"))
        return frozenset(row[0] for row in self._ask(text, stretch.params))

    def _alike(self, each: Sortable, due: Due | None) -> Hashable | None:
        if each.sort is None:
            return None
        seen = self._todays.of(each)
        return None if seen is None else (each.sort, seen, due.purpose if due else PURPOSE)
