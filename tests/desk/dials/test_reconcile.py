"""The phone's records beside the permits (policy articles 8.1 and 8.2): what has no permit counts, and is found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from collectdesk.desk import numberbook, permit, permit_ends
from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import Checked, check, gate_in_force
from collectdesk.desk.destructions import book, carrying, cases
from collectdesk.desk.dials import acts, extensions, listing
from collectdesk.desk.dials.comparing import digest_of
from collectdesk.desk.dials.load import Loaded, Order, load, rehearse
from collectdesk.desk.dials.reading import read_records
from collectdesk.desk.dials.reminders import reminders
from collectdesk.desk.facts import Contact
from collectdesk.desk.importing.casefile import read_file
from collectdesk.desk.importing.load import Order as ImportOrder
from collectdesk.desk.importing.load import load as import_file
from collectdesk.desk.importing.mapping import FileShape, Mapping
from collectdesk.desk.office import Office
from collectdesk.desk.permit import Granted, Shown
from collectdesk.desk.permit_ends import Outcome
from collectdesk.desk.practice import undialable
from collectdesk.desk.standing import standing_of
from collectdesk.errors import BadData, Busy, NotPermitted, UsageProblem
from collectdesk.store import audit
from collectdesk.store.case_rows import driver_of, one_case
from collectdesk.store.tables import Call, ContactEvent, Number, RecordingKeeper
from tests.desk.importing.files import GOOD, csv_file, xlsx_file
from tests.desk.rooms import Room, count
from tests.desks import MOBILE, MORNING, add

TODAY = date(2026, 11, 23)
STRANGER = "19900009999"
TABLES = ("contact_event", "dial_record", "dial_finding", "number", "import_batch", "journal", "step")
BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def lead(room: Room) -> Office:
    return room.seat(room.small.lead, "8001", "lead")


@pytest.fixture
def admin(room: Room) -> Office:
    return room.seat(room.small.admin, "8000", "admin")


def stamp(at: int, zone: ZoneInfo = BEIJING) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def row(at: int, number: str = MOBILE, *, result: str = "未接", seconds: object = 0, **more: object) -> dict[str, str]:
    """A line of the exchange's own export."""
    line = {"拨打时间": stamp(at), "被叫号码": number, "通话状态": result, "通话时长": seconds, **more}
    return {name: str(value) for name, value in line.items()}


def bring(
    office: Office, tmp_path: Path, *rows: dict[str, str], mapping: Mapping | None = None, **order: object
) -> Loaded:
    file = read_records(csv_file(tmp_path / "cdr.csv", *rows), today=TODAY, mapping=mapping)
    return load(office, file, Order("pbx", **order))  # type: ignore[arg-type]


def call(room: Room, key: str, line: str = "no_answer", seconds: int | None = None, ended: int = 60) -> Shown:
    """A call with its permit, from now; it ends after ``ended`` seconds."""
    small = room.small
    given = permit.request(room.office, small.case, small.debtor, small.number, "collect", key, clocks=room.hands.both)
    assert isinstance(given, Granted), given.decision["blocks"]
    shown = permit.show(room.office, given.permit, clocks=room.hands.both)
    assert isinstance(shown, Shown)
    room.hands.at += ended
    outcome = Outcome(line, talk="brief", duration_s=seconds) if line == "answered" else Outcome(line)
    permit_ends.resolve(room.office, given.permit, outcome, clocks=room.hands.both)
    return shown


def checked(room: Room) -> Checked:
    """May the debtor be called now?"""
    small, at = room.small, room.hands.at
    with room.office.reader.connect() as connection:
        ask = driver_of(connection)
        contact = Contact(small.case, small.debtor, small.number, at)
        standing = standing_of(ask, small.collector, at)
        return check(gate_in_force(ask, at), read_files(ask, one_case(small.case)), contact, standing, "en")


def findings(office: Office, **wanted: object) -> list[tuple[str, str, str]]:
    with office.reading() as session:
        found = listing.listing(office, session, **wanted)  # type: ignore[arg-type]
        return [(each.name, each.row.kind, each.row.status) for each in reversed(found)]


