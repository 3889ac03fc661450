"""How far a call has come, as its row of stages says it: a step a door broke off is not done."""

from __future__ import annotations

from tests.desk.call.phone import Phone


def test_a_step_that_a_door_broke_off_is_not_done(phone: Phone) -> None:
    """Article 7: one of several lines said is no disclosure; within the door what is left stands before one."""
    phone.dial()
    phone.go("disclosure")
    phone.go_one()
    assert dict(phone.prompt.progress)["disclosure"] == "here"
    phone.door("end")
    within = dict(phone.prompt.progress)
    assert (within["identity"], within["disclosure"], within["result"]) == ("done", "todo", "todo")
    assert "here" not in within.values()
    phone.go("wrapup", {"end.why": "finished"})
    after = dict(phone.prompt.progress)
    assert (after["identity"], after["disclosure"], after["wrapup"]) == ("done", "skipped", "here")
    phone.go()
    ended = dict(phone.prompt.progress)
    assert (ended["identity"], ended["disclosure"], ended["wrapup"]) == ("done", "skipped", "done")


def test_a_whole_call_is_done_to_its_last_step(phone: Phone) -> None:
    phone.dial()
    phone.go("wrapup.note")
    assert set(dict(phone.prompt.progress).values()) <= {"done", "here", "skipped"}
    assert dict(phone.prompt.progress)["disclosure"] == "done"
