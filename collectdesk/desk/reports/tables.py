"""Tables of a report: rows told apart by one dimension, columns of one or several relations, a total below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.counting import OF_CASE, STEP, WEEK, Counted, Sums, Tally
from collectdesk.desk.reports.definitions import common, definition
from collectdesk.desk.reports.figure import (
    Chart,
    Column,
    Figure,
    Measured,
    Period,
    Row,
    Section,
    Table,
    Value,
)
from collectdesk.desk.reports.relation import PRODUCTS, STAGES
from collectdesk.desk.reports.small_groups import folded, small

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OPEN_HOURS = range(9, 20)
"""Hours a day is drawn with, called in or not: those the policy allows."""
RANKED = (
    "rule", "line", "status", "reason", "purpose", "channel", "objection", "complaint", "emergency", "violation",
    "source", "cause", "scope", "kind", "difficulty", "bars", "why", "item",
)  # fmt: skip
"""Dimensions whose rows stand in the order of their first column, the largest first."""
OTHERS = "others"
TIME = (STEP, WEEK)


class Part(NamedTuple):
    """What a table takes from one relation: what was counted, and the keys of the figures shown."""

    counted: Counted
    keys: tuple[str, ...]


def section(look: Look, key: str, figures: Iterable[Figure] = (), tables: Iterable[Table] = ()) -> Section:
    """A section under its heading."""
    return Section(key=key, title=look.words.section[key], figures=tuple(figures), tables=tuple(tables))


def table(
    look: Look, key: str, by: str, *parts: Part, chart: Chart | None = None, brief: bool = False, total: bool = True
) -> Table:
    """A table by one dimension.

    Args:
        look: what was asked.
        key: names its title among the report's words.
        by: the dimension; every part was counted by it.
        parts: what its columns are; rows are those of any of them.
        chart: how to draw it.
        brief: a terminal shows only the chart.
        total: whether a row adds them up; not where a row counts in several.
    """
    columns = tuple(_column(each) for part in parts for each in part.keys)
    apart = folded if by in OF_CASE or any(by in part.counted.relation.debtors for part in parts) else None
    now, before = _folded(parts, by, _now), _folded(parts, by, _before)
    little = small(look, by, [part.counted for part in parts]) if apart else frozenset()
    keys = _ordered(look, by, parts, now, {key for each in (*now, *before) for key in each} - little)
    withheld = any(part.counted.withheld for part in parts)
    rows = [] if withheld else [_row(look, by, each, parts, now, before) for each in keys]
    if little and not withheld:
        rows.append(_others(parts, now, before, little))
    return Table(
        key=key,
        title=look.words.table[key],
        by=look.step if by == STEP else by,
        dimension=common().dimension[look.step if by == STEP else by],
        columns=columns,
        rows=tuple(rows),
        total=_total(parts) if total and rows else None,
        chart=chart,
        brief=brief,
    )


def _column(key: str) -> Column:
    means = definition(key)
    return Column(key=key, title=means.short, kind=means.kind, figure=key)


def _now(counted: Counted) -> Tally | None:
    return counted.now


def _before(counted: Counted) -> Tally | None:
    return counted.before


def _folded(parts: Sequence[Part], by: str, which: Callable[[Counted], Tally | None]) -> list[dict[str, Sums]]:
    """The sums of every part by the dimension; nothing where it is not compared."""
    found = []
    for part in parts:
        tally = which(part.counted)
        found.append(tally.folded(part.counted.by.index(by)) if tally is not None else {})
    return found


def _row(
    look: Look,
    by: str,
    key: str,
    parts: Sequence[Part],
    now: list[dict[str, Sums]],
    before: list[dict[str, Sums]],
) -> Row:
    compared = any(part.counted.before is not None for part in parts) and by not in TIME  # other days have other names
    return Row(
        key=key or "none",
        label=look.names.label(by, key),
        values=_values(parts, [each.get(key, {}) for each in now]),
        before=_compared(parts, [each.get(key, {}) for each in before]) if compared else (),
    )


def _others(
    parts: Sequence[Part], now: list[dict[str, Sums]], before: list[dict[str, Sums]], little: frozenset[str]
) -> Row:
    compared = any(part.counted.before is not None for part in parts)
    return Row(
        key=OTHERS,
        label=common().row[OTHERS],
        values=_values(parts, [folded(each, little) for each in now]),
        before=_compared(parts, [folded(each, little) for each in before]) if compared else (),
        folded=len(little),
    )


def _total(parts: Sequence[Part]) -> Row:
    compared = any(part.counted.before is not None for part in parts)
    before = [part.counted.before.total if part.counted.before else {} for part in parts]
    return Row(
        key="total",
        label=common().row["total"],
        values=_values(parts, [part.counted.now.total for part in parts]),
        before=_compared(parts, before) if compared else (),
    )


def _values(parts: Sequence[Part], sums: Sequence[Sums]) -> tuple[Measured, ...]:
    return tuple(part.counted.row(key, each) for part, each in zip(parts, sums, strict=True) for key in part.keys)


def _compared(parts: Sequence[Part], sums: Sequence[Sums]) -> tuple[Value, ...]:
    return tuple(
        part.counted.row(key, each) if part.counted.before is not None else None
        for part, each in zip(parts, sums, strict=True)
        for key in part.keys
    )


def _ordered(look: Look, by: str, parts: Sequence[Part], now: list[dict[str, Sums]], found: set[str]) -> list[str]:
    """The rows in their order; time has no gaps, so that a chart does not lie."""
    if by in TIME:
        relation = parts[0].counted.relation
        span = look.spanned(relation.name, look.asked.period)
        steps = _until_now(look, span, look.step if by == STEP else WEEK, ahead=relation.ahead)
        names = [each.name for each in steps]
        return names if by == STEP else [each for each in names if each >= min(found, default="")]
    if by == "hour":
        return [f"{hour:02}" for hour in range(24) if hour in OPEN_HOURS or f"{hour:02}" in found]
    if by in OF_CASE:
        known = STAGES if by == "stage" else PRODUCTS
        return sorted(found, key=lambda key: (known.index(key) if key in known else len(known), key))
    if by in RANKED:
        first = parts[0]
        return sorted(found, key=lambda key: (-_size(first.counted.row(first.keys[0], now[0].get(key, {}))), key))
    return sorted(found, key=lambda key: (not key, key))


def _until_now(look: Look, period: Period, step: periods.Step, *, ahead: bool) -> tuple[periods.Bucket, ...]:
    """The parts of a period that have begun, and with ``ahead`` those to come."""
    today = periods.day_of(look.window.at)
    parts = periods.buckets(period, step)
    return tuple(each for each in parts if ahead or date.fromordinal(each.begins + periods.EPOCH) <= today)


def _size(value: Measured) -> int:
    return next((each for each in (getattr(value, name, None) for name in ("number", "part", "seconds")) if each), 0)


def present(look: Look, keys: Sequence[str], alarming: Sequence[str] = ()) -> list[Figure]:
    """The figures ``keys`` (``relation.measure``), each relation counted once; those of ``alarming`` alarm."""
    found: list[Figure] = []
    for name in dict.fromkeys(key.partition(".")[0] for key in keys):
        own = tuple(key for key in keys if key.startswith(f"{name}."))
        counted = look.count(name, own)
        found += [counted.figure(key, alarm=key in alarming) for key in own]
    return found
