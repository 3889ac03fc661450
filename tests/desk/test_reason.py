"""One rule for reasons: every act that needs one refuses a word that says nothing, and takes a short Chinese one."""

from __future__ import annotations

import pytest

from collectdesk.desk import hold_ends
from collectdesk.desk.emergencies import acts as emergencies
from collectdesk.desk.payments import book as payments
from collectdesk.desk.promises import book as promises
from collectdesk.desk.reason import says
from collectdesk.errors import UsageProblem
from tests.desk.call.phone import Phone


@pytest.mark.parametrize("text", ["", "  ", "好", "ok", "--- ---", "x", "abc"])
def test_a_word_is_no_reason(text: str) -> None:
    assert not says(text)


@pytest.mark.parametrize("text", ["属实", "the debtor asked", "R-2 号录音", "paid"])
def test_few_words_are_one(text: str) -> None:
    assert says(text)


@pytest.mark.parametrize("reason", ["好", " - "])
def test_no_chapter_takes_less(phone: Phone, reason: str) -> None:
    """Articles 9, 10, 11, 12: refused before anything is looked up, by the option that gives it."""
    office = phone.room.seat(phone.room.small.lead, "2001", "lead")
    with pytest.raises(UsageProblem):
        emergencies.ask_release(office, "g1", reason)
    with pytest.raises(UsageProblem):
        hold_ends.lift(office, "A-1007", "h1", reason)
    with pytest.raises(UsageProblem):
        promises.withdraw(office, "r1", reason)
    with pytest.raises(UsageProblem):
        payments.reverse(office, "m1", reason)
