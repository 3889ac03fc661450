"""A review from the claim to the end: who may, one at a time, what two reviews come to, what follows, who sees it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from collectdesk.desk.conduct import reading as conduct
from collectdesk.desk.history import history
from collectdesk.desk.quality import answers, claiming, clock, finishing, reading, reminders, replying
from collectdesk.desk.training.due import due
from collectdesk.errors import Busy
from tests.desk.call.phone import Phone, both
from tests.desk.quality.checked import Checked, refusal
from tests.desk.quality.settings import adopt_quality

HOUR = 3_600
DAY = 86_400


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Checked:
    """The desk, with one call that waits for its review."""
    made = Checked(phone, tmp_path)
    made.called(made.hands.at - HOUR)
    made.drawn()
    return made


def kinds(desk: Checked, who: str) -> list[str]:
    """What waits for somebody because of quality."""
    with desk.room.office.reading() as session:
        found = reminders.reminders(session, desk.hands.at)
    return [each.kind for each in found if desk.keys[who] in each.staff]


@both
def test_a_call_is_reviewed_by_somebody_outside_its_line(desk: Checked) -> None:
    """Articles 9 and 14: never the collector, nor their direct superior while another is there."""
    assert refusal(lambda: claiming.claim(desk.offices["8002"], "c1")) == "role"
    assert refusal(lambda: claiming.claim(desk.offices["8001"], "c1")) == "in_the_line"
    assert [kinds(desk, who) for who in ("8001", "8002", "8003")] == [[], [], ["quality_review"]]
    assert claiming.claim(desk.offices["8003"]) == "c1"
    desk.scored("c1", figures="part")
    assert finishing.finish(desk.offices["8003"], "c1") == "told"
    view = reading.view(desk.offices["8002"], "c1")
    assert (view.line.row.score, view.line.row.fatal) == (97, False)  # 96.5, halves up
    assert kinds(desk, "8002") == ["quality_told"]
    assert replying.accept(desk.offices["8002"], "c1") == "final"


def test_the_superior_reviews_where_nobody_else_is_there(desk: Checked) -> None:
    """A small desk is not left without reviews."""
    with desk.room.office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET status = 'suspended' WHERE number IN ('8000', '8003', '8004')")
    assert desk.reviewed("c1", "8001", threat="found") == "told"
    assert refusal(lambda: finishing.second(desk.offices["8002"], "c1", "复核")) == "role"
    assert reading.view(desk.offices["8001"], "c1").violations == ("i1",)


@both
def test_of_two_who_claim_at_once_one_is_told_who_has_it(desk: Checked) -> None:
    """Each in a connection of their own, begun together."""
    begin = Barrier(2)

    def claim(who: str) -> object:
        begin.wait()
        try:
            return claiming.claim(desk.offices[who], "c1")
        except Busy as busy:
            return busy

    with ThreadPoolExecutor(2) as pool:
        results = dict(zip(("8003", "8004"), pool.map(claim, ("8003", "8004")), strict=True))
    (won,) = [who for who, result in results.items() if result == "c1"]
    (lost,) = [result for result in results.values() if isinstance(result, Busy)]
    assert (lost.code, lost.params["number"]) == ("claimed_by_another", won)
    assert desk.phone.rows("SELECT act FROM step WHERE kind = 'quality_review' AND act = 'claim'") == [("claim",)]
    assert claiming.claim(desk.offices[won], "c1") == "c1"  # theirs already
    assert refusal(lambda: answers.clear(desk.offices["8000"], "c1")) == "claimed_by_another"


def test_a_claim_lapses_and_what_was_scored_is_there_again(desk: Checked) -> None:
    """After the house's hours it is free; whoever scored goes on where they were."""
    mine = desk.offices["8003"]
    claiming.claim(mine, "c1")
    answers.give(mine, "c1", "courtesy", "none", "sarcastic", "03:20")
    desk.hands.at += 24 * HOUR
    assert refusal(lambda: answers.clear(mine, "c1")) == "claim_lapsed"
    assert clock.sweep(mine) == 1
    assert clock.sweep(mine) == 0
    claiming.claim(desk.offices["8004"], "c1")
    assert reading.view(desk.offices["8004"], "c1").given == {}
    claiming.release(desk.offices["8004"], "c1", "没有时间")
    claiming.claim(mine, "c1")
    given = reading.view(mine, "c1").given["courtesy"]
    assert (given.level, given.reason, given.note) == ("none", "sarcastic", "03:20")
    assert refusal(lambda: finishing.finish(mine, "c1")) == "items_open"


