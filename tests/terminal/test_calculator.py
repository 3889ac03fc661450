"""F8 in a guided call, in a real terminal: a plan is calculated, drawn up, and the call goes on where it was."""

from __future__ import annotations

import re

import pytest

from collectdesk.show.doors import CALCULATOR
from tests.terminal.practice import Collector, Practice


def ask_for(desk: Collector, count: str) -> None:
    """Monthly instalments, the rest as the house has it."""
    desk.read(rf"\? {re.escape(desk.word('What do they ask for?'))}")
    desk.screen.until(r"3\) ")
    desk.screen.press("1", "enter")
    desk.read(re.escape(desk.word("How many instalments?")))
    desk.screen.press(count, "enter")
    desk.read(re.escape(desk.word("First date (Enter: one period from today)")))
    desk.screen.press("enter")
    desk.read(re.escape(desk.word("Down payment (Enter: the least the house takes)")))
    desk.screen.press("enter")


@pytest.mark.parametrize("where", ["discussion.ability", "result.outcome"])
def test_a_plan_is_calculated_and_drawn_up_during_the_call(practice: Practice, where: str) -> None:
    """Articles 7.3, 9.4, 11.1: calculated live, recorded as a proposal of this call, nothing promised."""
    desk = practice.resume(where, discussion_cause="income_lost")
    desk.see(where)
    desk.read(f"F8 {desk.word(CALCULATOR.label)}")
    desk.screen.press("f8")
    ask_for(desk, "99")
    ask_for(desk, "6")
    desk.read(re.escape(desk.word("A proposal: nothing is promised before somebody else approved it.")))
    desk.read(re.escape(desk.word("What now?")))
    desk.screen.until(r"3\) ")
    desk.screen.press("1", "enter")
    desk.read(re.escape(desk.word("Press Enter to go on")))
    desk.screen.press("enter")
    desk.see(where)
    found = practice.row("SELECT difficulty, status, call IS NOT NULL FROM plan")
    assert tuple(found) == ("income_lost", "draft", 1)
    desk.left()


def test_the_calculator_is_left_as_it_was_entered(practice: Practice) -> None:
    """F9 goes back to the question; an objection is one key away from within it."""
    desk = practice.resume("result.outcome")
    desk.see("result.outcome")
    desk.screen.press("f8")
    desk.read(rf"\? {re.escape(desk.word('What do they ask for?'))}")
    desk.screen.press("f9")
    desk.see("result.outcome")
    desk.screen.press("f8")
    desk.read(rf"\? {re.escape(desk.word('What do they ask for?'))}")
    desk.screen.press("f4")
    desk.see("objection.category")
    assert practice.row("SELECT count(*) FROM plan") == (0,)
    desk.left()


def test_on_24_rows_the_schedule_is_turned_over_with_the_call_in_view(practice: Practice) -> None:
    """Seven instalments do not fit below the head of the call: what is cut off stands on the next part of it."""
    desk = practice.resume("result.outcome", rows=24)
    desk.see("result.outcome")
    desk.screen.press("f8")
    ask_for(desk, "6")
    more = re.escape(desk.word("More: press Enter"))
    doors = f"F10 {re.escape(desk.word('End call'))}"
    first = desk.read(rf"(?s){more}  1/2.*{doors}")
    assert re.search(r"^1 +\d{4}-\d\d-\d\d", first, re.MULTILINE)
    desk.screen.press("enter")
    last = desk.read(rf"(?s){re.escape(desk.word('What now?'))}.*{doors}")
    assert re.search(r"^6 +\d{4}-\d\d-\d\d", last, re.MULTILINE)
    for shown in (first, last):
        assert shown.startswith(" A-1001")
        assert desk.word("Due on") in shown
    assert desk.word("A proposal: nothing is promised before somebody else approved it.") in last
    desk.left()


def test_there_is_no_calculator_before_identity(practice: Practice) -> None:
    """The lock: nothing of the debt before it is known who is on the line."""
    desk = practice.resume("party.party")
    desk.see("party.party")
    assert "F8" not in desk.screen.text
    desk.left()
