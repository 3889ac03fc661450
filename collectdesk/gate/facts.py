"""The question, indexed: who is called, on what number, about which debts, and what happened before.

An unknown scalar is read as the worst: an unknown channel is a voice call, an unknown purpose is collection, no
debts named are all debts, an event without a person may have been with this one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from msgspec.structs import replace

from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.gate.dial import Attempt, Debt, Dial, Event, Number, Permit, Person
from collectdesk.gate.instant import Instant
from collectdesk.gate.lazy import lazy
from collectdesk.gate.vocabulary import Role

T = TypeVar("T")
Kin: TypeAlias = "str | tuple[str]"
"""Debts of one group, named by the group; a debt of none, named by itself."""
FOREVER = 1 << 60
_by_time = attrgetter("at")


class Facts:
    """One question, ready to be asked of many rules.

    ``events``: what happened up to the instant asked about, oldest first, open permits among them as calls;
    ``times``: when each was; ``may_lapse``: whether one of them may stop counting by itself. ``debts``: those this
    contact is about; ``debt_ids`` also those not on file here.
    ``established``: named facts already looked up (``known``); ``tallies``: what events count (``tally``).
    """

    def __init__(self, dial: Dial) -> None:
        """Index ``dial``; nothing is decided yet."""
        self.dial = dial
        self.at: int = dial.at
        self.attempt: Attempt = dial.dial
        self.channel = self.attempt.channel or "voice"
        self.purpose = self.attempt.purpose or "collect"
        self.person: Person | None = self._person_called()
        self.number: Number | None = self._number_called()
        self.own_org = dial.own_org.id if dial.own_org else None
        self.may_lapse = bool(dial.permits)
        self.events, self.times = self._happened()
        self.all_debts = {debt.id: debt for debt in dial.debts or ()}
        self.debts = self._debts_meant()
        self.debt_ids = frozenset(self.attempt.debts or self.all_debts)
        self.established: dict[tuple[str, LocalClock, int, int], Any] = {}
        self.tallies: dict[tuple[Any, str | None], Any] = {}

    @lazy
    def found(self) -> dict[Hashable, Any]:
        """What was worked out ``once``, by its key."""
        return {}

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What ``work_out`` makes of this question, worked out when it is first asked for by this ``key``."""
        known: T | None = self.found.get(key)
        if known is None:
            known = self.found[key] = work_out()
        return known

    def _person_called(self) -> Person | None:
        """The person called, where they are on file."""
        called = self.attempt.person
        return next((each for each in self.dial.persons or () if each.id == called), None)

    def _number_called(self) -> Number | None:
        """The number as the person called has it; two people may share one."""
        called, person = self.attempt.number, self.attempt.person
        found = None
        for each in self.dial.numbers or ():
            if each.number == called:
                if each.person == person:
                    return each
                found = each
        return found

    @lazy
    def persons(self) -> dict[str, Person]:
        """Everybody on file, by id."""
        return {person.id: person for person in self.dial.persons or ()}

    @lazy
    def numbers(self) -> dict[str, Number]:
        """Every number on file."""
        return {number.number: number for number in self.dial.numbers or ()}

    @lazy
    def wrong(self) -> frozenset[tuple[str, str | None]]:
        """Numbers found to be somebody else's, each with the person it was on file for."""
        return frozenset([(each.number, each.person) for each in self.dial.numbers or () if each.status == "wrong"])

    def misdialled(self, event: Event) -> bool:
        """Whether the event went to a number that was not the person's it was meant for."""
        number = event.number or ""
        return (number, None) in self.wrong or (event.person is not None and (number, event.person) in self.wrong)

    @lazy
    def dated_by(self) -> tuple[LocalClock, ...]:
        """The clocks by which debts grow older: the candidate zones', UTC's where no zone is known."""
        try:
            return self.clocks or (clock_for("UTC"),)
        except LookupError:
            return (clock_for("UTC"),)

    @lazy
    def asked_on(self) -> int:
        """The local date asked about, as an ordinal; the earliest, where the candidate zones tell two."""
        return min(clock.day(self.at) for clock in self.dated_by)

    def events_since(self, start: int) -> tuple[Event, ...]:
        """The events at or after ``start``, oldest first."""
        first = bisect_left(self.times, start)
        return self.events[first:] if first < len(self.times) else ()

    @lazy
    def _by_id(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.id, []).append(event)
        return found

    def events_named(self, name: str | None) -> Sequence[Event]:
        """The events of that id, oldest first; mostly there is but one."""
        return () if name is None else self._by_id.get(name, ())

    def event_named(self, name: str | None) -> Event | None:
        """The event of that id; of several that bear it the first."""
        return next(iter(self.events_named(name)), None)

    @lazy
    def shared_ids(self) -> frozenset[str]:
        """The ids that several events bear."""
        return frozenset(name for name, those in self._by_id.items() if len(those) > 1)

    def _happened(self) -> tuple[tuple[Event, ...], list[int]]:
        """What happened up to the instant asked about, oldest first, and when; open permits stand in it as calls."""
        past = sorted(self.dial.events or (), key=_by_time)
        while past and past[-1].at > self.at:
            past.pop()
        if self.dial.permits:
            past.extend(_as_call(permit, self.at) for permit in self.dial.permits)
            past.sort(key=_by_time)
        return tuple(past), [event.at for event in past]

    def _debts_meant(self) -> tuple[Debt, ...]:
        """The debts this contact is about; all of them when none is named, an unlisted one as wholly unknown."""
        named = self.attempt.debts
        if not named:
            return tuple(self.dial.debts or ())
        return tuple([self.all_debts.get(each) or Debt(id=each) for each in dict.fromkeys(named)])

    @lazy
    def creditors(self) -> frozenset[str | None]:
        """For whom this contact is made; ``None`` stands for a creditor not known."""
        return frozenset([debt.creditor for debt in self.debts]) or frozenset((None,))

    @lazy
    def by_creditor(self) -> tuple[Facts, ...]:
        """The question for each creditor by itself, where it is about the debts of several; else none."""
        if len(self.creditors) < 2:
            return ()
        theirs: dict[str | None, list[str]] = {}
        for debt in self.debts:
            theirs.setdefault(debt.creditor, []).append(debt.id)
        return tuple(Facts(replace(self.dial, dial=replace(self.attempt, debts=tuple(ids)))) for ids in theirs.values())

    @lazy
    def others(self) -> frozenset[str]:
        """Every other organisation that may call about these debts: those named, and the creditors."""
        named = {org.id for org in self.dial.orgs or ()}.union([each for each in self.creditors if each])
        return frozenset(named - {self.own_org, ""})

    @lazy
    def told_through(self) -> dict[str, int]:
        """For each organisation the instant up to which its own calls are on file; of two told the earlier."""
        found: dict[str, int] = {}
        for each in (self.dial.history.by_org if self.dial.history else None) or ():
            through = each.complete_through or 0
            found[each.org] = min(through, found.get(each.org, through))
        return found

    @lazy
    def _lenders(self) -> frozenset[str]:
        return frozenset(org.id for org in self.dial.orgs or () if org.kind == "lender")

    def creditors_of(self, event: Event) -> frozenset[str | None]:
        """For whom ``event`` happened: the creditors of its debts, else the lender that called."""
        ids = (*(event.debts or ()), *(event.discussed or ()))
        if ids:
            known = (self.all_debts.get(debt) for debt in ids)
            return frozenset(debt.creditor if debt else None for debt in known)
        return frozenset((event.org if event.org in self._lenders else None,))

    @lazy
    def clocks(self) -> tuple[LocalClock, ...]:
        """The candidate zones' clocks.

        Raises:
            LookupError: no data for one of them.
        """
        names = dict.fromkeys(zone.zone for zone in self.dial.zones or ())
        return tuple(clock_for(name) for name in names)

    def with_their_groups(self, ids: Iterable[str]) -> frozenset[str]:
        """The debts ``ids`` and every other of their groups: debts of one group count as one."""
        named = frozenset(ids)
        groups = {self.all_debts[each].group for each in named if each in self.all_debts} - {None}
        if not groups:
            return named
        return named.union(debt.id for debt in self.all_debts.values() if debt.group in groups)

    def kin(self, debt: str) -> Kin:
        """What ``debt`` shares with all that count as one with it: its group, else nothing but itself."""
        known = self.all_debts.get(debt)
        return debt if known is None or known.group is None else (known.group,)

    @lazy
    def kin_asked(self) -> frozenset[Kin]:
        """The kin of the debts this contact is about."""
        return frozenset(map(self.kin, self.debt_ids))

    def speaks_of_debt(self, ids: Iterable[str] | None, debt: str) -> bool:
        """Whether a record about the debts ``ids`` (none = all) speaks of ``debt`` or another of its group."""
        kin = self.kin(debt)
        return not ids or any(self.kin(each) == kin for each in ids)

    def overlaps_debts(self, ids: Iterable[str] | None) -> bool:
        """Whether a record about the debts ``ids`` (none = all) touches this contact."""
        asked = self.kin_asked
        return not ids or not asked or any(self.kin(each) in asked for each in ids)

    def within_debts(self, ids: Sequence[str] | None) -> bool:
        """Whether a record about the debts ``ids`` (none = all) speaks of everything this contact is about."""
        asked = self.kin_asked
        return not ids or (0 < len(asked) <= len(ids) and asked.issubset(map(self.kin, ids)))

    def lapse(self, event: Event) -> int:
        """When ``event`` stops counting by itself: an open permit not yet shown lapses, a call never does."""
        return event.lapses if isinstance(event, OpenPermit) else FOREVER

    def why_counted(self, event: Event, why: str) -> str:
        """``why`` an event counts, for the evidence: an open permit does as one, whatever call it may become."""
        return "permit" if isinstance(event, OpenPermit) else why


class OpenPermit(Event, frozen=True):
    """An open permit as the call it may become; a call on file may bear the same id and is another."""

    lapses: int = FOREVER


def _lapse(permit: Permit) -> int:
    lapses = permit.shown is False and permit.until is not None
    return permit.until if lapses and permit.until is not None else FOREVER


def _as_call(permit: Permit, now: int) -> OpenPermit:
    """An open permit counts as if it had connected."""
    return OpenPermit(
        id=permit.id,
        at=Instant(permit.at if permit.at is not None else now),
        kind="call",
        direction="out",
        person=permit.person,
        number=permit.number,
        channel="voice",
        line="unknown",
        talk="unknown",
        debts=permit.debts,
        lapses=_lapse(permit),
    )


def role_in(person: Person | None) -> Role | None:
    """The role a person has in the case: a debtor's, where treated as one."""
    if person is None:
        return None
    return "debtor" if person.treated_as_debtor else person.role