def test_a_dial_without_a_permit_counts_at_once_and_is_reported(room: Room, lead: Office, tmp_path: Path) -> None:
    """Article 8(1): no path goes round the gate; what went round it is counted the moment it is known."""
    extensions.assign(lead, "601", "8002", 0)
    room.hands.at += 3600
    assert checked(room).decision.allowed
    told = bring(lead, tmp_path, row(MORNING + 1800, result="接通", seconds="1:15", 分机="601"))
    assert (told.written, told.counts, told.made) == (True, {"no_permit": 1}, ["df1"])
    verdict = checked(room).decision
    assert not verdict.allowed
    assert "e1" in {each["event"] for block in verdict.to_wire()["blocks"] for each in block["evidence"]["counted"]}
    assert count(room.office.store, "contact_event", "line = 'answered' AND talk = 'unknown' AND duration_s = 75") == 1
    assert count(room.office.store, "contact_event", f"by_staff = {room.small.collector}") == 1
    with lead.reading() as session:
        (waits,) = reminders(session, room.hands.at)
        assert (waits.kind, waits.subject, waits.case) == ("dial_no_permit", "df1", "A-1007")
        assert room.small.collector not in waits.staff
        assert {room.small.lead, room.small.admin} <= set(waits.staff)


def test_where_the_record_does_not_say_the_line_is_unknown(lead: Office, room: Room, tmp_path: Path) -> None:
    told = bring(lead, tmp_path, {"时间": stamp(MORNING - 60), "号码": "0" + MOBILE, "方向": "去电"})
    assert told.counts == {"no_permit": 1}
    assert count(room.office.store, "contact_event", "line = 'unknown' AND talk = 'unknown'") == 1


def test_the_same_file_twice_and_an_overlapping_one_change_nothing(room: Room, lead: Office, tmp_path: Path) -> None:
    room.hands.at += 3600
    one, two = row(MORNING + 60, 话单编号="x1"), row(MORNING + 900, STRANGER, 话单编号="x2")
    assert bring(lead, tmp_path, one, two).counts == {"no_permit": 1, "unknown": 1, "unknown_numbers": 1}
    before = _everything(room)
    assert bring(lead, tmp_path, one, two).counts == {"same": 2}
    assert not bring(lead, tmp_path, one, two).written
    assert _everything(room) == before
    later = bring(lead, tmp_path, two, row(MORNING + 1200, 话单编号="x3"))
    assert later.counts == {"same": 1, "no_permit": 1}


def _everything(room: Room) -> list[int]:
    tables = ("contact_event", "dial_record", "dial_finding", "journal", "import_batch", "step")
    return [count(room.office.store, table) for table in tables]


def test_a_number_nobody_here_knows_is_counted_and_kept_as_a_digest(room: Room, lead: Office, tmp_path: Path) -> None:
    told = bring(
        lead, tmp_path, row(MORNING - 90, STRANGER), row(MORNING - 30, STRANGER, 分机="7"), row(MORNING, "601")
    )
    assert told.counts == {"unknown": 2, "unknown_numbers": 1, "inside": 1}
    assert findings(lead) == []
    with room.office.reader.connect() as connection:
        for table in ("dial_record", "import_batch", "journal", "step"):
            assert STRANGER[2:] not in str(connection.execute(text(f"SELECT * FROM {table}")).all())
    with lead.reading() as session:
        (strange,) = listing.strange(lead, session)
    assert (strange.dials, strange.first, strange.last) == (2, MORNING - 90, MORNING - 30)


