"""Which calls are drawn: each rule by itself, the share of everybody's, again without change, and by the kept seed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.quality import reading, sampling
from collectdesk.desk.quality.rules import Connected
from collectdesk.desk.quality.sampling import rank, share
from collectdesk.store.tables import Complaint, ConductWarning, Consent, Verdict, Violation
from tests.desk.call.phone import Phone, both
from tests.desk.quality.checked import Checked, refusal
from tests.desk.quality.settings import adopt_quality
from tests.desks import add

HOUR = 3_600
DAY = 86_400


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Checked:
    """The desk, nobody new on it."""
    return Checked(phone, tmp_path)


def put(desk: Checked, model: Any, **values: Any) -> int:
    """One row."""
    with desk.room.office.writer.begin() as connection:
        return add(connection, model, **values)


def why(desk: Checked) -> dict[int, tuple[str, ...]]:
    """What was drawn, each with its rules, the share aside."""
    found = {key: rules for each in desk.drawn() for key, rules in each.added.items()}
    return {key: rules for key, rules in found.items() if rules != ("share",)}


@both
def test_each_rule_picks_its_calls(desk: Checked) -> None:
    """Articles 9 and 14: a consent, a complaint, a violation, a hit of the wording check, a refusal before."""
    small, at = desk.room.small, desk.hands.at
    case, debtor, collector = small.case, small.debtor, small.collector
    days = [at - number * DAY for number in range(1, 8)]
    calls = [desk.called(day) for day in days]
    events = dict(desk.phone.rows("SELECT id, event FROM call"))
    put(desk, Consent, debtor=debtor, by_person=debtor, opens=["cap"], given_at=days[0] + 50, via="call",
        in_event=events[calls[0]])  # fmt: skip
    later = desk.called(days[0] + HOUR)
    put(desk, Consent, debtor=debtor, by_person=debtor, opens=["place"], given_at=days[1], via="writing")
    put(desk, Violation, kind="quarrel", grave=False, source="complaint", staff=collector, call=calls[2], evidence="x",
        recorded_by=small.lead, recorded_at=at)  # fmt: skip
    put(desk, ConductWarning, staff=collector, call=calls[3], entry="threat.jail", place="note", blocked=True, at=at)
    put(desk, ConductWarning, staff=collector, call=calls[4], entry="threat.jail", place="note", blocked=False,
        debtors_words=True, at=at)  # fmt: skip
    blank: dict[str, Any] = {"dial": {}, "decision": {}, "digests": {}, "journal_seq": 1}
    put(desk, Verdict, at=days[5] - HOUR, case_id=case, allowed=False, **blank)
    put(desk, Verdict, at=days[6] + HOUR, case_id=case, allowed=False, **blank)
    assert why(desk) == {
        calls[0]: ("consent",), later: ("consent",), calls[2]: ("violation",), calls[3]: ("wording",),
        calls[5]: ("refused_then_called",),
    }  # fmt: skip


@both
def test_a_complaint_draws_the_calls_before_it_and_comes_to_those_drawn(desk: Checked) -> None:
    """Article 10.2: the calls of a complaint are looked at, of whom it is about, in the days the house says."""
    small, at = desk.room.small, desk.hands.at
    old, near = desk.called(at - 9 * DAY), desk.called(at - 2 * DAY)
    other = desk.called(at - 2 * DAY + HOUR, collector=small.lead)
    adopt_quality(desk.offices["8000"], complaint_days=5, second_percent=0, share_percent=1)
    first = {key for each in desk.drawn() for key in each.added}
    assert len(first) == 2  # one call at least of each
    received = {"received_at": at, "received_on": "2026-11-23", "last_on": "2026-12-08", "due_on": "2026-12-07"}
    put(desk, Complaint, case_id=small.case, category="manner", content="x", about=small.collector, term=15,
        by_staff=small.lead, status="in_hand", **received)  # fmt: skip
    drawn = desk.drawn()
    named = {key: rules for each in drawn for key, rules in (*each.added.items(), *each.more.items())}
    assert named == {near: ("complaint",)}
    assert {old, other} & first == first - {near}
    assert "complaint" in desk.phone.one(f"SELECT why FROM quality_review WHERE id = {near}")


@both
def test_who_is_new_is_looked_at(desk: Checked) -> None:
    """Article 13: all calls of somebody's first days."""
    at = desk.hands.at
    joined = int(desk.phone.one("SELECT joined_at FROM staff WHERE number = '8002'"))
    adopt_quality(desk.offices["8000"], new_days=(at - joined) // DAY - 3)
    early, late = desk.called(at - 6 * DAY), desk.called(at - DAY)
    assert why(desk) == {early: ("new_staff",)}
    assert late not in why(desk)


def test_drawing_again_changes_nothing_and_the_seed_is_kept(desk: Checked) -> None:
    """The same month by the same seed gives the same calls; another seed is refused."""
    for hours in range(40):
        desk.called(desk.hands.at - hours * HOUR)
    office = desk.offices["8000"]
    (first,) = sampling.draw(office, "2026-11", seed=7)
    assert first.considered == 40
    assert len(first.added) == 2
    before = desk.written()
    (again,) = sampling.draw(office, "2026-11")
    assert (again.added, again.more, again.seed) == ({}, {}, 7)
    assert desk.written() == before
    assert refusal(lambda: sampling.draw(office, "2026-11", seed=8)) == "seed_kept"
    assert list(first.added) == sorted(sorted(range(1, 41), key=lambda key: rank(7, key))[:2])


@pytest.mark.parametrize(
    ("number", "month", "refused"),
    [("8002", "", "role"), ("8000", "2026-13", "bad_month"), ("8000", "2027-01", "month_to_come")],
)
def test_what_cannot_be_drawn_is_refused(desk: Checked, number: str, month: str, refused: str) -> None:
    assert refusal(lambda: sampling.draw(desk.offices[number], month)) == refused


def test_one_call_is_put_in_by_hand(desk: Checked) -> None:
    """With its reason; once, and only a call somebody talked on."""
    office = desk.offices["8003"]
    key = desk.called(desk.hands.at - DAY)
    silent = desk.called(desk.hands.at - DAY, connected_at=None)
    assert refusal(lambda: sampling.ask(office, f"c{silent}", "听一听")) == "call_not_reviewable"
    assert sampling.ask(office, f"c{key}", "听一听") == f"c{key}"
    assert refusal(lambda: sampling.ask(office, f"c{key}", "听一听")) == "sampled_already"
    assert refusal(lambda: sampling.ask(office, "c99", "听一听")) == "no_such_call"
    (line,) = reading.listing(office)
    assert (line.name, line.row.why) == (f"c{key}", ["asked"])


CALLS = st.lists(st.integers(1, 4), max_size=60).map(
    lambda whose: [Connected(key, collector, 1, 1, 0, 0, None) for key, collector in enumerate(whose, 1)]
)


@given(calls=CALLS, percent=st.integers(1, 100), seed=st.integers(0, 2**48 - 1), data=st.data())
def test_of_each_collector_at_least_so_many_are_in_and_no_more_than_needed(
    calls: list[Connected], percent: int, seed: int, data: st.DataObject
) -> None:
    """What the rules picked counts; chance adds the rest, and hangs on the seed and the calls alone."""
    keys = [call.id for call in calls]
    already = set(data.draw(st.lists(st.sampled_from(keys), unique=True))) if keys else set()
    added = share(calls, already, percent, seed)
    assert set(added).isdisjoint(already)
    for collector in {call.collector for call in calls}:
        own = {call.id for call in calls if call.collector == collector}
        there, more = len(own & already), len(own & set(added))
        least = Fraction(len(own) * percent, 100)
        assert there + more >= least
        assert more == 0 or there + more - 1 < least
    shuffled = data.draw(st.permutations(calls))
    assert sorted(share(shuffled, already, percent, seed)) == sorted(added)
