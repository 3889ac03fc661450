"""What is destroyed, when, by whom: retention, legal hold, two people, the certificate; a case erased (14.1)."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlmodel import SQLModel

from collectdesk import lang
from collectdesk.desk import casebook, house, lifecycle
from collectdesk.desk.destructions import book, carrying, cases, certificate, erasing
from collectdesk.desk.evidence import making
from collectdesk.desk.evidence.gathering import gather
from collectdesk.desk.history import history
from collectdesk.desk.notices import kept, verifying
from collectdesk.desk.notices import making as making_letters
from collectdesk.desk.recordings import keeping, purging, retention, scanning
from collectdesk.desk.requests import answering, asking, officers
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.show.casebook import case_text
from collectdesk.show.casesearch import search_rows, search_text
from collectdesk.show.casewire import case_wire
from collectdesk.show.evidence import documents
from collectdesk.show.masking import FULL, Masks
from collectdesk.show.progress import progress
from collectdesk.show.requests import sheet
from collectdesk.store import audit, extract
from collectdesk.store.case_rows import driver_of
from collectdesk.store.engine import open_engine
from tests.conftest import KEY
from tests.desk.call.phone import Phone, both
from tests.desk.emergencies.danger import Danger
from tests.desk.recordings.sounding import wav

YEAR = 366 * 86_400
TERMS = house.HouseSettings().recording
NAMES = ("王小明", "陈同事", "19900005678", "11010519491231002X", "CC-2024-000017")


@pytest.fixture
def desk(phone: Phone, tmp_path: Path) -> Danger:
    """One call whose recording is kept, of a lender that is a bank."""
    made = Danger(phone, tmp_path / "desk")
    keeping.attach(made.offices["8002"], "c1", wav(tmp_path / "exchange" / "c1.wav", 60))
    run(made, 'UPDATE creditor SET settings = \'{"licence":"bank"}\'')
    return made


def run(desk: Danger, sql: str) -> None:
    with desk.room.office.writer.begin() as connection:
        connection.execute(text(sql.replace(":", r"\:")))


def due(desk: Danger) -> purging.Due:
    with desk.room.office.reading() as session:
        (one,) = purging.due(session, desk.hands.at)
        return one


def later(desk: Danger, years: float = 2.1) -> None:
    desk.hands.at += int(years * YEAR)


def file(tmp_path: Path) -> Path:
    return tmp_path / "exchange" / "c1.wav"


def sound(desk: Danger) -> bool:
    with desk.room.office.reader.connect() as connection:
        return audit.verify(connection).sound


@given(day=st.dates(date(2020, 1, 1), date(2030, 12, 31)), licence=st.sampled_from([None, *"abc", "consumer_finance"]))
def test_nothing_is_kept_shorter_than_the_law_asks(day: date, licence: str | None) -> None:
    """Two years at least, five of a consumer finance company, and of a lender nobody knows."""
    kept = retention.floor(day, licence, TERMS)
    years = 5 if licence in (None, "consumer_finance") else 2
    assert kept.until is not None
    assert (kept.until - day).days >= 365 * years
    assert retention.with_oral_plan(kept, settled=False, oral=True).until is None
    assert retention.with_oral_plan(kept, settled=True, oral=True) == kept
    assert set(retention.CITES) >= {kept.rule}


def test_the_day_itself_is_kept(desk: Danger) -> None:
    """Called on 23 November 2026: kept through 23 November 2028, and may go on the 24th."""
    assert (due(desk).why, due(desk).until) == ("not_yet", date(2028, 11, 23))
    desk.hands.at = 1_858_607_999  # 2028-11-23 23:59:59 in Beijing
    assert due(desk).why == "not_yet"
    desk.hands.at += 1
    assert due(desk).may


def test_a_lender_nobody_recorded_counts_as_a_consumer_finance_company(desk: Danger) -> None:
    run(desk, "UPDATE creditor SET settings = NULL")
    later(desk)
    assert (due(desk).may, due(desk).rule) == (False, "lender_unknown")
    later(desk, 3)
    assert due(desk).may


HOLDS = {
    "complaint": "INSERT INTO complaint (case_id, channel, category, content, received_at, received_on, term, last_on, "
    "due_on, status, upheld, by_staff) VALUES (1, 'letter', 'x', 'x', 0, '2028-01-01', 15, '2028-01-16', '2028-01-16', "
    "'in_hand', '[]', 1)",
    "objection": "INSERT INTO objection (case_id, category, content, received_at, status, written, via, reopened, "
    "by_staff) VALUES (1, 'x', 'x', 0, 'open', false, 'call', 0, 1)",
    "emergency": "INSERT INTO emergency (case_id, kind, at, by_staff, alerted, level, status, content) "
    "VALUES (1, 'x', 0, 1, '[]', 0, 'open', '')",
    "violation": "INSERT INTO violation (staff, kind, grave, source, call, evidence, recorded_by, recorded_at, status) "
    "VALUES (3, 'x', false, 'review', 1, 'x', 2, 0, 'recorded')",
    "dispute": "INSERT INTO hold (debtor, kind, debts, persons, received_at, allows) "
    "VALUES (1, 'dispute', '[]', '[]', 0, '[]')",
}


@both
@pytest.mark.parametrize("kind", HOLDS)
def test_what_is_open_holds_it_however_old(desk: Danger, kind: str, tmp_path: Path) -> None:
    """Legal hold: also where it comes up between the asking and the approval."""
    later(desk)
    name = book.ask_recordings(desk.offices["8001"], "保存期满")
    run(desk, HOLDS[kind])
    assert (due(desk).why, due(desk).held) == ("held", (kind,))
    book.approve(desk.offices["8003"], name)
    carrying.carry_out(desk.offices["8003"], name)
    assert file(tmp_path).exists()
    assert desk.phone.one("SELECT status FROM recording") == "kept"
    assert desk.phone.rows("SELECT outcome, why FROM destruction_item") == [("stays", "held")]


@both
def test_two_people_destroy_it_and_a_certificate_stays(desk: Danger, tmp_path: Path) -> None:
    """Article 14.1: whoever asks approves nothing; the digest outlives the file; the journal's chain holds."""
    lead, other = desk.offices["8001"], desk.offices["8003"]
    with pytest.raises(Busy):
        book.ask_recordings(lead, "保存期满")
    later(desk)
    with pytest.raises(NotPermitted):
        book.ask_recordings(desk.offices["8002"], "保存期满")
    name = book.ask_recordings(lead, "保存期满")
    with pytest.raises(NotPermitted):
        book.approve(lead, name)
    with pytest.raises(Busy):
        carrying.carry_out(other, name)
    assert file(tmp_path).exists()
    book.approve(other, name)
    assert carrying.carry_out(other, name) == "XH-2028-0001"
    assert not file(tmp_path).exists()
    kept = json.loads(desk.phone.one("SELECT certificate FROM destruction"))
    assert certificate.digest_of(kept) == desk.phone.one("SELECT digest FROM destruction")
    (item,) = kept["recordings"]
    assert (item["outcome"], item["kept_until"], item["rule"]) == ("destroyed", "2028-11-23", "two_years")
    assert item["sha256"] == desk.phone.one("SELECT digest FROM recording")
    assert desk.phone.rows("SELECT status, file FROM recording") == [("purged", None)]
    assert sound(desk)
    with pytest.raises(Busy):
        carrying.carry_out(other, name)


