"""Named facts a rule may require: what is known of each, since when, until when.

A fact of several parts gives one answer per part (a debt, a notice). Values are codes, never personal data.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, TypeAlias

from msgspec import structs

from collectdesk.gate import known_numbers
from collectdesk.gate.clock import LocalClock
from collectdesk.gate.dial import Debt, Notice
from collectdesk.gate.facts import FOREVER, Facts, role_in
from collectdesk.gate.instant import Instant
from collectdesk.gate.known_part import UNKNOWN, Known
from collectdesk.gate.others import own_known, unknown_others
from collectdesk.gate.sort import OBLIGED

ADULT = 18  # 民法典 art 17: a natural person of eighteen or more is an adult

FactName: TypeAlias = Literal[
    "number.listed", "number.owner", "number.source", "number.status", "number.confirmed",
    "person.adult", "person.capacity", "person.alive", "person.agreed", "debt.status", "debt.due", "debt.payable",
    "debt.statement", "collector.standing", "collector.recordings", "history.others", "history.same_day",
    "place.zone", "org.licensed", "notice.collection_start", "notice.validation", "notice.debt", "notice.outsourcing",
    "notice.assignment", "notice.adverse_credit",
]  # fmt: skip


DATED: tuple[FactName, ...] = (
    "person.adult", "person.capacity", "debt.due", "debt.payable", "debt.statement", "history.others",
    "history.same_day",
)  # fmt: skip
"""Facts that hold from a local date on, or through one."""
FREE_OF_THE_PAST: tuple[FactName, ...] = (
    "number.listed", "number.owner", "number.source", "person.adult", "person.capacity", "person.alive",
    "person.agreed", "debt.status", "debt.due", "debt.payable", "debt.statement", "collector.standing",
    "collector.recordings", "history.others", "place.zone", "org.licensed",
)  # fmt: skip
"""Facts that neither an event nor the date of a notice can change."""


TIMELESS: frozenset[FactName] = frozenset((
    "number.listed", "number.owner", "number.source", "number.status", "person.alive", "person.agreed", "debt.status",
    "debt.due", "collector.recordings", "history.same_day", "place.zone", "org.licensed",
))  # fmt: skip
"""Facts of which the same is known at whatever instant it is asked."""


def known(name: FactName, facts: Facts, clock: LocalClock, at: int, dates: int = 1) -> list[Known]:
    """Every part of the fact ``name`` as it stands at ``at``; looked up once, however many rules ask.

    ``dates``: the local dates, the last being that of ``at``, for which others' calls must be on file.
    """
    if name in TIMELESS:
        at = 0
    elif name == "history.others":  # no call of an instant to come is made yet
        at = min(at, facts.at)
    key = (name, clock, at, dates)
    parts: list[Known] | None = facts.established.get(key)
    if parts is None:
        parts = _looked_up(name, facts, clock, at, dates)
        facts.established[key] = parts
    return parts


def _looked_up(name: FactName, facts: Facts, clock: LocalClock, at: int, dates: int) -> list[Known]:
    if name == "history.others":
        return _others(facts, clock, at, dates)
    look_up = _FACTS.get(name)
    return look_up(facts, clock, at) if look_up else _notices(name, facts, at)


def _notices(name: FactName, facts: Facts, at: int) -> list[Known]:
    kind = name.removeprefix("notice.")
    return [_notice(kind, debt, facts, at) for debt in facts.debts or (None,)]


def _person_adult(facts: Facts, clock: LocalClock, at: int) -> list[Known]:
    born = facts.person.born_on if facts.person else None
    if born is None:
        return [UNKNOWN]
    comes_of_age = Instant(clock.start_of(birthday(born, ADULT)))
    return [Known(present=True, refused=comes_of_age > at, at=comes_of_age)]


def birthday(born: date, age: int) -> int:
    """The ordinal of the day someone turns ``age``; who was born on 29 February does on 1 March."""
    try:
        return born.replace(year=born.year + age).toordinal()
    except ValueError:
        return date(min(born.year + age, date.max.year), 3, 1).toordinal()


def _person_capacity(facts: Facts, clock: LocalClock, at: int) -> list[Known]:
    """Legal capacity; an adult is presumed to have it (民法典 art 18)."""
    person = facts.person
    if person is None:
        return [UNKNOWN]
    if person.capacity not in (None, "unknown"):
        return [Known(present=True, value=person.capacity)]
    adult = person.capacity is None and not any(
        part.refused or not part.present for part in known("person.adult", facts, clock, at)
    )
    return [Known(present=adult, value="full" if adult else None)]


def _person_alive(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    """Whether the person called lives; where nobody says who that is, it may be any of those on file who may owe."""
    if facts.attempt.person is not None:
        return [Known(present=True, refused=facts.person is not None and facts.person.died_on is not None)]
    owing = [each for each in facts.persons.values() if role_in(each) in (None, *OBLIGED)]
    return [Known(present=True, refused=any(each.died_on is not None for each in owing))]


def _person_agreed(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    """Whether the person called has agreed to be contacted."""
    agreed = facts.person.agreed if facts.person else None
    return [UNKNOWN] if agreed is None else [Known(present=True, refused=not agreed)]


def _debt_status(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    return [Known(present=debt.status is not None, value=debt.status, subject=debt.id) for debt in facts.debts] or [
        UNKNOWN
    ]


def _debt_due(facts: Facts, clock: LocalClock, _at: int) -> list[Known]:
    return [_due(debt, clock) for debt in facts.debts] or [UNKNOWN]


def _due(debt: Debt, clock: LocalClock) -> Known:
    """The due day; it grows old from its own date."""
    day = due_day(debt)
    due = None if day is None else Instant(clock.start_of(day))
    return Known(present=due is not None, at=due, subject=debt.id)


def _debt_payable(facts: Facts, clock: LocalClock, at: int) -> list[Known]:
    """Whether the due day has come."""
    parts = known("debt.due", facts, clock, at)
    return [structs.replace(each, refused=each.at is not None and each.at > at) for each in parts]


def due_day(debt: Debt) -> int | None:
    """The due day as an ordinal: as it stands on file, else so many days back as the debt was overdue on its date."""
    if debt.due_on is not None:
        return debt.due_on.toordinal()
    if debt.days_past_due is None or debt.as_of is None:
        return None
    return min(max(debt.as_of.toordinal() - debt.days_past_due, date.min.toordinal()), date.max.toordinal())


def _debt_statement(facts: Facts, clock: LocalClock, at: int) -> list[Known]:
    return [_statement(debt, clock, at) for debt in facts.debts] or [UNKNOWN]


def _statement(debt: Debt, clock: LocalClock, at: int) -> Known:
    """The statement of amounts; of the instant it was made and the date it speaks for, the older counts."""
    dates = [] if debt.as_of is None else [clock.start_of(debt.as_of.toordinal())]
    dates += [] if debt.statement_at is None else [debt.statement_at]
    dated = Instant(min(dates)) if dates else None
    return Known(present=dated is not None and dated <= at, at=dated, subject=debt.id)


def _standing(facts: Facts, _clock: LocalClock, at: int) -> list[Known]:
    standing = facts.dial.standing
    if standing is None or standing.qualified_until is None:
        missing = tuple(standing.missing or ()) if standing else ()
        return [Known(present=False, missing=missing or ("standing",))]
    missing = tuple(standing.missing or ())
    if standing.suspended and not any(code.startswith("suspended") for code in missing):
        missing = (*missing, "suspended")
    if standing.qualified_until <= at:
        missing = (*missing, "qualification_expired")
    return [Known(present=True, until=standing.qualified_until, refused=bool(missing), missing=missing)]


def _recordings(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    """Recordings of the collector's own calls that are owed for longer than the house allows."""
    overdue = facts.dial.standing.recordings_overdue if facts.dial.standing else None
    if overdue is None:
        return [UNKNOWN]
    missing = ("recording_overdue",) if overdue else ()
    return [Known(present=True, value=str(overdue), refused=overdue > 0, missing=missing)]


