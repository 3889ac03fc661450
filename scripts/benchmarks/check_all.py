"""``check --all`` over a big book as a process, its output written, against one that only steps the same rows.

What the program asks of the file is written down once; the bare process asks the same texts of the same encrypted
file, with the same library and key, and drops the rows. Beside them a loop of single checks on one connection, a
hundred cases at random, told for the whole book. Times are of the processor, so that what else the machine does
matters little; a process's own start is in them.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from benchmarks import book
from benchmarks.measuring import Contender, Setting
from collectdesk.desk.bookcheck import check_all
from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import check, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.window import Window, open_window
from collectdesk.store.case_rows import one_case
from collectdesk.store.reader import Reader

TITLE = "check --all as a process with its output written, multiples of one that only steps the same rows"
ROUNDS = 5
SMALL, LIMIT_SMALL, LIMIT = 100_000, 3.0, 3.5
"""Up to so many cases the closer limit holds."""
LEAST = 10
"""Single checks in a loop take at least so many times as long."""
SINGLES = 100
BARE = """
import json, sys
from pathlib import Path
from collectdesk.store import lite
connection = lite.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), readonly=True)
connection.execute("BEGIN")
rows = 0
with open(sys.argv[3], encoding="utf-8") as asked:
    for line in asked:
        for row in connection.execute(*json.loads(line)):
            rows += 1
print(rows)
"""


class Recorder(Reader):
    """Reads as ever, and writes down what was asked."""

    def __init__(self, reader: Reader, path: Path) -> None:
        super().__init__(reader.driver, on_server=False)
        self._file = path.open("w", encoding="utf-8")

    def ask(self, sql: str, params: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """As ``Reader.ask``."""
        self._note(sql, params)
        return super().ask(sql, params)

    def stream(self, sql: str, params: Mapping[str, object] | None = None) -> Iterator[tuple[Any, ...]]:
        """As ``Reader.stream``."""
        self._note(sql, params)
        return super().stream(sql, params)

    def _note(self, sql: str, params: Mapping[str, object] | None) -> None:
        self._file.write(json.dumps([sql, dict(params or {})]) + "\n")

    def close(self) -> None:
        """Nothing more is asked."""
        self._file.close()
        super().close()


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare process, the whole book in two forms, and the loop."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    asked = setting.scratch / "asked.jsonl"
    at = _record(desk, asked)
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(setting.scratch / "compiled")}
    environment = {**desk.environment, **compiled}  # as installed: modules are compiled once
    limit = LIMIT_SMALL if setting.cases <= SMALL else LIMIT
    bare = ["-c", BARE, str(desk.home.database), book.KEY.hex(), str(asked)]
    every = ["-m", "collectdesk", "check", "--all", "--at", datetime.fromtimestamp(at, UTC).isoformat()]

    def written(arguments: Sequence[str]) -> Callable[[], float]:
        return told(arguments, environment, setting.scratch / "answers")

    return [
        Contender("bare rows", written(bare)),
        Contender("check --all --ndjson", written([*every, "--ndjson"]), limit),
        Contender("check --all --csv", written([*every, "--csv"]), limit),
        Contender(
            "single checks in a loop",
            _loop(desk, at, setting.cases),
            least=LEAST,
            against="check --all --ndjson",
        ),
    ]


def told(arguments: Sequence[str], environment: Mapping[str, str], path: Path) -> Callable[[], float]:
    """A fresh Python process with ``arguments``, its output written to ``path``; seconds of the processor."""
    variables = {**os.environ, **environment}

    def run() -> float:
        began = _processor()
        with path.open("wb") as answers:
            subprocess.run([sys.executable, *arguments], env=variables, stdout=answers, check=True)
        return _processor() - began

    return run


def _processor() -> float:
    """Seconds the processor has spent on processes that ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _record(desk: book.Book, path: Path) -> int:
    """Write down what the whole book's check asks; the instant it was asked about."""
    with looking(desk) as window:
        recorder = Recorder(window.reader, path)
        for _told in check_all(replace(window, reader=recorder), window.at):
            pass
        recorder.close()
        return window.at


def _loop(desk: book.Book, at: int, cases: int) -> Callable[[], float]:
    chance = random.Random(20261130)  # noqa: S311 - the same cases every time

    def run() -> float:
        chosen = [chance.randint(1, cases) for _ in range(SINGLES)]
        with looking(desk) as window:
            gate, standing = gate_in_force(window.ask, window.at), window.standing(at)
            began = time.process_time()
            for case in chosen:
                files = read_files(window.ask, one_case(case))
                check(gate, files, Contact(case, files.cases[case].debtor, None, at), standing, "en")
            return (time.process_time() - began) / SINGLES * cases

    return run


@contextmanager
def looking(desk: book.Book) -> Iterator[Window]:
    """The desk as its signed-in collector reads it."""
    before = dict(os.environ)
    os.environ.update(desk.environment)
    try:
        with open_window(desk.home, clock=lambda: datetime.now(UTC), lang="en", scope="check") as window:
            yield window
    finally:
        os.environ.clear()
        os.environ.update(before)
