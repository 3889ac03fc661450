"""``check --stream``: dials in, decisions out, one JSON document a line each, in order, for as long as there are any.

With a signed-in desk its adopted rulebooks and calendars decide, else those that ship with the program. A line that
cannot be read is answered as an error and harms only itself.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import msgspec

from collectdesk.commands.session import Session
from collectdesk.desk.checking import gate_to_keep
from collectdesk.desk.shipped_rules import shipped_gate
from collectdesk.errors import Problem
from collectdesk.gate import Decision, Dial, Gate, UnknownRulebook, Unreadable, parse_dial
from collectdesk.lang import LANGUAGES, _
from collectdesk.show.jsonout import dumps, dumps_plain
from collectdesk.show.reasons import with_messages
from collectdesk.show.terminal import say
from collectdesk.show.unreadable import wire

CHUNK = 1 << 16
LONGEST = 1 << 24
"""Bytes of one line; a longer one is not kept in memory but answered as an error."""
BAD_LINES = 7
"""The exit code when any line could not be read."""
MARK = b"\xef\xbb\xbf"


class _Said(msgspec.Struct):
    """What a line says of itself, whatever else in it cannot be read."""

    id: Any = None
    lang: Any = None


def answer_stream(session: Session) -> int:
    """Answer every line of stdin on stdout; the exit code."""
    gate = gate_for(session)
    bad = False
    with _stop_pipe() as stop:
        for lines in _batches(sys.stdin.fileno(), stop):
            answers = [_answer(gate, line, session.lang) for line in lines]
            bad = bad or any(wrong for _text, wrong in answers)
            sys.stdout.buffer.write("".join(text for text, _wrong in answers).encode())
            sys.stdout.buffer.flush()
    return BAD_LINES if bad else 0


def gate_for(session: Session) -> Gate:
    """The desk's own gate where somebody is signed in, else the shipped one, and a word about which."""
    from collectdesk.desk.window import open_window
    from collectdesk.store import home

    if home.exists(session.home):
        try:
            with open_window(session.home, clock=session.clock, lang=session.lang, scope="check") as window:
                return gate_to_keep(window.ask, window.at)
        except Problem as problem:
            if problem.code not in ("not_signed_in", "session_expired"):
                raise
            say(_("Nobody is signed in: the rulebooks that ship with the program decide, not this desk's."))
    return shipped_gate()


def _answer(gate: Gate, line: bytes | None, lang: str) -> tuple[str, bool]:
    """One line's answer, and whether the line was at fault; a line that names no language is answered in ``lang``."""
    try:
        dial = _parsed(line)
        dial = dial if dial.lang else msgspec.structs.replace(dial, lang=lang)
        decision = _decided(gate, dial)
    except Unreadable as error:
        return _refused(error, line, lang), True
    except Exception:  # noqa: BLE001 - whatever is left harms only this line, and nothing of it is repeated
        broken = Unreadable("internal", "$", "The program failed on this line", _said(line, "id"))
        return _refused(broken, line, lang), True
    return dumps_plain(with_messages(decision, dial.lang or lang)) + "\n", False


def _refused(error: Unreadable, line: bytes | None, lang: str) -> str:
    wanted = _said(line, "lang")
    return dumps(wire(error, wanted if wanted in LANGUAGES else lang)) + "\n"


def _parsed(line: bytes | None) -> Dial:
    if line is None:
        raise Unreadable("bad_json", "$", "Expected at most 16 MiB a line")
    return parse_dial(line)


def _decided(gate: Gate, dial: Dial) -> Decision:
    try:
        return gate.decide(dial)
    except UnknownRulebook as unknown:
        wanted = "Expected rulebooks at hand" if unknown.id else "Expected at least one rulebook"
        raise Unreadable("unknown_rulebook", "$.rulebooks", wanted, dial.id) from None


def _said(line: bytes | None, field: Literal["id", "lang"]) -> str | None:
    """A text field of the question, where the line still gives it."""
    try:
        said = getattr(msgspec.json.decode(line or b"", type=_Said), field)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return said if isinstance(said, str) else None


def _batches(source: int, stop: int) -> Iterator[list[bytes | None]]:
    """The whole lines of each piece that arrives, so that a slow asker is answered at once; ``None``: too long."""
    rest, skipping = b"", False
    for number, chunk in enumerate(_chunks(source, stop)):
        *lines, rest = (rest + (chunk.removeprefix(MARK) if number == 0 else chunk)).split(b"\n")
        if skipping and lines:
            lines, skipping = lines[1:], False
        batch: list[bytes | None] = [line for line in lines if line.strip()]
        if len(rest) > LONGEST or skipping:
            batch += [] if skipping else [None]
            rest, skipping = b"", True
        yield batch


def _chunks(source: int, stop: int) -> Iterator[bytes]:
    """What arrives, until it ends or something arrives at ``stop``."""
    while True:
        if sys.platform != "win32" and stop in select.select([source, stop], [], [])[0]:
            return
        chunk = os.read(source, CHUNK)
        if not chunk:
            yield b"\n"  # the end of input ends the last line; a line cut off by being stopped is none
            return
        yield chunk


@contextmanager
def _stop_pipe() -> Iterator[int]:
    """A descriptor at which SIGTERM is heard: the wait for input ends, and what was read is answered first."""
    heard, told = os.pipe()
    os.set_blocking(told, False)
    wake = signal.set_wakeup_fd(told)
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.set_wakeup_fd(wake)
        os.close(heard)
        os.close(told)
