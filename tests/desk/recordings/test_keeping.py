"""Recordings kept on a desk: owed, attached, scanned, claimed, verified, opened; who may, and what is told (14.1)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from collectdesk.desk.call import beginning
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.recordings import access, choosing, keeping, listing, scanning, verifying
from collectdesk.desk.recordings.reminders import reminders
from collectdesk.desk.standing import standing_of
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.store import audit
from collectdesk.store.case_rows import driver_of
from tests.desk.call.phone import Phone, both
from tests.desk.emergencies.danger import Danger
from tests.desk.recordings.sounding import stamp, three, wav
from tests.desks import MOBILE

DAY = 86_400


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Danger:
    """The collector has made one call that connected, and closed it."""
    return Danger(phone, tmp_path / "desk")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the exchange puts its recordings."""
    place = tmp_path / "exchange"
    place.mkdir()
    return place


def answered(desk: Danger) -> int:
    return int(desk.phone.one("SELECT connected_at FROM call WHERE id = 1"))


def state(desk: Danger) -> str:
    return str(desk.phone.one("SELECT status FROM recording"))


def lines(desk: Danger, by: str = "8001", **asked: object) -> list[listing.Line]:
    office = desk.offices[by]
    with office.reading() as session:
        return listing.lines(office, session, **asked)  # type: ignore[arg-type]


def overdue(desk: Danger, number: str = "8002") -> int | None:
    with desk.room.office.reader.connect() as connection:
        return standing_of(driver_of(connection), desk.keys[number], desk.hands.at).recordings_overdue


@both
def test_a_connected_call_owes_one_and_an_unanswered_one_does_not(phone: Phone) -> None:
    """Article 14.1: from the moment the line is answered, whatever becomes of the call."""
    assert phone.rows("SELECT call, status FROM recording") == [(1, "owed")]
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE hold SET lifted_at = 0")  # of the promise made on that call
    phone.room.hands.at += 5 * 3600
    phone.dial()
    phone.go("line")
    phone.answer("no_answer")
    phone.go()
    assert phone.one("SELECT count(*) FROM recording") == 1
    phone.ring()
    assert phone.rows("SELECT call, status FROM recording ORDER BY id") == [(1, "owed"), (3, "owed")]


@both
def test_one_that_is_owed_too_long_warns_at_the_gate(desk: Danger) -> None:
    """Article 14.1: two working days after Monday's call end with Wednesday; the shipped rule warns, and goes on."""
    desk.hands.at += 2 * DAY
    assert overdue(desk) == 0
    desk.hands.at += DAY
    assert overdue(desk) == 1
    assert overdue(desk, "8001") == 0
    with desk.room.office.reading() as session:
        (owed,) = (each for each in reminders(session, desk.hands.at) if each.kind == "recording_owed")
    assert (owed.urgency, owed.staff, owed.subject) == ("overdue", (desk.keys["8002"],), "c1")
    keeping.excuse(desk.offices["8001"], "c1", "录音设备故障")
    assert (overdue(desk), state(desk)) == (0, "absent")
    with pytest.raises(NotPermitted):
        keeping.excuse(desk.offices["8002"], "c1", "忘了")


def test_the_warning_stands_in_the_verdict(desk: Danger) -> None:
    """Article 14.1: by the rule's name; the house may set it to bar."""
    desk.hands.at += 7 * DAY
    with pytest.raises(RefusedByGate) as refused:  # the statement is stale by now, and that bars
        beginning.start(desk.offices["8002"], desk.room.small.code, clocks=desk.hands.both)
    assert "house/recordings-kept" in {each["rule"] for each in refused.value.decision["warnings"]}


@both
@pytest.mark.parametrize("name", ["call.wav", "call.mp3", "call.ogg", "call.flac", "call.m4a"])
def test_a_file_is_kept_with_its_facts(desk: Danger, folder: Path, name: str) -> None:
    """Article 14.1: digest, size, length, format and keeper; the file stays where it is."""
    path = wav(folder / name) if name.endswith("wav") else three(folder / name)
    keeping.attach(desk.offices["8002"], "c1", path)
    ((kept, digest, size, kind, name_of),) = desk.phone.rows(
        "SELECT status, digest, size, format, name FROM recording r JOIN recording_keeper k ON k.id = r.keeper"
    )
    assert (kept, len(digest), size, kind, name_of) == ("kept", 64, path.stat().st_size, path.suffix[1:], "exchange")
    assert desk.phone.one("SELECT due_at FROM recording") is None
    assert path.exists()


