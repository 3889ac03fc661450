"""A collector's calls of today."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlmodel import col

from collectdesk.desk.call import loading
from collectdesk.desk.call.state import Call
from collectdesk.desk.office import Office
from collectdesk.store.tables import Call as CallRow

DAY = 86_400


def of_today(office: Office, most: int = 50) -> list[Call]:
    """The open call first, then those of the last day, the latest first."""
    with office.reader.connect() as connection:
        since = office.now() - DAY
        query = (
            select(col(CallRow.id))
            .where(col(CallRow.collector) == office.staff.id)
            .where(or_(col(CallRow.ended_at).is_(None), col(CallRow.started_at) >= since))
            .order_by(col(CallRow.ended_at).is_(None).desc(), col(CallRow.id).desc())
            .limit(most)
        )
        return [loading.load(connection, office, key) for key in connection.execute(query).scalars() if key]
