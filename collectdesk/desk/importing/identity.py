"""Identity documents (证件): their kinds, check digits, and what spreadsheets do to their numbers.

The resident identity card is GB 11643-1999: 17 digits and a check character by ISO 7064 MOD 11-2 (X for ten); the
older form has 15 digits, a two-digit year of the 1900s and no check digit. Area codes are not judged: they change.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from collectdesk.desk.importing.cells import AS_TEXT, Cell, refuse_scientific, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.errors import N_

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EARLIEST_BIRTH = date(1900, 1, 1)

_RESIDENT = re.compile(r"\d{17}[\dX]")
_SEPARATORS = str.maketrans("", "", " -")
_FORMS = {
    "resident_15": re.compile(r"\d{15}"),
    "hk_macao_permit": re.compile(r"[HM](\d{8}|\d{10})"),
    "taiwan_permit": re.compile(r"\d{8}|\d{10}"),
    "passport": re.compile(r"[A-Z0-9]{5,20}"),
    "foreign_resident": re.compile(r"[A-Z]{3}\d{12}|9\d{16}[\dX]"),
    "business": re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}|\d{15}"),
    "other": re.compile(r".{1,64}"),
}


class IdDocument(Struct, frozen=True):
    """A document: its kind (a code of the store), its number, and the birth date it carries, if any."""

    kind: str
    number: str
    born_on: date | None = None


def check_character(seventeen: str) -> str:
    """The check character of the first 17 digits of a resident card.

    >>> check_character("11010519491231002")
    'X'
    """
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def as_eighteen(fifteen: str) -> str:
    """The 18-digit form of a 15-digit resident number: the same person on a newer card."""
    seventeen = fifteen[:6] + "19" + fifteen[6:]
    return seventeen + check_character(seventeen)


def read_document(cell: Cell, kind: str | None, on: date) -> IdDocument:
    """Read a document number of ``kind``, or of the kind its form shows; ``on`` is the day nobody is born after.

    Raises:
        Refusal: damaged by a spreadsheet, not of its kind's form, wrong check digit, or an impossible birth date.
    """
    text = tidy(cell).upper().translate(_SEPARATORS)
    _refuse_damage(cell, text)
    kind = kind or _kind_of(text)
    if kind == "resident" and len(text) == len("110105491231002"):
        kind = "resident_15"
    if kind == "resident":
        return _resident(text, on)
    if not _FORMS[kind].fullmatch(text):
        raise Refusal("document_form", N_("does not have the form of this kind of document."), _STATE_KIND)
    if kind == "resident_15":
        return IdDocument(kind, text, _birth("19" + text[6:12], on))
    return IdDocument(kind, text)


def rounded_perhaps(document: IdDocument) -> bool:
    """A valid resident number that ends in 000: rarely true, often a spreadsheet's rounding."""
    return document.kind == "resident" and document.number.endswith("000")


def _resident(text: str, on: date) -> IdDocument:
    if not _RESIDENT.fullmatch(text):
        raise Refusal("resident_form", N_("a resident identity card has 17 digits and a digit or X."), _COMPARE)
    if text[17] != check_character(text[:17]):
        if text.endswith("000"):
            raise Refusal("precision_lost", N_("ends in 000: a spreadsheet has rounded it."), AS_TEXT)
        raise Refusal("check_digit", N_("the check digit is wrong for a resident identity card."), _STATE_KIND)
    return IdDocument("resident", text, _birth(text[6:14], on))


def _birth(digits: str, on: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        born = None
    if born is None or not EARLIEST_BIRTH <= born <= on:
        raise Refusal("birth_in_number", N_("the birth date inside the number is impossible."), _COMPARE)
    return born


def _refuse_damage(cell: Cell, text: str) -> None:
    if isinstance(cell, float) and abs(cell) >= 10**15:
        raise Refusal("precision_lost", N_("kept as a number: a spreadsheet has rounded it."), AS_TEXT)
    refuse_scientific(cell, text)


def _kind_of(text: str) -> str:
    if _RESIDENT.fullmatch(text):
        return "resident"
    for kind in ("resident_15", "hk_macao_permit"):
        if _FORMS[kind].fullmatch(text):
            return kind
    if text.isdigit() and len(text) in (16, 17):
        raise Refusal("resident_form", N_("a resident identity card has 17 digits and a digit or X."), _COMPARE)
    raise Refusal("document_kind", N_("the kind of document is not stated and cannot be told."), _STATE_KIND)


_COMPARE = N_("Compare it with the document.")
_STATE_KIND = N_("Compare it with the document; if it is another kind, state it in the column for the kind.")
