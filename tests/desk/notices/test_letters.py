"""Letters (policy article 9.3): from adopted templates only, numbered without gaps; altered ones are found."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from collectdesk.desk import adoption, ready
from collectdesk.desk.adoptable import prepare, shipped_texts
from collectdesk.desk.adopted_text import LANGS
from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import check, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.notices import letterbox, making, posting, sender, verifying
from collectdesk.desk.notices.due import due
from collectdesk.desk.notices.making import Letter, Wish
from collectdesk.desk.notices.reminders import reminders
from collectdesk.desk.notices.rendering import COMPLETE
from collectdesk.desk.notices.templates import HOLDS, compile_template, forbidden
from collectdesk.desk.office import Company, Member, Office
from collectdesk.desk.shipped import shipped
from collectdesk.desk.standing import standing_of
from collectdesk.errors import BadData, BlockedByGate, Busy, NotFound, NotPermitted, Problem, UsageProblem
from collectdesk.gate import Decision
from collectdesk.store import audit
from collectdesk.store.case_rows import driver_of, one_case
from collectdesk.store.tables import CaseParty, Hold, Qualification, Suspension
from tests.desk.rooms import Room, count
from tests.desks import DAY, MORNING, add

TEMPLATES = ("adverse_credit", "assignment", "collection_start", "debt", "dispute_and_sue", "outsourcing", "validation")
DEBT = Wish("debt")


@pytest.fixture
def room(room: Room) -> Room:
    """The small desk with the templates and word lists adopted, the debtor's address, and no outsourcing notice."""
    room.do("letters", lambda: _with_templates(room))
    return room


def _with_templates(room: Room) -> None:
    by = Member(room.small.admin, "8000", "x", "admin")
    with room.office.store.writer.begin() as connection:
        for kind, path, content in shipped_texts():
            if kind in ("template", "wording"):
                adoption.adopt(connection, kind, content, by=by, at=MORNING, effective_from=MORNING, file=path)
        adoption.require_consistent(connection, MORNING)
        connection.execute(
            text("UPDATE person SET address = '深圳市虚构路 1 号' WHERE id = :id"), {"id": room.small.debtor}
        )
        connection.execute(text("DELETE FROM notice WHERE kind = 'outsourcing'"))


@pytest.fixture
def lead(room: Room) -> Office:
    return room.seat(room.small.lead, "8001", "lead")


def told(room: Room) -> Room:
    """The same desk, the debtor told that an agency collects."""
    posting.outside(
        room.seat(room.small.lead, "8001", "lead"), "A-1007", "outsourcing", MORNING - DAY, "letter", "copy"
    )
    return room


def lender(room: Room, **seat: str) -> Office:
    """The desk of the lender itself."""
    office = room.seat(room.small.collector, "8002", seat.get("role", "lead"))
    with room.office.writer.begin() as connection:
        connection.execute(text("UPDATE org SET kind = 'lender' WHERE own"))
    return replace(office, company=Company(room.small.own, "示例催收公司", "lender"))


def make(room: Room, tmp_path: Path, wish: Wish = DEBT, office: Office | None = None) -> Letter:
    return making.make(office or room.office, "A-1007", wish, tmp_path)


def decision(room: Room) -> Decision:
    small, at = room.small, room.hands.at
    with room.office.reader.connect() as connection:
        ask = driver_of(connection)
        contact = Contact(small.case, small.debtor, small.number, at)
        files, standing = read_files(ask, one_case(small.case)), standing_of(ask, small.collector, at)
        return check(gate_in_force(ask, at), files, contact, standing, "en").decision


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_shipped_template_holds_what_its_kind_asks_for_and_says_nothing_barred(name: str) -> None:
    made = compile_template(tomllib.loads(shipped(f"notices/{name}.toml").decode()))
    lists = [prepare(kind, content, path)[0].value for kind, path, content in shipped_texts() if kind == "wording"]
    assert made.kind == name
    assert {part.id for part in made.parts} >= set(HOLDS[name])
    assert forbidden(made, lists) == ()


