"""Write ``data/calendars/<region>-<year>.json`` from the holidays library, or check what is written.

China's files are made here, those of other places in ``calendar_world``. The library knows the statutory days and,
for years whose State Council notice it has read, the days off swapped for weekend workdays. The file says more than
working or not: a *statutory* day (法定节假日) is one that the 全国年节及纪念日放假办法 itself lists; every other day of
the announced break, the weekends in it and the days off in lieu included, is an *announced* holiday; a weekend day
made a working day is a *make-up workday* (调休上班日). A year without a notice lists its statutory days only and is
unconfirmed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import holidays

from calendar_world import REGIONS, Region
from holiday_names import Names
from holiday_notices import AMENDMENTS, CONFIRMED_THROUGH, NOTICES, Notice, statutory_source

FOLDER = Path(__file__).resolve().parent.parent / "data" / "calendars"
SCHEMA = "collectdesk.calendar/1"
YEARS = range(2018, 2028)
READ_ON = "2026-11-23"
READ_ON_ABROAD = "2026-11-30"
YEARLY = ("CN", "KR", "RU")
"""Where a government settles the next year's days by a notice of its own."""
LIBRARY = f"holidays {version('holidays')}"
DAY = timedelta(days=1)

STATUTORY_NAMES = {"元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
EVE = "农历除夕"
SWAPPED_FOR = re.compile(r"休息日（由 (\d{4}-\d{2}-\d{2}) 调休）")

Entry = dict[str, Any]


@dataclass
class Break:
    """One announced break (一次放假): its consecutive days off and the holidays it is for."""

    days: list[date]
    names: list[Names] = field(default_factory=list)

    def joined(self) -> Names:
        """The holidays' names as one phrase; New Year's Eve goes with the Spring Festival."""
        named = [name for name in self.names if name["zh_CN"] != EVE] or self.names
        return {
            "zh_CN": "、".join(name["zh_CN"] for name in named),
            "en": " and ".join(name["en"] for name in named),
        }


class China:
    """What the holidays library says of a year and its neighbours: breaks and swaps cross the year's end."""

    def __init__(self, year: int) -> None:
        years = range(year - 1, year + 2)
        self.year = year
        self.in_chinese = holidays.country_holidays("CN", years=years, language="zh_CN")
        self.in_english = holidays.country_holidays("CN", years=years, language="en_US")

    def statutory(self, day: date) -> list[Names]:
        """The names of the statutory holidays on ``day``; none when it is no statutory day."""
        pairs = zip(self.in_chinese.get_list(day), self.in_english.get_list(day), strict=True)
        return [{"zh_CN": chinese, "en": english} for chinese, english in pairs if chinese in STATUTORY_NAMES]

    def off(self, day: date) -> bool:
        """Whether people rest on ``day``: weekend, holiday or day off in lieu, and no make-up workday."""
        return not self.in_chinese.is_working_day(day)

    def breaks(self) -> list[Break]:
        """The announced breaks of the year and its neighbours whose notice is in, in order of time."""
        found: list[Break] = []
        for day in sorted(self.in_chinese):
            if day.year > CONFIRMED_THROUGH or not self.statutory(day):
                continue
            if not (found and day in found[-1].days):
                found.append(Break(list(self._days_off_around(day))))
            found[-1].names += [name for name in self.statutory(day) if name not in found[-1].names]
        return found

    def _days_off_around(self, day: date) -> Iterator[date]:
        first = day
        while self.off(first - DAY):
            first -= DAY
        while self.off(first):
            yield first
            first += DAY

    def swaps(self) -> dict[date, date]:
        """Make-up workday → the day off it was swapped for, as the library names them."""
        found = {}
        for day in self.in_chinese:
            for name in self.in_chinese.get_list(day):
                if swap := SWAPPED_FOR.fullmatch(name):
                    found[date.fromisoformat(swap[1])] = day
        return found


def notice_for(day: date, belongs_to: Break) -> Notice:
    """The notice that announced ``day``: the one of the break's own year, or its amendment."""
    year = max(belongs_to.days).year
    amendment = AMENDMENTS.get(year)
    return amendment if amendment and day in amendment.amends else NOTICES[year]


def entry(day: date, kind: str, name: Names, source: str) -> Entry:
    """One date of a calendar file."""
    return {"date": day.isoformat(), "kind": kind, "name": name, "source": source}


def statutory_entries(china: China) -> Iterator[Entry]:
    """The statutory days of the year; two holidays on one day (2020-10-01) make one entry with both names."""
    for day in sorted(china.in_chinese):
        names = china.statutory(day)
        if day.year == china.year and names:
            phrase = Break([day], names).joined() if len(names) > 1 else names[0]
            yield entry(day, "statutory_holiday", phrase, statutory_source(day.year))


def announced_entries(china: China) -> Iterator[Entry]:
    """The rest of each announced break, and the weekend days worked in exchange."""
    breaks = china.breaks()
    for one in breaks:
        name = one.joined()
        label = {"zh_CN": f"{name['zh_CN']}假期", "en": f"{name['en']} break"}
        for day in one.days:
            if day.year == china.year and not china.statutory(day):
                yield entry(day, "announced_holiday", label, notice_for(day, one).citation)
    for workday, day_off in china.swaps().items():
        if workday.year == china.year and day_off.year <= CONFIRMED_THROUGH:
            one = next(one for one in breaks if day_off in one.days)
            name = one.joined()
            label = {"zh_CN": f"{name['zh_CN']}调休上班", "en": f"Make-up workday: {name['en']}"}
            yield entry(workday, "makeup_workday", label, notice_for(workday, one).citation)


def file_source(year: int) -> dict[str, str]:
    """Where a year's file comes from: the notice where there is one, else the regulation alone."""
    read = {"read_on": READ_ON, "library": LIBRARY, "confidence": "V"}
    if year not in NOTICES:
        return {"title": statutory_source(year), "url": "", **read}
    notice = NOTICES[year]
    source = {
        "title": notice.title,
        "number": notice.number,
        "issued_on": notice.issued_on,
        "url": notice.url,
    }
    if amendment := AMENDMENTS.get(year):
        source |= {
            "amended_by": amendment.citation,
            "amended_on": amendment.issued_on,
            "amended_url": amendment.url,
        }
    return source | read


def calendar(year: int) -> Entry:
    """The calendar file of ``year`` as a mapping."""
    china = China(year)
    days = [*statutory_entries(china), *(announced_entries(china) if year in NOTICES else ())]
    return {
        "schema": SCHEMA,
        "region": "CN",
        "year": year,
        "version": f"{year}.1",
        "confirmed": year in NOTICES,
        "confirmed_through": f"{min(year, CONFIRMED_THROUGH)}-12-31",
        "source": file_source(year),
        "days": sorted(days, key=lambda day: str(day["date"])),
    }


def calendar_of(region: Region, year: int) -> Entry:
    """The calendar file of another place than China."""
    confirmed = year <= region.confirmed_through
    return {
        "schema": SCHEMA,
        "region": region.id,
        "year": year,
        "version": f"{year}.1",
        "confirmed": confirmed,
        "confirmed_through": f"{min(year, region.confirmed_through)}-12-31",
        "source": {
            "title": region.source,
            "url": region.url,
            "read_on": READ_ON_ABROAD,
            "library": LIBRARY,
            "confidence": region.confidence,
        },
        "days": [entry(day, kind, name, region.cite) for day, kind, name in region.days(year)],
    }


def every_calendar() -> dict[str, Entry]:
    """All files by name: China's years, then each region's."""
    found = {f"CN-{year}.json": calendar(year) for year in YEARS}
    for region in REGIONS:
        found |= {f"{region.id}-{year}.json": calendar_of(region, year) for year in region.years}
    return found


def text(document: Mapping[str, Any]) -> str:
    """The file's text: the head indented, one date a line."""
    head = json.dumps({**document, "days": []}, ensure_ascii=False, indent=2)
    lines = ",\n".join("    " + json.dumps(day, ensure_ascii=False) for day in document["days"])
    return head.removesuffix("[]\n}") + f"[\n{lines}\n  ]\n}}\n"


def shipped(folder: Path = FOLDER) -> list[Entry]:
    """Every calendar file of ``folder``, in order of name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def differing(folder: Path = FOLDER) -> list[str]:
    """The names of files that are missing or not what would be written now."""
    expected = {name: text(document) for name, document in every_calendar().items()}
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


def due(calendars: Iterable[Mapping[str, Any]], on: date, region: str = "CN") -> list[int]:
    """The years whose confirmed calendar should be in by ``on``: its own, and from 15 December the next."""
    confirmed = {int(one["year"]) for one in calendars if one["confirmed"] and one["region"] == region}
    needed = [on.year] + ([on.year + 1] if (on.month, on.day) >= (12, 15) else [])
    return [year for year in needed if year not in confirmed]


def write(folder: Path = FOLDER) -> None:
    """Write every region's and year's file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in every_calendar().items():
        (folder / name).write_text(text(document), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Write, check or say what is due; 0 when all is well, 1 when not."""
    parser = argparse.ArgumentParser(prog="scripts/calendars", description="the shipped calendar files")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--due", type=date.fromisoformat, metavar="DATE", help="is a notice missing on DATE?")
    chosen = parser.parse_args(arguments)
    if chosen.due:
        missing = [(region, year) for region in YEARLY for year in due(shipped(), chosen.due, region)]
        for region, year in missing:
            print(f"{region} {year}: no confirmed calendar on {chosen.due}; renew holidays, run scripts/calendars")
        return bool(missing)
    if chosen.check:
        wrong = differing()
        for name in wrong:
            print(f"{name} differs from what scripts/calendars writes")
        return bool(wrong)
    write()
    print(f"wrote {len(every_calendar())} files to data/calendars")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