def _others(facts: Facts, clock: LocalClock, at: int, dates: int) -> list[Known]:
    """Whether the others' calls are on file up to ``at``, and all calls of that date and those before it."""
    missing = unknown_others(facts, at)
    covered = not missing and own_known(facts, clock.start_of(clock.day(at) + 1 - dates), at)
    return [Known(present=covered, missing=tuple(missing))]


def _same_day(facts: Facts, clock: LocalClock, _at: int) -> list[Known]:
    """Whether our own contacts with this person were put on record on the local date they happened."""
    person = facts.attempt.person
    own = [each for each in facts.events if each.org in (None, facts.own_org) and each.person in (None, person)]
    return [
        Known(
            present=each.recorded_at is not None,
            at=each.recorded_at,
            refused=each.recorded_at is not None and clock.day(each.recorded_at) > clock.day(each.at),
            subject=each.id,
        )
        for each in own
    ]


def _zone(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    return [Known(present=bool(facts.dial.zones))]


def _licensed(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    licensed = facts.dial.own_org.licensed if facts.dial.own_org else None
    return [Known(present=licensed is not None, refused=licensed is False)]


def _notice(kind: str, debt: Debt | None, facts: Facts, at: int) -> Known:
    """Whether a notice of ``kind`` about ``debt`` has gone out and not come back."""
    subject = debt.id if debt else None
    standing = [
        (given, each.returned_at or FOREVER)
        for each in facts.dial.notices or ()
        if each.kind == kind
        and (each.returned_at is None or each.returned_at > at)
        and (given := _given(each)) is not None
        and addressed(each, debt, facts)
    ]
    first = Instant(min(given for given, _ in standing)) if standing else None
    ends = [back for given, back in standing if given <= at]
    if not ends:
        return Known(present=False, at=first, subject=subject)
    until = Instant(max(ends)) if max(ends) < FOREVER else None
    return Known(present=True, at=first, until=until, subject=subject)


def addressed(notice: Notice, debt: Debt | None, facts: Facts) -> bool:
    """Whether ``notice`` is about ``debt`` and went to the debtor or to the person called."""
    if notice.debts and (debt is None or not facts.speaks_of_debt(notice.debts, debt.id)):
        return False
    if notice.person in (None, facts.attempt.person):
        return True
    addressee = facts.persons.get(notice.person or "")
    return addressee is not None and addressee.role == "debtor"


def _given(notice: Notice) -> int | None:
    """When the notice was given: where both its sending and its arrival are known, by the later."""
    return max((each for each in (notice.sent_at, notice.received_at) if each is not None), default=None)


_FACTS: dict[str, Callable[[Facts, LocalClock, int], list[Known]]] = {
    "number.listed": known_numbers.listed,
    "number.owner": known_numbers.owner,
    "number.source": known_numbers.source,
    "number.status": known_numbers.status,
    "number.confirmed": known_numbers.confirmed,
    "person.adult": _person_adult,
    "person.capacity": _person_capacity,
    "person.alive": _person_alive,
    "person.agreed": _person_agreed,
    "debt.status": _debt_status,
    "debt.due": _debt_due,
    "debt.payable": _debt_payable,
    "debt.statement": _debt_statement,
    "collector.standing": _standing,
    "collector.recordings": _recordings,
    "history.same_day": _same_day,
    "place.zone": _zone,
    "org.licensed": _licensed,
}
