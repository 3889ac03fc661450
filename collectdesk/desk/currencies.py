"""Currencies (ISO 4217): which are known, and how many digits follow the point.

By itself, for every check of a case asks it and needs nothing else of the importer.
"""

from __future__ import annotations

_MINOR = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}
"""Digits after the point; all others have two."""
_OTHERS = (
    "CNY HKD MOP TWD USD EUR GBP CHF CAD AUD NZD SGD MYR THB PHP IDR INR RUB BRL MXN ZAR SEK NOK DKK PLN TRY AED "
    "SAR ILS KZT UAH"
)
CURRENCIES = frozenset(_OTHERS.split()) | frozenset(_MINOR)


def minor_digits(currency: str) -> int:
    """How many digits follow the decimal point in ``currency``."""
    return _MINOR.get(currency, 2)
