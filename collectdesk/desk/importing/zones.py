"""Time zones of debtors: as the file names them, else by country where a country has one."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import ZoneInfo

from collectdesk.desk.importing.cells import Cell, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.desk.importing.vocabulary import shipped
from collectdesk.errors import N_

# Countries and regions with a single zone in law; elsewhere the file must name it.
ONE_ZONE = {
    "CN": "Asia/Shanghai", "HK": "Asia/Hong_Kong", "MO": "Asia/Macau", "TW": "Asia/Taipei", "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul", "SG": "Asia/Singapore",
}  # fmt: skip
_PROVINCES = frozenset(shipped("vocabulary.toml")["region"])
_CHINESE_MOBILE = re.compile(r"\+861[3-9]\d{9}")
_WORDS = {"北京时间": "Asia/Shanghai", "北京": "Asia/Shanghai", "香港时间": "Asia/Hong_Kong"}


@cache
def _known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return "/" in name or name == "UTC"


def read_zone(cell: Cell) -> str:
    """An IANA zone name such as ``Asia/Shanghai``.

    Raises:
        Refusal: no such zone.
    """
    text = tidy(cell)
    name = _WORDS.get(text, text)
    if not _known(name):
        raise Refusal("zone_unknown", N_("not a time zone."), N_("Write it like Asia/Shanghai (IANA)."))
    return name


def candidates(
    zone: str | None, country: str | None, region: str | None, numbers: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Candidate zones with where each was taken from: the file's own word, the address, the numbers.

    Without any of them there is none, and the gate says that the hours are unknown.
    """
    if zone:
        return [(zone, "creditor")]
    where = country or (region if region in ("HK", "MO", "TW") else "CN" if region in _PROVINCES else None)
    found = [(ONE_ZONE[where], "address")] if where in ONE_ZONE else []
    found += [(ONE_ZONE["CN"], _code_of(number)) for number in numbers if number.startswith("+86")]
    return list(dict.fromkeys(found))


def _code_of(number: str) -> str:
    return "mobile_code" if _CHINESE_MOBILE.fullmatch(number) else "landline_code"
