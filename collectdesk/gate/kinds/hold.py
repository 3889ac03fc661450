"""Holds: reasons to leave somebody alone (停催), and the few purposes each still allows."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import partial
from typing import Literal

from msgspec import field

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.decision import Evidence, Releaser
from collectdesk.gate.dial import Event, Hold
from collectdesk.gate.facts import FOREVER, Facts, role_in
from collectdesk.gate.hold_lives import Causes, Held, Life
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import NOTHING, OPEN, Ground, LooksBack, Natural, Reason, Rule, State
from collectdesk.gate.reply import ReplyTerms, as_reply
from collectdesk.gate.sort import OBLIGED
from collectdesk.gate.term import Term
from collectdesk.gate.vocabulary import HoldKind, Purpose, Role

RELEASED_BY: dict[str, Releaser] = {
    "cease": "debtor",
    "attorney": "attorney",
    "contact_refused": "third_party",
    "settled": "creditor",
    "recalled": "creditor",
    "promise": "debtor",
}
"""Whose act ends a hold; every other kind is a lead's to lift."""
ACTING: tuple[Role, ...] = ("agent", "attorney")
"""Who acts for the debtor, and for no co-debtor."""
REFUSALS: tuple[HoldKind, ...] = ("cease", "contact_refused")
"""What somebody says of calls to themselves, not to whom they have speak for them."""


