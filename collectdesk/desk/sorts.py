"""Which open cases of a stretch of debtors are of one sort: alike in everything a rule reads, but for the ids.

Decided on narrow rows, for a whole book has too many to make objects of. Dates and sums that no rule of the place reads
are not looked at, and days past due only up to the rules' limits; a test asks every shipped rule. Where anything on
file is personal there is no sort, and the case is asked about on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from collectdesk.desk.case_files import clock_by
from collectdesk.desk.fact_parts import past_due, vouched_from
from collectdesk.desk.quiet import Outlook, Personal, Reach
from collectdesk.gate.clock import LocalClock
from collectdesk.store import book_rows
from collectdesk.store.book_rows import Stretch
from collectdesk.store.case_rows import Ask

DAY = 86_400
ADULT_YEARS = 19
SENT_LONG_AGO = -1
VOUCHED = ("outsourcing_notice", "no_other_calls")
"""What a lead vouches for that the gate asks about."""
Row = tuple[Any, ...]


Sorted = tuple[int, str, Hashable | None]
"""An open case: its key, its number, and its sort; none where it must be asked about alone."""


class Sortable(NamedTuple):
    """An open case: its row (``book_rows``, *cases*), its sort, the rows of all its debtor's cases, zones, numbers."""

    row: Row
    sort: Hashable | None
    cases: Sequence[Row]
    zones: tuple[Row, ...] | None
    numbers: tuple[Row, ...] | None

    @property
    def clock(self) -> LocalClock:
        """The clock by which the case's dates are counted."""
        return _clock(self.row[20], self.zones)

    def days_past_due(self, at: int) -> int | None:
        """Days past due (逾期天数) on the local date of ``at``."""
        row = self.row
        return past_due(row[14], row[16], row[10], date.fromordinal(self.clock.day(at)))


class _About(NamedTuple):
    """Rows of a stretch by debtor, those of the last three by case, each without its first column."""

    numbers: dict[int, tuple[Row, ...]]
    notices: dict[int, tuple[Row, ...]]
    zones: dict[int, tuple[Row, ...]]
    parties: dict[int, tuple[Row, ...]]
    vouched: dict[int, tuple[Row, ...]]
    covers: dict[int, tuple[Row, ...]]


