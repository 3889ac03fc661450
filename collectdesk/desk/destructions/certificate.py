"""The certificate (销毁证明): numbered, with what was destroyed by its digest, the dates, the rule, and both people.

It holds no name and no number of anybody but the staff numbers of those who asked and approved.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from collectdesk.desk.destructions import book
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.recordings import retention
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.store import ids
from collectdesk.store.columns import dump_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Destruction, DestructionItem

SCHEMA = "collectdesk.destruction_certificate/1"
LAW = {
    "recordings": ("公司制度 第十四条第一款", "Company policy, article 14(1)"),
    "case_returned": (
        "个人信息保护法 第二十一条；GB/T 45251-2025 §5.3",
        "Personal Information Protection Law, article 21; GB/T 45251-2025, section 5.3",
    ),
    "case_destroyed": ("个人信息保护法 第四十七条", "Personal Information Protection Law, article 47"),
}
"""Under what it was done, in Chinese and English."""


def issue(office: Office, session: Session, row: Destruction, erased: Mapping[str, int]) -> str:
    """Close a destruction with its certificate; the number."""
    from sqlmodel import select

    from collectdesk.store.tables import Staff

    now = office.now()
    numbers = {each.id: each.number for each in session.execute(select(Staff)).scalars()}
    number = _number(session, now)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "number": number,
        "destruction": ids.public(book.NAME, row.id or 0),
        "company": office.company.name,
        "practice": office.practice,
        "kind": row.kind,
        "case": _case(session, row),
        "law": _both(LAW[row.kind]),
        "reason": row.reason,
        "asked": {"by": numbers.get(row.asked_by), "at": _iso(row.asked_at)},
        "approved": {"by": numbers.get(row.decided_by), "at": _iso(row.decided_at or now)},
        "carried_out": {"by": office.staff.number, "at": _iso(now)},
        "receipt": {"reference": row.receipt, "sha256": row.receipt_digest} if row.receipt else None,
        "recordings": [_item(session, item) for item in book.items(session, row)],
        "erased": dict(erased),
    }
    row.status = lifecycle(book.NAME).after(row.status, "carry_out", office.lang)
    row.number, row.certificate, row.digest, row.done_at = number, document, digest_of(document), now
    session.add(row)
    book.step(office, session, row, "carry_out", {"number": number, "digest": row.digest})
    return number


def digest_of(document: Mapping[str, object]) -> str:
    """The SHA-256 of a certificate as the desk keeps it."""
    return hashlib.sha256(dump_json(document).encode()).hexdigest()


def _number(session: Session, now: int) -> str:
    """The next number of the year; under the writer's lock, and on a server under the journal's."""
    from sqlalchemy import text
    from sqlmodel import col, func, select

    from collectdesk.store.journal import LOCK
    from collectdesk.store.tables import Destruction

    if session.connection().dialect.name == "postgresql":
        session.execute(text(LOCK))
    year = datetime.fromtimestamp(now, ZoneInfo(HOUSE_ZONE)).year
    made = select(func.count()).select_from(Destruction).where(col(Destruction.number).startswith(f"XH-{year}-"))
    return f"XH-{year}-{session.execute(made).scalar_one() + 1:04}"


def _item(session: Session, item: DestructionItem) -> dict[str, object]:
    from collectdesk.store.tables import Call, CaseFile, Creditor, Recording

    row = session.get_one(Recording, item.recording)
    call = session.get_one(Call, row.call)
    case = session.get_one(CaseFile, call.case_id)
    lender = session.get_one(Creditor, case.creditor)
    terms = retention.terms_at(session, item.at or row.at)
    day = retention.answered_on(call.connected_at or call.started_at)
    kept = retention.floor(day, (lender.settings or {}).get("licence"), terms)  # type: ignore[arg-type]
    return {
        "call": ids.public("call", row.call),
        "case": case.code,
        "answered_on": day.isoformat(),
        "sha256": row.digest,
        "bytes": row.size,
        "duration_ms": row.duration_ms,
        "kept_until": kept.until.isoformat() if kept.until else None,
        "rule": kept.rule,
        "cite": _both(retention.CITES[kept.rule]),
        "outcome": item.outcome,
        "why": item.why,
        "at": _iso(item.at) if item.at else None,
    }


def _case(session: Session, row: Destruction) -> str | None:
    from collectdesk.store.tables import CaseFile

    return session.get_one(CaseFile, row.case_id).code if row.case_id else None


def _both(texts: tuple[str, str]) -> dict[str, str]:
    return {"zh_CN": texts[0], "en": texts[1]}


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(HOUSE_ZONE)).isoformat()
