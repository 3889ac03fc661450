"""What is past is the same from either end: asked from all contacts, from a few debtors, or read in whole files."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import gate_in_force
from collectdesk.desk.quiet import Personal, Reach, places_of
from collectdesk.store.book_rows import these
from collectdesk.store.case_rows import all_open
from collectdesk.store.past_rows import WHOLE, Past, past_of
from tests import desks
from tests.desk import alike_books
from tests.desk.rooms import Room
from tests.desk.test_bookcheck import fill, looking

MORNING, DAY = desks.MORNING, desks.DAY
SINCE = MORNING - 30 * DAY


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_contacts_are_told_under_every_debtor_they_concern(room: Room, room_url: str, seed: int) -> None:
    """Of those whose numbers are their own; whoever shares one is known for it."""
    fill(room, seed, debtors=80)
    with looking(room_url, room.small.lead) as window:
        ask, files = window.ask, read_files(window.ask, all_open())
        few = past_of(these(files.files))

        def recent(past: Past) -> list[tuple[int, int]]:
            return sorted(row[:2] for row in ask(past.recent, {"since": SINCE, "at": MORNING}))

        shared = {row[0] for row in ask(few.shared, {})}
        assert shared
        assert shared == {row[0] for row in ask(WHOLE.shared, {})} & files.files.keys()
        filed = sorted(
            (key, event.at)
            for key, file in files.files.items()
            for event in (*file.events, *file.running)
            if SINCE < event.at <= MORNING and key not in shared
        )
        assert len({key for key, _ in filed}) > 10
        assert [each for each in recent(few) if each[0] not in shared] == filed
        whole = {each for each in recent(WHOLE) if each[0] in files.files and each[0] not in shared}
        assert whole == set(filed)
        for org in {event.org for file in files.files.values() for event in file.events if event.org is not None}:
            told = {row[0] for row in ask(few.others, {"org": org})} - shared
            assert told == {row[0] for row in ask(WHOLE.others, {"org": org})} & files.files.keys() - shared
            assert told == {k for k, f in files.files.items() if any(e.org == org for e in f.events)} - shared
        unnamed = {k for k, f in files.files.items() if any(e.org is None for e in f.events)} - shared
        assert unnamed
        assert {row[0] for row in ask(few.unnamed, {})} - shared == unnamed
        dead = {row[0] for row in ask(few.dead, {})}
        assert dead
        assert dead == {row[0] for row in ask(WHOLE.dead, {})} & files.files.keys()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_stands_on_their_own_files_and_where_they_are(room: Room, room_url: str, seed: int) -> None:
    """Of some debtors as of all, and as their whole files have it: the contacts recorded on them, and their places."""
    fill(room, seed, debtors=80)
    with looking(room_url, room.small.lead) as window:
        ask, files = window.ask, read_files(window.ask, all_open())
        some, recently = sorted(files.files)[::3], {"since": SINCE, "at": MORNING}
        few = past_of(these(some))
        held: dict[int, list[int]] = {}
        for person, number in ask("SELECT person, id FROM number ORDER BY id", {}):
            held.setdefault(person, []).append(number)
        lines = {number: (place, key) for key, those in held.items() for place, number in enumerate(those)}

        def met(past: Past) -> list[tuple[object, ...]]:
            rows = [row for row in ask(past.met, recently) if row[0] in some]
            return [(*row[:6], *map(_listed, row[6:8]), *row[8:]) for row in rows]

        filed = [
            (
                key, each.at, each.person, each.answered_by, *lines.get(each.number or 0, (0, None)),
                _listed(each.debts), _listed(each.discussed), each.kind, each.org, each.direction, each.channel,
                each.automated, each.line, each.talk, each.message,
            )
            for key in some
            for each in sorted(files.files[key].events, key=lambda event: event.id)
            if each.debtor == key and SINCE < each.at <= MORNING
        ]  # fmt: skip
        assert met(few) == met(WHOLE) == filed
        assert len({row[0] for row in filed}) > 10
        assert {row[4] for row in filed} >= {0, 1}

        def places(past: Past) -> set[tuple[str | None, ...]]:
            return {tuple(row) for row in ask(past.places, {})}

        def where(debtors: Iterable[int]) -> set[tuple[str | None, ...]]:
            people = (files.persons[key] for key in debtors)
            return {(each.country, each.region, each.city) for each in people}

        assert places(WHOLE) == places(past_of(these(files.files))) == where(files.files)
        for key in some:
            assert places(past_of(these([key]))) == where([key])
        assert len(where(files.files)) > 2


def _listed(keys: str | list[int] | None) -> list[int]:
    """Keys as either engine has them."""
    return msgspec.json.decode(keys, type=list[int]) if isinstance(keys, str) else keys or []


@pytest.mark.parametrize("at_home", [True, False])
def test_the_quiet_of_a_book_are_quiet_among_a_few(room: Room, room_url: str, *, at_home: bool) -> None:
    book = alike_books.fill(room, 7, at_home=at_home)
    with looking(room_url, room.small.lead) as window:
        gate = gate_in_force(window.ask, MORNING)
        debtors = set(book.people)
        told = []
        for past in (past_of(these(debtors)), WHOLE):
            reach = Reach(gate, MORNING, ("collect", "remind"), places_of(window.ask, past))
            told.append(Personal(window.reader, past, reach, MORNING))
        few, whole = told
        assert few.debtors & debtors <= whole.debtors  # a contact may count more than once there
        quiet = debtors - whole.debtors
        assert len(quiet) > len(debtors) / 4
        for key in quiet:
            assert few.callers.get(key) == whole.callers.get(key)
            assert few.today.get(key, 0) <= whole.today.get(key, 0) <= 2 * few.today.get(key, 0)
        assert any(key in few.today for key in quiet)
        assert few.older == whole.older
