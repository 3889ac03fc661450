"""Choose benchmarks, run them, print the machine and the ratios."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import cast

import benchmarks
from benchmarks.machine import describe
from benchmarks.measuring import Benchmark, Result, Setting, compare

SCHEMA = "collectdesk.benchmark/1"


def available() -> dict[str, Benchmark]:
    """Every module of the package that is a benchmark, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names if name != "__main__"}
    return {name: cast(Benchmark, module) for name, module in modules.items() if hasattr(module, "contenders")}


def duration(seconds: float) -> str:
    """Seconds in the unit a person reads: ``73.1 ms``."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def table(results: Sequence[Result]) -> str:
    """The results as aligned lines: name, median, least, multiple of its yardstick, limit; a gap between yardsticks."""
    rows = [("", "median", "least", "ratio", "limit", "")]
    for result in results:
        if result.name == result.against and len(rows) > 1:
            rows.append(("",) * 6)
        verdict = "" if not result.promised else "kept" if result.kept else "MISSED"
        times = (duration(median(result.seconds)), duration(min(result.seconds)))
        rows.append((result.name, *times, f"{result.ratio:.2f}", limits(result), verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  "
        + row[0].ljust(widths[0])
        + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    )


def limits(result: Result) -> str:
    """What was promised: ``≤ 2``, ``≥ 5``."""
    bounds = (("≥", result.least), ("≤", result.limit))
    return " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None) or "-"


def run(name: str, benchmark: Benchmark, options: argparse.Namespace) -> list[Result]:
    """Run one benchmark in a scratch directory, counting its rounds on a terminal."""
    rounds = options.rounds or benchmark.ROUNDS

    def progress(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{name}: round {done} of {rounds} ", end="\n" if done == rounds else "", file=sys.stderr)

    with tempfile.TemporaryDirectory(prefix="collectdesk-bench-") as scratch:
        setting = Setting(Path(scratch), options.cases, options.calls)
        return compare(benchmark.contenders(setting), rounds, progress)


def document(machine: dict[str, str], found: dict[str, list[Result]]) -> dict[str, object]:
    """What ``--json`` prints."""
    return {
        "schema": SCHEMA,
        "machine": machine,
        "benchmarks": {
            name: [
                {
                    "name": one.name,
                    "seconds": one.seconds,
                    "ratio": one.ratio,
                    "against": one.against,
                    "limit": one.limit,
                    "least": one.least,
                    "kept": one.kept,
                }
                for one in results
            ]
            for name, results in found.items()
        },
    }


def options_of(arguments: Sequence[str], names: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="ratios from one interleaved run")
    parser.add_argument("names", nargs="*", metavar="NAME", help="; ".join(names))
    parser.add_argument("--list", action="store_true", help="name the benchmarks, run none")
    parser.add_argument("--rounds", type=int, help="rounds, instead of each benchmark's own number")
    parser.add_argument("--cases", type=int, default=100_000, help="cases in the database, where there is one")
    parser.add_argument("--calls", type=int, default=1_000_000, help="calls in the database, where there is one")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--check", action="store_true", help="end 1 if a limit is missed")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.names) - set(names)):
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(names)}")
    return options


def main(arguments: Sequence[str]) -> int:
    """Run the chosen benchmarks, all without a choice; the exit code."""
    known = available()
    options = options_of(arguments, list(known))
    if options.list:
        print("\n".join(f"{name}: {benchmark.TITLE}" for name, benchmark in known.items()))
        return 0
    machine = describe()
    if not options.json:
        print("\n".join(f"{key + ':':<11}{value}" for key, value in machine.items()))
    found = {}
    for name in options.names or known:
        found[name] = run(name, known[name], options)
        if not options.json:
            print(f"\n{name}: {known[name].TITLE}\n{table(found[name])}")
    if options.json:
        print(json.dumps(document(machine, found), ensure_ascii=False, indent=2))
    missed = any(not result.kept for results in found.values() for result in results)
    return int(options.check and missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