def test_permits_find_their_dials_by_a_clock_that_is_learned(room: Room, lead: Office, tmp_path: Path) -> None:
    """Four calls, the exchange seven minutes ahead: nothing is unpermitted, and the offset is shown and kept."""
    rows = []
    for at in range(3):
        rows.append(row(room.hands.at + 420 + 5, 分机="601"))
        call(room, f"k{at}")
        room.hands.at += 3600
    told = bring(lead, tmp_path, *rows)
    assert (told.counts, told.ahead) == ({"matched": 3}, (425, 3, "file"))
    assert count(room.office.store, "phone_source", "offset_s = 425 AND learned = 3") == 1
    again = bring(lead, tmp_path, row(room.hands.at + 420, STRANGER))
    assert again.ahead == (425, 3, "earlier")


def test_what_recordings_taught_of_the_clock_serves_here(room: Room, lead: Office, tmp_path: Path) -> None:
    with room.office.writer.begin() as connection:
        add(
            connection, RecordingKeeper, name="nas", folder="/r", offset_s=-61, learned=9, added_at=1,
            added_by=room.small.lead,
        )  # fmt: skip
    assert bring(lead, tmp_path, row(MORNING, STRANGER)).ahead == (-61, 9, "recordings")


def test_a_second_dial_under_one_permit_has_none(room: Room, lead: Office, tmp_path: Path) -> None:
    """Article 8(1): a permit is the right to dial one number once."""
    start = room.hands.at
    call(room, "k1", ended=120)
    told = bring(lead, tmp_path, row(start + 4), row(start + 70))
    assert told.counts == {"matched": 1, "no_permit": 1}
    assert count(room.office.store, "contact_event", "superseded_at IS NULL") == 2


def test_another_number_than_the_permits(room: Room, lead: Office, tmp_path: Path) -> None:
    """The permit was for the debtor, a contact person was dialled: that one counts for whoever was dialled."""
    extensions.assign(lead, "601", "8002", 0)
    start = room.hands.at
    call(room, "k1")
    told = bring(lead, tmp_path, row(start + 9, "19900005679", 分机="SIP/601-0000a3"))
    assert told.counts == {"other_number": 1}
    assert findings(lead) == [("df1", "other_number", "open")]
    assert count(room.office.store, "contact_event", f"person = {room.small.contact}") == 1


def test_a_permit_without_a_dial_is_found_and_settled_by_a_later_file(room: Room, lead: Office, tmp_path: Path) -> None:
    start = room.hands.at
    call(room, "k1")
    room.hands.at += 7200
    frame = (row(start - 600, STRANGER), row(start + 6000, STRANGER))
    assert bring(lead, tmp_path, *frame).counts == {"unknown": 2, "unknown_numbers": 1, "no_dial": 1}
    assert findings(lead) == [("df1", "no_dial", "open")]
    assert bring(lead, tmp_path, *frame).counts == {"same": 2}
    assert bring(lead, tmp_path, row(start + 3)).counts == {"matched": 1, "settled": 1}
    assert findings(lead, everything=True) == [("df1", "no_dial", "closed")]


def test_not_dialled_is_no_permit_without_a_dial(room: Room, lead: Office, tmp_path: Path) -> None:
    start = room.hands.at
    shown = call(room, "k1", "busy")
    with room.office.writer.begin() as connection:
        connection.execute(text("UPDATE contact_event SET line = 'not_dialled' WHERE id = :id"), {"id": shown.event})
    room.hands.at += 7200
    told = bring(lead, tmp_path, row(start + 3000, STRANGER), first=start - 600, last=start + 6000)
    assert told.counts == {"unknown": 1, "unknown_numbers": 1}


def test_a_call_recorded_as_nobody_that_was_talked_is_corrected_by_a_new_event(
    room: Room, lead: Office, tmp_path: Path
) -> None:
    """Article 8(1): the desk counts the stricter; the old row stays, superseded."""
    start = room.hands.at
    shown = call(room, "k1", "no_answer", ended=90)
    told = bring(lead, tmp_path, row(start + 3, result="接通", seconds=66))
    assert told.counts == {"result": 1, "corrected": 1}
    store = room.office.store
    assert count(store, "contact_event", f"id = {shown.event} AND line = 'no_answer' AND superseded_at > 0") == 1
    assert count(store, "contact_event", f"corrects = {shown.event} AND line = 'answered' AND duration_s = 66") == 1
    assert "gap_short" in {block.code for block in checked(room).decision.blocks}


