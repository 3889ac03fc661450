"""Personal data as screens show it unless someone asked for more, which is a journalled act."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from collectdesk.desk.destructions.gone import GONE
from collectdesk.lang import _

_LANDLINE = re.compile(r"\+86(10|2\d|[3-9]\d{2})\d{3,4}(\d{4})")  # as the desk spells one (RFC 3966)


def mask_name(name: str) -> str:
    """The first character and a star: ``王*``; of a name in Latin letters each word's: ``J* S*``.

    Of somebody whose case was destroyed there is no name, and a word says so.
    """
    if name == GONE:
        return _("destroyed")
    words = name.split()
    if not words:
        return "*"
    shown = words if name.isascii() else words[:1]
    return " ".join(f"{word[0]}*" for word in shown)


def full_name(name: str) -> str:
    """The name as it is, or the word for one that was destroyed."""
    return mask_name(name) if name == GONE else name


def name_wire(name: str, shown: Callable[[str], str]) -> str | None:
    """A name as programs read it, masked or not; none where it was destroyed."""
    return None if name == GONE else shown(name)


def mask_number(number: str) -> str:
    """``138****5678``; of a number shorter than eleven digits only the end: ``****567``.

    A landline of China keeps its area code, and any number its extension, which is nobody's own:
    ``0755-****4567 ext. 801``. Of others at most the first three and last four of eleven digits or more, and never
    more than a third of a shorter one.
    """
    main, _sep, extension = number.partition(";ext=")
    if extension:
        return _("{number} ext. {extension}").format(number=mask_number(main), extension=extension)
    landline = _LANDLINE.fullmatch(number)
    if landline:
        return f"0{landline[1]}-****{landline[2]}"
    digits = "".join(char for char in number if char.isdigit())
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    shown = len(digits) // 3
    return "****" + (digits[-shown:] if shown else "")


def mask_id(number: str) -> str:
    """The last four characters of an identity number of eight or more: ``****123X``."""
    text = number.strip()
    return "****" + (text[-4:] if len(text) >= 8 else "")


class Masks(NamedTuple):
    """How personal values are shown: masked, or in full once that was journalled."""

    name: Callable[[str], str] = mask_name
    number: Callable[[str], str] = mask_number
    id: Callable[[str], str] = mask_id


FULL = Masks(full_name, str, str)
"""Nothing is masked."""
