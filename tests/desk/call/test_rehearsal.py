"""Rehearsals (article 13.2): debtors of different tempers, a scored debrief, and only the score on the real desk."""

from __future__ import annotations

import json

import pytest

from collectdesk.commands.own_words import OwnWords
from collectdesk.desk import rehearsals
from collectdesk.desk.call import engine, scoring
from collectdesk.desk.call.simulated import PERSONAS, Persona, reply
from collectdesk.desk.call.steps import STEPS
from collectdesk.desk.call.tempers import tempers, words
from tests.desk.call.phone import Phone

TEMPERS = [each for each in PERSONAS.values() if each.temper]
THREAT = "他说再不还就找人上门收拾你"


def rehearsed(phone: Phone, persona: Persona, *own: tuple[str, str], leave_at: str = "") -> scoring.Score:
    """A whole call with somebody, at five seconds an answer; ``leave_at`` a step it is ended politely."""
    phone.dial(driver="rehearsal")
    beside = OwnWords(phone.office, persona)
    for step, said in own:
        beside.hear(step, said)
    while not phone.prompt.ended:
        asked = phone.asked
        if leave_at and asked.step == leave_at:
            phone.door("end")
            leave_at = ""
            continue
        phone.answer(reply(phone.prompt.call, asked, persona))
    with phone.office.reader.connect() as connection:
        return scoring.score(connection, phone.prompt.call, persona, beside.replies)


@pytest.mark.parametrize("persona", TEMPERS, ids=lambda each: each.code)
def test_a_call_with_each_temper_can_be_done_well(phone: Phone, persona: Persona) -> None:
    score = rehearsed(phone, persona)
    assert (score.points, score.missed, score.words) == (100, (), ())
    assert sum(seconds for _step, seconds in score.times) > 0
    assert {"disclosure", "discussion", "result"} <= {step for step, _seconds in score.times}


def test_the_debrief_says_what_was_left_out_and_which_words_to_avoid(phone: Phone) -> None:
    """Articles 6.2 and 13.2: a step that was skipped, wording that is barred, each by where it was."""
    angry = PERSONAS["angry"]
    score = rehearsed(phone, angry, ("discussion", THREAT), ("result", "好的，我记下了。"), leave_at="disclosure")
    assert set(score.missed) == {"disclosure", "discussion"}
    assert {(each.place, each.kind.en) for each in score.words} == {("discussion", "Threat")}
    met = dict(score.met)
    assert not met["no_step_missed"]
    assert not met["clean_wording"]
    assert score.points < 100


def test_only_the_score_and_a_digest_are_kept(phone: Phone) -> None:
    """Article 13.2: neither what was said nor typed; another rehearsal has another digest."""
    score = rehearsed(phone, PERSONAS["tearful"], ("discussion", THREAT))
    rehearsals.keep(phone.office, "tearful", score)
    (scope,) = (each[0] for each in phone.rows("SELECT scope FROM attestation WHERE kind = 'rehearsal'"))
    kept = json.loads(scope)
    assert set(kept) == {"with", "points", "met", "digest"}
    assert kept["digest"] == score.digest
    assert len(score.digest) == 64
    with phone.office.reading() as session:
        (line,) = rehearsals.kept(session, phone.office.staff.id)
    assert (line.persona, line.points, line.digest) == ("tearful", score.points, score.digest)


def test_the_digest_is_of_the_whole_rehearsal(phone: Phone) -> None:
    persona = PERSONAS["polite"]
    score = rehearsed(phone, persona)
    with phone.office.reader.connect() as connection:
        again = scoring.score(connection, engine.current(phone.office, phone.prompt.call.id).call, persona)
        other = scoring.score(connection, phone.prompt.call, persona, [scoring.Reply("result", ())])
    assert again.digest == score.digest
    assert other.digest != score.digest


def test_tempers_speak_both_languages_at_steps_there_are() -> None:
    known = {step.NAME for step in STEPS}
    assert {each.temper for each in TEMPERS} == set(tempers())
    assert len(tempers()) >= 6
    for temper in tempers().values():
        assert set(temper.says) <= known
        assert {"party", "identity", "discussion", "result"} <= set(temper.says)
    assert words("angry", "party", "en") != words("angry", "party", "zh_CN")
    assert words("angry", "gate", "en") == words(None, "party", "en") == ""