def test_a_length_that_differs_is_found(room: Room, lead: Office, tmp_path: Path) -> None:
    start = room.hands.at
    call(room, "k1", "answered", seconds=300, ended=320)
    room.hands.at += 5 * 3600
    second = room.hands.at
    call(room, "k2", "answered", seconds=100, ended=120)
    told = bring(
        lead, tmp_path, row(start + 2, result="接通", seconds=30), row(second + 2, result="接通", seconds="1分45秒")
    )
    assert told.counts == {"duration": 1, "matched": 1}


def test_one_explains_another_closes_and_only_then_the_history_changes(
    room: Room, lead: Office, admin: Office, tmp_path: Path
) -> None:
    """Article 8(1): nothing is un-counted by one person's word."""
    room.hands.at += 3600
    bring(lead, tmp_path, row(MORNING + 1800, result="接通", seconds=40, 工号="8002"))
    collector = room.office
    with pytest.raises(NotPermitted):
        acts.explain(collector, "df1", "it was not me")
    with pytest.raises(UsageProblem):
        acts.explain(lead, "df1", " ")
    with pytest.raises(UsageProblem):
        acts.explain(lead, "df1", "x", "unknown")
    with pytest.raises(Busy):
        acts.close(admin, "df1")
    acts.explain(lead, "df1", "the exchange's own log: a test of the trunk", "not_dialled")
    assert not checked(room).decision.allowed
    with pytest.raises(NotPermitted) as own:
        acts.close(lead, "df1")
    assert own.value.code == "own_matter"
    acts.return_(admin, "df1", "which log?")
    acts.explain(lead, "df1", "log of the trunk, page 3", "not_dialled")
    acts.close(admin, "df1")
    assert checked(room).decision.allowed
    assert findings(lead, everything=True) == [("df1", "no_permit", "closed")]
    assert count(room.office.store, "contact_event", "corrects = 1 AND line = 'not_dialled'") == 1
    with lead.reading() as session:
        steps = [step.act for step in listing.view(lead, session, "df1").steps]
        assert steps == ["find", "explain", "return", "explain", "close"]
        assert reminders(session, room.hands.at) == []
    with room.office.reader.connect() as connection:
        assert audit.verify(connection).sound


def test_a_number_two_people_share_counts_for_both(room: Room, lead: Office, tmp_path: Path) -> None:
    """Nobody knows whom it was for, so it may have been either."""
    with room.office.writer.begin() as connection:
        add(connection, Number, person=room.small.contact, number=MOBILE, class_="mobile")
    bring(lead, tmp_path, row(MORNING - 60))
    assert count(room.office.store, "contact_event", "person IS NULL") == 1
    assert not checked(room).decision.allowed


