"""Amounts of money as files write them, exactly, in minor units (分).

``1,234.50``, ``¥1234.5``, ``1.5万元``, ``(120.00)``; never through binary fractions. Currencies are ISO 4217.
"""

from __future__ import annotations

import re
from decimal import Decimal

from collectdesk.desk.currencies import minor_digits
from collectdesk.desk.importing.cells import AS_TEXT, SCIENTIFIC, Cell, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.errors import N_

_SYMBOLS = re.compile(
    r"^(?:人民币|rmb|cny|usd|hkd|eur|gbp|jpy|¥|￥|\$|€|£)\s*|\s*(?:rmb|cny|元整?|圆整?)$", re.IGNORECASE
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d{1,15}(?:\.\d*)?|\.\d+")
_UNITS = {"万": 10_000, "亿": 100_000_000, "千": 1_000}
LARGEST = 10**15  # minor units: a million times what a person owes


def read_amount(cell: Cell, currency: str, unit: int = 1) -> int:
    """An amount of zero or more in minor units; ``unit`` is what the heading multiplies by (万元: 10,000).

    >>> read_amount("1.5万元", "CNY"), read_amount("1,234.50", "CNY"), read_amount("1200", "JPY")
    (1500000, 123450, 1200)

    Raises:
        Refusal: negative, not a number, more decimals than the currency has, or digits lost to a spreadsheet.
    """
    minor = read_signed(cell, currency, unit)
    if minor < 0:
        raise Refusal("negative_amount", N_("a negative amount."), _CREDIT)
    return minor


def read_signed(cell: Cell, currency: str, unit: int = 1) -> int:
    """The same, but it may be below zero: ``-120.00``, ``(120.00)``.

    Raises:
        Refusal: as for an amount.
    """
    minor = (_decimal(cell) * unit).scaleb(minor_digits(currency))
    if minor != minor.to_integral_value():
        raise Refusal("too_many_decimals", N_("more decimals than {currency} has."), _EXACT, currency=currency)
    if abs(minor) > LARGEST:
        raise Refusal("amount_too_large", N_("larger than any debt."), _COMPARE)
    return int(minor)


def in_units(cell: Cell, unit: int = 1) -> bool:
    """Whether an amount stands there in ten thousands or the like (1.19万元), by its heading or by itself."""
    if unit != 1:
        return True
    text = tidy(cell).strip("()-+ ") if isinstance(cell, str) else ""
    return _SYMBOLS.sub("", _SYMBOLS.sub("", text)).strip("- ")[-1:] in _UNITS


def _decimal(cell: Cell) -> Decimal:
    if isinstance(cell, bool):
        raise _unreadable()
    if isinstance(cell, int | float):
        return Decimal(f"{cell:.15g}")  # a spreadsheet keeps 15 digits: beyond them is binary noise
    text = tidy(cell)
    if SCIENTIFIC.fullmatch(text):
        raise Refusal("scientific_notation", N_("turned into scientific notation by a spreadsheet."), AS_TEXT)
    negative = text.startswith("-") or (text.startswith("(") and text.endswith(")"))
    text = _SYMBOLS.sub("", _SYMBOLS.sub("", text.strip("()-+ "))).strip("- ")
    scale = _UNITS.get(text[-1:], 1)
    digits = text if scale == 1 else text[:-1].strip()
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    elif not _PLAIN.fullmatch(digits):
        raise _unreadable()
    return Decimal(digits) * scale * (-1 if negative else 1)


def _unreadable() -> Refusal:
    return Refusal("amount_form", N_("not an amount."), _WRITE)


_EXACT = N_("State the exact amount.")
_COMPARE = N_("Compare it with the statement.")
_CREDIT = N_("A debt is zero or more; settle credits with the creditor before the import.")
_WRITE = N_("Write it like 1234.50 or 1,234.50.")
