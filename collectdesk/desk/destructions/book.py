"""The book of destructions (销毁登记): asked with a reason, approved or refused by somebody else, listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes, steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.reason import reason_of
from collectdesk.desk.recordings import keeping, purging
from collectdesk.errors import N_, Busy, NotFound
from collectdesk.store import ids
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Destruction, DestructionItem

NAME = "destruction"
GONE = ("destroyed", "gone")
"""Outcomes of a recording whose file is there no more."""
REMOVING = "removing"
"""What stands with a recording from before its file is removed until that is written."""


def ask_recordings(office: Office, reason: str, *, case: str = "") -> str:
    """Ask that every recording that may go be destroyed, or those of one case; the public id, such as ``z3``.

    Raises:
        NotPermitted: a collector.
        Busy: none may go now.
    """
    office.require_role(*four_eyes.DECIDING)
    said = reason_of(reason)
    with office.writing() as session:
        going = may_go(office, session, case=case)
        row = asked(office, session, "recordings", said)
        add_items(office, session, row, going)
        return ids.public(NAME, row.id or 0)


def may_go(office: Office, session: Session, *, case: str = "") -> list[int]:
    """The keys of the recordings that may be asked for now, or those of one case.

    Raises:
        Busy: none may go now.
    """
    going = free(session, [each.recording for each in purging.due(session, office.now(), case=case) if each.may])
    if not going:
        raise Busy(
            "nothing_due",
            N_("No recording may be destroyed now."),
            hint=N_("`collectdesk recording purge --dry-run` says of each why."),
        )
    return going


def asked(
    office: Office,
    session: Session,
    kind: str,
    reason: str,
    *,
    case: int | None = None,
    receipt: str | None = None,
    receipt_digest: str | None = None,
) -> Destruction:
    """Write down that it is asked, inside an open write transaction."""
    from collectdesk.store.tables import Destruction

    row = Destruction(
        kind=kind, case_id=case, reason=reason, asked_by=office.staff.id, asked_at=office.now(), receipt=receipt,
        receipt_digest=receipt_digest,
    )  # fmt: skip
    session.add(row)
    session.flush()
    content = {"kind": kind, "reason": reason, "reference": receipt, "digest": receipt_digest}
    step(office, session, row, "ask", content)
    return row


def add_items(office: Office, session: Session, row: Destruction, recordings: Sequence[int]) -> None:
    """Put recordings on it; each waits for the approval with it."""
    from collectdesk.store.tables import Call, DestructionItem, Recording

    for key in recordings:
        recording = session.get_one(Recording, key)
        recording.status = lifecycle(keeping.NAME).after(recording.status, "ask_purge", office.lang)
        session.add_all([recording, DestructionItem(destruction=row.id, recording=key)])  # type: ignore[arg-type]
        call = session.get_one(Call, recording.call)
        content: dict[str, object] = {"destruction": ids.public(NAME, row.id or 0)}
        keeping.record(office, session, recording, call, "ask_purge", content)


def free(session: Session, recordings: Sequence[int]) -> list[int]:
    """Those that are on no other destruction that waits."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Recording

    waiting = select(col(Recording.id)).where(col(Recording.status) == "kept", col(Recording.id).in_(recordings))
    return [int(key) for key in session.execute(waiting.order_by(col(Recording.id))).scalars() if key is not None]


def approve(office: Office, name: str) -> None:
    """Approve it; carrying it out follows.

    Raises:
        NotFound: there is none.
        NotPermitted: whoever asked, or a collector.
        Busy: it does not wait for that.
    """
    with office.writing() as session:
        row = find(session, name, lock=True)
        four_eyes.require_decider(office, session, {row.asked_by})
        decide(office, session, row, "approve", {}, by=office.staff.id)


