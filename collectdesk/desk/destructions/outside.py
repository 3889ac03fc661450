"""Destructions nobody else of the desk may approve (销毁提交外部): what an officer outside is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.destructions import book
from collectdesk.desk.requests.matters import Answer, Fact, Put, discreet, names_of
from collectdesk.errors import N_, Busy

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

DECIDE = "destruction.decide"


def put(session: Session, name: str) -> Put:
    """What is asked about a destruction.

    Raises:
        NotFound: there is none.
        Busy: it waits for no approval.
    """
    row = book.find(session, name)
    assert row.id is not None
    if row.status != "asked":
        raise Busy("nothing_to_put", N_("This destruction waits for no approval."))
    names = names_of(session, row.case_id) if row.case_id else ()
    facts = (
        Fact("reason", discreet(row.reason, names)),
        Fact("recordings", str(len(book.items(session, row)))),
        Fact("kind", row.kind),
    )
    return Put(DECIDE, row.id, row.case_id, frozenset((row.asked_by,)), ("approve", "refuse"), facts)


def apply(office: Office, session: Session, matter: str, subject: int, answer: Answer) -> None:
    """Write down what was answered; an approved one is then carried out by command.

    Raises:
        Busy: it has moved on meanwhile.
    """
    from collectdesk.store.tables import Destruction

    del matter
    row = session.get_one(Destruction, subject, with_for_update=True)
    content = {"reason": answer.reason, **answer.evidence}
    book.decide(office, session, row, "approve" if answer.choice == "approve" else "refuse", content, by=None)
