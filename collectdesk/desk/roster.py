"""The roster (名册): everybody on the desk, and what each still lacks for a first call."""

from __future__ import annotations

from dataclasses import dataclass

from collectdesk.desk.office import Office


@dataclass(frozen=True)
class StaffLine:
    """A member of staff as ``staff list`` shows them; ``missing`` are the qualifications that are not there."""

    number: str
    name: str
    role: str
    status: str
    team: str | None
    superior: str | None
    qualified_until: int | None
    missing: tuple[str, ...]
    suspended: bool


def listing(office: Office, *, removed: bool = False) -> list[StaffLine]:
    """Everybody, by number."""
    from sqlmodel import col, select

    from collectdesk.desk.standing import standing_of
    from collectdesk.store.case_rows import driver_of
    from collectdesk.store.tables import Staff, Team

    now = office.now()
    with office.reading() as session:
        teams = {team.id: team.name for team in session.execute(select(Team)).scalars()}
        rows = list(session.execute(select(Staff).order_by(col(Staff.number))).scalars())
        numbers = {row.id: row.number for row in rows}
        lines = []
        for row in rows:
            if row.status == "removed" and not removed:
                continue
            assert row.id is not None
            held = standing_of(driver_of(session.connection()), row.id, now)
            until = None if held.qualified_until is None else int(held.qualified_until)
            missing = tuple(held.missing or ()) or (("exam",) if until is not None and until <= now else ())
            superior = numbers.get(row.superior) if row.superior else None
            team = teams.get(row.team) if row.team else None
            off = bool(held.suspended) and row.status == "active"
            lines.append(StaffLine(row.number, row.name, row.role, row.status, team, superior, until, missing, off))
    return lines