def test_clocks_of_other_zones(room: Room, lead: Office, tmp_path: Path) -> None:
    """With their own offset, by a column, by the mapping file."""
    at = MORNING - 7200
    utc = {"start": "2026-11-23T00:00:00Z", "dst": MOBILE, "disposition": "NO ANSWER"}
    tokyo = {"start": stamp(at + 60, ZoneInfo("Asia/Tokyo")), "dst": MOBILE, "zone": "Asia/Tokyo"}
    assert bring(lead, tmp_path, utc).counts == {"no_permit": 1}
    assert bring(lead, tmp_path, {**tokyo, "disposition": "BUSY"}).counts == {"no_permit": 1}
    third = {"start": stamp(at + 120, ZoneInfo("UTC")), "dst": MOBILE, "disposition": "ANSWERED"}
    assert bring(lead, tmp_path, third, mapping=Mapping(file=FileShape(zone="UTC"))).counts == {"no_permit": 1}
    with room.office.reader.connect() as connection:
        found = connection.execute(text("SELECT at, line FROM contact_event ORDER BY id")).all()
    assert [tuple(each) for each in found] == [(at, "no_answer"), (at + 60, "busy"), (at + 120, "answered")]


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"拨打时间": "2026-11-23"}, "time_missing", "拨打时间"),
        ({"拨打时间": ""}, "missing", "拨打时间"),
        ({"拨打时间": "2026-12-23 10:00"}, "date_in_future", "拨打时间"),
        ({"被叫号码": "138****5678"}, "number_hidden", "被叫号码"),
        ({"被叫号码": "1.38E+10"}, "scientific_notation", "被叫号码"),
        ({"被叫号码": "85512345"}, "area_code_missing", "被叫号码"),
        ({"被叫号码": ""}, "missing", "被叫号码"),
        ({"通话时长": "soon"}, "duration_form", "通话时长"),
        ({"通话状态": "maybe"}, "word_unknown", "通话状态"),
        ({"时区": "Mars/Base"}, "zone_unknown", "时区"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, changes: dict[str, str], code: str, column: str) -> None:
    good = row(MORNING - 60, 时区="")
    file = read_records(csv_file(tmp_path / "cdr.csv", good, {**good, **changes}), today=TODAY)
    assert [(each.line, each.code, each.column) for each in file.errors] == [(3, code, column)]
    assert len(file.records) == 1


def test_a_bad_line_keeps_everything_out_unless_it_may_be_skipped(room: Room, lead: Office, tmp_path: Path) -> None:
    good, bad = row(MORNING - 60), row(MORNING - 60, "138****5678")
    assert not bring(lead, tmp_path, good, bad).written
    assert count(room.office.store, "dial_record") == 0
    assert bring(lead, tmp_path, good, bad, skip_bad=True).counts == {"no_permit": 1, "refused": 1}


def test_a_local_number_is_completed_by_the_mapping_files_area_code(room: Room, lead: Office, tmp_path: Path) -> None:
    with room.office.writer.begin() as connection:
        add(connection, Number, person=room.small.debtor, number="+8675585512345;ext=8", class_="landline")
    mapping = Mapping(constants={"records.area_code": "0755"})
    assert bring(lead, tmp_path, row(MORNING, "85512345"), mapping=mapping).counts == {"no_permit": 1}


def test_a_workbook_incoming_calls_and_a_rehearsal(room: Room, lead: Office, tmp_path: Path) -> None:
    book = xlsx_file(
        tmp_path / "cdr.xlsx",
        [
            {"拨打时间": stamp(MORNING - 60), "被叫号码": MOBILE, "方向": "呼出"},
            {"拨打时间": stamp(MORNING - 60), "被叫号码": "601", "方向": "呼入"},
        ],
    )
    told = rehearse(lead, read_records(book, today=TODAY), Order("pbx"))
    assert (told.written, told.counts) == (False, {"no_permit": 1, "incoming": 1})
    assert told.rows == [(2, "no_permit", "A-1007")]
    assert count(room.office.store, "dial_record") == 0


def test_a_collector_brings_no_records_in_and_sees_their_own_findings(room: Room, lead: Office, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        bring(room.office, tmp_path, row(MORNING))
    bring(lead, tmp_path, row(MORNING - 60), row(MORNING - 9000, 工号="8002"))
    assert [kind for _name, kind, _status in findings(lead)] == ["no_permit", "no_permit"]
    assert [name for name, _kind, _status in findings(room.office)] == ["df2"]


def test_an_extension_is_whose_it_was_then(room: Room, lead: Office, tmp_path: Path) -> None:
    extensions.assign(lead, "601", "8002", MORNING - 9000)
    extensions.assign(lead, "601", "8001", MORNING - 100)
    with pytest.raises(Busy):
        extensions.assign(lead, "601", "8002", MORNING - 100)
    bring(lead, tmp_path, row(MORNING - 9500, 分机=601), row(MORNING - 5000, 分机=601), row(MORNING - 60, 分机=601))
    with room.office.reader.connect() as connection:
        whose = connection.execute(text("SELECT by_staff FROM contact_event ORDER BY at")).scalars().all()
    assert whose == [None, room.small.collector, room.small.lead]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData) as refused:
        read_records(csv_file(tmp_path / "x.csv", {"姓名": "王", "金额": "3", "备注": "x"}), today=TODAY)
    assert refused.value.code in ("no_headings", "columns_missing")


