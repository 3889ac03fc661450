"""The sample with texts that try to act on a page or in a spreadsheet, wherever somebody else's text stands."""

from __future__ import annotations

from itertools import cycle

from msgspec.structs import replace

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.figure import Count, Label, Note, Report, Row, Table, Words
from tests.desk.reports.sample import sample
from tests.show.hostile import ALL

PAGES = (
    "<script>document.title='owned'</script>",
    "</style><script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=1">',
    "<a href='http://evil.example'>x</a>",
    "javascript:document.title=1",
    "]]><svg onload=document.title=1>",
    "&lt;b&gt;&#x3c;",
    "{value} {size} {before}",
)
TEXTS = (*PAGES, *ALL)


def hostile() -> Report:
    """Every label, id, word, team and note of the sample is somebody's attempt."""
    full, texts = sample(), cycle(TEXTS)
    sections = tuple(
        replace(section, tables=tuple(_table(each, texts_of(each)) for each in section.tables))
        for section in full.sections
    )
    note = Note(code="empty", text=Both(next(texts), next(texts)), caution=True)
    return replace(
        full, sections=sections, notes=(note,), made_by=PAGES[0], scope=replace(full.scope, team=PAGES[1] + "x" * 500)
    )


def texts_of(table: Table) -> tuple[str, ...]:
    """The texts a table of the hostile report has as labels, in their order."""
    return TEXTS if table.key in ("products", "list") else ()


def _table(table: Table, texts: tuple[str, ...]) -> Table:
    if not texts:
        return table
    return replace(table, rows=tuple(_row(table, each) for each in texts))


def _row(table: Table, text: str) -> Row:
    label: Label = text
    first = table.rows[0]
    values = tuple(Words(text) if isinstance(value, Words) else value for value in first.values)
    return replace(first, key=text, label=label, values=values if table.key == "list" else (Count(3), *values[1:]))
