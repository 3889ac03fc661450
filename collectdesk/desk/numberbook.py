"""The numbers of a case (号码簿): where each came from, how it stands, the way back from dead or somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.desk import new_number, steps
from collectdesk.desk.casebook import find, read
from collectdesk.desk.four_eyes import require_decider
from collectdesk.desk.holdbook import require_text
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.new_number import NewNumber
from collectdesk.desk.steps_taken import Taken, taken
from collectdesk.errors import N_, NotFound, UsageProblem
from collectdesk.store.ids import private

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import CaseParty, Number

MARKING = ("collector", "lead", "admin", "officer")


@dataclass(frozen=True)
class NumberView:
    """A number, whose it is and in which part, and what was done to it with the staff number of whoever did it."""

    row: Number
    party: CaseParty
    name: str
    steps: tuple[Taken, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A new number as a command gives it: public ids, the number as typed."""

    number: str
    source: str
    person: str = ""
    evidence: str = ""
    place: str = "unknown"
    told_by: str = ""
    call: str = ""


def add(office: Office, code: str, told: Told) -> int:
    """Put a new number on a case; its key.

    Raises:
        NotFound: no such case, or nobody of that id in it.
        UsageProblem: no lawful source, or nothing that shows it.
        BadData: no telephone number; or not told by a reserved contact on that call.
        Busy: it is on file already.
    """
    office.require_role(*MARKING)
    phone = new_number.read(told.number, practice=office.practice)
    if told.place not in new_number.PLACES:
        choices = ", ".join(new_number.PLACES)
        raise UsageProblem("number_place", N_("{name} must be one of: {choices}."), name="--place", choices=choices)
    with office.writing() as session:
        case = find(session, code)
        assert case.id is not None
        new = NewNumber(
            person=_party(session, code, told.person),
            phone=phone,
            source=told.source,
            evidence=told.evidence.strip(),
            place=told.place,
            told_by=_party(session, code, told.told_by) if told.told_by else None,
            call=_call(told.call),
        )
        return new_number.write(session.connection(), office, case.id, new, office.now())


def mark(office: Office, code: str, name: str, act: str, reason: str, evidence: str = "") -> str:
    """Mark a number *invalid* (空号、停机), *wrong* (非本人) or *ok*; its new state.

    A number that was found to be somebody else's comes back only with evidence, by a lead who did not mark it.

    Raises:
        NotFound: no such number in this case.
        UsageProblem: no reason, or no evidence where it was somebody else's.
        NotPermitted: not theirs to put right.
        Busy: it is in that state already.
    """
    office.require_role(*MARKING)
    require_text(reason, "--reason")
    with office.writing() as session:
        view = _one(session, code, name)
        row, case, at = view.row, find(session, code), office.now()
        assert row.id is not None
        move = "restore" if act == "ok" and row.status == "wrong" else act
        state = lifecycle("number").after(row.status, move, office.lang)
        if move == "restore":
            require_text(evidence, "--evidence")
            require_decider(office, session, _marked_by(view))
        row.status, row.status_at = state, at
        row.confirmed_at = at if state == "ok" else row.confirmed_at
        session.add(row)
        content = {"reason": reason, "evidence": evidence or None}
        steps.record(session, "number", row.id, move, state, at=at, by=office, case=case.id, content=content)
        return state


def listing(session: Session, code: str) -> list[NumberView]:
    """Every number of everybody in a case, the debtor's first, each with what was done to it.

    Raises:
        NotFound: no such case.
    """
    view = read(session, code)
    done = taken(session, "number", [number.id for party in view.parties for number in party.numbers])
    return [
        NumberView(number, party.party, party.person.name, done.get(number.id or 0, ()))
        for party in view.parties
        for number in party.numbers
    ]


def _one(session: Session, code: str, name: str) -> NumberView:
    key = private("number", name)
    found = next((view for view in listing(session, code) if view.row.id == key), None)
    if found is None:
        raise NotFound(
            "no_such_number",
            N_("There is no such number in this case."),
            hint=N_("`collectdesk number list CASE` names them."),
        )
    return found


def _marked_by(view: NumberView) -> list[int]:
    last = next((step for step in reversed(view.steps) if step.act == "wrong"), None)
    return [last.by_staff] if last is not None and last.by_staff is not None else []


def _party(session: Session, code: str, name: str) -> int:
    """The key of somebody of the case; the debtor where nobody is named."""
    view = read(session, code)
    if not name or name == "debtor":
        return view.case.debtor
    key = private("person", name)
    if key is None or all(party.person.id != key for party in view.parties):
        raise NotFound(
            "no_such_person",
            N_("Nobody of that id or role belongs to this case."),
            hint=N_("`collectdesk case show` lists the people of a case with their ids."),
        )
    return key


def _call(name: str) -> int | None:
    if not name:
        return None
    key = private("call", name)
    if key is None:
        raise NotFound("no_such_call", N_("There is no such call."), hint=N_("`collectdesk call list` names yours."))
    return key