def answered(at: int, caller: str, **more: object) -> dict[str, str]:
    """A line of an incoming call somebody answered."""
    return row(at, "85512345", result="接通", seconds=95, 主叫号码=caller, 方向="呼入", **more)


def took(room: Room, at: int, seconds: int = 120) -> int:
    """An incoming call the desk took and closed; its contact."""
    small = room.small
    with room.office.writer.begin() as connection:
        event = add(
            connection, ContactEvent, at=at, recorded_at=at, kind="call", org=small.own, direction="in",
            debtor=small.debtor, person=small.debtor, channel="voice", line="answered", talk="conversation",
            by_staff=small.collector, debts=[], discussed=[],
        )  # fmt: skip
        add(
            connection, Call, case_id=small.case, collector=small.collector, direction="in", driver="terminal",
            step="done", state={}, started_at=at, connected_at=at, ended_at=at + seconds, event=event,
        )  # fmt: skip
    return event


def test_an_answered_call_the_desk_did_not_take_is_found_and_counts(room: Room, lead: Office, tmp_path: Path) -> None:
    """Articles 8(1) and 14.1: somebody talked with the debtor and nothing here says what about."""
    room.hands.at += 7200
    told = bring(lead, tmp_path, answered(MORNING + 600, MOBILE), answered(MORNING + 900, STRANGER))
    assert (told.counts, told.made) == ({"no_inbound": 1, "incoming": 1}, ["df1"])
    assert findings(lead) == [("df1", "no_inbound", "open")]
    event = "direction = 'in' AND line = 'answered' AND talk = 'unknown' AND duration_s = 95"
    assert count(room.office.store, "contact_event", event) == 1
    assert count(room.office.store, "dial_record") == 1, "who else calls is nobody's business here"
    assert bring(lead, tmp_path, answered(MORNING + 600, MOBILE)).counts == {"same": 1}


def test_incoming_calls_the_desk_took_have_their_records(room: Room, lead: Office, tmp_path: Path) -> None:
    """By the caller; from a number nobody knows, by whose extension it was, or by the time alone."""
    extensions.assign(lead, "601", "8002", 0)
    for at in (600, 1800, 3000):
        took(room, MORNING + at)
    room.hands.at += 7200
    told = bring(
        lead, tmp_path, answered(MORNING + 570, MOBILE), answered(MORNING + 1790, STRANGER, 分机="601"),
        answered(MORNING + 3020, STRANGER),
    )  # fmt: skip
    assert (told.counts, told.made) == ({"inbound": 3}, [])


def test_an_incoming_call_without_a_record_is_found_and_settled(room: Room, lead: Office, tmp_path: Path) -> None:
    took(room, MORNING + 1800)
    room.hands.at += 7200
    frame: dict[str, Any] = {"first": MORNING, "last": MORNING + 5000}
    assert bring(lead, tmp_path, row(MORNING + 60, STRANGER), **frame).counts == {"unknown": 1, "unknown_numbers": 1}
    told = bring(lead, tmp_path, answered(MORNING + 60, STRANGER), **frame)
    assert (told.counts, told.made) == ({"incoming": 1, "no_incoming": 1}, ["df1"])
    assert bring(lead, tmp_path, answered(MORNING + 60, STRANGER), **frame).counts == {"incoming": 1}
    with lead.reading() as session:
        (waits,) = reminders(session, room.hands.at)
        assert (waits.kind, waits.command) == ("dial_no_incoming", "collectdesk calls list --kind no_incoming")
    assert bring(lead, tmp_path, answered(MORNING + 1800, MOBILE)).counts == {"inbound": 1, "settled": 1}
    assert findings(lead, everything=True) == [("df1", "no_incoming", "closed")]


