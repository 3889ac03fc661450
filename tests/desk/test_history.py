"""The record (issue: case history): every call with its verdict, script version, lines, acknowledgements, outcome."""

from __future__ import annotations

import json

import pytest

from collectdesk import lang
from collectdesk.desk.casebook import find, read, search, unmask
from collectdesk.desk.history import Entry, history
from collectdesk.errors import BlockedByGate, NotFound, UsageProblem
from collectdesk.show.casewire import case_json
from collectdesk.show.history import history_json, history_text
from collectdesk.show.masking import FULL, Masks
from collectdesk.store import audit
from tests.desk.call.phone import Phone, both
from tests.newdesk import OPENED


def entries(phone: Phone) -> list[Entry]:
    with phone.office.reading() as session:
        return history(session, phone.room.small.code)


def _again(phone: Phone) -> None:
    phone.dial()
    phone.go("line")


@both
def test_a_finished_call_shows_verdict_script_lines_and_outcome(phone: Phone) -> None:
    """Article 4.1: the whole contact history is there to be known before the next call."""
    phone.dial()
    phone.go()
    (entry,) = [each for each in entries(phone) if each.kind == "call"]
    assert entry.verdict is not None
    assert entry.verdict.allowed
    assert entry.lines
    assert all(line.acknowledged_at and line.script_version and line.content for line in entry.lines)
    assert entry.call is not None
    assert (entry.call.talk, entry.call.identity) == ("conversation", "verified")
    assert entry.outcome["promise"][0].amount > 0
    assert entry.role == "debtor"


@both
def test_an_open_call_is_one_entry_as_a_closed_one_is(phone: Phone) -> None:
    """Article 4.1: a call counts from the number's showing, but it is one call."""
    phone.dial()
    phone.go("opening")
    assert [each.kind for each in entries(phone)] == ["call"]
    phone.go()
    assert [each.kind for each in entries(phone) if each.kind in ("call", "contact")] == ["call"]


@both
def test_a_refusal_is_on_record_with_its_rules(phone: Phone) -> None:
    """Article 8.1: the call after the talk is refused, and the refusal is kept."""
    phone.dial()
    phone.go()
    with pytest.raises(BlockedByGate):
        _again(phone)
    refused = [each for each in entries(phone) if each.kind == "refused"]
    assert refused
    assert refused[0].verdict is not None
    assert "house/rest-after-talk" in json.dumps(refused[0].verdict.decision)


def test_a_history_is_newest_first_and_names_nobody(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    phone.dial()
    phone.go()
    found = entries(phone)
    assert [each.at for each in found] == sorted((each.at for each in found), reverse=True)
    history_json("A-1007", found, Masks(), OPENED.tzinfo)  # type: ignore[arg-type]
    shown = capsys.readouterr().out
    name = phone.one("SELECT name FROM person WHERE id = (SELECT debtor FROM case_file)")
    assert json.loads(shown)["schema"] == "collectdesk.history/1"
    for entry in json.loads(shown)["entries"]:
        assert name not in json.dumps({key: entry[key] for key in entry if key != "lines"}, ensure_ascii=False)
    assert phone.room.small.mobile not in shown


def test_a_history_reads_on_eighty_columns(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    from collectdesk.show.width import cells

    phone.dial()
    phone.go()
    history_text(entries(phone), Masks(), OPENED.tzinfo, lambda _field, code: code, said=True)  # type: ignore[arg-type]
    shown = capsys.readouterr().out
    assert "verdict v" in shown
    assert max(cells(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ("接通", "身份已核实")),
        ({"identity": "9999"}, ("接通", "身份未核实：所答不符")),
        ({"identity": "-"}, ("接通", "身份未核实：对方拒绝")),
    ],
    ids=["verified", "three wrong answers", "refused"],
)
def test_a_history_says_of_who_answered_only_what_was_proved(
    phone: Phone, capsys: pytest.CaptureFixture[str], answers: dict[str, str], said: tuple[str, str]
) -> None:
    """Article 5.1: a line that was answered is no proof of who did; nobody unproved is called the debtor."""
    phone.dial()
    phone.go("identity")
    while answers and phone.asked.step == "identity" and phone.asked.field != "refusal":
        phone.answer(answers["identity"])
    phone.go(given={"result.outcome": "identity_not_proved"} if answers else {})
    before = lang.current()
    lang.use("zh_CN")
    history_text(entries(phone), Masks(), OPENED.tzinfo, lambda _field, code: code, said=False)  # type: ignore[arg-type]
    lang.use(before)
    shown = capsys.readouterr().out
    assert all(words in shown for words in said)
    assert "本人接听" not in shown


@both
def test_a_case_shows_masked_unless_a_reason_was_journalled(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    code, mobile = phone.room.small.code, phone.room.small.mobile
    with phone.office.reading() as session:
        case_json(read(session, code), Masks(), OPENED.tzinfo)  # type: ignore[arg-type]
    assert mobile not in capsys.readouterr().out
    with pytest.raises(UsageProblem, match="unmask_reason"):
        unmask(phone.office, code, "  ")
    unmask(phone.office, code, "the debtor asked which number we hold")
    with phone.office.reading() as session:
        case_json(read(session, code), FULL, OPENED.tzinfo)  # type: ignore[arg-type]
    assert mobile in capsys.readouterr().out
    assert phone.one("SELECT action FROM journal ORDER BY seq DESC LIMIT 1") == "unmask"
    note = next(each for each in entries(phone) if each.kind == "note")
    assert "which number we hold" in note.notes[0].content
    with phone.office.reader.connect() as connection:
        assert audit.verify(connection).sound


@both
@pytest.mark.parametrize("words", ["A-1007", "a-10", "5678"])
def test_a_search_finds_by_number_of_case_or_telephone(phone: Phone, words: str) -> None:
    with phone.office.reading() as session:
        assert [line.code for line in search(session, words)] == ["A-1007"]


@both
@pytest.mark.parametrize("words", ["%%", "__", "no such person", "'; DROP TABLE case_file; --"])
def test_a_search_takes_every_character_as_itself(phone: Phone, words: str) -> None:
    with phone.office.reading() as session:
        assert search(session, words) == []
        assert find(session, "A-1007").code == "A-1007"


def test_a_case_that_is_not_there_is_said_so(phone: Phone) -> None:
    with phone.office.reading() as session:
        for look in (read, history):
            with pytest.raises(NotFound, match="no_such_case"):
                look(session, "A-9999")
        with pytest.raises(UsageProblem, match="search_short"):
            search(session, "x")
