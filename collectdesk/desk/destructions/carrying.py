"""Carrying a destruction out (执行销毁): each recording looked at once more, its file removed, then the certificate.

What was approved is asked of time and holds again for every file, so nothing leaves before its time. That a file is
about to go is written, it is removed, and that is written; a run that breaks off between goes on. The certificate is
last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from collectdesk.desk.destructions import book, cases, certificate, erasing, removing
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.recordings import keeping, purging

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Destruction, DestructionItem, Recording

Advance = Callable[[int], None]
NOBODY: Callable[[int], Advance] = lambda _count: lambda _one: None  # noqa: E731 - what shows nothing


def carry_out(office: Office, name: str, *, progress: Callable[[int], Advance] = NOBODY) -> str:
    """Do what was approved; the certificate's number. Done again after an interruption it goes on.

    Raises:
        NotPermitted: a collector.
        NotFound: there is none, or a keeper's folder is not there: nothing is taken for destroyed by that.
        Busy: it was not approved, or is done.
        Problem: a file cannot be removed.
    """
    office.require_role(*DECIDING)
    with office.reading() as session:
        row = book.find(session, name)
        lifecycle(book.NAME).after(row.status, "carry_out", office.lang)
        _require_case(office, session, row)
        waiting = [item.id for item in book.items(session, row, outcome="asked") if item.id is not None]
    advance = progress(len(waiting))
    for key in waiting:
        _one(office, key)
        advance(1)
    with office.writing() as session:
        row = book.find(session, name, lock=True)
        _require_case(office, session, row)
        erased = erasing.erase_case(office, session, row) if row.kind != "recordings" else {}
        return certificate.issue(office, session, row, erased)


def _require_case(office: Office, session: Session, row: Destruction) -> None:
    """What held of the case when it was asked has to hold still."""
    from collectdesk.store.tables import CaseFile

    if row.kind != "recordings":
        kind: cases.Kind = "case_returned" if row.kind == "case_returned" else "case_destroyed"
        cases.require(cases.standing(session, session.get_one(CaseFile, row.case_id), kind, office.now()))


def _one(office: Office, key: int) -> None:
    """One recording: it stays where something has come up, else its file goes and that is written.

    That it may be about to go is written first, so that a run that broke off between knows its own work; whether it
    goes is asked once, under the lock under which it goes.
    """
    from collectdesk.store.tables import Recording

    with office.writing() as session:
        item = _waiting(session, key)
        if item is None:
            return
        if removing.there(session, session.get_one(Recording, item.recording)):
            item.why = book.REMOVING
            session.add(item)
    with office.writing() as session:
        item = _waiting(session, key)
        if item is None or not _goes(office, session, item):
            return
        row = session.get_one(Recording, item.recording, with_for_update=True)
        found = removing.remove(session, row, begun=item.why == book.REMOVING)
        if found.outcome == "stays":
            book.stay(office, session, item, found.why or "")
        else:
            _write(office, session, item, row, found.outcome)


def _waiting(session: Session, key: int) -> DestructionItem | None:
    """A recording of a destruction that is still being carried out, both held; none where it is seen to."""
    from collectdesk.store.engine import lock_row
    from collectdesk.store.tables import Destruction, DestructionItem

    item = session.get_one(DestructionItem, key)
    lock_row(session.connection(), book.NAME, item.destruction)
    session.refresh(item)
    approved = session.get_one(Destruction, item.destruction).status == "approved"
    return item if approved and item.outcome == "asked" else None


def _goes(office: Office, session: Session, item: DestructionItem) -> bool:
    """Whether its file may go now: what was approved is asked of time and holds again; one that went has gone."""
    from collectdesk.store.tables import Recording

    if item.why == book.REMOVING and not removing.there(session, session.get_one(Recording, item.recording)):
        return True
    (due,) = purging.due(session, office.now(), only=(item.recording,))
    if not due.may:
        book.stay(office, session, item, due.why)
    return due.may


def _write(office: Office, session: Session, item: DestructionItem, row: Recording, outcome: str) -> None:
    from collectdesk.store.tables import Call

    now = office.now()
    item.outcome, item.why, item.at = outcome, None, now
    row.status, row.purged_at = lifecycle(keeping.NAME).after(row.status, "purge", office.lang), now
    row.file, row.reference = None, None
    session.add_all([item, row])
    content: dict[str, object] = {"sha256": row.digest, "found": outcome}
    keeping.record(office, session, row, session.get_one(Call, row.call), "purge", content)
