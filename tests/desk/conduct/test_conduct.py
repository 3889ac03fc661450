"""Violations of article 9: recorded, decided by somebody not concerned, appealed; who may not call because of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectdesk.desk import house
from collectdesk.desk.adoptable import parse
from collectdesk.desk.call import beginning
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.codes import compile_codes
from collectdesk.desk.conduct import acts, reading
from collectdesk.desk.conduct.reminders import reminders
from collectdesk.desk.conduct.report import Report
from collectdesk.desk.shipped import shipped
from collectdesk.desk.standing import standing_of
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.store.case_rows import driver_of
from tests.desk.call.phone import Phone, both
from tests.desk.emergencies.danger import Danger

DAY = 86_400
CODES = compile_codes(parse(shipped("codes.toml"), "codes.toml"))


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Danger:
    """A desk with two leads, an administrator and an officer."""
    return Danger(phone, tmp_path)


def recorded(desk: Danger, kind: str = "quarrel", by: str = "8001", **more: str) -> str:
    return acts.record(desk.offices[by], Report(kind=kind, evidence="录音 R-1", **{"staff": "8002", **more}))


def suspended(desk: Danger, number: str = "8002") -> bool:
    with desk.room.office.reader.connect() as connection:
        return bool(standing_of(driver_of(connection), desk.keys[number], desk.hands.at).suspended)


def test_kinds_are_coded_and_cited() -> None:
    """Article 9.1 to 9.7: gift, private deal and personal account among them; each kind says which article."""
    kinds = {code.code: code.cite for code in CODES.of("violation")}
    assert {"gift", "private_deal", "personal_account"} <= kinds.keys()
    assert all(kinds.values())
    assert {f"policy-9-{n}" for n in range(1, 8)} <= {cite for cites in kinds.values() for cite in cites}
    assert set(house.HouseSettings().conduct.grave) <= kinds.keys()


@both
@pytest.mark.parametrize("kind", ["gift", "private_deal", "personal_account"])
def test_a_grave_one_takes_the_collector_off_the_telephone(desk: Danger, kind: str) -> None:
    """Article 9.7: at once, by name, until a decision; nobody else is touched."""
    name = recorded(desk, kind)
    assert suspended(desk)
    assert not suspended(desk, "8001")
    with pytest.raises(RefusedByGate) as refused:
        beginning.start(desk.offices["8002"], desk.room.small.code, clocks=desk.hands.both)
    block = next(each for each in refused.value.decision["blocks"] if each["rule"] == "house/collector-qualified")
    assert "suspended" in str(block["evidence"])
    acts.decide(desk.offices["8003"], name, "warned", "初犯，已退还")
    assert not suspended(desk)
    desk.hands.at += 60
    beginning.start(desk.offices["8002"], desk.room.small.code, clocks=desk.hands.both)


def test_repeated_ones_do_too_and_those_that_were_none_do_not_count(desk: Danger) -> None:
    """Article 9: the house's count within its days; a decision lets them back."""
    limits = house.HouseSettings().conduct
    first = recorded(desk)
    acts.decide(desk.offices["8003"], first, "none", "录音无此内容")
    for _ in range(limits.repeated - 1):
        recorded(desk)
        assert not suspended(desk)
    last = recorded(desk)
    assert suspended(desk)
    acts.decide(desk.offices["8003"], last, "retrain", "再培训")
    assert [tuple(each) for each in desk.phone.rows("SELECT section, violation FROM retraining")] == [
        ("ethics", int(last[1:]))
    ]
    assert not suspended(desk)


def test_old_ones_do_not_count(desk: Danger) -> None:
    limits = house.HouseSettings().conduct
    for _ in range(limits.repeated - 1):
        recorded(desk)
    desk.hands.at += limits.within_days * DAY + 1
    recorded(desk)
    assert not suspended(desk)


def test_a_decision_suspends_until_another_lifts_it(desk: Danger) -> None:
    """Article 9: the lead's decision; lifted by one who is not the person concerned."""
    name = recorded(desk)
    acts.decide(desk.offices["8001"], name, "suspended", "多次提醒无效")
    assert suspended(desk)
    with pytest.raises(NotPermitted):
        acts.lift(desk.offices["8002"], name, "改正了")
    acts.lift(desk.offices["8001"], name, "复训合格")
    assert not suspended(desk)
    with pytest.raises(NotFound, match="not_suspended"):
        acts.lift(desk.offices["8001"], name, "复训合格")


def test_nobody_decides_about_themselves(desk: Danger) -> None:
    """Article 9: four eyes, for a lead as for anybody."""
    name = recorded(desk, by="8000", staff="8001")
    with pytest.raises(NotPermitted, match="own_matter"):
        acts.decide(desk.offices["8001"], name, "none", "没有")
    with pytest.raises(NotPermitted, match="role"):
        acts.decide(desk.offices["8002"], name, "none", "没有")
    acts.decide(desk.offices["8003"], name, "none", "没有")


