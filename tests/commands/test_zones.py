"""Local time is read from the newer of the machine's zones and those we bring: clocks change by law."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tzdata

from collectdesk import zones

EVENING = {
    "at": "2026-12-01T21:30:00-07:00",
    "rulebooks": ["ca-bc"],
    "place": {"country": "CA", "region": "BC"},
    "zones": [{"zone": "America/Vancouver", "from": "address"}],
    "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect"},
    "persons": [{"id": "p1", "role": "debtor"}],
    "notices": [{"kind": "debt", "sent_at": "2026-10-01T10:00:00-07:00"}],
}


BEIJING = {**EVENING, "rulebooks": ["cn-gbt-45251-2025"], "place": {"country": "CN"}}
BEIJING |= {"at": "2026-12-01T23:00:00+08:00", "zones": [{"zone": "Asia/Shanghai", "from": "address"}]}


def asked(question: object, **environ: str) -> dict[str, Any]:
    """What the program answers in an environment of these variables besides its own."""
    done = subprocess.run(
        [sys.executable, "-m", "collectdesk", "check", "--stream"],
        input=json.dumps(question) + "\n",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environ},
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_clocks_of_british_columbia_are_not_put_back_any_more() -> None:
    """On a machine whose zones are of 2025 it would be half past eight."""
    answer = asked(EVENING, PYTHONTZPATH="")
    assert (answer["allowed"], answer["next_allowed_at"]) == (False, "2026-12-02T07:00:00-07:00")


def test_zones_made_up_open_no_barred_hour(tmp_path: Path) -> None:
    """Beijing moved to London by a variable: it would be three in the afternoon."""
    (tmp_path / "Asia").mkdir()
    shutil.copy(zones.OURS / "Europe" / "London", tmp_path / "Asia" / "Shanghai")
    answer = asked(BEIJING, PYTHONTZPATH=str(tmp_path))
    assert answer["allowed"] is False
    assert answer == asked(BEIJING)


WHERE = "{early}from collectdesk import zones; zones.choose()\nimport zoneinfo; print(*zoneinfo.TZPATH)"


@pytest.mark.parametrize("early", ["", "import zoneinfo; zoneinfo.ZoneInfo('America/Vancouver')\n"])
def test_the_newer_zones_are_read_wherever_they_were_read_before(early: str) -> None:
    done = subprocess.run([sys.executable, "-c", WHERE.format(early=early)], capture_output=True, text=True, check=True)
    newer = zones.version(zones.SYSTEM) < tzdata.IANA_VERSION
    assert done.stdout.split() == ([str(zones.OURS)] if newer else list(zones.SYSTEM))


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
    assert zones.version((str(tmp_path / "a"), str(tmp_path / "b"))) == version
