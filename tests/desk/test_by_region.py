"""Calendars are read when a rulebook asks for them, from the files or from the desk, and no sooner."""

from __future__ import annotations

import pytest

from collectdesk.desk import adoption, shipped_rules
from collectdesk.desk.by_region import ByRegion
from collectdesk.desk.checking import gate_to_keep
from collectdesk.desk.office import Office
from collectdesk.desk.shipped import shipped as shipped_text
from collectdesk.gate import Calendar, convert_dial
from collectdesk.store.case_rows import driver_of
from tests.gate import shipped_rules as shipped


def test_a_region_is_read_once_and_only_when_asked_for() -> None:
    asked: list[str] = []
    here = shipped.calendars()

    def read(region: str) -> Calendar | None:
        asked.append(region)
        return here.get(region)

    calendars = ByRegion(lambda: ["CN", "CN", "IE"], read)
    assert (list(calendars), len(calendars), asked) == (["CN", "IE"], 2, [])
    assert calendars["IE"] is calendars["IE"] is here["IE"]
    assert "FR" not in calendars
    assert calendars.get("FR") is None
    assert asked == ["IE", "FR"]


def test_the_shipped_gate_reads_the_calendars_a_question_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(path: str) -> bytes:
        read.append(path)
        return shipped_text(path)

    monkeypatch.setattr(shipped_rules, "shipped", noted)
    gate = shipped_rules.shipped_gate()
    assert not [path for path in read if "calendars" in path]
    question = {**shipped.lawful(), "rulebooks": ["ie"], "place": {"country": "IE"}}
    assert [each.region for each in gate.decide(convert_dial(question)).calendars] == ["IE"]
    assert {path.rpartition("-")[0] for path in read if "calendars" in path} == {"calendars/IE"}


def test_a_desks_calendars_are_those_it_adopted_and_outlive_the_window(office: Office) -> None:
    with office.reader.connect() as connection:
        calendars = adoption.calendars_as_asked(connection, office.now())
        assert set(calendars) == set(shipped.calendars())
        assert sorted(calendars["KR"].years) == sorted(shipped.calendars()["KR"].years) != []
        gate = gate_to_keep(driver_of(connection), office.now())
    question = {**shipped.lawful(), "rulebooks": ["ca-qc"], "place": {"country": "CA", "region": "QC"}}
    decision = gate.decide(convert_dial(question))
    assert [each.region for each in decision.calendars] == ["CA-QC"]