class Sorts:
    """Sorts the open cases of one stretch of debtors after another."""

    def __init__(self, ask: Ask, reach: Reach, personal: Personal, at: int, *, by_caller: bool) -> None:
        """For questions at ``at`` or later; what holds for whole files is read once.

        ``by_caller``: whose case it is matters, for they would call.
        """
        self._ask, self._personal, self._at = ask, personal, at
        self._by_caller = by_caller
        self._reach = reach
        self._dates = bool(reach.anywhere.seldom & {"status_at", "confirmed_at"})
        self._grown = date.fromordinal(at // DAY + date(1970, 1, 1).toordinal() - 366 * ADULT_YEARS).isoformat()
        self._of_files: dict[int | None, list[Row]] = defaultdict(list)
        for batch, kind, said_at, scope in ask(book_rows.VOUCHED_BATCHES, {}):
            self._of_files[batch].append((kind, said_at, scope))
        self._notices: dict[Any, Any] = {}
        self._vouched: dict[Any, Any] = {}

    def of(self, stretch: Stretch) -> Iterator[Sorted]:
        """The open cases of the debtors of ``stretch``, debtor by debtor."""
        return ((row[1], row[2], sort) for row, sort, *_ in self.rows(stretch))

    def rows(self, stretch: Stretch) -> Iterator[Sortable]:
        """The open cases likewise, each with what its sort was told by."""
        rows = self._read("cases", stretch)
        shared = _several(rows)
        alone = {row[0] for row in self._read("personal", stretch)}
        about = _About(*(_tails(self._read(each, stretch)) for each in _About._fields))
        personal, by_caller = self._personal.debtors, self._by_caller
        for row in rows:
            debtor = row[0]
            if row[3] != "open":
                continue
            sort: Hashable | None = None
            cases = shared.get(debtor, (row,))
            if row[5] is None and debtor not in alone and debtor not in personal:
                sort = self._sort(row, cases, about)
                if by_caller and sort is not None:
                    sort = row[4], sort
            yield Sortable(row, sort, cases, about.zones.get(debtor), about.numbers.get(debtor))

    def _sort(self, row: Row, cases: Sequence[Row], about: _About) -> Hashable | None:
        """Everything a rule reads of one case among those of its debtor."""
        debtor, born = row[0], row[15]
        notices = about.notices.get(debtor)
        zones = about.zones.get(debtor) if about.zones else None
        own = None
        if about.parties or about.covers or about.vouched:
            own = self._own(row[1], about)
            if own is None:
                return None
        return (
            self._debts(row, cases, zones),
            "adult" if born is not None and born < self._grown else born,
            about.numbers.get(debtor),
            zones,
            None if notices is None else self._told(notices, debtor, cases),
            self._personal.callers.get(debtor),
            self._vouched_in(row[6], row[7]) if self._of_files else None,
            own,
        )

    def _read(self, kind: str, stretch: Stretch) -> list[tuple[Any, ...]]:
        return self._ask(book_rows.text(kind, stretch, seldom=self._dates), stretch.params)

    def _own(self, case: int, about: _About) -> tuple[Any, ...] | None:
        """What is on file for this case of the debtor's; none where somebody has two parts in it."""
        parties, vouched = about.parties.get(case, ()), about.vouched.get(case, ())
        if len({party[0] for party in parties}) < len(parties):
            return None
        return tuple(party[1:] for party in parties), self._vouched_by(vouched), about.covers.get(case)

    def _vouched_in(self, *batches: int | None) -> tuple[Any, ...]:
        """What was vouched for of the files a case came in."""
        known = self._vouched.get(batches)
        if known is None:
            said = [each for batch in {*batches} - {None} for each in self._of_files.get(batch, ())]
            known = _remember(self._vouched, batches, self._vouched_by(said))
        return known  # type: ignore[no-any-return]

    def _vouched_by(self, said: Iterable[Row]) -> tuple[Any, ...]:
        return tuple(sorted((kind, self._sent(vouched_from(at, scope))) for kind, at, scope in said if kind in VOUCHED))

    def _sent(self, at: int) -> int:
        return SENT_LONG_AGO if at <= self._personal.older else at

    def _told(self, notices: tuple[Row, ...], debtor: int, cases: Sequence[Row]) -> tuple[Any, ...]:
        """The notices on file, those about everything to whomever it concerns worked out once for all of a kind."""
        known = self._notices.get(notices)
        if known is None:
            general = all(debts == "[]" and person is None for _, debts, person, *_ in notices)
            found = tuple(self._notice(each, 0, ()) for each in notices) if general else False
            known = _remember(self._notices, notices, found)
        if known is not False:
            return known  # type: ignore[no-any-return]
        own = [row[1] for row in cases]
        return tuple(self._notice(each, debtor, own) for each in notices)

    def _notice(self, notice: Row, debtor: int, cases: Sequence[int]) -> tuple[Any, ...]:
        kind, debts, person, sent, received, returned = notice
        keys = () if debts == "[]" else msgspec.json.decode(debts, type=list[int])
        about = tuple(cases.index(key) if key in cases else f"case-{key}" for key in keys)
        to = None if person is None else "debtor" if person == debtor else person
        return kind, about, to, *(None if each is None else self._sent(each) for each in (sent, received)), returned

    def _debts(self, row: Row, cases: Sequence[Row], zones: tuple[Row, ...] | None) -> object:
        """What is known of the debts, which of them is asked about, and the debtor's place and state."""
        outlook = self._reach.at(row[20:23])
        if outlook.limits or outlook.seldom:
            return tuple(self._debt(each, row, outlook, zones) for each in cases), row[20:]
        if len(cases) == 1:
            return row[16:]
        return tuple((each is row, each[3], each[8], each[16:20]) for each in cases), row[20:]

    def _debt(self, row: Row, asked: Row, outlook: Outlook, zones: tuple[Row, ...] | None) -> tuple[Any, ...]:
        """A debt, with what rules read of its dates and sums, and its age as far as their limits go."""
        days = self._past_due(row, zones) if outlook.limits else None
        age = None if days is None else self._age(outlook.limits, days, row[20], zones)
        told = (
            row[9] if "signed_on" in outlook.seldom else None,
            row[10] if "due_on" in outlook.seldom else None,
            row[11:13] if "amount" in outlook.seldom else None,
            row[13] if "placed_at" in outlook.seldom else None,
        )
        return row is asked, row[3], row[8], age, told, row[16:20]

    def _past_due(self, row: Row, zones: tuple[Row, ...] | None) -> int | None:
        return past_due(row[14], row[16], row[10], self._today(row[20], zones))

    def _age(
        self, limits: tuple[int, ...], days: int, country: str | None, zones: tuple[Row, ...] | None
    ) -> tuple[int, ...]:
        """The days, which tell when the debt will have come to a limit; none of them where it is beyond every one.

        Who has no clock of their own is judged by one that may tell another date: there the days always tell.
        """
        own_clock = bool(zones) or country == "CN"
        return () if own_clock and days > limits[-1] else (days,)

    def _today(self, country: str | None, zones: tuple[Row, ...] | None) -> date:
        return self._date(self._at, country, zones)

    def _date(self, at: int, country: str | None, zones: tuple[Row, ...] | None) -> date:
        return date.fromordinal(_clock(country, zones).day(at))


def _clock(country: str | None, zones: tuple[Row, ...] | None) -> LocalClock:
    return clock_by(country, zones[0][0] if zones else None)


def _several(rows: Sequence[Row]) -> dict[int, list[Row]]:
    """The cases of those who have more than one; the rows of a debtor stand together."""
    found: dict[int, list[Row]] = {}
    for before, row in pairwise(rows):
        if before[0] == row[0]:
            found.setdefault(row[0], [before]).append(row)
    return found


def _tails(rows: Sequence[Row]) -> dict[int, tuple[Row, ...]]:
    """The rows by their first column, without it."""
    found: dict[int, tuple[Row, ...]] = {}
    for row in rows:
        key = row[0]
        found[key] = (*found[key], row[1:]) if key in found else (row[1:],)
    return found


REMEMBERED = 4_096


def _remember(known: dict[Any, Any], key: object, value: Any) -> Any:  # noqa: ANN401 - whatever is worked out
    if len(known) >= REMEMBERED:
        known.clear()
    known[key] = value
    return value
