"""Cells as spreadsheets and text files give them, cleaned of what spreadsheets do to them.

Two readings of a cell: ``exact`` for names and free text, which are stored as they stand but for spaces around them,
and ``tidy`` for everything with a form of its own (numbers, dates, codes): full-width digits become plain, invisible
characters go, and the wrappers against reformatting (``="0755…"``, a leading apostrophe, a tab) are taken off.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from collectdesk.desk.importing.finding import Refusal
from collectdesk.errors import N_

Cell: TypeAlias = str | float | int | bool | date | datetime | time | timedelta | None

LONGEST = 32_767  # what a spreadsheet cell can hold
SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[eE][+]\d{1,3}")
SPACES = " \t\r\n\u00a0\u3000\ufeff"

_EXACT_FLOAT = 10**15  # a spreadsheet keeps 15 digits
_PLAIN = re.compile(r"[\x20-\x7e]*")
_WRAPPED = re.compile(r'=\s*"(.*)"', re.DOTALL)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))


def written(cell: Cell) -> str:
    """A cell as text, whole numbers without a decimal point."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT_FLOAT else f"{cell:.15g}"
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)


def exact(cell: Cell) -> str:
    """Free text as it stands, without the spaces around it.

    Raises:
        Refusal: longer than a spreadsheet cell, or with a NUL character, which no database text holds.
    """
    text = cell.strip(SPACES) if isinstance(cell, str) else written(cell)
    if len(text) > LONGEST:
        raise Refusal("text_too_long", N_("longer than {limit} characters."), _SHORTEN, limit=LONGEST)
    if "\x00" in text:
        raise Refusal("nul_character", N_("holds a NUL character."), _RETYPE)
    return text


def tidy(cell: Cell) -> str:
    """A cell with a form of its own, in plain characters.

    >>> tidy('="０７５５－１２３４"'), tidy("'0012"), tidy("138\\u200b0013")
    ('0755-1234', '0012', '1380013')
    """
    text = written(cell)
    if not text:
        return ""
    if not _PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
        if not text.isprintable():
            text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc"))
    text = text.strip()
    if text[:1] == "=" and (match := _WRAPPED.fullmatch(text)):
        text = match.group(1).strip()
    return text.lstrip("'").strip() if text[:1] == "'" else text


def hides(text: str) -> bool:
    """Whether the text holds characters nobody sees (zero width, control, direction marks)."""
    return not text.isprintable() and any(unicodedata.category(char) in ("Cf", "Cc") for char in text)


def refuse_scientific(cell: Cell, text: str) -> None:
    """Refuse ``1.38E+10``, or a number beyond the 15 digits a spreadsheet keeps.

    Raises:
        Refusal: the digits are gone; only the source has them.
    """
    if SCIENTIFIC.fullmatch(text) or (isinstance(cell, float) and abs(cell) >= _EXACT_FLOAT):
        raise Refusal("scientific_notation", N_("turned into scientific notation by a spreadsheet."), AS_TEXT)


AS_TEXT = N_("Format the column as text in the source, then export it again.")
_SHORTEN = N_("Shorten it.")
_RETYPE = N_("Type the cell again in the source.")
