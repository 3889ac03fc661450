"""What a command loads: run it in a process of its own and look at its modules, never at milliseconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HEAVY = frozenset(("sqlalchemy", "sqlmodel", "pydantic", "rich", "questionary", "prompt_toolkit", "holidays", "babel"))
"""What a JSON read must never load."""

_RUN = """
import json, sys
{setup}
from collectdesk.cli import run
code = run(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    json.dump([code, sorted(set(name.partition(".")[0] for name in sys.modules))], file)
"""


class Loaded(NamedTuple):
    """How a command ended, and the top-level packages it had loaded by then."""

    code: int
    out: str
    err: str
    packages: frozenset[str]

    @property
    def heavy(self) -> frozenset[str]:
        """Those that a JSON read must not load."""
        return self.packages & HEAVY


def loaded(*words: str, environ: Mapping[str, str] | None = None, setup: str = "") -> Loaded:
    """Run the program with ``words`` in a fresh process, after the lines of ``setup``."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "modules.json"
        done = subprocess.run(
            [sys.executable, "-c", _RUN.format(setup=setup), str(report), *words],
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            env={**os.environ, "COLLECTDESK_DESK": place, **(environ or {})},
            check=True,
        )
        code, packages = json.loads(report.read_text())
    return Loaded(code, done.stdout, done.stderr, frozenset(packages))
