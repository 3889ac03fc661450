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

    ``limit`` is the greatest allowed multiple of the yardstick, ``least`` the least; None for a figure without a
    promise. ``against`` names the yardstick, the first contender where it names none.
    """

    name: str
    run: Callable[[], float | None]
    limit: float | None = None
    least: float | None = None
    against: str | None = None


@dataclass
class Result:
    """The seconds of one contender, a figure per round, and how it stands to the yardstick."""

    name: str
    limit: float | None
    least: float | None
    against: str
    seconds: list[float] = field(default_factory=list)
    ratio: float = 1.0

    @property
    def promised(self) -> bool:
        """Whether there is a limit to keep."""
        return self.limit is not None or self.least is not None

    @property
    def kept(self) -> bool:
        """Whether the limits hold; true without any."""
        return (self.limit is None or self.ratio <= self.limit) and (self.least is None or self.ratio >= self.least)


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
    first = contenders[0].name
    results = [Result(each.name, each.limit, each.least, each.against or first) for each in contenders]
    pairs = list(zip(contenders, results, strict=True))
    for contender in contenders:
        once(contender)
    for number in range(rounds):
        for contender, result in pairs if number % 2 == 0 else reversed(pairs):
            result.seconds.append(once(contender))
        progress(number + 1)
    medians = {result.name: median(result.seconds) for result in results}
    for result in results:
        result.ratio = medians[result.name] / medians[result.against]
    return results


def cold(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Callable[[], None]:
    """A fresh Python process with ``arguments``; output is dropped, a failure raises CalledProcessError."""
    variables = {**os.environ, **(environment or {})}

    def run() -> None:
        subprocess.run([sys.executable, *arguments], env=variables, stdout=subprocess.DEVNULL, check=True)

    return run
