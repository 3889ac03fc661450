"""Counting: the figures of one relation in one grouped SQL pass, then folded to whatever a table tells apart.

Every number is a sum of whole numbers, so that folding is adding and a total is the sum of its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.definitions import definition
from collectdesk.desk.reports.figure import (
    Amount,
    Count,
    Definition,
    Duration,
    Figure,
    Measured,
    Money,
    Period,
    Score,
    Share,
)
from collectdesk.desk.reports.portable import portable
from collectdesk.desk.reports.relation import WITHIN, Measure, Relation, stage_name

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

Slot: TypeAlias = tuple[str, str]
"""A figure's key, and what of it: ``n``, ``sum``, or the currency of an amount."""
Sums: TypeAlias = Mapping[Slot, int]
Key: TypeAlias = tuple[str, ...]
STEP = "step"
"""The dimension of time: days, weeks or months, by the length of the period."""
WEEK: Final = "week"
"""ISO weeks, however long the period."""
LONG = 92
"""Days from which on a period is long."""
OF_CASE = ("product", "stage")


class Tally(Struct, frozen=True):
    """Sums by group, the groups named as rows are."""

    groups: dict[Key, dict[Slot, int]]

    def folded(self, place: int) -> dict[str, Sums]:
        """By one of the dimensions alone."""
        found: dict[str, dict[Slot, int]] = {}
        for key, sums in self.groups.items():
            _add(found.setdefault(key[place], defaultdict(int)), sums)
        return dict(found)

    @property
    def total(self) -> Sums:
        """Of everything."""
        found: dict[Slot, int] = defaultdict(int)
        for sums in self.groups.values():
            _add(found, sums)
        return found


class Counted(Struct, frozen=True):
    """What was counted of a relation, now and in the compared period.

    ``withheld``: it was narrowed to too few debtors, so that no figure of it is told.
    """

    look: Look
    relation: Relation
    by: Key
    now: Tally
    before: Tally | None
    withheld: bool = False

    def figure(self, key: str, *, alarm: bool = False) -> Figure:
        """A figure over everything counted; ``alarm``: anything but none of it needs somebody now."""
        if self.withheld:
            return Figure(key=key, value=None)
        means = definition(key)
        value = valued(means, self.now.total, self._measure(means))
        before = valued(means, self.before.total, self._measure(means)) if self.before is not None else None
        return Figure(key=key, value=value, before=before, alarm=alarm and _some(value))

    def figures(self, *keys: str) -> tuple[Figure, ...]:
        """Several."""
        return tuple(self.figure(key) for key in keys)

    def row(self, key: str, sums: Sums) -> Measured:
        """A figure of the sums of one row."""
        means = definition(key)
        return valued(means, sums, self._measure(means))

    def _measure(self, means: Definition) -> Measure:
        return self.relation.measures.get(_name(means.key), Measure())


def tally(look: Look, counted: Relation, keys: Iterable[str], by: Key, period: Period) -> Tally:
    """Count ``keys`` by the dimensions ``by``, over a period."""
    asked = dict(_slots(counted, keys))
    money = next((each.currency for each in counted.measures.values() if each.currency and _wants(asked, each)), "")
    parts = periods.buckets(period, look.step)
    grouped = [_dimension(counted, each, parts) for each in by] + ([money] if money else [])
    sql = _text(look, counted, grouped, asked.values())
    rows = look.window.ask(portable(sql, on_server=look.on_server), params(look, counted, period))
    naming = [_namer(look, each, parts) for each in by]
    return Tally(_gathered(rows, naming, list(asked), money=bool(money)))


def debtors_by(look: Look, counted: Relation, name: str, period: Period, *, apart_from: str = "") -> dict[str, int]:
    """How many debtors there are in each group of a dimension, as if it had not been narrowed by ``apart_from``."""
    parts = periods.buckets(period, look.step)
    text = (
        f"SELECT {_dimension(counted, name, parts)}, count(DISTINCT {counted.debtor}) "  # noqa: S608 - constants
        f"FROM {joined(look, counted, [name])} WHERE {conditions(look, counted, apart_from)} GROUP BY 1"
    )
    rows = look.window.ask(portable(text, on_server=look.on_server), params(look, counted, period))
    naming = _namer(look, name, parts)
    return {naming(key): int(number) for key, number in rows}


def conditions(look: Look, counted: Relation, apart_from: str = "") -> str:
    """WHERE: the period, whose work it is, what it was narrowed to, and what holds of every row.

    ``apart_from``: a dimension by which it is not narrowed after all.
    """
    asked, reach = look.asked, look.reach
    found = [counted.where or "1 = 1"]
    if counted.at:
        found.append(_within(look, counted))
    elif counted.on:
        found.append(f"{counted.on} >= :first AND {counted.on} <= :last")
    if reach.keys is not None and not counted.shared:
        found.append(f"{counted.collector} IN ({', '.join(map(str, sorted(reach.keys))) or 'NULL'})")
    if asked.product and apart_from != "product":
        found.append("c.type = :product")
    if asked.stage and apart_from != "stage":
        found.append(f"{counted.dimension('stage')} = :stage")
    return " AND ".join(f"({each})" for each in found)


def _within(look: Look, counted: Relation) -> str:
    """Inside the period, by an indexed column too where there is one."""
    within = _inside(look, counted.at)
    return f"{within} AND {_inside(look, counted.indexed, counted.lag)}" if counted.indexed else within


