"""``check CASE --json`` and ``queue --json`` from nothing, on the encrypted file with a big book."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks import book
from benchmarks.measuring import Contender, Setting, cold

TITLE = f"cold check and queue ({book.PORTION} cases of one collector), multiples of python -c pass"
ROUNDS = 15


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare interpreter, the two reads, and the reader's own parts."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(setting.scratch / "compiled")}
    environment = {**desk.environment, **compiled}  # as installed: modules are compiled once
    check = ["-m", "collectdesk", "check", desk.code, "--json"]
    queue = ["-m", "collectdesk", "queue", "--json"]
    return [
        Contender("python -c pass", cold(["-c", "pass"], environment)),
        Contender("check CASE --json", _asked(check, environment), limit=10),
        Contender("queue --json", _asked(queue, environment), limit=12),
        Contender("import collectdesk.gate", cold(["-c", "import collectdesk.gate"], environment)),
    ]


def _asked(arguments: Sequence[str], environment: Mapping[str, str]) -> Callable[[], None]:
    """A fresh process; ends 0 or, when the gate refuses, 3."""
    variables = {**os.environ, **environment}

    def run() -> None:
        done = subprocess.run([sys.executable, *arguments], env=variables, stdout=subprocess.DEVNULL, check=False)
        if done.returncode not in (0, 3):
            raise subprocess.CalledProcessError(done.returncode, arguments[2])

    return run
