"""Who hears of payments (入账后的影响): the one place where cases, promises and plans learn of money.

A follower is a function of an open write transaction, the case and the instant; it writes what follows by itself,
and nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from collectdesk.desk.payments import closure
from collectdesk.desk.plans import performance
from collectdesk.desk.promises import following
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

T = METADATA.tables
FOLLOWERS: tuple[Callable[[Session, int, int], None], ...] = (
    closure.payments_changed,
    performance.payments_changed,
    following.payments_changed,
)
"""In their order: a case that is paid is closed before its promises are judged."""


def payments_changed(session: Session, cases: Iterable[int], now: int) -> dict[str, int]:
    """Tell everybody that the payments of ``cases`` changed; how many acts followed, by ``kind.act``.

    Args:
        session: an open write transaction.
        cases: keys of ``case_file``.
        now: UTC seconds.
    """
    session.flush()
    connection = session.connection()
    before = _last_step(connection)
    for case in sorted(set(cases)):
        for follower in FOLLOWERS:
            follower(session, case, now)
    session.flush()
    return _since(connection, before)


def after_import(connection: Connection, now: int) -> None:
    """A file of cases was brought in: statements are newer, cases were closed or opened."""
    from sqlmodel import Session

    found = closure.unreviewed(connection)
    if not found:
        return
    closure.review(connection, found, now)
    with Session(connection) as session:
        dates_passed(session, now)


def dates_passed(session: Session, now: int) -> None:
    """Let the dates of promises and plans that have passed take their effect.

    Args:
        session: an open write transaction.
        now: UTC seconds.
    """
    performance.dates_passed(session, now)
    following.sweep(session, now)
    session.flush()


def _last_step(connection: Connection) -> int:
    rows = T["step"]
    return int(connection.execute(select(func.coalesce(func.max(rows.c.id), 0))).scalar_one())


def _since(connection: Connection, before: int) -> dict[str, int]:
    rows = T["step"]
    asked = select(rows.c.kind, rows.c.act, func.count()).where(rows.c.id > before).group_by(rows.c.kind, rows.c.act)
    return {f"{kind}.{act}": count for kind, act, count in sorted(map(tuple, connection.execute(asked)))}
