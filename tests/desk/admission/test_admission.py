"""Admission (article 13.1): each item checked with date and evidence, the pledge signed, decided by another person."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.desk import house, qualification, suspensions
from collectdesk.desk.admission import acts
from collectdesk.desk.call import beginning
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.conduct import acts as conduct
from collectdesk.desk.conduct.report import Report
from collectdesk.desk.qualification import Qualified
from collectdesk.desk.training.certificates import local_day
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.store.audit import verify
from tests.desk.call.phone import Phone, both
from tests.desk.emergencies.danger import Danger
from tests.desk.training.sitting import standing

ITEMS = house.HouseSettings().training.vetting


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Danger:
    """A desk with two leads, an administrator and an officer; the collector passed the exam and nothing else."""
    danger = Danger(phone, tmp_path)
    with danger.room.office.writer.begin() as connection:
        connection.execute(text("DELETE FROM qualification WHERE kind <> 'exam'"))
    return danger


def checked(desk: Danger, *items: str, result: str = "clear", by: str = "8001") -> None:
    for item in items:
        acts.check(desk.offices[by], "8002", item, result, local_day(desk.hands.at), "人事档案")


def signed(desk: Danger) -> None:
    acts.sign(desk.offices["8001"], "8002", local_day(desk.hands.at), "人事柜 3 号")


@both
def test_every_item_and_the_pledge_before_the_first_call(desk: Danger) -> None:
    """Article 13.1: what is missing is named; a concern is not clear; then the gate has vetting and pledge."""
    lead = desk.offices["8001"]
    assert standing(lead, desk.keys["8002"]).missing == ("vetting", "confidentiality")
    checked(desk, *ITEMS[1:])
    checked(desk, ITEMS[1], result="concern")
    with pytest.raises(BadData, match="admission_incomplete") as refused:
        acts.admit(lead, "8002")
    assert refused.value.params["items"] == f"{ITEMS[0]}, {ITEMS[1]}, pledge"
    signed(desk)
    assert standing(lead, desk.keys["8002"]).missing == ("vetting",)
    checked(desk, *ITEMS[:2])
    acts.admit(lead, "8002")
    assert standing(lead, desk.keys["8002"]).missing == ()
    with pytest.raises(Busy):
        checked(desk, ITEMS[0])
    with lead.reader.connect() as connection:
        assert verify(connection).sound


@both
def test_nobody_admits_themselves_and_no_collector_anybody(desk: Danger) -> None:
    """Article 13.1: four eyes."""
    day = local_day(desk.hands.at)
    with pytest.raises(NotPermitted, match="own_matter"):
        acts.check(desk.offices["8001"], "8001", ITEMS[0], "clear", day, "档案")
    with pytest.raises(NotPermitted, match="role"):
        acts.check(desk.offices["8002"], "8001", ITEMS[0], "clear", day, "档案")
    with pytest.raises(NotPermitted, match="own_matter"):
        acts.admit(desk.offices["8003"], "8003")
    assert desk.phone.one("SELECT count(*) FROM admission") == 0


def test_opened_again_the_gate_refuses(desk: Danger) -> None:
    checked(desk, *ITEMS)
    signed(desk)
    acts.admit(desk.offices["8001"], "8002")
    acts.reopen(desk.offices["8003"], "8002", "背景情况有变")
    assert standing(desk.offices["8001"], desk.keys["8002"]).missing == ("vetting",)
    checked(desk, ITEMS[0], result="concern")
    acts.refuse(desk.offices["8003"], "8002", "核实不符")
    with pytest.raises(Busy):
        acts.admit(desk.offices["8001"], "8002")
    acts.reopen(desk.offices["8000"], "8002", "材料补齐")
    checked(desk, ITEMS[0])
    acts.admit(desk.offices["8001"], "8002")
    assert standing(desk.offices["8001"], desk.keys["8002"]).missing == ()
    told = desk.phone.rows("SELECT act FROM step WHERE kind = 'admission' ORDER BY id")
    assert [each[0] for each in told][-4:] == ["refuse", "reopen", "check", "admit"]


@both
def test_a_concern_ends_a_vetting_that_was_attested(desk: Danger) -> None:
    """Article 13.1: the gate refuses from then on; no attestation goes past the record, only clearing it does."""
    day = local_day(desk.hands.at)
    attested = Qualified(vetted_on=day, confidentiality_on=day)

    def attest() -> None:
        lead, other = desk.offices["8001"], desk.offices["8002"].staff
        with lead.writing() as session:
            qualification.attest(session, other, attested, by=lead.staff, at=lead.now(), today=day)

    attest()
    assert standing(desk.offices["8001"], desk.keys["8002"]).missing == ()
    checked(desk, ITEMS[0], result="concern")
    assert standing(desk.offices["8001"], desk.keys["8002"]).missing == ("vetting",)
    with pytest.raises(Busy, match="vetting_concern") as refused:
        attest()
    assert refused.value.params["items"] == ITEMS[0]
    acts.refuse(desk.offices["8003"], "8002", "核实不符")
    with pytest.raises(Busy, match="vetting_concern"):
        attest()
    acts.reopen(desk.offices["8003"], "8002", "材料补齐")
    checked(desk, *ITEMS)
    signed(desk)
    acts.admit(desk.offices["8001"], "8002")
    assert standing(desk.offices["8001"], desk.keys["8002"]).missing == ()


def test_what_cannot_be_so_is_not_written(desk: Danger) -> None:
    lead, day = desk.offices["8001"], local_day(desk.hands.at)
    with pytest.raises(UsageProblem, match="vetting_item"):
        acts.check(lead, "8002", "horoscope", "clear", day, "档案")
    with pytest.raises(UsageProblem, match="vetting_item"):
        acts.check(lead, "8002", ITEMS[0], "fine", day, "档案")
    with pytest.raises(UsageProblem, match="reason_missing"):
        acts.check(lead, "8002", ITEMS[0], "clear", day, " ")
    with pytest.raises(BadData, match="date_ahead"):
        acts.check(lead, "8002", ITEMS[0], "clear", day + timedelta(days=1), "档案")
    with pytest.raises(BadData, match="number_in_text"):
        acts.check(lead, "8002", ITEMS[0], "clear", day, "身份证 11010519491231002X")
    with pytest.raises(BadData, match="date_ahead"):
        acts.sign(lead, "8002", day + timedelta(days=1), "人事柜")
    with pytest.raises(NotFound):
        acts.admit(lead, "9999")
    assert desk.phone.one("SELECT count(*) FROM admission") == 0
    assert desk.phone.one("SELECT count(*) FROM vetting_check") == 0


@both
def test_suspended_by_another_and_let_back_by_another(desk: Danger) -> None:
    """Article 13: the gate refuses by name, from then on, until somebody lets them return; each with its reason."""
    checked(desk, *ITEMS)
    signed(desk)
    acts.admit(desk.offices["8001"], "8002")
    suspensions.suspend(desk.offices["8001"], "8002", "inquiry", "投诉核查期间")
    with pytest.raises(RefusedByGate) as refused:
        beginning.start(desk.offices["8002"], desk.room.small.code, clocks=desk.hands.both)
    block = next(each for each in refused.value.decision["blocks"] if each["rule"] == "house/collector-qualified")
    assert block["evidence"]["parts"][0]["missing"] == ["suspended:inquiry"]
    with pytest.raises(Busy, match="suspended_already"):
        suspensions.suspend(desk.offices["8003"], "8002", "absence", "请假")
    with pytest.raises(NotPermitted):
        suspensions.let_return(desk.offices["8002"], "8002", "我好了")
    assert suspensions.let_return(desk.offices["8003"], "8002", "核查完毕") == ()
    desk.hands.at += 1
    beginning.start(desk.offices["8002"], desk.room.small.code, clocks=desk.hands.both)
    with pytest.raises(NotFound, match="not_suspended_here"):
        suspensions.let_return(desk.offices["8003"], "8002", "再来")


def test_a_violation_s_suspension_is_not_lifted_here(desk: Danger) -> None:
    """Article 9: only where the violation is decided."""
    name = conduct.record(desk.offices["8001"], Report(kind="gift", evidence="录音", staff="8002"))
    with pytest.raises(NotFound) as refused:
        suspensions.let_return(desk.offices["8003"], "8002", "缺人手")
    assert refused.value.params["violation"] == name
    suspensions.suspend(desk.offices["8001"], "8002", "inquiry", "另有事项")
    suspensions.let_return(desk.offices["8003"], "8002", "另事已清")
    assert standing(desk.offices["8001"], desk.keys["8002"]).suspended
    conduct.decide(desk.offices["8003"], name, "none", "不属实")
    assert not standing(desk.offices["8001"], desk.keys["8002"]).suspended


@pytest.mark.parametrize("cause", ["grave", "", "holiday"])
def test_a_suspension_has_a_cause_and_a_reason(desk: Danger, cause: str) -> None:
    with pytest.raises(UsageProblem):
        suspensions.suspend(desk.offices["8001"], "8002", cause, "投诉核查")
    with pytest.raises(UsageProblem):
        suspensions.suspend(desk.offices["8001"], "8002", "other", "")
    with pytest.raises(NotPermitted):
        suspensions.suspend(desk.offices["8001"], "8001", "other", "另有安排")
