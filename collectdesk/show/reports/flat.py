"""A report as rows for spreadsheets: one line a value, or for a list of rows the list itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collectdesk.desk.reports.figure import Duration, Money, Report, Row, Score, Share, Table, Value
from collectdesk.show.money import decimal_text
from collectdesk.show.reports.document import value as exact
from collectdesk.show.reports.wording import called, rounded, tenths_of

COLUMNS = (
    "report", "first", "last", "section", "table", "row", "label", "figure", "kind", "value", "part", "whole",
    "currency", "before", "before_part", "before_whole",
)  # fmt: skip
Line = tuple[object, ...]


def columns(report: Report) -> Sequence[str]:
    """The heading: of a list its own columns, else ``COLUMNS``."""
    listed = _listed(report)
    return COLUMNS if listed is None else ("id", *_wide(listed))


def lines(report: Report) -> Iterator[Line]:
    """The rows below it."""
    listed = _listed(report)
    if listed is not None:
        yield from (_entry(row, listed) for row in listed.rows)
        return
    head = (report.name, report.period.first, report.period.last)
    for section in report.sections:
        for figure in section.figures:
            for line in _lines("", "", figure.key, figure.value, figure.before):
                yield (*head, section.key, "", *line)
        for table in section.tables:
            for row in (*table.rows, *([table.total] if table.total else [])):
                before = row.before or (None,) * len(row.values)
                for column, value, then in zip(table.columns, row.values, before, strict=True):
                    for line in _lines(row.key, called(row.label), column.key, value, then):
                        yield (*head, section.key, table.key, *line)


def _listed(report: Report) -> Table | None:
    """The table of a list of rows, if that is what the report is."""
    return next((table for table in report.tables if table.key == "list"), None)


def _lines(row: str, label: str, key: str, value: Value, before: Value) -> Iterator[Line]:
    """The lines of one value: of money one a currency, also those of the compared period alone."""
    kind = type(value).__struct_config__.tag if value is not None else ""
    if not isinstance(value, Money):
        number, part, whole = _parts(value)
        then, then_part, then_whole = _parts(before)
        yield (row, label, key, kind, number, part, whole, None, then, then_part, then_whole)
        return
    now = {each.currency: each.minor for each in value.amounts}
    past = {each.currency: each.minor for each in before.amounts} if isinstance(before, Money) else {}
    for currency in sorted({*now, *past}) or [""]:
        then = decimal_text(past.get(currency, 0), currency) if isinstance(before, Money) else None
        amount = decimal_text(now.get(currency, 0), currency)
        yield (row, label, key, kind, amount, None, None, currency or None, then, None, None)


def _parts(value: Value) -> Line:
    """The number itself, and what it was made of."""
    if isinstance(value, Share):
        tenths = tenths_of(value)
        return (None if tenths is None else f"{tenths // 10}.{tenths % 10}", value.part, value.whole)
    if isinstance(value, Duration):
        return (rounded(value.seconds, value.per), value.seconds, value.per)
    if isinstance(value, Score):
        mean = rounded(value.points * 10, value.per)
        return (None if mean is None else f"{mean // 10}.{mean % 10}", value.points, value.per)
    return (exact(value), None, None)


def _wide(table: Table) -> Iterator[str]:
    """The columns of a list as spreadsheets have them: an amount beside its currency, lengths in seconds."""
    for column in table.columns:
        yield f"{column.key}_s" if column.kind == "duration" else column.key
        if column.kind == "money":
            yield f"{column.key}_currency"


def _entry(row: Row, table: Table) -> Line:
    found: list[object] = [row.key]
    for column, value in zip(table.columns, row.values, strict=True):
        if column.kind == "money":
            only = value.amounts[0] if isinstance(value, Money) and value.amounts else None
            found += [decimal_text(only.minor, only.currency), only.currency] if only else [None, None]
        elif isinstance(value, Duration):
            found.append(rounded(value.seconds, value.per))
        else:
            found.append(exact(value))
    return tuple(found)