def refuse(office: Office, name: str, reason: str) -> None:
    """Refuse it; the recordings stay.

    Raises:
        NotFound: there is none.
        NotPermitted: whoever asked, or a collector.
        Busy: it does not wait for that.
    """
    said = reason_of(reason)
    with office.writing() as session:
        row = find(session, name, lock=True)
        four_eyes.require_decider(office, session, {row.asked_by})
        decide(office, session, row, "refuse", {"reason": said}, by=office.staff.id)


def withdraw(office: Office, name: str, reason: str) -> None:
    """Take it back, by whoever decides: also once it was approved, as long as nothing of it is destroyed.

    Raises:
        NotFound: there is none.
        NotPermitted: a collector.
        Busy: it is over, or its carrying out has begun.
    """
    office.require_role(*four_eyes.DECIDING)
    said = reason_of(reason)
    with office.writing() as session:
        row = find(session, name, lock=True)
        if any(item.outcome in GONE or item.why == REMOVING for item in items(session, row)):
            raise Busy(
                "destruction_begun",
                N_("Part of it is destroyed already, so it is carried out to its end."),
                hint=N_("`collectdesk destruction finish {name}`"),
                name=name.strip(),
            )
        decide(office, session, row, "withdraw", {"reason": said}, by=row.decided_by)


def decide(
    office: Office, session: Session, row: Destruction, act: str, content: Mapping[str, object], *, by: int | None
) -> None:
    """Move it on a decision; ``by`` is whoever approved or refused it, none for an officer outside."""
    row.status = lifecycle(NAME).after(row.status, act, office.lang)
    row.decided_by, row.decided_at = by, office.now()
    session.add(row)
    step(office, session, row, act, content)
    if row.status in ("refused", "withdrawn"):
        for item in items(session, row):
            stay(office, session, item, row.status)


def stay(office: Office, session: Session, item: DestructionItem, why: str) -> None:
    """Let one recording stay as it was kept."""
    from collectdesk.store.tables import Call, Recording

    recording = session.get_one(Recording, item.recording, with_for_update=True)
    item.outcome, item.why, item.at = "stays", why, office.now()
    recording.status = lifecycle(keeping.NAME).after(recording.status, "stay", office.lang)
    session.add_all([item, recording])
    keeping.record(office, session, recording, session.get_one(Call, recording.call), "stay", {"why": why})


def step(office: Office, session: Session, row: Destruction, act: str, content: Mapping[str, object]) -> None:
    """Write a step of its life down."""
    session.flush()
    assert row.id is not None
    steps.record(session, NAME, row.id, act, row.status, at=office.now(), by=office, case=row.case_id, content=content)


def find(session: Session, name: str, *, lock: bool = False) -> Destruction:
    """The destruction of this id, such as ``z3``.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import Destruction

    key = ids.private(NAME, name.strip())
    row = session.get(Destruction, key) if key else None
    if row is None:
        raise NotFound(
            "no_such_destruction",
            N_("There is no such destruction on this desk."),
            hint=N_("`collectdesk destruction list` shows them."),
        )
    if lock:
        assert row.id is not None
        lock_row(session.connection(), NAME, row.id)
        session.refresh(row)
    return row


def items(session: Session, row: Destruction, *, outcome: str = "") -> Sequence[DestructionItem]:
    """Its recordings, in order; those of one outcome."""
    from sqlmodel import col, select

    from collectdesk.store.tables import DestructionItem

    asked = select(DestructionItem).where(DestructionItem.destruction == row.id).order_by(col(DestructionItem.id))
    if outcome:
        asked = asked.where(DestructionItem.outcome == outcome)
    return session.execute(asked).scalars().all()


def listing(session: Session, *, everything: bool = False) -> Sequence[Destruction]:
    """Those that wait, or all; the oldest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Destruction

    asked = select(Destruction).order_by(col(Destruction.id))
    if not everything:
        asked = asked.where(col(Destruction.status).in_(("asked", "approved")))
    return session.execute(asked).scalars().all()
