"""``check --all`` and ``check --cases FILE``: the answer for each of many cases, one row each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from collectdesk.commands.session import Session
from collectdesk.commands.uncollected import uncollected
from collectdesk.desk.bookcheck import Told, check_all, check_named, open_cases, rule_titles
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.window import Window, open_window
from collectdesk.errors import N_, NotFound, UsageProblem
from collectdesk.gate.clock import clock_for
from collectdesk.lang import _
from collectdesk.show.checks import COLUMNS, Lines
from collectdesk.show.csvout import csv_lines
from collectdesk.show.jsonout import emit, write
from collectdesk.show.progress import progress
from collectdesk.show.safe import safe_lines

BAD_LINES = 7
"""The exit code when any line could not be answered."""
LONGEST = 4_096
"""Bytes of a line; a longer one is no case number."""
FEW = 200
"""Cases that are also listed one by one below the summary."""
MARK = b"\xef\xbb\xbf"


def answer_many(session: Session, cases: str, at: str, *, form: str) -> int:
    """Answer for every open case, or for those listed in ``cases``; the exit code.

    Raises:
        NotFound: no desk, or no such file.
        UsageProblem: the time cannot be read.
    """
    with open_window(session.home, clock=session.clock, lang=session.lang, scope="check") as window:
        instant = _instant(at) if at else window.at
        with _listed(cases) as source, uncollected():
            told = check_named(window, source, instant) if source is not None else check_all(window, instant)
            total = None if cases else open_cases(window)
            quiet = session.json or (form != "text" and sys.stdout.isatty())  # rows are their own progress
            with closing(_counted(told, total, quiet=quiet)) as counted:
                return _WRITERS[form](counted, window, instant)


def _counted(stretches: Iterable[list[Told]], total: int | None, *, quiet: bool) -> Generator[list[Told]]:
    """The stretches under a bar that is gone before what follows the last of them is printed."""
    with progress(_("Checking cases"), total, quiet=quiet) as advance:
        for told in stretches:
            yield told
            advance(len(told))


def _ndjson(stretches: Iterable[list[Told]], window: Window, _at: int) -> int:
    lines, bad = Lines(window.lang), False
    for told in stretches:
        write(lines.ndjson(told))
        bad = bad or any(answer is None for _code, answer in told)
    return BAD_LINES if bad else 0


def _csv(stretches: Iterable[list[Told]], window: Window, _at: int) -> int:
    lines, bad = Lines(window.lang), False
    put = _screened if sys.stdout.isatty() else write
    put(csv_lines([COLUMNS]))
    for told in stretches:
        put(lines.csv(told))
        bad = bad or any(answer is None for _code, answer in told)
    return BAD_LINES if bad else 0


def _screened(text: str) -> None:
    """On a screen controls are shown."""
    if text:
        write(safe_lines(text) + "\n")


def _json(stretches: Iterable[list[Told]], window: Window, at: int) -> int:
    lines = Lines(window.lang)
    rows = [lines.document(code, answer) for told in stretches for code, answer in told]
    emit("collectdesk.checks/1", {"at": clock_for(HOUSE_ZONE).iso(at), "cases": rows})
    return BAD_LINES if any("message" in row for row in rows) else 0


def _text(stretches: Iterable[list[Told]], window: Window, at: int) -> int:
    from collectdesk.show.checksummary import Tally, print_cases, print_hint, print_summary
    from collectdesk.show.terminal import out

    tally, first = Tally(), list[Told]()
    for told in stretches:
        tally.add(told)
        first += told[: max(0, FEW + 1 - len(first))]
    asked = datetime.fromtimestamp(at, clock_for(HOUSE_ZONE).zone)
    then = at != window.at
    print_summary(out(), tally, rule_titles(window), asked, then=then)
    if len(first) > FEW:
        print_hint(out())
    else:
        print_cases(out(), first, asked, then=then)
    return BAD_LINES if tally.unread else 0


_WRITERS: dict[str, Callable[[Iterable[list[Told]], Window, int], int]] = {
    "ndjson": _ndjson, "csv": _csv, "json": _json, "text": _text,
}  # fmt: skip


def _instant(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=clock_for(HOUSE_ZONE).zone)).timestamp() // 1)
    except (ValueError, OverflowError):
        raise UsageProblem(
            "bad_time",
            N_("{option} must be a time, such as 2026-11-24T09:00 or 2026-11-24T09:00+08:00."),
            option="--at",
        ) from None


@contextmanager
def _listed(name: str) -> Iterator[Iterator[str | None] | None]:
    """The case numbers of a file, read as they are asked for; nothing where there is no list."""
    if not name:
        yield None
    elif name == "-":
        yield _codes(sys.stdin.buffer)
    else:
        try:
            file = Path(name).open("rb")  # noqa: SIM115 - closed below
        except OSError:
            raise NotFound("no_such_file", N_("There is no such file, or it may not be read.")) from None
        with file:
            yield _codes(file)


def _codes(file: BinaryIO) -> Iterator[str | None]:
    """The lines that hold something; one that cannot be read is none and harms only itself."""
    first = True
    while line := file.readline(LONGEST + 1):
        text = line.removeprefix(MARK) if first else line
        first = False
        if len(line) > LONGEST:
            _skip_rest(file, line)
            yield None
        elif text.strip():
            yield _decoded(text.strip())


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST + 1)


def _decoded(line: bytes) -> str | None:
    try:
        return line.decode().strip() or None
    except UnicodeDecodeError:
        return None
