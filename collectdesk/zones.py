"""Which data local time is read from: the newer of the machine's zones and those we bring.

Clocks change by law: British Columbia has kept summer time since March 2026, of which zones of 2025 know nothing. What
the environment says of it (``PYTHONTZPATH``) is not asked, for zones made up would open barred hours.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import tzdata

SYSTEM = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
"""Where Python looks for the machine's zones before it takes ours."""
OURS = Path(tzdata.__file__ or "").with_name("zoneinfo")
CHOICE = "PYTHONTZPATH"


def choose() -> None:
    """Have this process, and every one it begins, read the newer zones; called once, by the program."""
    places = [str(OURS)] if getattr(tzdata, "IANA_VERSION", "") > version(SYSTEM) else list(SYSTEM)
    os.environ[CHOICE] = os.pathsep.join(places)  # read when zoneinfo is first imported
    if "zoneinfo" in sys.modules:
        sys.modules["zoneinfo"].reset_tzpath(places)
        sys.modules["zoneinfo"].ZoneInfo.clear_cache()


def version(folders: tuple[str, ...]) -> str:
    """The version of the first zones found there that tell it, such as ``2025b``; nothing where none do."""
    for name in (Path(folder) / each for folder in folders for each in ("tzdata.zi", "+VERSION")):
        try:
            with name.open(encoding="utf-8") as file:
                return file.readline().removeprefix("# version ").strip()
        except (OSError, ValueError):
            continue
    return ""
