"""Who is alerted and how it leaves the desk: the next in line, other departments, a command, an e-mail file."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from collectdesk.desk.emergencies import acts, alert_settings, reading
from collectdesk.desk.emergencies.in_line import in_line
from collectdesk.desk.emergencies.watch import waiting
from collectdesk.desk.four_eyes import deciders
from collectdesk.errors import BadData, NotFound, NotPermitted
from collectdesk.store.case_rows import driver_of
from tests.desk.call.phone import both
from tests.desk.emergencies.danger import Danger

PERSONAL = ("王小明", "19900005678", "199 0000", "11010519491231002X", "A-1007", "想不开", "self_harm", "1,248")


@both
def test_unacknowledged_it_goes_down_the_line(danger: Danger) -> None:
    """Article 12: the superior at once, after ten minutes theirs, then the other leads, the others; each once."""
    danger.raised()
    assert danger.alerted() == ["8001"]
    danger.after(10)
    assert danger.alerted() == ["8001", "8000"]
    danger.after(9)
    assert danger.alerted() == ["8001", "8000"]
    danger.after(25)
    assert danger.alerted() == ["8001", "8000", "8003", "8004"]
    danger.after(600)
    assert danger.alerted() == ["8001", "8000", "8003", "8004"]


def test_who_took_it_ends_the_line(danger: Danger) -> None:
    """Article 12: the clock runs until it is acknowledged."""
    name = danger.raised()
    acts.acknowledge(danger.offices["8001"], name)
    danger.after(60)
    assert danger.alerted() == ["8001"]
    assert reading.view(danger.offices["8001"], name).acknowledged_after is not None


def test_the_line_is_those_who_may_decide(danger: Danger) -> None:
    """Everybody in line may take it; nobody who may is left out; never whoever raised it."""
    with danger.room.office.reader.connect() as connection:
        for number, key in danger.keys.items():
            line = in_line(connection, key)
            assert {each.number for each in line} == {each.number for each in deciders(connection, {key})}
            assert number not in {each.number for each in line}


def test_other_departments_come_in_with_the_second(danger: Danger) -> None:
    """Article 12: the desk's other department of the administrator's list for that kind."""
    admin = danger.offices["8000"]
    alert_settings.set_contact(admin, "self_harm", "客户关怀部", email="care@desk.example")
    alert_settings.set_contact(admin, "all", "安保部", phone="010-00000000")
    alert_settings.set_contact(admin, "agitation", "客服部", email="service@desk.example")
    danger.raised()
    assert danger.alerted() == ["8001"]
    danger.after(10)
    assert danger.alerted() == ["8001", "8000", "客户关怀部", "安保部"]
    mail = next(text for name, text in danger.mails().items() if "contact" in name and "care@" in text)
    assert not [each for each in PERSONAL if each in mail]


def test_the_list_is_an_administrators(danger: Danger) -> None:
    """A department has a way to be reached and a kind that exists; nobody else keeps the list."""
    admin = danger.offices["8000"]
    with pytest.raises(NotPermitted):
        alert_settings.set_contact(danger.offices["8001"], "all", "安保部", phone="1")
    with pytest.raises(BadData, match="contact_incomplete"):
        alert_settings.set_contact(admin, "all", "安保部")
    with pytest.raises(BadData, match="contact_email"):
        alert_settings.set_contact(admin, "all", "安保部", email="nowhere")
    with pytest.raises(NotFound, match="no_such_kind"):
        alert_settings.set_contact(admin, "gossip", "安保部", phone="1")
    alert_settings.set_contact(admin, "all", "安保部", phone="1")
    alert_settings.set_contact(admin, "all", "安保部", phone="2")
    with admin.reading() as session:
        assert [row.phone for row in alert_settings.contacts(session)] == ["2"]
    assert alert_settings.remove_contact(admin, "all") == 1
    with pytest.raises(NotFound, match="no_such_contact"):
        alert_settings.remove_contact(admin, "all")


def test_an_email_file_to_send_holds_no_personal_data(danger: Danger) -> None:
    """Article 12: a file in the outbox, its owner's alone, with the id and what to type."""
    alert_settings.change(danger.offices["8000"], mail="{number}@desk.example")
    name = danger.raised()
    (file, text), *others = danger.mails().items()
    assert not others
    assert file == f"{name}-0-8001.eml"
    assert f"collectdesk emergency ack {name}" in text
    assert "To: 8001@desk.example" in text
    assert not [each for each in PERSONAL if each in text]
    assert stat.S_IMODE((danger.place / "outbox" / file).stat().st_mode) == 0o600
    assert stat.S_IMODE((danger.place / "outbox").stat().st_mode) == 0o700


