"""Logging what became of a letter (寄送登记): sent, received, come back, void. What was sent is what the gate asks for.

Nothing is logged as sent that was not made here, unless whoever decides vouches for it with what shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from collectdesk.desk import casebook, steps
from collectdesk.desk.complaints.clock import today
from collectdesk.desk.four_eyes import DECIDING, PEOPLE
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.notices import letterbox
from collectdesk.desk.notices.letterbox import NAME
from collectdesk.errors import N_, BadData, NotFound, UsageProblem
from collectdesk.store import ids
from collectdesk.store.engine import lock_row
from collectdesk.store.words import LETTER_WAYS, NOTICE_KINDS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Letter, Notice

Fate = Literal["receive", "return"]
FATES: tuple[Fate, ...] = ("receive", "return")


def send(office: Office, name: str, at: int, way: str = "", tracking: str = "") -> None:
    """Log that a letter was sent: from then on the gate has it as given.

    Args:
        office: who logs it.
        name: its public id or number.
        at: when, UTC seconds.
        way: how, a word of ``LETTER_WAYS``; as it was made for when nothing is said.
        tracking: by which it can be followed.
    Raises:
        NotFound: there is no such letter.
        Busy: it was sent before, or is void.
        BadData: before it was made, or still to come.
        UsageProblem: no such way.
    """
    office.require_role(*PEOPLE)
    with office.writing() as session:
        row = letterbox.find(session, name, lock=True)
        way = way or row.way or ""
        _require_way(way)
        status = lifecycle(NAME).after(row.status, "send", office.lang)
        _require_between(office, at, row.made_at if today(at) != today(row.made_at) else None)
        row.notice = _notice(office, session, row, at)
        row.status, row.way, row.tracking = status, way, tracking.strip() or None
        content = {"sent_at": at, "way": way, "tracking": row.tracking, "notice": ids.public("notice", row.notice)}
        _record(office, session, row, "send", content)


def fate(office: Office, name: str, act: Fate, at: int, reason: str = "") -> None:
    """Log that a letter was received, or came back; what came back was never given.

    Args:
        office: who logs it.
        name: its public id or number; ``w12`` for one that a file of cases brought.
        act: which.
        at: when, UTC seconds.
        reason: why it came back, as the carrier says.
    Raises:
        NotFound: there is no such letter.
        Busy: it was not sent, or its fate is known.
        BadData: before it was sent, or still to come.
    """
    from collectdesk.store.tables import Notice

    office.require_role(*PEOPLE)
    with office.writing() as session:
        row = _brought(office, session, name) or letterbox.find(session, name, lock=True)
        status = lifecycle(NAME).after(row.status, act, office.lang)
        notice = session.get_one(Notice, row.notice, with_for_update=True)
        _require_between(office, at, notice.sent_at)
        row.status = status
        if act == "receive":
            notice.received_at = at
        else:
            notice.returned_at = at
        session.add(notice)
        _record(office, session, row, act, {"at": at, "reason": reason.strip() or None})


def void(office: Office, name: str, reason: str) -> None:
    """Make a letter void that was not sent; its number stays its own.

    Raises:
        NotFound: there is no such letter.
        NotPermitted: a collector's sign-in.
        Busy: it was sent.
        UsageProblem: no reason.
    """
    office.require_role(*DECIDING)
    if not reason.strip():
        raise UsageProblem("reason", N_("Say why."), hint=N_("Give --reason."))
    with office.writing() as session:
        row = letterbox.find(session, name, lock=True)
        row.status = lifecycle(NAME).after(row.status, "void", office.lang)
        _record(office, session, row, "void", {"reason": reason.strip()})


def outside(office: Office, code: str, kind: str, at: int, way: str, evidence: str, tracking: str = "") -> str:
    """Vouch for a notice that others sent; its public id.

    Args:
        office: whoever decides.
        code: the case's number.
        kind: of which kind, a word of ``NOTICE_KINDS``.
        at: when it was sent, UTC seconds.
        way: how.
        evidence: what shows it: a copy, the carrier's receipt.
        tracking: by which it could be followed.
    Raises:
        NotFound: there is no such case.
        NotPermitted: a collector's sign-in.
        UsageProblem: no evidence, or no such kind or way.
        BadData: still to come.
    """
    from collectdesk.store.tables import Letter

    office.require_role(*DECIDING)
    _require_way(way)
    if kind not in NOTICE_KINDS:
        raise UsageProblem(
            "notice_kind", N_("Say which kind of notice: {kinds}."), hint=N_("Give --kind."),
            kinds=", ".join(NOTICE_KINDS),
        )  # fmt: skip
    if not evidence.strip():
        raise UsageProblem("notice_evidence", N_("Say what shows that it was sent."), hint=N_("Give --evidence."))
    with office.writing() as session:
        case = casebook.find(session, code)
        assert case.id is not None
        _require_between(office, at, None)
        row = Letter(
            origin="outside", status="sent", kind=kind, case_id=case.id, person=case.debtor, debts=[case.id],
            made_at=office.now(), made_by=office.staff.id, way=way, tracking=tracking.strip() or None,
            evidence=evidence.strip(),
        )  # fmt: skip
        row.notice = _notice(office, session, row, at)
        session.add(row)
        session.flush()
        _record(office, session, row, "attest", {"sent_at": at, "way": way, "kind": kind, "evidence": row.evidence})
        return ids.public(NAME, row.id or 0)


def _brought(office: Office, session: Session, name: str) -> Letter | None:
    """The letter that stands for a notice a file brought, made where there is none yet; none for another name."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Letter, Notice

    key = ids.private("notice", name.strip().lower())
    if key is None:
        return None
    notice = session.get(Notice, key, with_for_update=True)
    if notice is None:
        raise NotFound("no_such_letter", N_("There is no such letter."), hint="collectdesk notice list --case CASE")
    held = session.execute(select(Letter).where(col(Letter.notice) == key)).scalars().first()
    if held is not None:
        return held
    asked = select(CaseFile.id).where(col(CaseFile.debtor) == notice.debtor).order_by(col(CaseFile.id))
    case = notice.debts[0] if notice.debts else session.execute(asked).scalars().first()
    row = Letter(
        origin="imported", status=letterbox.state_of(notice), kind=notice.kind, case_id=case or 0,
        person=notice.person or notice.debtor, debts=notice.debts, made_at=office.now(), made_by=office.staff.id,
        notice=key,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _notice(office: Office, session: Session, row: Letter, at: int) -> int:
    """What the gate is asked with from now on."""
    from collectdesk.store.tables import CaseFile, Notice

    del office
    debtor = session.get_one(CaseFile, row.case_id).debtor
    lock_row(session.connection(), "person", debtor)
    person = None if row.person == debtor else row.person
    notice: Notice = Notice(debtor=debtor, kind=row.kind, debts=row.debts, person=person, sent_at=at)
    session.add(notice)
    session.flush()
    assert notice.id is not None
    return notice.id


def _require_way(way: str) -> None:
    if way not in LETTER_WAYS:
        raise UsageProblem(
            "letter_way", N_("Say how it went: {ways}."), hint=N_("Give --way."), ways=", ".join(LETTER_WAYS)
        )


def _require_between(office: Office, at: int, first: int | None) -> None:
    if at > office.now():
        raise BadData("letter_future", N_("That is still to come."), hint=N_("Log it once it has happened."))
    if first is not None and at < first:
        raise BadData("letter_before", N_("That is before the letter was made or sent."), hint=N_("Compare the dates."))


def _record(office: Office, session: Session, row: Letter, act: str, content: dict[str, object]) -> None:
    session.add(row)
    session.flush()
    assert row.id is not None
    steps.record(session, NAME, row.id, act, row.status, at=office.now(), by=office, case=row.case_id, content=content)
