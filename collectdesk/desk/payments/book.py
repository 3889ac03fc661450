"""The payments of a desk (还款台账) as people ask for them; and taking one back by hand (冲正)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from collectdesk.desk.casebook import find
from collectdesk.desk.payments import effects, ledger
from collectdesk.desk.payments.closure import batched
from collectdesk.desk.payments.ledger import Balance, Paid
from collectdesk.desk.reason import says
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_, BadData, Busy, NotFound, UsageProblem
from collectdesk.store import ids, journal
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

T = METADATA.tables
OVERSEERS = ("lead", "admin", "officer")
CHUNK = 500


@dataclass(frozen=True)
class PaymentLine:
    """A payment and the number of its case."""

    code: str
    paid: Paid

    @property
    def name(self) -> str:
        """Its public id, such as ``y12``."""
        return ids.public("payment", self.paid.key)


def listing(
    office: Office, session: Session, *, code: str | None = None, everyone: bool = False, since: date | None = None
) -> list[PaymentLine]:
    """Payments, the newest first: of one case, of one's own cases, or of the whole desk.

    Raises:
        NotFound: no such case.
        NotPermitted: the whole desk's are for those who oversee it.
    """
    connection, cases = session.connection(), T["case_file"]
    asked = select(cases.c.id, cases.c.code)
    if code is not None:
        asked = asked.where(cases.c.id == find(session, code).id)
    elif everyone:
        office.require_role(*OVERSEERS)
    else:
        asked = asked.where(cases.c.collector == office.staff.id)
    paid = T["payment"]
    asked = asked.where(select(paid.c.id).where(paid.c.case_id == cases.c.id).exists())
    codes = {int(key): str(name) for key, name in connection.execute(asked)}
    found = [
        PaymentLine(codes[each.case], each)
        for some in batched(codes, CHUNK)
        for listed in ledger.payments(connection, some).values()
        for each in listed
        if since is None or each.on >= since
    ]
    return sorted(found, key=lambda line: (line.paid.on, line.paid.key), reverse=True)


def of_case(session: Session, case: int) -> tuple[list[Paid], Balance | None]:
    """The payments of a case, oldest first, and what is left of its newest statement."""
    connection = session.connection()
    return ledger.payments(connection, (case,)).get(case, []), ledger.balances(connection, (case,)).get(case)


def reverse(office: Office, name: str, reason: str, minor: int | None = None) -> tuple[PaymentLine, dict[str, int]]:
    """Take a payment back, whole or in part, with the reason; what it stands at now, and what followed.

    Args:
        office: a lead, an administrator or an officer.
        name: public id.
        reason: why, in words.
        minor: how much, in minor units; all that is left of it when nothing is said.
    Raises:
        NotFound: there is none.
        NotPermitted: a collector's sign-in (policy article 9.7).
        UsageProblem: no reason.
        Busy: it was taken back already.
        BadData: more than it still stands at, or nothing.
    """
    office.require_role(*OVERSEERS)
    if not says(reason):
        raise UsageProblem("reason", N_("Say why, in words."), hint=N_("Give --reason."))
    now = office.now()
    with office.writing() as session:
        line = one(session, name)
        back = _sought(line.paid, minor)
        today = datetime.fromtimestamp(now, ZoneInfo(HOUSE_ZONE)).date().isoformat()
        row = {
            "case_id": line.paid.case, "amount": -back, "currency": line.paid.currency, "paid_on": today,
            "reverses": line.paid.key, "reason": reason.strip(), "mark": f"{line.name}|{line.paid.net}|{-back}",
            "by_staff": office.staff.id, "at": now,
        }  # fmt: skip
        connection = session.connection()
        made = connection.execute(insert(T["payment"]).values(row)).inserted_primary_key
        assert made is not None
        journal.append(
            connection, at=now, actor=office.staff.number, action="payment.reverse", subject=f"payment:{made[0]}",
            after=row,
        )  # fmt: skip
        acts = effects.payments_changed(session, (line.paid.case,), now)
        return one(session, name), acts


def one(session: Session, name: str) -> PaymentLine:
    """A payment by its public id.

    Raises:
        NotFound: there is none; what takes another back is none.
    """
    key, rows, cases = ids.private("payment", name.strip().lower()), T["payment"], T["case_file"]
    connection = session.connection()
    asked = select(rows.c.case_id, cases.c.code).join(cases, cases.c.id == rows.c.case_id)
    row = connection.execute(asked.where(rows.c.id == key, rows.c.reverses.is_(None))).first() if key else None
    if row is None:
        raise NotFound(
            "no_such_payment", N_("There is no such payment."), hint=N_("`collectdesk payment list` shows them.")
        )
    paid = ledger.payments(connection, (row.case_id,))[row.case_id]
    return PaymentLine(row.code, next(each for each in paid if each.key == key))


def _sought(paid: Paid, minor: int | None) -> int:
    if paid.net <= 0:
        raise Busy("payment_reversed", N_("All of this payment was taken back already."))
    back = paid.net if minor is None else minor
    if not 0 < back <= paid.net:
        raise BadData("reversal_too_much", N_("That is more than the payment still stands at, or nothing."), hint="")
    return back
