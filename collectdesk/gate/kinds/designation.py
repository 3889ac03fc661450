"""Designations: the times, places, numbers and channels a person made known as inconvenient or wanted (不方便)."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.dial import Designation, Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import CLOSED, NOTHING, OPEN, Ground, LooksBack, Reason, Rule, State
from collectdesk.gate.quota import Minutes, Quota
from collectdesk.gate.reply import ReplyTerms, as_reply
from collectdesk.gate.spoken import Spoken, clear_of, inside_wanted, place_called, speaks_of, touches
from collectdesk.gate.term import Term

Via = Literal["debtor", "agent", "creditor_note"]


class Life(Struct, frozen=True, forbid_unknown_fields=True):
    """How long designations of a sort last that name no end; an empty ``via`` or ``places`` means any."""

    term: Term
    via: tuple[Via, ...] = ()
    places: tuple[Literal["home", "work", "other", "none"], ...] = ()

    def covers(self, entry: Designation) -> bool:
        """Whether the designation is known to be of this sort."""
        return (not self.via or entry.via in self.via) and (not self.places or entry.place in self.places)


class Designated(Rule, frozen=True, kw_only=True, tag="designation"):
    """The person's own times and places are kept; wanted times open nothing that another rule closes.

    What is barred is barred; where times are wanted, any of the wanted ones will do. A landline is tied to its
    place, a mobile to none.

    ``about`` limits the rule to designations of times, places or media (channels and numbers), ``via`` to those that
    came this way (one of unknown way counts). ``any_debt``: what was said about one debt holds for every. ``quota``:
    what is barred beyond it does not bind. ``lasts``: the life of what names no end; the first that fits. A consent of
    ``consent``'s terms opens it, given no earlier than what it opens was said; ``reply``: an answer to what the person
    began may pass.
    """

    about: tuple[Literal["time", "place", "medium"], ...] = ()
    via: tuple[Via, ...] = ()
    any_debt: bool = False
    quota: Quota | None = None
    lasts: tuple[Life, ...] = ()
    consent: ConsentTerms | None = None
    reply: ReplyTerms | None = None

    def needs_zone(self, facts: Facts) -> bool:
        """Only where something was designated."""
        return bool(facts.dial.designations)

    @property
    def looks_back(self) -> LooksBack:
        """What somebody designated is personal; events do not matter."""
        return NOTHING

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Outside every barred time, and inside a wanted one if any is named."""
        if not facts.dial.designations:
            return OPEN
        before = partial(self._designated, facts, ground.clock)
        state = before(at)
        if state.open:
            return state
        state = as_reply(self.reply, facts, ground.clock, at, state, before)
        if state.open or self.consent is None:
            return state
        return self._agreed(self.consent, facts, ground, at, state.change)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which designations stand in the way."""
        spoken = self._spoken(facts, ground.clock)
        barred = [each for each in self._barred(spoken, facts, at) if not clear_of([each], ground.clock, at).open]
        wanted = [each for each in spoken if each.entry.kind == "only" and each.start <= at < each.end]
        evidence = {
            "local_time": Instant(at),
            "zone": ground.clock.name,
            "designations": [each.entry.id for each in barred or wanted],
            "named": list(dict.fromkeys(what for each in barred or wanted for what in each.named)),
        }
        return Reason("designation_barred" if barred else "designation_only", "debtor", evidence)

    def leaves_open(self, facts: Facts, ground: Ground, at: int) -> bool:
        """Everywhere; of a quota that leaves hours uncounted, only where it binds because of that."""
        if self.quota is None or self.quota.hours_between is None:
            return True
        counting_all = replace(self, quota=replace(self.quota, hours_between=None))
        return counting_all.state(facts, ground, at).open

    @property
    def cautions(self) -> bool:
        """Where something designated may not bind."""
        return self.quota is not None

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """What would bar this contact, but goes beyond what may be barred."""
        if self.quota is None or not facts.dial.designations or not self.state(facts, ground, at).open:
            return None
        spoken = self._spoken(facts, ground.clock)
        whole = [each for each in spoken if each.entry.kind != "only" and touches(each.entry, facts)]
        beyond = [each.entry.id for each in whole if not clear_of([each], ground.clock, at).open]
        return Reason("designation_beyond", None, {"designations": beyond}) if beyond else None

    def _designated(self, facts: Facts, clock: LocalClock, at: int) -> State:
        """The state by what was designated, consents and answers aside."""
        spoken = self._spoken(facts, clock)
        if not spoken:
            return OPEN
        wanted = [each for each in spoken if each.entry.kind == "only"]
        first = clear_of(self._barred(spoken, facts, at), clock, at)
        if self.quota is not None:
            first = _until_an_edge(first, spoken, at)
        second = inside_wanted(wanted, facts, clock, at)
        changes = [state.change for state in (first, second) if state.change is not None]
        if first.open and second.open:
            return State(open=True, change=min(changes, default=None))
        closed = [state for state in (first, second) if not state.open]
        if any(state.change is None for state in closed):
            return CLOSED
        return State(open=False, change=max(state.change or 0 for state in closed))

    def _allows(self, facts: Facts, ground: Ground, at: int, contact: Event | None) -> bool:
        """Whether what was designated let through the contact in which a consent was given."""
        asked = _on_any_call(facts) if contact is None else _on_their_call(facts, contact)
        return self._designated(asked, ground.clock, at).open

    def _agreed(self, terms: ConsentTerms, facts: Facts, ground: Ground, at: int, change: int | None) -> State:
        """The closed state, which would ``change`` of itself, where a consent may open it: none older than the wish."""
        standing, since, edges = self._in_the_way(facts, ground.clock, at)
        at_work = place_called(facts) == "work" or all(each.entry.place == "work" for each in standing)
        given = terms if at_work else _not_at_work(terms)
        allowed = partial(self._allows, facts, ground)
        opened, until = consent_at(given, facts, ground.clock, at, allowed=allowed, since=since)
        return State(
            open=opened, change=min((each for each in (change, until, *edges) if each is not None), default=None)
        )

    def _in_the_way(self, facts: Facts, clock: LocalClock, at: int) -> tuple[list[Spoken], int, list[int | None]]:
        """What stands in the way, when the last of it was said (of several wishes the first), and when that changes."""
        spoken = self._spoken(facts, clock)
        wishes = [each for each in spoken if each.entry.kind == "only"]
        asked = inside_wanted(wishes, facts, clock, at)
        states = [(each, clear_of([each], clock, at)) for each in self._barred(spoken, facts, at)]
        barred = [each for each, state in states if not state.open]
        wanted = [] if asked.open else [each for each in wishes if each.start <= at < each.end]
        since = max([*(each.start for each in barred), min((each.start for each in wanted), default=0)])
        begins = [each.start for each in spoken if each.start > at]
        return [*barred, *wanted], since, [asked.change, *(state.change for _, state in states), *begins]

    def _spoken(self, facts: Facts, clock: LocalClock) -> list[Spoken]:
        """The designations this rule hears, in the order they stand on file; gone through once for a question."""
        key = ("spoken", self.about, self.via, self.any_debt, self.lasts, clock)
        return facts.once(key, lambda: self._heard(facts, clock))

    def _heard(self, facts: Facts, clock: LocalClock) -> list[Spoken]:
        found = []
        for entry in facts.dial.designations or ():
            if not self._hears(entry, facts) or not speaks_of(entry, facts):
                continue
            end = min(entry.until or FOREVER, entry.revoked_at or FOREVER, self._end_of_life(entry, clock))
            each = Spoken(entry, entry.start or 0, end)
            if not self.about or each.about in self.about:
                found.append(each)
        return found

    def _hears(self, entry: Designation, facts: Facts) -> bool:
        came = not self.via or entry.via is None or entry.via in self.via
        return came and (self.any_debt or facts.overlaps_debts(entry.debts))

    def _end_of_life(self, entry: Designation, clock: LocalClock) -> int:
        if entry.until is not None or entry.start is None:
            return FOREVER
        life = next((each for each in self.lasts if each.covers(entry)), None)
        return FOREVER if life is None else life.term.ends(entry.start, clock)

    def _barred(self, spoken: Sequence[Spoken], facts: Facts, at: int) -> list[Spoken]:
        """What is barred and touches this contact; with a quota, so far as it binds at ``at``."""
        barred = [each for each in spoken if each.entry.kind != "only"]
        if self.quota is not None:
            barred = _within_quota(self.quota, barred, at)
        return [each for each in barred if touches(each.entry, facts)]


def _not_at_work(terms: ConsentTerms) -> ConsentTerms:
    """What a consent must open where it is not the place of work that is barred: to be called there opens no other."""
    opens = (terms.opens,) if isinstance(terms.opens, str) else terms.opens
    return replace(terms, opens=tuple(each for each in opens if each != "workplace"))


def _on_any_call(facts: Facts) -> Facts:
    """The facts of a contact of which nothing is known: only what names no place, number or channel bars that."""

    def nothing_known() -> Facts:
        said = facts.dial.designations or ()
        whole = tuple([each for each in said if (each.place, each.number, each.channel) == (None,) * 3])
        return Facts(replace(facts.dial, designations=whole))

    return facts.once("on any call", nothing_known)


def _on_their_call(facts: Facts, contact: Event) -> Facts:
    """The facts as they would be of a contact like ``contact``, over the number and channel that were used."""
    number, channel = contact.number, contact.channel
    asked = replace(facts.attempt, number=number, channel=channel)
    return facts.once(("on their call", number, channel), lambda: Facts(replace(facts.dial, dial=asked)))


def _within_quota(quota: Quota, barred: Sequence[Spoken], at: int) -> list[Spoken]:
    """What of the designations running at ``at`` binds, in the order of giving."""
    running = sorted((each for each in barred if each.start <= at < each.end), key=lambda each: each.start)
    timed = [each for each in running if each.timed]
    untimed = [each for each in running if not each.timed]
    kept = {id(entry) for entry in quota.channels_kept([each.entry for each in untimed])}
    binding = [each for each in untimed if id(each.entry) in kept]
    if quota.hours_a_week is None:
        return [*binding, *timed]
    entries = [each.entry for each in timed]
    return [*binding, *(replace(each, kept=partial(_share, quota, entries, n)) for n, each in enumerate(timed))]


def _share(quota: Quota, entries: Sequence[Designation], place: int, day: int) -> Sequence[Minutes]:
    return quota.hours_kept(entries, day)[place]


def _until_an_edge(state: State, spoken: Sequence[Spoken], at: int) -> State:
    """``state`` to be asked again when a designation begins or ends: the quota is then shared anew."""
    edges = [edge for each in spoken for edge in (each.start, each.end) if at < edge < FOREVER]
    changes = [*edges, *([] if state.change is None else [state.change])]
    return State(state.open, min(changes, default=None))
