"""Sessions of exchange (经验交流, policy article 13.2): when, on what, who took part; logged by whoever held it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.reason import reason_of
from collectdesk.desk.staff import find
from collectdesk.desk.training.certificates import local_day
from collectdesk.errors import N_, BadData, UsageProblem
from collectdesk.store import journal

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

LEAST = 2
"""Nobody exchanges anything alone."""


class Held(Struct, frozen=True, kw_only=True):
    """A session: its number, local date, topic, minutes, the staff numbers of who took part, who logged it."""

    id: int
    held_on: str
    topic: str
    minutes: int | None
    took_part: tuple[str, ...]
    by: str


def log(office: Office, held_on: date, topic: str, numbers: Sequence[str], minutes: int | None = None) -> int:
    """Log a session; its number.

    Raises:
        NotPermitted: they only collect.
        BadData: the date lies ahead, or the topic holds somebody's number.
        UsageProblem: no topic, or fewer than two took part.
        NotFound: nobody active has one of the numbers.
    """
    from sqlalchemy import insert

    from collectdesk.store.tables import Exchange, ExchangePart

    office.require_role(*DECIDING)
    said = reason_of(topic, "--topic")
    wanted = list(dict.fromkeys(each.strip() for each in numbers if each.strip()))
    if len(wanted) < LEAST:
        raise UsageProblem("exchange_alone", N_("Name at least two who took part: --with."), hint="")
    if held_on > local_day(office.now()):
        raise BadData("date_ahead", N_("A session that lies ahead cannot be logged."), hint=N_("Check the date."))
    with office.writing() as session:
        at = office.now()
        members = [find(session, number) for number in wanted]
        row = Exchange(held_on=held_on.isoformat(), topic=said, minutes=minutes, by_staff=office.staff.id, at=at)
        session.add(row)
        session.flush()
        assert row.id is not None
        session.execute(insert(ExchangePart), [{"exchange": row.id, "staff": member.id} for member in members])
        after = {"held_on": row.held_on, "topic": said, "minutes": minutes, "staff": [member.id for member in members]}
        subject = f"exchange:{row.id}"
        journal.append(
            session, at=at, actor=office.staff.number, action="training.exchange", subject=subject, after=after
        )
        return row.id


def listing(office: Office, *, staff: str = "") -> list[Held]:
    """The sessions, the newest first; of one staff number only those they took part in, as for who only collects."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Exchange, ExchangePart, Staff

    own = "" if office.staff.role in DECIDING else office.staff.number
    with office.reading() as session:
        numbers = {row.id: row.number for row in session.execute(select(Staff)).scalars()}
        parts: dict[int, list[str]] = {}
        for exchange, key in session.execute(select(col(ExchangePart.exchange), col(ExchangePart.staff))).all():
            parts.setdefault(exchange, []).append(numbers[key])
        rows = session.execute(select(Exchange).order_by(col(Exchange.held_on).desc(), col(Exchange.id).desc()))
        found = [
            Held(
                id=row.id or 0,
                held_on=row.held_on,
                topic=row.topic,
                minutes=row.minutes,
                took_part=tuple(sorted(parts.get(row.id or 0, ()))),
                by=numbers[row.by_staff],
            )
            for row in rows.scalars()
        ]
    return [each for each in found if {staff, own} - {""} <= set(each.took_part)]
