"""When a text covers a contact: ever, or only from the local date on which a debt is old enough, or until then.

A call may wait for days, and a debt grows older meanwhile: what will cover it by then is asked as well.
"""

from __future__ import annotations

from collectdesk.gate.applies import When
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.spans import LOOK_AHEAD, Span, joined

Spans = tuple[Span, ...]
EVER: Spans = ((-FOREVER, FOREVER),)


def covered(when: When, facts: Facts) -> Spans:
    """The stretches of time in which ``when`` covers the contact, from the instant asked about on, by whichever clock.

    What holds of that instant is told as having held before, and the last of it as lasting.
    """
    if not when.grows:
        return EVER if when.covers(facts) else ()
    turns = sorted(when.turns(facts))
    spans: list[Span] = []
    for clock in facts.dated_by:
        today = clock.day(facts.at)
        days = [today, *(day for day in turns if today < day <= today + LOOK_AHEAD + 1)]
        ends = [*map(clock.start_of, days[1:]), FOREVER]
        begins = [-FOREVER, *ends]
        spans += [(begin, end) for day, begin, end in zip(days, begins, ends, strict=False) if when.covers(facts, day)]
    return tuple(joined(spans))


def both(ones: Spans, others: Spans) -> Spans:
    """The stretches that lie in both."""
    if ones is EVER:
        return others
    pairs = ((max(one[0], other[0]), min(one[1], other[1])) for one in ones for other in others)
    return tuple(span for span in pairs if span[0] < span[1])
