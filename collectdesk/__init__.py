"""A debt collector's desk in the terminal: no call without a permit, no permit against the rules."""

import os
import sys
from pathlib import Path

import tzdata

__version__ = "0.1.0"

_SYSTEM_ZONES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
"""Where Python looks for the machine's time zones before it takes ours."""


def _read_the_newer_zones() -> None:
    """Take local time from the newer of two data: the machine's zones or those we bring.

    Clocks change by law: British Columbia has kept summer time since March 2026, of which the zones of 2025 know
    nothing. Who has chosen the data (``PYTHONTZPATH``) is left alone.
    """
    if "PYTHONTZPATH" in os.environ or getattr(tzdata, "IANA_VERSION", "") <= _version(_SYSTEM_ZONES):
        return
    ours = str(Path(tzdata.__file__ or "").with_name("zoneinfo"))
    os.environ["PYTHONTZPATH"] = ours  # read when zoneinfo is first imported, and by every process begun from here
    if "zoneinfo" in sys.modules:
        sys.modules["zoneinfo"].reset_tzpath([ours])
        sys.modules["zoneinfo"].ZoneInfo.clear_cache()


def _version(folders: tuple[str, ...]) -> str:
    """The version of the first zones found there that tell it, such as ``2025b``; nothing where none do."""
    for name in (Path(folder) / each for folder in folders for each in ("tzdata.zi", "+VERSION")):
        try:
            with name.open(encoding="utf-8") as file:
                return file.readline().removeprefix("# version ").strip()
        except (OSError, ValueError):
            continue
    return ""


_read_the_newer_zones()