def test_refused_or_withdrawn_everything_stays(desk: Danger, tmp_path: Path) -> None:
    later(desk)
    first = book.ask_recordings(desk.offices["8001"], "保存期满")
    with pytest.raises(Busy):
        book.ask_recordings(desk.offices["8003"], "保存期满")
    book.refuse(desk.offices["8003"], first, "审计尚未结束")
    book.withdraw(desk.offices["8001"], book.ask_recordings(desk.offices["8001"], "保存期满"), "改期")
    assert (file(tmp_path).exists(), desk.phone.one("SELECT status FROM recording")) == (True, "kept")
    assert due(desk).may


@pytest.mark.parametrize("fault", ["altered", "gone", "away"])
def test_what_is_not_what_was_kept_is_not_destroyed_unseen(desk: Danger, fault: str, tmp_path: Path) -> None:
    """Another file in its place stays; one gone before is told as gone; a folder that is away stops everything."""
    later(desk)
    name = book.ask_recordings(desk.offices["8001"], "保存期满")
    book.approve(desk.offices["8003"], name)
    path = file(tmp_path)
    if fault == "altered":
        wav(path, 9, tone=4)
    elif fault == "gone":
        path.unlink()
    else:
        path.parent.rename(tmp_path / "elsewhere")
        with pytest.raises(NotFound):
            carrying.carry_out(desk.offices["8003"], name)
        assert desk.phone.one("SELECT status FROM destruction") == "approved"
        (tmp_path / "elsewhere").rename(path.parent)
    carrying.carry_out(desk.offices["8003"], name)
    outcome = {"altered": ("stays", "altered"), "gone": ("gone", None), "away": ("destroyed", None)}[fault]
    assert desk.phone.rows("SELECT outcome, why FROM destruction_item") == [outcome]
    assert path.exists() == (fault == "altered")


