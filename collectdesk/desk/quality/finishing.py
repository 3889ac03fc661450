"""Finishing a review (完成评分): the score, whether another person looks again, what two reviews come to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from collectdesk.desk import house
from collectdesk.desk.quality import answers, claiming, findings, life, reviewers
from collectdesk.desk.quality.sampling import due_at
from collectdesk.desk.quality.scoring import Score, open_items, score
from collectdesk.desk.reason import reason_of
from collectdesk.errors import N_, Busy, NotFound, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.four_eyes import Person
    from collectdesk.desk.house_settings import Quality
    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.answers import Given
    from collectdesk.desk.quality.scorecards import Scorecard
    from collectdesk.store.tables import QualityReview

Take = Literal["first", "second"]
TAKES: tuple[Take, ...] = ("first", "second")
PERCENT = 100


def finish(office: Office, name: str) -> str:
    """End the review whoever is signed in has claimed; the state it led to.

    Raises:
        NotFound, NotPermitted: see ``claiming.own``.
        Busy: the claim has lapsed, or items are still open; names them.
    """
    with office.writing() as session:
        row = life.held(session, name)
        act = "finish" if row.status != "rechecking" else "differ"
        row = claiming.own(office, session, name, act)
        card = claiming.card_of(session, row)
        assert row.id is not None
        given = answers.answers(session, row.id, claiming.round_of(row), office.staff.id)
        left = open_items(card, answers.levels(given))
        if left:
            raise Busy("items_open", N_("Still to be scored: {items}."), items=", ".join(left))
        got = score(card, answers.levels(given))
        if row.first_by is None:
            return _first(office, session, row, got, given)
        return _second(office, session, row, card, got, given)


def second(office: Office, name: str, reason: str) -> str:
    """Ask for a second review by another person: by the collector, or by whoever decides. The state it led to.

    Raises:
        NotFound: there is no such review.
        NotPermitted: it is none of theirs, or nobody else is there to do it.
        UsageProblem: no reason.
        Busy: it was reviewed twice, is not told yet, or is over.
    """
    from collectdesk.desk.four_eyes import DECIDING

    why = reason_of(reason)
    with office.writing() as session:
        row = life.held(session, name)
        if row.collector != office.staff.id:
            office.require_role(*DECIDING)
        life.LIFE.after(row.status, "second", office.lang)
        if not _others(session, row):
            reviewers.require(office, ())
        row.due_at = _due(session, office)
        row.told_at = row.reply_until = None
        return life.move(office, session, row, "second", {"reason": why})


def settle(office: Office, name: str, take: str, reason: str, *, but: Collection[str] = ()) -> str:
    """Settle two reviews that differ: take one, ``but`` for the items named the other one. The state it led to.

    Raises:
        NotFound: there is no such review or item.
        NotPermitted: it is not theirs to settle; says whose.
        UsageProblem: neither first nor second, or no reason.
        Busy: nothing is to be settled.
    """
    if take not in TAKES:
        raise UsageProblem(
            "settle_take", N_("{name} must be one of: {choices}."), name="--take", choices=", ".join(TAKES)
        )
    why = reason_of(reason)
    with office.writing() as session:
        row = life.held(session, name)
        life.LIFE.after(row.status, "settle", office.lang)
        assert row.id is not None
        reviewers.require(office, reviewers.floor(session).next(row))
        card = claiming.card_of(session, row)
        settled = _settled(session, row, take, but)
        answers.settle_with(office, session, row, settled)
        row.settled_by = office.staff.id
        got = score(card, answers.levels(settled))
        return _confirm(office, session, row, card, got, settled, "settle", {"take": take, "reason": why})


def _first(office: Office, session: Session, row: QualityReview, got: Score, given: Mapping[str, Given]) -> str:
    row.first_by, row.first_score = office.staff.id, got.points
    row.score, row.fatal = got.points, bool(got.found)
    terms = house.in_force(session, office.now()).quality
    content = _content(got)
    session.flush()
    if _again(row, got, terms) and _others(session, row):
        row.due_at = _due(session, office)
        return life.move(office, session, row, "pass_on")
    findings.record(office, session, row, claiming.card_of(session, row), given)
    _tell(office, session, row, terms)
    return life.move(office, session, row, "finish", content)


def _second(
    office: Office, session: Session, row: QualityReview, card: Scorecard, got: Score, given: Mapping[str, Given]
) -> str:
    row.second_by, row.second_score = office.staff.id, got.points
    assert row.id is not None
    first = answers.answers(session, row.id, life.FIRST, row.first_by)
    before = score(card, answers.levels(first))
    terms = house.in_force(session, office.now()).quality
    session.flush()
    if before.found != got.found or abs(before.points - got.points) > terms.tolerance:
        row.due_at = _due(session, office)
        return life.move(office, session, row, "differ", {"first": before.points, "second": got.points})
    return _confirm(office, session, row, card, got, given, "finish", {})


def _confirm(
    office: Office,
    session: Session,
    row: QualityReview,
    card: Scorecard,
    got: Score,
    given: Mapping[str, Given],
    act: str,
    content: Mapping[str, object],
) -> str:
    row.score, row.fatal = got.points, bool(got.found)
    findings.record(office, session, row, card, given)
    _tell(office, session, row, house.in_force(session, office.now()).quality)
    return life.move(office, session, row, act, {**_content(got), **content})


def _tell(office: Office, session: Session, row: QualityReview, terms: Quality) -> None:
    row.told_at = office.now()
    row.reply_until = due_at(session, office.now(), terms.reply_days)


def _again(row: QualityReview, got: Score, terms: Quality) -> bool:
    """Whether the house has another person look: where fatal, under its score, and by chance that hangs on the call."""
    chance = int.from_bytes(sha256(f"second:{row.month}:{row.call}".encode()).digest()[:8]) % PERCENT
    return bool(got.found) or got.points < terms.second_below or chance < terms.second_percent


def _others(session: Session, row: QualityReview) -> list[Person]:
    assert row.first_by is not None
    return reviewers.floor(session).reviewers(row.collector, (row.first_by,))


def _settled(session: Session, row: QualityReview, take: str, but: Collection[str]) -> dict[str, Given]:
    assert row.id is not None
    first = answers.answers(session, row.id, life.FIRST, row.first_by)
    other = answers.answers(session, row.id, life.SECOND, row.second_by)
    for name in but:
        if name not in first:
            raise NotFound("no_such_item", N_("The scorecard has: {names}."), names=", ".join(first))
    taken, left = (first, other) if take == "first" else (other, first)
    return {name: left[name] if name in but else given for name, given in taken.items()}


def _due(session: Session, office: Office) -> int:
    return due_at(session, office.now(), house.in_force(session, office.now()).quality.review_days)


def _content(got: Score) -> dict[str, object]:
    return {"score": got.points, "fatal": list(got.found)}
