"""What the processes of the race and kill tests run; they start clean, so nothing of the parent's database leaks."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterable
from multiprocessing.context import ForkServerContext
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, insert, select

from collectdesk.errors import Problem
from collectdesk.store import journal, keys, lite
from collectdesk.store.engine import Store, lock_row, open_engine
from collectdesk.store.home import Home
from collectdesk.store.tables import ContactEvent

EVENTS = ContactEvent.metadata.tables["contact_event"]


def context() -> ForkServerContext:
    """Processes forked from a server that has imported the store and opened nothing."""
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload(["tests.store.racers"])
    return chosen


def race(url: str, key: bytes, debtors: Iterable[int], cap: int, barrier: Barrier) -> None:
    """Take a slot of each debtor if one is left, all processes at the same moment."""
    store = open_engine(url, key)
    for debtor in debtors:
        barrier.wait()
        take(store, debtor, cap)
    store.close()


def take(store: Store, debtor: int, cap: int) -> bool:
    """Count under the lock, then write the event and its journal entry."""
    with store.writer.begin() as connection:
        lock_row(connection, "person", debtor)
        used = connection.execute(
            select(func.count()).select_from(EVENTS).where(EVENTS.c.debtor == debtor)
        ).scalar_one()
        if used >= cap:
            return False
        event = {"at": 1, "recorded_at": 1, "kind": "call", "direction": "out", "debtor": debtor, "channel": "voice"}
        connection.execute(insert(EVENTS), event | {"debts": [], "discussed": []})
        journal.append(connection, at=1, actor="8002", action="call", subject=f"person:{debtor}")
    return True


def append_for_ever(url: str, key: bytes, acknowledge: str) -> None:
    """Append entries and write the number of each, once committed, to the file ``acknowledge``."""
    store = open_engine(url, key)
    with open(acknowledge, "ab", buffering=0) as log:  # noqa: PTH123 - unbuffered
        while True:
            with store.writer.begin() as connection:
                seq = journal.append(connection, at=1, actor="8002", action="a", subject="b", after={"n": 1})
            log.write(f"{seq}\n".encode())


def rekey(path: str, old: bytes, new: bytes) -> None:
    """Rewrite the file under another key; to be killed on the way."""
    lite.rekey(Path(path), old, new)


def guess(root: str, owner: str, at: int, barrier: Barrier) -> None:
    """Try a wrong passphrase together with others; ends 0 when it was looked at, 6 when it had to wait."""
    barrier.wait()
    try:
        keys.unlock(Home(Path(root)), owner, "wrong passphrase", at)
    except Problem as problem:
        sys.exit(0 if problem.code == "wrong_passphrase" else problem.exit_code)