def test_an_interruption_is_gone_on_with(desk: Danger, tmp_path: Path) -> None:
    """The file was removed and the power failed before that was written."""
    later(desk)
    name = book.ask_recordings(desk.offices["8001"], "保存期满")
    book.approve(desk.offices["8003"], name)

    def fails(_count: int) -> carrying.Advance:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carrying.carry_out(desk.offices["8003"], name, progress=fails)
    file(tmp_path).unlink()
    assert carrying.carry_out(desk.offices["8000"], name) == "XH-2028-0001"
    assert desk.phone.one("SELECT outcome FROM destruction_item") == "gone"


@both
def test_what_holds_a_file_is_asked_once(desk: Danger) -> None:
    """Asked again for every file, under the lock under which it goes, and not a second time."""
    later(desk)
    name = book.ask_recordings(desk.offices["8001"], "保存期满")
    book.approve(desk.offices["8003"], name)
    asked: list[str] = []

    @event.listens_for(desk.room.office.store.writer, "before_cursor_execute")
    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.extend(kind for kind, sql in retention.HELD.items() if statement.startswith(sql[:40]))

    carrying.carry_out(desk.offices["8003"], name)
    assert sorted(asked) == sorted(retention.HELD)


def killed_once_the_file_is_gone(desk: Danger, name: str, folder: Path) -> None:
    """Carry it out in a process of its own that is killed when the folder is made durable, before that is written."""
    child = os.fork()
    if child == 0:
        store = open_engine(f"sqlite:///{desk.room.office.store.path}", KEY)

        def watch(event: str, given: tuple[object, ...]) -> None:
            if event == "open" and str(given[0]) == str(folder):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            carrying.carry_out(replace(desk.offices["8003"], store=store), name)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_run_killed_after_the_file_went_knows_its_own_work(desk: Danger, tmp_path: Path) -> None:
    """The certificate says destroyed, though what came up meanwhile would keep it: it went while it might."""
    later(desk)
    name = book.ask_recordings(desk.offices["8001"], "保存期满")
    book.approve(desk.offices["8003"], name)

    killed_once_the_file_is_gone(desk, name, file(tmp_path).parent)
    assert not file(tmp_path).exists()
    with pytest.raises(Busy) as refused:
        book.withdraw(desk.offices["8001"], name, "改变主意")
    assert refused.value.code == "destruction_begun"
    run(desk, HOLDS["dispute"])
    carrying.carry_out(desk.offices["8000"], name)
    assert desk.phone.rows("SELECT outcome, why FROM destruction_item") == [("destroyed", None)]
    assert sound(desk)


@both
def test_known_copies_go_with_it_and_their_names_too(desk: Danger, tmp_path: Path) -> None:
    """Article 14.1: what is destroyed is not left beside it; another file under that name is nobody's copy."""
    copies = [tmp_path / "exchange" / f"copy_19900005678_{each}.wav" for each in "ab"]
    for copy in copies:
        shutil.copy(file(tmp_path), copy)
    assert scanning.scan(desk.offices["8001"], file(tmp_path).parent).counts["duplicate"] == 2
    wav(copies[1], 9, tone=4)
    later(desk)
    name = book.ask_recordings(desk.offices["8001"], "保存期满")
    book.approve(desk.offices["8003"], name)
    carrying.carry_out(desk.offices["8003"], name)
    assert [each.exists() for each in (file(tmp_path), *copies)] == [False, False, True]
    assert desk.phone.rows("SELECT status, file FROM found_recording ORDER BY id") == [
        ("destroyed", "x1"), ("duplicate", copies[1].name),
    ]  # fmt: skip


def test_where_nobody_else_may_approve_an_outside_officer_does(desk: Danger, tmp_path: Path) -> None:
    later(desk)
    run(desk, "UPDATE staff SET status = 'suspended' WHERE number IN ('8000', '8003', '8004')")
    name = book.ask_recordings(desk.offices["8001"], "保存期满")
    officers.register(desk.offices["8000"], "周律师", "外部合规", "电话")
    asked = asking.ask(desk.offices["8002"], name, "", sheet, tmp_path / "asked.html")
    entered = answering.Entered("approve", "保存期满", "", "函 1", retention.answered_on(desk.hands.at), "a" * 64)
    answering.answer(desk.offices["8002"], asked.request, entered)
    carrying.carry_out(desk.offices["8001"], name)
    assert not file(tmp_path).exists()


# ---------------------------------------------------------------- a case handed back or destroyed


def over(desk: Danger, status: str = "recalled") -> None:
    run(desk, f"UPDATE case_file SET status = '{status}'")


