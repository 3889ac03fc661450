"""Acts on an admission record: an item checked, the pledge signed, admitted, refused, opened again; by another person.

Being admitted makes the qualification *vetting*, the signed pledge the qualification *confidentiality*.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from collectdesk.desk import house, steps
from collectdesk.desk.four_eyes import require_decider
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.qualification import AHEAD
from collectdesk.desk.reason import reason_of
from collectdesk.desk.staff import find
from collectdesk.desk.training.certificates import local_day
from collectdesk.errors import N_, BadData, UsageProblem
from collectdesk.store import journal
from collectdesk.store.engine import lock_row
from collectdesk.store.words import VETTING_RESULTS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Member, Office
    from collectdesk.store.tables import Admission, VettingCheck

KIND = LIFE = "admission"


def check(office: Office, number: str, item: str, result: str, checked_on: date, evidence: str) -> None:
    """Write down what checking one item came to; the newest of an item counts.

    A concern ends the vetting at once, whoever attested it: the gate refuses them until they are admitted.

    Args:
        office: whoever checked is signed in.
        number: of whom.
        item: a code the house sets (``settings.training.vetting``).
        result: ``clear`` or ``concern``.
        checked_on: local date.
        evidence: what shows it, in words; never the finding's own details.
    Raises:
        NotPermitted: they only collect, or it is about themselves.
        NotFound: nobody active has that number.
        UsageProblem: no such item or result, or no evidence.
        BadData: the date lies ahead.
        Busy: the record is decided.
    """
    from collectdesk.store.tables import VettingCheck

    shown = reason_of(evidence, "--evidence")
    with office.writing() as session:
        member, row = _record(office, session, number)
        _require_item(session, item, result, office.now())
        _require_past(checked_on, office.now())
        row.status = lifecycle(LIFE).after(row.status, "check", office.lang)
        made = VettingCheck(
            admission=row.id or 0,
            item=item,
            result=result,
            checked_on=checked_on.isoformat(),
            evidence=shown,
            by_staff=office.staff.id,
            at=office.now(),
        )
        session.add(made)
        if result == "concern":
            _revoke(session, member, office.now())
        content = {"item": item, "result": result, "on": made.checked_on, "evidence": shown}
        _step(office, session, row, "check", {**content, "staff": member.id})


def sign(office: Office, number: str, signed_on: date, pledge: str) -> None:
    """Write down that they signed the confidentiality pledge, and where the paper is kept.

    Raises:
        NotPermitted, NotFound: see ``check``.
        UsageProblem: it is not said where it is kept.
        BadData: the date lies ahead.
    """
    kept = reason_of(pledge, "--pledge")
    with office.writing() as session:
        member, row = _record(office, session, number)
        _require_past(signed_on, office.now())
        row.status = lifecycle(LIFE).after(row.status, "sign", office.lang)
        row.signed_on, row.pledge = signed_on.isoformat(), kept
        _qualify(office, session, member, "confidentiality", row.signed_on)
        _step(office, session, row, "sign", {"on": row.signed_on, "pledge": kept, "staff": member.id})


def admit(office: Office, number: str) -> None:
    """Admit them: everything the house asks was checked and is clear, and the pledge is signed.

    Raises:
        NotPermitted, NotFound, Busy: see ``check``.
        BadData: something is missing; names what.
    """
    with office.writing() as session:
        member, row = _record(office, session, number)
        state = lifecycle(LIFE).after(row.status, "admit", office.lang)
        missing = lacking(session, row, office.now())
        if missing:
            raise BadData(
                "admission_incomplete",
                N_("This is not clear yet: {items}."),
                hint=N_("`collectdesk staff admit {number} --check ITEM=DATE` records it."),
                items=", ".join(missing),
                number=number,
            )
        row.status, row.decided_at, row.decided_by = state, office.now(), office.staff.id
        last = max(each.checked_on for each in newest(session, row).values())
        _qualify(office, session, member, "vetting", last)
        _step(office, session, row, "admit", {"staff": member.id})


def refuse(office: Office, number: str, reason: str) -> None:
    """Refuse them, and say why.

    Raises:
        NotPermitted, NotFound, Busy: see ``check``.
        UsageProblem: no reason.
    """
    _decide(office, number, "refuse", reason)


def reopen(office: Office, number: str, reason: str) -> None:
    """Open the record again; until they are admitted anew the gate refuses them.

    Raises:
        NotPermitted, NotFound, Busy: see ``check``.
        UsageProblem: no reason.
    """
    _decide(office, number, "reopen", reason)


def lacking(session: Session, row: Admission | None, at: int) -> tuple[str, ...]:
    """What the house asks and is not clear, by its code; ``pledge`` where it is not signed."""
    found = newest(session, row) if row is not None else {}
    wanted = house.in_force(session, at).training.vetting
    missing = [item for item in wanted if item not in found or found[item].result != "clear"]
    signed = row is not None and row.signed_on is not None
    return (*missing, *(() if signed else ("pledge",)))


def against(session: Session, staff: int) -> tuple[str, ...]:
    """What their own record holds against ``staff`` (key): items of concern by code; ``refused`` where they were."""
    row = of(session, staff)
    if row is None:
        return ()
    doubts = tuple(item for item, each in newest(session, row).items() if each.result == "concern")
    return (*(("refused",) if row.status == "refused" else ()), *doubts)


def newest(session: Session, row: Admission) -> dict[str, VettingCheck]:
    """The last check of each item."""
    from sqlmodel import col, select

    from collectdesk.store.tables import VettingCheck

    asked = select(VettingCheck).where(col(VettingCheck.admission) == row.id).order_by(col(VettingCheck.id))
    return {each.item: each for each in session.execute(asked).scalars()}


def of(session: Session, staff: int) -> Admission | None:
    """The admission record of ``staff`` (key), if one was begun."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Admission

    return session.execute(select(Admission).where(col(Admission.staff) == staff)).scalars().first()


