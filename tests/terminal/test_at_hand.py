"""F7 in a guided call, in a real terminal: the lines at hand, one said, and back to the same question."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import Opener
from tests.terminal.pty import collectdesk
from tests.terminal.test_call import Desk

LINES = {
    "zh_CN": ("F7 备用话术", "情形", "公布的客服电话"),
    "en": ("F7 Lines at hand", "When", "published line"),
}


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_line_at_hand_is_picked_said_and_the_question_comes_back(lang: str, terminal: Opener) -> None:
    """Article 6.1: who doubts us is told how to check on us, whenever they ask; F9 leaves it unsaid."""
    key, when, words = LINES[lang]
    desk = Desk(terminal(collectdesk("--lang", lang, "demo"), rows=34), lang)
    desk.prepare()
    assert key not in desk.screen.text
    desk.screen.press("1")
    assert key in desk.see("said")
    desk.screen.press("f7")
    desk.screen.until(f"\\? {when}")
    desk.screen.press("1", "enter")
    desk.screen.until(words)
    desk.see("said")
    desk.screen.press("enter")
    assert words not in desk.see("said")
    desk.screen.press("f7")
    desk.screen.until(f"\\? {when}")
    desk.screen.press("f9")
    desk.see("said")
    desk.screen.press("ctrl-c")
    assert desk.screen.end() == 130
