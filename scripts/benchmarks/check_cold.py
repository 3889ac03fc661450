"""``check CASE --json`` and ``queue --json`` from nothing, on the encrypted file with a big book."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence

from benchmarks import book
from benchmarks.measuring import Contender, Setting, cold

TITLE = f"cold check and queue ({book.PORTION} cases of one collector), multiples of python -c pass"
ROUNDS = 15


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare interpreter, the two reads, and the reader's own parts."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    check = ["-m", "collectdesk", "check", desk.code, "--json"]
    queue = ["-m", "collectdesk", "queue", "--json"]
    return [
        Contender("python -c pass", cold(["-c", "pass"])),
        Contender("check CASE --json", _asked(check, desk.environment), limit=10),
        Contender("queue --json", _asked(queue, desk.environment), limit=12),
        Contender("import collectdesk.gate", cold(["-c", "import collectdesk.gate"])),
    ]


def _asked(arguments: Sequence[str], environment: dict[str, str]) -> Callable[[], None]:
    """A fresh process; ends 0 or, when the gate refuses, 3."""
    import os

    variables = {**os.environ, **environment}

    def run() -> None:
        done = subprocess.run([sys.executable, *arguments], env=variables, stdout=subprocess.DEVNULL, check=False)
        if done.returncode not in (0, 3):
            raise subprocess.CalledProcessError(done.returncode, arguments[2])

    return run
