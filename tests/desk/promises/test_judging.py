"""What becomes of a promise (7.3), against a slow reading of the same sentences: cent by cent, day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.promises.following import ACTS
from collectdesk.desk.promises.judging import Money, Pledge, State, judge, shared

FIRST = date(2026, 11, 23)
DAYS = st.integers(0, 9)
STATES: tuple[State, ...] = ("open", "kept", "partly_kept", "broken", "expired")


@st.composite
def pledges(draw: st.DrawFn) -> list[Pledge]:
    found = []
    for key in range(draw(st.integers(0, 4))):
        made, lasts = draw(DAYS), draw(DAYS)
        found.append(Pledge(key, draw(st.integers(1, 6)), day(made), day(made + lasts), made * 10))
    return found


@st.composite
def payments(draw: st.DrawFn) -> list[Money]:
    return [
        Money(key, day(draw(DAYS)), draw(st.integers(0, 7)), draw(st.integers(0, 120)))
        for key in range(draw(st.integers(0, 5)))
    ]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def slowly(made: list[Pledge], came: list[Money]) -> dict[int, int]:
    """Each cent by itself, in the order of its day, to the promise that ends first among those that lack it."""
    received = dict.fromkeys([each.key for each in made], 0)
    for money in sorted(came, key=lambda each: (each.on, each.key)):
        for _cent in range(money.minor):
            waiting = [
                each
                for each in made
                if each.made_on <= money.on <= each.last_on and money.at >= each.at and received[each.key] < each.amount
            ]
            if waiting:
                received[min(waiting, key=lambda each: (each.last_on, each.key)).key] += 1
    return received


@given(pledges(), payments())
@example([Pledge(1, 5, day(0), day(2), 0), Pledge(2, 5, day(0), day(1), 0)], [Money(1, day(1), 7, 0)])
def test_money_is_shared_as_cent_by_cent(made: list[Pledge], came: list[Money]) -> None:
    assert shared(made, came) == slowly(made, came)


@given(pledges(), payments())
def test_no_cent_counts_twice_and_none_beyond_the_promise(made: list[Pledge], came: list[Money]) -> None:
    received = shared(made, came)
    assert sum(received.values()) <= sum(each.minor for each in came)
    assert all(0 <= received[each.key] <= each.amount for each in made)


@given(pledges(), payments(), st.randoms())
def test_the_order_things_are_told_in_does_not_matter(made: list[Pledge], came: list[Money], chance: object) -> None:
    mixed, told = list(made), list(came)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(told)  # type: ignore[attr-defined]
    assert shared(mixed, told) == shared(made, came)


@given(pledges(), payments())
def test_money_wholly_taken_back_is_as_if_it_never_came(made: list[Pledge], came: list[Money]) -> None:
    gone = [Money(99, day(1), 0, 50)]
    assert shared(made, [*came, *gone]) == shared(made, came)


@given(st.sampled_from(STATES), st.integers(1, 5), st.integers(0, 5), st.booleans(), st.booleans(), st.booleans())
def test_every_judgement_is_a_move_of_the_life(
    state: State, amount: int, received: int, over: bool, closed: bool, suspended: bool
) -> None:
    """The shipped table allows what the desk does by itself; judged again, nothing changes."""
    told = {"amount": amount, "received": min(received, amount), "over": over, "closed": closed, "suspended": suspended}
    found = judge(state, **told)  # type: ignore[arg-type]
    if found != state:
        assert lifecycle("promise").after(state, ACTS[found]) == found
    assert judge(found, **told) == found  # type: ignore[arg-type]


def test_what_came_in_time_decides() -> None:
    """Article 7.3: whole, part, nothing; nothing on a case at rest or closed is no breach."""
    over = {"amount": 10, "over": True}
    assert judge("open", received=10, amount=10, over=False) == "kept"
    assert judge("open", received=9, amount=10, over=False) == "open"
    assert judge("open", received=9, **over) == "partly_kept"  # type: ignore[arg-type]
    assert judge("open", received=0, **over) == "broken"  # type: ignore[arg-type]
    assert judge("open", received=0, suspended=True, **over) == "expired"  # type: ignore[arg-type]
    assert judge("open", received=0, amount=10, over=False, closed=True) == "expired"


def test_what_was_withdrawn_or_judged_stays_so() -> None:
    """A withdrawn promise is never judged; a later hold does not mend a broken one, nor does its lifting break one."""
    over = {"amount": 10, "received": 0, "over": True}
    assert judge("withdrawn", received=10, amount=10, over=True) == "withdrawn"
    assert judge("broken", suspended=True, **over) == "broken"  # type: ignore[arg-type]
    assert judge("expired", **over) == "expired"  # type: ignore[arg-type]
    assert judge("broken", received=10, amount=10, over=True) == "kept"