def test_the_houses_command_is_run_with_ids_alone(danger: Danger, tmp_path: Path) -> None:
    """Article 12: detached, told nothing but the ids, neither directory nor session of the desk."""
    seen = tmp_path / "seen"
    script = tmp_path / "hook.py"
    script.write_text(
        "import os, sys, pathlib\n"
        f"part = pathlib.Path({str(seen)!r} + '.part')\n"
        "part.write_text(repr((sys.argv[1:], sorted(os.environ.items()))))\n"
        f"part.rename({str(seen)!r})\n"
    )
    alert_settings.change(danger.offices["8000"], hook=f"{sys.executable} {script}")
    name = danger.raised()
    while not seen.exists():
        pass
    told = seen.read_text()
    assert f"['{name}', '8001', '0']" in told
    assert "COLLECTDESK_ALERTED" in told
    assert "COLLECTDESK_DESK" not in told
    assert not [each for each in PERSONAL if each in told]
    assert danger.phone.rows("SELECT hook FROM emergency_alert") == [("started",)]


def test_a_command_that_fails_holds_nobody_up(danger: Danger, tmp_path: Path) -> None:
    """It is written down and journalled; the alarm stands."""
    script = tmp_path / "hook"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o700)
    alert_settings.change(danger.offices["8000"], hook=str(script))
    script.unlink()
    name = danger.raised()
    assert danger.phone.rows("SELECT hook FROM emergency_alert") == [("failed",)]
    assert danger.phone.one("SELECT count(*) FROM journal WHERE action = 'emergency.alerted'") == 1
    assert reading.view(danger.offices["8001"], name).row.status == "open"


def test_an_outbox_that_cannot_be_written_holds_nobody_up(danger: Danger) -> None:
    (danger.place / "outbox").write_text("in the way")
    name = danger.raised()
    assert danger.phone.rows("SELECT mail FROM emergency_alert") == [(None,)]
    assert reading.view(danger.offices["8001"], name).row.status == "open"


@pytest.mark.parametrize("change", [{"hook": "no-such-command-here"}, {"hook": "'"}, {"mail": "8001@desk.example"}])
def test_settings_that_would_not_work_are_refused(danger: Danger, change: dict[str, str]) -> None:
    with pytest.raises(BadData):
        alert_settings.change(danger.offices["8000"], **change)
    with pytest.raises(NotPermitted):
        alert_settings.change(danger.offices["8001"], **change)


def test_the_banner_is_on_until_somebody_takes_it(danger: Danger) -> None:
    """Article 12: on every page of whoever was alerted, and of nobody else."""
    name = danger.raised()

    def shown(number: str) -> list[str]:
        with danger.room.office.reader.connect() as connection:
            return [each.name for each in waiting(driver_of(connection), danger.keys[number])]

    assert [shown(number) for number in danger.keys] == [[], [name], [], [], []]
    danger.after(10)
    assert [shown(number) for number in danger.keys] == [[name], [name], [], [], []]
    acts.acknowledge(danger.offices["8000"], name)
    assert [shown(number) for number in danger.keys] == [[]] * 5
