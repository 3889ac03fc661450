"""Drawing the sample (抽样): what the rules pick, and so many more of each collector's calls that the share is met.

Drawing again changes nothing that was drawn; what came since is added. The order of chance hangs on the month's seed
and each call's own number alone, so that anybody who has the seed can draw it again.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk import adoption, house, steps
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.quality import rules
from collectdesk.desk.quality.life import KIND, LIFE
from collectdesk.desk.reason import reason_of
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.working_days import working_day
from collectdesk.errors import N_, Busy, NotFound, UsageProblem
from collectdesk.gate.clock import clock_for
from collectdesk.store import ids
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Quality
    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.rules import Connected
    from collectdesk.store.tables import QualitySample

SEED_BITS = 48
SHARE, ASKED = "share", "asked"
Why = tuple[str, ...]


class Drawn(Struct, frozen=True, kw_only=True):
    """What one drawing did: the month, its seed (none while it has no calls), how many calls there were.

    ``added``: calls put in, each with its rules; ``more``: calls that were in, with the rules that came to them.
    """

    month: str
    seed: int | None
    considered: int
    added: Mapping[int, Why]
    more: Mapping[int, Why]


def draw(office: Office, month: str = "", *, seed: int | None = None) -> list[Drawn]:
    """Draw the sample of a month, such as ``2026-11``; of this one and the last unless given.

    Raises:
        NotPermitted: they only collect.
        UsageProblem: no such month, or one to come.
        Busy: the month was drawn by another seed.
    """
    office.require_role(*DECIDING)
    with office.writing() as session:
        at = office.now()
        lock_row(session.connection(), "org", office.company.id)  # two who draw at once draw one after the other
        months = [_known(month, at)] if month else _months(at)
        return [_draw(office, session, each, seed, at) for each in months]


def ask(office: Office, call: str, reason: str) -> str:
    """Put one call in by hand; its public id.

    Raises:
        NotPermitted: they only collect.
        NotFound: no such call.
        UsageProblem: no reason, or it was never connected or has not ended.
        Busy: it is in already.
    """
    from collectdesk.store.tables import Call, QualityReview

    office.require_role(*DECIDING)
    why = reason_of(reason)
    with office.writing() as session:
        key = ids.private("call", call.strip())
        row = session.get(Call, key) if key is not None else None
        if row is None or row.id is None:
            raise NotFound("no_such_call", N_("There is no such call."))
        lock_row(session.connection(), "call", row.id)
        if row.connected_at is None or row.ended_at is None:
            raise UsageProblem("call_not_reviewable", N_("Only a call that was connected and has ended is reviewed."))
        if session.get(QualityReview, row.id) is not None:
            raise Busy("sampled_already", N_("This call is in the sample already."))
        at = office.now()
        _put(office, session, (row.id, row.collector, row.case_id, row.connected_at), (ASKED,), at, reason=why)
        return ids.public("call", row.id)


def rank(seed: int, call: int) -> bytes:
    """By what the calls of a month stand in the order of chance."""
    return sha256(f"{seed}:{call}".encode()).digest()


def share(calls: Sequence[Connected], already: Collection[int], percent: int, seed: int) -> list[int]:
    """Calls to add so that of each collector's at least ``percent`` are in, those first whose rank is lowest."""
    of: defaultdict[int, list[int]] = defaultdict(list)
    for call in calls:
        of[call.collector].append(call.id)
    found: list[int] = []
    for _collector, keys in sorted(of.items()):
        needed = -(-len(keys) * percent // 100) - sum(key in already for key in keys)
        rest = sorted((key for key in keys if key not in already), key=lambda key: rank(seed, key))
        found += rest[: max(0, needed)]
    return found


def month_of(at: int) -> str:
    """The house's month of an instant, such as ``2026-11``."""
    return date.fromordinal(clock_for(HOUSE_ZONE).day(at)).isoformat()[:7]


def bounds(month: str) -> tuple[int, int]:
    """A month's first second, and the first after it (UTC seconds).

    Raises:
        UsageProblem: no such month.
    """
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise UsageProblem("bad_month", N_("A month is written 2026-11.")) from None
    after = (first + timedelta(days=31)).replace(day=1)
    start_of = clock_for(HOUSE_ZONE).start_of
    return start_of(first.toordinal()), start_of(after.toordinal())


def due_at(where: adoption.Where, at: int, days: int) -> int:
    """The midnight after so many working days from ``at`` on."""
    clock = clock_for(HOUSE_ZONE)
    last = working_day(adoption.calendars(where, at), date.fromordinal(clock.day(at)), days)
    return clock.start_of(last.toordinal() + 1)


def _known(month: str, at: int) -> str:
    if bounds(month.strip())[0] > at:
        raise UsageProblem("month_to_come", N_("That month is still to come."))
    return month.strip()


def _months(at: int) -> list[str]:
    now = month_of(at)
    return [month_of(bounds(now)[0] - 1), now]


def _draw(office: Office, session: Session, month: str, seed: int | None, at: int) -> Drawn:
    terms = house.in_force(session, at).quality
    start, end = bounds(month)
    calls = rules.connected(session, start, end)
    last = _last(session, month)
    if last is not None and seed not in (None, last.seed):
        raise Busy(
            "seed_kept",
            N_("{month} was drawn by the seed {seed}, which is kept."),
            hint=N_("Leave --seed out."),
            month=month,
            seed=last.seed,
        )
    chance = last.seed if last is not None else secrets.randbits(SEED_BITS) if seed is None else seed
    there = _there(session, [call.id for call in calls])
    named = rules.picked(session, calls, terms, start, end)
    why = dict(named)
    for key in share(calls, {*named, *there}, terms.share_percent, chance):
        why[key] = (SHARE,)
    by_key = {call.id: call for call in calls}
    added = {key: rule for key, rule in sorted(why.items()) if key not in there}
    for key, rule in added.items():
        call = by_key[key]
        _put(office, session, (key, call.collector, call.case, call.connected_at), rule, at)
    more = _more(office, session, named, there, at)
    if calls and (added or last is None):
        _write_down(office, session, month, chance, len(calls), len(added), at)
    return Drawn(month=month, seed=chance if calls else None, considered=len(calls), added=added, more=more)


def _put(
    office: Office, session: Session, call: tuple[int, int, int, int], why: Why, at: int, reason: str | None = None
) -> None:
    from collectdesk.store.tables import QualityReview

    key, collector, case, connected_at = call
    terms: Quality = house.in_force(session, at).quality
    row = QualityReview(
        id=key,
        call=key,
        collector=collector,
        month=month_of(connected_at),
        why=list(why),
        picked_at=at,
        due_at=due_at(session, at, terms.review_days),
    )
    session.add(row)
    content: dict[str, object] = {"why": list(why), **({"reason": reason} if reason else {})}
    steps.record(session, KIND, key, "sample", LIFE.start[0], at=at, by=office, case=case, content=content)


def _more(
    office: Office, session: Session, named: Mapping[int, Why], there: Mapping[int, Why], at: int
) -> dict[int, Why]:
    """Rules that came to calls that are in already: a complaint that arrived, a violation that was recorded."""
    from collectdesk.store.tables import Call, QualityReview

    found: dict[int, Why] = {}
    for key, rule in sorted(named.items()):
        came = tuple(each for each in rule if key in there and each not in there[key])
        if not came:
            continue
        row, call = session.get(QualityReview, key), session.get(Call, key)
        assert row is not None
        assert call is not None
        row.why = [*row.why, *came]
        content = {"why": list(came)}
        steps.record(session, KIND, key, "sample", row.status, at=at, by=office, case=call.case_id, content=content)
        found[key] = came
    return found


def _there(session: Session, calls: Collection[int]) -> dict[int, Why]:
    from sqlmodel import col, select

    from collectdesk.store.tables import QualityReview

    wanted = set(calls)
    asked = select(col(QualityReview.id), col(QualityReview.why))
    return {int(key): tuple(why) for key, why in session.execute(asked).all() if key in wanted}


def _last(session: Session, month: str) -> QualitySample | None:
    from sqlmodel import col, select

    from collectdesk.store.tables import QualitySample

    asked = select(QualitySample).where(col(QualitySample.month) == month).order_by(col(QualitySample.id).desc())
    return session.execute(asked).scalars().first()


def _write_down(office: Office, session: Session, month: str, seed: int, considered: int, picked: int, at: int) -> None:
    from collectdesk.store import journal
    from collectdesk.store.tables import QualitySample

    row = QualitySample(month=month, seed=seed, considered=considered, picked=picked, by_staff=office.staff.id, at=at)
    session.add(row)
    session.flush()
    after = {"month": month, "seed": seed, "considered": considered, "picked": picked}
    journal.append(
        session, at=at, actor=office.staff.number, action="quality.draw", subject=f"quality_sample:{row.id}",
        after=after,
    )  # fmt: skip
