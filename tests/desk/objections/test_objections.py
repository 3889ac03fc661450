"""Objections on a real desk: dates, what is refused by name, who lifts a hold, what waits (policy article 10.1)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from collectdesk.desk.call.wording import BarredWording
from collectdesk.desk.case_files import read_files
from collectdesk.desk.due import Dues
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.objections import acts, listing, recording
from collectdesk.desk.objections.reminders import reminders
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted
from collectdesk.store.case_rows import all_open, driver_of
from tests.desk.call.phone import Phone, both
from tests.desks import DAY

MONDAY = date(2026, 11, 23)
WORDS = "已逐项核对账单"


def add(phone: Phone, **changes: object) -> int:
    """An objection by letter, received today, unless told otherwise."""
    told: dict[str, object] = {"category": "amount", "content": "账单金额不对", "via": "letter", "received_on": MONDAY}
    return recording.add(phone.office, phone.room.small.code, **{**told, **changes})  # type: ignore[arg-type]


def answered(phone: Phone, finding: str = "unfounded", **changes: object) -> int:
    """One that is answered and waits to be told."""
    key = add(phone, **changes)
    acts.verify(phone.office, key, finding, WORDS)
    acts.answer(phone.office, key, "金额与合同约定一致")
    return key


def standing(phone: Phone) -> int:
    """Holds in force."""
    return int(phone.one("SELECT count(*) FROM hold WHERE lifted_at IS NULL"))


@both
@pytest.mark.parametrize(
    ("category", "received_on", "due_on", "written"),
    [
        ("amount", MONDAY, "2026-11-30", False),
        ("fees", date(2026, 11, 20), "2026-11-27", False),
        ("other", date(2026, 9, 30), "2026-10-13", False),
        ("credit_report", MONDAY, "2026-12-13", True),
    ],
    ids=["five working days", "over a weekend", "over the National Day week", "twenty days, in writing"],
)
def test_the_promised_date(phone: Phone, category: str, received_on: date, due_on: str, written: bool) -> None:
    """Article 10.1: working days of the house; 征信业管理条例 第二十五条: twenty days, written."""
    add(phone, category=category, received_on=received_on)
    assert phone.rows("SELECT due_on, written, status FROM objection") == [(due_on, written, "open")]


def test_a_card_objection_marks_the_account(phone: Phone) -> None:
    """商业银行信用卡业务监督管理办法 第六十九条: annotated when it comes, and when it is settled."""
    key = answered(phone)
    acts.close(phone.office, key, "letter", MONDAY)
    notes = [note for (note,) in phone.rows("SELECT content FROM note ORDER BY id")]
    assert notes == [f"[objection] j{key} amount", f"[objection] j{key} unfounded"]
    assert phone.one("SELECT annotated_at FROM objection") == phone.room.small.at


@pytest.mark.parametrize(("category", "marked"), [("amount", False), ("credit_report", True)])
def test_other_debts_are_marked_where_a_text_asks_for_it(phone: Phone, category: str, marked: bool) -> None:
    """征信业管理条例 第二十五条: what is objected to is flagged as disputed."""
    with phone.office.writer.begin() as connection:
        connection.execute(text("UPDATE case_file SET type = 'consumer_loan'"))
    add(phone, category=category)
    assert (phone.one("SELECT annotated_at FROM objection") is not None) is marked


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"received_on": date(2026, 11, 24)}, "day_ahead"),
        ({"received_on": date(2024, 2, 29)}, "day_before"),
        ({"category": "weather"}, "no_such_category"),
        ({"via": "pigeon"}, "no_such_way"),
        ({"content": " - "}, "text_empty"),
        ({"content": "金额不对" * 1200}, "text_long"),
        ({"answer": "嗯"}, "text_empty"),
    ],
    ids=["ahead", "before the contract", "category", "way", "nothing said", "endless", "no answer"],
)
def test_what_cannot_be_is_refused_and_nothing_written(phone: Phone, changes: dict[str, object], code: str) -> None:
    with pytest.raises(BadData) as refused:
        add(phone, **changes)
    assert refused.value.code == code
    assert phone.one("SELECT count(*) FROM objection") == 0
    assert standing(phone) == 0


def test_a_case_nobody_knows(phone: Phone) -> None:
    with pytest.raises(NotFound):
        recording.add(phone.office, "A-9999", category="amount", content=WORDS, via="letter", received_on=MONDAY)


@pytest.mark.parametrize(
    ("via", "category", "status"),
    [("visit", "amount", "closed"), ("letter", "amount", "answered"), ("app", "credit_report", "answered")],
)
def test_answered_at_once(phone: Phone, via: str, category: str, status: str) -> None:
    """Article 10.1: heard at once, it is done; written, or owed in writing, it waits until it was sent."""
    add(phone, via=via, category=category, answer="金额与合同约定一致")
    assert phone.one("SELECT status FROM objection") == status
    assert standing(phone) == (status != "closed")


def test_our_answer_is_ours_to_say(phone: Phone) -> None:
    """Articles 6.2, 9: barred wording is refused, kept against whoever wrote it, and the objection stays."""
    key = add(phone)
    acts.verify(phone.office, key, "unfounded", WORDS)
    with pytest.raises(BarredWording):
        acts.answer(phone.office, key, "再不还钱就让你坐牢")
    assert phone.rows("SELECT status, answer FROM objection") == [("verified", None)]
    kept = phone.rows("SELECT staff, blocked, place FROM conduct_warning")
    assert kept
    assert set(kept) == {(phone.room.small.collector, 1, "objection.answer")}


def test_a_closed_one_is_not_answered(phone: Phone) -> None:
    key = answered(phone)
    acts.close(phone.office, key, "letter", MONDAY)
    with pytest.raises(Busy) as refused:
        acts.answer(phone.office, key, WORDS)
    assert refused.value.params["state"] == "closed"
    assert "reopen" in str(refused.value.params["acts"])


@pytest.mark.parametrize(
    ("how", "told_on", "category", "code"),
    [
        ("letter", date(2026, 11, 24), "amount", "day_ahead"),
        ("letter", date(2026, 11, 22), "amount", "day_before"),
        ("visit", MONDAY, "credit_report", "writing_owed"),
        ("smoke", MONDAY, "amount", "no_such_way"),
        ("call", MONDAY, "amount", "no_such_telling"),
    ],
)
def test_the_debtor_is_told_as_and_when_it_can_be(
    phone: Phone, how: str, told_on: date, category: str, code: str
) -> None:
    """Article 10.1: not ahead, not before the answer, in writing where that is owed, on a call that was one."""
    key = answered(phone, category=category)
    with pytest.raises(BadData) as refused:
        acts.close(phone.office, key, how, told_on)
    assert refused.value.code == code
    assert phone.one("SELECT status FROM objection") == "answered"


@both
def test_what_was_right_is_put_right_before_calls_go_on(phone: Phone) -> None:
    """Article 10.1: telling lifts the hold of an unfounded one only; a founded one waits for a lead's word."""
    key = answered(phone, "partly")
    assert acts.close(phone.office, key, "letter", MONDAY) is False
    assert standing(phone) == 1
    with pytest.raises(NotPermitted):
        acts.correct(phone.office, key, "利息已按合同重算")
    lead = phone.room.seat(phone.room.small.lead, "8001", "lead")
    acts.correct(lead, key, "利息已按合同重算")
    assert standing(phone) == 0
    assert phone.one("SELECT frozen_at FROM case_file") is None
    with pytest.raises(Busy) as refused:
        acts.correct(lead, key, "利息已按合同重算")
    assert refused.value.code == "nothing_to_correct"