def test_every_letter_can_be_made_in_both_languages(room: Room, tmp_path: Path) -> None:
    """By the company whose letter it is, with nothing left open in it."""
    office = lender(room)
    for serial, (name, lang) in enumerate(product(TEMPLATES, LANGS), start=1):
        made = compile_template(tomllib.loads(shipped(f"notices/{name}.toml").decode()))
        given = {each.name: "2026-12-01" if each.kind == "date" else "某公司" for each in made.asked}
        letter = make(room, tmp_path, Wish(name, lang=lang, given=given), office)
        page = letter.path.read_text("utf-8")
        assert "{" not in page.split("</style>")[1]
        assert letter.path.name == f"2026-{serial:04}.html"
        assert ("12,480.00" in page) == ("{total}" in str(made.parts))


def test_an_agency_writes_in_its_own_name_and_the_envelope_tells_nothing(room: Room, tmp_path: Path) -> None:
    """Articles 5.2 and 9.3: outside stand the addressee, the address and a number; inside who writes, for whom."""
    letter = make(told(room), tmp_path)
    page = letter.path.read_text("utf-8")
    outside = page.split('<section class="envelope">')[1].split("</section>")[0]
    assert outside == "深圳市虚构路 1 号\n王小明 亲启\n2026-0001"
    assert "示例催收公司受示例银行委托" in page
    assert "逾期" not in outside
    assert "催收" not in outside


def test_it_says_where_it_comes_back_to_and_outside_not_whose_it_is(room: Room, tmp_path: Path, lead: Office) -> None:
    """Articles 5.2 and 9.3: the company's address; a name on the envelope may say what the letter is about."""
    admin = room.seat(room.small.admin, "8000", "admin")
    with pytest.raises(NotPermitted):
        sender.set_address(lead, "云川市虚构路 9 号")
    for telling in (
        "示例催收公司\n云川市虚构路 9 号",
        "云川市债务大厦",
        "9 Invented Road, Debt Recovery Dept.",
        "一" * 201,
        "a\u202eb",
    ):
        with pytest.raises(BadData):
            sender.set_address(admin, telling)
    assert sender.set_address(admin, " 云川市虚构路 9 号 \\n 邮政编码 000000") == "云川市虚构路 9 号\n邮政编码 000000"
    address = "云川市虚构路 9 号\n邮政编码 000000"
    page = make(told(room), tmp_path).path.read_text("utf-8")
    outside, inside = page.split("<body>")[1].split("</section>", 1)
    assert f">退件请寄：\n{address}<" in outside
    assert "示例催收公司" not in outside
    assert f">示例催收公司\n{address}<" in inside
    plain = making.make(room.office, "A-1007", Wish("debt", lang="en"), tmp_path, "text").path.read_text("utf-8")
    assert plain.startswith(f"If undelivered, please return to:\n{address}\n\n")
    sender.set_address(admin, "")
    assert "退件" not in make(room, tmp_path).path.read_text("utf-8")
    with room.office.reader.connect() as connection:
        assert audit.verify(connection).sound


def test_who_decides_makes_letters_admitted_but_not_examined(room: Room, tmp_path: Path, lead: Office) -> None:
    """Articles 9.3 and 13.1: the exam is for who calls; whoever sees the file is vetted and bound to confidence."""
    told(room)
    run = room.office.writer
    with run.begin() as connection:
        connection.execute(text("DELETE FROM qualification WHERE staff = :id"), {"id": room.small.lead})
    with pytest.raises(BlockedByGate):
        make(room, tmp_path, office=lead)
    with run.begin() as connection:
        for kind in ("vetting", "confidentiality"):
            add(
                connection, Qualification, staff=room.small.lead, kind=kind, passed_on="2026-01-01", by_whom="8000",
                attested_by=room.small.admin, recorded_at=MORNING,
            )  # fmt: skip
    assert make(room, tmp_path, office=lead).number == "2026-0001"
    with run.begin() as connection:
        connection.execute(text("DELETE FROM qualification WHERE kind = 'exam'"))
    with pytest.raises(BlockedByGate):
        make(room, tmp_path)  # a collector stands as for a call
    with run.begin() as connection:
        add(
            connection, Suspension, staff=room.small.lead, cause="decided", from_at=MORNING - DAY, reason="x",
            by_staff=room.small.admin,
        )  # fmt: skip
    with pytest.raises(BlockedByGate):
        make(room, tmp_path, office=lead)


