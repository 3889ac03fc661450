"""A case handed back or destroyed (案件退回、销毁) after recall or settlement: asked by one, approved by another.

What is handed back with the creditor's receipt may go at once, for the record goes on there whole; what is destroyed
waits until every record's time is over. Recordings still within theirs stay with their keeper either way, and are
destroyed later. While anything holds the case nothing goes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from collectdesk.desk import four_eyes
from collectdesk.desk.casebook import find
from collectdesk.desk.complaints.clock import today
from collectdesk.desk.destructions import book
from collectdesk.desk.reason import reason_of
from collectdesk.desk.recordings import purging, retention
from collectdesk.errors import N_, Busy, UsageProblem
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import CaseFile

OVER = ("settled", "recalled")
Kind = Literal["case_returned", "case_destroyed"]


class Standing(Struct, frozen=True, kw_only=True):
    """Whether a case may go: its status, what holds it, until when its records are kept, and its recordings."""

    case: str
    status: str
    held: tuple[str, ...]
    until: date | None
    rule: str
    recordings: tuple[purging.Due, ...]
    why: str


def standing(session: Session, case: CaseFile, kind: Kind, at: int) -> Standing:
    """How it stands with a case at ``at`` (UTC seconds); ``why`` is empty where it may go."""
    assert case.id is not None
    held = retention.held(session, at).of(case.id)
    licence = retention.licences(session).get(case.creditor)
    kept = retention.floor(_last_contact(session, case, at), licence, retention.terms_at(session, at))
    why = ""
    if case.destroyed_at is not None:
        why = "gone"
    elif case.status not in OVER:
        why = "open"
    elif held:
        why = "held"
    elif kind == "case_destroyed" and kept.until is not None and today(at) <= kept.until:
        why = "not_yet"
    recordings = tuple(purging.due(session, at, case=case.code))
    return Standing(
        case=case.code, status=case.status, held=held, until=kept.until, rule=kept.rule, recordings=recordings, why=why
    )


def look(session: Session, code: str, kind: Kind, at: int) -> Standing:
    """The same by the case's number.

    Raises:
        NotFound: there is no such case.
    """
    return standing(session, find(session, code), kind, at)


def ask(office: Office, code: str, kind: Kind, reason: str, *, receipt: str = "", digest: str = "") -> str:
    """Ask that a case be handed back or destroyed; the public id, such as ``z3``.

    Args:
        office: who asks.
        code: the case's number.
        kind: which of the two.
        reason: why.
        receipt: the creditor's, for what was handed back to it.
        digest: the SHA-256 of the bundle that was handed back (``case evidence``).
    Raises:
        NotPermitted: a collector.
        NotFound: there is no such case.
        UsageProblem: handed back without its receipt and bundle.
        Busy: the case is not over, something holds it, its time is not over, or it was asked before.
    """
    from collectdesk.store.tables import CaseFile

    office.require_role(*four_eyes.DECIDING)
    said = reason_of(reason)
    if kind == "case_returned" and not (receipt.strip() and digest):
        raise UsageProblem(
            "receipt_missing",
            N_("A case is handed back with the creditor's receipt and the bundle it is for."),
            hint=N_("`collectdesk case evidence` makes the bundle; give --receipt and --bundle."),
        )
    with office.writing() as session:
        case = session.get_one(CaseFile, find(session, code).id, with_for_update=True)
        assert case.id is not None
        require(standing(session, case, kind, office.now()))
        _refuse_second(session, case.id)
        proof = reason_of(receipt, "--receipt") if receipt.strip() else None
        row = book.asked(office, session, kind, said, case=case.id, receipt=proof, receipt_digest=digest or None)
        going = [each.recording for each in purging.due(session, office.now(), case=code) if each.may]
        book.add_items(office, session, row, book.free(session, going))
        return ids.public(book.NAME, row.id or 0)


def require(found: Standing) -> None:
    """Go on only if the case may go.

    Raises:
        Busy: it may not; says why.
    """
    if not found.why:
        return
    texts = {
        "gone": N_("What was personal of this case is erased already."),
        "open": N_("The case is neither recalled nor settled."),
        "held": N_("This case is under legal hold: {held}."),
        "not_yet": N_("The records of this case are kept until {until}."),
    }
    raise Busy(
        f"case_{found.why}",
        texts[found.why],
        hint=N_("`--dry-run` says what keeps it."),
        held=", ".join(found.held),
        until=found.until.isoformat() if found.until else "",
    )


def _refuse_second(session: Session, case: int) -> None:
    from sqlmodel import col, select

    from collectdesk.store.tables import Destruction

    waits = (col(Destruction.case_id) == case, col(Destruction.status).in_(("asked", "approved")))
    key = session.execute(select(col(Destruction.id)).where(*waits)).scalars().first()
    if key is not None:
        raise Busy("asked_before", N_("It was asked already: {name}."), name=ids.public(book.NAME, key))


def _last_contact(session: Session, case: CaseFile, at: int) -> date:
    """The house's date of the last record: a contact, a call or a payment; of a case without any, today."""
    from sqlalchemy import text

    newest = session.execute(
        text(
            "SELECT max(at) FROM (SELECT at FROM contact_event WHERE debtor = :debtor UNION ALL "
            "SELECT started_at FROM call WHERE case_id = :case UNION ALL SELECT at FROM payment WHERE case_id = :case "
            "UNION ALL SELECT at FROM step WHERE case_id = :case AND kind NOT IN ('destruction', 'recording')) r"
        ),
        {"debtor": case.debtor, "case": case.id},
    ).scalar()
    return today(int(newest) if newest is not None else at)
