"""Hostile text in every field a call shows or takes: shown without power over the terminal, kept to the character."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from sqlalchemy import text

from collectdesk import lang
from collectdesk.desk.call.values import LONGEST
from collectdesk.desk.casebook import read
from collectdesk.desk.history import history
from collectdesk.errors import Problem
from collectdesk.show import callscreen, callwire
from collectdesk.show.casebook import case_text
from collectdesk.show.casewire import case_json
from collectdesk.show.history import history_json, history_text
from collectdesk.show.jsonout import dumps
from collectdesk.show.masking import FULL
from tests.desk.call.phone import Phone, both
from tests.newdesk import TODAY
from tests.show.hostile import ALL, active

STORABLE = [each for each in ALL if "\x00" not in each]
MIX = "\x1b[31mred\x07 \x9b2J \u202eevil\u202c [bold red]x[/] {name} %s =1+1 <script> \u200b\ufeff end"
WRITTEN = (json.dumps(MIX)[1:-1], json.dumps(MIX, ensure_ascii=False)[1:-1])
"""The same text as either engine keeps it inside JSON."""
COLUMNS = (
    ("person", "name"), ("person", "city"), ("person", "region"), ("person", "address"), ("person", "employer"),
    ("org", "name"), ("case_file", "contract_no"), ("case_file", "product"), ("case_file", "debt_group"),
    ("contract_term", "clause"), ("contract_term", "content"), ("case_party", "relation"), ("team", "name"),
    ("staff", "name"), ("payment_channel", "label_zh"), ("payment_channel", "label_en"), ("creditor", "hotline"),
)  # fmt: skip


def look(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    """The call as both tongues show it, and as JSON: nothing in it acts."""
    before = lang.current()
    for tongue in ("en", "zh_CN"):
        lang.use(tongue)
        callscreen.page(phone.prompt)
    lang.use(before)
    captured = capsys.readouterr()
    assert active(captured.out + captured.err, allowed="\n") == []
    assert active(dumps(callwire.wire(phone.prompt))) == []


def shown_afterwards(phone: Phone, capsys: pytest.CaptureFixture[str]) -> str:
    """Case and history as people see them in both tongues; then both as JSON, which is returned."""
    before = lang.current()
    with phone.office.reading() as session:
        view, entries = read(session, phone.room.small.code), history(session, phone.room.small.code)
        for tongue in ("en", "zh_CN"):
            lang.use(tongue)
            case_text(view, FULL, UTC, TODAY)
            history_text(entries, FULL, UTC, lambda _field, code: code, said=True)
        lang.use(before)
        captured = capsys.readouterr()
        assert active(captured.out + captured.err, allowed="\n") == []
        case_json(view, FULL, UTC)
        one = capsys.readouterr().out
        history_json(phone.room.small.code, entries, FULL, UTC)
        two = capsys.readouterr().out
    assert active(one + two, allowed="\n") == []
    return json.dumps([json.loads(one), json.loads(two)], ensure_ascii=False)


@both
def test_every_text_of_a_case_through_a_whole_call(phone: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    """Article 9.2: who owns a field of the file owns no screen; the lines said and kept carry it as it is."""
    with phone.office.writer.begin() as connection:
        for table, column in COLUMNS:
            key = "org" if table == "creditor" else "id"
            set_to = f"CAST(:value AS TEXT) || CAST({key} AS TEXT)"  # some must differ from row to row
            connection.execute(text(f"UPDATE {table} SET {column} = {set_to}"), {"value": MIX})
    phone.dial()
    while not phone.prompt.ended:
        look(phone, capsys)
        phone.go_one()
    look(phone, capsys)
    told = shown_afterwards(phone, capsys)
    assert json.dumps(MIX, ensure_ascii=False)[1:-1] in told
    for table, column in COLUMNS:
        assert all(value.startswith(MIX) for (value,) in phone.rows(f"SELECT {column} FROM {table}"))


@both
@pytest.mark.parametrize("door", ["emergency", "complaint", "objection", "stop_contact", ""])
def test_every_text_that_is_typed_in_a_call(phone: Phone, capsys: pytest.CaptureFixture[str], door: str) -> None:
    """Typed, kept, shown, and given back by the record to the character."""
    phone.dial()
    typed = 0
    while not phone.prompt.ended:
        look(phone, capsys)
        if door and phone.asked.step == "disclosure" and not typed & 1024:
            phone.door(door)
            typed |= 1024
            continue
        if phone.asked.kind == "text" and phone.asked.step != "identity":
            typed += 1
            phone.answer(f"{MIX} => 好" if phone.asked.step == "plan" else MIX)
        elif phone.at == "objection.answered":
            phone.answer("now")
        else:
            phone.go_one()
    look(phone, capsys)
    kept = [value for (value,) in phone.rows("SELECT value FROM call_answer") if isinstance(value, str)]
    assert sum(value.startswith((MIX, *WRITTEN)) for value in (each.lstrip('"') for each in kept)) == typed % 1024 > 0
    told = shown_afterwards(phone, capsys)
    assert all(json.dumps(note, ensure_ascii=False) in told for (note,) in phone.rows("SELECT content FROM note"))


@pytest.mark.parametrize("value", STORABLE)
def test_a_text_of_any_kind_in_a_complaint(phone: Phone, capsys: pytest.CaptureFixture[str], value: str) -> None:
    """Each hostile text we know: refused in words where it says nothing or is too long, kept to the character else."""
    phone.dial()
    phone.door("complaint")
    phone.go("complaint.content")
    if len(value) > LONGEST or not any(map(str.isalnum, value)):
        with pytest.raises(Problem) as refused:
            phone.answer(value)
        assert refused.value.code in ("too_long", "answer_missing")
        return
    phone.answer(value)
    look(phone, capsys)
    assert phone.rows("SELECT content FROM complaint") == [(value.strip(),)]
    shown_afterwards(phone, capsys)
