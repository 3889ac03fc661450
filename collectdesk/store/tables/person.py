"""People and their numbers."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from collectdesk.store.columns import Row, instant, local_date, pk, ref, table, text, word
from collectdesk.store.words import (
    CAPACITIES,
    ID_KINDS,
    NUMBER_CLASSES,
    NUMBER_SOURCES,
    NUMBER_STATUSES,
    PLACES,
    ZONE_SOURCES,
)


class Person(Row, table=True):
    """A debtor or anyone beside the debtor. ``id_kind``/``id_number``: the identity document (证件)."""

    __table_args__ = table(Index("ix_person_document", "id_kind", "id_number"), Index("ix_person_name", "name"))
    id: int | None = pk()
    name: str = text()
    id_kind: str | None = word(*ID_KINDS, optional=True)
    id_number: str | None = text(optional=True)
    born_on: str | None = local_date(optional=True)
    died_on: str | None = local_date(optional=True)
    capacity: str | None = word(*CAPACITIES, optional=True)
    language: str | None = text(optional=True)
    country: str | None = text(optional=True)
    region: str | None = text(optional=True)
    city: str | None = text(optional=True)
    address: str | None = text(optional=True)
    employer: str | None = text(optional=True)


class PersonZone(Row, table=True):
    """A candidate time zone of a person (IANA name) and where it was taken from (contract ``zones[]``)."""

    __table_args__ = table(UniqueConstraint("person", "zone", "source"))
    id: int | None = pk()
    person: int = ref("person")
    zone: str = text()
    source: str = word(*ZONE_SOURCES)


class Number(Row, table=True):
    """A telephone number with its lawful source (号码来源)."""

    __table_args__ = table(UniqueConstraint("person", "number"), Index("ix_number_number", "number"))
    id: int | None = pk()
    person: int = ref("person")
    number: str = text()
    class_: str = word(*NUMBER_CLASSES, column="class", default="unknown")
    place: str = word(*PLACES, default="unknown")
    source: str = word(*NUMBER_SOURCES, default="unknown")
    status: str = word(*NUMBER_STATUSES, default="unknown")
    status_at: int | None = instant(optional=True)
    confirmed_at: int | None = instant(optional=True)
    added_at: int | None = instant(optional=True)