def test_what_does_not_fit_the_item_is_refused(desk: Checked) -> None:
    """Another item, level or reason than the card has; a find without its place; somebody's number in a note."""
    mine = desk.offices["8003"]
    claiming.claim(mine, "c1")
    for item, level, reason, note, refused in (
        ("weather", "full", "", "", "no_such_item"),
        ("courtesy", "found", "", "", "no_such_level"),
        ("threat", "full", "", "", "no_such_level"),
        ("courtesy", "part", "", "", "item_reason"),
        ("courtesy", "part", "figure_wrong", "", "item_reason"),
        ("courtesy", "full", "sarcastic", "", "item_reason"),
        ("threat", "found", "", "", "reason_missing"),
        ("threat", "found", "", "他的手机是19900005678", "number_in_text"),
    ):
        given = (item, level, reason, note)
        assert refusal(lambda given=given: answers.give(mine, "c1", *given)) == refused, given  # type: ignore[misc]
    assert desk.phone.one("SELECT count(*) FROM quality_answer") == 0


def test_what_the_desk_knows_stands_beside_each_item(phone: Phone, tmp_path: Path) -> None:
    """Articles 5.1, 6.1, 7.1 and 8: identity before the first line about the debt, the opening, the permit's end."""
    desk = Checked(phone, tmp_path)
    desk.call()
    desk.drawn()
    known = reading.view(desk.offices["8003"], "c1").known
    good = {name: {fact.code: fact.good for fact in facts} for name, facts in known.items()}
    assert good["identity"] == {"identity_verified": True, "first_debt_line": True}
    assert good["opening"] == {"opening_said": True}
    assert good["lines"] == {"lines_said": True}
    assert good["times"] == {"within_permit": True}
    assert good["preparation"] == {"prepared": True}
    assert good["wording"] == {"no_word_met": True}
    assert good["recording"] == {"recording_to_come": None}
    assert good["raised"] == {"raised_promise": None}
    assert "王小明" not in str(known)
    lengths = "duration_ms = (SELECT (ended_at - connected_at) * 1000 FROM call) + {more}"
    place = "keeper = 1, file = 'c1.wav', digest = 'x', size = 1, due_at = NULL"
    with desk.room.office.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO recording_keeper VALUES (1, 'exchange', '/x', NULL, 0, 1, 1)")
        connection.exec_driver_sql(f"UPDATE recording SET status = 'kept', {place}, {lengths.format(more=1000)}")
    (fact,) = reading.view(desk.offices["8003"], "c1").known["recording"]
    assert (fact.code, fact.good) == ("recording", True)
    with desk.room.office.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE recording SET {lengths.format(more=600_000)}")
    (fact,) = reading.view(desk.offices["8003"], "c1").known["recording"]
    assert fact.good is False
    with desk.room.office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE line_shown SET shown_at = shown_at - 3600, acknowledged_at = NULL")
        connection.exec_driver_sql("UPDATE permit SET allowed_until = granted_at + 30")
        connection.exec_driver_sql("DELETE FROM preparation WHERE kind = 'plan'")
    known = reading.view(desk.offices["8003"], "c1").known
    good = {name: {fact.code: fact.good for fact in facts} for name, facts in known.items()}
    assert good["identity"] == {"identity_verified": True, "first_debt_line": False}
    assert good["opening"] == {"opening_not_said": False}
    assert good["lines"] == {"lines_said": False}
    assert good["times"] == {"within_permit": False}
    assert good["preparation"] == {"not_prepared": False}


@both
def test_what_is_never_tolerated_is_looked_at_again_and_becomes_a_violation(desk: Checked) -> None:
    """Article 9: the score is nothing; a second person, blind to the first; a violation from a review, training."""
    assert desk.reviewed("c1", "8003", threat="found", courtesy="none") == "recheck"
    assert refusal(lambda: reading.view(desk.offices["8002"], "c1")) == "not_told_yet"
    assert refusal(lambda: claiming.claim(desk.offices["8003"], "c1")) == "in_the_line"
    assert desk.phone.one("SELECT count(*) FROM violation") == 0
    claiming.claim(desk.offices["8004"], "c1")
    blind = reading.view(desk.offices["8004"], "c1")
    assert (blind.given, blind.first) == ({}, {})
    with desk.room.office.reading() as session:
        steps = [each.step for each in history(session, "A-1007", desk.offices["8004"].staff) if each.step is not None]
    assert "quality_review" not in {each.kind for each in steps}
    desk.scored("c1", "8004", threat="found")
    assert finishing.finish(desk.offices["8004"], "c1") == "confirmed"
    row = reading.view(desk.offices["8000"], "c1").line.row
    assert (row.score, row.fatal, row.second_by) == (0, True, desk.keys["8004"])
    (violation,) = conduct.listing(desk.offices["8000"])
    assert (violation.row.kind, violation.row.source, violation.row.call) == ("threat", "review", 1)
    assert violation.suspends
    replying.accept(desk.offices["8002"], "c1")
    with desk.room.office.reading() as session:
        owed = due(session, desk.keys["8002"], "8002", desk.hands.at)
    assert [(each.name, str(each.due_on)) for each in owed if each.kind == "retraining"] == [("law", "2026-12-07")]


