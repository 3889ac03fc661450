"""F7 in a guided call, in a real terminal: the lines at hand, one said, and back to the same question."""

from __future__ import annotations

import re

from collectdesk.show.doors import AT_HAND
from tests.terminal.practice import SAID, Practice

WORDS = {"zh_CN": "如果您想先核实我们", "en": "If you would like to check on us"}


def test_a_line_at_hand_is_picked_said_and_the_question_comes_back(practice: Practice) -> None:
    """Article 6.1: who doubts us is told how to check on us, whenever they ask; F9 leaves it unsaid."""
    desk = practice.resume("party.party")
    words = WORDS[desk.lang]
    desk.see("party.party")
    desk.read(f"F7 {desk.word(AT_HAND.label)}")
    desk.screen.press("f7")
    desk.read(rf"\? {re.escape(desk.word('Which line?'))}")
    desk.screen.until(r"1\) ")
    desk.read(rf"\A A-1001 .*\n.*\n─+\n+\? {re.escape(desk.word('Which line?'))}")
    desk.screen.press("1", "enter")
    desk.read(words)
    assert desk.word("Which line?") not in desk.screen.lines[3], "the line to say stands on a page of its own"
    desk.read(re.escape(desk.word(SAID)))
    desk.screen.press("enter")
    desk.screen.wait(lambda: words not in desk.screen.text, "the page without the line")
    desk.see("party.party")
    assert practice.row("SELECT count(*) FROM line_shown WHERE line = 'opening.verify_us'") == (1,)
    desk.screen.press("f7")
    desk.read(rf"\? {re.escape(desk.word('Which line?'))}")
    desk.screen.press("f9")
    desk.screen.wait(lambda: desk.word("Which line?") not in desk.screen.text, "the page of the call")
    desk.see("party.party")
    desk.left()
    assert practice.row("SELECT count(*) FROM line_shown WHERE line = 'opening.verify_us'") == (1,)
