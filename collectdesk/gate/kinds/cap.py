"""Caps: how many contacts of a kind may happen within a window."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from collectdesk.gate.consent import ConsentTerms, made_under, past_consents
from collectdesk.gate.counting import OTHER_PERSON, Count, Weigher, weighers_for
from collectdesk.gate.debt_keys import ALL_DEBTS, keys_meant, keys_of
from collectdesk.gate.decision import Evidence
from collectdesk.gate.dial import Event
from collectdesk.gate.exclusion import Exclusion, LeftOut, left_out
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import CLOSED, DAY, OPEN, Ground, LooksBack, Natural, Reason, State
from collectdesk.gate.kinds.states import Rebuttable, consented, perhaps_left_out, together, unless_unbound
from collectdesk.gate.lazy import lazy
from collectdesk.gate.others import others_known
from collectdesk.gate.scopes import Scope
from collectdesk.gate.tally import times_counted, weighed
from collectdesk.gate.window import Window


class Weight(NamedTuple):
    """One event of a count: whether it counts and why; ``perhaps``: on the milder reading of the text it does not."""

    event: Event
    why: str
    counts: bool
    perhaps: bool = False


class Cap(Rebuttable, frozen=True, kw_only=True, tag="cap", dict=True):
    """At most ``limit`` events of any of ``count`` in ``window``, counted per ``per``.

    "Not more than n" permits the nth and refuses the next. Where a text leaves its window open (a week from which
    day?), ``or_window`` names the other readings: each must have room. ``after_first``: only what came after the first
    contact that counts by these, ever, is counted; ``after_first_per`` says for whom that was, where it is not ``per``
    (a first talk for any creditor, a limit for each). ``excluding``: what is left out, each sort with its own limit.
    ``unknown_others_cost`` is taken off the limit while the calls of other organisations on these debts are not known
    (unknown is not zero). A consent opens the cap where the text allows an agreement.
    """

    limit: Natural
    window: Window
    or_window: tuple[Window, ...] = ()
    count: tuple[Count, ...]
    per: tuple[Scope, ...]
    after_first: tuple[Count, ...] = ()
    after_first_per: tuple[Scope, ...] = ()
    excluding: tuple[Exclusion, ...] = ()
    unknown_others_cost: Natural = 0
    consent: ConsentTerms | None = None

    @property
    def looks_back(self) -> LooksBack:
        """As many events as the cap allows, within the window: with fewer there is room, and only ever more."""
        length = DAY * max(each.longest_days for each in self._windows)
        least = max(1, self.limit - self.unknown_others_cost)
        dates = None if self.or_window else self.window.dates
        return LooksBack(events=min(length, FOREVER), least=least, notices=0, dates=dates)

    @lazy
    def _windows(self) -> tuple[Window, ...]:
        return (self.window, *self.or_window)

    @lazy
    def _weighers(self) -> tuple[Weigher, ...]:
        return weighers_for(self.count, self.per)

    @lazy
    def _plain(self) -> bool:
        """Whether all that counts by its measure counts, whatever else happened."""
        return not self.after_first and not self.excluding and past_consents(self.consent) is None

    def needs_zone(self, facts: Facts) -> bool:
        """Where dates are counted, or hours that were agreed to."""
        dated = any(each.minutes is None and not each.ever for each in self._windows) or bool(self.excluding)
        return dated or (self.consent is not None and bool(facts.dial.consents))

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open while fewer than the limit count, for each creditor where it is per creditor."""
        state = self._state(facts, ground, at)
        if state.open or "creditor" not in self.per or not facts.by_creditor:
            return state
        return together([self._state(each, ground, at) for each in facts.by_creditor])

    def _state(self, facts: Facts, ground: Ground, at: int) -> State:
        """The state for all debts together; each contact that leaves the window makes room."""
        if self.or_window or not self._plain:
            return self._state_in_full(facts, ground, at)
        begins = self.window.begins(at, ground.clock)
        limit = self._limit_unless_few(begins, facts, at)
        if limit is None:
            return OPEN
        keys = keys_meant(self.per, facts, self.when)
        if keys == ALL_DEBTS and not facts.may_lapse:
            state = self._by_tally(self.window, begins, limit, facts, ground, None)
            return consented(state, self.consent, facts, ground.clock, at)
        return together([self._for_debt(facts, ground, at, key) for key in keys])

    def _state_in_full(self, facts: Facts, ground: Ground, at: int) -> State:
        """The state where there are several windows, or an event that counts by its measure may not count."""
        begins = (window.begins(at, ground.clock) for window in self._windows)
        if all(self._limit_unless_few(each, facts, at) is None for each in begins):
            return OPEN
        state = together([self._for_debt(facts, ground, at, key) for key in keys_meant(self.per, facts, self.when)])
        return unless_unbound(state, self.excluding, facts, ground.clock, at)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The limit, the window, which events counted and which not."""
        facts = self._without_room(facts, ground, at)[0]
        key, window = self._first_full(facts, ground, at)
        limit = self._limit(window.begins(at, ground.clock), facts, at)
        start, end = window.bounds(at, ground.clock)
        counted: list[Evidence] = []
        passed_over: list[Evidence] = []
        for event, why, counts in self._told(window, facts, ground, at, key):
            why = facts.why_counted(event, why) if counts else why
            (counted if counts else passed_over).append({"event": event.id, "at": event.at, "why": why})
        evidence = {
            "limit": limit,
            "window": {"from": Instant(start), "to": Instant(end)},
            "zone": ground.clock.name,
            "measures": [count.of for count in self.count],
            "per": list(self.per),
            "counted": counted,
            "not_counted": passed_over,
        }
        if key is not None:
            evidence["debt"] = key
        if limit < self.limit:
            evidence["unknown_others_cost"] = self.limit - limit
        return Reason("cap_full", None, evidence)

    def leaves_open(self, facts: Facts, ground: Ground, at: int) -> bool:
        """Whether another reading of the window, or leaving out what the text may leave out, would make room."""
        if not (self.or_window or perhaps_left_out(self.excluding, self.consent)):
            return True
        return all(self._leaves_open(each, ground, at) for each in self._without_room(facts, ground, at))

    def _without_room(self, facts: Facts, ground: Ground, at: int) -> Sequence[Facts]:
        """The question, or where it is about the debts of several creditors, what of it finds no room, if anything."""
        if "creditor" not in self.per or not facts.by_creditor:
            return (facts,)
        return [each for each in facts.by_creditor if not self._state(each, ground, at).open] or (facts,)

    def _leaves_open(self, facts: Facts, ground: Ground, at: int) -> bool:
        full = [(key, self._full(facts, ground, at, key)) for key in keys_meant(self.per, facts, self.when)]
        return all(self._mildly_open(full_ones, facts, ground, at, key) for key, full_ones in full if full_ones)

    def _mildly_open(self, full: Sequence[Window], facts: Facts, ground: Ground, at: int, key: str | None) -> bool:
        if len(full) < len(self._windows):
            return True
        weights = (self._weights(window, facts, ground, at, key) for window in full)
        return any(sum(each.counts and not each.perhaps for each in those) < self.limit for those in weights)

    def _limit_unless_few(self, begins: int, facts: Facts, at: int) -> int | None:
        """The limit, unless there are too few events of any sort since the window ``begins`` to fill the cap."""
        number = len(facts.times) - bisect_left(facts.times, begins)
        if number < self.limit - self.unknown_others_cost:
            return None
        limit = self._limit(begins, facts, at)
        return None if number < limit else limit

    def _limit(self, begins: int, facts: Facts, at: int) -> int:
        """The limit of a window that ``begins`` there; no call of an instant to come is made yet."""
        if not self.unknown_others_cost or others_known(facts, begins, min(at, facts.at)):
            return self.limit
        return max(0, self.limit - self.unknown_others_cost)

    def _first_full(self, facts: Facts, ground: Ground, at: int) -> tuple[str | None, Window]:
        """The first debt and window without room; where there is but one of them it is that."""
        keys = keys_meant(self.per, facts, self.when)
        if keys == ALL_DEBTS and not self.or_window:
            return None, self.window
        full = ((key, each) for key in keys for each in self._full(facts, ground, at, key))
        return next(full, (None, self.window))

    def _for_debt(self, facts: Facts, ground: Ground, at: int, key: str | None) -> State:
        """The state for one debt: room by every window, or a consent for it."""
        state = together([self._by_window(window, facts, ground, at, key) for window in self._windows])
        return consented(state, self.consent, facts, ground.clock, at, key)

    def _full(self, facts: Facts, ground: Ground, at: int, key: str | None) -> list[Window]:
        """The windows without room."""
        return [each for each in self._windows if not self._by_window(each, facts, ground, at, key).open]

    def _by_window(self, window: Window, facts: Facts, ground: Ground, at: int, key: str | None) -> State:
        """Whether there is room in one window; else when that may change."""
        begins = window.begins(at, ground.clock)
        limit = self._limit(begins, facts, at)
        if not self._plain or facts.may_lapse:
            return self._by_weights(window, limit, facts, ground, at, key)
        return self._by_tally(window, begins, limit, facts, ground, key)

    def _by_tally(
        self, window: Window, begins: int, limit: int, facts: Facts, ground: Ground, key: str | None
    ) -> State:
        """The same, where all that counts by its measure counts."""
        counting = times_counted(facts, self._weighers, begins, key)
        if len(counting) < limit:
            return OPEN
        return _full_until([window.leaves(each, ground.clock) for each in counting], limit)

    def _by_weights(self, window: Window, limit: int, facts: Facts, ground: Ground, at: int, key: str | None) -> State:
        """The same, where an event that counts by its measure may be left out or lapse."""
        if len(times_counted(facts, self._weighers, window.begins(at, ground.clock), key)) < limit:
            return OPEN
        weights = self._weights(window, facts, ground, at, key)
        ends = [self._end(each.event, window, facts, ground) for each in weights if each.counts]
        if len(ends) < limit:
            return OPEN
        if limit > 0 and any(each.limited for each in self.excluding):
            # another may be left out as soon as any has gone
            return _full_until([self._end(each.event, window, facts, ground) for each in weights], len(weights))
        return _full_until(ends, limit)

    def _end(self, event: Event, window: Window, facts: Facts, ground: Ground) -> int:
        return min(window.leaves(event.at, ground.clock), facts.lapse(event))

    def _told(
        self, window: Window, facts: Facts, ground: Ground, at: int, key: str | None
    ) -> list[tuple[Event, str, bool]]:
        """For the evidence: the events of the window that concern this scope, why, and whether they count."""
        if not self._plain or facts.may_lapse:
            weights = self._weights(window, facts, ground, at, key)
            return [(each.event, each.why, each.counts) for each in weights]
        answers = weighed(facts, self._weighers, window.begins(at, ground.clock), key)
        return [(event, answer.why, answer.counts) for event, answer in answers if answer is not OTHER_PERSON]

    def _weights(self, window: Window, facts: Facts, ground: Ground, at: int, key: str | None) -> list[Weight]:
        """The events of the window that concern this scope, with what each counts."""
        weights = self._measured(window, facts, ground, at, key)
        if not self.excluding and past_consents(self.consent) is None:
            return weights
        counting = [each.event for each in weights if each.counts]
        out = left_out(self.excluding, counting, facts, ground.clock, self._others(counting, facts))
        return [self._after_exclusions(each, out, facts, ground, key) for each in weights]

    def _others(self, counting: Sequence[Event], facts: Facts) -> list[Event]:
        """What else counts, whenever it was and whatever debt it was about, where one answers no more than once."""
        if not counting or not any(each.each_request for each in self.excluding):
            return []
        known = frozenset(counting)
        answers = weighed(facts, self._weighers, -FOREVER, None)
        return [event for event, answer in answers if answer.counts and event not in known]

    def _after_exclusions(self, weight: Weight, out: LeftOut, facts: Facts, ground: Ground, key: str | None) -> Weight:
        event = weight.event
        if not weight.counts:
            return weight
        if event in out.surely:
            return weight._replace(counts=False, why="left_out")
        terms = past_consents(self.consent)
        if terms is not None and made_under(terms, event, facts, ground.clock, key):
            if terms.made_under == "left_out":
                return weight._replace(counts=False, why="under_consent")
            return weight._replace(perhaps=True)
        return weight._replace(perhaps=event in out.perhaps)

    def _measured(self, window: Window, facts: Facts, ground: Ground, at: int, key: str | None) -> list[Weight]:
        """What each event of the window counts by its measure."""
        first = self._first(facts, key)
        return [
            Weight(event, "before_first_talk", counts=False)
            if answer.counts and event.at <= first
            else Weight(event, answer.why, answer.counts)
            for event, answer in weighed(facts, self._weighers, window.begins(at, ground.clock), key)
            if answer is not OTHER_PERSON and (not facts.may_lapse or at < facts.lapse(event))
        ]

    def _first(self, facts: Facts, key: str | None) -> int:
        """When the first contact was after which it is counted; nothing counts before there was one."""
        if not self.after_first:
            return -FOREVER
        per = self.after_first_per or self.per
        whose = None if keys_of(per, facts) == ALL_DEBTS else key
        counting = times_counted(facts, weighers_for(self.after_first, per), -FOREVER, whose)
        return counting[0] if counting else FOREVER


def _full_until(ends: list[int], limit: int) -> State:
    """Closed until so many of those that count have gone that there is room by ``limit``."""
    if limit <= 0:
        return CLOSED
    change = sorted(ends)[-limit]
    return State(open=False, change=change if change < FOREVER else None)