def everything(desk: Danger) -> str:
    """Every value of every row of the desk but the journal, which holds digests alone."""
    found = []
    with desk.room.office.reader.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in ("adoption",):
                found += [str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))]
    return "\n".join(found)


@both
def test_a_case_destroyed_leaves_nothing_of_anybody_and_the_chain_holds(desk: Danger, tmp_path: Path) -> None:
    """Article 14.1 and PIPL 47: only once it is over and its time has passed; two people; a certificate."""
    lead, other, code = desk.offices["8001"], desk.offices["8003"], desk.room.small.code
    with pytest.raises(Busy) as refused:
        cases.ask(lead, code, "case_destroyed", "委托结束")
    assert refused.value.code == "case_open"
    over(desk)
    with pytest.raises(Busy) as refused:
        cases.ask(lead, code, "case_destroyed", "委托结束")
    assert refused.value.code == "case_not_yet"
    later(desk)
    before = everything(desk)
    assert all(name in before for name in NAMES)
    name = cases.ask(lead, code, "case_destroyed", "保存期满")
    with pytest.raises(NotPermitted):
        book.approve(lead, name)
    book.approve(other, name)
    carrying.carry_out(other, name)
    after = everything(desk)
    assert [each for each in NAMES if each in after] == []
    assert not file(tmp_path).exists()
    assert sound(desk)
    assert json.loads(desk.phone.one("SELECT certificate FROM destruction"))["erased"]["person"] == 2
    with desk.room.office.reading() as session:
        assert history(session, code)
        told = gather(other, session, code)
        bundle = str(documents(told, FULL, ZoneInfo(HOUSE_ZONE)))
    assert [each for each in NAMES if each in bundle] == []
    making.write_down(other, told, {"case.json": b"{}"}, masked=False)
    made = making.cut(other, told.subjects, lambda count: progress("", count, quiet=True))
    assert extract.faults(made) == ()
    with pytest.raises(Busy) as refused:
        cases.ask(lead, code, "case_destroyed", "再来一次")
    assert refused.value.code == "case_gone"


