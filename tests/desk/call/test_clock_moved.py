"""A clock that is set back or forward while somebody works: no permit by it, nothing lost, an admin confirms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collectdesk.desk import doctor
from collectdesk.desk.office import Member
from collectdesk.errors import Busy
from collectdesk.store import audit
from tests.desk.call.phone import Phone, both

SAID = {
    "clock_behind_journal": "This computer's clock is {seconds} s behind the last entry of the journal.",
    "clock_drift": "This computer's clock was set by {seconds} s since it started.",
}


@both
@pytest.mark.parametrize(("moved", "code"), [(-600, "clock_behind_journal"), (900, "clock_drift")])
def test_a_permit_is_refused_until_an_administrator_confirms_the_clock(phone: Phone, moved: int, code: str) -> None:
    """Article 8.2: hours are judged by the clock; one that was set is no witness."""
    phone.dial()
    phone.go("line")
    phone.answer("not_dialled")
    phone.answer("interrupted")
    phone.room.hands.at += 3600
    phone.dial()
    phone.go("permit")
    rows = phone.rows("SELECT count(*) FROM journal") + phone.rows("SELECT count(*) FROM permit")
    hands = phone.room.hands
    hands.at, hands.behind = hands.at + moved, hands.behind + moved
    with pytest.raises(Busy) as refused:
        phone.answer("done")
    assert (refused.value.code, refused.value.message, refused.value.exit_code) == (code, SAID[code], 6)
    assert "doctor --confirm-clock" in refused.value.hint
    assert phone.rows("SELECT count(*) FROM journal") + phone.rows("SELECT count(*) FROM permit") == rows
    assert phone.at == "permit.permit"
    admin = replace(phone.office, staff=Member(phone.room.small.admin, "8000", "赵 管", "admin"))
    doctor.confirm_clock(admin, hands.both(hands.at))
    assert phone.rows("SELECT actor FROM journal WHERE action = 'clock.confirm'") == [("8000",)]
    phone.go("line")
    phone.go()
    with phone.office.reader.connect() as connection:
        assert audit.verify(connection).sound


@both
@pytest.mark.parametrize("moved", [-3600, 3600])
def test_a_call_that_is_under_way_goes_on_and_is_kept_whole(phone: Phone, moved: int) -> None:
    """Whoever is on the line is not dropped for a clock; every answer stands, in its order."""
    phone.dial()
    phone.go("disclosure")
    before = phone.rows("SELECT seq, field FROM call_answer ORDER BY seq")
    hands = phone.room.hands
    hands.at, hands.behind = hands.at + moved, hands.behind + moved
    phone.go(given={"result.outcome": "no_result"})
    after = phone.rows("SELECT seq, field FROM call_answer ORDER BY seq")
    assert after[: len(before)] == before
    assert phone.one("SELECT count(*) FROM call WHERE ended_at IS NOT NULL") == 1
    with phone.office.reader.connect() as connection:
        assert audit.verify(connection).sound
