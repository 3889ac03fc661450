"""A call to answer an objection (policy article 10.1): it passes the gate, tells the answer, presses for nothing."""

from __future__ import annotations

from datetime import date

import pytest

from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.wording import BarredWording
from collectdesk.desk.objections import acts, recording
from collectdesk.errors import BadData
from tests.desk.call.phone import Phone, both

MONDAY = date(2026, 11, 23)
ANSWER = "利息按合同第六条计收，金额无误。"


def disputed(phone: Phone, finding: str = "", category: str = "fees") -> int:
    """An objection on the case, answered where there is a finding."""
    key = recording.add(
        phone.office, phone.room.small.code, category=category, content="利息算错了", via="letter", received_on=MONDAY,
        evidence="还款截图",
    )  # fmt: skip
    if finding:
        acts.verify(phone.office, key, finding, "逐期核对利息")
        acts.answer(phone.office, key, ANSWER)
    return key


def call(phone: Phone, until: str = "objection_answer") -> None:
    """A call made for it, as far as the step that tells the answer."""
    phone.dial(purpose="answer_objection")
    phone.go(until)


@both
def test_pressing_waits_and_the_answer_does_not(phone: Phone) -> None:
    """Article 10.1: the hold bars a call to collect, and lets the one through that answers."""
    disputed(phone, "unfounded")
    with pytest.raises(RefusedByGate):
        phone.dial()
    call(phone)
    shown = {row.code: row.value for row in phone.asked.pane.rows}  # type: ignore[union-attr]
    assert shown["objection_content"] == "利息算错了"
    assert shown["objection_evidence"] == "还款截图"
    assert (shown["objection_finding"], shown["objection_answer"]) == ("unfounded", ANSWER)
    (line,) = phone.asked.say
    assert ANSWER.rstrip("。") in line.text
    assert "。。" not in line.text
    phone.go("objection_answer.settled")
    phone.answer("yes")
    assert phone.at == "result.outcome"
    phone.go(given={"result.outcome": "objection_answered", "wrapup.next_action": "none"})
    call_key = phone.prompt.call.id
    assert phone.rows("SELECT status, told_how, told_call FROM objection") == [("closed", "call", call_key)]
    assert phone.one("SELECT count(*) FROM hold WHERE lifted_at IS NULL") == 0
    assert phone.rows("SELECT outcome, talk FROM call") == [("objection_answered", "conversation")]
    assert phone.one("SELECT acknowledged_at FROM line_shown WHERE line = 'objection.answer'") is not None


def test_the_debt_is_not_pressed_on_such_a_call(phone: Phone) -> None:
    """Article 10.1: neither disclosure nor discussion, whatever comes of the answer."""
    disputed(phone, "unfounded")
    call(phone)
    seen = set()
    while not phone.prompt.ended:
        seen.add(phone.asked.step)
        phone.go_one()
    assert {"objection_answer", "result", "wrapup"} <= seen
    assert not seen & {"disclosure", "discussion"}


def test_what_does_not_settle_it_opens_it_again(phone: Phone) -> None:
    """Article 10.1: with their words, a new date, and calls still wait."""
    disputed(phone, "unfounded")
    call(phone, "objection_answer.settled")
    phone.answer("no")
    phone.answer("第六条没有这样写")
    assert phone.rows("SELECT status, reopened, told_at FROM objection") == [("open", 1, None)]
    assert phone.at == "result.outcome"
    phone.go(given={"result.outcome": "no_agreement", "wrapup.next_action": "none"})
    with pytest.raises(RefusedByGate):
        phone.dial()


def test_found_and_answered_on_the_call(phone: Phone) -> None:
    """Article 10.1: an open one may be checked and answered then and there; our words are checked."""
    disputed(phone)
    call(phone)
    assert phone.at == "objection_answer.finding"
    phone.answer("founded")
    with pytest.raises(BarredWording):
        phone.answer("再不还钱就让你坐牢")
    phone.answer(ANSWER)
    phone.go("objection_answer.settled")
    phone.answer("yes")
    assert phone.rows("SELECT status, finding FROM objection") == [("closed", "founded")]
    assert phone.one("SELECT count(*) FROM hold WHERE lifted_at IS NULL") == 1  # to be put right first
    assert [act for (act,) in phone.rows("SELECT act FROM step ORDER BY id")] == ["record", "verify", "answer", "close"]


