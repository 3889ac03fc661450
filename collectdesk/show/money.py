"""Amounts for people, from integer minor units and a currency code (ISO 4217)."""

from __future__ import annotations

from collectdesk.lang import current

_EXPONENT = {
    **dict.fromkeys(("JPY", "KRW", "VND", "CLP", "ISK"), 0),
    **dict.fromkeys(("BHD", "KWD", "OMR", "JOD", "TND"), 3),
}
_NAMES_ZH = {
    "CNY": ("人民币", "元"),
    "USD": ("美元", "元"),
    "HKD": ("港币", "元"),
    "EUR": ("欧元", "元"),
    "JPY": ("日元", "元"),
    "KRW": ("韩元", "元"),
}


def decimal_text(minor: int, currency: str) -> str:
    """The exact amount as JSON carries it: ``"12480.00"``."""
    digits = _EXPONENT.get(currency, 2)
    sign, whole = ("-" if minor < 0 else ""), str(abs(minor)).rjust(digits + 1, "0")
    return sign + (f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole)


def amount(minor: int, currency: str) -> str:
    """The amount in a column: ``¥12,480.00``, ``USD 1,200.00``.

    For other currencies than the yuan the code.
    """
    text = _grouped(decimal_text(minor, currency))
    if currency != "CNY":
        return f"{currency} {text}"
    return f"-¥{text[1:]}" if text.startswith("-") else f"¥{text}"


def spoken(minor: int, currency: str, lang: str | None = None) -> str:
    """The amount as it is said on the telephone: ``人民币 12,480.00 元``, ``CNY 12,480.00``."""
    text = _grouped(decimal_text(minor, currency))
    if (lang or current()) == "en" or currency not in _NAMES_ZH:
        return f"{currency} {text}"
    name, unit = _NAMES_ZH[currency]
    return f"{name} {text} {unit}"


def _grouped(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if int(whole) or not whole.startswith("-") else f"-0{dot}{rest}"
