"""Required facts: what must be on file, fresh, or one of a list, before anybody is called."""

from typing import Literal

from collectdesk.gate.decision import Evidence, Releaser
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds.base import (
    CLOSED,
    DAY,
    EVER,
    NOTHING,
    OPEN,
    Ground,
    LooksBack,
    Natural,
    Positive,
    Reason,
    Rule,
    State,
)
from collectdesk.gate.known import DATED, FREE_OF_THE_PAST, FactName, known
from collectdesk.gate.known_part import Known
from collectdesk.gate.term import months_later

LONGEST_MONTH = 31
"""Days."""


class Require(Rule, frozen=True, kw_only=True, tag="require"):
    """``fact`` must be present; ``one_of`` / ``none_of`` limit its value, ``within_dates`` its age in local dates.

    ``within_months`` limits the age in calendar months, of which a term of years is made (民法典 art 200): through the
    same date so many months on. ``over_dates``: for so many local dates, today the last, the calls of others must be on
    file: as many as the count they go into looks back. A fact of several parts (each debt, each notice) must hold for
    every part. ``unknown`` says what a missing one does: *bar* closes, *warn* lets it through with a warning, *pass*
    without. ``released_by`` names whose act supplies the fact.
    """

    fact: FactName
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    within_dates: Natural | None = None
    within_months: Natural | None = None
    over_dates: Positive = 1
    unknown: Literal["bar", "warn", "pass"] = "bar"
    released_by: Releaser | None = None

    def __post_init__(self) -> None:
        """Only of others' calls is it asked how far back they are known."""
        if self.over_dates != 1 and self.fact != "history.others":
            raise ValueError("only history.others has over_dates")

    @property
    def looks_back(self) -> LooksBack:
        """What the fact is made of; a fact not listed in ``known`` as free of the past looks back for ever."""
        if self.fact == "number.status":
            return LooksBack(events=0, dead=True, notices=0)
        if self.fact == "number.confirmed":
            return LooksBack(events=0, notices=0, seldom=("confirmed_at",))
        if self.fact.startswith("notice."):
            return LooksBack(events=0, notices=DAY * (self._oldest + 2) if self._ages else 0)
        return NOTHING if self.fact in FREE_OF_THE_PAST else EVER

    def needs_zone(self, facts: Facts) -> bool:
        """Where the fact is one of dates, or grows old by them."""
        return self._ages or self.fact in DATED

    @property
    def _ages(self) -> bool:
        """Whether the fact may grow too old."""
        return self.within_dates is not None or self.within_months is not None

    @property
    def _oldest(self) -> int:
        """The days it may be old at the very most."""
        return max(self.within_dates or 0, LONGEST_MONTH * (self.within_months or 0))

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open while every part of the fact holds."""
        parts = self._known(facts, ground, at)
        if len(parts) == 1:
            return self._part(parts[0], ground, at)
        opened, ends, begins = True, FOREVER, 0
        for each in parts:
            state = self._part(each, ground, at)
            if state is OPEN:
                continue
            if state.open:
                ends = min(ends, FOREVER if state.change is None else state.change)
            else:
                opened, begins = False, max(begins, FOREVER if state.change is None else state.change)
        change = ends if opened else begins
        if change == FOREVER:
            return OPEN if opened else CLOSED
        return State(opened, change)

    @property
    def cautions(self) -> bool:
        """Where a missing fact is let through with a warning."""
        return self.unknown == "warn"

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """The missing parts that are let through."""
        parts = [each for each in self._known(facts, ground, at) if not each.present]
        if not parts:
            return None
        evidence: Evidence = {"fact": self.fact, "parts": [each.evidence() for each in parts], **self._how_far_back}
        return Reason("fact_unknown", self.released_by, evidence)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which part fails, what is known of it, and what would do."""
        parts = self._known(facts, ground, at)
        failing = [each for each in parts if not self._part(each, ground, at).open]
        evidence: Evidence = {
            "fact": self.fact,
            "parts": [each.evidence() for each in failing],
            **self._how_far_back,
            "one_of": list(self.one_of),
            "within_dates": self.within_dates,
        }
        if self.within_months is not None:
            evidence["within_months"] = self.within_months
        return Reason(self._code(failing[0]), self.released_by, evidence)

    @property
    def _how_far_back(self) -> Evidence:
        """What is known of today alone needs no word on it."""
        return {} if self.over_dates == 1 else {"over_dates": self.over_dates}

    def _known(self, facts: Facts, ground: Ground, at: int) -> list[Known]:
        return known(self.fact, facts, ground.clock, at, self.over_dates)

    def _code(self, part: Known) -> str:
        if not part.present:
            return "fact_missing"
        stale = self._ages and part.at is not None and not part.refused
        return "fact_stale" if stale else "fact_not_allowed"

    def _part(self, part: Known, ground: Ground, at: int) -> State:
        if not part.present:
            if self.unknown != "bar":
                return OPEN
            return CLOSED if part.at is None else State(open=False, change=part.at)
        if part.refused or (self.one_of and part.value not in self.one_of) or part.value in self.none_of:
            return CLOSED if part.at is None or part.at <= at else State(open=False, change=part.at)
        ends = part.until if part.until is not None else FOREVER
        if self._ages:
            ends = min(ends, self._stale_at(part, ground))
        if at >= ends:
            return CLOSED
        return OPEN if ends >= FOREVER else State(open=True, change=ends)

    def _stale_at(self, part: Known, ground: Ground) -> int:
        """A fact of day d may be so many days or months old: it is stale from the date after."""
        if part.at is None:
            return -FOREVER
        day = ground.clock.day(part.at)
        last = [] if self.within_dates is None else [day + self.within_dates]
        last += [] if self.within_months is None else [months_later(day, self.within_months)]
        return ground.clock.start_of(min(last) + 1)
