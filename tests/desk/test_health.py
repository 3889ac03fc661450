"""``ready`` and ``doctor``: what bars the first call, what is wrong with a desk, and the remedy for each."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.desk import clock, doctor, renewal, shipped, staff
from collectdesk.desk.health import Check, sound
from collectdesk.desk.office import Office, open_office
from collectdesk.desk.ready import ready
from collectdesk.errors import NotFound
from tests import newdesk
from tests.newdesk import ADMIN, OPENED, OTHER, Template


def states(checks: list[Check]) -> dict[str, str]:
    return {check.code: check.state for check in checks}


def test_an_empty_desk_lacks_cases_and_says_how_to_get_them(office: Office) -> None:
    found = ready(office)
    assert states(found)["cases"] == "bad"
    assert next(check.remedy for check in found if check.code == "cases") == "collectdesk import FILE"
    assert states(found)["staff"] == states(found)["texts"] == states(found)["calendar"] == "ok"


def test_in_a_year_whose_notice_is_not_in_ready_says_so(desk: Path) -> None:
    """Article 8.2: holidays that are not announced yet are not guessed at."""
    later = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
    office = open_office(desk, clock=lambda: later, lang="en")
    assert states(ready(office))["calendar"] == "note"
    office.close()


def test_an_expired_exam_bars_the_first_call(desk: Path, template: Template) -> None:
    """Article 13.2: certificates expire."""
    late = datetime(2027, 11, 23, 2, 0, tzinfo=UTC)
    newdesk.sit(template, ADMIN, int(late.timestamp()))
    office = open_office(desk, clock=lambda: late, lang="en")
    assert states(ready(office))["staff"] == "bad"
    office.close()


def test_a_healthy_desk_is_sound(desk: Path, office: Office) -> None:
    checks = [*doctor.outside(desk), *doctor.inside(office)]
    assert sound(checks), [check for check in checks if check.state == "bad"]


def test_the_doctor_names_files_others_can_read(desk: Path) -> None:
    (desk / "desk.json").chmod(0o644)
    found = [check for check in doctor.outside(desk) if check.code == "permissions"]
    assert [(check.state, check.params["file"]) for check in found] == [("bad", "desk.json")]


def test_the_doctor_names_slots_and_staff_that_lack_each_other(desk: Path, office: Office) -> None:
    staff.add(office, staff.NewStaff("2001", "Lead", "lead", "Team One", ADMIN), OTHER)
    shutil.copy(desk / "slots" / f"{ADMIN}.json", desk / "slots" / "4444.json")
    (desk / "slots" / "2001.json").unlink()
    found = {check.code: check.params.get("owner") for check in doctor.inside(office)}
    assert found["slot_stray"] == "4444"
    assert found["slot_lost"] == "2001"
    staff.set_passphrase(office, "2001", OTHER)
    assert "slot_lost" not in states(doctor.inside(office))


def test_the_doctor_names_a_damaged_slot(desk: Path) -> None:
    (desk / "slots" / f"{ADMIN}.json").write_text("{")
    assert states(doctor.outside(desk))["slot_damaged"] == "bad"


def test_the_doctor_names_a_lost_slot_of_the_recovery_code(desk: Path) -> None:
    assert "recovery_lost" not in states(doctor.outside(desk))
    (desk / "slots" / "recovery.json").unlink()
    assert states(doctor.outside(desk))["recovery_lost"] == "bad"


def test_the_doctor_names_a_text_edited_on_disk_and_the_desk_goes_by_the_adopted(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Article 9.3: a rulebook, script or calendar edited on disk changes nothing and is named."""
    from collectdesk.desk import adoption

    edited = tmp_path / "data"
    shutil.copytree(shipped.directory(), edited)
    house = edited / "rulebooks" / "house.toml"
    house.write_bytes(house.read_bytes().replace(b"limit = 4", b"limit = 400", 1))
    (edited / "codes.toml").write_text("not = [toml")
    calendar, script = edited / "calendars" / "CN-2026.json", next((edited / "callscripts").glob("*zh*"))
    calendar.write_bytes(calendar.read_bytes().replace(b"statutory_holiday", b"makeup_workday", 1))
    script.write_bytes(script.read_bytes().replace("您".encode(), "你".encode(), 1))
    with office.reader.connect() as connection:
        before = adoption.rulebooks(connection, office.now())
    monkeypatch.setattr(shipped, "directory", lambda: edited)
    named = {str(check.params["file"]) for check in doctor.inside(office) if check.code == "text_differs"}
    assert named == {"rulebooks/house.toml", "codes.toml", "calendars/CN-2026.json", f"callscripts/{script.name}"}
    with office.reader.connect() as connection:
        assert adoption.rulebooks(connection, office.now()) == before


def test_a_newer_shipped_text_is_taken_in_but_never_the_house_rulebook(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "data"
    shutil.copytree(shipped.directory(), newer)
    for name in ("house", "cn-law"):
        book = newer / "rulebooks" / f"{name}.toml"
        book.write_bytes(re.sub(rb'version = "\d+"', b'version = "9"', book.read_bytes(), count=1))
    monkeypatch.setattr(shipped, "directory", lambda: newer)
    pending = renewal.pending(office)
    assert [(each.kind, each.name, each.version) for each in pending] == [("rulebook", "cn-law", "9")]
    renewal.adopt_all(office, pending)
    assert renewal.pending(office) == []


def test_the_doctor_sees_a_journal_that_was_altered(office: Office) -> None:
    with office.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_no_update"))
        connection.execute(text("UPDATE journal SET actor = 'somebody' WHERE seq = 3"))
    assert states(doctor.inside(office))["journal"] == "bad"


def test_the_doctor_says_plainly_that_the_journal_is_no_longer_guarded(office: Office) -> None:
    with office.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_no_update"))
    found = next(check for check in doctor.inside(office) if check.code == "journal")
    assert (found.state, found.params) == ("bad", {})
    assert "refuses" in found.message


def test_a_clock_set_within_the_boot_is_named_until_it_is_confirmed(office: Office) -> None:
    at = int(OPENED.timestamp())
    doctor.confirm_clock(office, clock.Reading(at, 1000, "this boot"))
    set_forward = clock.Reading(at + 3600 + 50, 1050, "this boot")
    found = next(check for check in doctor.inside(office, set_forward) if check.code == "clock")
    assert (found.state, found.params) == ("bad", {"seconds": 3600})
    doctor.confirm_clock(office, set_forward)
    assert states(doctor.inside(office, set_forward))["clock"] == "ok"


def test_a_clock_behind_the_journal_is_named(desk: Path, office: Office) -> None:
    behind = open_office(desk, clock=lambda: datetime.fromtimestamp(OPENED.timestamp() - 90, UTC), lang="en")
    assert states(doctor.inside(behind))["clock"] == "bad"
    behind.close()
    assert states(doctor.inside(office))["clock"] == "ok"


def test_without_a_desk_there_is_nothing_to_examine(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no_desk"):
        doctor.outside(tmp_path / "nowhere")
