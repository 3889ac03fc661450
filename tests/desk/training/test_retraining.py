"""Retraining (articles 9 and 13.2): a section learnt again after a review or a violation, ended by its own exam."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from collectdesk.desk import house
from collectdesk.desk.call import beginning
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.conduct import acts
from collectdesk.desk.conduct.report import Report
from collectdesk.desk.office import Office
from collectdesk.desk.training import exams, rounds, shelf
from collectdesk.desk.training.due import Due
from collectdesk.desk.training.papers import Paper
from collectdesk.errors import Busy, NotFound, NotPermitted, UsageProblem
from tests.desk.call.phone import Phone, both
from tests.desk.emergencies.danger import Danger
from tests.desk.training.sitting import DAY, HOUR, right, sit, standing, wrong

TERMS = house.HouseSettings().training
DAYS = house.HouseSettings().quality.retrain_days


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Danger:
    """A desk whose collector is to learn law again, because of what they said to a third party."""
    danger = Danger(phone, tmp_path)
    retrained(danger, "disclosure")
    return danger


def retrained(desk: Danger, kind: str, section: str = "") -> str:
    name = acts.record(desk.offices["8001"], Report(kind=kind, evidence="录音 R-1", staff="8002"))
    acts.decide(desk.offices["8003"], name, "retrain", "再培训", section)
    return name


def waiting(office: Office) -> list[Due]:
    (found,) = shelf.owed(office, "", everybody=False)
    return [each for each in found[1] if each.kind == "retraining"]


def sit_section(office: Office, section: str, mistakes: int = 0) -> Paper:
    paper = exams.start(office, section=section)
    while paper.question is not None:
        paper = exams.answer(office, wrong(paper) if paper.position <= mistakes else right(paper))
    return paper


@both
def test_it_is_due_then_bars_and_only_the_section_s_own_exam_ends_it(desk: Danger) -> None:
    """Article 13.2: named with its date and what to type; after it the gate refuses, naming the section."""
    office = desk.offices["8002"]
    (due,) = waiting(office)
    assert (due.name, due.bars, due.command) == ("law", False, "collectdesk train take --section law")
    assert standing(office).missing == ()
    assert int(standing(office).qualified_until or 0) <= desk.hands.at + (DAYS + 1) * DAY
    assert sit(office).status == "passed"
    desk.hands.at += (DAYS + 1) * DAY
    assert waiting(office)[0].bars
    assert standing(office).missing == ("retraining:law",)
    with pytest.raises(RefusedByGate):
        beginning.start(office, desk.room.small.code, clocks=desk.hands.both)
    paper = sit_section(office, "law")
    assert paper.status == "passed"
    assert {each.item.section for each in paper.given} == {"law"}
    assert waiting(office) == []
    assert standing(office).missing == ()
    assert desk.phone.one("SELECT attempt FROM retraining") == paper.attempt


def test_a_section_s_exam_is_no_certificate(desk: Danger) -> None:
    """Article 13.1: passing one section lets nobody call who has not passed the whole."""
    with desk.room.office.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM qualification WHERE kind = 'exam'")
    office = desk.offices["8002"]
    assert sit_section(office, "law").status == "passed"
    assert standing(office).missing == ("exam",)
    assert shelf.shelf(office).courses[0].last is None
    assert sit(office).status == "passed"
    assert standing(office).missing == ()


def test_it_is_sat_only_where_it_was_asked_for_and_one_at_a_time(desk: Danger) -> None:
    office = desk.offices["8002"]
    with pytest.raises(Busy, match="section_not_asked"):
        exams.start(office, section="ethics")
    with pytest.raises(NotFound, match="no_such_section"):
        exams.start(office, section="astrology")
    exams.start(office)
    with pytest.raises(Busy, match="exam_open"):
        exams.start(office, section="law")
    assert desk.phone.one("SELECT count(*) FROM exam_attempt") == 1


@both
def test_it_has_tries_of_its_own(desk: Danger) -> None:
    """Article 13.1: limited, apart, until somebody who leads opens more; the whole exam's are untouched."""
    office = desk.offices["8002"]
    papers: list[frozenset[str]] = []
    for _ in range(TERMS.tries):
        paper = sit_section(office, "law", mistakes=99)
        assert paper.status == "failed"
        papers.append(frozenset(each.item.id for each in paper.given))
        desk.hands.at += TERMS.wait_hours * HOUR
    assert len(papers) == TERMS.tries
    assert not any(before & after for before, after in pairwise(papers))
    with pytest.raises(NotPermitted, match="no_tries_left"):
        exams.start(office, section="law")
    assert shelf.shelf(office).courses[0].tries.left == TERMS.tries
    rounds.reopen(desk.offices["8003"], "8002", "辅导后再考")
    assert sit_section(office, "law").status == "passed"


@both
def test_a_violation_decided_anew_asks_for_nothing_any_more(desk: Danger) -> None:
    """Article 9: what the scorecard says of the kind, else ethics, else what the decision names; an appeal drops it."""
    office = desk.offices["8002"]
    name = retrained(desk, "quarrel")
    retrained(desk, "off_topic", "communication")
    assert {each.name for each in waiting(office)} == {"law", "ethics", "communication"}
    acts.appeal(office, name, "事实不符")
    acts.decide(desk.offices["8000"], name, "warned", "改为警告")
    assert {each.name for each in waiting(office)} == {"law", "communication"}
    with pytest.raises(UsageProblem, match="retrain_section"):
        retrained(desk, "quarrel", "astrology")
    other = acts.record(desk.offices["8001"], Report(kind="quarrel", evidence="录音 R-1", staff="8002"))
    with pytest.raises(UsageProblem, match="retrain_section"):
        acts.decide(desk.offices["8003"], other, "warned", "初犯", "law")
