"""What a violation has somebody learn again (违规补训): one section of the course, until it is decided otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption, house
from collectdesk.desk.training import retraining

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Violation

OTHERWISE = "ethics"
"""Where no scorecard names the kind: what article 9 forbids is taught there."""


def follow(office: Office, session: Session, row: Violation, section: str = "") -> str:
    """Have them learn again what a decision just made asks for, and nothing an earlier one did; the section, if any."""
    assert row.id is not None
    retraining.drop(office, session, row.staff, row.id)
    if row.outcome != "retrain":
        return ""
    wanted = section or _taught(session, row.kind, office.now())
    days = house.in_force(session, office.now()).quality.retrain_days
    retraining.require(office, session, staff=row.staff, section=wanted, days=days, call=row.call, violation=row.id)
    return wanted


def _taught(session: Session, kind: str, at: int) -> str:
    """The section in which a kind of violation is taught, by the scorecard in force."""
    cards = [each.value for each in adoption.in_force(session, "scorecard", at)]
    found = [fatal.section for card in cards for fatal in card.fatals if fatal.violation == kind]
    return found[-1] if found else OTHERWISE
