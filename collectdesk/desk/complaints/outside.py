"""Complaints that nobody of the desk may decide (投诉提交外部): what an outside officer is asked, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from collectdesk.desk import adoption
from collectdesk.desk.complaints.ending import settle
from collectdesk.desk.complaints.extending import deny, grant, party_to_extension
from collectdesk.desk.complaints.receiving import NAME
from collectdesk.desk.complaints.subjects import find, subjects
from collectdesk.desk.requests.matters import Answer, Fact, Put, Value, discreet, names_of
from collectdesk.errors import N_, Busy, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Complaint

DECIDE = "complaint.decide"
EXTEND = "complaint.extend"


def put(session: Session, name: str) -> Put:
    """What is asked about a complaint: its decision where nobody here may, or the extension that waits.

    Raises:
        NotFound: no such complaint.
        Busy: nothing about it waits for an outside officer.
    """
    row = find(session, name)
    assert row.id is not None
    if row.status == "waiting":
        choices, party, matter = ("upheld", "dismissed"), subjects(session, row.id), DECIDE
    elif row.status == "extending":
        choices, party, matter = ("approve", "refuse"), party_to_extension(session, row), EXTEND
    else:
        raise Busy("nothing_to_put", N_("Nothing about this complaint waits for an outside officer."))
    return Put(matter, row.id, row.case_id, frozenset(party), choices, tuple(_facts(session, row)))


def apply(office: Office, session: Session, matter: str, subject: int, answer: Answer) -> None:
    """Do what was answered.

    Raises:
        Busy: the complaint has moved on meanwhile.
        UsageProblem: it is upheld and nothing is to be done.
    """
    from collectdesk.store.tables import Complaint

    row = session.get_one(Complaint, subject, with_for_update=True)
    content = dict(answer.evidence)
    if matter == EXTEND:
        if answer.choice == "approve":
            grant(office, session, row, {"reason": answer.reason, **content})
        else:
            deny(office, session, row, {"reason": answer.reason, **content})
        return
    if row.status != "waiting":
        raise Busy("matter_moved_on", N_("Somebody of this desk handles it meanwhile."))
    if answer.choice == "upheld" and not answer.measures:
        raise UsageProblem("remedy_missing", N_("Say what is done about what is upheld."), hint=N_("Give --measures."))
    outcome = cast("Literal['upheld', 'dismissed']", answer.choice)
    settle(office, session, row, outcome, cause=answer.reason, remedy=answer.measures, content=content)


def _facts(session: Session, row: Complaint) -> Iterator[Fact]:
    """What an officer needs, the first grievance and the further ones; no name, number or account."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Grievance

    names = names_of(session, row.case_id)
    labels = _labels(session, row.received_at)
    yield Fact("received_on", row.received_on)
    yield Fact("last_on", row.last_on)
    yield Fact("channel", row.channel)
    further = select(Grievance).where(col(Grievance.complaint) == row.id).order_by(col(Grievance.number))
    for each in (row, *session.execute(further).scalars()):
        yield Fact("category", labels.get(each.category, each.category))
        yield Fact("grievance", discreet(each.content, names))
    if row.asked_term is not None:
        yield Fact("term", str(row.term))
        yield Fact("asked_term", str(row.asked_term))
        yield Fact("reason", discreet(_reason(session, row), names))


def _reason(session: Session, row: Complaint) -> str:
    """Why more time was asked for, last."""
    from collectdesk.desk.steps import steps_of

    assert row.id is not None
    asked = [step.content or {} for step in steps_of(session, NAME, row.id) if step.act == "extend"]
    return str(asked[-1].get("reason", "")) if asked else ""


def _labels(session: Session, at: int) -> dict[str, Value]:
    found = adoption.in_force(session, "codes", at)
    listed = [code for each in found for code in each.value.fields["complaint"].codes]
    return {code.code: {"zh_CN": code.label.zh_CN, "en": code.label.en} for code in listed}