@pytest.mark.parametrize(("spoken", "word"), [("zh_CN", "已销毁"), ("en", "destroyed")])
def test_where_a_name_was_a_word_says_that_it_is_gone(
    desk: Danger, spoken: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Masked or not; programs are told none, and when it went."""
    lead, other, code = desk.offices["8001"], desk.offices["8003"], desk.room.small.code
    over(desk)
    later(desk)
    name = cases.ask(lead, code, "case_destroyed", "保存期满")
    book.approve(other, name)
    carrying.carry_out(other, name)
    zone = ZoneInfo(HOUSE_ZONE)
    before = lang.current()
    lang.use(spoken)
    with other.reading() as session:
        case = casebook.read(session, code)
        found = casebook.search(session, code)
        for masks in (Masks(), FULL):
            capsys.readouterr()
            case_text(case, masks, zone, date(2026, 11, 23))
            search_text(found, masks)
            told = capsys.readouterr().out
            assert told.count(word) == 4  # the case, its debtor, the contact person; the debtor found
            assert "-*" not in told
            wire = case_wire(case, masks, zone)
            assert [each["name"] for each in wire["persons"]] == [None, None]  # type: ignore[attr-defined]
            assert wire["destroyed_at"] is not None
            assert [each["name"] for each in search_rows(found, masks)] == [None]
    lang.use(before)


def test_a_case_handed_back_goes_with_its_receipt_and_its_recordings_stay(desk: Danger, tmp_path: Path) -> None:
    """The record goes on whole at the lender; sound within its time stays with its keeper."""
    lead, code = desk.offices["8001"], desk.room.small.code
    over(desk)
    with pytest.raises(UsageProblem):
        cases.ask(lead, code, "case_returned", "退回")
    name = cases.ask(lead, code, "case_returned", "退回", receipt="签收单 7", digest="b" * 64)
    book.approve(desk.offices["8003"], name)
    carrying.carry_out(desk.offices["8003"], name)
    assert [each for each in NAMES if each in everything(desk)] == []
    assert file(tmp_path).exists()
    assert desk.phone.one("SELECT status FROM recording") == "kept"


@both
def test_a_letter_of_a_destroyed_case_keeps_its_number_and_its_digest_alone(desk: Danger, tmp_path: Path) -> None:
    """Articles 9.3 and 14.1: its text is gone and nobody is told that it was altered; another's still is."""
    digests = [hashlib.sha256(each.encode()).hexdigest() for each in ("<p>王小明</p>", "王小明")]
    letter = (
        "INSERT INTO letter (origin, status, kind, case_id, person, debts, year, serial, template, version, "
        "template_digest, lang, html, plain, html_digest, plain_digest, made_at, made_by, way, tracking) VALUES "
        "('rendered', 'made', 'debt', 1, 1, '[1]', 2026, {serial}, 't', '1', 'x', 'zh_CN', '<p>王小明</p>', '王小明', "
        "'{html}', '{plain}', 0, 1, 'letter', '王小明')"
    )
    run(desk, letter.format(serial=1, html=digests[0], plain=digests[1]))
    run(desk, letter.format(serial=2, html=digests[1], plain=digests[1]))
    assert altered(desk) == [2]
    over(desk)
    later(desk)
    name = cases.ask(desk.offices["8001"], desk.room.small.code, "case_destroyed", "保存期满")
    book.approve(desk.offices["8003"], name)
    carrying.carry_out(desk.offices["8003"], name)
    assert [each for each in NAMES if each in everything(desk)] == []
    assert desk.phone.rows("SELECT serial, html, plain, html_digest FROM letter ORDER BY serial") == [
        (1, "-", "-", digests[0]), (2, "-", "-", digests[1]),
    ]  # fmt: skip
    assert altered(desk) == []
    with desk.room.office.reader.connect() as connection:
        assert (verifying.faults(connection), verifying.gaps(connection)) == ([], [])
    with pytest.raises(NotFound):
        making_letters.write_again(desk.offices["8001"], "2026-0001", tmp_path)
    run(desk, "UPDATE letter SET html = 'another' WHERE serial = 1")
    assert altered(desk) == [1]


def altered(desk: Danger) -> list[int]:
    with desk.room.office.reader.connect() as connection:
        return list(kept.altered(driver_of(connection)))


@both
def test_an_approved_one_is_taken_back_while_nothing_of_it_is_destroyed(desk: Danger, tmp_path: Path) -> None:
    """A case under a hold that came up after the approval need not wait for it to be lifted."""
    over(desk)
    later(desk)
    lead, other = desk.offices["8001"], desk.offices["8003"]
    name = cases.ask(lead, desk.room.small.code, "case_destroyed", "保存期满")
    book.approve(other, name)
    run(desk, HOLDS["complaint"])
    with pytest.raises(Busy, match="case_held"):
        carrying.carry_out(other, name)
    with pytest.raises(NotPermitted):
        book.withdraw(desk.offices["8002"], name, "先处理投诉")
    book.withdraw(lead, name, "先处理投诉")
    assert file(tmp_path).exists()
    assert desk.phone.rows("SELECT status, decided_by FROM destruction") == [("withdrawn", desk.keys["8003"])]
    assert desk.phone.one("SELECT status FROM recording") == "kept"
    with pytest.raises(Busy):
        carrying.carry_out(other, name)


@pytest.mark.parametrize("kind", HOLDS)
def test_a_case_under_legal_hold_is_not_erased(desk: Danger, kind: str) -> None:
    over(desk)
    later(desk)
    name = cases.ask(desk.offices["8001"], desk.room.small.code, "case_destroyed", "保存期满")
    book.approve(desk.offices["8003"], name)
    run(desk, HOLDS[kind])
    with pytest.raises(Busy) as refused:
        carrying.carry_out(desk.offices["8003"], name)
    assert refused.value.code == "case_held"
    assert NAMES[0] in everything(desk)


def test_somebody_who_is_in_another_case_too_stays_there(desk: Danger) -> None:
    """The debtor of a second case keeps name and number; the contact person of the first alone goes."""
    run(
        desk,
        "INSERT INTO case_file (code, creditor, debtor, contract_no, status) "
        "SELECT 'A-2', creditor, debtor, 'CC-2', 'open' FROM case_file",
    )
    over(desk)
    run(desk, "UPDATE case_file SET status = 'open' WHERE code = 'A-2'")
    later(desk)
    name = cases.ask(desk.offices["8001"], desk.room.small.code, "case_destroyed", "保存期满")
    book.approve(desk.offices["8003"], name)
    carrying.carry_out(desk.offices["8003"], name)
    left = everything(desk)
    assert ("王小明" in left, "19900005678" in left, "陈同事" in left) == (True, True, False)


def test_what_is_not_erased_is_named_and_exists() -> None:
    """A column that is renamed is erased until somebody has looked at it; none is named that is not there."""
    tables = SQLModel.metadata.tables
    named = [(name, column) for name, columns in erasing.KEPT.items() for column in columns]
    assert [(name, column) for name, column in named if column not in tables[name].c] == []
    assert set(lifecycle.names()) >= {"recording", "destruction"}
