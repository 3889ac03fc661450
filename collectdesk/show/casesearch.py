"""The cases a search finds, as a table and as rows for programs; masked unless asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.lang import _, ngettext
from collectdesk.show.casebook import STATUSES
from collectdesk.show.masking import Masks, name_wire
from collectdesk.show.words import word

if TYPE_CHECKING:
    from collectdesk.desk.casebook import CaseLine

SEARCH = ("code", "name", "creditor", "product", "status", "total", "currency", "collector")
"""What programs are told of each."""


def search_text(found: Sequence[CaseLine], masks: Masks) -> None:
    """The cases found, as a table."""
    from collectdesk.desk.casebook import MOST_FOUND
    from collectdesk.show.money import amount
    from collectdesk.show.tables import Column, short, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [
        Column(_("Case"), "id"),
        Column(_("Debtor")),
        Column(_("Creditor")),
        Column(_("Status")),
        Column(_("Amount"), "money"),
        Column(_("Collector"), "id"),
    ]
    rows = [
        [
            line.code,
            masks.name(line.name),
            short(line.creditor, 24),
            word(STATUSES, line.status),
            amount(line.total, line.currency) if line.total is not None and line.currency else "-",
            line.collector or "-",
        ]
        for line in found
    ]
    if rows:
        console.print(table(console, columns, rows))
    said = ngettext("{count} case found.", "{count} cases found.", len(rows)).format(count=len(rows))
    if len(rows) == MOST_FOUND:
        said = _("{count} cases are shown, and no more; say more to find fewer.").format(count=len(rows))
    console.print(" " + said)


def search_rows(found: Sequence[CaseLine], masks: Masks) -> list[dict[str, object]]:
    """The cases found, by the keys of ``SEARCH``."""
    from collectdesk.show.money import decimal_text

    def row(line: CaseLine) -> dict[str, object]:
        total = decimal_text(line.total, line.currency) if line.total is not None and line.currency else None
        values = (
            line.code,
            name_wire(line.name, masks.name),
            line.creditor,
            line.product,
            line.status,
            total,
            line.currency,
            line.collector,
        )
        return dict(zip(SEARCH, values, strict=True))

    return [row(line) for line in found]