def test_an_appeal_is_decided_by_somebody_else(desk: Danger) -> None:
    """Article 9: by the person concerned, in time; whoever decided first does not decide again."""
    name = recorded(desk, "gift")
    with pytest.raises(Busy):
        acts.appeal(desk.offices["8002"], name, "不是我")
    acts.decide(desk.offices["8001"], name, "suspended", "证据充分")
    with pytest.raises(NotPermitted, match="not_concerned"):
        acts.appeal(desk.offices["8003"], name, "不是他")
    acts.appeal(desk.offices["8002"], name, "不是我")
    assert suspended(desk)
    with pytest.raises(NotPermitted, match="own_matter"):
        acts.decide(desk.offices["8001"], name, "suspended", "维持")
    assert acts.decide(desk.offices["8003"], name, "none", "号码不符") == "final"
    assert not suspended(desk)
    with pytest.raises(Busy):
        acts.appeal(desk.offices["8002"], name, "再看")


def test_a_late_appeal_is_refused(desk: Danger) -> None:
    name = recorded(desk)
    acts.decide(desk.offices["8001"], name, "warned", "属实")
    desk.hands.at += house.HouseSettings().conduct.appeal_days * DAY + 1
    with pytest.raises(NotPermitted, match="appeal_late"):
        acts.appeal(desk.offices["8002"], name, "不是我")


def test_a_hit_of_the_wording_check_becomes_one_once(desk: Danger) -> None:
    """Articles 6 and 9: with its person, call and case; the debtor's own words never do."""
    phone = desk.phone
    phone.dial()
    phone.go("wrapup.note")
    phone.answer("他说再不还就找人上门收拾你")
    phone.answer("our_words")
    phone.go()
    lead = desk.offices["8001"]
    (hit, number), *others = reading.unjudged(lead)
    assert number == "8002"
    name = acts.record(lead, Report(kind="threat", evidence="备注", warning=f"a{hit.id}"))
    view = reading.view(lead, name)
    assert (view.row.source, view.row.call, view.case) == ("wording", hit.call, desk.room.small.code)
    assert len(reading.unjudged(lead)) == len(others)
    with pytest.raises(NotPermitted):
        reading.unjudged(desk.offices["8002"])


@pytest.mark.parametrize(
    ("report", "problem"),
    [
        ({"kind": "gossip"}, NotFound),
        ({"evidence": " "}, BadData),
        ({"staff": "9999"}, NotFound),
        ({"call": "c99"}, NotFound),
        ({"warning": "a99"}, NotFound),
        ({"complaint": "k99"}, NotFound),
        ({"case": "A-9999"}, NotFound),
    ],
    ids=str,
)
def test_what_does_not_hold_together_is_not_recorded(
    desk: Danger, report: dict[str, str], problem: type[Exception]
) -> None:
    before = desk.written()
    with pytest.raises(problem):
        acts.record(desk.offices["8001"], Report(**{"kind": "quarrel", "evidence": "录音", "staff": "8002", **report}))
    assert desk.written() == before
    with pytest.raises(UsageProblem):
        acts.decide(desk.offices["8001"], "i1", "flogged", "x")


def test_a_collector_sees_their_own_alone_and_it_waits_for_those_who_decide(desk: Danger) -> None:
    name = recorded(desk)
    other = recorded(desk, by="8000", staff="8001")
    assert [view.name for view in reading.listing(desk.offices["8002"])] == [name]
    with pytest.raises(NotPermitted):
        reading.view(desk.offices["8002"], other)
    with pytest.raises(NotPermitted):
        recorded(desk, by="8002")
    with desk.offices["8000"].reading() as session:
        waits = {each.subject: set(each.staff) for each in reminders(session, desk.hands.at)}
    assert desk.keys["8001"] not in waits[other]
    assert desk.keys["8001"] in waits[name]


def test_the_person_concerned_is_told_in_their_today(desk: Danger) -> None:
    """Article 9: that they may not call, and a decision as long as they may appeal against it."""

    def told() -> list[tuple[str, str]]:
        with desk.offices["8000"].reading() as session:
            found = reminders(session, desk.hands.at)
        return [(each.kind, each.command) for each in found if each.staff == (desk.keys["8002"],)]

    name = recorded(desk, "gift")
    assert told() == [("conduct_suspended", f"collectdesk conduct show {name}")]
    acts.decide(desk.offices["8001"], name, "warned", "已还客户")
    assert told() == [("conduct_decided", f"collectdesk conduct appeal {name}")]
    acts.appeal(desk.offices["8002"], name, "不服")
    assert told() == []
    acts.decide(desk.offices["8000"], name, "suspended", "属实")
    assert told() == [("conduct_suspended", f"collectdesk conduct show {name}")]
