"""What becomes of promises, written down (承诺跟进): each change a step, its holds lifted or put on again.

Money may come, be taken back, or come to light late; a date passes while nobody looks. The same question asked twice
changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from collectdesk.desk import holds, steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.payments.ledger import payments
from collectdesk.desk.promises import terms
from collectdesk.desk.promises.judging import Money, Pledge, State, judge, shared
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

T = METADATA.tables
LIFE = "promise"
ACTS: Mapping[State, str] = {
    "open": "resume",
    "kept": "keep",
    "partly_kept": "keep_part",
    "broken": "break",
    "expired": "expire",
}
"""The act that leads to each state the desk itself puts a promise in."""
AT_REST = (
    "objection", "dispute", "complaint", "plan", "hardship", "moratorium", "disaster", "bereavement",
    "debt_adjustment", "bankruptcy", "litigation", "deceased", "incapacity", "minor", "emergency",
)  # fmt: skip
"""Holds under which the house asks nobody to pay: a promise that ends under one is not broken."""


def sweep(session: Session, now: int) -> int:
    """Let every date that has passed take its effect; how many promises it changed.

    Args:
        session: an open write transaction.
        now: UTC seconds.
    """
    session.flush()
    connection, rows, cases = session.connection(), T["promise"], T["case_file"]
    _give_terms(connection)
    over = or_(rows.c.lapses_at.is_(None), rows.c.lapses_at <= now, cases.c.status != "open")
    asked = select(rows.c.case_id).join(cases, cases.c.id == rows.c.case_id).where(rows.c.status == "open", over)
    found = connection.execute(asked.distinct().order_by(rows.c.case_id)).scalars().all()
    changed = sum(follow(connection, case, now) for case in found)
    session.expire_all()
    return changed


def payments_changed(session: Session, case: int, now: int) -> None:
    """The payments of a case changed: judge its promises again.

    Args:
        session: an open write transaction.
        case: key of ``case_file``.
        now: UTC seconds.
    """
    session.flush()
    follow(session.connection(), case, now)
    session.expire_all()


def follow(connection: Connection, case: int, now: int) -> int:
    """Judge every promise of one case; how many went into another state."""
    _give_terms(connection, case)
    file = connection.execute(select(T["case_file"]).where(T["case_file"].c.id == case)).one()
    rows = T["promise"]
    asked = select(rows).where(rows.c.case_id == case, rows.c.status != "withdrawn").order_by(rows.c.id)
    made = connection.execute(asked).all()
    zone = zone_of(connection, file.debtor)
    counted = received(connection, case, made, zone)
    return sum(_judge(connection, file, row, counted[row.id], now) for row in made)


def received(connection: Connection, case: int, made: Any, zone: str) -> dict[int, int]:  # noqa: ANN401
    """How much of the case's payments counts for each of the promises ``made`` (rows), in minor units."""
    found = payments(connection, (case,)).get(case, [])
    counted: dict[int, int] = {}
    for currency in {row.currency for row in made}:
        pledges = [_pledge(row, zone) for row in made if row.currency == currency]
        money = [Money(each.key, each.on, each.net, each.at) for each in found if each.currency == currency]
        counted |= shared(pledges, money)
    return counted


def zone_of(connection: Connection, debtor: int) -> str:
    """The zone by whose dates a debtor's promises are counted."""
    person, zones = T["person"], T["person_zone"]
    country = connection.execute(select(person.c.country).where(person.c.id == debtor)).scalar()
    if country == "CN":
        return HOUSE_ZONE
    known = connection.execute(select(zones.c.zone).where(zones.c.person == debtor).order_by(zones.c.id)).scalars()
    return known.first() or HOUSE_ZONE


def lift(connection: Connection, row: Any, now: int) -> None:  # noqa: ANN401 - a row of the engine's
    """End the rest a promise gave the case."""
    for hold in row.holds:
        holds.lift(connection, hold, at=now, by=None)


def _pledge(row: Any, zone: str) -> Pledge:  # noqa: ANN401
    last = date.fromisoformat(row.last_on)
    return Pledge(row.id, row.amount, terms.day_of(row.at, zone), last, row.at)


def _judge(connection: Connection, file: Any, row: Any, counted: int, now: int) -> bool:  # noqa: ANN401
    over, closed = now >= row.lapses_at, file.status != "open"
    suspended = over and _at_rest(connection, file, row.lapses_at)
    state = judge(row.status, amount=row.amount, received=counted, over=over, closed=closed, suspended=suspended)
    if state == row.status:
        return False
    act = ACTS[state]
    assert lifecycle(LIFE).after(row.status, act) == state
    changed: dict[str, object] = {"status": state}
    if state == "open":
        changed["holds"] = _rest_again(connection, file, row, now)
    else:
        lift(connection, row, now)
    connection.execute(update(T["promise"]).where(T["promise"].c.id == row.id).values(**changed))
    steps.record(connection, LIFE, row.id, act, state, at=now, by=None, case=file.id, content={"received": counted})
    return True


def _rest_again(connection: Connection, file: Any, row: Any, now: int) -> list[int]:  # noqa: ANN401
    """The rest as it was agreed, for what is left of it."""
    found = terms.Terms(date.fromisoformat(row.last_on), row.lapses_at, row.remind_at)
    return terms.rest(connection, found, debtor=file.debtor, case=file.id, at=now, by=None)


def _give_terms(connection: Connection, case: int | None = None) -> None:
    """A promise from before there were terms ends with the promised day."""
    rows, cases = T["promise"], T["case_file"]
    asked = select(rows.c.id, rows.c.pay_on, cases.c.debtor).join(cases, cases.c.id == rows.c.case_id)
    asked = asked.where(rows.c.lapses_at.is_(None), rows.c.case_id == case if case else rows.c.status == "open")
    for key, pay_on, debtor in connection.execute(asked).all():
        ends = terms.starts(date.fromisoformat(pay_on) + timedelta(days=1), zone_of(connection, debtor))
        connection.execute(update(rows).where(rows.c.id == key).values(last_on=pay_on, lapses_at=ends))


def _at_rest(connection: Connection, file: Any, at: int) -> bool:  # noqa: ANN401
    """Whether the house had stopped collecting on the case at ``at``."""
    held = T["hold"]
    asked = select(held).where(
        held.c.debtor == file.debtor,
        held.c.kind.in_(AT_REST),
        held.c.received_at < at,
        or_(held.c.until.is_(None), held.c.until >= at),
        or_(held.c.lifted_at.is_(None), held.c.lifted_at >= at),
    )
    return any(
        (not each.debts or file.id in each.debts) and (not each.persons or file.debtor in each.persons)
        for each in connection.execute(asked)
    )
