"""Local time is read from the newer of the machine's zones and those we bring: clocks change by law."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tzdata

import collectdesk

EVENING = {
    "at": "2026-12-01T21:30:00-07:00",
    "rulebooks": ["ca-bc"],
    "place": {"country": "CA", "region": "BC"},
    "zones": [{"zone": "America/Vancouver", "from": "address"}],
    "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect"},
    "persons": [{"id": "p1", "role": "debtor"}],
}


def run(*words: str, given: str = "", **environ: str) -> str:
    """What the command answers in an environment that has chosen no zones but those of ``environ``."""
    usual = {key: value for key, value in os.environ.items() if key != "PYTHONTZPATH"}
    done = subprocess.run(
        [sys.executable, *words], input=given, capture_output=True, text=True, check=True, env={**usual, **environ}
    )
    return done.stdout


def test_the_clocks_of_british_columbia_are_not_put_back_any_more() -> None:
    """On a machine whose zones are of 2025 it would be half past eight."""
    answer = json.loads(run("-m", "collectdesk", "check", "--stream", given=json.dumps(EVENING) + "\n"))
    assert (answer["allowed"], answer["next_allowed_at"]) == (False, "2026-12-02T07:00:00-07:00")


WHERE = (
    "import zoneinfo\n{early}import collectdesk\nprint(*zoneinfo.TZPATH)\nprint(zoneinfo.ZoneInfo('America/Vancouver'))"
)


@pytest.mark.parametrize("early", ["", "zoneinfo.ZoneInfo('America/Vancouver')\n"])
def test_zones_read_before_are_read_anew(early: str) -> None:
    newer = collectdesk._version(collectdesk._SYSTEM_ZONES) < tzdata.IANA_VERSION
    places = run("-c", WHERE.format(early=early)).splitlines()[0]
    assert (places == str(Path(tzdata.__file__ or "").with_name("zoneinfo"))) == newer


def test_who_has_chosen_the_zones_is_left_alone(tmp_path: Path) -> None:
    assert run("-c", WHERE.format(early=""), PYTHONTZPATH=str(tmp_path)).splitlines()[0] == str(tmp_path)


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({}, ""),
        ({"a/tzdata.zi": b"# version 2025b\n# more\n"}, "2025b"),
        ({"a/+VERSION": b"2026a\n"}, "2026a"),
        ({"a/tzdata.zi": b"\xff", "b/tzdata.zi": b"# version 2026f\n"}, "2026f"),
    ],
)
def test_the_version_of_a_machine_s_zones(tmp_path: Path, files: dict[str, bytes], version: str) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert collectdesk._version((str(tmp_path / "a"), str(tmp_path / "b"))) == version
