"""A proposed rulebook replayed over the recorded verdicts, on both engines: only what the proposal does shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import msgspec
import pytest
from sqlalchemy import text

from collectdesk.desk import adoption, permit, permit_ends
from collectdesk.desk.adoptable import prepare
from collectdesk.desk.office import Member
from collectdesk.desk.permit import Granted, Refused, Shown
from collectdesk.desk.permit_ends import Outcome
from collectdesk.desk.replay import PAGE, Flip, Replayed, calls_between, replay
from collectdesk.desk.replay_room import Room as Rooms
from collectdesk.desk.replay_room import capacity
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.reach import reach_of
from collectdesk.desk.reproduction import reproduce
from collectdesk.desk.shipped import shipped
from collectdesk.desk.supposed import Proposal, proposed
from collectdesk.desk.window import Window
from collectdesk.errors import NotPermitted
from collectdesk.gate import Rulebook
from collectdesk.store.case_rows import COLLECTOR, CollectorRow
from collectdesk.store.reader import open_url
from collectdesk.store.tables import ContactEvent, Staff, Team
from tests import desks
from tests.conftest import KEY
from tests.desk.rooms import Room

HOUSE = shipped("rulebooks/house.toml").decode()
TODAY = date(2026, 11, 23)
DAY = 86_400
OPEN = 'open = [{ from = "09:00", to = "20:00" }]'
LATER = 'open = [{ from = "10:01", to = "20:00" }]'
REST = "minutes = 240"
WHOLE = periods.a_range(date(2026, 11, 20), date(2026, 11, 30))


def house(*pairs: tuple[str, str], version: str = "2") -> bytes:
    """The house's rulebook with something changed."""
    made = HOUSE.replace('version = "1"', f'version = "{version}"', 1)
    for old, new in pairs:
        assert old in made
        made = made.replace(old, new, 1)
    return made.encode()


def book(content: bytes) -> Rulebook:
    made: Rulebook = prepare("rulebook", content, "house.toml")[0].value
    return made


@contextmanager
def looking(url: str, staff: int, at: int = desks.MORNING) -> Iterator[Window]:
    with open_url(url, KEY) as reader:
        row = CollectorRow(*reader.ask(COLLECTOR, {"id": staff})[0])
        yield Window(reader, row, at, practice=True, lang="en")


def ask(room: Room, key: str) -> Granted | Refused:
    small = room.small
    return permit.request(room.office, small.case, small.debtor, small.number, "collect", key, clocks=room.hands.both)


def dial(room: Room, key: str, line: str = "no_answer", *, wait: int = 0) -> None:
    """A call from the request to its outcome; ``wait``: seconds until the number is shown."""
    granted = ask(room, key)
    assert isinstance(granted, Granted), granted
    room.hands.at += wait
    shown = permit.show(room.office, granted.permit, clocks=room.hands.both)
    assert isinstance(shown, Shown)
    talk = "conversation" if line == "answered" else None
    permit_ends.resolve(room.office, granted.permit, Outcome(line, talk=talk), clocks=room.hands.both)


def replayed(
    room_url: str, room: Room, content: bytes, *, staff: int | None = None, team: str = ""
) -> tuple[Replayed, list[Flip]]:
    flips: list[Flip] = []
    with looking(room_url, staff or room.small.admin) as window:
        reach = reach_of(window, team, "", own=False)
        made = replay(window.ask, Proposal(book(content)), WHOLE, reach, tell=flips.append)
    return made, flips


def test_what_is_in_force_already_changes_nothing(room_url: str, room: Room) -> None:
    dial(room, "k1", "answered", wait=30)
    room.hands.at += 60
    assert isinstance(ask(room, "k2"), Refused)
    made, flips = replayed(room_url, room, HOUSE.encode())
    assert (made.whole.calls, made.whole.allowed, made.verdicts, flips) == (2, 1, 3, [])
    assert made.left_out.unlike == 0


def test_a_call_refused_only_at_its_request_flips_by_that_verdict(room_url: str, room: Room) -> None:
    """Asked for at 10:00:30, shown at 10:01:10: a book that opens at 10:01 refuses the request alone."""
    room.hands.at += 30
    dial(room, "k1", wait=40)
    made, flips = replayed(room_url, room, house((OPEN, LATER)))
    assert [(each.call, each.verdict, each.allowed, each.rules) for each in flips] == [
        ("t1", "v1", False, ("house/hours",))
    ]
    assert (flips[0].case, flips[0].collector, flips[0].at) == (room.small.code, "8002", desks.MORNING + 30)
    assert made.rules["house/hours"].refused_now == 1
    assert made.days["2026-11-23"].refused_now == made.teams["信用卡一组"].refused_now == made.whole.refused_now == 1
    assert (made.whole.allowed, made.whole.allowed_with) == (1, 0)


