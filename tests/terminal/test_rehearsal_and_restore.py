"""Rehearsing, and bringing a desk back, at a real terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collectdesk.desk.demo import PASSPHRASE
from tests.terminal.practice import Collector, Practice
from tests.terminal.test_whole_calls import prepared

ASKED = "Bring back the desk as of {time}, journal entry {entries}?"


@pytest.mark.parametrize("practice", ["en"], indirect=True)
def test_a_rehearsal_is_scored(practice: Practice) -> None:
    """Nobody answers the rehearsed call; the score alone is kept on the desk of who is signed in."""
    desk = practice.run("rehearse", "--with", "no_answer")
    prepared(desk)
    desk.pick("line.line", "no_answer", at_once=True)
    desk.pick("wrapup.next_action", "redial", at_once=True)
    assert desk.screen.end() == 0
    assert "100" in desk.screen.text
    assert desk.word("The score is kept.") in desk.screen.text
    assert practice.row("SELECT count(*) FROM call") == (0,)


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_a_desk_is_brought_back(practice: Practice, tmp_path: Path) -> None:
    """No leaves everything as it is; yes, with one's number and passphrase, brings it back."""
    kept = str(tmp_path / "desk.backup")
    practice.sign_in("1001")
    assert practice.run("backup", kept).screen.end() == 0
    desk = asked(practice, kept)
    desk.screen.press("enter")
    assert desk.screen.end() == 130
    assert desk.word("Nothing was changed.") in desk.screen.text
    desk = asked(practice, kept)
    desk.screen.press("1", "enter")
    desk.screen.until(re.escape(desk.word("Staff number")))
    desk.screen.press("1001", "enter")
    desk.screen.until(re.escape(desk.word("Passphrase")))
    desk.screen.press(PASSPHRASE, "enter")
    assert desk.screen.end() == 0, desk.screen.text
    assert PASSPHRASE not in desk.screen.raw
    assert "collectdesk login" in desk.screen.text


def asked(practice: Practice, kept: str) -> Collector:
    """``restore``, at its question."""
    desk = practice.run("restore", kept)
    desk.screen.until(re.escape(desk.word(ASKED).split("{")[0]))
    desk.screen.until(r"2\) ")
    return desk
