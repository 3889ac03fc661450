"""The list of faults that no test can notice, and what counts as a fault at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutating.mutants import evaluated
from mutating.survivors import Line, accounted_for, vanished

GATE = Path(__file__).parents[2] / "collectdesk" / "gate"


def test_whatever_is_accounted_for_has_a_reason() -> None:
    listed = accounted_for()
    assert all(line.was != line.becomes for line in listed.lines)
    reasons = [*listed.lines.items(), *listed.sorts.items()]
    assert [which for which, reason in reasons if len(reason.split()) < 4] == []


def test_whatever_is_accounted_for_is_there() -> None:
    assert vanished(GATE, accounted_for().lines) == []


def test_a_listed_line_that_is_no_longer_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "clock.py").write_text("def day() -> int:\n    return (\n        1 + 2\n    )\n", "utf-8")
    there, gone = Line("clock.py", "return ( 1 + 2 )", "x"), Line("clock.py", "return 3", "x")
    elsewhere = Line("no_such.py", "return ( 1 + 2 )", "x")
    assert vanished(tmp_path, [there, gone, elsewhere]) == [gone, elsewhere]


@pytest.mark.parametrize(
    ("was", "becomes", "alike"),
    [
        ('if self.via == "call" or x:', 'if self.via is "call" or x:', True),
        ('if self.via != "call" or x:', 'if self.via is not "call" or x:', True),
        ('if self.via == "call" or x:', 'if self.via != "call" or x:', False),
        ('if self.via == "call" or x:', 'if self.via is "call" and x:', False),
        ("if self.via == call:", "if self.via is call:", False),
        ('if entry.ends == "24:00":', 'if entry.ends is "24:00":', False),  # a text as it was typed, and no word
        ("@cache", "", True),
        ("@lru_cache(maxsize=512)", "", True),
        ("@lru_cache(maxsize=512)", "@lru_cache(maxsize= 513)", True),
        ("@property", "", False),
        ("return at if end < FOREVER else None", "return at if end is not FOREVER else None", True),
        ("return at if end < FOREVER else None", "return at if end <= FOREVER else None", False),
        ("if end == FOREVER:", "if end >= FOREVER:", True),
        ("return max(begun, default=-FOREVER)", "return max(begun, default=not FOREVER)", True),
        ("if began == -FOREVER:", "if began == ~FOREVER:", False),
        ("if known is False:", "if known == False:", True),
    ],
)
def test_a_sort_is_alike_wherever_it_occurs(was: str, becomes: str, *, alike: bool) -> None:
    assert (accounted_for().reason(Line("no_such.py", was, becomes)) is not None) is alike


FUTURE = "from __future__ import annotations\n"


@pytest.mark.parametrize(
    ("before", "after", "same", "always"),
    [
        ("def f(a: int | None) -> int: return a", "def f(a: int + None) -> int: return a", True, False),
        ("def f():\n    a: int | None = 1", "def f():\n    a: int - None = 1", True, True),
        ("def f(b):\n    b.a: int | None = 1", "def f(b):\n    b.a: int - None = 1", True, True),
        ("def f():\n    a: int = 1", "def f():\n    a: int = 2", False, False),
        ("class A:\n    a: int | None = 1", "class A:\n    a: int - None = 1", False, False),
        ("def f(a: int = 1): return a", "def f(a: int = 2): return a", False, False),
        ("def f(): return 1 + 2", "def f(): return 1 - 2", False, False),
    ],
)
def test_what_is_never_evaluated_is_no_fault(before: str, after: str, *, same: bool, always: bool) -> None:
    """What a function says of its own names is never evaluated; of its arguments only where that is put off."""
    assert (evaluated(FUTURE + before) == evaluated(FUTURE + after)) is same
    assert (evaluated(before) == evaluated(after)) is always
    assert evaluated("def f(:") is None