def test_each_act_is_a_step_and_an_entry(phone: Phone) -> None:
    key = answered(phone)
    acts.close(phone.office, key, "letter", MONDAY)
    acts.reopen(phone.office, key, "仍认为利息有误")
    told = [("record", "open"), ("verify", "verified"), ("answer", "answered"), ("close", "closed"), ("reopen", "open")]
    assert phone.rows("SELECT act, state FROM step ORDER BY id") == told
    entries = [action for (action,) in phone.rows("SELECT action FROM journal WHERE subject = 'objection:1'")]
    assert entries == [f"objection.{act}" for act, _state in told]
    assert phone.rows("SELECT reopened, answer, due_on FROM objection") == [(1, None, "2026-11-30")]
    assert standing(phone) == 1


def test_two_objections_two_holds(phone: Phone) -> None:
    """Closing one leaves the other's hold, and the case frozen."""
    first, _second = answered(phone), add(phone, category="fees")
    acts.close(phone.office, first, "letter", MONDAY)
    assert standing(phone) == 1
    assert phone.one("SELECT frozen_at FROM case_file") is not None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, []),
        (3, [("objection_answer", "soon")]),
        (7, [("objection_answer", "due")]),
        (8, [("objection_answer", "overdue"), ("objection_overdue", "overdue")]),
    ],
)
def test_what_waits_and_for_whom(phone: Phone, days: int, expected: list[tuple[str, str]]) -> None:
    """Article 10.1: soon, due on Monday the 30th, then overdue, which every lead sees too."""
    add(phone)
    with phone.office.reading() as session:
        found = reminders(session, phone.room.hands.at + days * DAY)
    assert [(each.kind, each.urgency) for each in found] == expected
    assert all(each.staff == ((phone.room.small.collector,) if "answer" in each.kind else ()) for each in found)


