"""What commands at an open desk share: the office for the command's time, dates as typed, instants as answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING

import typer

from collectdesk.commands.alarm import at_the_desk
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.terminal import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from collectdesk.desk.office import Office


@contextmanager
def at_desk(ctx: typer.Context, *, scope: str = "", finishing: bool = False) -> Iterator[Office]:
    """The desk, open as whoever is signed in, closed when the block ends.

    Args:
        ctx: the command's context.
        scope: which script accounts may do this (``check``, ``report``, ``import``); none of them unless given.
        finishing: an open call may end after the session has.
    Raises:
        NotFound: there is no desk.
        NotPermitted: nobody is signed in, or a script account that may not.
    """
    from collectdesk.desk.office import open_office

    session = session_of(ctx)

    def waiting() -> None:
        if not session.json:
            say(_("Another process is writing; waiting for it …"))

    office = open_office(session.desk_dir, clock=session.clock, lang=session.lang, finishing=finishing, on_wait=waiting)
    try:
        office.require_scope(scope)
        at_the_desk(office, session)
        yield session.watch(office)
    finally:
        office.close()


def day(text: str, option: str) -> date | None:
    """A local date as an option gives it, or none.

    Raises:
        UsageProblem: it is not ``2026-11-23``.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageProblem(
            "bad_date", N_("{option} must be a date, such as 2026-11-23."), hint="", option=option
        ) from None


def is_day(text: str) -> str | None:
    """What is wrong with a date that was typed."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return _("Please type a date, such as 2026-11-23.")
    return None


def here() -> ZoneInfo:
    """The house's zone, opened when it is needed: what only completes a word needs none."""
    from zoneinfo import ZoneInfo

    from collectdesk.desk.standing import HOUSE_ZONE

    return ZoneInfo(HOUSE_ZONE)


def local(at: int, zone: tzinfo | None = None) -> datetime:
    """UTC seconds as the house's local time, or another zone's."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone or here())


def instant(text: str, option: str) -> int:
    """A time as an option gives it, in UTC seconds: with its offset, or in the house's zone.

    Raises:
        UsageProblem: it is neither.
    """
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageProblem(
            "bad_time",
            N_("{option} must be a time, such as 2026-11-24T09:00 or with an offset."),
            hint="",
            option=option,
        ) from None
    return int((read if read.tzinfo else read.replace(tzinfo=here())).timestamp())