class NoHold(Rule, frozen=True, kw_only=True, tag="hold"):
    """No contact while a hold of one of ``kinds`` is in force on the person or the debts.

    ``kinds`` names for each kind the purposes that pass all the same; a hold's own ``allows`` adds to them. A hold of
    unknown kind is any of them; one without a date of receipt has begun.

    ``lasts`` gives the length of a kind that names no end (a moratorium of so many days, a suspension of so many
    months). ``once`` names the kinds of which each cause binds once: a later hold of the same kind and ``cause`` on
    the same debts does not bind, but, where ``extendable``, as the one extension of an agreed length by as many local
    dates again; an unknown cause is a cause of its own. ``contacts`` is how many contacts for the purposes a kind lets
    through it lets through in all. ``counsel`` *known*: an attorney binds only if counsel's name and address are known
    or not said to be unknown. ``reaches``: roles in which somebody stands in for the debtor or a co-debtor, and is
    stopped where it is on one of these (roles are those towards the debtor: nobody stands in for a guarantor, and who
    acts for the debtor does so for no co-debtor, and may be called where the debtor wants no calls); *all*: it is the
    debt that rests, whoever is called. ``any_debt``: kinds which, on a person, hold whatever the debt (who wants no
    calls wants none about another). A consent of ``consent``'s terms opens it: *any* of them, or *all* together, as
    ``agreement`` says. ``reply``: an answer to what the person began may pass.
    """

    kinds: dict[HoldKind, tuple[Purpose, ...]]
    lasts: dict[HoldKind, Term] = field(default_factory=dict)
    once: tuple[HoldKind, ...] = ()
    extendable: bool = False
    contacts: dict[HoldKind, Natural] = field(default_factory=dict)
    counsel: Literal["any", "known"] = "any"
    reaches: tuple[Role, ...] | Literal["all"] = ()
    any_debt: tuple[HoldKind, ...] = ()
    consent: tuple[ConsentTerms, ...] = ()
    agreement: Literal["any", "all"] = "any"
    reply: ReplyTerms | None = None

    def needs_zone(self, facts: Facts) -> bool:
        """Where a hold on file ends by dates, or may be opened by a consent."""
        by_dates = self.lasts or self.extendable or (self.consent and facts.dial.consents)
        return bool(facts.dial.holds and by_dates)

    @property
    def looks_back(self) -> LooksBack:
        """A hold is personal; events do not matter."""
        return NOTHING

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open when no hold is in force, or one lets this contact through."""
        if not facts.dial.holds:
            return OPEN
        held = self._held(facts, ground.clock)
        if not held.stopping:
            return OPEN
        before = partial(self._agreed, held, facts, ground.clock)
        state = before(at)
        return state if state.open else as_reply(self.reply, facts, ground.clock, at, state, before)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which holds stand, of what kind, until when, and whose act lifts them."""
        standing = [each for each in self._held(facts, ground.clock).stopping if each[1] <= at < each[2]]
        lasting = [each for each in standing if each[2] == FOREVER] or standing
        evidence = {"holds": [self._told(each, facts) for each in standing]}
        return Reason("hold", RELEASED_BY.get(lasting[0][0].kind or "", "lead"), evidence)

    def _told(self, life: Life, facts: Facts) -> Evidence:
        """One hold; of one that is on others, and reaches the person called through them, on whom."""
        hold, _, end = life
        told: Evidence = {
            "hold": hold.id,
            "kind": hold.kind,
            "since": hold.received_at,
            "until": Instant(end) if end < FOREVER else None,
        }
        if hold.persons and facts.attempt.person not in (None, *hold.persons):
            told["on"] = [role_in(facts.persons.get(each)) for each in hold.persons]
        return told

    @property
    def cautions(self) -> bool:
        """Where a hold on file may not bind."""
        return bool(self.once)

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """Holds on file that do not bind any more, because their cause had its time."""
        if not facts.dial.holds:
            return None
        spent = [
            hold.id
            for hold, start, end in self._held(facts, ground.clock).lives
            if start <= at < _own_end(hold) and end == start and self._concerns(hold, facts)
        ]
        return Reason("hold_spent", None, {"holds": spent}) if spent else None

    def _held(self, facts: Facts, clock: LocalClock) -> Held:
        """The holds on file and those that stop this contact, each with its life; worked out once for a question."""
        return facts.once(("held", id(self), clock), lambda: Held(self, self._lives(facts, clock), self._stops, facts))

    def _agreed(self, held: Held, facts: Facts, clock: LocalClock, at: int) -> State:
        """The state by the holds and the consents, answers aside."""
        last = held.spans.until(at)
        if last is None:
            return State(open=True, change=held.spans.after(at))
        change = last if last < FOREVER else None
        if not self.consent or not facts.dial.consents:
            return State(open=False, change=change)

        def free(then: int, _contact: Event | None) -> bool:
            return held.spans.until(then) is None

        given = [consent_at(terms, facts, clock, at, allowed=free) for terms in self.consent]
        agreed = (all if self.agreement == "all" else any)(opened for opened, _ in given)
        changes = [each for each in (change, *(until for _, until in given)) if each is not None]
        return State(open=agreed, change=min(changes, default=None))

    def _stops(self, hold: Hold, facts: Facts) -> bool:
        if not self._concerns(hold, facts):
            return False
        allowed = set(hold.allows or ())
        if hold.kind is not None:
            allowed |= set(self.kinds[hold.kind])
        return facts.purpose not in allowed or self._used_up(hold, allowed, facts)

    def _concerns(self, hold: Hold, facts: Facts) -> bool:
        """Whether the hold is of a kind that binds here, and on this person and debt."""
        if hold.kind is not None and hold.kind not in self.kinds:
            return False
        if hold.kind == "attorney" and self.counsel == "known" and hold.counsel_known is False:
            return False
        called = facts.attempt.person
        persons = hold.persons or ()
        on_them = not persons or called is None or called in persons or self._reached(hold.kind, persons, facts)
        their_own = bool(hold.persons) and self._whatever_debt(hold, facts)
        return on_them and (their_own or facts.overlaps_debts(hold.debts))

    def _whatever_debt(self, hold: Hold, facts: Facts) -> bool:
        """Whether it holds for every debt; of unknown kind it may, but who owes is no contact who refused."""
        if hold.kind is not None:
            return hold.kind in self.any_debt
        owes = facts.person is not None and facts.person.role in OBLIGED
        return any(not (owes and kind == "contact_refused") for kind in self.any_debt)

    def _reached(self, kind: HoldKind | None, persons: Sequence[str], facts: Facts) -> bool:
        """Whether a hold on these ``persons`` stops the one called, who is not among them; of unknown role, it may."""
        if self.reaches == "all":
            return True
        role = facts.person.role if facts.person is not None else None
        unmoved = ACTING if kind in REFUSALS else ()
        standing_in = [each for each in self.reaches if role in (None, each) and each not in unmoved]
        if not standing_in:
            return False
        stood_for = ("debtor",) if set(standing_in).issubset(ACTING) else ("debtor", "co_debtor")
        named = (facts.persons.get(each) for each in persons)
        return any(each is None or each.role in (None, *stood_for) for each in named)

    def _used_up(self, hold: Hold, allowed: set[Purpose], facts: Facts) -> bool:
        """Whether the contacts the hold lets through have all been made."""
        most = self.contacts.get(hold.kind) if hold.kind is not None else None
        if most is None:
            return False
        key = ("contacts for", frozenset(allowed))
        made = facts.once(key, lambda: [event.at for event in facts.events if _may_be_one(event, allowed, facts)])
        return len(made) - bisect_left(made, _start(hold)) >= most

    def _lives(self, facts: Facts, clock: LocalClock) -> list[Life]:
        """Every hold with the stretch for which it binds; a spent one's is empty."""
        lives = [(hold, _start(hold), self._end(hold, clock)) for hold in facts.dial.holds or ()]
        if not self.once:
            return lives
        causes = Causes(lives, self.once)
        return [(life[0], life[1], self._end_of_cause(life, causes, clock)) for life in lives]

    def _end(self, hold: Hold, clock: LocalClock) -> int:
        """When the hold ends: by its own word, else by the rule's length for its kind."""
        end = _own_end(hold)
        term = self.lasts.get(hold.kind) if hold.kind is not None else None
        if term is None or hold.until is not None or hold.received_at is None:
            return end
        return min(end, term.ends(hold.received_at, clock))

    def _end_of_cause(self, life: Life, causes: Causes, clock: LocalClock) -> int:
        """When the hold ends, given that each cause binds once."""
        _, start, end = life
        earlier = causes.earlier(life)
        if not earlier:
            return end
        first, began, over = earlier[0]
        extends = self.extendable and len(earlier) == 1 and first.until is not None and start <= over
        return min(end, _as_much_again(began, over, clock)) if extends else start


def _may_be_one(event: Event, purposes: Collection[Purpose], facts: Facts) -> bool:
    """Whether the event may be a contact of ours with the person called for one of these purposes."""
    return (
        event.direction != "in"
        and event.purpose in purposes
        and event.person in (None, facts.attempt.person)
        and event.org in (None, facts.own_org)
    )


def _as_much_again(began: int, over: int, clock: LocalClock) -> int:
    """The end of as many local dates after what lasted from ``began`` until ``over`` as that had; unknown: none."""
    if began == -FOREVER:
        return FOREVER
    last = clock.day(over - 1)
    return clock.start_of(last + 1 + last - clock.day(began) + 1) if began < over else over


def _start(hold: Hold) -> int:
    return hold.received_at if hold.received_at is not None else -FOREVER


def _own_end(hold: Hold) -> int:
    return min(
        hold.until if hold.until is not None else FOREVER,
        hold.lifted_at if hold.lifted_at is not None else FOREVER,
    )
