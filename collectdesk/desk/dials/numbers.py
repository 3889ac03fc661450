"""Numbers as an exchange records them (话单号码): with a digit for an outside line, without an area code, or inside."""

from __future__ import annotations

import re

from collectdesk.desk.importing.cells import Cell, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.desk.importing.phones import read_phone
from collectdesk.errors import N_

INSIDE = re.compile(r"\d{2,6}")
"""An extension: no number of the public network is so short that anybody's home or pocket has it."""
HIDDEN = re.compile(r"\d[*xX＊]{2,}\d|\*{3,}")
LOCAL = re.compile(r"[2-9]\d{6,7}")
OUTSIDE = ("9", "0")
"""What may be dialled before a number: for an outside line, for a mobile of another city."""


def read_dialled(cell: Cell, area_code: str | None = None) -> str | None:
    """The number in its one spelling; none for a call inside the house.

    Args:
        cell: as the record has it.
        area_code: of the exchange, for local numbers.
    Raises:
        Refusal: digits are hidden, or it is no telephone number.
    """
    text = tidy(cell)
    if HIDDEN.search(text):
        raise Refusal("number_hidden", N_("digits of the number are hidden."), _WHOLE)
    if INSIDE.fullmatch(text):
        return None
    if area_code and LOCAL.fullmatch(text):
        text = f"0{area_code.lstrip('0')}{text}"
    try:
        return read_phone(text).number
    except Refusal:
        outside = _without_prefix(text)
        if outside is None:
            raise
        return outside


def read_extension(cell: Cell) -> str:
    """An extension or trunk by its digits: ``601``, ``SIP/601-0000a3``."""
    text = tidy(cell)
    found = re.fullmatch(r"[A-Za-z]+/(\w+?)(?:-[0-9a-fA-F]+)?", text)
    return found.group(1) if found else text


def _without_prefix(text: str) -> str | None:
    for prefix in OUTSIDE:
        if text.startswith(prefix):
            try:
                return read_phone(text.removeprefix(prefix)).number
            except Refusal:
                continue
    return None


_WHOLE = N_("Ask for the records with whole numbers; a hidden one can be compared with nothing.")
