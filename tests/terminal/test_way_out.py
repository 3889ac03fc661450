"""The way out is in view at every prompt of a call, and the row of stages says where one is, in a real terminal."""

from __future__ import annotations

import re

import pytest

from collectdesk.show.callwords import DOORS
from collectdesk.show.doors import END, LEAVE
from tests.terminal.practice import Practice


def test_once_the_talk_is_being_ended_the_call_can_be_left_for_later(practice: Practice) -> None:
    """F10 is never gone: before, it ends the talk; after, it leaves what is still asked, within other doors too."""
    desk = practice.resume("identity.id_last4", rows=24)
    desk.see("identity.id_last4")
    assert f"F10 {desk.word(END.label)}" in desk.screen.text
    desk.screen.press("f10")
    desk.see("end.why")
    desk.read(f"F10 {re.escape(desk.word(LEAVE.label))}")
    desk.screen.press("f4")
    desk.see("objection.category")
    desk.read(f"F10 {re.escape(desk.word(LEAVE.label))}")
    desk.screen.press("f10")
    assert desk.screen.end() == 130
    assert "collectdesk call resume" in desk.screen.text
    assert practice.row("SELECT count(*) FROM call WHERE ended_at IS NULL") == (1,)


@pytest.mark.parametrize(
    ("until", "key", "door"),
    [
        ("brief.debt", "f10", "end"),
        ("identity.birth_date", "f3", "complaint"),
        ("result.outcome", "f5", "stop_contact"),
    ],
)
def test_a_side_door_has_its_place_in_the_row_of_stages(practice: Practice, until: str, key: str, door: str) -> None:
    """One mark says *here*, the door's own, after all that was gone through; the row fits the screen."""
    desk = practice.resume(until)
    desk.see(until)
    desk.screen.press(key)
    here = re.compile(rf"^ .*\u25b8 {re.escape(desk.word(DOORS[door]))}", re.MULTILINE)
    desk.screen.wait(lambda: bool(here.search(shown := desk.screen.text)) and shown.count("\u25b8") == 1, "one mark")
    desk.left()
