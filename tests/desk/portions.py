"""Everything that is read so many at a time, read a few at a time: small books are then more than is read at once."""

from __future__ import annotations

import pytest

from collectdesk.desk import bookcheck, queue, sharing, single

DEBTORS = 9
FILES = 5
REMEMBERED = 6


def read_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few debtors, few whole files, and few answers kept, wherever a module reads how many."""
    for module in (sharing, queue):
        monkeypatch.setattr(module, "DEBTORS", DEBTORS)
    for module in (sharing, bookcheck, single):
        monkeypatch.setattr(module, "REMEMBERED", REMEMBERED)
    monkeypatch.setattr(sharing, "FILES", FILES)