def _record(office: Office, session: Session, number: str) -> tuple[Member, Admission]:
    """The person and their record, begun where there is none; only for who may decide about them."""
    from collectdesk.store.tables import Admission

    member = find(session, number)
    require_decider(office, session, {member.id})
    lock_row(session.connection(), "staff", member.id)
    row = of(session, member.id)
    if row is None:
        row = Admission(staff=member.id, status="open", opened_at=office.now(), opened_by=office.staff.id)
        session.add(row)
        session.flush()
    return member, row


def _decide(office: Office, number: str, act: str, reason: str) -> None:
    why = reason_of(reason)
    with office.writing() as session:
        member, row = _record(office, session, number)
        row.status = lifecycle(LIFE).after(row.status, act, office.lang)
        decided = act == "refuse"
        row.decided_at, row.decided_by = (office.now(), office.staff.id) if decided else (None, None)
        _revoke(session, member, office.now())
        _step(office, session, row, act, {"reason": why, "staff": member.id})


def _require_item(session: Session, item: str, result: str, at: int) -> None:
    known = house.in_force(session, at).training.vetting
    for value, choices, flag in ((item, known, "--check"), (result, VETTING_RESULTS, "--result")):
        if value not in choices:
            raise UsageProblem(
                "vetting_item", N_("{name} must be one of: {choices}."), name=flag, choices=", ".join(choices)
            )


def _require_past(day: date, at: int) -> None:
    if day > local_day(at):
        raise BadData("date_ahead", AHEAD, hint=N_("Check the dates given."))


def _qualify(office: Office, session: Session, member: Member, kind: str, passed_on: str) -> None:
    from sqlalchemy import insert

    from collectdesk.store.tables import Qualification

    by = office.staff
    row: dict[str, Any] = {"staff": member.id, "kind": kind, "passed_on": passed_on, "by_whom": by.number}
    session.execute(insert(Qualification), {**row, "attested_by": by.id, "recorded_at": office.now()})
    subject = f"staff:{member.id}"
    journal.append(session, at=office.now(), actor=by.number, action=f"qualify_{kind}", subject=subject, after=row)


def _revoke(session: Session, member: Member, at: int) -> None:
    """What an admission made is not there until they are admitted again."""
    from sqlalchemy import update
    from sqlmodel import col

    from collectdesk.store.tables import Qualification

    held = col(Qualification.staff) == member.id, col(Qualification.kind) == "vetting"
    session.execute(update(Qualification).where(*held, col(Qualification.revoked_at).is_(None)).values(revoked_at=at))


def _step(office: Office, session: Session, row: Admission, act: str, content: Mapping[str, object]) -> None:
    session.flush()
    steps.record(session, KIND, row.id or 0, act, row.status, at=office.now(), by=office, content=content)
