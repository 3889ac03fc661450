"""The desk itself: settings, applied migrations, what was adopted, refused sign-ins."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from collectdesk.store.columns import Row, count, free_text, instant, pk, ref, table, text, word
from collectdesk.store.words import ADOPTABLE


class Meta(Row, table=True):
    """One setting of the desk: practice flag, company, language, clock marks …"""

    key: str = text(primary=True)
    value: str = free_text()


class Migration(Row, table=True):
    """A numbered migration that has run here."""

    number: int = Field(primary_key=True)
    name: str = text()
    applied_at: int = instant()


class Adoption(Row, table=True):
    """A rulebook, calendar, call script … an admin took into force (采用); old versions stay.

    ``content`` is the file as adopted, ``digest`` its SHA-256, ``compiled`` the form the desk reads (JSON text). The
    long texts stand last: SQLite finds what stands behind one only by reading, and deciphering, all of it. The index
    knows all that is asked of adoptions beside their texts, which every question to the gate begins with.
    """

    __table_args__ = table(
        UniqueConstraint("kind", "name", "version", "digest"),
        Index(
            "ix_adoption_in_force",
            *("kind", "name", "effective_from", "withdrawn_at", "adopted_at", "version", "digest"),
        ),
    )
    id: int | None = pk()
    kind: str = word(*ADOPTABLE)
    name: str = text()
    version: str = text()
    digest: str = text()
    adopted_at: int = instant()
    by_staff: int = ref("staff")
    effective_from: int = instant()
    withdrawn_at: int | None = instant(optional=True)
    compiled: str = free_text()
    content: str = free_text()


class LoginFailure(Row, table=True):
    """A sign-in that was refused: which slot, when; never what was typed."""

    __table_args__ = table(Index("ix_login_failure_slot", "slot", "at"))
    id: int | None = pk()
    slot: str = text()
    at: int = instant()
    failures: int = count(at_least=1, default=1)