def test_what_may_not_be_kept_is_refused(desk: Danger, folder: Path) -> None:
    lead = desk.offices["8001"]
    text = folder / "call.wav"
    text.write_text("no sound", "utf-8")
    with pytest.raises(BadData) as refused:
        keeping.attach(lead, "c1", text)
    assert refused.value.code == "recording_not_sound"
    assert "call.wav" not in str(refused.value.params)
    with pytest.raises(NotFound):
        keeping.attach(lead, "c1", folder / "gone.wav")
    with pytest.raises(NotFound):
        keeping.attach(lead, "c9", wav(folder / "other.wav"))
    assert state(desk) == "owed"


def test_another_file_takes_its_place_only_by_a_decider_with_a_reason(desk: Danger, folder: Path) -> None:
    """Article 14.1: traceable; the digest before stays in the steps."""
    keeping.attach(desk.offices["8002"], "c1", wav(folder / "one.wav"))
    other = wav(folder / "two.wav", tone=3)
    with pytest.raises(Busy):
        keeping.attach(desk.offices["8001"], "c1", other)
    with pytest.raises(NotPermitted):
        keeping.attach(desk.offices["8002"], "c1", other, replace="选错了文件")
    keeping.attach(desk.offices["8001"], "c1", other, replace="选错了文件")
    steps = desk.phone.rows("SELECT act FROM step WHERE kind = 'recording' ORDER BY id")
    assert steps == [("attach",), ("replace",)]


@both
def test_a_scan_finds_the_call_by_number_and_start_and_again_does_nothing(desk: Danger, folder: Path) -> None:
    """Article 14.1: each file once; what is not sure is left to a person."""
    lead, at = desk.offices["8001"], answered(desk)
    wav(folder / "2026" / f"{stamp(at - 3)}_{MOBILE}.wav", 60)
    wav(folder / f"{stamp(at)}_19911112222.wav", tone=1)
    (folder / "broken.wav").write_bytes(b"x")
    done = scanning.scan(lead, folder)
    assert dict(done.counts) == {"kept": 1, "unmatched": 1}
    assert [(fault.file, fault.code) for fault in done.faults] == [("broken.wav", "not_sound")]
    assert state(desk) == "kept"
    again = scanning.scan(lead, folder)
    assert dict(again.counts) == {"known": 2}
    assert desk.phone.rows("SELECT count(*) FROM step WHERE kind = 'recording'") == [(1,)]
    with pytest.raises(NotPermitted):
        scanning.scan(desk.offices["8002"], folder)


def test_a_person_claims_what_was_not_sure(desk: Danger, folder: Path) -> None:
    """Article 14.1: the choice and its reason are written down; none is an answer too."""
    lead = desk.offices["8001"]
    for tone, name in enumerate(("a", "b")):
        wav(folder / f"{stamp(answered(desk) + tone)}_{MOBILE}_{name}.wav", tone=tone)
    done = scanning.scan(lead, folder)
    assert dict(done.counts) == {"ambiguous": 2}
    with pytest.raises(NotPermitted):
        choosing.choose(desk.offices["8002"], "l1", "c1")
    choosing.choose(lead, "l1", "c1")
    choosing.dismiss(lead, "l2", "试音")
    with pytest.raises(Busy):
        choosing.choose(lead, "l2", "c1")
    assert state(desk) == "kept"
    assert desk.phone.rows("SELECT status FROM found_recording ORDER BY id") == [("chosen",), ("dismissed",)]


def test_one_changed_since_it_was_found_is_not_claimed(desk: Danger, folder: Path) -> None:
    """And one whose name says nothing of that call is claimed only with a reason."""
    lead, path = desk.offices["8001"], wav(folder / "somewhere.wav")
    scanning.scan(lead, folder)
    with pytest.raises(UsageProblem):
        choosing.choose(lead, "l1", "c1")
    wav(path, 9, tone=5)
    with pytest.raises(BadData) as refused:
        choosing.choose(lead, "l1", "c1", "人工听过")
    assert refused.value.code == "recording_altered"


