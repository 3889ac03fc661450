"""Exams (article 13.1): drawn, answered one by one, limited in tries, passed with a certificate that ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.desk import house
from collectdesk.desk.call import beginning
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.office import Office
from collectdesk.desk.training import exams, rounds
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted
from collectdesk.store.audit import verify
from tests.desk.call.phone import Phone, both
from tests.desk.emergencies.danger import Danger
from tests.desk.training.sitting import DAY, HOUR, adopt, right, sit, standing, wrong

TERMS = house.HouseSettings().training


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Danger:
    """A desk with two leads, an administrator and an officer."""
    return Danger(phone, tmp_path)


@pytest.fixture
def collector(desk: Danger) -> Office:
    """The collector, whose exam was never passed."""
    with desk.room.office.writer.begin() as connection:
        connection.execute(text("DELETE FROM qualification WHERE kind = 'exam'"))
        connection.execute(text("UPDATE qualification SET expires_on = NULL"))
    return desk.offices["8002"]


@both
def test_who_did_not_pass_is_refused_until_they_did(desk: Danger, collector: Office) -> None:
    """Article 13.1: the gate names the exam; passing it makes a certificate by the desk, good for a year at most."""
    with pytest.raises(RefusedByGate) as refused:
        beginning.start(collector, desk.room.small.code, clocks=desk.hands.both)
    block = next(each for each in refused.value.decision["blocks"] if each["rule"] == "house/collector-qualified")
    assert block["evidence"]["parts"][0]["missing"] == ["exam"]
    paper = sit(collector)
    assert (paper.status, paper.score, paper.total) == ("passed", 100, TERMS.questions)
    held = standing(collector)
    assert held.missing == ()
    assert held.qualified_until is not None
    assert int(held.qualified_until) <= desk.hands.at + 366 * DAY
    row = desk.phone.rows("SELECT by_whom, attested_by, attempt, score FROM qualification WHERE kind = 'exam'")
    assert [tuple(each) for each in row] == [("desk", None, paper.attempt, 100)]
    beginning.start(collector, desk.room.small.code, clocks=desk.hands.both)


@both
def test_each_answer_is_kept_at_once(collector: Office) -> None:
    """Article 13.1: the same question is asked again after a crash; what was answered stays, and is not asked twice."""
    paper = exams.start(collector)
    first = paper.question
    assert first is not None
    assert paper.given == ()
    exams.answer(collector, right(paper), question=first.id)
    again = exams.start(collector)
    assert (again.attempt, again.position) == (paper.attempt, 2)
    assert exams.resume(collector).position == 2
    assert exams.answer(collector, "a", question=first.id).position == 2
    with pytest.raises(Busy, match="other_question"):
        exams.answer(collector, "a", question="no_such_question")


def test_the_solution_is_told_after_the_answer_only(collector: Office) -> None:
    paper = exams.start(collector)
    assert paper.explained == ()
    asked = paper.question
    paper = exams.answer(collector, wrong(paper))
    assert [each.item for each in paper.explained] == [asked]
    assert not paper.explained[0].correct
    assert paper.explained[0].right


@pytest.mark.parametrize("typed", ["", "z", "a b c d", "ä", "1"])
def test_what_is_no_answer_is_not_taken(collector: Office, typed: str) -> None:
    paper = exams.start(collector, seed=1)
    while paper.question is not None and len(paper.question.right) > 1:
        paper = exams.answer(collector, right(paper))
    with pytest.raises(BadData, match="not_an_answer"):
        exams.answer(collector, typed)
    assert exams.resume(collector).position == paper.position


def test_several_right_answers_are_all_chosen(collector: Office) -> None:
    """A question with several right answers is right with all of them, and with nothing else."""
    for seed in range(20):
        paper = exams.start(collector, seed=seed)
        while paper.question is not None and len(paper.question.right) == 1:
            paper = exams.answer(collector, right(paper))
        if paper.question is not None:
            break
        return
    some = right(paper).split(",")[0]
    assert exams.answer(collector, some).explained[-1].correct is False


@both
def test_tries_are_limited_and_apart_until_a_lead_opens_more(desk: Danger, collector: Office) -> None:
    """Article 13.1: fewer right answers than the mark fail; a wait between; then another person opens a round."""
    most_wrong = TERMS.questions * (100 - TERMS.pass_mark) // 100
    seen: set[tuple[str, ...]] = set()
    for left in range(TERMS.tries - 1, -1, -1):
        paper = sit(collector, most_wrong + 1)
        assert paper.status == "failed"
        assert paper.score is not None
        assert paper.score < TERMS.pass_mark
        seen.add(tuple(each.item.id for each in paper.given))
        if left:
            with pytest.raises(Busy, match="exam_wait") as soon:
                exams.start(collector)
            assert soon.value.params["left"] == left
        desk.hands.at += TERMS.wait_hours * HOUR
    assert len(seen) == TERMS.tries
    with pytest.raises(NotPermitted, match="no_tries_left"):
        exams.start(collector)
    with pytest.raises(NotPermitted):
        rounds.reopen(collector, "8002", "再来")
    rounds.reopen(desk.offices["8003"], "8002", "辅导后再考")
    assert sit(collector, most_wrong).status == "passed"
    with collector.reader.connect() as connection:
        assert verify(connection).sound


def test_a_round_is_opened_when_it_is_needed(desk: Danger) -> None:
    with pytest.raises(Busy, match="tries_left"):
        rounds.reopen(desk.offices["8001"], "8002", "多给几次")
    with pytest.raises(NotFound):
        rounds.reopen(desk.offices["8001"], "9999", "多给几次")


def test_an_exam_left_lying_costs_a_try(desk: Danger, collector: Office) -> None:
    exams.start(collector)
    desk.hands.at += TERMS.open_hours * HOUR
    with pytest.raises(Busy, match="exam_over"):
        exams.answer(collector, "a")
    with pytest.raises(Busy, match="exam_wait") as soon:
        exams.start(collector)
    assert soon.value.params["left"] == TERMS.tries - 1


@both
def test_a_course_that_changes_meanwhile_costs_nothing(desk: Danger, collector: Office) -> None:
    first = exams.start(collector)
    adopt(desk.offices["8000"], "course", "courses/collector.toml")
    with pytest.raises(Busy, match="course_changed"):
        exams.answer(collector, right(first))
    paper = exams.start(collector)
    assert paper.attempt != first.attempt
    assert (paper.version, paper.position) == ("2", 1)
    states = desk.phone.rows("SELECT status FROM exam_attempt ORDER BY id")
    assert [each[0] for each in states] == ["void", "open"]


def test_every_course_in_force_is_passed_before_the_certificate(desk: Danger, collector: Office) -> None:
    """Article 13.1: a second course of the house is an exam of its own."""
    adopt(desk.offices["8000"], "course", "courses/collector.toml", [('id = "collector"', 'id = "privacy"')])
    with pytest.raises(NotFound, match="no_such_course"):
        exams.start(collector)
    for name in ("collector", "privacy"):
        assert "exam" in (standing(collector).missing or ())
        paper = exams.start(collector, name)
        while paper.question is not None:
            paper = exams.answer(collector, right(paper))
    assert standing(collector).missing == ()


def test_the_certificate_ends_and_a_refresher_renews_it(desk: Danger, collector: Office) -> None:
    """Article 13.2: at least once a year."""
    sit(collector)
    until = standing(collector).qualified_until
    assert until is not None
    desk.hands.at = int(until) - 10 * DAY
    assert sit(collector).status == "passed"
    desk.hands.at = int(until)
    later = standing(collector).qualified_until
    assert later is not None
    assert int(later) > desk.hands.at + 300 * DAY
    desk.hands.at = int(later) + 2 * HOUR
    with pytest.raises(RefusedByGate) as refused:
        beginning.start(collector, desk.room.small.code, clocks=desk.hands.both)
    block = next(each for each in refused.value.decision["blocks"] if each["rule"] == "house/collector-qualified")
    assert block["evidence"]["parts"][0]["missing"] == ["qualification_expired"]


def test_a_script_account_sits_no_exam(desk: Danger) -> None:
    office = desk.offices["8002"]
    script = desk.room.seat(office.staff.id, "bot", "script")
    with pytest.raises(NotPermitted):
        exams.start(script)
