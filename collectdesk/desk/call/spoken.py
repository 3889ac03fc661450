"""What was put before the collector to say, word for word, and when it was said (article 7)."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from collectdesk.desk.call.at_hand import AtHand
from collectdesk.desk.call.question import Question, Said
from collectdesk.desk.call.state import Call
from collectdesk.store.tables import LineShown


def show(connection: Connection, state: Call, following: Question | None) -> None:
    """Keep every line the next question puts before the collector, with its text and script version."""
    if following is None:
        return
    have = set(connection.execute(select(col(LineShown.line)).where(col(LineShown.call) == state.id)).scalars())
    fresh = [line for line in following.say if _line_key(following, line) not in have]
    for line in fresh:
        row = {
            "call": state.id, "line": _line_key(following, line), "script": state.language,
            "script_version": state.library.version(state.language), "content": line.text, "shown_at": state.now,
        }  # fmt: skip
        connection.execute(insert(LineShown), row)


def acknowledge(connection: Connection, state: Call, asked: Question) -> None:
    """An acknowledged or answered question was said: its lines get their time."""
    said = [line for line in asked.say if asked.step != "disclosure" or line.line == asked.field]
    names = [_line_key(asked, line) for line in said]
    if names:
        where = (LineShown.call == state.id, LineShown.line.in_(names), LineShown.acknowledged_at.is_(None))  # type: ignore[attr-defined, union-attr]
        connection.execute(update(LineShown).where(*where).values(acknowledged_at=state.now))  # type: ignore[arg-type]


def aside(connection: Connection, state: Call, line: AtHand) -> None:
    """A line at hand was said: kept as often as it was."""
    row = {
        "call": state.id, "line": line.line, "script": state.language, "content": line.text,
        "script_version": state.library.version(state.language), "shown_at": state.now, "acknowledged_at": state.now,
    }  # fmt: skip
    connection.execute(insert(LineShown), row)


def _line_key(asked: Question, line: Said) -> str:
    """A line's name in the record; the same line asked for another item is another line."""
    return f"{line.line}:{asked.field}" if asked.step == "identity" else line.line
