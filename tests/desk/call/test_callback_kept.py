"""A callback that was kept is done (policy article 8.2)."""

from __future__ import annotations

from tests.desk.call.phone import Phone, both


@both
def test_calling_back_closes_the_callback(phone: Phone) -> None:
    phone.dial()
    phone.go("result.callback_at", {"result.outcome": "callback"})
    phone.answer("2026-11-24T10:00")
    phone.go(given={"wrapup.next_action": "callback"})
    phone.room.hands.at = 1_795_485_600
    phone.dial(purpose="callback")
    phone.go()
    assert phone.rows("SELECT status FROM callback") == [("done",)]
