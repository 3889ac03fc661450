"""A complaint in the hands of somebody it is not about (policy article 10.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from collectdesk.desk.complaints import ending, extending, handling, reading, receiving
from collectdesk.desk.complaints.handling import Evidence, Findings
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, Problem, UsageProblem
from tests.desk.call.phone import both
from tests.desk.complaints.house import House
from tests.desks import DAY


@both
def test_it_freezes_the_case_at_once_and_goes_to_the_superior(desk_house: House) -> None:
    """Article 10.2: by another channel than a call as on one."""
    desk_house.complain()
    lead = desk_house.staff("8001")
    assert desk_house.row("status, assigned_to, channel, received_on, last_on, due_on") == (
        "in_hand", lead, "letter", "2026-11-23", "2026-12-08", "2026-12-07",
    )  # fmt: skip
    assert desk_house.one("SELECT frozen_why FROM case_file") == "complaint"
    assert desk_house.one("SELECT kind FROM hold WHERE lifted_at IS NULL") == "complaint"
    assert desk_house.acts() == ["receive"]


@pytest.mark.parametrize(
    ("about", "handler"), [("8002", "8001"), ("8004", "8003"), ("8001", "8000"), ("8000", "8001"), ("", "8001")]
)
def test_whom_it_is_about_is_never_whom_it_goes_to(desk_house: House, about: str, handler: str) -> None:
    """Article 10.2: the superior, else another lead, else an administrator."""
    desk_house.complain(about)
    assert desk_house.row("assigned_to") == (desk_house.staff(handler),)


@both
def test_the_whole_way_to_its_end(desk_house: House) -> None:
    """Article 10.2: grievances, cause, remedy, evidence, decision, reply, close; the case thaws."""
    named = desk_house.complain()
    lead = desk_house.sit("8001")
    found = Findings(
        grievances=[("manner", "说话大声", "8002")],
        evidence=[Evidence("录音 R-17", "ab" * 32)],
        cause="系统未计入导入通话",
    )
    assert not handling.record(lead, named, found)
    ending.decide(lead, named, "upheld", upheld=[1], remedy="培训并道歉")
    ending.reply(lead, named, "我们核实了您的投诉，向您道歉。", on=None, channel="letter", reference="H-9")
    assert ending.close(lead, named) == ()
    assert desk_house.row("status, outcome, upheld, replied_on, ended_on, cause, remedy") == (
        "closed", "upheld", "[1]", "2026-11-23", "2026-11-23", "系统未计入导入通话", "培训并道歉",
    )  # fmt: skip
    assert desk_house.one("SELECT count(*) FROM case_file WHERE frozen_at IS NOT NULL") == 0
    assert desk_house.acts() == ["receive", "evidence", "record", "record", "decide", "reply", "close"]
    assert desk_house.one("SELECT count(*) FROM journal WHERE action LIKE 'complaint.%'") == 7


@pytest.mark.parametrize("number", ["8002", "8003", "8000"])
def test_only_its_handler_writes_in_it(desk_house: House, number: str) -> None:
    """Article 10.2: the collector can neither edit nor close; another lead takes it over first."""
    named = desk_house.complain()
    before = desk_house.one("SELECT count(*) FROM journal")
    other = desk_house.sit(number)
    for act in (
        lambda: handling.record(other, named, Findings(cause="不存在的事")),
        lambda: ending.decide(other, named, "dismissed", cause="不存在的事"),
        lambda: ending.reply(other, named, "没有这回事", on=None, channel="letter"),
        lambda: ending.close(other, named),
        lambda: ending.withdraw(other, named, on=None, reference="口头撤回"),
        lambda: extending.extend(other, named, "情况复杂"),
    ):
        with pytest.raises(NotPermitted) as refused:
            act()
        assert refused.value.code == ("handled_by_subject" if number == "8002" else "not_handler")
    assert desk_house.one("SELECT count(*) FROM journal") == before


def test_a_collector_it_is_not_about_may_not_either(desk_house: House) -> None:
    named = desk_house.complain()
    with pytest.raises(NotPermitted, match="role"):
        handling.assign(desk_house.sit("8004"), named, "8003")
    with pytest.raises(NotPermitted, match="role"):
        handling.record(desk_house.sit("8004"), named, Findings(cause="不存在的事"))


def test_it_is_handed_to_nobody_it_is_about(desk_house: House) -> None:
    """A complaint handled by its subject is refused by name, whoever hands it over."""
    named = desk_house.complain("8001")
    with pytest.raises(NotPermitted, match="handled_by_subject") as refused:
        handling.assign(desk_house.sit("8000"), named, "8001")
    assert refused.value.params["numbers"] == "8000, 8003"
    with pytest.raises(NotPermitted, match="handled_by_subject"):
        handling.assign(desk_house.sit("8001"), named, "8003")
    assert handling.assign(desk_house.sit("8000"), named, "8003") == "8003"
    with pytest.raises(Busy, match="has_it_already"):
        handling.assign(desk_house.sit("8000"), named, "8003")
    with pytest.raises(UsageProblem, match="handler_role"):
        handling.assign(desk_house.sit("8000"), named, "8004")


@both
def test_a_handler_who_turns_out_to_be_its_subject_steps_aside(desk_house: House) -> None:
    """What they had decided no longer stands, and another takes it from there; the steps keep what was done."""
    named = desk_house.complain()
    lead = desk_house.sit("8001")
    ending.decide(lead, named, "dismissed", cause="未发现问题")
    assert handling.name_subject(lead, named, "8001")
    assert desk_house.row("status, assigned_to, outcome, cause") == ("in_hand", desk_house.staff("8000"), None, None)
    assert desk_house.acts() == ["receive", "decide", "name", "step_aside"]
    with pytest.raises(NotPermitted, match="handled_by_subject"):
        ending.decide(lead, named, "dismissed", cause="未发现问题")


def test_a_further_grievance_about_its_handler_moves_it_too(desk_house: House) -> None:
    named = desk_house.complain()
    assert handling.record(desk_house.sit("8001"), named, Findings(grievances=[("manner", "组长也骂人", "8001")]))
    assert desk_house.row("assigned_to") == (desk_house.staff("8000"),)


def test_where_nobody_is_left_it_waits(desk_house: House) -> None:
    """Article 10.2: it is never its subject's, whatever that leaves."""
    for number in ("8003", "8000"):
        desk_house.remove(number)
    desk_house.complain("8001")
    assert desk_house.row("status, assigned_to") == ("waiting", None)


