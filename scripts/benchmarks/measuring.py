"""Taking turns: contenders run one after the other, round by round, and are compared by their medians."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Protocol


@dataclass(frozen=True)
class Setting:
    """What a benchmark may use: a scratch directory, gone afterwards, and the size asked for."""

    scratch: Path
    cases: int
    calls: int


@dataclass(frozen=True)
class Contender:
    """One thing to time. ``run`` is timed from outside unless it returns its own seconds.

    ``limit`` is the greatest allowed multiple of the yardstick; None for a figure without a promise.
    """

    name: str
    run: Callable[[], float | None]
    limit: float | None = None


@dataclass
class Result:
    """The seconds of one contender, a figure per round, and how it stands to the yardstick."""

    name: str
    limit: float | None
    seconds: list[float] = field(default_factory=list)
    ratio: float = 1.0

    @property
    def kept(self) -> bool:
        """Whether the limit holds; true without one."""
        return self.limit is None or self.ratio <= self.limit


class Benchmark(Protocol):
    """What a module of this package offers."""

    TITLE: str
    ROUNDS: int

    def contenders(self, setting: Setting) -> Sequence[Contender]:
        """Prepare, and name what is compared, the yardstick first."""


def once(contender: Contender) -> float:
    """The seconds of one run."""
    began = time.perf_counter()
    own = contender.run()
    return time.perf_counter() - began if own is None else own


def compare(contenders: Sequence[Contender], rounds: int, progress: Callable[[int], None]) -> list[Result]:
    """Run all contenders in turn, ``rounds`` times after one round for warming up; ratios are of medians.

    Every other round runs in reverse, so that none always follows the same one.
    """
    results = [Result(contender.name, contender.limit) for contender in contenders]
    pairs = list(zip(contenders, results, strict=True))
    for contender in contenders:
        once(contender)
    for number in range(rounds):
        for contender, result in pairs if number % 2 == 0 else reversed(pairs):
            result.seconds.append(once(contender))
        progress(number + 1)
    yardstick = median(results[0].seconds)
    for result in results:
        result.ratio = median(result.seconds) / yardstick
    return results


def cold(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Callable[[], None]:
    """A fresh Python process with ``arguments``; output is dropped, a failure raises CalledProcessError."""
    variables = {**os.environ, **(environment or {})}

    def run() -> None:
        subprocess.run([sys.executable, *arguments], env=variables, stdout=subprocess.DEVNULL, check=True)

    return run
