"""A report as one JSON document, ``collectdesk.report/1``: keys and codes in English, titles in the language spoken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from collectdesk.desk.reports.figure import (
    Chart,
    Column,
    Count,
    Day,
    Definition,
    Duration,
    Figure,
    Moment,
    Money,
    Period,
    Report,
    Row,
    Score,
    Section,
    Share,
    Table,
    Value,
    Words,
)
from collectdesk.desk.reports.relation import LOCAL
from collectdesk.lang import current
from collectdesk.show.money import decimal_text
from collectdesk.show.reports.wording import called, rounded, said, tenths_of

_ZONE = timezone(timedelta(seconds=LOCAL))


def document(report: Report) -> dict[str, object]:
    """The document without its schema, which is first."""
    return {
        "report": report.name,
        "title": said(report.title),
        "about": said(report.about),
        "language": current(),
        "practice": report.practice,
        "made_at": _instant(report.made_at),
        "made_by": report.made_by,
        "period": _period(report.period),
        "compared": _period(report.compared) if report.compared else None,
        "scope": report.scope,
        "unmasked": report.unmasked,
        "sections": [_section(each) for each in report.sections],
        "notes": [{"code": each.code, "text": said(each.text), "caution": each.caution} for each in report.notes],
        "definitions": [_definition(each) for each in report.definitions],
    }


def value(what: Value) -> object:
    """A value with one exact form: whole numbers, decimal strings, ISO dates; null where nothing is known."""
    if isinstance(what, Count):
        return what.number
    if isinstance(what, Share):
        tenths = tenths_of(what)
        return {"part": what.part, "whole": what.whole, "percent": None if tenths is None else _tenths(tenths)}
    if isinstance(what, Money):
        return [{"amount": decimal_text(each.minor, each.currency), "currency": each.currency} for each in what.amounts]
    if isinstance(what, Duration):
        return {"seconds": what.seconds, "per": what.per, "mean": rounded(what.seconds, what.per)}
    if isinstance(what, Score):
        mean = rounded(what.points * 10, what.per)
        return {"points": what.points, "per": what.per, "mean": None if mean is None else _tenths(mean)}
    if isinstance(what, Moment):
        return _instant(what.at)
    if isinstance(what, Day):
        return what.on
    return what.text if isinstance(what, Words) else None


def _section(section: Section) -> dict[str, object]:
    return {
        "key": section.key,
        "title": said(section.title),
        "figures": [_figure(each) for each in section.figures],
        "tables": [_table(each) for each in section.tables],
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "key": figure.key,
        "value": value(figure.value),
        "before": value(figure.before),
        "alarm": figure.alarm,
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "key": table.key,
        "title": said(table.title),
        "by": table.by,
        "columns": [_column(each) for each in table.columns],
        "rows": [_row(each, table) for each in table.rows],
        "total": _row(table.total, table) if table.total else None,
        "chart": _chart(table.chart) if table.chart else None,
    }


def _column(column: Column) -> dict[str, object]:
    return {"key": column.key, "title": said(column.title), "kind": column.kind, "figure": column.figure}


def _row(row: Row, table: Table) -> dict[str, object]:
    keys = [column.key for column in table.columns]
    return {
        "key": row.key,
        "label": called(row.label),
        "values": {key: value(each) for key, each in zip(keys, row.values, strict=True)},
        "before": {key: value(each) for key, each in zip(keys, row.before, strict=True)} if row.before else None,
        "folded": row.folded,
    }


def _chart(chart: Chart) -> dict[str, object]:
    return {"shape": chart.shape, "columns": chart.columns}


def _definition(means: Definition) -> dict[str, object]:
    return {
        "key": means.key,
        "kind": means.kind,
        "title": said(means.title),
        "meaning": said(means.meaning),
        "better": means.better,
        "part": means.part,
        "whole": means.whole,
        "listed": means.listed,
    }


def _period(period: Period) -> dict[str, object]:
    return {"span": period.span, "first": period.first, "last": period.last}


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(_ZONE)


def _tenths(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"
