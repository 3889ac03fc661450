"""A finding is told of another case only with that case's number; where it names anything else it is asked for anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from collectdesk.desk import single
from collectdesk.desk.demo import open_demo
from collectdesk.desk.queue import Entry, ordered, queue
from collectdesk.desk.window import Window
from collectdesk.gate import convert_dial
from collectdesk.gate.examples import merged
from collectdesk.store.case_rows import COLLECTOR, Ask, CollectorRow, all_open
from collectdesk.store.reader import open_url
from tests.desk.asked_one_by_one import OneByOne, cases_asked
from tests.desk.rooms import Room
from tests.desk.test_bookcheck import looking
from tests.desk.test_queue import MORNING, case, own, told
from tests.gate import shipped_rules as shipped

NIGHT = 12 * 3600
Named = tuple[str, str | None]
"""The key a debt's id stands under, and the fact the evidence is about."""
LISTS = ("debts", "discussed")
"""Where a question lists debts by their ids."""


def test_every_key_under_which_the_shipped_rules_name_a_debt_is_known() -> None:
    """In every worked example, whatever the gate finds: a debt's id stands under these keys and under no other."""
    found: set[Named] = set()
    kinds: set[str] = set()
    for document in shipped.examples().values():
        for example in document["example"]:
            dial, debts = _asked(document, example)
            decision = shipped.gate().decide(convert_dial(dial))
            for each in (*decision.blocks, *decision.warnings):
                kinds.add(each.kind)
                found |= {(key, each.evidence.get("fact")) for key in _keys(each.evidence, debts)}
    assert {key for key, _ in found} == set(single.OF_CASES)
    assert not {fact for _, fact in found} & set(single.OF_EVENTS)
    assert kinds >= {rule.kind for book in shipped.rulebooks().values() for rule in book.rule}


def _asked(document: Mapping[str, Any], example: Mapping[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """The question of an example, its debts under ids nothing else has."""
    dial: dict[str, Any] = {"rulebooks": [document["rulebook"]], "id": example["name"]}
    for part in (document["base"], example.get("given", {})):
        dial = merged(dial, part)
    debts = {each["id"]: f"debt {number}" for number, each in enumerate(dial.get("debts") or ())}
    dial["debts"] = [{**each, "id": debts[each["id"]]} for each in dial.get("debts") or ()]
    return {key: _respelt(value, debts) for key, value in dial.items()}, set(debts.values())


def _respelt(value: Any, debts: Mapping[str, str]) -> Any:
    """The same with the debts' new ids wherever a list of debts stands."""
    if isinstance(value, Mapping):
        return {
            key: [debts.get(name, name) for name in each] if key in LISTS and each else _respelt(each, debts)
            for key, each in value.items()
        }
    return [_respelt(each, debts) for each in value] if isinstance(value, list) else value


def _keys(value: object, ids: set[str], key: str = "") -> Iterator[str]:
    if isinstance(value, str) and value in ids:
        yield key
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _keys(each, ids, name)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _keys(each, ids, key)


def _as_if_alone(window: Window) -> list[Entry]:
    """The desk's queue, each place of which is what a single check says, evidence and all."""
    entries, alone = queue(window, "all"), ordered(OneByOne(window, all_open()).entries())
    assert [each.code for each in entries] == [each.code for each in alone]
    for entry, expected in zip(entries, alone, strict=True):
        assert told(entry) == told(expected), entry.code
    return entries


def test_the_practice_desk_is_told_case_by_case_what_it_is_told_at_once(tmp_path: Path) -> None:
    """In its morning and in the evening after."""
    office = open_demo(tmp_path / "desk", lambda: datetime.fromtimestamp(MORNING, UTC), "en")
    try:
        with open_url(f"sqlite:///{office.home.database}", office.key) as reader:
            lead = CollectorRow(*reader.ask(COLLECTOR, {"id": _lead(reader.ask)})[0])
            now = Window(reader, lead, office.now(), practice=True, lang="en")
            states = [{each.state for each in _as_if_alone(replace(now, at=now.at + ahead))} for ahead in (0, NIGHT)]
    finally:
        office.close()
    assert states == [{"now", "act"}, {"later", "act"}]


def _lead(ask: Ask) -> int:
    return int(ask("SELECT id FROM staff WHERE role = 'lead' ORDER BY id", {})[0][0])


@pytest.mark.parametrize("known", [single.OF_CASES, ("subject",), ()])
def test_a_key_that_nobody_thought_of_costs_time_and_tells_nobody_anothers_number(
    room: Room, room_url: str, monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...]
) -> None:
    """Every case has something said of itself: half of them lack the notice, each under its own number."""
    for number in range(12):
        key = case(room, number)
        if number % 2:
            with room.office.store.writer.begin() as connection:
                connection.execute(text("DELETE FROM notice WHERE debtor = :debtor"), {"debtor": own(room, key)[0]})
    monkeypatch.setattr(single, "OF_CASES", known)
    asked = cases_asked(monkeypatch)
    with looking(room_url, room.small.lead) as window:
        entries = queue(window, "all")
        shared = len(entries) - len(set(asked))
        assert [told(each) for each in entries] == [told(each) for each in _as_if_alone(window)]
    named = [each for each in entries if each.code in _words_of(each)]
    assert len(named) == 6
    assert shared == (len(entries) - 3 if "subject" in known else len(entries) - 8)


def _words_of(entry: Entry) -> set[str]:
    return {word.text for each in entry.decision.blocks for word in single._words(each.evidence)}


@pytest.mark.parametrize("word", ["outsourcing", "Asia/Shanghai", "notice.outsourcing", "e1"])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_case_whose_number_is_a_word_of_the_finding_is_told_as_any_other(
    room: Room, room_url: str, word: str, place: int
) -> None:
    for number in range(5):
        case(room, number, **({"code": word} if number == place else {}))
    with room.office.store.writer.begin() as connection:
        connection.execute(text("DELETE FROM notice"))
    with looking(room_url, room.small.lead) as window:
        entries = _as_if_alone(window)
    assert all(each.code in _words_of(each) for each in entries)
