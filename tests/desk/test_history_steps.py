"""The history shows every step of every life, in words of both languages, and to each what is theirs to see."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectdesk import lang
from collectdesk.desk import lifecycle, steps
from collectdesk.desk.casebook import find
from collectdesk.desk.history import history
from collectdesk.desk.objections.recording import annotate
from collectdesk.desk.steps_seen import LIVES, OF_STAFF
from collectdesk.show import lives
from collectdesk.show.history import history_json, history_text
from collectdesk.show.masking import Masks
from collectdesk.show.width import cells
from collectdesk.store import ids
from collectdesk.store.tables import Payment
from tests.desk.call.phone import Phone, both
from tests.newdesk import OPENED

TABLES = {life: table for table, life in LIVES.items()}
KINDS = [kind for name in lifecycle.names() if (kind := TABLES.get(name, name)) not in OF_STAFF]


@both
@pytest.mark.parametrize("kind", KINDS)
def test_every_move_of_every_life_is_told(phone: Phone, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """Articles 7.3, 9, 10, 11 and 12: what was done is in the case's history, by whom and when."""
    life = lives.life_of(kind)
    assert life is not None
    small = phone.room.small
    with phone.office.writing() as session:
        case = find(session, small.code)
        for move in life.moves:
            content = {"reason": "为何如此", "by_staff": 4}
            steps.record(
                session, kind, 3, move.act, move.to, at=small.at, by=phone.office, case=case.id, content=content
            )
    lead = phone.room.seat(small.lead, "8001", "lead").staff
    with phone.office.reading() as session:
        entries = [each for each in history(session, small.code, lead) if each.kind == "step"]
    assert len(entries) == len(life.moves)
    history_json(small.code, entries, Masks(), OPENED.tzinfo)  # type: ignore[arg-type]
    told = json.loads(capsys.readouterr().out)["entries"]
    assert {(each["of"], each["act"], each["state"]) for each in told} == {
        (kind, move.act, move.to) for move in life.moves
    }
    named = f"{lives.LETTERS[kind]}3" if kind in lives.LETTERS else None  # a recording goes by its call's id
    assert all(each["id"] == named and each["by"] == "8002" for each in told)
    assert all(each["content"] == {"reason": "为何如此"} for each in told)
    for spoken in lang.LANGUAGES:
        _reads(entries, spoken, life, capsys)


def _reads(entries: object, spoken: str, life: lifecycle.Lifecycle, capsys: pytest.CaptureFixture[str]) -> None:
    before = lang.current()
    lang.use(spoken)
    history_text(entries, Masks(), OPENED.tzinfo, lambda _field, code: code, said=False)  # type: ignore[arg-type]
    lang.use(before)
    shown = capsys.readouterr().out
    speak = "zh_CN" if spoken == "zh_CN" else "en"
    assert life.title.in_(speak) in shown  # type: ignore[arg-type]
    assert all(move.title.in_(speak)[:30] in shown for move in life.moves)  # type: ignore[arg-type]
    assert "为何如此" in shown
    assert max(cells(line) for line in shown.splitlines()) <= 80


@both
def test_payments_and_what_was_taken_back_are_told(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    small = phone.room.small
    paid: dict[str, Any] = {"case_id": small.case, "currency": "CNY", "by_staff": small.lead, "at": small.at}
    with phone.office.writing() as session:
        session.add(Payment(**paid, amount=150_050, paid_on="2026-11-22", mark="a"))
        session.flush()
        session.add(Payment(**paid, amount=-150_050, paid_on="2026-11-22", mark="b", reverses=1, reason="booked twice"))
    with phone.office.reading() as session:
        entries = history(session, small.code)
    history_text(entries, Masks(), OPENED.tzinfo, lambda _field, code: code, said=False)  # type: ignore[arg-type]
    shown = capsys.readouterr().out
    assert "1,500.50" in shown
    assert "payment taken back" in shown
    assert "booked twice" in shown


@pytest.mark.parametrize(
    ("kind", "act", "content", "shown"),
    [
        ("violation", "decide", {"outcome": "warned", "text": "情节较轻"}, ("情节较轻",)),
        ("emergency", "note", {"text": "家人已到场"}, ("家人已到场",)),
        ("plan", "evidence", {"item": "income", "state_of_item": "received"}, ("Proof of income", "received")),
    ],
)
def test_what_was_said_with_a_step_is_told_in_words(
    kind: str, act: str, content: dict[str, str], shown: tuple[str, ...]
) -> None:
    """Articles 9, 11.1, 12: why it was so decided, what was noted, which proof and how far."""
    told = list(lives.said(content))
    assert set(shown) <= set(told), (kind, act)


def test_the_mark_of_a_dispute_is_told_in_words(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    """Credit card measures, article 68: the mark on the account is no code."""
    small = phone.room.small
    with phone.office.writer.begin() as connection:
        annotate(connection, phone.office, small.case, 1, "amount", small.at)
        annotate(connection, phone.office, small.case, 1, "founded", small.at)
    with phone.office.reading() as session:
        entries = history(session, small.code)
    history_text(entries, Masks(), OPENED.tzinfo, lambda _field, code: f"<{code}>", said=False)  # type: ignore[arg-type]
    told = capsys.readouterr().out
    assert "[objection]" not in told
    assert "objection j1, <amount>" in told
    assert "objection j1, the debtor is right" in told


@both
def test_whom_it_concerns_does_not_see_how_it_is_handled(phone: Phone) -> None:
    """Article 10.2: neither a collector nor a lead who is complained of."""
    small = phone.room.small
    with phone.office.writing() as session:
        case = find(session, small.code)
        for kind in ("complaint", "violation", "request", "plan"):
            steps.record(session, kind, 1, "decide", "decided", at=small.at, by=None, case=case.id)
    with phone.office.reading() as session:
        seen = {each.step.kind for each in history(session, small.code, phone.office.staff) if each.step}
        assert seen == {"plan"}
        lead = phone.room.seat(small.lead, "8001", "lead").staff
        seen = {each.step.kind for each in history(session, small.code, lead) if each.step}
        assert seen == {"complaint", "violation", "request", "plan"}


def test_the_letters_are_the_stores() -> None:
    assert {kind: ids.LETTERS[kind] for kind in lives.LETTERS} == lives.LETTERS
    assert set(KINDS) - {"recording"} <= set(lives.LETTERS)  # a recording goes by its call
