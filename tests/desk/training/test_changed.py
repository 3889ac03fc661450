"""Continued training (article 13.2): what changed is read again and passed again, in time, or the gate refuses."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from collectdesk.desk import house
from collectdesk.desk.call import beginning
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.office import Office
from collectdesk.desk.ready import ready
from collectdesk.desk.training import exchanges, reading
from collectdesk.desk.training.certificates import local_day
from collectdesk.desk.training.due import due
from collectdesk.desk.training.reminders import reminders
from collectdesk.errors import BadData, NotFound, NotPermitted, UsageProblem
from tests.desk.call.phone import Phone, both
from tests.desk.emergencies.danger import Danger
from tests.desk.training.sitting import DAY, adopt, sit, standing

TERMS = house.HouseSettings().training
STRICTER = [("limit = 4", "limit = 3")]


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Danger:
    """A desk with two leads, an administrator and an officer."""
    return Danger(phone, tmp_path)


def owed(office: Office) -> list[tuple[str, str, bool]]:
    """What is due of whoever is signed in."""
    with office.reading() as session:
        return [
            (each.kind, each.name, each.bars)
            for each in due(session, office.staff.id, office.staff.number, office.now())
        ]


def missing(desk: Danger) -> list[str]:
    """What the gate says is missing when the collector begins a call, a moment later."""
    desk.hands.at += 1
    with pytest.raises(RefusedByGate) as refused:
        beginning.start(desk.offices["8002"], desk.room.small.code, clocks=desk.hands.both)
    block = next(each for each in refused.value.decision["blocks"] if each["rule"] == "house/collector-qualified")
    return list(block["evidence"]["parts"][0]["missing"])


@both
def test_a_changed_rulebook_is_read_and_passed_again_or_the_gate_refuses(desk: Danger) -> None:
    """Article 13.2: due from that day, refused after the days of grace, by the name of the text; then let through."""
    collector = desk.offices["8002"]
    desk.hands.at += 60
    adopt(desk.offices["8000"], "rulebook", "rulebooks/house.toml", STRICTER)
    assert owed(collector) == [("reading", "rulebook/house", False), ("retest", "rulebook/house", False)]
    assert standing(collector).missing == ()
    desk.hands.at += (TERMS.grace_days + 1) * DAY
    assert missing(desk) == ["reading:rulebook/house", "retest"]
    assert all(bars for _kind, _name, bars in owed(collector))
    found = reading.news(collector, "house")
    assert "-limit = 4" in found.lines
    assert "+limit = 3" in found.lines
    assert found.before == "1"
    reading.read(collector, found.changed)
    reading.read(collector, found.changed)
    assert missing(desk) == ["retest"]
    assert sit(collector).status == "passed"
    assert owed(collector) == []
    assert standing(collector).missing == ()
    assert desk.phone.one("SELECT count(*) FROM reading") == 1


@pytest.mark.parametrize(
    ("kind", "file", "name"),
    [
        ("callscript", "callscripts/zh_CN.toml", "callscript/zh_CN"),
        ("course", "courses/collector.toml", "course/collector"),
        ("rulebook", "rulebooks/cn-law.toml", "rulebook/cn-law"),
    ],
)
def test_scripts_and_courses_count_and_the_rest_does_not(desk: Danger, kind: str, file: str, name: str) -> None:
    desk.hands.at += 60
    adopt(desk.offices["8000"], "codes", "codes.toml")
    adopt(desk.offices["8000"], kind, file)
    assert {each[1] for each in owed(desk.offices["8002"])} == {name}


def test_what_a_desk_opened_with_changed_for_nobody(desk: Danger) -> None:
    """The collector was examined long before this desk took its texts in."""
    assert owed(desk.offices["8002"]) == []
    desk.hands.at += 100 * DAY
    assert standing(desk.offices["8002"]).missing == ()


def test_who_was_examined_after_the_change_owes_nothing(desk: Danger) -> None:
    """A newcomer learned the new text at once; only who knew the old one reads again."""
    desk.hands.at += 60
    adopt(desk.offices["8000"], "rulebook", "rulebooks/house.toml", STRICTER)
    lead = desk.offices["8001"]
    assert [each for each in owed(lead) if each[0] in ("reading", "retest")] == []
    desk.hands.at += 60
    sit(lead)
    assert [each[0] for each in owed(lead)] == ["confidentiality", "vetting"]


def test_a_change_to_come_can_be_read_ahead(desk: Danger) -> None:
    collector = desk.offices["8002"]
    desk.hands.at += 60
    ahead = desk.hands.at + 10 * DAY
    adopt(desk.offices["8000"], "rulebook", "rulebooks/house.toml", STRICTER, at=ahead)
    found = reading.news(collector, "rulebook/house")
    assert found.changed.due_on == local_day(ahead) + timedelta(days=TERMS.grace_days)
    reading.read(collector, found.changed)
    assert [each[0] for each in owed(collector)] == ["retest"]
    with pytest.raises(NotFound, match="nothing_to_read"):
        reading.news(collector, "house")


def test_a_house_may_ask_for_reading_alone(desk: Danger) -> None:
    """Which kinds ask for the exam again is the house's to set."""
    desk.hands.at += 60
    alone = [('retest = ["rulebook", "callscript", "course"]', "retest = []"), ("grace_days = 7", "grace_days = 0")]
    adopt(desk.offices["8000"], "rulebook", "rulebooks/house.toml", alone)
    assert [each[0] for each in owed(desk.offices["8002"])] == ["reading"]
    desk.hands.at += DAY
    assert missing(desk) == ["reading:rulebook/house"]