def test_a_call_refused_only_at_showing_flips_by_the_later_verdict(room_url: str, room: Room) -> None:
    room.hands.at += 30
    dial(room, "k1", wait=40)
    _made, flips = replayed(room_url, room, house((OPEN, 'open = [{ from = "09:00", to = "10:11" }]')))
    assert [(each.verdict, each.allowed) for each in flips] == [("v2", False)], "10:01 is ten minutes before closing"


def test_a_refusal_the_proposal_lifts_is_let_through(room_url: str, room: Room) -> None:
    dial(room, "k1", "answered")
    room.hands.at += 3600 + 1800
    assert isinstance(ask(room, "k2"), Refused)
    made, flips = replayed(room_url, room, house((REST, "minutes = 60")))
    assert [(each.call, each.allowed, each.rules) for each in flips] == [("t2", True, ("house/rest-after-talk",))]
    assert (made.whole.allowed, made.whole.allowed_now, made.whole.allowed_with) == (1, 1, 2)


def test_what_the_desk_refused_itself_no_rulebook_lets_through(room_url: str, room: Room) -> None:
    assert isinstance(ask(room, "k1"), Granted)
    small = room.small
    held = permit.request(
        room.office, small.case, small.contact, small.contact_number, "locate", "k2", clocks=room.hands.both
    )
    assert "call_unresolved" in [each["code"] for each in held.decision["blocks"]]
    made, flips = replayed(room_url, room, house((OPEN, LATER)))
    assert [each.call for each in flips] == ["t1"]
    assert made.left_out.unlike == 0


def test_each_call_is_judged_by_the_rules_of_its_time(room_url: str, room: Room) -> None:
    """The proposal was adopted in between: of later calls nothing differs any more."""
    dial(room, "k1")
    room.hands.at += 10
    content = house((OPEN, 'open = [{ from = "12:00", to = "20:00" }]'))
    admin = Member(room.small.admin, "8000", "x", "admin")
    with room.office.store.writer.begin() as connection:
        at = room.hands.at
        adoption.adopt(connection, "rulebook", content, by=admin, at=at, effective_from=at, file="house.toml")
    room.hands.at += 5400
    assert isinstance(ask(room, "k2"), Refused)
    _made, flips = replayed(room_url, room, content)
    assert [each.call for each in flips] == ["t1"]
    _made, flips = replayed(room_url, room, HOUSE.encode())
    assert [(each.call, each.allowed, each.rules) for each in flips] == [("t2", True, ("house/hours",))]


