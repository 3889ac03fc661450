"""A recorded verdict accounted for by the rules of its time, on both engines (article 8)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, text

from collectdesk.desk import permit
from collectdesk.desk.explaining import recorded
from collectdesk.desk.permit import Granted
from collectdesk.errors import NotFound
from collectdesk.store.case_rows import Ask
from tests.desk.rooms import Room


def ask(room: Room, key: str, *, other: bool = False) -> str:
    small = room.small
    person, number = (small.contact, small.contact_number) if other else (small.debtor, small.number)
    purpose = "locate" if other else "collect"
    answer = permit.request(room.office, small.case, person, number, purpose, key, clocks=room.hands.both)
    assert isinstance(answer, Granted) is not other
    return f"v{answer.verdict}"


def test_a_recorded_verdict_comes_out_again_to_the_byte(room: Room) -> None:
    granted, refused = ask(room, "k1"), ask(room, "k2", other=True)
    with room.office.reader.connect() as connection:
        for name in (granted, refused):
            found = recorded(_asker(connection), name)
            assert (found.id, found.case, found.reproduced) == (name, room.small.code, True)
            assert found.account is not None
            assert found.account.decision.allowed is (name == granted)
        codes = [block["code"] for block in found.decision["blocks"]]
        assert "call_unresolved" in codes, "what the desk itself had added stands in the record, in no rulebook"
        assert (found.shown["allowed"], [each["code"] for each in found.shown["blocks"]]) == (False, codes)


def test_its_reader_is_told_the_rules_in_their_own_language_and_the_record_stays(room: Room) -> None:
    ask(room, "k1")
    name = ask(room, "k2", other=True)
    cites, kept = {}, []
    with room.office.reader.connect() as connection:
        for lang in ("zh_CN", "en"):
            found = recorded(_asker(connection), name, lang)
            assert found.reproduced
            kept.append(found.decision)
            cites[lang] = [each["cite"].isascii() for each in found.shown["blocks"] if each["kind"] != "one_permit"]
    assert kept[0] == kept[1]
    assert cites["en"]
    assert all(cites["en"])
    assert not any(cites["zh_CN"])


def test_a_record_that_was_altered_does_not(room: Room) -> None:
    name = ask(room, "k1")
    with room.office.writing() as session:
        row = session.execute(text("SELECT dial FROM verdict")).scalar_one()
        dial = row if isinstance(row, dict) else msgspec.json.decode(row)
        dial["dial"]["purpose"] = "locate"
        session.execute(text("UPDATE verdict SET dial = :dial"), {"dial": msgspec.json.encode(dial).decode()})
    with room.office.reader.connect() as connection:
        assert recorded(_asker(connection), name).reproduced is False


def test_a_destroyed_question_is_shown_as_it_was_recorded(room: Room) -> None:
    name = ask(room, "k1")
    with room.office.writing() as session:
        session.execute(text("UPDATE verdict SET dial = '{}'"))
    with room.office.reader.connect() as connection:
        found = recorded(_asker(connection), name)
    assert (found.account, found.reproduced, found.decision["allowed"]) == (None, False, True)


@pytest.mark.parametrize("name", ["v99", "99", "x1", "v0", ""])
def test_a_verdict_that_is_not_there(room: Room, name: str) -> None:
    with room.office.reader.connect() as connection, pytest.raises(NotFound, match="no_such_verdict"):
        recorded(_asker(connection), name)


def _asker(connection: Connection) -> Ask:
    def asked(sql: str, params: Mapping[str, object] = MappingProxyType({})) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(text(sql), params).all()]

    return asked
