"""Telephone numbers as files write them, brought to one spelling: ``+8613800000000``, ``+8675500000000;ext=801``.

The spelling is RFC 3966's global number with its extension. Chinese mobile numbers have 11 digits from 13 to 19,
landlines an area code with a leading zero (2 digits after 010 and 02x, 3 otherwise) and 7 or 8 digits.
"""

from __future__ import annotations

import re

from msgspec import Struct

from collectdesk.desk.importing.cells import Cell, refuse_scientific, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.errors import N_

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}")
_LOST_ZERO = re.compile(r"(?!400|800)(?:10|2\d|[3-9]\d{2})[1-9]\d{6,7}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_WITH_COUNTRY = re.compile(r"86\d{10,11}")
_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")
_EXTENSION = re.compile(r"(?:-|转|分机|ext\.?|x|#|,|;ext=){1,4}\s*(\d{1,6})$", re.IGNORECASE)
_FILLING = str.maketrans("", "", " -()./")
_DECIMAL = re.compile(r"\d+\.0+")
_SEVERAL = re.compile(r"[;/、|\n]|,(?=\d{7})|\s(?=1[3-9]\d{9})")


class Phone(Struct, frozen=True):
    """A number in its one spelling, and ``mobile``, ``landline`` or ``unknown``."""

    number: str
    kind: str


def read_phone(cell: Cell) -> Phone:
    """Read one number.

    Raises:
        Refusal: several numbers in one cell, spreadsheet damage, no area code, or no telephone number at all.
    """
    text = tidy(cell)
    refuse_scientific(cell, text)
    if _DECIMAL.fullmatch(text):
        raise Refusal("number_decimal", N_("turned into a decimal number (.0) on the way."), _READ_AS_TEXT)
    _refuse_several(text)
    main, extension = _split(text)
    digits = main.translate(_FILLING)
    return _chinese(digits, extension) or _elsewhere(digits, extension)


def _split(text: str) -> tuple[str, str]:
    """Take an extension off a landline: ``0755-12345678-801``, ``…转801``; a mobile has none."""
    found = _EXTENSION.search(text)
    if not found:
        return text, ""
    rest = text[: found.start()]
    digits = _national(rest.translate(_FILLING))
    if not (_LANDLINE.fullmatch(digits) or _LOST_ZERO.fullmatch(digits) or _LOCAL.fullmatch(digits)):
        return text, ""
    return rest, found.group(1)


def _national(digits: str) -> str:
    """Without the country code of China, a landline with its zero again."""
    rest = digits.removeprefix("+86").removeprefix("0086")
    if rest == digits and _WITH_COUNTRY.fullmatch(digits):
        rest = digits[2:]
    if rest == digits or rest.startswith("0") or _MOBILE.fullmatch(rest):
        return rest
    return "0" + rest


def _chinese(digits: str, extension: str) -> Phone | None:
    national = _national(digits)
    if _MOBILE.fullmatch(national):
        return Phone("+86" + national, "mobile")
    if _LANDLINE.fullmatch(national):
        tail = f";ext={extension}" if extension else ""
        return Phone("+86" + national[1:] + tail, "landline")
    if _LOST_ZERO.fullmatch(national):
        raise Refusal("leading_zero_lost", N_("an area code without its leading zero."), _KEEP_ZERO)
    if _LOCAL.fullmatch(national):
        raise Refusal("area_code_missing", N_("a landline number without its area code."), _ADD_AREA)
    return None


def _elsewhere(digits: str, extension: str) -> Phone:
    number = "+" + digits[2:] if digits.startswith("00") else digits
    if not _FOREIGN.fullmatch(number) or number.startswith("+86"):
        raise Refusal("phone_form", N_("not a telephone number."), _CHECK)
    return Phone(number + (f";ext={extension}" if extension else ""), "unknown")


def _refuse_several(text: str) -> None:
    if _SEVERAL.search(text) and sum(len(part) >= 7 for part in re.findall(r"\d+", text)) > 1:
        raise Refusal("several_numbers", N_("several numbers in one cell."), _ONE_EACH)


_KEEP_ZERO = N_("Format the column as text in the source, so that the zero stays, and export it again.")
_ADD_AREA = N_("Put the area code before it, as in 0755-12345678.")
_READ_AS_TEXT = N_("Export the column as text; a script reads it as text, as pandas does with dtype=str.")
_CHECK = N_("Compare it with the source; numbers from abroad begin with + and the country code.")
_ONE_EACH = N_("Give each number a column of its own.")
