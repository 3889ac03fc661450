"""Lines at hand: offered where they are true and to the point, behind the same lock, kept when they were said."""

from __future__ import annotations

import pytest

from collectdesk.desk import adoption
from collectdesk.desk.call import engine
from collectdesk.desk.call.at_hand import ALWAYS, BESIDE, CONDITIONS
from collectdesk.errors import Busy, NotFound
from tests.desk.call.phone import Phone

FIGURES = ("12,480", "11,900", "62990010010001")


def at_hand(phone: Phone) -> set[str]:
    return {each.line for each in phone.prompt.at_hand}


def aside(phone: Phone, line: str) -> None:
    phone.room.hands.at += 5
    phone.prompt = engine.say(phone.office, phone.prompt.call.id, line)


def test_every_line_at_hand_of_the_shipped_script_has_its_place(phone: Phone) -> None:
    """Each of them is of a script step that some step or door of a call has at hand; no condition is for nothing."""
    with phone.office.reader.connect() as connection:
        lines = adoption.scripts(connection, phone.room.hands.at).languages["en"].lines
    steps = {step for beside in BESIDE.values() for step in beside} | {*ALWAYS, "emergency"}
    mine = {line.id: line.step for line in lines if line.at_hand}
    assert set(mine.values()) == steps
    assert set(CONDITIONS) <= mine.keys() | set(mine.values())


def test_nothing_is_at_hand_before_somebody_answered_or_after(phone: Phone) -> None:
    phone.dial()
    while phone.at != "line.line":
        assert not phone.prompt.at_hand
        phone.go_one()
    phone.go_one()
    assert {"opening.verify_us", "opening.silence", "complaint.welcome"} <= at_hand(phone)
    phone.go("wrapup.next_action")
    assert not phone.prompt.at_hand
    phone.go()
    assert not phone.prompt.at_hand


def test_until_identity_passes_no_line_at_hand_speaks_of_the_debt(phone: Phone) -> None:
    """Articles 5.1, 5.2: the same lock as every other line."""
    phone.dial()
    while phone.at != "disclosure.disclosure.amount":
        for each in phone.prompt.at_hand:
            assert each.audience == "anyone"
            assert not any(figure in each.text for figure in FIGURES)
        assert not at_hand(phone) & {"discussion.thanks", "plan.cannot_decide", "promise.ask", "identity.passed"}
        phone.go_one()
    assert "identity.passed" in at_hand(phone)
    phone.go("discussion")
    assert {"discussion.on_topic", "discussion.no_pressure", "plan.cannot_decide"} <= at_hand(phone)
    phone.go("result.amount")
    assert {"promise.ask", "promise.realistic", "plan.cannot_decide"} <= at_hand(phone)


def test_what_would_not_be_true_is_not_at_hand(phone: Phone) -> None:
    """No callback was asked for, no line was cut, no try was missed, nobody is an heir, the hours do not end."""
    phone.dial()
    phone.go("opening")
    assert not at_hand(phone) & {"opening.as_agreed", "opening.cut_off", "closing.quiet_hours"}
    phone.go("identity")
    assert "identity.why" in at_hand(phone)
    assert not at_hand(phone) & {"identity.again", "identity.failed", "identity.refused", "third_party.number"}
    phone.answer("0000")
    again = next(each for each in phone.prompt.at_hand if each.line == "identity.again")
    assert "2" in again.text
    phone.go("disclosure")
    assert "disclosure.heir" not in at_hand(phone)


def test_a_failed_identity_is_closed_with_its_words(phone: Phone) -> None:
    """Article 5.1: the tries are used up; the way to have the record updated is at hand, nothing of the debt."""
    phone.dial()
    phone.go("identity")
    for _ in range(3):
        phone.answer("0000")
    assert "identity.failed" in at_hand(phone)
    assert "identity.why" not in at_hand(phone)
    assert all(each.audience == "anyone" for each in phone.prompt.at_hand)


def test_after_a_complaint_nothing_at_hand_speaks_of_the_debt(phone: Phone) -> None:
    """Article 10.2: the debt talk stopped; whom else they may turn to is at hand."""
    phone.dial()
    phone.go("discussion")
    phone.door("complaint")
    assert {"complaint.regulators", "complaint.welcome"} <= at_hand(phone)
    while phone.prompt.at_hand:
        assert not any(each.line.startswith(("discussion.", "plan.", "promise.")) for each in phone.prompt.at_hand)
        phone.go_one()


def test_in_an_emergency_there_is_nothing_but_its_own(phone: Phone) -> None:
    """Article 12: safety first; nothing else is talked about."""
    phone.dial()
    phone.go("discussion")
    phone.door("emergency")
    assert at_hand(phone) == {"emergency.help", "emergency.where", "emergency.close"}
    phone.go("wrapup")
    assert at_hand(phone) == {"emergency.help", "emergency.where", "emergency.close"}


def test_a_line_that_was_said_is_kept_word_for_word_and_the_question_stays(phone: Phone) -> None:
    """Article 9.3: what was said on a call is on its record with the script's version, as often as it was said."""
    phone.dial()
    phone.go("party")
    here = phone.at
    before = phone.one("SELECT count(*) FROM line_shown")
    aside(phone, "opening.verify_us")
    aside(phone, "opening.verify_us")
    assert phone.at == here
    kept = phone.rows("SELECT line, script_version, content, acknowledged_at FROM line_shown ORDER BY id")[before:]
    assert [each[:2] for each in kept] == [("opening.verify_us", "1")] * 2
    assert phone.prompt.call.case.hotline in kept[0][2]
    assert kept[0][3] == kept[1][3] - 5
    phone.go()


@pytest.mark.parametrize("line", ["promise.ask", "opening.greeting", "disclosure.amount", "nothing.there", ""])
def test_no_other_line_can_be_said_that_way(phone: Phone, line: str) -> None:
    """Article 5.2: naming a line does not open the lock."""
    phone.dial()
    phone.go("party")
    with pytest.raises(NotFound, match="line_not_at_hand"):
        aside(phone, line)


def test_nothing_is_said_on_a_closed_call(phone: Phone) -> None:
    phone.dial()
    phone.go()
    with pytest.raises(Busy, match="call_ended"):
        aside(phone, "opening.silence")
