"""The people of a desk: a team and a superior for each, attested by another person, removed with a new key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.desk import roster, signing, staff
from collectdesk.desk.office import Member, Office
from collectdesk.desk.opening import open_desk
from collectdesk.desk.qualification import Qualified, attest
from collectdesk.desk.standing import standing_of
from collectdesk.desk.window import open_window
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.store import audit, keys, sessions
from collectdesk.store.case_rows import driver_of
from tests import newdesk
from tests.newdesk import ADMIN, OPENED, OTHER, TODAY, Template, seconds

LEAD = staff.NewStaff("2001", "A Lead", "lead", "Team One", ADMIN)
COLLECTOR = staff.NewStaff("3001", "A Collector", "collector", "Team Two", "2001")
EXAM = Qualified(TODAY, TODAY, TODAY, 88, "Training", date(2027, 11, 22))


@pytest.fixture
def collector(office: Office) -> Member:
    """A collector under a lead."""
    staff.add(office, LEAD, OTHER)
    return staff.add(office, COLLECTOR, OTHER)


def test_a_collector_has_a_team_and_a_superior(office: Office, collector: Member) -> None:
    line = next(each for each in roster.listing(office) if each.number == collector.number)
    assert (line.team, line.superior) == ("Team Two", "2001")
    assert set(line.missing) == {"vetting", "confidentiality", "exam"}


def test_a_superior_must_be_there_and_be_one(office: Office, collector: Member) -> None:
    with pytest.raises(NotFound, match="no_such_staff"):
        staff.add(office, staff.NewStaff("3002", "B", "collector", "Team One", "9999"), OTHER)
    with pytest.raises(UsageProblem, match="superior_role"):
        staff.add(office, staff.NewStaff("3002", "B", "collector", "Team One", collector.number), OTHER)


@pytest.mark.usefixtures("collector")
def test_a_number_is_never_given_twice(office: Office) -> None:
    with pytest.raises(Busy, match="staff_number_taken"):
        staff.add(office, COLLECTOR, OTHER)
    with pytest.raises(BadData, match="staff_number"):
        staff.add(office, staff.NewStaff("../3", "B", "collector", "Team One", ADMIN), OTHER)


def test_another_person_attests_and_the_gate_hears_of_it(office: Office, collector: Member) -> None:
    """Article 13.1: vetting, confidentiality and exam before the first call, attested by somebody else."""
    with office.writing() as session:
        by = staff.find(session, "2001")
        kinds = attest(session, collector, EXAM, by=by, at=office.now(), today=TODAY)
    assert kinds == ["vetting", "confidentiality", "exam"]
    with office.reader.connect() as connection:
        held = standing_of(driver_of(connection), collector.id, office.now())
    assert not held.missing


@pytest.mark.parametrize("number", ["3001", "2001"])
def test_nobody_attests_himself_and_no_collector_attests(office: Office, collector: Member, number: str) -> None:
    """Article 13.1."""
    with office.writing() as session:
        by = staff.find(session, number)
        other = collector if number == "2001" else staff.find(session, "2001")
        subject = by if number == "2001" else other
        with pytest.raises(NotPermitted, match=r"attests_himself|role_attests"):
            attest(session, subject, EXAM, by=by, at=office.now(), today=TODAY)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Qualified(), "nothing_attested"),
        (Qualified(exam_on=TODAY), "exam_incomplete"),
        (Qualified(vetted_on=date(2026, 11, 24)), "date_ahead"),
        (Qualified(exam_on=TODAY, exam_score=90, exam_by="T", expires_on=date(2026, 11, 22)), "exam_expired"),
        (Qualified(exam_on=TODAY, exam_score=101, exam_by="T", expires_on=date(2027, 1, 1)), "exam_score"),
    ],
)
def test_what_cannot_be_so_is_not_attested(office: Office, collector: Member, wrong: Qualified, code: str) -> None:
    """Article 13.1."""
    with office.writing() as session, pytest.raises((UsageProblem, BadData), match=code):
        attest(session, collector, wrong, by=office.staff, at=office.now(), today=TODAY)


def test_who_was_removed_gets_in_no_more_and_the_others_do(
    office: Office, desk: Path, collector: Member, template: Template
) -> None:
    staff.remove(office, collector.number)
    at = seconds(OPENED) + 7200
    with pytest.raises(NotFound, match="slot_missing"):
        signing.sign_in(desk, collector.number, OTHER, at)
    assert signing.sign_in(desk, "2001", OTHER, at).member.role == "lead"
    fresh = sessions.read(template.desk)
    assert fresh is not None
    assert fresh.key[:32] != template.key[:32]
    assert fresh.key[32:] == template.key[32:]


def test_the_old_key_opens_nothing_after_a_removal(
    office: Office, desk: Path, collector: Member, template: Template
) -> None:
    staff.remove(office, collector.number)
    newdesk.sit(template, ADMIN, seconds(OPENED))
    with pytest.raises(NotPermitted, match="session_rekeyed") as shut:
        newdesk.office(desk)
    assert "collectdesk login" in shut.value.hint
    with pytest.raises(NotPermitted, match="session_rekeyed"):
        open_window(newdesk.home(desk), clock=lambda: OPENED, lang="en", scope="check")


def test_the_remover_goes_on_and_the_journal_holds(office: Office, desk: Path, collector: Member) -> None:
    staff.remove(office, collector.number)
    again = newdesk.office(desk)
    try:
        with again.reader.connect() as connection:
            assert audit.verify(connection).sound
            actions = connection.execute(text("SELECT action FROM journal ORDER BY seq DESC LIMIT 1")).scalar_one()
        assert actions == "staff_remove"
        assert [line.number for line in roster.listing(again)] == ["2001", ADMIN]
    finally:
        again.close()


def test_nobody_removes_himself(office: Office) -> None:
    with pytest.raises(NotPermitted, match="removes_himself"):
        staff.remove(office, ADMIN)


@pytest.mark.usefixtures("office")
def test_only_an_administrator_adds_and_removes(desk: Path, collector: Member, template: Template) -> None:
    newdesk.sit(template, "2001", seconds(OPENED))
    lead = newdesk.office(desk)
    try:
        for act in (
            lambda: staff.add(lead, staff.NewStaff("3009", "C", "collector", "Team One", "2001"), OTHER),
            lambda: staff.remove(lead, collector.number),
            lambda: staff.add_token(lead, "bot", "bot", ["check"], lead.now() + 60),
            lambda: staff.set_passphrase(lead, collector.number, OTHER),
        ):
            with pytest.raises(NotPermitted, match="role"):
                act()
    finally:
        lead.close()


def test_a_script_account_is_bounded_in_scope_and_time(
    office: Office, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = office.now() + 3600
    token = staff.add_token(office, "bot", "nightly check", ["check"], until)
    signed_in = signing.sign_in(desk, "bot", token, office.now())
    assert signed_in.expires_at == until
    monkeypatch.setenv("COLLECTDESK_SESSION", "bot")
    scripted = newdesk.office(desk)
    try:
        scripted.require_scope("check")
        with pytest.raises(NotPermitted, match="scope"):
            scripted.require_scope("import")
    finally:
        scripted.close()
    with pytest.raises(NotPermitted, match="account_expired"):
        signing.sign_in(desk, "bot", token, until)


def test_an_unknown_scope_makes_no_account(office: Office) -> None:
    with pytest.raises(UsageProblem, match="token_scope"):
        staff.add_token(office, "bot", "bot", ["everything"], office.now() + 60)
    assert [line.number for line in roster.listing(office)] == [ADMIN]


def test_an_addition_that_was_interrupted_is_finished_by_repeating_it(
    office: Office, desk: Path, template: Template
) -> None:
    """Slot first, then staff row: what is left between them hurts nobody."""
    keys.add_passphrase(office.home, template.desk, "2001", OTHER, office.key)
    with pytest.raises(NotPermitted, match="account_inactive"):
        signing.sign_in(desk, "2001", OTHER, office.now())
    staff.add(office, LEAD, OTHER)
    assert signing.sign_in(desk, "2001", OTHER, office.now()).member.role == "lead"


def test_a_removal_that_was_interrupted_is_finished_by_repeating_it(
    office: Office, desk: Path, collector: Member, template: Template
) -> None:
    office.close()
    fresh = keys.rekey(office.home, office.key, without=collector.number)
    sessions.write(sessions.SignIn(template.desk, ADMIN, fresh, seconds(OPENED), seconds(OPENED) + 86_400))
    again = newdesk.office(desk)
    staff.remove(again, collector.number)
    last = newdesk.office(desk)
    assert [line.number for line in roster.listing(last)] == ["2001", ADMIN]
    last.close()


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_on_a_server_people_and_scripts_come_and_go_by_the_database(
    empty_url: str, tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same code on both engines: verifiers instead of slots."""
    assert runtime.is_dir()
    root, at = tmp_path / "desk", seconds(OPENED)
    server = empty_url.replace("postgresql://", "postgresql+psycopg://", 1)
    open_desk(root, newdesk.wish(server=server), newdesk.PASSPHRASE, at, prove=lambda _code: False)
    signing.sign_in(root, ADMIN, newdesk.PASSPHRASE, at)
    admin = newdesk.office(root)
    staff.add(admin, LEAD, OTHER)
    token = staff.add_token(admin, "bot", "nightly", ["check"], admin.now() + 3600)
    assert signing.sign_in(root, "2001", OTHER, at).member.role == "lead"
    signing.sign_in(root, "bot", token, at)
    with monkeypatch.context() as chosen:
        chosen.setenv("COLLECTDESK_SESSION", "bot")
        scripted = newdesk.office(root)
        assert scripted.scope == ("check",)
        scripted.close()
    staff.remove(admin, "2001")
    with pytest.raises(NotPermitted, match="account_inactive"):
        signing.sign_in(root, "2001", OTHER, at)
    admin.close()
