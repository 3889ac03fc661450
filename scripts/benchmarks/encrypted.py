"""What encryption costs a single check: its queries about cases at random, on the desk's file and on a plain copy."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import book
from benchmarks.measuring import Contender, Setting
from collectdesk.desk.case_files import read_files
from collectdesk.store import lite
from collectdesk.store.case_rows import one_case
from collectdesk.store.reader import Reader, open_url

TITLE = "the queries of one check, cases at random: the encrypted file against a plain copy of it"
ROUNDS = 15
LIMIT = 2.2
CASES = 300
"""Cases asked about in a round; a round's figure is the mean of them."""


def contenders(setting: Setting) -> Sequence[Contender]:
    """The plain copy, then the desk's file; both ask about the same cases in the same order."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    plain = setting.scratch / "plain.db"
    decrypt(desk.home.database, plain)
    return [
        Contender("plain", asking(open_url(f"sqlite:///{plain}", None), setting.cases)),
        Contender("encrypted", asking(open_url(f"sqlite:///{desk.home.database}", book.KEY), setting.cases), LIMIT),
    ]


def decrypt(source: Path, target: Path) -> None:
    """Copy the desk's file without its encryption."""
    connection = lite.connect(source, book.KEY)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.execute(f"PRAGMA plain.user_version = {int(version)}")
    connection.close()
    copy = lite.connect(target, None)  # the same journal mode as the desk's
    copy.execute("ANALYZE")
    copy.close()


def asking(reader: Reader, cases: int) -> Callable[[], float]:
    """A round on one connection, as a program holds it that asks about case after case; the mean seconds of a case."""
    chance = random.Random(20261124)  # noqa: S311 - both files are asked about the same cases

    def run() -> float:
        chosen = [chance.randint(1, cases) for _ in range(CASES)]
        began = time.perf_counter()
        for case in chosen:
            read_files(reader.ask, one_case(case))
        return (time.perf_counter() - began) / CASES

    return run
