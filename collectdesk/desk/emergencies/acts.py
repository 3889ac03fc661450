"""What is done with an emergency (处置): taken, noted, called back for, released by two people; the table says when.

Each act is one transaction: the row, a step everybody can read, the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from collectdesk.desk import holds, steps
from collectdesk.desk.emergencies.alarm import KIND
from collectdesk.desk.emergencies.calling import CALLING_BACK
from collectdesk.desk.four_eyes import DECIDING, deciders, require_decider, who_may
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.reason import says
from collectdesk.errors import N_, NotFound, NotPermitted, UsageProblem
from collectdesk.store import ids
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Emergency


def find(session: Session, name: str) -> Emergency:
    """The emergency with this public id (``g3``).

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import Emergency

    key = ids.private(KIND, name.strip())
    row = session.get(Emergency, key) if key is not None else None
    if row is None:
        raise NotFound(
            "no_such_emergency",
            N_("There is no such emergency."),
            hint=N_("`collectdesk emergency list` names them, such as g3."),
        )
    return row


def may_see(office: Office, row: Emergency) -> bool:
    """Whoever decides, and whoever raised it."""
    return office.staff.role in DECIDING or row.by_staff == office.staff.id


def require_seen(office: Office, row: Emergency) -> None:
    """Go on only if whoever is signed in may look at it.

    Raises:
        NotPermitted: they may not.
    """
    if not may_see(office, row):
        office.require_role(*DECIDING)


def acknowledge(office: Office, name: str) -> str:
    """Take an emergency; nobody else is alerted any more.

    Raises:
        NotFound: there is none.
        NotPermitted: they only collect, or raised it themselves.
        Busy: somebody took it already.
    """
    with office.writing() as session:
        row = _locked(session, name)
        require_decider(office, session, {row.by_staff})
        return take(office, session, row)


def take(office: Office, session: Session, row: Emergency) -> str:
    """The same inside an open write transaction, on a locked row."""
    at = office.now()
    row.status, row.acknowledged_by = lifecycle(KIND).after(row.status, "acknowledge", office.lang), office.staff.id
    row.acknowledged_at, row.next_alert_at = at, None
    return _step(office, session, row, "acknowledge", {"after_seconds": max(0, at - row.at)})


def note(office: Office, name: str, text: str) -> str:
    """Add a word to it; once closed nothing is added.

    Raises:
        NotFound: there is none.
        NotPermitted: it is not theirs to look at.
        UsageProblem: there is no text.
        Busy: it is closed.
    """
    content = _text(text, "--text")
    with office.writing() as session:
        row = _locked(session, name)
        require_seen(office, row)
        row.status = lifecycle(KIND).after(row.status, "note", office.lang)
        return _step(office, session, row, "note", {"text": content})


def prepare_call_back(office: Office, name: str) -> tuple[str, str]:
    """Before a safety call-back: whoever makes it takes the emergency if nobody has; the case, and the state.

    Raises:
        NotFound: there is none.
        NotPermitted: it is not theirs to call.
        Busy: it is closed.
    """
    from collectdesk.store.tables import CaseFile

    office.require_role(*CALLING_BACK)
    with office.writing() as session:
        row = _locked(session, name)
        if row.status == "open":
            require_decider(office, session, {row.by_staff})
            take(office, session, row)
        lifecycle(KIND).after(row.status, "call_back", office.lang)
        case = session.get(CaseFile, row.case_id)
        assert case is not None
        return case.code, row.status


def called_back(office: Office, name: str, call: int) -> str:
    """Write down that a safety call-back was begun."""
    with office.writing() as session:
        row = _locked(session, name)
        row.status = lifecycle(KIND).after(row.status, "call_back", office.lang)
        return _step(office, session, row, "call_back", {"call": f"c{call}"})


def ask_release(office: Office, name: str, reason: str) -> str:
    """Ask that the freeze be lifted; another person confirms it.

    Raises:
        NotFound: there is none.
        NotPermitted: they only collect.
        UsageProblem: there is no reason.
        Busy: nobody has taken it, or it was asked already.
    """
    office.require_role(*DECIDING)
    content = _text(reason)
    with office.writing() as session:
        row = _locked(session, name)
        row.status = lifecycle(KIND).after(row.status, "ask_release", office.lang)
        row.release_asked_by, row.release_asked_at = office.staff.id, office.now()
        return _step(office, session, row, "ask_release", {"text": content})


def refuse_release(office: Office, name: str, reason: str) -> str:
    """The freeze stays.

    Raises:
        NotFound: there is none.
        NotPermitted: they only collect, or asked for it themselves.
        UsageProblem: there is no reason.
        Busy: nobody asked.
    """
    office.require_role(*DECIDING)
    content = _text(reason)
    with office.writing() as session:
        row = _locked(session, name)
        state = lifecycle(KIND).after(row.status, "refuse_release", office.lang)
        _require_another(office, session, row)
        row.status, row.release_asked_by, row.release_asked_at = state, None, None
        return _step(office, session, row, "refuse_release", {"text": content})


def release(office: Office, name: str, reason: str = "") -> str:
    """Confirm the release: the hold is lifted, the case thaws where no other freeze is left, the matter is closed.

    Raises:
        NotFound: there is none.
        NotPermitted: they only collect, or asked for it themselves.
        Busy: nobody asked.
    """
    office.require_role(*DECIDING)
    with office.writing() as session:
        row = _locked(session, name)
        state = lifecycle(KIND).after(row.status, "release", office.lang)
        _require_another(office, session, row)
        at = office.now()
        row.status, row.closed_by, row.closed_at = state, office.staff.id, at
        session.flush()
        if row.hold is not None:
            holds.lift(session.connection(), row.hold, at=at, by=office.staff)
        return _step(office, session, row, "release", {"text": _text(reason)} if reason.strip() else {})


def _require_another(office: Office, session: Session, row: Emergency) -> None:
    if row.release_asked_by != office.staff.id:
        return
    others = deciders(session, {office.staff.id})
    raise NotPermitted(
        "same_person",
        N_("You asked for this release, so somebody else confirms it."),
        hint=who_may(others),
        numbers=", ".join(person.number for person in others),
    )


def _locked(session: Session, name: str) -> Emergency:
    row = find(session, name)
    assert row.id is not None
    lock_row(session.connection(), KIND, row.id)
    session.refresh(row)
    return row


def _step(office: Office, session: Session, row: Any, act: str, content: Mapping[str, object]) -> str:  # noqa: ANN401
    session.flush()
    steps.record(session, KIND, row.id, act, row.status, at=office.now(), by=office, case=row.case_id, content=content)
    return str(row.status)


def _text(text: str, flag: str = "--reason") -> str:
    if not says(text):
        raise UsageProblem("text_missing", N_("Say it in a few words: {flag}."), hint="", flag=flag)
    return text.strip()
