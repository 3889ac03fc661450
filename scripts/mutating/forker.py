"""The process that is forked: it knows the libraries and the files, and waits for mutants on its standard input.

Each line in is a JSON object with ``module``, ``source``, ``upto`` (how many stages to try) and ``limits`` (seconds of
processor time for each); each line out says which stage noticed (``by``), or none did. Without a ``module`` it is the
gate as it is, asked about all ``modules``, and the answer says how long each stage ``took``. It runs in the copy, which
is its working directory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import hypothesis  # noqa: F401 - known to every fork
import msgspec  # noqa: F401 - known to every fork
import pytest  # noqa: F401 - known to every fork

from mutating import stages

MEMORY = 4 << 30


def main() -> None:
    """Try mutants until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    loud = os.dup(2)
    os.dup2(1, 2)
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(Path.cwd()))
    tomllib.loads = cache(tomllib.loads)
    stages.read_examples()
    for line in sys.stdin:
        _answer(answers, _tried(json.loads(line), loud))


def _answer(answers: TextIO, answer: object) -> None:
    print(json.dumps(answer), file=answers, flush=True)


def _tried(asked: dict[str, Any], loud: int) -> dict[str, object]:
    """One mutant, or the gate as it is, through the stages."""
    took: list[int] = []
    module, limits = asked.get("module"), asked.get("limits") or []
    for number, stage in enumerate(stages.STAGES[: asked["upto"]]):
        before = _used()
        child = os.fork()
        if child == 0:
            if module is None:
                os.dup2(loud, 1)  # what fails without any fault is told
            else:
                _limit(limits[number])
                stages.put_in(module, asked["source"])
            os._exit(_noticed(stage, asked.get("modules") or [module]))
        _, status = os.waitpid(child, 0)
        took.append(_used() - before)
        if status != 0:
            return {"by": f"{stage.__name__}{'' if os.WIFEXITED(status) else ', by time'}", "took": took}
    return {"by": None, "took": took}


def _used() -> int:
    """Seconds of processor time of all forks so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(children.ru_utime + children.ru_stime)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _noticed(stage: stages.Stage, modules: list[str]) -> int:
    try:
        return int(stage(modules))
    except BaseException:  # noqa: BLE001 - a gate that cannot be imported, or ends the process, is noticed
        return 1


if __name__ == "__main__":
    main()
