"""Choose mutants, try them, say what survived."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from collectdesk import zones
from mutating import kept
from mutating.mutants import GATE, Mutant, mutants, places
from mutating.stages import STAGES
from mutating.survivors import Accounted, Line, accounted_for, line_of, vanished
from mutating.tools import bring
from mutating.trying import PARTS, GateFails, copy, limits, tried

ENOUGH = 95.0
"""Per cent of the mutants that must be noticed; those proven equivalent are none."""
RESULTS = "results"
NAMES = [stage.__name__ for stage in STAGES]


class Run:
    """The answers so far: of this run, and of earlier ones on the same gate, tests and data."""

    def __init__(self, root: Path, upto: int, *, again: bool) -> None:
        """Take up what is known; with ``again`` also what was noticed before the tests or the gate changed."""
        self.tree, self.upto = _digest(root), upto
        known = kept.read(RESULTS) or {}
        same = known.get("tree") == self.tree
        self.limits: list[int] = known["limits"] if same else []
        self.measured: set[str] = set(known["measured"] if same else ())
        self.known: dict[str, tuple[str | None, int]] = {
            key: (by, tried) for key, (by, tried) in known.get("by", {}).items() if by or same
        }
        self.noticed_before = frozenset() if same or again else frozenset(self.known)

    def answer(self, mutant: Mutant) -> tuple[str | None] | None:
        """The stage that noticed the mutant, or none, in a tuple; nothing where it must be tried."""
        by, tried = self.known.get(mutant.key, (None, 0))
        if mutant.key in self.noticed_before or (by is None and tried < self.upto):
            return None
        return (by,)

    def measure(self, root: Path, modules: Sequence[str]) -> list[int]:
        """The limits for mutants of ``modules``, measured once for the same gate, tests and data."""
        if len(self.limits) < self.upto or not set(modules) <= self.measured:
            self.limits, self.measured = limits(root, self.upto, modules), set(modules)
        return self.limits

    def note(self, mutant: Mutant, by: str | None) -> None:
        """Keep an answer, for whoever takes up an interrupted run."""
        self.known[mutant.key] = by, self.upto
        self.noticed_before -= {mutant.key}
        by_key = {key: each for key, each in self.known.items() if key not in self.noticed_before}
        kept.write(RESULTS, {"tree": self.tree, "limits": self.limits, "measured": sorted(self.measured), "by": by_key})


def _digest(root: Path) -> str:
    files = sorted(path for part in PARTS for path in [root / part, *(root / part).rglob("*")] if path.is_file())
    told = hashlib.sha256()
    for path in files:
        if path.suffix != ".pyc":
            told.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return told.hexdigest()


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/mutate", description="put faults into the gate, one at a time, and see whether a test notices"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="so many at random instead of all")
    parser.add_argument("--seed", type=int, default=1, help="which sample; 1 if not given")
    parser.add_argument("--module", action="append", default=[], metavar="NAME", help="only this one, e.g. clock")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes; as many as cores")
    parser.add_argument("--list", action="store_true", help="print every survivor, those accounted for too")
    parser.add_argument(
        "--again", action="store_true", help="what was noticed before tests or gate changed counts still as noticed"
    )
    parser.add_argument("--upto", choices=NAMES, default=NAMES[-1], help="the last stage to try; all if not given")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Try the chosen mutants; 0 when enough were noticed and every survivor is accounted for."""
    asked = options_of(arguments)
    bring()
    zones.choose()  # as the program does: the examples are of clocks as they are by now
    listed = accounted_for()
    with copy() as root:
        gone = vanished(root / GATE, listed.lines)
        found = places(root, asked.module)
        if not found:
            print("scripts/mutate: no such module", file=sys.stderr)
            return 2
        chosen = mutants(root, found, asked.seed if asked.sample else None)
        run = Run(root, NAMES.index(asked.upto) + 1, again=asked.again)
        try:
            answers = _answers(root, islice(chosen, asked.sample), run, listed, asked.workers)
            every = list(_counting(answers, asked.sample or len(found)))
        except GateFails as failed:
            print(f"scripts/mutate: without any fault, {failed} fails", file=sys.stderr)
            return 2
    return report(every, listed, gone, everything=asked.list)


def _answers(
    root: Path, chosen: Iterator[Mutant], run: Run, listed: Accounted, workers: int
) -> Iterator[tuple[Mutant, str | None]]:
    """Each mutant with the stage that noticed it; what is known is not tried again."""
    ask: list[Mutant] = []
    for mutant in chosen:
        known = run.answer(mutant)
        if known is None:
            ask.append(mutant)
        else:
            yield mutant, known[0]
    if ask:
        # what is accounted for goes only as far as the quick tests
        stages = ((mutant, min(run.upto, 2) if listed.reason(line_of(mutant)) else run.upto) for mutant in ask)
        for mutant, by in tried(root, stages, workers, run.measure(root, sorted({each.module for each in ask}))):
            run.note(mutant, by)
            yield mutant, by


def _counting(answers: Iterator[tuple[Mutant, str | None]], total: int) -> Iterator[tuple[Mutant, str | None]]:
    survived = 0
    for number, (mutant, by) in enumerate(answers, 1):
        survived += by is None
        if sys.stderr.isatty():
            print(f"\r{number} of at most {total}, {survived} survived ", end="", file=sys.stderr)
        elif by is None:
            print(f"{number}: {mutant.module}: {mutant.was} -> {mutant.becomes}", file=sys.stderr, flush=True)
        yield mutant, by
    if sys.stderr.isatty():
        print(file=sys.stderr)


def report(
    every: Sequence[tuple[Mutant, str | None]], listed: Accounted, gone: Sequence[Line], *, everything: bool
) -> int:
    """Say what was noticed and what was not; the exit code."""
    survivors = [mutant for mutant, by in every if by is None]
    unexplained = [each for each in survivors if listed.reason(line_of(each)) is None]
    for each in sorted(survivors, key=line_of) if everything else ():
        reason = listed.reason(line_of(each))
        if reason is not None:
            print(f"equivalent  {each.module}: {each.was}\n         -> {each.becomes}\n            {reason}")
    for each in sorted(unexplained, key=line_of):
        print(f"SURVIVED    {each.module}: {each.was}\n         -> {each.becomes}")
    for line in gone:
        print(f"NO LONGER   {line.module}: {line.was}\n         -> {line.becomes}")
    noticed = {line_of(mutant) for mutant, by in every if by is not None}
    for line in sorted(noticed & set(listed.lines)):
        print(f"NOT EQUIVALENT (a test notices it)  {line.module}: {line.was}\n         -> {line.becomes}")
    killed, total = len(every) - len(survivors), len(every)
    share = 100 * killed / total if total else 100.0
    equivalent = len(survivors) - len(unexplained)
    print(
        f"{killed} of {total} killed: {share:.1f} %; {equivalent} survivors equivalent, {len(unexplained)} unexplained"
    )
    return int(share < ENOUGH or bool(unexplained or gone or noticed & set(listed.lines)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
