"""Which file is of which call: by id, reference, number and start; a clock apart is learned, doubt is a person's."""

from __future__ import annotations

import doctest
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.recordings import matching, naming
from collectdesk.desk.recordings.matching import TOLERANCE, Called, Match, Named, Offset
from tests.desk.recordings.sounding import stamp
from tests.desks import MORNING

A, B = "19900005678", "19900005679"


def file(key: int, name: str) -> Named:
    told = naming.told(name)
    return Named(key, told.call, told.numbers, told.starts, name.rpartition("/")[2].rpartition(".")[0])


def call(key: int, number: str = A, at: int = MORNING, reference: str | None = None) -> Called:
    return Called(key, number, at - 20, at, reference)


@pytest.mark.parametrize(
    ("name", "call", "numbers", "starts"),
    [
        ("c12.wav", 12, set(), ()),
        ("C12_copy.wav", 12, set(), ()),
        ("abc12.wav", None, set(), ()),
        ("c1-c2.wav", None, set(), ()),
        ("20261123-100000_19900005678.wav", None, {A}, (MORNING,)),
        ("2026/11/23/100000-019900005678-8002.wav", None, {A}, (MORNING,)),
        ("+8619900005678_2026-11-23 10.00.00.mp3", None, {A}, (MORNING,)),
        ("录音 2026年11月23日 10时00分00秒 19900005678.wav", None, {A}, (MORNING,)),
        ("out-075512345678-20261123100000.wav", None, {"75512345678"}, (MORNING,)),
        (f"{MORNING}.4711-19900005678.wav", None, {A}, (MORNING,)),
        ("20261399-100000_19900005678.wav", None, {A}, ()),
    ],
)
def test_a_name_is_read_as_exchanges_write_it(
    name: str, call: int | None, numbers: set[str], starts: tuple[int, ...]
) -> None:
    told = naming.told(name)
    assert told.call == call
    assert numbers <= told.numbers
    assert told.starts == starts


def test_numbers_are_compared_by_their_digits() -> None:
    """As the desk spells a landline, and as exchanges do."""
    assert naming.canonical("+8675512345678;ext=801") == naming.canonical("075512345678") == "75512345678"
    assert naming.canonical("+8619900005678") == naming.canonical("019900005678") == A
    assert doctest.testmod(naming).failed == 0


def test_a_calls_id_and_its_reference_go_before_everything() -> None:
    calls = [call(1), call(2, at=MORNING + 7200, reference="R-77")]
    files = [file(0, f"c1_{stamp(MORNING + 7200)}_{A}.wav"), file(1, "R-77.wav"), file(2, "c9.wav")]
    found = matching.match(files, calls)
    assert found == {0: Match(1, "call", ()), 1: Match(2, "reference", ()), 2: Match(None, None, ())}


def test_a_call_not_on_this_desk_is_no_other_calls_file() -> None:
    """A name that says c9 is not given to c1 because number and time would fit."""
    found = matching.match([file(0, f"c9_{stamp(MORNING)}_{A}.wav")], [call(1)])
    assert found == {0: Match(None, None, ())}


def test_number_and_start_within_the_tolerance() -> None:
    calls = [call(1), call(2, B)]
    names = [f"{stamp(MORNING - 20 - TOLERANCE)}_{A}.wav", f"{stamp(MORNING + TOLERANCE + 1)}_{B}.wav"]
    found = matching.match([file(at, name) for at, name in enumerate(names)], calls)
    assert found == {0: Match(1, "number", ()), 1: Match(None, None, ())}


def test_doubt_is_a_persons() -> None:
    """Two calls near one file, or two files near one call: none is guessed."""
    two_calls = matching.match([file(0, f"{stamp(MORNING)}_{A}.wav")], [call(1), call(2, at=MORNING + 30)])
    assert two_calls == {0: Match(None, None, (1, 2))}
    names = [f"{stamp(MORNING + late)}_{A}.wav" for late in (0, 10)]
    two_files = matching.match([file(at, name) for at, name in enumerate(names)], [call(1)])
    assert two_files == {0: Match(None, None, (1,)), 1: Match(None, None, (1,))}
    same_id = matching.match([file(0, "c1.wav"), file(1, "c1 (2).wav")], [call(1)])
    assert same_id == {0: Match(None, None, (1,)), 1: Match(None, None, (1,))}


@pytest.mark.parametrize("ahead", [-3000, -90, 0, 45, 3600, 8000])
def test_a_clock_that_is_apart_is_learned(ahead: int) -> None:
    """From files of the right number that lie equally far from their calls."""
    calls = [call(key, at=MORNING + key * 9000) for key in range(1, 5)]
    files = [file(key, f"{stamp(MORNING + key * 9000 + ahead + key)}_{A}.wav") for key in range(1, 5)]
    learned = matching.learn(files, calls)
    assert learned is not None
    assert (learned.files, abs(learned.seconds - ahead) <= 4) == (4, True)
    found = matching.match(files, calls, learned.seconds)
    assert found == {key: Match(key, "number", ()) for key in range(1, 5)}


def test_too_few_or_two_that_fit_as_well_are_not_believed() -> None:
    calls = [call(key, at=MORNING + key * 9000) for key in range(1, 7)]
    few = [file(key, f"{stamp(MORNING + key * 9000 + 300)}_{A}.wav") for key in (1, 2)]
    assert matching.learn(few, calls) is None
    torn = [file(key, f"{stamp(MORNING + key * 9000 + (300 if key % 2 else 900))}_{A}.wav") for key in range(1, 7)]
    assert matching.learn(torn, calls) is None
    assert matching.learn([], calls) is None


def slow(files: Sequence[Named], calls: Sequence[Called], ahead: int) -> dict[int, int | None]:
    """The same for files that name no call, said as simply as can be."""
    fits = {
        (each.key, other.call)
        for each in files
        for other in calls
        for start in each.starts
        if other.number in each.numbers
        if other.shown_at - TOLERANCE <= start - ahead <= other.answered_at + TOLERANCE
    }
    alone = [
        (key, found)
        for key, found in fits
        if sum(one == key for one, _ in fits) == 1 and sum(other == found for _, other in fits) == 1
    ]
    return {each.key: dict(alone).get(each.key) for each in files}


@given(
    calls=st.lists(st.tuples(st.sampled_from([A, B]), st.integers(0, 600)), max_size=6),
    names=st.lists(st.tuples(st.sampled_from([A, B]), st.integers(-100, 700)), max_size=6),
    ahead=st.integers(-200, 200),
)
def test_no_file_goes_to_a_call_unless_both_are_alone(
    calls: list[tuple[str, int]], names: list[tuple[str, int]], ahead: int
) -> None:
    called = [call(key, number, MORNING + late) for key, (number, late) in enumerate(calls, 1)]
    files = [file(key, f"{stamp(MORNING + late)}_{number}.wav") for key, (number, late) in enumerate(names)]
    found = matching.match(files, called, ahead)
    assert {key: each.call for key, each in found.items()} == slow(files, called, ahead)
    assert isinstance(matching.learn(files, called), Offset | None)
