"""What contacts have in common: found out once for all of them, however many are asked about.

``Shared`` stands in for ``Facts`` and tells nothing but what all contacts of one profile share. Whoever answers from
it has answered for all of them; whoever asks for more raises ``Unsettled``, and is asked of each. So no condition and
no kind of rule has to say what it reads.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast

from collectdesk.gate.dial import Number
from collectdesk.gate.facts import Facts

T = TypeVar("T")
Profile = tuple[Any, ...]
OF_ORG = ("kind", "licensed")
OF_PERSON = ("role", "reserved", "agreed", "capacity", "died_on", "treated_as_debtor")
OF_NUMBER = ("class_", "place", "source", "status")
OF_DEBT = ("type", "status")
_of_org, _of_person, _of_number = attrgetter(*OF_ORG), attrgetter(*OF_PERSON), attrgetter(*OF_NUMBER)


class Unsettled(Exception):
    """What was asked for differs between contacts of one profile."""


def profile_of(facts: Facts) -> Profile:
    """What ``shared`` is made of, in its order; equal profiles are one sort of contact."""
    dial, attempt, person, number, own = facts.dial, facts.attempt, facts.person, facts.number, facts.dial.own_org
    return (
        dial.place,
        dial.zones,
        None if own is None else _of_org(own),
        not dial.consents,
        not dial.designations,
        not dial.holds,
        not dial.permits,
        dial.standing.recordings_overdue if dial.standing else None,
        facts.channel,
        facts.purpose,
        attempt.person is None,
        attempt.automated,
        attempt.reply_to is None,
        None if person is None else (*_of_person(person), person.authority is None),
        None if number is None else (*_of_number(number), _whose(number.person, attempt.person)),
        tuple([(debt.type, debt.status, debt.assigned_at is None) for debt in facts.debts]),
    )


def _whose(owner: str | None, called: str | None) -> bool | None:
    return None if owner is None else owner == called


NO_EVENTS = {
    "events": (),
    "times": (),
    "events_since": lambda _start: (),
    "events_named": lambda _name: (),
    "event_named": lambda _name: None,
}
"""What is shared, beside the profile, by contacts before which nothing happened."""


def shared(profile: Profile, **more: object) -> Facts:
    """The stand-in for the facts of every contact of ``profile``, and of which ``more`` is known."""
    (
        place, zones, own, *empty, overdue, channel, purpose, nobody, automated, no_reply, person, number, debts,
    ) = profile  # fmt: skip
    lists = {name: () if none else SOME for name, none in zip(LISTS, empty, strict=True)}
    reply = {"reply_to": None} if no_reply else {}
    called = None if nobody else CALLED
    lapse: dict[str, object] = {} if lists["permits"] else {"may_lapse": False}
    told = Shared(
        dial=Shared(
            place=place,
            zones=zones,
            own_org=None if own is None else Shared(**dict(zip(OF_ORG, own, strict=True))),
            standing=Shared(recordings_overdue=overdue),
            **lists,
        ),
        attempt=Shared(person=called, automated=automated, **reply),
        channel=channel,
        purpose=purpose,
        person=None if person is None else _person(*person),
        number=None if number is None else _number(*number),
        debts=tuple(_debt(*each) for each in debts),
        established={},
        **lapse,
        **more,
    )
    return cast(Facts, told)


LISTS = ("consents", "designations", "holds", "permits")


def settled(ask: Callable[[], T]) -> T | None:
    """What ``ask`` answers from what is shared; none where that does not settle it."""
    try:
        return ask()
    except Unsettled:
        return None


class Shared:
    """Some attributes of a question or of a part of it; every other is unsettled."""

    def __init__(self, **told: object) -> None:
        self.__dict__.update(told)

    def __getattr__(self, name: str) -> NoReturn:
        raise Unsettled(name)


class Hidden:
    """A value that is there, and of which no more is told."""

    def __bool__(self) -> bool:
        return True

    def __hash__(self) -> int:
        raise Unsettled

    def _unsettled(self, *_: object) -> NoReturn:
        raise Unsettled

    __getattr__ = __iter__ = __len__ = __getitem__ = __contains__ = __call__ = _unsettled
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __index__ = __float__ = __str__ = __format__ = _unsettled
    __add__ = __sub__ = __mul__ = __floordiv__ = __truediv__ = __mod__ = __divmod__ = __neg__ = _unsettled
    __radd__ = __rsub__ = __rmul__ = __rfloordiv__ = __rtruediv__ = __rmod__ = __rdivmod__ = _unsettled

    def __eq__(self, other: object) -> bool:
        if other is None or other is self:
            return other is self
        raise Unsettled

    def __ne__(self, other: object) -> bool:
        return not self == other


SOME, CALLED = Hidden(), Hidden()


class Whenever(Hidden):
    """An instant, no matter which."""

    __hash__ = object.__hash__


WHENEVER = cast(int, Whenever())


class Another(Hidden):
    """Somebody, but not the one called."""

    def __eq__(self, other: object) -> bool:
        if other is CALLED or other is None:
            return False
        raise Unsettled


def _person(*told: Any) -> Shared:  # noqa: ANN401 - as in the profile
    *known, unauthorised = told
    return Shared(
        id=CALLED, **dict(zip(OF_PERSON, known, strict=True)), **({"authority": None} if unauthorised else {})
    )


def _number(*told: Any) -> Shared:  # noqa: ANN401 - as in the profile
    *known, own = told
    class_, place, *_ = known
    return Shared(
        person=None if own is None else CALLED if own else Another(),
        tied_to=Number(number="", class_=class_, place=place).tied_to,
        **dict(zip(OF_NUMBER, known, strict=True)),
    )


def _debt(kind: object, status: object, unassigned: object) -> Shared:
    return Shared(id=SOME, type=kind, status=status, assigned_at=None if unassigned else SOME)