def test_a_missing_variable_makes_no_letter_and_takes_no_number(room: Room, tmp_path: Path) -> None:
    """Article 9.3: half a letter is never made."""
    told(room)
    with room.office.writer.begin() as connection:
        connection.execute(text("UPDATE person SET address = NULL"))
    with pytest.raises(BadData) as refused:
        make(room, tmp_path)
    assert (refused.value.code, refused.value.params["variable"]) == ("letter_variable_missing", "address")
    assert refused.value.hint == COMPLETE
    with room.office.writer.begin() as connection:
        connection.execute(text("UPDATE creditor SET hotline = NULL"))
    with pytest.raises(BadData) as without:
        making.make(room.office, "A-1007", Wish("debt", way="email"), tmp_path)
    assert "creditor set NAME --hotline" in without.value.hint
    with room.office.writer.begin() as connection:
        connection.execute(text("UPDATE creditor SET hotline = '95000'"))
    assert list(tmp_path.glob("*.html")) == []
    assert count(room.office.store, "letter", "origin = 'rendered'") == 0
    sent_by_mail = making.make(room.office, "A-1007", Wish("debt", way="email"), tmp_path)
    assert sent_by_mail.number == "2026-0001"
    assert 'envelope"' not in sent_by_mail.path.read_text("utf-8")


def test_numbers_have_no_gaps_within_a_year(room: Room, tmp_path: Path, lead: Office) -> None:
    told(room)
    numbers = [make(room, tmp_path).number for _ in range(3)]
    with pytest.raises(Busy):
        making.make(room.office, "A-1007", DEBT, tmp_path / "2026-0002.html")  # the file is there
    posting.void(lead, numbers[1], "wrong address")
    room.hands.at += 40 * DAY
    with room.office.writer.begin() as connection:
        connection.execute(text("UPDATE statement SET as_of = '2027-01-01'"))
    numbers.append(make(room, tmp_path).number)
    assert numbers == ["2026-0001", "2026-0002", "2026-0003", "2027-0001"]
    with room.office.reader.connect() as connection:
        assert verifying.gaps(connection) == []
        assert audit.verify(connection).sound


def test_only_whoever_may_read_of_the_debt_is_written_to(room: Room, tmp_path: Path) -> None:
    """Article 5.2: a contact person gets no letter; a guarantor whose address is not on file gets none by post."""
    told(room)
    with pytest.raises(NotPermitted) as refused:
        make(room, tmp_path, Wish("debt", to="contact"))
    assert refused.value.code == "letter_not_for_them"
    with pytest.raises(NotFound):
        make(room, tmp_path, Wish("debt", to="heir"))
    with room.office.writer.begin() as connection:
        add(connection, CaseParty, case_id=room.small.case, person=room.small.contact, role="guarantor")
    letter = make(room, tmp_path, Wish("debt", to="guarantor", way="hand"))
    assert "陈同事" in letter.path.read_text("utf-8")


def test_the_gate_is_asked_before_a_letter_is_made(room: Room, tmp_path: Path) -> None:
    """No path goes round it: without the outsourcing notice, or when nobody may write, there is no letter."""
    with pytest.raises(BlockedByGate) as early:
        make(room, tmp_path)
    assert "cn-law/outsourcing-notice" in str(early.value.params["rules"])
    told(room)
    with room.office.writer.begin() as connection:
        add(connection, Hold, debtor=room.small.debtor, kind="cease", received_at=MORNING)
    with pytest.raises(BlockedByGate) as held:
        make(room, tmp_path)
    assert "house/holds" in str(held.value.params["rules"])


def test_whose_letter_it_is_and_what_is_given(room: Room, tmp_path: Path, lead: Office) -> None:
    told(room)
    with pytest.raises(NotPermitted) as not_ours:
        make(room, tmp_path, Wish("outsourcing"))
    assert not_ours.value.code == "not_our_letter"
    office = lender(room, role="collector")
    with pytest.raises(NotPermitted):
        make(room, tmp_path, Wish("adverse_credit", given={"report_on": "2026-12-20"}), office)
    office = lender(room)
    with pytest.raises(BadData):
        make(room, tmp_path, Wish("adverse_credit"), office)
    with pytest.raises(UsageProblem):
        make(room, tmp_path, Wish("adverse_credit", given={"report_on": "soon"}), office)
    with pytest.raises(UsageProblem):
        make(room, tmp_path, Wish("debt", given={"sum": "3"}), office)
    with pytest.raises(NotFound):
        make(room, tmp_path, Wish("threat"), office)
    assert lead.staff.role == "lead"


