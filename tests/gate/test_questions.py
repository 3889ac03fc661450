"""A question in itself: when it may be of, where its numbers ring, and how it is written down again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from collectdesk.gate import Instant, Unreadable, convert_dial
from collectdesk.gate.dial import Attempt, Dial, Number
from collectdesk.gate.instant import EARLIEST, LATEST, iso


@pytest.mark.parametrize("at", [EARLIEST + 1, LATEST - 1])
def test_a_question_is_of_a_time_between_1900_and_9000(at: int) -> None:
    assert Dial(at=Instant(at), dial=Attempt()).at == at


@pytest.mark.parametrize("at", [EARLIEST - 1, EARLIEST, LATEST, LATEST + 1])
def test_before_and_after_no_local_time_can_be_told(at: int) -> None:
    """In types as in text, where what lies beyond is read as the bound."""
    with pytest.raises(ValueError, match="between the years 1900 and 9000"):
        Dial(at=Instant(at), dial=Attempt())


def test_the_bounds_are_the_beginnings_of_two_years() -> None:
    assert (iso(EARLIEST), iso(LATEST)) == ("1900-01-01T00:00:00+00:00", "9000-01-01T00:00:00+00:00")


@pytest.mark.parametrize(
    ("class_", "place", "tied_to"),
    [
        ("mobile", None, "none"),
        ("mobile", "unknown", "none"),
        ("mobile", "work", "work"),
        ("landline", None, None),
        ("voip", None, None),
        ("voip", "unknown", "unknown"),
        ("unknown", "unknown", "unknown"),
        (None, None, None),
        ("landline", "home", "home"),
    ],
)
def test_only_a_mobile_is_tied_to_no_place_where_none_is_told(class_: Any, place: Any, tied_to: str | None) -> None:
    assert Number("n1", class_=class_, place=place).tied_to == tied_to


def test_a_question_is_written_down_with_what_it_says_and_no_more() -> None:
    """It is kept with every permit: what is not known takes no room."""
    question = {
        "at": "2026-03-10T02:00:00+00:00",
        "dial": {"person": "p1", "automated": False},
        "numbers": [{"number": "n1", "class": "mobile"}],
        "holds": [{"id": "h1", "until": "2026-04-01T00:00:00+00:00"}],
    }
    assert msgspec.json.decode(msgspec.json.encode(convert_dial(question), enc_hook=iso)) == question


@pytest.mark.parametrize("overdue", [0, 1])
def test_recordings_may_be_overdue(overdue: int) -> None:
    question = {"at": "2026-03-10T02:00:00Z", "dial": {}, "standing": {"recordings_overdue": overdue}}
    standing = convert_dial(question).standing
    assert standing is not None
    assert standing.recordings_overdue == overdue


def test_fewer_than_none_are_an_error() -> None:
    with pytest.raises(Unreadable, match=r"standing\.recordings_overdue"):
        convert_dial({"at": "2026-03-10T02:00:00Z", "dial": {}, "standing": {"recordings_overdue": -1}})


@pytest.mark.parametrize(("start", "end"), [("2026-03-10", "2026-03-11"), (None, "2026-03-11"), ("2026-03-10", None)])
def test_dates_may_be_several_or_open_at_either_end(start: str | None, end: str | None) -> None:
    wish = {"id": "w1", "dates": {"from": start, "until": end}}
    (read,) = convert_dial({"at": "2026-03-10T02:00:00Z", "dial": {}, "designations": [wish]}).designations or ()
    assert read.dates is not None
    assert [str(read.dates.start), str(read.dates.end)] == [str(start), str(end)]


@pytest.mark.parametrize(("seconds", "readable"), [(0, True), (0.5, True), (-0.5, False)])
def test_a_call_lasts_no_time_or_some(seconds: float, *, readable: bool) -> None:
    event = {"id": "e1", "at": "2026-03-10T01:00:00Z", "duration_s": seconds}
    question = {"at": "2026-03-10T02:00:00Z", "dial": {}, "events": [event]}
    if not readable:
        with pytest.raises(Unreadable, match=r"events\[0\]\.duration_s"):
            convert_dial(question)
    else:
        assert [each.duration_s for each in convert_dial(question).events or ()] == [seconds]
