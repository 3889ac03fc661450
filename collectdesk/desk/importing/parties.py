"""People and their numbers: one row a person, however many cases; contact persons are known by debtor and name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import update

from collectdesk.desk.importing.existing import Known
from collectdesk.desk.importing.records import Contact, Debtor, StatedNumber
from collectdesk.desk.importing.vocabulary import normal
from collectdesk.desk.importing.zones import candidates
from collectdesk.store.journal import Change
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from collectdesk.desk.importing.planner import Job

PERSON_ROW = (
    "id", "name", "id_kind", "id_number", "born_on", "died_on", "capacity", "language", "country", "region", "city",
    "address", "employer",
)  # fmt: skip
CONTACT_ROW = ("id", "name")
ZONE_ROW = ("id", "person", "zone", "source")
NUMBER_ROW = ("id", "person", "number", "class", "place", "source", "status", "added_at")
PARTY_ROW = ("id", "case_id", "person", "role", "relation", "reserved", "agreed")


class Parties:
    """Adds people, their zones, numbers and roles to one import."""

    def __init__(self, job: Job, count: Callable[[str], None]) -> None:
        self._job = job
        self._count = count
        self._contacts: dict[int, int] = {}
        self._touched = False
        self.journal: list[Change] = []

    def take_touched(self) -> bool:
        """Whether an existing row was changed since the last question."""
        touched, self._touched = self._touched, False
        return touched

    def person(self, debtor: Debtor) -> int:
        """A new debtor."""
        key = self._job.keys.take("person")
        self._job.inserts.add(
            "person", PERSON_ROW, key, debtor.name, debtor.id_kind, debtor.id_number, debtor.born_on, debtor.died_on,
            debtor.capacity, debtor.language, debtor.country, debtor.region, debtor.city, debtor.address,
            debtor.employer,
        )  # fmt: skip
        self._count("debtors_new")
        return key

    def debtor(self, case: int, person: int, debtor: Debtor, known: Known, *, listed: bool = False) -> None:
        """The debtor's role, zones and numbers in a case."""
        job = self._job
        if not listed:
            row = (job.keys.take("case_party"), case, person, "debtor", None, None, None)
            job.inserts.add("case_party", PARTY_ROW, *row)
        for zone, source in _zones(debtor):
            if (zone, source) not in known.zones[person]:
                known.zones[person].add((zone, source))
                job.inserts.add("person_zone", ZONE_ROW, job.keys.take("person_zone"), person, zone, source)
        self._numbers(person, debtor.numbers, known)

    def contacts(
        self, case: int, debtor: int, contacts: tuple[Contact, ...], known: Known, listed: set[tuple[int, str]]
    ) -> None:
        """The people beside the debtor, each in a role."""
        job = self._job
        listed = set(listed)
        for contact in contacts:
            person = self._contact(debtor, contact.name, known)
            if (person, contact.role) not in listed:
                listed.add((person, contact.role))
                job.inserts.add(
                    "case_party", PARTY_ROW, job.keys.take("case_party"), case, person, contact.role, contact.relation,
                    contact.reserved, contact.agreed,
                )  # fmt: skip
                self._count("contacts")
            self._numbers(person, contact.numbers, known)

    def complete(self, person: int, debtor: Debtor, known: Known) -> None:
        """Fill in what the desk did not know of a debtor; what it knows stays."""
        row = known.by_id[person]
        stated = {name: getattr(debtor, name) for name in PERSON_ROW[1:]}
        new = {name: value for name, value in stated.items() if value is not None and getattr(row, name) is None}
        if not new:
            return
        if self._job.real:
            rows = METADATA.tables["person"]
            self._job.connection.execute(update(rows).where(rows.c.id == person).values(**new))
        self._change("person.complete", f"person:{person}", dict.fromkeys(new), new)

    def zoned(self, debtor: Debtor) -> bool:
        """Whether any time zone is known."""
        return bool(_zones(debtor))

    def _contact(self, debtor: int, name: str, known: Known) -> int:
        found = known.contacts.get((debtor, normal(name))) or self._contacts.get(hash((debtor, normal(name))))
        if found is None:
            found = self._job.keys.take("person")
            self._job.inserts.add("person", CONTACT_ROW, found, name)
            self._contacts[hash((debtor, normal(name)))] = found
        return found

    def _numbers(self, person: int, numbers: tuple[StatedNumber, ...], known: Known) -> None:
        for stated in numbers:
            number = self._job.number_for(stated.number)
            source = self._job.source if stated.source == "unknown" and self._job.source else stated.source
            kept = known.numbers[person].get(number)
            if kept is None:
                self._add(person, number, stated, source, known)
            elif kept[1] == "unknown" != source:
                self._learn(kept[0], source)
                known.numbers[person][number] = (kept[0], source)

    def _add(self, person: int, number: str, stated: StatedNumber, source: str, known: Known) -> None:
        job = self._job
        key = job.keys.take("number")
        known.numbers[person][number] = (key, source)
        job.inserts.add("number", NUMBER_ROW, key, person, number, stated.kind, stated.place, source, "unknown", job.at)
        self._count("numbers")

    def _learn(self, key: int, source: str) -> None:
        if self._job.real:
            self._job.inserts.flush(keep=True)
            rows = METADATA.tables["number"]
            self._job.connection.execute(update(rows).where(rows.c.id == key).values(source=source))
        self._change("number.source", f"number:{key}", {"source": "unknown"}, {"source": source})

    def _change(self, action: str, subject: str, before: dict[str, object], after: dict[str, object]) -> None:
        self._touched = True
        self.journal.append(Change(self._job.at, self._job.actor, action, subject, before, after))


def _zones(debtor: Debtor) -> list[tuple[str, str]]:
    numbers = tuple(stated.number for stated in debtor.numbers)
    return candidates(debtor.zone, debtor.country, debtor.region, numbers)
