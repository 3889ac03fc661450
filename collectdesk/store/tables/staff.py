"""The people of the desk: teams, staff, what qualifies them (第十三条)."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, count, instant, json_value, local_date, pk, ref, table, text, word
from collectdesk.store.words import QUALIFICATIONS, STAFF_ROLES, STAFF_STATUSES


class Team(Row, table=True):
    """A group of collectors (组)."""

    id: int | None = pk()
    name: str = text(unique=True)


class Staff(Row, table=True):
    """A member of staff or a script account; ``number`` is the staff number (工号) and the slot's file name."""

    id: int | None = pk()
    number: str = text(unique=True)
    name: str = text()
    role: str = word(*STAFF_ROLES)
    team: int | None = ref("team", optional=True)
    superior: int | None = ref("staff", optional=True)
    status: str = word(*STAFF_STATUSES, default="active")
    joined_at: int = instant()
    removed_at: int | None = instant(optional=True)


class Qualification(Row, table=True):
    """Vetting, confidentiality pledge or exam: date, score, by whom, expiry; attested by another person.

    What the desk examined itself has the ``attempt`` it was passed in, and nobody who attests it.
    """

    __table_args__ = table(Index("ix_qualification_staff", "staff", "kind"))
    id: int | None = pk()
    staff: int = ref("staff")
    kind: str = word(*QUALIFICATIONS)
    passed_on: str = local_date()
    score: int | None = count(optional=True)
    by_whom: str = text()
    expires_on: str | None = local_date(optional=True)
    attested_by: int | None = ref("staff", optional=True)
    attempt: int | None = ref("exam_attempt", optional=True)
    recorded_at: int = instant()
    revoked_at: int | None = instant(optional=True)


class Credential(Row, table=True):
    """On a server, what a passphrase or token is checked with: an argon2id verifier; scope and end of a script's."""

    id: int | None = pk()
    staff: int = ref("staff", unique=True)
    verifier: str = text()
    scope: list[str] | None = json_value(optional=True)
    expires_at: int | None = instant(optional=True)
    changed_at: int = instant()
    failures: int = count(default=0)
    failed_at: int | None = instant(optional=True)