def test_not_yet_leaves_it_as_it_was(phone: Phone) -> None:
    disputed(phone)
    call(phone)
    phone.answer("owed")
    assert phone.at == "result.outcome"
    assert "objection_answered" not in {each.code for each in phone.asked.options}
    assert phone.rows("SELECT status FROM objection") == [("open",)]


def test_one_after_another(phone: Phone) -> None:
    """Two objections: each is told, each settled by itself."""
    disputed(phone, "unfounded")
    disputed(phone, "unfounded", "amount")
    call(phone, "objection_answer.settled")
    phone.answer("no")
    phone.answer("第六条没有这样写")
    phone.go("objection_answer.settled")
    phone.answer("yes")
    assert phone.at == "result.outcome"
    assert phone.rows("SELECT status FROM objection ORDER BY id") == [("open",), ("closed",)]


def test_told_ahead_of_the_writing(phone: Phone) -> None:
    """征信业管理条例 第二十五条: told on a call it is still owed in writing."""
    disputed(phone, "unfounded", "credit_report")
    call(phone)
    phone.go_one()
    assert phone.at == "result.outcome"
    assert phone.rows("SELECT status FROM objection") == [("answered",)]
    assert phone.rows("SELECT act FROM step ORDER BY id DESC LIMIT 1") == [("tell",)]


def test_nobody_else_hears_it(phone: Phone) -> None:
    """Article 5.2: a third party hears nothing of it."""
    disputed(phone, "unfounded")
    call(phone, "party")
    for raw in ("third_party", "colleague", "none"):
        phone.answer(raw)
    while not phone.prompt.ended:
        assert phone.asked.step != "objection_answer"
        phone.go_one()
    assert phone.rows("SELECT status FROM objection") == [("answered",)]


@both
def test_when_they_call_us_the_answer_is_at_hand(phone: Phone) -> None:
    """Article 10.1: an answer that waits is told on their own call."""
    disputed(phone, "unfounded")
    phone.ring()
    phone.go("objection_answer")
    assert phone.at == "objection_answer.told"


def test_a_call_is_proof_that_they_were_told(phone: Phone) -> None:
    """Article 10.1: closed by hand with a call only where identity was proved on it after the answer."""
    early = phone.dial().call.id
    phone.go(given={"result.outcome": "no_agreement", "wrapup.next_action": "none"})
    phone.room.hands.at += 5 * 3600
    key = disputed(phone, "unfounded")
    with pytest.raises(BadData) as refused:
        acts.close(phone.office, key, "call", MONDAY, early)
    assert refused.value.code == "no_such_telling"
    later = phone.ring().call.id
    phone.go(given={"objection_answer.ready": "owed", "result.outcome": "no_agreement", "wrapup.next_action": "none"})
    assert phone.rows("SELECT status, told_call FROM objection") == [("closed", later)]


def test_a_written_answer_is_owed_not_given(phone: Phone) -> None:
    """征信业管理条例 第二十五条: the door offers no answer by word of mouth, and says the statutory day."""
    phone.dial()
    phone.go("disclosure")
    phone.door("objection")
    phone.go("objection.answered", {"objection.category": "credit_report", "objection.content": "征信有误"})
    assert [each.code for each in phone.asked.options] == ["owed"]
    phone.answer("owed")
    phone.answer("征信报告一份")
    assert any("12月13日" in line.text for line in phone.asked.say)
    assert phone.rows("SELECT due_on, written, evidence FROM objection") == [("2026-12-13", 1, "征信报告一份")]


def test_a_debt_that_is_not_theirs_is_a_dispute(phone: Phone) -> None:
    """The kind of hold is the code's, and closes with its objection all the same."""
    key = disputed(phone, "unfounded", "not_mine")
    assert phone.rows("SELECT kind FROM hold") == [("dispute",)]
    assert acts.close(phone.office, key, "letter", MONDAY)


def test_a_result_that_is_an_objection_has_one_hold(phone: Phone) -> None:
    """Article 10.1: what the result opens ends with the objection; nothing is left that nobody lifts."""
    phone.dial()
    phone.go("result.outcome")
    phone.answer("identity_denied")
    phone.go(
        given={
            "objection.category": "not_mine",
            "objection.content": "从未借过这笔款",
            "objection.answered": "owed",
            "wrapup.next_action": "answer_objection",
        }
    )
    assert phone.rows("SELECT kind, cause FROM hold") == [("dispute", "objection.not_mine")]