def test_an_answer_waits_to_be_told_and_then_to_be_put_right(phone: Phone) -> None:
    key = answered(phone, "founded")
    with phone.office.reading() as session:
        (tell,) = reminders(session, phone.room.hands.at)
    assert (tell.kind, tell.urgency) == ("objection_tell", "due")
    assert tell.command == "collectdesk call start A-1007 --purpose answer_objection"
    acts.close(phone.office, key, "letter", MONDAY)
    with phone.office.reading() as session:
        (right,) = reminders(session, phone.room.hands.at)
        assert [
            view.correction_owed for view in listing.listing(session, phone.room.hands.at, phone.office.staff, "own")
        ]
    assert (right.kind, right.staff, right.command) == (
        "objection_correction", (), f"collectdesk objection correct j{key}",
    )  # fmt: skip


def test_a_collector_does_not_list_the_desk(phone: Phone) -> None:
    add(phone)
    with phone.office.reading() as session, pytest.raises(NotPermitted):
        listing.listing(session, phone.room.hands.at, phone.office.staff, "all")


def test_the_code_asks_of_whom_the_table_says() -> None:
    """Roles stand in the table, and are enforced in code."""
    by = {move.act: move.by for move in lifecycle("objection").moves}
    assert by.pop("correct") == acts.CORRECTING
    assert set(by.values()) == {recording.HANDLERS}


@pytest.mark.parametrize(
    ("category", "told_of", "purpose"),
    [("amount", True, "answer_objection"), ("amount", False, None), ("credit_report", True, None)],
    ids=["an answer that waits", "not due yet", "owed in writing"],
)
def test_the_queue_offers_the_call_that_tells_an_answer(
    phone: Phone, category: str, told_of: bool, purpose: str | None
) -> None:
    """Article 10.1: what a call can settle is due in the queue; a letter is a reminder."""
    _ = answered(phone, category=category) if told_of else add(phone, category=category)
    with phone.office.reader.connect() as connection:
        ask, scope = driver_of(connection), all_open()
        files, dues = read_files(ask, scope), Dues(ask, scope, phone.room.hands.at)
    found = [dues.of(case, files.clock_of(case)) for case in files.cases]
    assert [each.purpose for each in found if each] == ([purpose] if purpose else [])