def test_many_calls_pass_page_by_page_none_twice_and_none_left(room_url: str, room: Room) -> None:
    """Copies of one call, some of the same second, over more than two pages."""
    dial(room, "k1")
    copies = 2 * PAGE + 7
    with room.office.store.writer.begin() as connection:
        for place in range(copies):
            values = {"at": desks.MORNING + 60 + place // 3, "key": f"c{place}"}
            verdict = connection.execute(
                text(
                    "INSERT INTO verdict (at, case_id, allowed, dial, decision, digests, journal_seq) "
                    "SELECT at, case_id, allowed, dial, decision, digests, journal_seq FROM verdict WHERE id = 2 "
                    "RETURNING id"
                )
            ).scalar_one()
            connection.execute(
                text(
                    "INSERT INTO permit (debtor, case_id, person, number, collector, debts, purpose, state, "
                    "granted_at, resolved_at, expires_at, idempotency_key, verdict) SELECT debtor, case_id, "
                    "person, number, collector, debts, purpose, 'lapsed', :at, :at, :at, :key, :verdict "
                    "FROM permit WHERE id = 1"
                ),
                {**values, "verdict": verdict},
            )
    made, flips = replayed(room_url, room, house((OPEN, LATER)))
    assert made.whole.calls == made.whole.refused_now == len({each.call for each in flips}) == len(flips) == copies + 1
    assert [each.call for each in flips] == [f"t{key}" for key in range(1, copies + 2)]
    with looking(room_url, room.small.admin) as window:
        assert calls_between(window.ask, *periods.bounds(WHOLE)) == (copies + 1, desks.MORNING)


def test_what_cannot_be_asked_is_counted_and_left_out(room_url: str, room: Room) -> None:
    dial(room, "k1")
    small = room.small
    with room.office.store.writer.begin() as connection:
        connection.execute(text("UPDATE verdict SET dial = '{}' WHERE id = 1"))
        for _ in range(2):
            desks.add(
                connection, ContactEvent, at=desks.MORNING - DAY, recorded_at=desks.MORNING, kind="call",
                org=small.own, direction="out", debtor=small.debtor, person=small.debtor, channel="voice",
                line="no_answer", debts=[small.case], by_staff=small.collector,
            )  # fmt: skip
    made, _flips = replayed(room_url, room, HOUSE.encode())
    left = made.left_out
    assert (made.whole.calls, left.unasked, left.recorded, left.imported) == (0, 1, 2, 0)


def test_an_answer_that_is_not_the_recorded_one_is_told_of(room_url: str, room: Room) -> None:
    dial(room, "k1")
    with room.office.store.writer.begin() as connection:
        connection.execute(text("UPDATE verdict SET allowed = (1 = 0) WHERE id = 2"))
    made, _flips = replayed(room_url, room, HOUSE.encode())
    assert (made.whole.calls, made.left_out.unlike) == (1, 1)


def test_a_lead_sees_the_team(room_url: str, room: Room) -> None:
    dial(room, "k1")
    with room.office.store.writer.begin() as connection:
        team = desks.add(connection, Team, name="二组")
        other = desks.add(connection, Staff, number="8009", name="x", role="lead", team=team, joined_at=0)
    mine, _flips = replayed(room_url, room, house((OPEN, LATER)), staff=room.small.lead)
    theirs, _flips = replayed(room_url, room, house((OPEN, LATER)), staff=other)
    assert (mine.whole.calls, theirs.whole.calls) == (1, 0)
    narrowed, _flips = replayed(room_url, room, HOUSE.encode(), team="二组")
    assert narrowed.whole.calls == 0
    with looking(room_url, room.small.collector) as window, pytest.raises(NotPermitted):
        reach_of(window, "", "", own=False)
    with looking(room_url, other) as window, pytest.raises(NotPermitted):
        reproduce(window.ask, "v1", reach_of(window, "", "", own=False))


@pytest.mark.parametrize("opens", ["09:30", "13:00", "23:00"])
def test_capacity_supposed_is_what_it_is_once_adopted(room_url: str, room: Room, opens: str) -> None:
    """Suppose the book, then adopt it for real: the same cases may be called."""
    ends = "23:30" if opens == "23:00" else "20:00"
    content = house((OPEN, f'open = [{{ from = "{opens}", to = "{ends}" }}]'))
    before, supposed = _room(room_url, room, content)
    admin = Member(room.small.admin, "8000", "x", "admin")
    with room.office.store.writer.begin() as connection:
        adoption.adopt(
            connection, "rulebook", content, by=admin, at=desks.MORNING, effective_from=desks.MORNING, file="h.toml"
        )
    after, same = _room(room_url, room, content)
    assert (before.now, before.today) == (1, 1)
    assert (supposed.now_with, supposed.today_with) == (after.now, after.today) == (same.now_with, same.today_with)
    assert (after.now, after.today) == {"09:30": (1, 1), "13:00": (0, 1), "23:00": (0, 0)}[opens]


def _room(room_url: str, room: Room, content: bytes) -> tuple[Rooms, Rooms]:
    with looking(room_url, room.small.admin) as window:
        found = capacity(window, Proposal(book(content)), reach_of(window, "", "", own=False))
    assert found.whole == found.teams["信用卡一组"]
    return found.whole, found.whole


def test_a_text_that_begins_later_is_tried_as_if_it_bound(room_url: str, room: Room) -> None:
    dial(room, "k1")
    begins = house((OPEN, LATER), ("fixed_zone", "in_force = { from = 2027-01-01 }\nfixed_zone"))
    ahead = proposed(book(begins), TODAY)
    assert ahead.begins == date(2027, 1, 1)
    with looking(room_url, room.small.admin) as window:
        reach = reach_of(window, "", "", own=False)
        made = replay(window.ask, ahead, WHOLE, reach)
        assert capacity(window, ahead, reach).whole.now_with == 0
    assert made.whole.refused_now == 1
    assert proposed(book(HOUSE.encode()), TODAY).begins is None


def test_a_verdict_comes_out_again_or_its_first_difference_is_named(room_url: str, room: Room) -> None:
    dial(room, "k1")
    with looking(room_url, room.small.lead) as window:
        found = reproduce(window.ask, "v1", reach_of(window, "", "", own=False))
        assert (found.difference, found.again) == (None, found.record.decision)
    with room.office.store.writer.begin() as connection:
        kept = connection.execute(text("SELECT CAST(decision AS text) FROM verdict WHERE id = 1")).scalar_one()
        wire = msgspec.json.decode(kept)
        wire["passed"][2] = "house/none"
        changed = msgspec.json.encode(wire).decode()
        connection.execute(text("UPDATE verdict SET decision = :decision WHERE id = 1"), {"decision": changed})
        connection.execute(text("UPDATE verdict SET dial = '{}' WHERE id = 2"))
    with looking(room_url, room.small.lead) as window:
        reach = reach_of(window, "", "", own=False)
        altered, destroyed = (reproduce(window.ask, name, reach) for name in ("v1", "v2"))
    assert altered.difference is not None
    assert (altered.difference.where, altered.difference.recorded) == ("$.passed[2]", '"house/none"')
    assert altered.difference.again == msgspec.json.encode(found.record.decision["passed"][2]).decode()
    assert (destroyed.again, destroyed.difference is None) == (None, False)
