"""Trying mutants: a copy of what is needed, a process to be forked for each core, and the answers as they come."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

from mutating.mutants import Mutant
from mutating.tools import ROOT

PARTS = ("collectdesk/__init__.py", "collectdesk/gate", "tests/gate", "data/rulebooks", "data/calendars")


class Tried(NamedTuple):
    """A mutant and the stage that noticed it, if one did."""

    mutant: Mutant
    by: str | None


@contextmanager
def copy() -> Iterator[Path]:
    """The gate, its tests and its data, apart from the checkout, with nothing compiled."""
    with tempfile.TemporaryDirectory(prefix="collectdesk-mutate-") as place:
        root = Path(place)
        for part in PARTS:
            source, target = ROOT / part, root / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, target)
        settings = "[pytest]\naddopts = --import-mode=importlib\npythonpath = .\n"
        (root / "pytest.ini").write_text(settings, "utf-8")
        subprocess.run([sys.executable, "-m", "compileall", "-q", "collectdesk", "tests"], cwd=root, check=True)
        yield root


class Forker:
    """One process that is forked for every mutant."""

    def __init__(self, root: Path) -> None:
        """Start it in the copy."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mutating.forker"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **question: object) -> dict[str, Any]:
        """What became of one mutant, or of the gate as it is."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(question), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def end(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class GateFails(Exception):
    """The gate as it is does not pass: nothing can be said of faults."""


LEAST_SECONDS, TIMES_AS_LONG = 10, 3
"""What runs so many times as long as the gate as it is, in processor time, is taken to run for ever."""


def limits(root: Path, upto: int, modules: Sequence[str]) -> list[int]:
    """How many seconds of processor time each stage may take; the gate as it is goes through all of them.

    Raises:
        GateFails: a stage does not pass without any fault.
    """
    forker = Forker(root)
    answer = forker.ask(upto=upto, modules=modules)
    forker.end()
    if answer["by"] is not None:
        raise GateFails(answer["by"])
    return [LEAST_SECONDS + TIMES_AS_LONG * seconds for seconds in answer["took"]]


def tried(root: Path, mutants: Iterable[tuple[Mutant, int]], workers: int, seconds: Sequence[int]) -> Iterator[Tried]:
    """Try every mutant through so many stages, within these limits; answers come in any order."""
    forkers = [Forker(root) for _ in range(workers)]
    free: SimpleQueue[Forker] = SimpleQueue()
    for each in forkers:
        free.put(each)

    def one(mutant: Mutant, upto: int) -> Tried:
        forker = free.get()
        answer = forker.ask(module=mutant.module, source=mutant.source, upto=upto, limits=seconds)
        free.put(forker)
        return Tried(mutant, answer["by"])

    try:
        with ThreadPoolExecutor(workers) as threads:
            yield from _as_they_come(threads, one, iter(mutants), workers)
    finally:
        for each in forkers:
            each.end()


def _as_they_come(
    threads: ThreadPoolExecutor,
    one: Callable[[Mutant, int], Tried],
    mutants: Iterator[tuple[Mutant, int]],
    workers: int,
) -> Iterator[Tried]:
    """Never more asked for than are worked on, so that whoever stops early has everything that was done."""
    running: set[Future[Tried]] = set()
    while True:
        for mutant, upto in islice(mutants, workers - len(running)):
            running.add(threads.submit(one, mutant, upto))
        if not running:
            return
        done, running = wait(running, return_when=FIRST_COMPLETED)
        yield from (each.result() for each in done)