def test_what_cannot_be_compared_of_incoming_calls_is_counted(lead: Office, tmp_path: Path) -> None:
    """Nobody answered, the number is hidden, the call came from inside."""
    missed = {**answered(MORNING, MOBILE), "通话状态": "未接", "通话时长": "0"}
    hidden, inside = ({**answered(MORNING, each), "被叫号码": "601"} for each in ("138****5678", "602"))
    assert bring(lead, tmp_path, missed, hidden, inside).counts == {"incoming": 3}


def test_a_number_learnt_later_has_its_dials_counted_then(room: Room, lead: Office, tmp_path: Path) -> None:
    """Article 8(1): a dial of a number nobody here knew counts once somebody has it on file, by whatever way."""
    extensions.assign(lead, "601", "8002", 0)
    room.hands.at += 3600
    bring(lead, tmp_path, row(MORNING + 1800, STRANGER, result="接通", seconds=40, 分机="601"), row(MORNING, STRANGER))
    assert checked(room).decision.allowed
    numberbook.add(lead, "A-1007", numberbook.Told(number=STRANGER, source="public", evidence="工商登记"))
    assert sorted(findings(lead)) == [("df1", "no_permit", "open"), ("df2", "no_permit", "open")]
    verdict = checked(room).decision
    assert not verdict.allowed
    assert "e1" in {each["event"] for block in verdict.to_wire()["blocks"] for each in block["evidence"]["counted"]}
    store = room.office.store
    assert count(store, "dial_record", "number_digest IS NOT NULL OR number IS NULL OR event IS NULL") == 0
    assert count(store, "contact_event", f"by_staff = {room.small.collector} AND debtor = {room.small.debtor}") == 1
    with lead.reading() as session:
        assert listing.strange(lead, session) == []
        assert [step.by_staff for step in listing.view(lead, session, "df1").steps] == [None]
    with room.office.reader.connect() as connection:
        assert audit.verify(connection).sound


def test_another_number_learnt_later_is_told_anew(room: Room, lead: Office, admin: Office, tmp_path: Path) -> None:
    """Explained while nobody knew whose it was: to be explained again; closed by two: counts as they showed."""
    extensions.assign(lead, "601", "8002", 0)
    for key, at in (("k1", 0), ("k2", 3600)):
        room.hands.at = MORNING + at
        call(room, key)
    room.hands.at = MORNING + 7200
    strangers = (STRANGER, "19900008888")
    rows = [row(MORNING + at, number, 分机="601") for at, number in zip((9, 3609), strangers, strict=True)]
    assert bring(lead, tmp_path, *rows).counts == {"other_number": 2, "unknown_numbers": 2}
    for name in ("df1", "df2"):
        acts.explain(lead, name, "trunk log", "not_dialled")
    acts.close(admin, "df2")
    for each in strangers:
        numberbook.add(lead, "A-1007", numberbook.Told(number=each, source="public", evidence="工商登记"))
    assert findings(lead, everything=True) == [("df1", "other_number", "open"), ("df2", "other_number", "closed")]
    with room.office.reader.connect() as connection:
        lines = connection.execute(text("SELECT line FROM contact_event WHERE external_id LIKE 'phone:%' ORDER BY id"))
        assert lines.scalars().all() == ["no_answer", "not_dialled"]
    acts.explain(lead, "df1", "trunk log", "not_dialled")
    acts.close(admin, "df1")
    assert (
        count(room.office.store, "dial_record", "event IN (SELECT id FROM contact_event WHERE superseded_at > 0)") == 0
    )


def test_a_case_file_that_brings_the_number_counts_its_dials(room: Room, lead: Office, tmp_path: Path) -> None:
    room.hands.at += 3600
    bring(lead, tmp_path, row(MORNING, STRANGER), row(MORNING + 1, "19900007777"))
    file = read_file(csv_file(tmp_path / "cases.csv", {**GOOD, "手机号": STRANGER}), today=TODAY)
    brought = ImportOrder(at=room.hands.at, today=TODAY, staff=room.small.lead, number="8001", role="lead")
    outcome = import_file(room.office.store, file, brought)
    assert (outcome.written, outcome.errors) == (True, [])
    assert findings(lead) == [("df1", "no_permit", "open")]
    with lead.reading() as session:
        assert listing.view(lead, session, "df1").case not in (None, "A-1007")
        assert [each.dials for each in listing.strange(lead, session)] == [1]