def _inside(look: Look, column: str, lag: int = 0) -> str:
    """Of a long period every row is read in its order, for going by an index costs more then."""
    read = f"+{column}" if periods.days(look.asked.period) > LONG else column
    return f"{read} >= :since - {lag} AND {read} < :until"


def joined(look: Look, counted: Relation, by: Iterable[str] = ()) -> str:
    """FROM: with the case only where something asks for it."""
    asked = look.asked
    wanted = {*by, *(["product"] if asked.product else []), *(["stage"] if asked.stage else [])}
    text = counted.joined(case="product" in wanted, stage="stage" in wanted)
    return text.replace(WITHIN, _inside(look, "e.at"))


def params(look: Look, counted: Relation, period: Period) -> dict[str, object]:
    """What the text's ``:names`` stand for."""
    from collectdesk.desk.reports.relation import STAGES

    asked = look.asked
    stage = STAGES.index(asked.stage) if asked.stage else None
    return {**look.values(period), **counted.values, "product": asked.product, "stage": stage}


def valued(means: Definition, sums: Sums, measure: Measure) -> Measured:
    """The value of a figure, of the sums that were counted."""
    key = means.key
    if means.kind == "share":
        return Share(sums.get((means.part or "", "n"), 0), sums.get((means.whole or "", "n"), 0))
    if means.kind == "count":
        return Count(sums.get((key, "n"), 0))
    if means.kind == "money":
        amounts = sorted((what, minor) for (whose, what), minor in sums.items() if whose == key and minor)
        return Money(tuple(Amount(minor, currency) for currency, minor in amounts))
    total, per = sums.get((key, "sum"), 0), sums.get((key, "n"), 0) if measure.mean else 1
    return Duration(total, per, means.hours) if means.kind == "duration" else Score(total, per)


def _text(look: Look, counted: Relation, grouped: list[str], sums: Iterable[str]) -> str:
    by = [name for name in OF_CASE if any(counted.dimension(name) == each for each in grouped)]
    columns = ", ".join([*grouped, *sums])
    text = f"SELECT {columns} FROM {joined(look, counted, by)} WHERE {conditions(look, counted)}"  # noqa: S608 - constants
    return f"{text} GROUP BY {', '.join(str(place + 1) for place in range(len(grouped)))}" if grouped else text


def _slots(counted: Relation, keys: Iterable[str]) -> Iterator[tuple[Slot, str]]:
    """What to sum for the figures, shares by their two counts; each once."""
    for key in keys:
        means = definition(key)
        if means.kind == "share":
            assert means.part is not None
            assert means.whole is not None
            yield from _slots(counted, (means.part, means.whole))
            continue
        measure = counted.measures[_name(key)]
        where = measure.where or "1 = 1"
        if means.kind == "count":
            yield (key, "n"), f"count(*) FILTER (WHERE {where})"
        else:
            yield (key, "sum"), f"COALESCE(sum({measure.amount}) FILTER (WHERE {where}), 0)"
            if measure.mean:
                yield (key, "n"), f"count({measure.amount}) FILTER (WHERE {where})"


def _wants(asked: Mapping[Slot, str], measure: Measure) -> bool:
    return any(f"sum({measure.amount})" in sql for sql in asked.values())


def _dimension(counted: Relation, name: str, parts: tuple[periods.Bucket, ...]) -> str:
    if name == STEP:
        return periods.bucket_sql(counted.day, parts)
    return counted.dimension("collector" if name == "team" else name)


def _namer(look: Look, name: str, parts: tuple[periods.Bucket, ...]) -> Any:  # noqa: ANN401 - a function of one value
    staff = look.reach.staff
    if name == STEP:
        return lambda place: parts[int(place)].name
    if name == WEEK:
        return lambda monday: periods.week_name(int(monday))
    if name == "hour":
        return lambda hour: f"{int(hour):02}"
    if name == "stage":
        return lambda months: stage_name(None if months is None else int(months))
    if name == "collector":
        return lambda key: staff[key].number if key in staff else ""
    if name == "team":
        return lambda key: (staff[key].team or "") if key in staff else ""
    return lambda code: "" if code is None else str(code)


def _gathered(
    rows: Iterable[tuple[Any, ...]], naming: list[Any], slots: list[Slot], *, money: bool
) -> dict[Key, dict[Slot, int]]:
    """Sums by the names of the groups; several groups of the database may have one name."""
    found: dict[Key, dict[Slot, int]] = {}
    width = len(naming)
    for row in rows:
        key = tuple(name(value) for name, value in zip(naming, row, strict=False))
        sums = found.setdefault(key, defaultdict(int))
        currency = str(row[width] or "") if money else ""
        for slot, value in zip(slots, row[width + money :], strict=True):
            whose = (slot[0], currency) if currency and slot[1] == "sum" and _is_money(slot[0]) else slot
            sums[whose] += int(value)
    return found


def _is_money(key: str) -> bool:
    return definition(key).kind == "money"


def _some(value: Measured) -> bool:
    return value.number > 0 if isinstance(value, Count) else True


def _name(key: str) -> str:
    return key.partition(".")[2]


def _add(into: dict[Slot, int], sums: Sums) -> None:
    for slot, value in sums.items():
        into[slot] += value