def test_what_is_missing_or_cannot_be_is_refused_and_nothing_is_written(desk_house: House) -> None:
    named = desk_house.complain()
    lead = desk_house.sit("8001")
    before = desk_house.one("SELECT count(*) FROM journal")
    strange = Findings(grievances=[("no such kind", "说话大声", "")])
    future = {"channel": "letter", "category": "time", "content": "半夜打电话", "received_on": date(2026, 11, 24)}
    decide = partial(ending.decide, lead, named)
    withdraw = partial(ending.withdraw, lead, named)
    tries: list[tuple[str, Callable[[], object]]] = [
        ("nothing_given", lambda: handling.record(lead, named, Findings())),
        ("complaint_empty", lambda: handling.record(lead, named, Findings(cause="-"))),
        ("no_such_category", lambda: handling.record(lead, named, strange)),
        ("no_such_staff", lambda: handling.record(lead, named, Findings(about="9999"))),
        ("reference_missing", lambda: handling.record(lead, named, Findings(evidence=[Evidence(" ")]))),
        ("cause_missing", lambda: decide("dismissed")),
        ("remedy_missing", lambda: decide("upheld", cause="系统故障")),
        ("no_such_grievance", lambda: decide("upheld", upheld=[2], cause="系统故障", remedy="已经修复")),
        ("dismissed_and_upheld", lambda: decide("dismissed", upheld=[1], cause="系统故障")),
        ("not_in_this_state", lambda: ending.close(lead, named)),
        ("not_in_this_state", lambda: ending.reply(lead, named, "已经核实了", on=None, channel="letter")),
        ("day_to_come", lambda: withdraw(on=date(2026, 11, 24), reference="撤回信")),
        ("before_complaint", lambda: withdraw(on=date(2026, 11, 22), reference="撤回信")),
        ("reference_missing", lambda: withdraw(on=None, reference="")),
        ("no_such_complaint", lambda: ending.close(lead, "k99")),
        ("no_such_complaint", lambda: ending.close(lead, "A-1007")),
        ("day_to_come", lambda: receiving.add(lead, "A-1007", **future)),  # type: ignore[arg-type]
    ]
    for code, act in tries:
        with pytest.raises(Problem, match=code):
            act()
    assert desk_house.one("SELECT count(*) FROM journal") == before


def test_a_reply_may_not_hold_barred_wording(desk_house: House) -> None:
    """Article 9: also in writing, also to whoever complained."""
    named = desk_house.complain()
    lead = desk_house.sit("8001")
    ending.decide(lead, named, "dismissed", cause="未发现问题")
    with pytest.raises(BadData, match="wording_barred"):
        ending.reply(lead, named, "你再投诉就抓你坐牢", on=None, channel="letter")


def test_withdrawn_it_ends_the_day_that_came_in(desk_house: House) -> None:
    """银行业保险业消费投诉处理管理办法 第十五条, article 10.2."""
    named = desk_house.complain()
    desk_house.hands.at += 3 * DAY
    ending.withdraw(desk_house.sit("8001"), named, on=date(2026, 11, 24), reference="客户来信 L-3")
    assert desk_house.row("status, outcome, ended_on") == ("closed", "withdrawn", "2026-11-24")
    assert desk_house.one("SELECT count(*) FROM hold WHERE lifted_at IS NULL") == 0


@both
def test_closing_thaws_only_when_no_other_freeze_is_left(desk_house: House) -> None:
    """Article 10.2: two complaints on one case; the first that closes leaves it frozen."""
    first, second = desk_house.complain(), desk_house.complain()
    lead = desk_house.sit("8001")
    assert ending.withdraw(lead, first, on=None, reference="撤回信") == ("complaint",)
    assert desk_house.one("SELECT frozen_why FROM case_file") == "complaint"
    assert ending.withdraw(lead, second, on=None, reference="撤回信") == ()
    assert desk_house.one("SELECT count(*) FROM case_file WHERE frozen_at IS NOT NULL") == 0


def test_others_see_only_that_it_exists_and_is_in_hand(desk_house: House) -> None:
    """Article 10.2: the collector it came in by, and a lead it is about; a collector it does not concern sees none."""
    named = desk_house.complain("8001")
    for number, seen in (("8000", True), ("8003", True), ("8001", False), ("8002", False)):
        office = desk_house.sit(number)
        with office.reading() as session:
            (line,) = reading.listing(office, session)
        assert (line.complaint, line.state, line.seen) == (named, "in_hand", seen)
        assert (line.handler is not None) == (line.last_on is not None) == bool(line.about) == seen
    stranger = desk_house.sit("8004")
    with stranger.reading() as session:
        assert reading.listing(stranger, session) == []
        with pytest.raises(NotFound):
            reading.view(stranger, session, named)
