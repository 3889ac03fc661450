"""How a hold ends (解除停催): somebody asks with a ground and a reason, somebody else decides; never one alone.

A refusal of a contact person and a death end only on evidence that they were recorded by mistake. What a lead
confirmed on the person (date of death, capacity, date of birth) goes back to what it was with such a correction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from collectdesk.desk import hold_kinds, holds, steps
from collectdesk.desk.casebook import find
from collectdesk.desk.four_eyes import require_decider
from collectdesk.desk.holdbook import HoldView, one, require_text
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.steps_taken import Taken
from collectdesk.errors import N_, BadData, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Hold, Person

ASKING = ("collector", "lead", "admin", "officer")
ADULT = 18  # 民法典 第十七条
CAPACITIES = ("none", "limited")


def ask(office: Office, code: str, name: str, ground: str, reason: str, evidence: str = "") -> None:
    """Ask that a hold be lifted.

    Raises:
        NotFound: no such hold on this case.
        BadData: it ends with another chapter, or not on this ground.
        UsageProblem: the reason, or the evidence the kind asks for, is missing.
        Busy: it was asked already, or it is lifted.
    """
    office.require_role(*ASKING)
    with office.writing() as session:
        view = _locked(session, code, name)
        hold_kinds.liftable(view.row.kind, ground)
        require_text(reason, "--reason")
        if ground == "correction" or not hold_kinds.KINDS[view.row.kind].soft:
            require_text(evidence, "--evidence")
        content = {"ground": ground, "reason": reason, "evidence": evidence or None}
        _step(office, session, code, view, "ask_lift", content)


def keep(office: Office, code: str, name: str, reason: str) -> None:
    """Turn the request down; the hold stays in force.

    Raises:
        NotFound: no such hold on this case.
        NotPermitted: whoever asked decides nothing of it, nor does a collector.
        Busy: nobody asked.
    """
    require_text(reason, "--reason")
    with office.writing() as session:
        view = _locked(session, code, name)
        _decider(office, session, view, "keep")
        _step(office, session, code, view, "keep", {"reason": reason})


def lift(office: Office, code: str, name: str, reason: str) -> None:
    """Lift a hold somebody else asked to be lifted, and thaw what nothing else holds.

    Raises:
        NotFound: no such hold on this case.
        NotPermitted: whoever asked decides nothing of it, nor does a collector.
        Busy: nobody asked.
    """
    require_text(reason, "--reason")
    with office.writing() as session:
        view = _locked(session, code, name)
        _decider(office, session, view, "lift")
        ground = str(_asked(view).content.get("ground"))
        for key in _together(session, view.row):
            holds.lift(session.connection(), key, at=office.now(), by=office.staff)
        _undo(session, view, ground)
        _step(office, session, code, view, "lift", {"ground": ground, "reason": reason})


def confirm(office: Office, code: str, name: str, evidence: str, fact: str = "") -> None:
    """Confirm what was claimed on a call, with its evidence; what it says of the person is kept on the person.

    Args:
        office: who confirms; not whoever recorded the hold.
        code: the case.
        name: the hold's public id.
        evidence: what shows it, such as the certificate's number.
        fact: date of death, ``none`` or ``limited``, or date of birth, by the hold's kind.

    Raises:
        NotPermitted: whoever recorded it, or a collector.
        BadData: such a fact cannot be.
    """
    require_text(evidence, "--evidence")
    with office.writing() as session:
        view = _locked(session, code, name)
        lifecycle("hold").after(view.state, "confirm", office.lang)
        require_decider(office, session, [key for key in (view.row.by_staff,) if key])
        column = hold_kinds.KINDS[view.row.kind].confirmed if view.row.kind in hold_kinds.KINDS else None
        person = _about(session, view.row)
        content: dict[str, object] = {"evidence": evidence}
        if column is not None:
            today = datetime.fromtimestamp(office.now(), ZoneInfo(HOUSE_ZONE)).date()
            content |= {"fact": column, "was": getattr(person, column), "is": _read(column, fact, person, today)}
            setattr(person, column, content["is"])
            session.add(person)
        _step(office, session, code, view, "confirm", content)


def _read(column: str, fact: str, person: Person, today: date) -> str:
    if column == "capacity":
        if fact not in CAPACITIES:
            raise UsageProblem(
                "hold_capacity", N_("{name} must be one of: {choices}."), name="--fact", choices=", ".join(CAPACITIES)
            )
        return fact
    try:
        day = date.fromisoformat(fact)
    except ValueError:
        raise UsageProblem(
            "bad_date", N_("{option} must be a date, such as 2026-11-23."), hint="", option="--fact"
        ) from None
    born = date.fromisoformat(person.born_on) if person.born_on and column == "died_on" else None
    if day > today or (born is not None and day < born):
        raise BadData("hold_date", N_("That date cannot be: it lies ahead, or before the birth."))
    if column == "born_on" and _birthday(day) <= today:
        raise BadData(
            "hold_of_age",
            N_("Whoever was born that day is of full age."),
            hint=N_("If the hold is a mistake, lift it with `--ground correction`."),
        )
    return day.isoformat()


def _birthday(born: date) -> date:
    try:
        return born.replace(year=born.year + ADULT)
    except ValueError:  # 29 February: of age on 1 March
        return date(born.year + ADULT, 3, 1)


def _decider(office: Office, session: Session, view: HoldView, act: str) -> None:
    lifecycle("hold").after(view.state, act, office.lang)
    require_decider(office, session, [key for key in (_asked(view).by_staff,) if key])


def _asked(view: HoldView) -> Taken:
    return next(step for step in reversed(view.steps) if step.act == "ask_lift")


def _step(office: Office, session: Session, code: str, view: HoldView, act: str, content: Mapping[str, object]) -> None:
    state = lifecycle("hold").after(view.state, act, office.lang)
    case, key = find(session, code), view.row.id
    assert key is not None
    steps.record(session, "hold", key, act, state, at=office.now(), by=office, case=case.id, content=content)


def _locked(session: Session, code: str, name: str) -> HoldView:
    """The hold as it stands while nobody else can change it."""
    from collectdesk.store.engine import lock_row

    key = one(session, code, name).row.id
    assert key is not None
    lock_row(session.connection(), "hold", key)
    session.expire_all()
    return one(session, code, name)


def _together(session: Session, row: Hold) -> list[int]:
    """The hold and, for a refusal, what it put into the other files in which that person stands."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Hold

    assert row.id is not None
    if row.kind != "contact_refused":
        return [row.id]
    same = (col(Hold.kind) == row.kind, col(Hold.received_at) == row.received_at, col(Hold.by_staff) == row.by_staff)
    asked = select(Hold).where(*same, col(Hold.lifted_at).is_(None)).order_by(col(Hold.id))
    return [each.id for each in session.execute(asked).scalars() if each.id is not None]


def _undo(session: Session, view: HoldView, ground: str) -> None:
    """Take back what was confirmed on the person, or record that capacity is full again."""
    kept = [step.content for step in view.steps if step.act == "confirm"]
    first = next((each for each in kept if "fact" in each), None)
    if first is None:
        return
    person: Any = _about(session, view.row)
    column = str(first["fact"])
    if ground == "correction":
        setattr(person, column, first["was"])
    elif column == "capacity":
        person.capacity = "full"
    session.add(person)


def _about(session: Session, row: Hold) -> Person:
    from collectdesk.store.tables import Person

    found = session.get(Person, row.persons[0] if row.persons else row.debtor)
    assert found is not None
    return found
