"""A report as files under fixed names, ``REPORT_FIRST_LAST[_TEAM].ext``: the same question always the same file."""

from __future__ import annotations

import re
from collections.abc import Callable

from collectdesk.desk.reports.figure import SCHEMA, Report

Form = Callable[[Report], bytes]


def as_json(report: Report) -> bytes:
    """The document of ``--json``."""
    from collectdesk.show.jsonout import dumps
    from collectdesk.show.reports.document import document

    return (dumps({"schema": SCHEMA, **document(report)}, indent=2) + "\n").encode()


def as_csv(report: Report) -> bytes:
    """The lines of ``--csv``."""
    from collectdesk.show.csvout import csv_text
    from collectdesk.show.reports.flat import columns, lines

    return csv_text(columns(report), lines(report)).encode()


def as_xlsx(report: Report) -> bytes:
    """The workbook of ``--xlsx``."""
    from collectdesk.show.reports.workbook import workbook

    return workbook(report)


def as_html(report: Report) -> bytes:
    """The page of ``--html``."""
    from collectdesk.show.reports.page import page

    return page(report).encode()


FORMS: dict[str, Form] = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx, "html": as_html}
"""Every form that is a file, by its extension."""


def files(report: Report) -> dict[str, bytes]:
    """Every form under its name."""
    return {f"{stem(report)}.{extension}": form(report) for extension, form in FORMS.items()}


def stem(report: Report) -> str:
    """The name without its extension: the report, the period, and what it was narrowed to."""
    scope = report.scope
    listed = next(
        (figure.key for section in report.sections if section.key == "list" for figure in section.figures), ""
    )
    narrowed = (scope.team if scope.whose == "team" else None, scope.collector, scope.product, scope.stage)
    words = [report.name, listed, report.period.first, report.period.last, *(each or "" for each in narrowed)]
    return "_".join(re.sub(r"[^\w.+-]+", "-", each).strip("-.") for each in words if each)
