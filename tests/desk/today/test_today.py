"""``today`` (issue: what is due): every chapter's reminders, to whom they are, in order, on eighty columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectdesk import lang
from collectdesk.desk.reminder import Reminder
from collectdesk.desk.today import chapters, waiting
from collectdesk.desk.today.picture import Line, Today
from collectdesk.show import today as face
from collectdesk.show.width import cells
from tests.desk.call.phone import Phone, both

ROOMS = Path(chapters.__file__).parents[1]
AT = 1_795_399_200  # Monday 2026-11-23, 10:00 in Beijing


def reminder(kind: str, urgency: str, *staff: int, subject: str = "j1", due_on: str | None = "2026-11-23") -> Reminder:
    return Reminder(kind, urgency, subject, "A-1007", staff, f"collectdesk objection show {subject}", due_on=due_on)  # type: ignore[arg-type]


def test_every_room_that_reminds_is_asked() -> None:
    assert {each.parent.name for each in ROOMS.glob("*/reminders.py")} == set(chapters.CHAPTERS)


@both
def test_a_quiet_desk_reminds_of_nothing(phone: Phone) -> None:
    with phone.office.reading() as session:
        assert waiting.waiting(session, phone.office.staff, phone.office.now()) == []


@both
def test_what_chapters_say_reaches_whom_it_is_for(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles 10 and 12: a collector sees what is theirs; a lead decisions first, and what is late in the team."""
    small = phone.room.small
    told = [
        reminder("objection_answer", "soon", small.collector, subject="j1"),
        reminder("objection_answer", "overdue", small.collector, subject="j2"),
        reminder("plan_approval", "due", small.lead, small.admin, subject="f1"),
        reminder("complaint_clock", "soon", small.lead, subject="k1"),
        reminder("emergency_open", "now", small.lead, subject="g1"),
        reminder("objection_correction", "due", subject="j3"),
    ]
    monkeypatch.setattr(chapters, "reminders", lambda _session, _now: told)
    lead = phone.room.seat(small.lead, "8001", "lead").staff
    with phone.office.reading() as session:
        mine = waiting.waiting(session, phone.office.staff, AT)
        assert [each.subject for each in mine] == ["j2", "j1"]
        theirs = waiting.waiting(session, lead, AT)
    assert [each.subject for each in theirs] == ["g1", "f1", "k1", "j2", "j3"]
    assert waiting.counted(theirs) == {"now": 1, "overdue": 1, "due": 2, "soon": 1}


def day(*found: Reminder, leads: bool = False) -> Today:
    team = (Line("8002", {"now": 3, "later": 2, "act": 1}, 12, 5, 1, 2),) if leads else ()
    staff = {4: "8002", 3: "8001"}
    return Today(
        at=AT, number="8001" if leads else "8002", leads=leads, practice=False, waiting=found, entries=(),
        whose="team" if leads else "own", dialled=12, answered=5, team=team, staff=staff,
        open={"complaint": 2, "objection": 0} if leads else {},
    )  # fmt: skip


@pytest.mark.parametrize("spoken", lang.LANGUAGES)
def test_the_page_reads_on_eighty_columns(spoken: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = [reminder(kind, urgency, 4) for kind, urgency in zip(face.KINDS, face.URGENCIES, strict=False)]
    found += [reminder(kind, "overdue", 4) for kind in face.KINDS]
    before = lang.current()
    lang.use(spoken)
    face.today_text(day(*found, leads=True), 0)
    face.today_text(day(*found), 3)
    lang.use(before)
    shown = capsys.readouterr().out
    assert max(cells(line) for line in shown.splitlines()) <= 80
    assert "collectdesk objection show j1" in shown
    assert ("逾期" if spoken == "zh_CN" else "overdue") in shown
    assert "--limit 0" in shown
    assert ("投诉 2" if spoken == "zh_CN" else "complaints 2") in shown


def test_a_program_gets_codes_and_commands(capsys: pytest.CaptureFixture[str]) -> None:
    face.today_json(day(reminder("plan_approval", "due", 3), leads=True), [])
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "collectdesk.today/1"
    assert document["waiting"] == [
        {
            "kind": "plan_approval", "group": "approval", "urgency": "due", "subject": "j1", "case": "A-1007",
            "due_on": "2026-11-23", "due_at": None, "staff": ["8001"], "command": "collectdesk objection show j1",
        }
    ]  # fmt: skip
    assert document["team"][0]["cases"] == {"now": 3, "later": 2, "act": 1}


def test_every_kind_a_chapter_names_has_its_words() -> None:
    """Every kind in the chapters' sources is worded in both languages."""
    import re

    named = set()
    for each in ROOMS.glob("*/reminders.py"):
        source = each.read_text("utf-8")
        starts = ("emergency", "conduct", "complaint", "objection", "plan", "instalment", "promise", "hold", "number")
        named |= set(re.findall(rf'"((?:{"|".join(starts)})_[a-z_]+)"', source))
    assert named - set(face.KINDS) == set()
    assert all(lang.translate(text, "zh_CN") != text for text in face.KINDS.values())


def test_the_shift_says_what_waits() -> None:
    assert face.due_line([]) == ""
    line = face.due_line([reminder("objection_answer", "overdue", 4), reminder("plan_draft", "soon", 4)])
    assert "overdue 1" in line
    assert "collectdesk today" in line
