"""The clock as a witness: set back or forward, it bars permits until an admin confirms it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk import clock
from collectdesk.desk.clock import DRIFT, Reading
from collectdesk.errors import Problem
from collectdesk.store import journal
from collectdesk.store.engine import Store
from tests.desk.rooms import count

AT = 1_795_399_200


def look(store: Store, now: Reading, at: int | None = None) -> None:
    with store.writer.begin() as connection:
        clock.require_sound(connection, now, now.wall if at is None else at, "8002")


def entry(store: Store, at: int) -> None:
    with store.writer.begin() as connection:
        journal.append(connection, at=at, actor="8002", action="test", subject="desk:test")


@pytest.mark.parametrize("moved", [DRIFT + 1, -(DRIFT + 1), 86_400])
def test_a_clock_set_within_a_boot_is_refused(store: Store, moved: int) -> None:
    look(store, Reading(AT, 1000, "a"))
    look(store, Reading(AT + 3600 + DRIFT, 4600, "a"))
    with pytest.raises(Problem) as refused:
        look(store, Reading(AT + 3600 + moved, 4600, "a"))
    assert refused.value.code == "clock_drift"
    assert refused.value.params == {"seconds": moved}


def test_small_steps_add_up(store: Store) -> None:
    look(store, Reading(AT, 0, "a"))
    look(store, Reading(AT + 100, 0, "a"))
    with pytest.raises(Problem):
        look(store, Reading(AT + 200, 0, "a"))


def test_a_clock_behind_the_journal_is_refused_until_an_admin_confirms(store: Store) -> None:
    entry(store, AT)
    earlier = Reading(AT - 600, 50, "b")
    with pytest.raises(Problem) as refused:
        look(store, earlier)
    assert refused.value.code == "clock_behind_journal"
    with store.writer.begin() as connection:
        clock.confirm(connection, earlier, earlier.wall, "8000")
    assert count(store, "journal", "action = 'clock.confirm' AND actor = '8000'") == 1
    look(store, Reading(AT - 590, 60, "b"))


@pytest.mark.parametrize(("moved", "flagged"), [(3600, 0), (-60, 1), (86_401, 1)])
def test_a_jump_across_a_reboot_is_flagged_not_refused(store: Store, moved: int, flagged: int) -> None:
    look(store, Reading(AT, 1000, "a"))
    look(store, Reading(AT + moved, 5, "b"))
    assert count(store, "journal", "action = 'clock.jump'") == flagged
    look(store, Reading(AT + moved + 60, 65, "b"))


def test_where_the_system_tells_no_boot_only_the_journal_is_a_witness(store: Store) -> None:
    look(store, Reading(AT, 0, ""))
    look(store, Reading(AT + 7200, 0, ""))


def test_a_practice_desks_clock_is_its_own(store: Store) -> None:
    look(store, Reading(AT + 10**8, 1000, "a"), at=AT)
    assert clock.simulated(base=AT, opened=5_000, wall=5_060) == AT + 60


@given(wall=st.integers(0, 2**33), elapsed=st.integers(0, 10**7), drift=st.integers(-(10**6), 10**6))
def test_drift_is_what_the_wall_clock_went_too_far(wall: int, elapsed: int, drift: int) -> None:
    mark = Reading(wall, 100, "a")
    assert Reading(wall + elapsed + drift, 100 + elapsed, "a").drift_from(mark) == drift


def test_the_machines_own_reading() -> None:
    first, second = clock.reading(AT), clock.reading(AT)
    assert first.wall == AT
    assert second.since_boot >= first.since_boot
    assert first.boot == second.boot