def test_a_posted_letter_opens_the_gate_and_one_that_came_back_closes_it(room: Room, lead: Office) -> None:
    """WHO-15: the outsourcing is told before the agency calls; what came back was never given."""
    assert "cn-law/outsourcing-notice" in {block.rule for block in decision(room).blocks}
    name = posting.outside(lead, "A-1007", "outsourcing", MORNING - DAY, "letter", "copy of the bank's letter", "EMS1")
    assert decision(room).allowed
    room.hands.at += 3600
    posting.fate(lead, name, "return", room.hands.at - 60, "moved away")
    assert not decision(room).allowed
    with lead.reading() as session:
        waits = {each.kind: each for each in reminders(session, room.hands.at)}
    assert waits["notice_returned"].case == "A-1007"
    assert waits["notice_returned"].staff == (room.small.collector,)
    assert waits["notice_due"].subject == "×1"
    with pytest.raises(Busy):
        posting.fate(lead, name, "receive", room.hands.at)


def test_from_made_to_received(room: Room, tmp_path: Path, lead: Office) -> None:
    letter = make(told(room), tmp_path)
    before = count(room.office.store, "notice", "kind = 'debt'")
    with pytest.raises(Busy):
        posting.fate(room.office, letter.name, "receive", room.hands.at)
    with pytest.raises(BadData):
        posting.send(room.office, letter.name, room.hands.at + DAY, "letter")
    with pytest.raises(BadData):
        posting.send(room.office, letter.name, MORNING - DAY, "letter")
    with pytest.raises(UsageProblem):
        posting.send(room.office, letter.name, room.hands.at, "pigeon")
    posting.send(room.office, letter.number, room.hands.at, "letter", "EMS123")
    assert count(room.office.store, "notice", "kind = 'debt'") == before + 1
    room.hands.at += DAY
    posting.fate(room.office, letter.name, "receive", room.hands.at)
    with room.office.reading() as session:
        view = letterbox.view(session, letter.number)
    assert [step.act for step in view.steps] == ["make", "send", "receive"]
    assert view.notice is not None
    assert (view.notice.sent_at, view.notice.received_at) == (MORNING, room.hands.at)
    with pytest.raises(Busy):
        posting.void(lead, letter.name, "x")


def test_nothing_is_logged_that_was_not_made_unless_a_lead_vouches(room: Room, lead: Office) -> None:
    """Article 9.3: no forged notices."""
    with pytest.raises(NotFound):
        posting.send(room.office, "2026-0001", MORNING, "letter")
    with pytest.raises(NotPermitted):
        posting.outside(room.office, "A-1007", "debt", MORNING, "letter", "copy")
    with pytest.raises(UsageProblem):
        posting.outside(lead, "A-1007", "debt", MORNING, "letter", " ")
    with pytest.raises(UsageProblem):
        posting.outside(lead, "A-1007", "threat", MORNING, "letter", "copy")


def test_a_notice_a_file_brought_can_come_back(room: Room, lead: Office) -> None:
    with room.office.writer.begin() as connection:
        connection.execute(text("UPDATE notice SET received_at = NULL"))
    with lead.reading() as session:
        (name,) = [view.name for view in letterbox.listing(session, "A-1007") if view.kind == "debt"]
    assert name.startswith("w")
    posting.fate(lead, name, "return", MORNING, "unknown at this address")
    assert count(room.office.store, "notice", "kind = 'debt' AND returned_at IS NOT NULL") == 1
    with pytest.raises(Busy):
        posting.fate(lead, name, "receive", MORNING)
    with lead.reading() as session:
        (view,) = [each for each in letterbox.listing(session, "A-1007") if each.kind == "debt"]
    assert (view.name, view.status) == ("lt1", "returned")


