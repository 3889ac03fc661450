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


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_a_debtor_of_a_temper_speaks_and_is_answered_in_own_words(practice: Practice) -> None:
    """Article 13.2: their words stand on the page; the collector answers in their own before the next question."""
    desk = practice.run("rehearse", "--with", "angry")
    prepared(desk)
    desk.pick("line.line", "answered")
    own = desk.word("What do you say? Enter for nothing")
    desk.read(re.escape(desk.word("Said: press Enter")))
    while own not in desk.screen.text:
        before = desk.screen.text
        desk.screen.press("enter")
        desk.screen.wait(lambda page=before: desk.screen.text != page, "the next page")  # type: ignore[misc]
        desk.read(f"{re.escape(own)}|{re.escape(desk.word('Said: press Enter'))}")
    desk.screen.press("您别急，我听着。", "enter")
    desk.see("party.party")
    assert "又是你们" in desk.screen.text
    desk.screen.press("ctrl-c")
    assert desk.screen.end() == 130