@both
def test_two_reviews_that_differ_are_settled_by_a_third(desk: Checked) -> None:
    """Not by either reviewer while a third is there; one review stands, for some items the other."""
    assert desk.reviewed("c1", "8003") == "told"
    assert replying.reply(desk.offices["8002"], "c1", "有一处我做到了") == "replied"
    assert finishing.second(desk.offices["8000"], "c1", "本人有异议") == "recheck"
    assert desk.reviewed("c1", "8004", identity="none", others="none") == "differing"
    assert kinds(desk, "8000") == ["quality_differ"]
    for who, refused in (("8003", "in_the_line"), ("8001", "in_the_line"), ("8002", "role")):
        assert refusal(lambda who=who: finishing.settle(desk.offices[who], "c1", "first", "听过录音")) == refused  # type: ignore[misc]
    admin = desk.offices["8000"]
    assert finishing.settle(admin, "c1", "second", "身份核实在先", but=("identity",)) == "confirmed"
    view = reading.view(admin, "c1")
    assert view.line.row.score == 90
    assert (view.given["identity"].level, view.given["others"].level) == ("full", "none")
    assert refusal(lambda: finishing.second(admin, "c1", "再来一次")) == "not_in_this_state"
    assert replying.reply(desk.offices["8002"], "c1", "仍不同意") == "answered"
    assert replying.close(admin, "c1", "录音里听得清楚") == "final"


def test_nobody_replies_and_it_is_final(desk: Checked) -> None:
    """Three working days by the calendar; what was missed is learnt again."""
    desk.reviewed("c1", "8003", identity="none", figures="none", closing="part")
    until = reading.view(desk.offices["8003"], "c1").line.row.reply_until
    assert until is not None
    desk.hands.at = until
    assert refusal(lambda: replying.reply(desk.offices["8002"], "c1", "晚了")) == "not_in_this_state"
    assert clock.sweep(desk.offices["8002"]) == 1
    row = reading.view(desk.offices["8002"], "c1").line.row
    assert (row.status, row.ended_at, row.score) == ("final", until, 80)


def test_under_the_house_s_score_another_person_looks_and_sections_are_learnt_again(desk: Checked) -> None:
    """Article 13.2: what was missed outright, by section, once."""
    adopt_quality(desk.offices["8000"], second_percent=0, second_below=95)
    assert desk.reviewed("c1", "8003", identity="none", opening="none", record="none") == "recheck"
    assert desk.reviewed("c1", "8004", identity="none", opening="none", record="none", closing="part") == "confirmed"
    replying.accept(desk.offices["8002"], "c1")
    sections = desk.phone.rows("SELECT section, call FROM retraining ORDER BY id")
    assert sections == [("law", 1), ("house_rules", 1)]


def test_a_history_tells_a_review_to_whom_it_is_for(desk: Checked) -> None:
    """Whoever decides, and the collector once told: the score and what was said, no name, no number, no item."""
    desk.reviewed("c1", "8003", courtesy="part")
    replying.reply(desk.offices["8002"], "c1", "不同意")
    desk.drawn()
    stranger = desk.room.seat(desk.keys["8001"], "8009", "collector").staff
    seen = {}
    with desk.room.office.reading() as session:
        for who, member in (
            ("lead", desk.offices["8001"].staff),
            ("own", desk.offices["8002"].staff),
            ("no", stranger),
        ):
            steps = [each.step for each in history(session, "A-1007", member) if each.step is not None]
            seen[who] = [each for each in steps if each.kind == "quality_review"]
    assert [each.act for each in seen["lead"]] == ["sample", "claim", "finish", "reply"]
    assert len(seen["own"]) == len(seen["lead"])
    assert seen["no"] == []
    told = str([each.content for each in seen["lead"]])
    assert "王小明" not in told
    assert "19900005678" not in told
    assert "impatient" not in told
