"""Dials beside permits (核对): which dial is which permit's, which has none, which permit was never dialled.

No database: what the desk knows is handed in. A permit is the right to dial one number once, so a second dial under
it has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from collectdesk.desk.recordings.matching import TOLERANCE, Called, Named, Offset, learn
from collectdesk.gate.counting import NOBODY

LONGEST = 3600
"""Seconds after its number was shown within which a permit nobody resolved may have been dialled."""
MACHINES = frozenset(("voicemail", "voicemail_full", "ringless"))
"""What answers at an exchange although no human did: the desk knows better."""
ANSWERED = frozenset(("answered", "dropped"))
APART_S, APART_SHARE = 30, 5
"""Two lengths differ by more than half a minute and more than a fifth: one of them is timed by hand."""


class Dialled(NamedTuple):
    """A dial of the records: its place, digits, when by the exchange's clock, whose extension, how it ended."""

    key: int
    number: str
    at: int
    staff: int | None
    line: str
    duration_s: int | None


class Shown(NamedTuple):
    """A permit whose number was shown: digits, collector, from when to when, and what the desk has of the call.

    ``erased``: what is personal of it is destroyed, its number too; then only whose dial it was can tell.
    """

    permit: int
    number: str
    collector: int
    shown_at: int
    ended_at: int | None
    line: str
    duration_s: int | None
    erased: bool = False

    @property
    def until(self) -> int:
        """The last instant at which its dial may have begun."""
        return (self.ended_at if self.ended_at is not None else self.shown_at + LONGEST) + TOLERANCE


class Compared(NamedTuple):
    """What became of each: ``matched`` and ``other_number`` are pairs of a dial's place and a permit."""

    matched: tuple[tuple[int, int], ...]
    other_number: tuple[tuple[int, int], ...]
    without_permit: tuple[int, ...]
    without_dial: tuple[int, ...]


def offset_of(dials: Iterable[Dialled], permits: Iterable[Shown]) -> Offset | None:
    """By how much the exchange's clock is ahead, as the dials of known numbers show; none while too few agree."""
    files = [Named(each.key, None, frozenset((each.number,)), (each.at,), "") for each in dials]
    calls = [Called(each.permit, each.number, each.shown_at, each.shown_at) for each in permits]
    return learn(files, calls)


def compare(dials: Sequence[Dialled], permits: Sequence[Shown], ahead: int, covered: tuple[int, int]) -> Compared:
    """Give every dial its permit.

    Args:
        dials: those not compared before.
        permits: those without a dial so far.
        ahead: seconds to take off the exchange's clock.
        covered: the first and last instant, by the desk's clock, of which the records are complete.
    """
    live, erased = [each for each in permits if not each.erased], [each for each in permits if each.erased]
    matched = _pairs(dials, live, ahead, same_number=True)
    matched |= _pairs([each for each in dials if each.key not in matched], erased, ahead, same_number=False)
    rest = [each for each in dials if each.key not in matched]
    left = [each for each in live if each.permit not in matched.values() and each.line != "not_dialled"]
    other = _pairs(rest, left, ahead, same_number=False)
    first, last = covered
    silent = [
        each.permit
        for each in left
        if each.permit not in other.values() and first <= each.shown_at - TOLERANCE and each.until <= last
    ]
    alone = [each.key for each in rest if each.key not in other]
    return Compared(tuple(sorted(matched.items())), tuple(sorted(other.items())), tuple(alone), tuple(silent))


def differs(dial: Dialled, permit: Shown) -> str | None:
    """How a dial differs from what its call was recorded as: ``result``, ``duration``, or not at all."""
    if _told_otherwise(dial.line, permit.line):
        return "result"
    spoken = dial.line in ANSWERED and permit.line in ANSWERED
    if spoken and dial.duration_s is not None and permit.duration_s is not None:
        apart, longer = abs(dial.duration_s - permit.duration_s), max(dial.duration_s, permit.duration_s)
        if apart > APART_S and apart * APART_SHARE > longer:
            return "duration"
    return None


def stricter(dial: Dialled, permit: Shown) -> bool:
    """Whether the record says more of a call than the desk counts: somebody answered where it has nobody."""
    return _told_otherwise(dial.line, permit.line) and dial.line in ANSWERED and permit.line in NOBODY


def _told_otherwise(record: str, desk: str) -> bool:
    if record in ("unknown", desk):
        return False
    if desk in ("not_dialled", "unknown"):
        return True
    if desk in MACHINES:
        return record not in ANSWERED and record not in MACHINES
    return (record in ANSWERED) != (desk in ANSWERED)


def _pairs(dials: Iterable[Dialled], permits: Iterable[Shown], ahead: int, *, same_number: bool) -> dict[int, int]:
    """The nearest first, each dial and each permit once."""
    by_number: Mapping[str | int, list[Shown]] = _grouped(permits, same_number=same_number)
    near = []
    for dial in dials:
        at, wanted = dial.at - ahead, dial.number if same_number else dial.staff
        for permit in by_number.get(wanted, ()) if wanted is not None else ():
            another = dial.staff is not None and dial.staff != permit.collector
            if not another and permit.shown_at - TOLERANCE <= at <= permit.until:
                near.append((abs(at - permit.shown_at), dial.key, permit.permit))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _apart, key, permit_key in sorted(near):
        if key not in pairs and permit_key not in taken:
            pairs[key] = permit_key
            taken.add(permit_key)
    return pairs


def _grouped(permits: Iterable[Shown], *, same_number: bool) -> dict[str | int, list[Shown]]:
    found: dict[str | int, list[Shown]] = defaultdict(list)
    for each in permits:
        found[each.number if same_number else each.collector].append(each)
    found.pop("", None)
    return found
