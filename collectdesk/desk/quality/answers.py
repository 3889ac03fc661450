"""How each item was scored (逐项评分), one answer committed after the other; what stands of both reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from collectdesk.desk.quality import claiming, life
from collectdesk.desk.quality.scorecards import Fatal
from collectdesk.desk.quality.scoring import LOST, Level, levels_of, open_items
from collectdesk.desk.reason import reason_of
from collectdesk.errors import N_, BadData, NotFound, UsageProblem
from collectdesk.store import journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.scorecards import Scorecard
    from collectdesk.store.tables import QualityReview


class Given(Struct, frozen=True, kw_only=True):
    """One item as it was scored."""

    item: str
    level: Level
    reason: str | None
    note: str | None
    at: int


def give(office: Office, name: str, item: str, level: str, reason: str = "", note: str = "") -> tuple[str, ...]:
    """Score one item of the review whoever is signed in has claimed; what is open still.

    Args:
        office: the reviewer.
        name: the call, such as ``c12``.
        item: its name on the card.
        level: full, part, none or not_applicable; of a zero-tolerance item clear or found.
        reason: a code of the item's, where points are lost.
        note: where in the recording, in words; needed where something is found.
    Raises:
        NotFound: there is no such review or item.
        NotPermitted, Busy: see ``claiming.own``.
        UsageProblem, BadData: the level or the reason is none of the item's, or a note is needed.
    """
    with office.writing() as session:
        row = claiming.own(office, session, name, "score")
        card = claiming.card_of(session, row)
        _check(card, item, level, reason)
        said = reason_of(note, "--note") if note.strip() or level == "found" else None
        kind = cast("Level", level)
        made = Given(item=item, level=kind, reason=reason or None, note=said, at=office.now())
        _commit(office, session, row, made)
        return open_items(card, _levels(session, row, claiming.round_of(row)))


def clear(office: Office, name: str) -> tuple[str, ...]:
    """Say of every zero-tolerance item still open that nothing of it was found; what is open still.

    Raises:
        NotFound, NotPermitted, Busy: see ``give``.
    """
    with office.writing() as session:
        row = claiming.own(office, session, name, "score")
        card = claiming.card_of(session, row)
        round_ = claiming.round_of(row)
        given = _levels(session, row, round_)
        for each in card.fatals:
            if each.name not in given:
                made = Given(item=each.name, level="clear", reason=None, note=None, at=office.now())
                _commit(office, session, row, made)
        return open_items(card, _levels(session, row, round_))


def answers(session: Session, review: int, round_: int, by: int | None) -> dict[str, Given]:
    """How ``by`` (key) scored each item in a round, the newest of each; nothing where nobody has."""
    from sqlmodel import col, select

    from collectdesk.store.tables import QualityAnswer

    wanted = (
        col(QualityAnswer.review) == review, col(QualityAnswer.round) == round_, col(QualityAnswer.by_staff) == by,
    )  # fmt: skip
    rows = session.execute(select(QualityAnswer).where(*wanted).order_by(col(QualityAnswer.id))).scalars()
    return {
        each.item: Given(
            item=each.item, level=cast("Level", each.level), reason=each.reason, note=each.note, at=each.at
        )
        for each in rows
    }


def levels(given: Mapping[str, Given]) -> dict[str, Level]:
    """The levels alone."""
    return {name: each.level for name, each in given.items()}


def settle_with(office: Office, session: Session, row: QualityReview, given: Mapping[str, Given]) -> None:
    """Write what stands after a difference was settled."""
    for each in given.values():
        _write(office, session, row, life.SETTLED, each)


def _levels(session: Session, row: QualityReview, round_: int) -> dict[str, Level]:
    assert row.id is not None
    return levels(answers(session, row.id, round_, row.claimed_by))


def _check(card: Scorecard, item: str, level: str, reason: str) -> None:
    if item not in card.by_name:
        raise NotFound("no_such_item", N_("The scorecard has: {names}."), names=", ".join(card.by_name))
    able = levels_of(card, item)
    if level not in able:
        raise UsageProblem(
            "no_such_level", N_("{name} must be one of: {choices}."), name="--level", choices=", ".join(able)
        )
    asked = card.by_name[item]
    codes = [] if isinstance(asked, Fatal) else [each.code for each in asked.reasons]
    wanted = level in LOST and bool(codes)
    if wanted != bool(reason) or (reason and reason not in codes):
        raise (BadData if reason else UsageProblem)(
            "item_reason",
            N_("Why points are lost must be one of: {choices}.") if wanted else N_("No reason goes with that."),
            hint=N_("Give --reason.") if wanted else N_("Leave --reason out."),
            choices=", ".join(codes),
        )


def _commit(office: Office, session: Session, row: QualityReview, each: Given) -> None:
    """Write it and its entry in the journal; a history tells what a review came to, not each item."""
    _write(office, session, row, claiming.round_of(row), each)
    after = {"item": each.item, "level": each.level, "reason": each.reason, "note": each.note}
    journal.append(
        session, at=office.now(), actor=office.staff.number, action="quality_review.score",
        subject=f"{life.KIND}:{row.id}", after={"round": claiming.round_of(row), **after},
    )  # fmt: skip


def _write(office: Office, session: Session, row: QualityReview, round_: int, each: Given) -> None:
    from collectdesk.store.tables import QualityAnswer

    assert row.id is not None
    made = QualityAnswer(
        review=row.id,
        round=round_,
        item=each.item,
        level=each.level,
        reason=each.reason,
        note=each.note,
        by_staff=office.staff.id,
        at=office.now(),
    )
    session.add(made)
    session.flush()
