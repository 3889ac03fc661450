"""What the queue, the day's capacity and checks of many ask: a stretch of debtors at a time, narrow rows, no events.

The rows say which cases are alike; only where something on file is personal, or contacts may bear on the answer, is
the whole file read (``case_rows``). Texts over all events touch an index and the few rows it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Stretch(NamedTuple):
    """Some debtors: a condition on the column ``{}``, and its parameters."""

    condition: str
    params: Mapping[str, object]


def between(after: int, last: int) -> Stretch:
    """The debtors with keys above ``after``, up to ``last``."""
    return Stretch("{0} > :after AND {0} <= :last", {"after": after, "last": last})


def these(debtors: Iterable[int]) -> Stretch:
    """The debtors with these keys."""
    listed = ", ".join(str(int(key)) for key in debtors)
    return Stretch(f"{{0}} IN ({listed or 'NULL'})", {})  # a server takes no empty list


END = "SELECT max(debtor) FROM (SELECT debtor FROM case_file WHERE debtor > :after ORDER BY debtor LIMIT :most) few"
"""The key of the last debtor of the next stretch."""
OPEN_CASES = "SELECT count(*) FROM case_file WHERE status = 'open'"
KEYS = "SELECT code, id, debtor FROM case_file WHERE code IN ({codes})"

_NEWEST = (
    "(SELECT n.id FROM statement n WHERE n.case_id = c.id ORDER BY n.as_of DESC, n.imported_at DESC, n.id DESC LIMIT 1)"
)
_TEXTS = {
    "cases": (
        "c.debtor",
        "SELECT c.debtor, c.id, c.code, c.status, c.collector, c.frozen_at, c.import_batch, s.import_batch,"
        " c.debt_group, c.signed_on, c.due_on, s.total, s.currency, c.placed_at, s.days_past_due, p.born_on,"
        " s.as_of, c.creditor, c.type, c.assigned_at,"
        " p.country, p.region, p.city, p.capacity, p.died_on"
        " FROM case_file c CROSS JOIN person p LEFT JOIN statement s ON s.id = {newest}"
        " WHERE {debtors} AND p.id = c.debtor ORDER BY c.debtor, c.id",
    ),
    "numbers": (
        "person",
        "SELECT person, class, place, source, status, {seldom} FROM number WHERE {debtors} ORDER BY person, id",
    ),
    "notices": (
        "debtor",
        "SELECT debtor, kind, debts, person, sent_at, received_at, returned_at FROM notice WHERE {debtors}"
        " ORDER BY debtor, id",
    ),
    "zones": ("person", "SELECT person, zone, source FROM person_zone WHERE {debtors} ORDER BY person, id"),
    "parties": (
        "c.debtor",
        "SELECT w.case_id, w.person, w.role, w.reserved, w.agreed, w.authority_from, w.authority_until,"
        " w.authority_evidence, w.treated_as_debtor, p.capacity, p.died_on"
        " FROM case_file c CROSS JOIN case_party w CROSS JOIN person p"
        " WHERE {debtors} AND w.case_id = c.id AND w.person <> c.debtor AND p.id = w.person ORDER BY w.case_id, w.id",
    ),
    "vouched": (
        "c.debtor",
        "SELECT a.case_id, a.kind, a.at, a.scope FROM case_file c CROSS JOIN attestation a"
        " WHERE {debtors} AND a.case_id = c.id ORDER BY a.id",
    ),
    "covers": (
        "c.debtor",
        "SELECT h.case_id, h.org, h.complete_from, h.complete_through FROM case_file c CROSS JOIN history_cover h"
        " WHERE {debtors} AND h.case_id = c.id ORDER BY h.id",
    ),
    "personal": (
        "debtor",
        "SELECT debtor FROM hold WHERE {debtors} UNION SELECT debtor FROM consent WHERE {debtors}"
        " UNION SELECT debtor FROM designation WHERE {debtors}",
    ),
}
"""For each kind of row the column that names the debtor, and its text."""


def text(kind: str, stretch: Stretch, *, seldom: bool = False) -> str:
    """The text for one kind of row and the debtors of ``stretch``; ``seldom``: with a number's dates."""
    column, words = _TEXTS[kind]
    dates = "status_at, confirmed_at" if seldom else "NULL"
    return words.format(debtors=stretch.condition.format(column), newest=_NEWEST, seldom=dates)


VOUCHED_BATCHES = "SELECT batch, kind, at, scope FROM attestation WHERE case_id IS NULL ORDER BY id"
UNDOCUMENTED = "SELECT id FROM person WHERE {debtors} AND COALESCE(id_number, '') = ''"
"""Who has no number of an identity paper on file."""
NAMES = "SELECT id, name FROM person WHERE {debtors}"
LINES = "SELECT person, id FROM number WHERE {debtors} ORDER BY person, id"
"""Each debtor's numbers, in the order ``numbers`` has them."""
