"""Entering what an outside officer answered (登记答复): with its reference, its day and the digest of what it came in.

The evidence decides, not whoever enters it; so it is entered by somebody who is not party to it where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes, steps
from collectdesk.desk.complaints.clock import today
from collectdesk.desk.reason import says
from collectdesk.desk.requests.asking import KIND, find
from collectdesk.desk.requests.matters import Answer, chapter
from collectdesk.errors import N_, BadData, Busy, UsageProblem

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Request

SHA256 = 64
"""Characters of a digest in hexadecimal."""


@dataclass(frozen=True)
class Entered:
    """An answer as it is entered.

    Attributes:
        choice: one of the request's choices.
        reason: why, in the officer's words.
        measures: what they say is to be done; may be empty.
        reference: what the answer is called where it is kept.
        on: the day it bears.
        digest: the SHA-256 of the file it came in.
    """

    choice: str
    reason: str
    measures: str
    reference: str
    on: date
    digest: str


def answer(office: Office, name: str, entered: Entered) -> str:
    """Enter an answer and do what it says; the matter that was answered.

    Raises:
        NotFound: no such request.
        NotPermitted: somebody with less to do with it is there.
        Busy: it was answered already, or the matter has moved on.
        UsageProblem: not one of the choices, or something is missing.
        BadData: the day or the digest cannot be.
    """
    at = office.now()
    with office.writing() as session:
        row = find(session, name, lock=True)
        four_eyes.require_scribe(office, session, row.party)
        _require_fit(row, entered, at)
        evidence = {"request": name.strip(), "reference": entered.reference.strip(), "digest": entered.digest.lower()}
        _keep(office, row, entered, at)
        session.flush()
        assert row.id is not None
        content = {"answer": entered.choice, "by_party": office.staff.id in row.party, **evidence}
        steps.record(session, KIND, row.id, "answer", row.status, at=at, by=office, case=row.case_id, content=content)
        said = Answer(entered.choice, entered.reason.strip(), entered.measures.strip(), evidence)
        chapter(row.matter.partition(".")[0]).apply(office, session, row.matter, row.subject, said)
        return row.matter


def _keep(office: Office, row: Request, entered: Entered, at: int) -> None:
    row.status, row.answer, row.reason = "answered", entered.choice, entered.reason.strip()
    row.reference, row.answered_on = entered.reference.strip(), entered.on.isoformat()
    row.answer_digest, row.entered_at, row.entered_by = entered.digest.lower(), at, office.staff.id


def _require_fit(row: Request, entered: Entered, at: int) -> None:
    if row.status != "open":
        raise Busy("request_over", N_("This request waits for no answer any more."))
    if entered.choice not in row.choices:
        raise UsageProblem(
            "no_such_answer", N_("That is none of the answers."), hint=N_("One of: {codes}."),
            codes=" ".join(row.choices),
        )  # fmt: skip
    if not (says(entered.reason) and entered.reference.strip()):
        raise UsageProblem(
            "answer_unproved",
            N_("An answer is entered with its reason and its reference."),
            hint=N_("--reason --reference"),
        )
    if not today(row.made_at) <= entered.on <= today(at):
        raise BadData("answer_day", N_("The day of the answer is not between the request and today."))
    digest = entered.digest.lower()
    if len(digest) != SHA256 or not set(digest) <= set("0123456789abcdef"):
        raise BadData("answer_digest", N_("That is no SHA-256 digest: 64 characters, 0 to 9 and a to f."))
    if digest == row.digest:
        raise BadData("answer_is_request", N_("That is the request's own file, not the answer's."))
