"""What the name of a file tells (文件名): a call's id, the numbers that may be the one dialled, when it began.

Exchanges name recordings in many ways; every reading that fits is taken, and where two fit a person decides.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.store.ids import LETTERS

CALL = re.compile(rf"(?<![A-Za-z0-9]){LETTERS['call']}([1-9]\d{{0,17}})(?![A-Za-z0-9])", re.IGNORECASE)
STAMP = re.compile(
    r"(?<!\d)(20\d\d)[-_.年/]?(\d\d)[-_.月/]?(\d\d)日?[-_ T.@/]*(\d\d)[-_.:：时]?(\d\d)[-_.:：分]?(\d\d)(?!\d)"
)
EPOCH = re.compile(r"(?<!\d)(1[6-9]\d{8})(?:\.\d+)?(?!\d)")
"""Seconds since 1970, as an exchange's own ids begin; a mobile number has a digit more."""
NUMBER = re.compile(r"(?<!\d)\+?\d{7,15}(?!\d)")
COUNTRY = "86"
SHORTEST_WITH_COUNTRY = 12


class Told(NamedTuple):
    """What a name tells: key of ``call``, digits of numbers, instants in UTC seconds; empty where it does not."""

    call: int | None
    numbers: frozenset[str]
    starts: tuple[int, ...]


def told(file: str) -> Told:
    """Read a path below a keeper's folder; times are the house's own.

    >>> told("2026/REC_20261123-101502_019900005678.wav").numbers
    frozenset({'19900005678'})
    """
    stem = re.sub(r"\.[A-Za-z0-9]+$", "", file)
    calls = {int(each) for each in CALL.findall(stem)}
    starts = dict.fromkeys([*_stamps(stem), *(int(each) for each in EPOCH.findall(stem))])
    rest = EPOCH.sub(" ", STAMP.sub(" ", stem))
    numbers = frozenset(canonical(each) for each in NUMBER.findall(rest))
    return Told(calls.pop() if len(calls) == 1 else None, numbers, tuple(starts))


def canonical(number: str) -> str:
    """The digits by which a number is compared: no country code of China, no leading zeros, no extension."""
    digits = "".join(char for char in number.partition(";")[0] if char.isdigit()).lstrip("0")
    if digits.startswith(COUNTRY) and len(digits) >= SHORTEST_WITH_COUNTRY:
        digits = digits.removeprefix(COUNTRY).lstrip("0")
    return digits


def _stamps(stem: str) -> list[int]:
    zone, found = ZoneInfo(HOUSE_ZONE), []
    for parts in STAMP.findall(stem):
        try:
            found.append(int(datetime(*map(int, parts), tzinfo=zone).timestamp()))  # type: ignore[misc, arg-type]
        except ValueError:
            continue
    return found
