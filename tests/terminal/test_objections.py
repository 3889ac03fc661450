"""An objection at a real terminal: recorded by prompts, and its answer told on a call made for it (article 10.1)."""

from __future__ import annotations

import re

import pytest

from collectdesk import lang
from tests.terminal.practice import CASE, Practice, codes
from tests.terminal.pty import Terminal


def asked(screen: Terminal, practice: Practice, message: str) -> None:
    """Wait for a question of the command."""
    screen.until(re.escape(lang.translate(message, practice.lang)))


def test_it_is_recorded_by_prompts(practice: Practice) -> None:
    """Article 10.1: what was not given is asked; the page that follows says by when it is answered."""
    screen = practice.run("objection", "add", CASE).screen
    asked(screen, practice, "What do they object to?")
    screen.until(rf"1\) {re.escape(codes()['objection']['amount'][practice.lang])}")
    screen.press("1", "enter")
    asked(screen, practice, "In their words")
    screen.press("账单金额不对 wrong", "enter")
    asked(screen, practice, "How did it reach us?")
    screen.until(r"2\) ")
    screen.press("2", "enter")
    asked(screen, practice, "Received on")
    screen.press("enter")
    asked(screen, practice, "Evidence (Enter for none)")
    screen.press("enter")
    asked(screen, practice, "Answer due")
    asked(screen, practice, "to be checked")
    assert practice.row("SELECT category, via, status, evidence FROM objection") == ("amount", "letter", "open", None)


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_the_answer_is_told_on_a_call(practice: Practice) -> None:
    """Article 10.1: the objection, what was found and the answer are on the screen; it is said, and closed."""
    for words in (
        ("add", CASE, "--category", "amount", "--content", "账单金额不对", "--channel", "letter"),
        ("verify", "j1", "--finding", "unfounded", "--text", "逐项核对过账单"),
        ("answer", "j1", "--text", "金额与合同约定一致"),
    ):
        practice.run("objection", *words).screen.until("j1")
    desk = practice.resume("objection_answer.told", purpose="answer_objection")
    desk.see("objection_answer.told")
    for seen in ("账单金额不对", "与记载一致", "金额与合同约定一致"):
        desk.read(re.escape(seen))
    desk.screen.press("enter")
    desk.pick("objection_answer.settled", "yes")
    desk.see("result.outcome")
    assert practice.row("SELECT status, told_how FROM objection") == ("closed", "call")
