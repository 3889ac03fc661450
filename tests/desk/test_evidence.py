"""What a bundle is gathered from, on a file and on a server: the case's own entries, and nobody else's."""

from __future__ import annotations

import pytest

from collectdesk.desk import steps
from collectdesk.desk.casebook import find
from collectdesk.desk.evidence import making
from collectdesk.desk.evidence.gathering import gather, require_may
from collectdesk.desk.evidence.subjects import subjects
from collectdesk.desk.steps_seen import Eyes
from collectdesk.errors import NotPermitted
from collectdesk.show.evidence import documents
from collectdesk.show.masking import FULL, Masks
from collectdesk.show.progress import progress
from collectdesk.store import extract
from tests.desk.call.phone import Phone, both
from tests.newdesk import OPENED


def _finished(phone: Phone) -> None:
    phone.dial()
    phone.go()


@both
def test_the_journal_is_cut_to_the_case_and_proves_itself(phone: Phone) -> None:
    _finished(phone)
    code = phone.room.small.code
    with phone.office.reading() as session:
        found = gather(phone.office, session, code)
    at = making.write_down(phone.office, found, {"case.json": b"{}"}, masked=True)
    made = making.cut(phone.office, found.subjects, lambda count: progress("", count, quiet=True))
    assert extract.faults(made) == ()
    assert (made.entries[-1][1], made.entries[-1][3]) == (at, making.ACT)
    acts = {str(row[3]) for row in made.entries}
    assert {"call.start", "permit.resolve"} <= acts
    assert not {"adoption.rulebook", "init"} & acts
    assert len(made.chain) == made.count - made.first + 1


@both
def test_another_cases_rows_are_not_this_ones(phone: Phone) -> None:
    _finished(phone)
    with phone.office.reading() as session:
        own = subjects(session, find(session, phone.room.small.code), Eyes(session, phone.office.staff))
    calls = {f"call:{key}" for (key,) in phone.rows("SELECT id FROM call")}
    assert calls <= own
    assert "call:999" not in own
    assert not any(each.startswith(("staff:", "adoption:", "org:", "import_batch:")) for each in own)


@both
def test_handling_is_for_those_who_decide_and_are_not_concerned(phone: Phone) -> None:
    """Article 10.2: a collector's bundle knows nothing of how a complaint goes on."""
    _finished(phone)
    small = phone.room.small
    with phone.office.writing() as session:
        case = find(session, small.code)
        steps.record(session, "complaint", 1, "decide", "decided", at=small.at, by=None, case=case.id)
    lead = phone.room.seat(small.lead, "8001", "lead")
    with phone.office.reading() as session:
        for office, seen in ((phone.office, False), (lead, True)):
            found = gather(office, session, small.code)
            assert any(entry.step is not None for entry in found.entries) is seen
            eyes = Eyes(session, office.staff)
            assert eyes.see("complaint", 1) is seen
    for words in ({"complaint": True, "unmask": False}, {"complaint": False, "unmask": True}):
        with pytest.raises(NotPermitted, match="role"):
            require_may(phone.office, **words)
        require_may(lead, **words)


@both
def test_what_was_said_is_masked_for_whoever_may_not_unmask(phone: Phone) -> None:
    _finished(phone)
    small = phone.room.small
    name = str(phone.one("SELECT name FROM person WHERE id = (SELECT debtor FROM case_file)"))
    with phone.office.reading() as session:
        found = gather(phone.office, session, small.code)
        masked = str(documents(found, Masks(), OPENED.tzinfo))  # type: ignore[arg-type]
        full = str(documents(found, FULL, OPENED.tzinfo))  # type: ignore[arg-type]
    assert name in full
    assert name not in masked
    assert small.mobile not in masked
