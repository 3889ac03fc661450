"""What a review leads to (质检结果运用): a violation for what is never tolerated, and what is to be learnt again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.desk.conduct import acts
from collectdesk.desk.conduct.report import Report
from collectdesk.desk.quality.scorecards import Fatal
from collectdesk.desk.quality.scoring import LOST
from collectdesk.desk.training import retraining
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.answers import Given
    from collectdesk.desk.quality.scorecards import Scorecard
    from collectdesk.store.tables import QualityReview


def record(
    office: Office, session: Session, row: QualityReview, card: Scorecard, given: Mapping[str, Given]
) -> list[str]:
    """Record a violation (source: review) for each zero-tolerance item that stands, once; their public ids."""
    from sqlmodel import col, select

    from collectdesk.store.tables import QualityFinding

    assert row.id is not None
    known = select(col(QualityFinding.item)).where(col(QualityFinding.review) == row.id)
    there = set(session.execute(known).scalars())
    made = []
    for each in card.fatals:
        found = given.get(each.name)
        if found is None or found.level != "found" or each.name in there:
            continue
        report = Report(kind=each.violation, evidence=found.note or each.name, call=ids.public("call", row.call))
        name = acts.recorded(office, session, report)
        key = ids.private(acts.KIND, name)
        assert key is not None
        session.add(QualityFinding(review=row.id, item=each.name, violation=key, at=office.now()))
        session.flush()
        made.append(name)
    return made


def teach(office: Office, session: Session, row: QualityReview, card: Scorecard, given: Mapping[str, Given]) -> None:
    """Ask the collector to learn again what was missed, where the review ends under the house's score."""
    terms = house.in_force(session, office.now()).quality
    if row.score is None or not (row.fatal or row.score < terms.pass_score):
        return
    missed = [each for each in card.by_name.values() if each.name in given and given[each.name].level in LOST]
    worst = [each for each in missed if isinstance(each, Fatal) or given[each.name].level == "none"] or missed
    for section in dict.fromkeys(each.section for each in worst):
        retraining.require(
            office,
            session,
            staff=row.collector,
            section=section,
            days=terms.retrain_days,
            call=row.call,
            violation=None,
        )
