"""The judge: every acknowledged answer stands, the call goes on right behind it, the file is sound, the chain whole."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from collectdesk.desk.call import beginning, engine
from collectdesk.store import journal
from killing.desk import sit_down


def judge(root: Path, kept: Path) -> str:
    """What is wrong, empty when nothing is."""
    office = sit_down(root)
    try:
        lines = [line for line in kept.read_text().split("\n")[:-1] if line]
        with office.reader.connect() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            if sound != "ok":
                return f"the database is damaged: {sound}"
            wrong = _lost(connection, lines) or _twice(connection) or _chain(connection)
        held = beginning.open_call(office)
        if not wrong and held is not None and engine.current(office, held).question is None:
            return "an open call asks nothing"
        return wrong
    finally:
        office.close()


def calls(root: Path) -> int:
    """How many calls were closed."""
    office = sit_down(root)
    try:
        with office.reader.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM call WHERE ended_at IS NOT NULL")).scalar_one())
    finally:
        office.close()


def _lost(connection: Connection, lines: list[str]) -> str:
    """An answer that was acknowledged and is not there."""
    there = {
        f"{row.call} {row.seq} {row.step} {row.field}"
        for row in connection.execute(text("SELECT call, seq, step, field FROM call_answer"))
    }
    lost = [line for line in lines if line not in there]
    return f"lost: {lost[0]}" if lost else ""


def _twice(connection: Connection) -> str:
    """An answer given twice: the next process did not see that it stood."""
    asked = "SELECT call, step, field, count(*) FROM call_answer WHERE step <> 'identity' GROUP BY call, step, field"
    twice = [row for row in connection.execute(text(asked)) if row[3] > 1]
    return f"answered twice: {twice[0]}" if twice else ""


def _chain(connection: Connection) -> str:
    """A journal entry that does not follow the one before."""
    before = journal.GENESIS
    for row in connection.execute(journal.READ, {"seq": 0}):
        if row.prev != before or row.hash != journal.entry_hash(tuple(row)):
            return f"journal entry {row.seq} does not follow"
        before = row.hash
    return ""