def test_an_altered_file_is_found_and_named(room: Room, tmp_path: Path) -> None:
    """Article 9.3: an altered output is detected; the desk can write it as it was made."""
    letter = make(told(room), tmp_path)
    with room.office.reading() as session:
        assert verifying.verify(session, letter.path).number == "2026-0001"
    page = letter.path.read_text("utf-8")
    forged = tmp_path / "forged.html"
    forged.write_text(page.replace("12,480.00", "99,480.00"), "utf-8")
    plain = making.write_again(room.office, "2026-0001", tmp_path, "text")
    other = tmp_path / "forged.txt"
    other.write_text(plain.path.read_text("utf-8").replace("12,480.00", "1"), "utf-8")
    with room.office.reading() as session:
        for path in (forged, other):
            with pytest.raises(BadData) as altered:
                verifying.verify(session, path)
            assert (altered.value.code, altered.value.params["number"]) == ("letter_altered", "2026-0001")
        assert verifying.verify(session, plain.path).number == "2026-0001"
        nothing = tmp_path / "x.txt"
        nothing.write_text("hello")
        with pytest.raises(NotFound):
            verifying.verify(session, nothing)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE letter SET html = html || ' '", "text"),
        ("UPDATE adoption SET content = content || '#' WHERE kind = 'template'", "template"),
    ],
)
def test_what_is_kept_is_held_against_its_digests(room: Room, tmp_path: Path, statement: str, what: str) -> None:
    letter = make(told(room), tmp_path)
    assert [each.code for each in verifying.examined(room.office)] == ["letters"]
    with room.office.writer.begin() as connection:
        connection.execute(text(statement))
    (found,) = verifying.examined(room.office)
    assert (found.code, found.params) == ("letter_altered", {"number": "2026-0001", "what": what})
    with room.office.reading() as session, pytest.raises(BadData):
        verifying.verify(session, letter.path)


def test_what_is_due_before_calls_can_begin(room: Room, lead: Office) -> None:
    with room.office.reader.connect() as connection:
        (owed,) = due(connection, "agency", MORNING, most=5)
        assert (owed.kind, owed.rule, owed.many, owed.cases) == (
            "outsourcing",
            "cn-law/outsourcing-notice",
            1,
            ("A-1007",),
        )
        assert due(connection, "lender", MORNING) == []
    assert "notices" in {check.code for check in ready.ready(lead) if check.state != "ok"}
    told(room)
    with room.office.reader.connect() as connection:
        assert due(connection, "agency", MORNING) == []


BASE = tomllib.loads(shipped("notices/debt.toml").decode())


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"part": [part for part in BASE["part"] if part["id"] != "object"]}, "object"),
        ({"envelope": {"zh_CN": "{creditor}\n{addressee}\n{address}", "en": "{addressee}\n{address}"}}, "creditor"),
        ({"envelope": {"zh_CN": "催收函 {addressee} {address}", "en": "{addressee} {address}"}}, "催收"),
        ({"envelope": {"zh_CN": "{addressee}", "en": "{addressee}\n{address}"}}, "addressee"),
        ({"subject": {"zh_CN": "{amount_of_love}", "en": "x"}}, "amount_of_love"),
        ({"subject": {"zh_CN": "{", "en": "x"}}, "brace"),
        ({"kind": "threat"}, "threat"),
        ({"colour": "red"}, "colour"),
        ({"asked": [{"name": "when", "title": {"zh_CN": "何时", "en": "when"}}]}, "when"),
        ({"part": [{**BASE["part"][0], "agency": BASE["part"][0]["text"]}, *BASE["part"][1:]]}, "behalf"),
    ],
)
def test_a_template_that_may_not_be_is_refused(change: Mapping[str, Any], problem: str) -> None:
    with pytest.raises(Problem) as refused:
        compile_template({**BASE, **change})
    assert problem in str(refused.value.params["problem"])


def test_a_template_that_says_what_is_barred_is_not_adopted(room: Room) -> None:
    content = shipped("notices/debt.toml").decode().replace('version = "1"', 'version = "2"')
    content = content.replace('欠款告知函", en = "Notice of what', '老赖曝光告知函", en = "Notice of what')
    by = Member(room.small.admin, "8000", "x", "admin")
    with room.office.writer.begin() as connection:
        adoption.adopt(connection, "template", content.encode(), by=by, at=MORNING, effective_from=MORNING)
        with pytest.raises(BadData) as refused:
            adoption.require_consistent(connection, MORNING)
    assert (refused.value.code, refused.value.params["place"]) == ("template_wording", "subject")
