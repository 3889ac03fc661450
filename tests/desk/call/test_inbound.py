"""They call us: no permit, the same locks, also at night and for a frozen case."""

from __future__ import annotations

from tests.desk.call.phone import Phone


def test_it_starts_with_the_opening_and_needs_no_permit(phone: Phone) -> None:
    phone.ring()
    assert phone.at == "opening.opening"
    phone.go(given={"wrapup.next_action": "await_payment"})
    assert phone.rows("SELECT direction, identity, talk FROM contact_event") == [("in", "verified", "conversation")]
    assert phone.one("SELECT count(*) FROM permit") == 0


def test_at_night_and_with_a_frozen_case(phone: Phone) -> None:
    phone.room.hands.at += 13 * 3600
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE case_file SET frozen_at = {phone.room.hands.at}, frozen_why = 'complaint'")
    phone.ring()
    phone.go()
    assert phone.prompt.ended


def test_the_same_identity_lock(phone: Phone) -> None:
    """Article 5.1 holds whoever dialled."""
    phone.ring()
    phone.go("identity")
    for _ in range(3):
        phone.answer("1111")
    assert phone.at == "result.outcome"
