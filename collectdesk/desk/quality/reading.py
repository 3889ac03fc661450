"""Reviews as they are read: in a list, and one with its card, what was scored, what is known, what was done.

The collector sees their own once they are told of it. Whoever reviews a second time does not see the first review
until theirs is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.lifecycle import DESK, Move
from collectdesk.desk.quality import answers, claiming, known, life, replying, reviewers, scorecards
from collectdesk.desk.steps_seen import TOLD
from collectdesk.desk.steps_taken import Taken, taken
from collectdesk.errors import N_, NotFound, NotPermitted
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.answers import Given
    from collectdesk.desk.quality.known import Fact
    from collectdesk.desk.quality.reviewers import Floor
    from collectdesk.desk.quality.scorecards import KnownName, Scorecard
    from collectdesk.store.tables import QualityReview

MINE = ("accept", "reply")
"""Acts of the collector alone."""
COMES_OF_IT = ("pass_on", "differ")
"""What finishing a review may come to; nobody chooses it."""


@dataclass(frozen=True)
class Line:
    """A review in a list: its row, the case's number, staff numbers by key, whether whoever asks may do it now."""

    row: QualityReview
    case: str
    staff: Mapping[int, str]
    mine: bool

    @property
    def name(self) -> str:
        """Its public id, the call's."""
        return ids.public("call", self.row.call)

    def number(self, staff: int | None) -> str | None:
        """A staff number."""
        return None if staff is None else self.staff.get(staff)


@dataclass(frozen=True)
class ReviewView:
    """One review: the line, when the call was, its card, what each round said, what is known, steps, what may follow.

    ``first`` and ``second`` are empty where whoever asks may not see them yet; ``given`` is what stands or, for who
    reviews, what they have scored. ``violations``: public ids. ``recorded``: whether a file of the call is kept.
    """

    line: Line
    at: int
    card: Scorecard | None
    given: Mapping[str, Given]
    first: Mapping[str, Given]
    second: Mapping[str, Given]
    known: Mapping[KnownName, tuple[Fact, ...]]
    violations: tuple[str, ...]
    recorded: bool
    done: tuple[Taken, ...]
    moves: tuple[Move, ...]


def listing(office: Office, *, everything: bool = False, staff: str = "", month: str = "") -> list[Line]:
    """Reviews whoever is signed in may see, what is due first: for who decides those not over, for others their own."""
    from sqlmodel import col, select

    from collectdesk.store.tables import QualityReview

    decides = office.staff.role in DECIDING
    asked = select(QualityReview).order_by(col(QualityReview.due_at), col(QualityReview.id))
    if month:
        asked = asked.where(col(QualityReview.month) == month.strip())
    if not everything:
        asked = asked.where(col(QualityReview.status) != "final")
    with office.reading() as session:
        rows = list(session.execute(asked).scalars())
        numbers, floor = _numbers(session), reviewers.floor(session)
        seen = [row for row in rows if (decides and row.collector != office.staff.id) or _own(office, row)]
        wanted = [row for row in seen if staff in ("", numbers.get(row.collector))]
        return [_line(session, office, row, numbers, floor) for row in wanted]


def view(office: Office, name: str) -> ReviewView:
    """One review.

    Raises:
        NotFound: there is none.
        NotPermitted: it is not theirs to look at, or they are not told yet.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import Call, QualityFinding

    with office.reading() as session:
        row = life.find(session, name)
        _require_seen(office, row)
        assert row.id is not None
        call = session.get_one(Call, row.call)
        line = _line(session, office, row, _numbers(session), reviewers.floor(session))
        found = select(col(QualityFinding.violation)).where(col(QualityFinding.review) == row.id)
        violations = tuple(ids.public("violation", key) for key in session.execute(found).scalars())
        first, second = _rounds(session, office, row)
        steps = taken(session, life.KIND, [row.id]).get(row.id, ())
        facts = known.known(session, row.call, office.now())
        return ReviewView(
            line=line,
            at=call.connected_at or call.started_at,
            card=_card(session, office, row),
            given=_given(session, office, row),
            first=first,
            second=second,
            known=facts,
            violations=violations,
            recorded=any(each.values.get("state") in known.ENOUGH for each in facts["recording"]),
            done=steps,
            moves=_moves(office, row, able=line.mine),
        )


def _require_seen(office: Office, row: QualityReview) -> None:
    if row.collector != office.staff.id:
        office.require_role(*DECIDING)
    elif not _own(office, row):
        raise NotPermitted("not_told_yet", N_("You will be told once this review is done."))


def _own(office: Office, row: QualityReview) -> bool:
    return row.collector == office.staff.id and row.status in TOLD


def _card(session: Session, office: Office, row: QualityReview) -> Scorecard | None:
    if row.digest is not None:
        return claiming.card_of(session, row)
    try:
        card: Scorecard = scorecards.in_force(session, office.now()).value
    except NotFound:
        return None
    return card


def _given(session: Session, office: Office, row: QualityReview) -> Mapping[str, Given]:
    assert row.id is not None
    if row.status in TOLD:
        return replying.standing(session, row)
    if row.claimed_by == office.staff.id:
        return answers.answers(session, row.id, claiming.round_of(row), office.staff.id)
    return {}


def _rounds(session: Session, office: Office, row: QualityReview) -> tuple[Mapping[str, Given], Mapping[str, Given]]:
    """Both reviews, once there are two and whoever asks need not judge for themselves any more."""
    assert row.id is not None
    if row.second_by is None or row.collector == office.staff.id:
        return {}, {}
    first = answers.answers(session, row.id, life.FIRST, row.first_by)
    return first, answers.answers(session, row.id, life.SECOND, row.second_by)


def _line(session: Session, office: Office, row: QualityReview, numbers: Mapping[int, str], floor: Floor) -> Line:
    from collectdesk.store.tables import Call, CaseFile

    call = session.get_one(Call, row.call)
    case = session.get_one(CaseFile, call.case_id)
    mine = office.staff.id in {each.id for each in floor.next(row)}
    session.expunge(row)
    return Line(row, case.code, numbers, mine)


def _moves(office: Office, row: QualityReview, *, able: bool) -> tuple[Move, ...]:
    """What whoever asks can do now; ``able``: what comes next is theirs to do."""
    concerned = row.collector == office.staff.id
    found = []
    for each in life.LIFE.acts(row.status):
        whose = concerned if each.act in MINE else able and not concerned
        if each.act == "second":
            whose = concerned or office.staff.role in DECIDING
        if whose and each.by != (DESK,) and each.act not in COMES_OF_IT:
            found.append(each)
    return tuple(found)


def _numbers(session: Session) -> dict[int, str]:
    from sqlmodel import select

    from collectdesk.store.tables import Staff

    return {row.id: row.number for row in session.execute(select(Staff)).scalars() if row.id is not None}
