"""How far a long piece of work has come.

A bar where there is a terminal, silence where there is none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]


@contextmanager
def progress(label: str, total: int | None = None, *, quiet: bool = False) -> Iterator[Advance]:
    """Show work on stderr; call what is yielded with the number of further units done.

    Args:
        label: what is being done, already in the reader's language.
        total: units in all, when known.
        quiet: show nothing at all (``--json``).
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from collectdesk.show.terminal import ascii_only, err

    words = TextColumn("{task.description}", markup=False)
    bar = [] if ascii_only() else [BarColumn(bar_width=30)]
    with Progress(words, *bar, MofNCompleteColumn(), TimeRemainingColumn(), console=err(), transient=True) as display:
        task = display.add_task(label, total=total)
        yield lambda count: display.advance(task, count)