@both
def test_today_says_what_is_due_and_to_whom(desk: Danger) -> None:
    """Article 13.2: a refresher ahead of time to whom it concerns; what another must do to those who decide."""
    day = date(2027, 6, 1)
    desk.hands.at += ((day - local_day(desk.hands.at)).days - TERMS.refresh_days) * DAY
    with desk.offices["8002"].reading() as session:
        found = {each.kind: each for each in reminders(session, desk.hands.at)}
    assert (found["training_refresher"].urgency, found["training_refresher"].due_on) == ("soon", day.isoformat())
    assert found["training_refresher"].staff == (desk.keys["8002"],)
    desk.hands.at += (TERMS.refresh_days + 1) * DAY
    with desk.offices["8002"].reading() as session:
        found = {each.kind: each for each in reminders(session, desk.hands.at)}
    assert found["training_exam"].urgency == "overdue"
    assert desk.keys["8002"] not in found["training_vetting"].staff
    assert desk.keys["8001"] in found["training_vetting"].staff


@both
def test_sessions_of_exchange_are_logged(desk: Danger) -> None:
    """Article 13.2: date, topic, who took part, by whom."""
    lead = desk.offices["8001"]
    exchanges.log(lead, local_day(desk.hands.at), "怎样接住哭泣的客户", ["8002", "8003", "8002"], 40)
    (held,) = exchanges.listing(lead)
    assert (held.topic, held.took_part, held.by, held.minutes) == ("怎样接住哭泣的客户", ("8002", "8003"), "8001", 40)
    assert exchanges.listing(lead, staff="8004") == []
    assert exchanges.listing(desk.offices["8002"]) == [held]
    assert exchanges.listing(desk.room.seat(desk.keys["8004"], "8004", "collector")) == []
    with pytest.raises(NotPermitted):
        exchanges.log(desk.offices["8002"], local_day(desk.hands.at), "话术复盘", ["8002", "8003"])
    with pytest.raises(UsageProblem, match="exchange_alone"):
        exchanges.log(lead, local_day(desk.hands.at), "话术复盘", ["8002"])
    with pytest.raises(BadData, match="date_ahead"):
        exchanges.log(lead, local_day(desk.hands.at) + timedelta(days=1), "话术复盘", ["8002", "8003"])
    with pytest.raises(BadData, match="number_in_text"):
        exchanges.log(lead, local_day(desk.hands.at), "19900005678 的案子", ["8002", "8003"])
    with pytest.raises(NotFound):
        exchanges.log(lead, local_day(desk.hands.at), "话术复盘", ["8002", "9999"])
    assert len(exchanges.listing(lead)) == 1


def test_ready_says_what_is_due_before_it_bars(desk: Danger) -> None:
    """Article 13.2: ahead of time, by staff number."""
    desk.hands.at += 60
    adopt(desk.offices["8000"], "rulebook", "rulebooks/house.toml", STRICTER)
    (found,) = (each for each in ready(desk.offices["8000"]) if each.code == "training_due")
    assert found.params["numbers"] == "8002"
