"""The promises of a desk (承诺台账): whose, in which state, what came of each so far; and taking one back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from collectdesk.desk import steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.promises import following
from collectdesk.desk.reason import says
from collectdesk.errors import N_, NotFound, NotPermitted, UsageProblem
from collectdesk.store import ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import CaseFile, Promise

Whose = Literal["own", "team", "all"]
OVERSEERS = ("lead", "admin", "officer")
WITHDRAWING = ("collector", "lead", "admin")


@dataclass(frozen=True)
class PromiseView:
    """A promise, its case, what counts for it so far in minor units, and how many of the case were broken.

    ``by`` and ``collector`` are staff numbers: who took it, and whose case it is.
    """

    row: Promise
    case: CaseFile
    received: int
    broken: int
    by: str
    collector: str | None

    @property
    def name(self) -> str:
        """Its public id, such as ``r12``."""
        assert self.row.id is not None
        return ids.public("promise", self.row.id)


@dataclass(frozen=True)
class Done:
    """An act: the move, the state it led to, when (UTC seconds), and the staff number of whose it was, if anybody's."""

    act: str
    state: str
    at: int
    by: str | None


def listing(
    office: Office, session: Session, *, whose: Whose = "own", code: str | None = None, state: str | None = None
) -> list[PromiseView]:
    """Promises, those that end first at the front.

    Args:
        office: who asks.
        session: a snapshot.
        whose: whose cases', where no case is named.
        code: of this case only.
        state: in this state only.
    Raises:
        NotPermitted: the whole desk's are for those who oversee it.
        NotFound: no such case.
        UsageProblem: no such state.
    """
    from sqlmodel import col, select

    from collectdesk.desk.casebook import find
    from collectdesk.store.tables import CaseFile, Promise

    asked = select(Promise, CaseFile).join(CaseFile, col(CaseFile.id) == col(Promise.case_id))
    if code is not None:
        asked = asked.where(Promise.case_id == find(session, code).id)
    else:
        asked = _scoped(office, asked, whose)
    if state is not None:
        asked = asked.where(Promise.status == _known(state))
    rows = [(row, case) for row, case in session.execute(asked.order_by(col(Promise.pay_on), col(Promise.id))).all()]
    return _views(session, rows)


def one(session: Session, name: str) -> tuple[PromiseView, list[Done]]:
    """A promise by its public id, and all that was done to it.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import CaseFile, Promise

    key = ids.private("promise", name.strip().lower())
    row = session.get(Promise, key) if key is not None else None
    case = session.get(CaseFile, row.case_id) if row else None
    if row is None or case is None or row.id is None:
        raise NotFound(
            "no_such_promise", N_("There is no such promise."), hint=N_("`collectdesk promise list` shows them.")
        )
    staff = staff_numbers(session)
    done = [
        Done(each.act, each.state, each.at, staff.get(each.by_staff or 0))
        for each in steps.steps_of(session, following.LIFE, row.id)
    ]
    return _views(session, [(row, case)])[0], done


def withdraw(office: Office, name: str, reason: str) -> PromiseView:
    """Take a promise back, with the reason: it was recorded by mistake, or the debtor takes it back.

    Raises:
        NotFound: there is none.
        NotPermitted: a collector who neither took it nor has the case.
        UsageProblem: no reason.
        Busy: it is not pending any more.
    """
    office.require_role(*WITHDRAWING)
    if not says(reason):
        raise UsageProblem("reason", N_("Say why, in words."), hint=N_("Give --reason."))
    now = office.now()
    with office.writing() as session:
        following.sweep(session, now)
        view, _steps = one(session, name)
        row = view.row
        if office.staff.role == "collector" and office.staff.id not in (row.by_staff, view.case.collector):
            raise NotPermitted("others_promise", N_("This promise is of another collector's case."))
        state = lifecycle(following.LIFE).after(row.status, "withdraw", office.lang)
        following.lift(session.connection(), row, now)
        row.status = state
        session.add(row)
        assert row.id is not None
        content = {"reason": reason.strip()}
        steps.record(
            session, following.LIFE, row.id, "withdraw", state, at=now, by=office, case=row.case_id, content=content
        )
        following.payments_changed(session, row.case_id, now)
    with office.reading() as session:
        return one(session, name)[0]


def staff_numbers(session: Session) -> dict[int, str]:
    """Everybody's staff number by key."""
    from sqlmodel import select

    from collectdesk.store.tables import Staff

    return {each.id: each.number for each in session.execute(select(Staff)).scalars() if each.id is not None}


def _views(session: Session, rows: Sequence[tuple[Promise, CaseFile]]) -> list[PromiseView]:
    """Each with what counts for it: money is shared among all the promises of its case."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Promise

    connection = session.connection()
    cases = {case.id: case for _row, case in rows}
    every = session.execute(select(Promise).where(col(Promise.case_id).in_(cases))).scalars().all()
    counted: dict[int, int] = {}
    for key, case in cases.items():
        made = [_with_terms(each) for each in every if each.case_id == key and each.status != "withdrawn"]
        counted |= following.received(connection, int(key or 0), made, following.zone_of(connection, case.debtor))
    broken = Counter(each.case_id for each in every if each.status == "broken")
    staff = staff_numbers(session)
    return [
        PromiseView(
            row,
            case,
            counted.get(row.id or 0, 0),
            broken[row.case_id],
            staff.get(row.by_staff, ""),
            staff.get(case.collector or 0),
        )
        for row, case in rows
    ]


def _with_terms(row: Promise) -> Promise:
    """A promise from before there were terms, read as if it had them; nothing is written."""
    if row.last_on is not None:
        return row
    return type(row)(**{**row.model_dump(), "last_on": row.pay_on})


def _scoped(office: Office, asked: Any, whose: Whose) -> Any:  # noqa: ANN401 - a statement of the engine's
    from sqlmodel import col, or_, select

    from collectdesk.store.tables import CaseFile, Staff

    if whose == "all":
        office.require_role(*OVERSEERS)
        return asked
    if whose == "team" and office.staff.team is not None:
        members = select(Staff.id).where(Staff.team == office.staff.team)
        return asked.where(or_(CaseFile.team == office.staff.team, col(CaseFile.collector).in_(members)))
    return asked.where(CaseFile.collector == office.staff.id)


def _known(state: str) -> str:
    known = [each.name for each in lifecycle(following.LIFE).states]
    if state not in known:
        raise UsageProblem(
            "no_such_state", N_("There is no such state."), hint=N_("It is one of: {known}."), known=", ".join(known)
        )
    return state
