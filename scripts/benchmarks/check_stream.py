"""``check --stream`` as a process: dials of debtors with thirty events in, decisions out, beside ``json.loads``.

The bare process reads the same lines and parses them with ``json.loads``. Times are of the processor.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.dials import thirty_events
from benchmarks.measuring import Contender, Setting

TITLE = "check --stream, 4,000 dials with 30 events each, multiples of json.loads of the lines"
ROUNDS = 7
LINES = 4_000
BARE = "import json, sys\nfor line in sys.stdin.buffer: json.loads(line)"
LIMIT = 25
"""Every rule of every shipped rulebook, every reason in words, beside reading the line alone."""


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare reader, then the stream; half the dials are lawful, half are refused with their next instant."""
    source = setting.scratch / "dials.ndjson"
    lines = [
        thirty_events(f"2026-03-10T{hour}:{minute:02}:00+08:00")
        for number in range(LINES)
        for hour, minute in [(15 if number % 2 else 21, number % 60)]
    ]
    source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(setting.scratch / "compiled")}
    environment = {**os.environ, **compiled, "COLLECTDESK_DESK": str(setting.scratch / "none")}
    stream = ["-m", "collectdesk", "check", "--stream"]
    return [
        Contender("json.loads of the lines", _fed(["-c", BARE], source, environment)),
        Contender("check --stream", _fed(stream, source, environment), limit=LIMIT),
    ]


def _fed(arguments: Sequence[str], source: Path, environment: Mapping[str, str]) -> Callable[[], float]:
    answers = source.with_suffix(".answers")

    def run() -> float:
        began = _processor()
        with source.open("rb") as lines, answers.open("wb") as told:
            subprocess.run([sys.executable, *arguments], env=environment, stdin=lines, stdout=told, check=True)
        return _processor() - began

    return run


def _processor() -> float:
    """Seconds the processor has spent on processes that ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
