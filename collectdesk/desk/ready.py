"""What still bars the first call (准备就绪), and the remedy for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.health import Check
from collectdesk.desk.importing.lacking import ASKED
from collectdesk.desk.standing import HOUSE_ZONE, standing_of
from collectdesk.errors import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Office
    from collectdesk.gate.dial import Standing

CALLERS = ("collector", "lead", "admin")
SOON_DAYS = 60


def ready(office: Office) -> list[Check]:
    """Everything a first call needs, in the order to see to it."""
    from collectdesk.desk.rulebooks import statement_days
    from collectdesk.gate.clock import clock_for

    at = office.now()
    today = date.fromordinal(clock_for(HOUSE_ZONE).day(at))
    days = statement_days(office, at)
    with office.reader.connect() as connection:
        return [
            *_texts(connection, at),
            *_calendar(connection, at, today),
            *_staff(connection, at),
            *_me(office, connection, at),
            *_due(office, at),
            *_cases(connection),
            *_notices(office, connection, at),
            *_statements(connection, today, days),
            *_creditors(connection),
        ]


def _texts(connection: Connection, at: int) -> Iterator[Check]:
    missing = [kind for kind in ("rulebook", "callscript", "codes") if not adoption.in_force(connection, kind, at)]
    if missing:
        yield Check(
            "texts",
            "bad",
            N_("The desk has adopted no {kinds}."),
            N_("collectdesk rules adopt --shipped"),
            {"kinds": ", ".join(missing)},
        )
    else:
        yield Check("texts", "ok", N_("Rulebooks, call scripts and codes are in force."))


def _calendar(connection: Connection, at: int, today: date) -> Iterator[Check]:
    calendars = adoption.calendars(connection, at)
    found = calendars.get("CN")
    year: dict[str, str | int] = {"year": today.year}
    if found is None or today.year not in found.years:
        yield Check(
            "calendar",
            "bad",
            N_("There is no calendar for {year}; every call in it is refused."),
            N_("collectdesk calendar adopt FILE"),
            year,
        )
    elif found.confirmed_through is None or found.confirmed_through < today:
        yield Check(
            "calendar",
            "note",
            N_("The holidays of {year} are not announced yet; days near a statutory holiday count as closed."),
            N_("collectdesk calendar adopt FILE, once the notice is in"),
            year,
        )
    else:
        yield Check(
            "calendar", "ok", N_("The calendar is confirmed through {day}."), "", {"day": str(found.confirmed_through)}
        )


def _staff(connection: Connection, at: int) -> Iterator[Check]:
    from sqlalchemy import text

    from collectdesk.store.case_rows import driver_of

    rows = connection.execute(text("SELECT id, number, role FROM staff WHERE status = 'active' ORDER BY number")).all()
    callers = [row for row in rows if row.role in CALLERS]
    able = [row for row in callers if not _lacking(standing_of(driver_of(connection), row.id, at), at)]
    unable = [row.number for row in callers if row not in able and row.role == "collector"]
    if able:
        yield Check("staff", "ok", N_("{count} of the staff may call."), "", {"count": len(able)})
    else:
        yield Check(
            "staff",
            "bad",
            N_("Nobody is qualified to call: vetting, confidentiality and exam are needed."),
            N_("collectdesk staff admit NUMBER, then each: collectdesk train take"),
        )
    if unable:
        yield Check(
            "staff_unqualified",
            "note",
            N_("Not qualified yet: {numbers}."),
            N_("collectdesk staff show NUMBER says what is missing"),
            {"numbers": ", ".join(unable)},
        )


def _lacking(standing: Standing, at: int) -> tuple[str, ...]:
    """What is missing, or has expired."""
    missing = tuple(standing.missing or ())
    expired = standing.qualified_until is not None and int(standing.qualified_until) <= at
    held = missing or (("exam",) if expired else ())
    named = any(code.startswith("suspended") for code in held)
    return (*held, "suspended") if standing.suspended and not named else held


def _me(office: Office, connection: Connection, at: int) -> Iterator[Check]:
    from collectdesk.store.case_rows import driver_of

    missing = _lacking(standing_of(driver_of(connection), office.staff.id, at), at)
    if missing and office.scope is None:
        yield Check(
            "you",
            "note",
            N_("You yourself ({number}) may not call: {missing} missing."),
            N_("collectdesk train due; what another must do: collectdesk staff show {number}"),
            {"number": office.staff.number, "missing": ", ".join(missing)},
        )


def _due(office: Office, at: int) -> Iterator[Check]:
    """Refreshers and changed texts that do not bar calls yet."""
    from collectdesk.desk.training.reminders import reminders

    with office.reading() as session:
        soon = [each for each in reminders(session, at) if each.urgency != "overdue"]
    numbers = list(dict.fromkeys(each.subject.partition(" ")[0] for each in soon))
    if numbers:
        yield Check(
            "training_due",
            "note",
            N_("Training is due ahead of time: {numbers}."),
            N_("collectdesk train due --all"),
            {"numbers": ", ".join(numbers)},
        )


def _cases(connection: Connection) -> Iterator[Check]:
    from sqlalchemy import text

    row = connection.execute(
        text("SELECT count(*), count(collector), count(frozen_at) FROM case_file WHERE status = 'open'")
    ).one()
    if not row[0]:
        yield Check("cases", "bad", N_("There are no open cases."), N_("collectdesk import FILE"))
        return
    yield Check("cases", "ok", N_("Open cases: {count}."), "", {"count": row[0]})
    if row[1] < row[0]:
        yield Check(
            "cases_unassigned",
            "note",
            N_("Open cases without a collector, which their team works: {count}."),
            N_("a column for the collector's number, then collectdesk import FILE"),
            {"count": row[0] - row[1]},
        )


def _notices(office: Office, connection: Connection, at: int) -> Iterator[Check]:
    from collectdesk.desk.notices.due import due

    for each in due(connection, office.company.kind, at):
        yield Check(
            "notices",
            "note",
            N_("Open cases without the notice that {rule} asks for: {count}."),
            N_("collectdesk notice due"),
            {"count": each.many, "rule": each.rule},
        )


def _statements(connection: Connection, today: date, days: int) -> Iterator[Check]:
    from datetime import timedelta

    from sqlalchemy import text

    fresh = (
        "SELECT count(*) FROM case_file c WHERE c.status = 'open' AND NOT EXISTS "
        "(SELECT 1 FROM statement s WHERE s.case_id = c.id AND s.as_of >= :since)"
    )
    stale = connection.execute(text(fresh), {"since": (today - timedelta(days=days)).isoformat()}).scalar_one()
    total = connection.execute(text("SELECT count(*) FROM case_file WHERE status = 'open'")).scalar_one()
    if stale:
        yield Check(
            "statements",
            "bad" if stale == total else "note",
            N_("Open cases without a statement of the last {days} days: {count}."),
            N_("collectdesk import FILE with newer statements"),
            {"count": stale, "days": days},
        )
    elif total:
        yield Check(
            "statements", "ok", N_("Every open case has a statement of the last {days} days."), "", {"days": days}
        )


def _creditors(connection: Connection) -> Iterator[Check]:
    from sqlalchemy import select
    from sqlmodel import col

    from collectdesk.store.tables import Creditor, Org, PaymentChannel

    asked = select(col(Org.name), col(Creditor.org), col(Creditor.identity_items))
    rows = connection.execute(asked.join(Org, col(Org.id) == col(Creditor.org)).order_by(col(Org.name))).all()
    paid = select(col(PaymentChannel.creditor)).where(col(PaymentChannel.until).is_(None))
    payable = set(connection.execute(paid).scalars())
    without = [row.name for row in rows if len(row.identity_items) != ASKED]
    for name in without:
        yield Check(
            "identity_items",
            "bad" if len(without) == len(rows) else "note",
            N_("{creditor}: which two items prove a debtor's identity is not set."),
            N_("collectdesk creditor set '{creditor}' --identity id_last4 --identity birth_date"),
            {"creditor": name},
        )
    for row in rows:
        if row.org not in payable:
            yield Check(
                "channels",
                "note",
                N_("{creditor}: there is no designated way to pay, so no promise can be taken."),
                N_("collectdesk creditor channel '{creditor}' app --zh 手机银行 --en 'mobile bank'"),
                {"creditor": row.name},
            )
