"""An exam at a real terminal (article 13.1): arrow keys, each answer kept, Ctrl-C and on again, why each is right."""

from __future__ import annotations

import re

import pytest

from collectdesk import lang
from collectdesk.show.width import cells
from tests.terminal.practice import Practice
from tests.terminal.pty import Terminal


def waited(screen: Terminal, practice: Practice, *messages: str) -> str:
    """Wait for one of several sentences; every line fits."""
    shown = screen.until("|".join(re.escape(lang.translate(each, practice.lang)) for each in messages))
    assert all(cells(line) <= 80 for line in screen.lines), shown
    return shown


def test_it_is_sat_left_and_gone_on_with(practice: Practice) -> None:
    """The digit or the arrows pick; the explanation follows; after Ctrl-C the same question is asked again."""
    one, many, on = "Your answer", "Your answers, one or more", "Next: press Enter"
    screen = practice.run("train", "take").screen
    for _question in range(2):
        shown = waited(screen, practice, one, many)
        screen.until(r"2\) ")
        screen.press("down", "space", "enter") if lang.translate(many, practice.lang) in shown else screen.press(
            "down", "enter"
        )
        waited(screen, practice, "Right.", "Not right.")
        waited(screen, practice, on)
        screen.press("enter")
    waited(screen, practice, one, many)
    asked = [line for line in screen.lines[3:5] if line]
    screen.press("ctrl-c")
    assert screen.end() == 130
    assert practice.row("SELECT count(*) FROM exam_answer") == (2,)
    again = practice.run("train", "take").screen
    waited(again, practice, one, many)
    assert [line for line in again.lines[3:5] if line] == asked
    assert "3/25" in again.text


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_an_admission_is_asked_item_by_item(practice: Practice) -> None:
    """Article 13.1: result, day and evidence of each; what is not checked yet stays open."""
    practice.sign_in("2001")
    screen = practice.run("staff", "admit", "8001").screen
    for item in ("identity document seen", "no record of violent crime"):
        waited(screen, practice, item)
        screen.until(r"3\) ")
        screen.press("1", "enter")
        waited(screen, practice, "Checked on")
        screen.press("enter")
        waited(screen, practice, "What shows it?")
        screen.press("档案 7 号", "enter")
    waited(screen, practice, "no serious bad credit")
    screen.press("ctrl-c")
    assert screen.end() == 130
    assert practice.row("SELECT count(*) FROM vetting_check WHERE result = 'clear'") == (2,)
