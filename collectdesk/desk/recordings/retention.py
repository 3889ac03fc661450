"""How long a recording is kept (保存期限): the law's floor, the house's longer one, an oral plan, a legal hold.

Two years after the call (GB/T 45251-2025 §5.3; 商业银行信用卡业务监督管理办法 第六十八条); five where the lender is a
consumer finance company (消费金融公司管理办法, its article not seen); of an oral repayment agreement until the debt is
settled (商业银行信用卡业务监督管理办法 第七十条). A lender of which nobody recorded whether it is one counts as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from collectdesk.desk import house
from collectdesk.desk.complaints.clock import today

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Recordings

Rule = Literal["two_years", "five_years", "lender_unknown", "oral_plan"]
FINANCE = "consumer_finance"
CITES: dict[Rule, tuple[str, str]] = {
    "two_years": (
        "GB/T 45251-2025 §5.3；商业银行信用卡业务监督管理办法 第六十八条",
        "GB/T 45251-2025, section 5.3; credit card measures (2011), article 68",
    ),
    "five_years": (
        "消费金融公司管理办法（2024）（条款号未核对）",
        "Measures for consumer finance companies (2024); its article was not seen",
    ),
    "lender_unknown": (
        "消费金融公司管理办法（2024）（未登记债权人是否为消费金融公司）",
        "Measures for consumer finance companies (2024); nobody recorded whether the lender is one",
    ),
    "oral_plan": (
        "商业银行信用卡业务监督管理办法 第七十条",
        "Credit card measures (2011), article 70",
    ),
}
"""The source of each floor, in Chinese and English."""
HELD = {
    "complaint": "SELECT case_id FROM complaint WHERE status <> 'closed'",
    "objection": "SELECT case_id FROM objection WHERE status <> 'closed'",
    "plan": "SELECT p.case_id FROM plan p JOIN case_file f ON f.id = p.case_id WHERE p.status IN ('draft', "
    "'submitted', 'returned', 'approved', 'active') "
    "OR (p.status = 'broken' AND f.status NOT IN ('settled', 'recalled'))",
    "emergency": "SELECT case_id FROM emergency WHERE status <> 'closed'",
    "violation": "SELECT COALESCE(v.case_id, c.case_id) FROM violation v LEFT JOIN call c ON c.id = v.call "
    "WHERE v.status IN ('recorded', 'appealed') OR (v.status = 'decided' AND v.decided_at > :appeal) "
    "OR EXISTS (SELECT 1 FROM suspension s WHERE s.violation = v.id AND s.lifted_at IS NULL)",
    "referral": "SELECT case_id FROM referral WHERE status <> 'ended'",
    "request": "SELECT case_id FROM request WHERE status = 'open'",
}
"""What keeps everything of a case (法律保留), each with the cases it is open on."""
DISPUTES = ("dispute", "objection", "complaint", "litigation", "bankruptcy", "debt_adjustment", "emergency")
"""Holds that say the debt or its collection is in dispute."""
DAY = 86_400


class Floor(NamedTuple):
    """The last local date on which it must be kept, none while nobody can say, and by which rule."""

    until: date | None
    rule: Rule


class Held(NamedTuple):
    """What still waits on a case, by its kinds."""

    by_case: dict[int, tuple[str, ...]]

    def of(self, case: int) -> tuple[str, ...]:
        """Why everything of this case stays; empty where nothing holds it."""
        return self.by_case.get(case, ())


def floor(answered_on: date, licence: str | None, terms: Recordings) -> Floor:
    """How long a recording of a call answered on that local date is kept at least.

    ``licence`` is the lender's, as it was recorded: ``consumer_finance``, ``bank``, ``other``, or none.
    """
    if licence is None:
        return Floor(years_on(answered_on, terms.keep_years_consumer_finance), "lender_unknown")
    if licence == FINANCE:
        return Floor(years_on(answered_on, terms.keep_years_consumer_finance), "five_years")
    return Floor(years_on(answered_on, terms.keep_years), "two_years")


def with_oral_plan(found: Floor, *, settled: bool, oral: bool) -> Floor:
    """The same where the recording may hold an oral plan: open-ended until the debt is settled."""
    return Floor(None, "oral_plan") if oral and not settled else found


def years_on(day: date, years: int) -> date:
    """The same day so many years on; of 29 February the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def terms_at(session: Session, at: int) -> Recordings:
    """The house's terms in force."""
    return house.in_force(session.connection(), at).recording


def licences(session: Session) -> dict[int, str | None]:
    """What is recorded of each lender, by key of ``creditor``."""
    from sqlmodel import select

    from collectdesk.store.tables import Creditor

    return {row.org: (row.settings or {}).get("licence") for row in session.execute(select(Creditor)).scalars()}  # type: ignore[misc]


def oral_plans(session: Session) -> dict[int, set[tuple[int | None, str | None]]]:
    """The call and reference of every oral agreement ever made, by case."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Plan

    found: dict[int, set[tuple[int | None, str | None]]] = {}
    for plan in session.execute(select(Plan).where(col(Plan.form) == "oral")).scalars():
        found.setdefault(plan.case_id, set()).add((plan.call, plan.recording))
    return found


def may_be_oral(agreed: Iterable[tuple[int | None, str | None]], call: int, reference: str | None) -> bool:
    """Whether this recording may hold one of them; where a plan names none that is here, every one of the case may."""
    plans = list(agreed)
    sure = any(call == made or (reference and reference == named) for made, named in plans)
    return sure or any(made is None for made, _named in plans)


def held(session: Session, at: int) -> Held:
    """Everything that keeps what belongs to a case, as of ``at`` (UTC seconds)."""
    from sqlalchemy import text

    appeal = at - house.in_force(session.connection(), at).conduct.appeal_days * DAY
    found: dict[int, dict[str, None]] = {}
    for kind, sql in HELD.items():
        values = {"appeal": appeal} if ":appeal" in sql else {}
        for (case,) in session.execute(text(sql), values).all():
            if case is not None:
                found.setdefault(int(case), {})[kind] = None
    for kind, cases in _by_holds(session, at):
        for case in cases:
            found.setdefault(case, {})[kind] = None
    return Held({case: tuple(kinds) for case, kinds in found.items()})


def _by_holds(session: Session, at: int) -> Iterable[tuple[str, list[int]]]:
    from sqlmodel import col, or_, select

    from collectdesk.store.tables import CaseFile, Hold

    stands = (col(Hold.lifted_at).is_(None), or_(col(Hold.until).is_(None), col(Hold.until) > at))
    rows: Any = session.execute(select(Hold).where(*stands, col(Hold.kind).in_(DISPUTES))).scalars()
    for row in rows:
        if row.debts:
            yield "dispute", list(row.debts)
        else:
            cases = session.execute(select(col(CaseFile.id)).where(CaseFile.debtor == row.debtor)).scalars()
            yield "dispute", [int(each) for each in cases if each is not None]


def answered_on(connected_at: int) -> date:
    """The house's local date of a call."""
    return today(connected_at)
