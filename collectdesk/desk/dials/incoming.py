"""Incoming calls beside the desk's own (来电核对): which answered call was taken at the desk, and the reverse.

No database: what the desk knows is handed in. A collector says that somebody calls at any moment of the talk, and a
debtor may call from a number nobody here knows, so two calls are the same where they overlap and the caller, or else
whoever answered, agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from collectdesk.desk.recordings.matching import TOLERANCE


class Rang(NamedTuple):
    """An answered incoming call of the records: its place, whose file the caller is on, when, how long, who answered.

    ``at`` is by the exchange's clock; ``duration_s`` seconds talked, where the record says.
    """

    key: int
    debtor: int | None
    at: int
    duration_s: int | None
    staff: int | None


class Taken(NamedTuple):
    """An incoming call of the desk: key of ``call``, debtor, case, who took it, from when to when, and its contact.

    ``rang``: whether a record of the phone has it already; ``silent``: the open finding that none has.
    """

    call: int
    debtor: int
    case: int
    staff: int
    started_at: int
    ended_at: int
    event: int
    rang: bool = False
    silent: int | None = None
    told: bool = False


class Answered(NamedTuple):
    """What became of each: pairs of a record's place and a call; records without a call, calls without a record.

    ``strange``: records of callers nobody here knows; they are nobody's business here.
    """

    matched: tuple[tuple[int, int], ...]
    without_call: tuple[int, ...]
    strange: tuple[int, ...]
    without_record: tuple[int, ...]


def compare(rang: Sequence[Rang], taken: Sequence[Taken], ahead: int, covered: tuple[int, int] | None) -> Answered:
    """Give every answered call of the records its call at the desk.

    Args:
        rang: those not compared before.
        taken: those without a record so far.
        ahead: seconds to take off the exchange's clock.
        covered: the first and last instant, by the desk's clock, of which the records are complete; none where they
            hold no incoming call at all, and so say nothing of one that is missing.
    """
    pairs: dict[int, int] = {}
    for same in (_same_caller, _same_staff, _nobody_known):
        left = [each for each in taken if each.call not in pairs.values()]
        pairs |= _nearest([each for each in rang if each.key not in pairs], left, ahead, same)
    rest = [each for each in rang if each.key not in pairs]
    silent = [
        each.call
        for each in taken
        if covered is not None
        and each.call not in pairs.values()
        and covered[0] <= each.started_at - TOLERANCE
        and each.ended_at + TOLERANCE <= covered[1]
    ]
    return Answered(
        tuple(sorted(pairs.items())),
        tuple(each.key for each in rest if each.debtor is not None),
        tuple(each.key for each in rest if each.debtor is None),
        tuple(silent),
    )


def _same_caller(rang: Rang, taken: Taken) -> bool:
    return rang.debtor == taken.debtor and rang.staff in (None, taken.staff)


def _same_staff(rang: Rang, taken: Taken) -> bool:
    return rang.staff == taken.staff


def _nobody_known(rang: Rang, _taken: Taken) -> bool:
    return rang.debtor is None and rang.staff is None


def _nearest(
    rang: Iterable[Rang], taken: Sequence[Taken], ahead: int, same: Callable[[Rang, Taken], bool]
) -> dict[int, int]:
    """The nearest first, each record and each call once."""
    near = []
    for record in rang:
        at = record.at - ahead
        until = at + (record.duration_s or 0)
        for call in taken:
            overlap = call.started_at - TOLERANCE <= until and at <= call.ended_at + TOLERANCE
            if overlap and same(record, call):
                near.append((abs(call.started_at - at), record.key, call.call))
    pairs: dict[int, int] = {}
    for _apart, key, call_key in sorted(near):
        if key not in pairs and call_key not in pairs.values():
            pairs[key] = call_key
    return pairs
