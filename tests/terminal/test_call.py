"""The demonstration in a real terminal: a practice desk is opened and a guided call walked, by the fewest keys."""

from __future__ import annotations

import re

import pytest

from collectdesk import lang
from tests.terminal.conftest import Opener
from tests.terminal.practice import Collector
from tests.terminal.pty import collectdesk
from tests.terminal.test_whole_calls import prepared


@pytest.mark.parametrize("spoken", lang.LANGUAGES)
def test_an_unanswered_dial_is_two_keys_after_the_number(spoken: str, terminal: Opener) -> None:
    """The line, what comes next, closed."""
    desk = Collector(terminal(collectdesk("--lang", spoken, "demo"), rows=40), spoken)
    prepared(desk)
    desk.pick("line.line", "no_answer", at_once=True)
    desk.see("wrapup.next_action")
    desk.screen.until(r"1\) ")
    desk.screen.press("1")
    desk.closed()


def test_a_demonstration_that_is_left_says_what_becomes_of_it(terminal: Opener) -> None:
    """Ctrl-C: there is nothing to go on with, and none is promised."""
    desk = Collector(terminal(collectdesk("--lang", "en", "demo")), "en")
    desk.see("brief.client")
    desk.screen.press("ctrl-c")
    assert desk.screen.end() == 130
    assert re.search(r"practice desk is thrown away", desk.screen.text)
    assert "resume" not in desk.screen.text
