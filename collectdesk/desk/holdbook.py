"""The holds of a case (停催登记): recorded by command, listed with their whole life.

What a call records begins there; from then on it is the same hold. Recording one protects the debtor, so anybody of
the desk may; ending one is ``desk.hold_ends``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectdesk.desk import hold_kinds, holds, steps
from collectdesk.desk.casebook import find
from collectdesk.desk.lost import refusal
from collectdesk.desk.reason import says
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.steps_taken import Taken, taken
from collectdesk.errors import N_, BadData, NotFound, UsageProblem
from collectdesk.store.ids import private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import CaseFile, Hold

COMMAND = "command"
"""The cause of a hold that no call brought."""
IN_FORCE, ASKED, LIFTED = "in_force", "lift_asked", "lifted"


@dataclass(frozen=True, kw_only=True)
class NewHold:
    """What is recorded; ``person`` is a public id, ``until`` UTC seconds."""

    kind: str
    reason: str
    evidence: str = ""
    person: str = ""
    until: int | None = None


@dataclass(frozen=True)
class HoldView:
    """A hold with its state, who put it on and who lifted it (staff numbers), and what was done to it."""

    row: Hold
    state: str
    by: str | None
    lifted_by: str | None
    cases: tuple[str, ...] = ()
    steps: tuple[Taken, ...] = ()

    @property
    def grounds(self) -> tuple[str, ...]:
        """On which grounds it may be lifted; none where it ends with another chapter."""
        kind = hold_kinds.KINDS.get(self.row.kind)
        return kind.grounds if kind else ()


def add(office: Office, code: str, new: NewHold) -> int:
    """Record a hold on a case, on its debtor or on one person of it; its key.

    Raises:
        NotFound: no such case, or nobody of that id in it.
        UsageProblem: no reason, or a kind that is not recorded here.
        BadData: the kind is not about that person.
    """
    kind = hold_kinds.recordable(new.kind)
    require_text(new.reason, "--reason")
    with office.writing() as session:
        case = find(session, code)
        assert case.id is not None
        at, connection = office.now(), session.connection()
        person = _person(session, case, new, kind)
        files = refusal.files_of(connection, (person,)) if kind.third and person else {}
        made = [
            holds.put(
                connection,
                new.kind,
                debtor=debtor,
                cases=() if kind.whole else (case.id,),
                cause=COMMAND,
                at=at,
                by=office.staff,
                persons=persons,
                until=new.until,
            )
            for debtor, persons in (files or {case.debtor: [person] if person else []}).items()
        ]
        key = made[list(files).index(case.debtor)] if files else made[0]
        content = {"kind": new.kind, "reason": new.reason, "evidence": new.evidence or None}
        steps.record(session, "hold", key, "add", IN_FORCE, at=at, by=office, case=case.id, content=content)
    return key


def listing(session: Session, code: str, *, lifted: bool = False) -> list[HoldView]:
    """The holds that bear on a case, the newest first; with ``lifted`` those that are over too.

    Raises:
        NotFound: no such case.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import Hold

    case = find(session, code)
    asked = select(Hold).where(col(Hold.debtor) == case.debtor).order_by(col(Hold.id).desc())
    rows = [row for row in session.execute(asked).scalars() if not row.debts or case.id in row.debts]
    return _views(session, [row for row in rows if lifted or row.lifted_at is None])


def one(session: Session, code: str, name: str) -> HoldView:
    """One hold of a case by its public id.

    Raises:
        NotFound: no such case, or no such hold in it.
    """
    key = private("hold", name)
    found = next((view for view in listing(session, code, lifted=True) if view.row.id == key), None)
    if found is None:
        raise NotFound(
            "no_such_hold",
            N_("There is no such hold on this case."),
            hint=N_("`collectdesk hold list CASE` names them."),
        )
    return found


def end_of(office: Office, day: date | None) -> int | None:
    """The end of a local day in UTC seconds: until then the hold lasts.

    Raises:
        BadData: the day is over.
    """
    if day is None:
        return None
    following = day + timedelta(days=1)
    ends = int(datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(HOUSE_ZONE)).timestamp())
    if ends <= office.now():
        raise BadData("hold_until", N_("The last day of a hold lies ahead."))
    return ends


def require_text(text: str, option: str) -> None:
    """Refuse an option that says nothing.

    Raises:
        UsageProblem: it holds no letter or digit; a reason that is less than a few words.
    """
    if not (says(text) if option == "--reason" else any(map(str.isalnum, text))):
        raise UsageProblem("text_missing", N_("{name} is needed: say it in words."), name=option)


def _person(session: Session, case: CaseFile, new: NewHold, kind: hold_kinds.Kind) -> int | None:
    """Whom alone it is on; none where it is on the case or the debtor."""
    if not new.person:
        if kind.third:
            raise UsageProblem("hold_person", N_("{name} is needed: say it in words."), name="--person")
        return None
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseParty

    key = private("person", new.person)
    asked = select(CaseParty.role).where(col(CaseParty.case_id) == case.id, col(CaseParty.person) == key)
    roles: Sequence[str] = list(session.execute(asked).scalars()) or (["debtor"] if key == case.debtor else [])
    if not roles:
        raise NotFound(
            "no_such_person",
            N_("Nobody of that id or role belongs to this case."),
            hint=N_("`collectdesk case show` lists the people of a case with their ids."),
        )
    if kind.third and not set(roles) & set(refusal.THIRD):
        raise BadData("hold_third", N_("Only a contact or another third person refuses as such."))
    return None if key == case.debtor else key


def _views(session: Session, rows: Sequence[Hold]) -> list[HoldView]:
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Staff

    staff: dict[int | None, str] = {row.id: row.number for row in session.execute(select(Staff)).scalars()}
    cases = {key for row in rows for key in row.debts}
    known = select(CaseFile).where(col(CaseFile.id).in_(cases))
    codes: dict[int | None, str] = {row.id: row.code for row in session.execute(known).scalars()}
    done = taken(session, "hold", [row.id for row in rows])
    views = []
    for row in rows:
        assert row.id is not None
        mine = done.get(row.id, ())
        state = LIFTED if row.lifted_at is not None else (mine[-1].state if mine else IN_FORCE)
        on = tuple(codes[key] for key in row.debts if key in codes)
        by, lifted_by = (staff.get(key) if key is not None else None for key in (row.by_staff, row.lifted_by))
        views.append(HoldView(row, state, by, lifted_by, on, mine))
    return views