def test_a_practice_desk_replaces_numbers_of_records_too(room: Room, lead: Office, tmp_path: Path) -> None:
    """Nothing that comes in by a file can be dialled there."""
    dialled = "13800138000"
    numberbook.add(lead, "A-1007", numberbook.Told(number=dialled, source="public", evidence="工商登记"))
    told = bring(lead, tmp_path, row(MORNING - 60, dialled), number_for=undialable)
    assert told.counts == {"no_permit": 1}
    assert count(room.office.store, "number", "number LIKE '%13800138000'") == 0


def erase(room: Room, lead: Office, admin: Office) -> None:
    """The case is recalled, handed back and what is personal of it erased."""
    run = text("UPDATE case_file SET status = 'recalled'")
    with room.office.writer.begin() as connection:
        connection.execute(run)
    name = cases.ask(lead, "A-1007", "case_returned", "退回", receipt="签收单 7", digest="b" * 64)
    book.approve(admin, name)
    carrying.carry_out(admin, name)


def test_a_destroyed_debtors_number_leaves_the_records_too(
    room: Room, lead: Office, admin: Office, tmp_path: Path
) -> None:
    """PIPL 47: nothing of the number stays, not even what tells it by the key; counts and the chain stay."""
    extensions.assign(lead, "601", "8002", 0)
    start = room.hands.at
    call(room, "k1")
    room.hands.at += 3600
    lines = (
        row(start + 5, 分机="601"),
        row(start + 1800, 分机="601", result="接通", seconds=40),
        row(start + 60, STRANGER),
    )
    assert bring(lead, tmp_path, *lines).counts == {"matched": 1, "no_permit": 1, "unknown": 1, "unknown_numbers": 1}
    with room.office.writer.begin() as connection:  # as a desk holds it that learnt of the number by another way
        add(connection, Number, person=room.small.debtor, number=f"+86{STRANGER}", class_="mobile")
    unpermitted = (
        "contact_event", "EXISTS (SELECT 1 FROM dial_record d WHERE d.event = contact_event.id) AND direction = 'out'"
    )  # fmt: skip
    before = count(room.office.store, *unpermitted)
    erase(room, lead, admin)
    with room.office.reader.connect() as connection:
        digests = {digest_of(connection, each) for each in (MOBILE, STRANGER, "19900005679")}
        kept = [str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in TABLES]
        assert audit.verify(connection).sound
    assert [each for each in (*digests, MOBILE, STRANGER) for rows in kept if each in rows] == []
    assert count(room.office.store, *unpermitted) == before == 1
    assert findings(lead, everything=True) == [("df1", "no_permit", "open")]
    with lead.reading() as session:
        assert listing.view(lead, session, "df1").row.details["record_s"] == 40
    assert bring(lead, tmp_path, *lines).counts == {"same": 3}


def test_records_of_a_destroyed_debtor_that_come_later_accuse_nobody(
    room: Room, lead: Office, admin: Office, tmp_path: Path
) -> None:
    """The month's records come in after the case went back: the dial is its permit's by whose extension it was."""
    extensions.assign(lead, "601", "8002", 0)
    start = room.hands.at
    call(room, "k1")
    room.hands.at += 3600
    call(room, "k2")
    room.hands.at += 3600
    erase(room, lead, admin)
    told = bring(lead, tmp_path, row(start + 5, 分机="601"), first=start - 600, last=start + 7000)
    assert told.counts == {"matched": 1}
    assert count(room.office.store, "dial_record", "number_digest IS NOT NULL") == 0
    assert findings(lead, everything=True) == []