def test_a_copy_is_told_and_never_a_second_calls(desk: Danger, folder: Path) -> None:
    """Article 14.1: the same bytes are no proof of two calls."""
    keeping.attach(desk.offices["8002"], "c1", wav(folder / "c1.wav"))
    shutil.copy(folder / "c1.wav", folder / "copy.wav")
    done = scanning.scan(desk.offices["8001"], folder)
    assert dict(done.counts) == {"known": 1, "duplicate": 1}
    with desk.room.office.reading() as session:
        (left,) = listing.unclaimed(session)
    assert (left.state, left.of) == ("duplicate", "c1")


@both
def test_what_is_altered_or_gone_is_found_and_named(desk: Danger, folder: Path) -> None:
    """Article 14.1: by the full check; the cheap look sees that it was written to or is gone."""
    lead = desk.offices["8001"]
    path = wav(folder / "c1.wav", 60)
    keeping.attach(desk.offices["8002"], "c1", path)
    assert [each.found for each in verifying.verify(lead)] == ["ok"]
    os.utime(path, ns=(2, 2))
    assert [each.found for each in verifying.verify(lead)] == ["ok"]
    with lead.reading() as session:  # the same content under another date is known by that from then on
        assert verifying.glance(session) == []
    wav(path, 60, tone=9)
    os.utime(path, ns=(1, 1))
    with lead.reading() as session:
        assert [each.found for each in verifying.glance(session)] == ["changed"]
    assert [each.found for each in verifying.verify(lead)] == ["altered"]
    assert "altered" in lines(desk)[0].findings
    path.unlink()
    assert [each.found for each in verifying.verify(lead)] == ["vanished"]
    folder.rename(folder.with_name("elsewhere"))
    assert [each.found for each in verifying.verify(lead)] == ["away"]
    assert desk.phone.one("SELECT fault FROM recording") == "vanished"
    with lead.reader.connect() as connection:
        assert audit.verify(connection).sound


def test_a_length_other_than_the_calls_is_reported(desk: Danger, folder: Path) -> None:
    keeping.attach(desk.offices["8002"], "c1", wav(folder / "c1.wav", 3600))
    (line,) = lines(desk)
    assert line.findings == ("mismatched",)
    assert lines(desk, by="8002") == [line]
    assert lines(desk, finding="altered") == []


def test_opening_one_is_written_down_with_its_reason(desk: Danger, folder: Path) -> None:
    """Article 14.1: access is an act; a collector hears their own calls."""
    path = wav(folder / "c1.wav")
    keeping.attach(desk.offices["8002"], "c1", path)
    with pytest.raises(UsageProblem):
        access.open_(desk.offices["8001"], "c1", "  ")
    assert access.open_(desk.offices["8001"], "c1", "核对投诉").path == path
    assert desk.phone.rows("SELECT actor FROM journal WHERE action = 'recording.open'") == [("8001",)]
    assert desk.phone.rows("SELECT act, state, content ->> 'reason' FROM step WHERE act = 'open'") == [
        ("open", "kept", "核对投诉")
    ]
    with desk.room.office.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE call SET collector = {desk.keys['8003']}")
    with pytest.raises(NotPermitted):
        access.open_(desk.offices["8002"], "c1", "好奇")


def test_a_folder_that_goes_in_the_middle_leaves_what_was_kept(desk: Danger, folder: Path) -> None:
    """A named error, nothing lost, and the next scan goes on."""
    lead = desk.offices["8001"]
    wav(folder / "c1.wav", 60)
    wav(folder / "z.wav", tone=2)

    def gone_after_one(_count: int) -> scanning.Advance:
        def advance(_one: int) -> None:
            if folder.exists():
                folder.rename(folder.with_name("away"))

        return advance

    with pytest.raises(NotFound) as refused:
        scanning.scan(lead, folder, progress=gone_after_one)
    assert refused.value.code == "recording_folder"
    assert state(desk) == "kept"
    folder.with_name("away").rename(folder)
    assert dict(scanning.scan(lead, folder).counts) == {"known": 1, "unmatched": 1}
