"""The statement of amounts (欠款) on a line: exact, dated, its parts adding up to its total."""

from __future__ import annotations

from datetime import date
from functools import partial

from collectdesk.desk.currencies import CURRENCIES
from collectdesk.desk.importing.amounts import read_amount
from collectdesk.desk.importing.cells import Cell, tidy
from collectdesk.desk.importing.dates import midnight
from collectdesk.desk.importing.finding import Refusal
from collectdesk.desk.importing.line import Line
from collectdesk.desk.importing.records import Amounts
from collectdesk.desk.importing.vocabulary import Vocabulary
from collectdesk.errors import N_

_PARTS = {
    "principal": ("principal",),
    "interest": ("interest", "penalty_interest", "compound_interest"),
    "fees": ("fees", "late_fee", "other_fees"),
}
_DRIFT = 31
_LONGEST_DAYS = 5  # digits: some 270 years


def read_statement(line: Line, due_on: date | None) -> Amounts | None:
    """The statement on a line: its parts add up; without a date or a part it is left out, and said.

    Days past due are those of the statement's date, as stated or else counted from ``due_on``.
    """
    before = len(line.findings)
    as_of = line.date("statement.as_of", past=True)
    currency = line.read("statement.currency", partial(read_currency, line.table.vocabulary)) or "CNY"
    parts = {part: _sum(line, names, currency) for part, names in _PARTS.items()}
    total = _amount(line, "total", currency)
    days = line.read("statement.days_past_due", read_days)
    if any(finding.severity == "error" for finding in line.findings[before:]):
        return None
    if not _whole(line, as_of, parts, total) or as_of is None:
        return None
    return Amounts(
        as_of.isoformat(), midnight(as_of, line.table.zone), parts["principal"] or 0, parts["interest"] or 0,
        parts["fees"] or 0, currency, _days(line, days, as_of, due_on),
    )  # fmt: skip


def _whole(line: Line, as_of: date | None, parts: dict[str, int | None], total: int | None) -> bool:
    """Whether date and parts are all there and add up; what lacks is noted, what contradicts is refused."""
    stated = [part for part in parts.values() if part is not None]
    known, absent = sum(stated), None in parts.values()
    if not stated and total is None:
        return False
    if as_of is None:
        line.note(_column(line), "statement_undated", _UNDATED, _DATE_IT)
        return False
    if absent and (known != total or parts["principal"] is None):
        line.note(_column(line), "statement_incomplete", _INCOMPLETE, _WRITE_ZERO)
        return False
    if total is not None and known != total:
        line.refuse("statement.total", "total_mismatch", _MISMATCH, _COMPARE)
        return False
    return True


def _days(line: Line, stated: int | None, as_of: date, due_on: date | None) -> int | None:
    """Days past due on ``as_of``: as stated, else from the due date."""
    counted = max(0, (as_of - due_on).days) if due_on else None
    if stated is None or counted is None:
        return counted if stated is None else stated
    if abs(stated - counted) > _DRIFT:
        line.note("statement.days_past_due", "days_differ", _DIFFER, days=_DRIFT)
    return stated


def read_days(cell: Cell) -> int:
    """Whole days, ``47`` or ``47天``.

    Raises:
        Refusal: not a whole number of days.
    """
    text = tidy(cell).removesuffix("天").removesuffix("日").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_DAYS):
        raise Refusal("days_form", N_("not a whole number of days."), N_("Write it like 47."))
    return int(text)


def _sum(line: Line, names: tuple[str, ...], currency: str) -> int | None:
    found = [amount for name in names if (amount := _amount(line, name, currency)) is not None]
    return sum(found) if found else None


def _amount(line: Line, name: str, currency: str) -> int | None:
    column = line.table.columns.get(f"statement.{name}")
    unit = column.unit if column else 1
    return line.amount(f"statement.{name}", lambda cell: read_amount(cell, currency, unit), unit)


def _column(line: Line) -> str:
    names = ("statement.total", "statement.principal", "statement.interest", "statement.fees")
    return next((name for name in names if name in line.table.columns), "statement.total")


def read_currency(vocabulary: Vocabulary, cell: Cell) -> str:
    """A currency as its code, ``CNY`` or ``人民币``.

    Raises:
        Refusal: not a currency.
    """
    text = tidy(cell).upper()
    found = text if text in CURRENCIES else vocabulary.find("currency", cell)
    if found is None:
        raise Refusal("currency_unknown", N_("not a currency code."), N_("Write it like CNY (ISO 4217)."))
    return found


_UNDATED = N_("amounts without the date they hold for; they are left out.")
_INCOMPLETE = N_("amounts of which a part is missing; they are left out.")
_MISMATCH = N_("is not the sum of principal, interest and fees.")
_DIFFER = N_("more than {days} days from what the due date gives; taken as stated.")
_COMPARE = N_("Compare it with the source.")
_DATE_IT = N_("Add the statement's date.")
_WRITE_ZERO = N_("State principal, interest and fees each; write 0 where there is none.")
