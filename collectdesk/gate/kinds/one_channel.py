"""One channel at a time: whoever was written to this week is not called as well."""

from collectdesk.gate.consent import ConsentTerms
from collectdesk.gate.counting import Count, Weigher, weighers_for
from collectdesk.gate.debt_keys import keys_of
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import DAY, OPEN, Ground, LooksBack, Reason, Rule, State
from collectdesk.gate.kinds.states import consented, together
from collectdesk.gate.lazy import lazy
from collectdesk.gate.scopes import Scope, media, medium
from collectdesk.gate.window import Window


class OneChannel(Rule, frozen=True, kw_only=True, tag="one_channel", dict=True):
    """Within ``window`` only the medium already used may be used again, counted per ``per``.

    A voice call and a notice by voice are one medium. ``count`` names the contacts that bind, over all channels each
    of them lists.
    """

    window: Window
    count: tuple[Count, ...]
    per: tuple[Scope, ...]
    consent: ConsentTerms | None = None

    @property
    def looks_back(self) -> LooksBack:
        """Any one event of the window."""
        return LooksBack(events=min(DAY * self.window.longest_days, FOREVER), notices=0)

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open when nothing in the window went another way."""
        if not facts.events_since(self.window.begins(at, ground.clock)):
            return OPEN
        return together([self._for_debt(facts, ground, at, key) for key in keys_of(self.per, facts)])

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which contacts went another way, and by which channel."""
        found = {each.id: each for key in keys_of(self.per, facts) for each in self._others(facts, ground, at, key)}
        start, end = self.window.bounds(at, ground.clock)
        evidence = {
            "window": {"from": Instant(start), "to": Instant(end)},
            "zone": ground.clock.name,
            "channel": facts.channel,
            "channels": sorted({way for each in found.values() for way in media(each)} - {medium(facts.channel)}),
            "counted": [{"event": each.id, "at": each.at, "why": "other_channel"} for each in found.values()],
            "not_counted": [],
        }
        return Reason("channel_other", None, evidence)

    @lazy
    def _weighers(self) -> tuple[Weigher, ...]:
        return weighers_for(self.count, self.per)

    def _for_debt(self, facts: Facts, ground: Ground, at: int, key: str | None) -> State:
        others = self._others(facts, ground, at, key)
        if not others:
            return OPEN
        last = max(min(self.window.leaves(each.at, ground.clock), facts.lapse(each)) for each in others)
        state = State(open=False, change=last if last < FOREVER else None)
        return consented(state, self.consent, facts, ground.clock, at, key)

    def _others(self, facts: Facts, ground: Ground, at: int, key: str | None) -> list[Event]:
        """The contacts of the window that went another way."""
        asked = {medium(facts.channel)}
        return [
            event
            for event in facts.events_since(self.window.begins(at, ground.clock))
            if media(event) != asked
            and at < facts.lapse(event)
            and any(each.weigh(event, facts, key).counts for each in self._weighers)
        ]
