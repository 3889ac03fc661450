"""One date asked in a fresh process: the shipped calendar file against the library it was made from."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.machine import ROOT
from benchmarks.measuring import Contender, Setting, cold

TITLE = "is 2026-02-14 a working day, asked cold"
ROUNDS = 15

FROM_FILE = """
import json
year = json.load(open("data/calendars/CN-2026.json", encoding="utf-8"))
print(next(day["kind"] for day in year["days"] if day["date"] == "2026-02-14"))
"""
FROM_LIBRARY = """
import holidays
print(holidays.country_holidays("CN", years=2026, language="zh_CN").is_working_day("2026-02-14"))
"""


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare interpreter, the file, the library."""
    del setting
    return [
        Contender("python -c pass", cold(["-c", "pass"])),
        Contender("calendar file", cold(["-c", f"import os; os.chdir({str(ROOT)!r})\n{FROM_FILE}"]), limit=2.5),
        Contender("holidays library", cold(["-c", FROM_LIBRARY])),
    ]
