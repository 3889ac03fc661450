"""What may be agreed: promises within limits, lawful callbacks, designated channels (7.3, 8, 9.4, 9.5)."""

from __future__ import annotations

import pytest

from collectdesk.errors import BadData, BlockedByGate
from tests.desk.call.phone import Phone, both
from tests.desks import add


def test_cause_and_ability_are_codes_of_the_adopted_list(phone: Phone) -> None:
    """Article 7.3: ten causes or more, four abilities or more; no free text."""
    phone.dial()
    phone.go("discussion.cause")
    assert len(phone.asked.options) >= 10
    phone.go_one()
    assert phone.at == "discussion.ability"
    assert len(phone.asked.options) >= 4


@pytest.mark.parametrize("amount", ["0", "0.01", "12480.01", "1247.99", "-5", "1e3"])
def test_an_amount_outside_the_house_limits_is_refused(phone: Phone, amount: str) -> None:
    """Article 9.4: not above what is owed, not below the house's share."""
    phone.dial()
    phone.go("result.amount")
    with pytest.raises(BadData):
        phone.answer(amount)


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-24", "2027-11-30", "30.11.2026"])
def test_a_date_outside_the_house_limits_is_refused(phone: Phone, day: str) -> None:
    """Article 9.4: neither past nor farther ahead than the house takes."""
    phone.dial()
    phone.go("result.pay_on")
    with pytest.raises(BadData):
        phone.answer(day)


def test_payment_goes_to_a_designated_channel_only(phone: Phone) -> None:
    """Articles 9.5, 9.7: the channels of the creditor, no free text."""
    phone.dial()
    phone.go("result.channel")
    assert [each.code for each in phone.asked.options] == ["app"]
    with pytest.raises(BadData):
        phone.answer("6222 0000 0000 0000")


@both
def test_a_promise_rests_the_debt_until_its_day_is_over(phone: Phone) -> None:
    """Article 9.4: the promise as repeated and confirmed, and a hold with an end."""
    phone.dial()
    phone.go(given={"result.amount": "2000", "result.pay_on": "2026-11-30"})
    assert phone.rows("SELECT amount, currency, pay_on, channel, status FROM promise") == [
        (200_000, "CNY", "2026-11-30", "app", "open")
    ]
    # Through the day of grace; a reminder passes from the day before the promised one.
    assert phone.rows("SELECT kind, until, allows FROM hold ORDER BY id") == [
        ("promise", 1_796_140_800, '["remind"]'),
        ("promise", 1_795_881_600, "[]"),
    ]
    kept = phone.rows("SELECT last_on, lapses_at, remind_at, holds FROM promise")
    assert kept == [("2026-12-01", 1_796_140_800, 1_795_881_600, "[1,2]")]


@both
def test_no_further_promise_after_too_many_broken(phone: Phone) -> None:
    """Article 9.4: a promise that cannot be kept is not taken."""
    from collectdesk.store.tables import Promise

    small = phone.room.small
    values = {"case_id": small.case, "by_person": small.debtor, "amount": 1000, "currency": "CNY", "channel": "app"}
    with phone.office.writer.begin() as connection:
        for day in ("2026-09-01", "2026-10-01"):
            add(connection, Promise, **values, pay_on=day, status="broken", at=0, by_staff=small.collector)
    phone.dial()
    phone.go("result.outcome")
    with pytest.raises(BadData) as refused:
        phone.answer("promise")
    assert refused.value.code == "promises_broken"


@pytest.mark.parametrize("when", ["2026-11-24T07:30", "2026-11-24T21:00", "2026-11-23T12:00"])
def test_an_unlawful_callback_cannot_be_booked(phone: Phone, when: str) -> None:
    """Articles 8.1, 8.2: too early, too late, within four hours of this talk."""
    phone.dial()
    phone.go("result.callback_at", {"result.outcome": "callback"})
    with pytest.raises(BlockedByGate):
        phone.answer(when)
    assert phone.one("SELECT count(*) FROM callback") == 0


@both
def test_a_lawful_callback_is_booked(phone: Phone) -> None:
    """Article 8.2: at an instant the gate allows."""
    phone.dial()
    phone.go("result.callback_at", {"result.outcome": "callback"})
    phone.answer("2026-11-24T10:00")
    assert phone.rows("SELECT due_at, status FROM callback") == [(1_795_485_600, "open")]


def test_a_refusal_to_pay_needs_a_note(phone: Phone) -> None:
    phone.dial()
    phone.go("wrapup.note", {"result.outcome": "refusal"})
    assert phone.asked.required


@both
def test_wording_in_a_note_warns_and_can_be_the_debtors_own(phone: Phone) -> None:
    """Articles 6.2, 7.4: a note is not blocked; the words are marked, the warning kept without them."""
    phone.dial()
    phone.go("wrapup.note")
    phone.answer("客户说自己不是老赖")
    assert phone.at == "wrapup.note_words"
    pane = phone.asked.pane
    assert pane is not None
    assert any(row.value["zh_CN"].startswith("「老赖」：") for row in pane.rows)
    phone.answer("debtors_words")
    assert phone.prompt.ended
    assert phone.rows("SELECT content FROM note") == [("客户说自己不是老赖",)]
    assert set(phone.rows("SELECT blocked, debtors_words FROM conduct_warning")) == {(0, 1)}


def test_a_number_in_a_note_is_named_by_its_kind_alone(phone: Phone) -> None:
    phone.dial()
    phone.go("wrapup.note")
    phone.answer("卡号 4111 1111 1111 1111")
    assert phone.at == "wrapup.note_words"
    assert "1111" not in str(phone.asked.pane)


def test_a_note_can_be_written_anew(phone: Phone) -> None:
    phone.dial()
    phone.go("wrapup.note")
    phone.answer("他是老赖")
    phone.answer("rewrite")
    assert phone.at == "wrapup.note"
    phone.answer("情绪平稳")
    assert phone.rows("SELECT content FROM note") == [("情绪平稳",)]


def test_a_recording_may_be_owed_and_is_then_on_the_list(phone: Phone) -> None:
    """Article 14.1: each call has its recording's reference, or owes it."""
    phone.dial()
    phone.go()
    assert phone.rows("SELECT status, reference, due_at IS NOT NULL FROM recording") == [("owed", None, 1)]
