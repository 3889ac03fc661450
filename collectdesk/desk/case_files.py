"""The rows of one case or a whole book, read the same way and indexed by debtor.

Caps are per person across cases, so a debtor's file holds the events of everybody concerned: the debtor and the
parties of all the debtor's cases, on whichever file those events were recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct, field

from collectdesk.desk.fact_parts import days_past_due
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.store import case_rows as rows
from collectdesk.store.case_rows import Ask, Scope
from collectdesk.store.words import ROLES

T = TypeVar("T")


class DebtorFile(Struct):
    """What is on file about one debtor, over all cases; ``running`` are the calls under a permit still open."""

    debtor: int
    cases: list[rows.CaseRow] = field(default_factory=list)
    concerned: set[int] = field(default_factory=set)
    zones: Sequence[rows.ZoneRow] = ()
    consents: Sequence[rows.ConsentRow] = ()
    designations: Sequence[rows.DesignationRow] = ()
    holds: Sequence[rows.HoldRow] = ()
    notices: Sequence[rows.NoticeRow] = ()
    permits: Sequence[rows.PermitRow] = ()
    events: Sequence[rows.EventRow] = ()
    running: Sequence[rows.EventRow] = ()


class CaseFiles(Struct):
    """Indexed rows. ``wanted`` are the cases that were asked for; a debtor's other cases are here as well."""

    cases: dict[int, rows.CaseRow]
    statements: dict[int, rows.StatementRow]
    parties: dict[int, list[rows.PartyRow]]
    persons: dict[int, rows.PersonRow]
    numbers: dict[int, list[rows.NumberRow]]
    orgs: dict[int, rows.OrgRow]
    files: dict[int, DebtorFile]
    lines: dict[int, int]
    attestations: list[rows.AttestationRow]
    covers: list[rows.CoverRow]
    codes: dict[int, str]

    @property
    def own(self) -> rows.OrgRow | None:
        """The desk's own company."""
        return next((org for org in self.orgs.values() if org.own), None)

    def file_of(self, case: int) -> DebtorFile:
        """The debtor's file a case belongs to."""
        return self.files[self.cases[case].debtor]

    def debtor_of(self, case: int) -> rows.PersonRow:
        """The debtor of a case."""
        return self.persons[self.cases[case].debtor]

    def numbers_of(self, person: int) -> list[rows.NumberRow]:
        """A person's numbers, those most likely to work first."""
        order = {"ok": 0, "unknown": 1, "invalid": 2, "wrong": 3}
        return sorted(self.numbers.get(person, ()), key=lambda row: (order[row.status], row.class_ != "mobile", row.id))

    def roles_in(self, case: int) -> dict[int, rows.PartyRow]:
        """Everybody beside the debtor by key, each in the role that binds closest."""
        parties = self.parties.get(case, ())
        if len(parties) > 1:
            parties = sorted(parties, key=lambda row: ROLES.index(row.role), reverse=True)
        found = {party.person: party for party in parties}
        found.pop(self.cases[case].debtor, None)
        return found

    def zones_of(self, case: int) -> list[tuple[str, str]]:
        """Every candidate zone and its source; a debtor in China is on Beijing time, whatever else is on file."""
        fixed = [(HOUSE_ZONE, "fixed")] if self.debtor_of(case).country == "CN" else []
        return fixed + [(row.zone, row.source) for row in self.file_of(case).zones]

    def clock_of(self, case: int) -> LocalClock:
        """The clock by which a case's dates are counted."""
        zones = self.file_of(case).zones
        return clock_by(self.debtor_of(case).country, zones[0].zone if zones else None)

    def today(self, case: int, at: int) -> date:
        """The local date of ``at``."""
        return date.fromordinal(self.clock_of(case).day(at))

    def days_past_due(self, case: int, at: int) -> int | None:
        """Days past due (逾期天数) on the local date of ``at``."""
        return days_past_due(self.cases[case], self.statements.get(case), self.today(case, at))

    def attested(self, case: int, kind: str) -> list[rows.AttestationRow]:
        """A lead's words of one kind for this case or for a file it came in."""
        if not self.attestations:
            return []
        stated = self.statements.get(case)
        batches = {self.cases[case].import_batch, stated.import_batch if stated else None} - {None}
        return [each for each in self.attestations if each.kind == kind and _covers(each, case, batches)]


def clock_by(country: str | None, zone: str | None) -> LocalClock:
    """A debtor's clock: in China Beijing's, else that of the first ``zone`` on file, if any is, else the house's."""
    try:
        return clock_for(HOUSE_ZONE if country == "CN" or zone is None else zone)
    except LookupError:
        return clock_for(HOUSE_ZONE)


def read_files(ask: Ask, scope: Scope) -> CaseFiles:
    """Read everything on file about the cases of ``scope``, in one snapshot if the caller holds one."""
    cases = {row.id: row for row in rows.read(ask, rows.CaseRow, scope)}
    parties = _by(rows.read(ask, rows.PartyRow, scope), "case_id")
    files = _files(cases.values(), parties)
    found = CaseFiles(
        cases=cases,
        statements={row.case_id: row for row in rows.read(ask, rows.StatementRow, scope)},
        parties=parties,
        persons={row.id: row for row in rows.read(ask, rows.PersonRow, scope)},
        numbers=_by(rows.read(ask, rows.NumberRow, scope), "person"),
        orgs={row.id: row for row in rows.orgs(ask)},
        files=files,
        lines=_lines(rows.twins(ask, scope)),
        attestations=rows.read(ask, rows.AttestationRow, scope),
        covers=rows.read(ask, rows.CoverRow, scope),
        codes={row.id: row.code for row in cases.values()},
    )
    _file_facts(ask, scope, files)
    _file_contacts(ask, scope, found)
    return found


def _files(cases: Iterable[rows.CaseRow], parties: dict[int, list[rows.PartyRow]]) -> dict[int, DebtorFile]:
    files: dict[int, DebtorFile] = {}
    for case in cases:
        file = files.setdefault(case.debtor, DebtorFile(case.debtor, concerned={case.debtor}))
        file.cases.append(case)
        file.concerned.update(party.person for party in parties.get(case.id, ()))
    return files


def _file_facts(ask: Ask, scope: Scope, files: dict[int, DebtorFile]) -> None:
    zones = _by(rows.read(ask, rows.ZoneRow, scope), "person")
    consents = _by(rows.read(ask, rows.ConsentRow, scope), "debtor")
    designations = _by(rows.read(ask, rows.DesignationRow, scope), "debtor")
    holds = _by(rows.read(ask, rows.HoldRow, scope), "debtor")
    notices = _by(rows.read(ask, rows.NoticeRow, scope), "debtor")
    for key, file in files.items():
        file.zones = zones.get(key, ())
        file.consents = consents.get(key, ())
        file.designations = designations.get(key, ())
        file.holds = holds.get(key, ())
        file.notices = notices.get(key, ())


def _file_contacts(ask: Ask, scope: Scope, found: CaseFiles) -> None:
    """File events and open permits with every debtor they concern."""
    permits: list[rows.PermitRow] = rows.read(ask, rows.PermitRow, scope)
    events: list[rows.EventRow] = rows.read(ask, rows.EventRow, scope)
    running = {permit.event for permit in permits} - {None}
    if len(found.files) == 1:  # whatever was read concerns the only debtor
        (only,) = found.files.values()
        only.permits = permits
        only.events = [event for event in events if event.id not in running] if running else events
        only.running = [event for event in events if event.id in running] if running else ()
        return
    concerns: dict[int, set[int]] = defaultdict(set)
    for key, file in found.files.items():
        for person in file.concerned:
            concerns[person].add(key)
    held: dict[int, set[int]] = defaultdict(set)
    for row in (row for numbers in found.numbers.values() for row in numbers):
        held[found.lines.get(row.id, row.id)].add(row.person)
    asked, calls, open_calls = (_Filing() for _ in range(3))
    for event in events:
        persons = {event.person, *held.get(found.lines.get(event.number or 0, event.number or 0), ())}
        to = open_calls if event.id in running else calls
        to.file(event, _touched(event.debtor, persons, concerns, found.files))
    for permit in permits:
        asked.file(permit, _touched(permit.debtor, {permit.person}, concerns, found.files))
    for key, file in found.files.items():
        file.permits, file.events, file.running = asked.get(key, ()), calls.get(key, ()), open_calls.get(key, ())


class _Filing(dict[int, list[Any]]):
    """Rows under the debtors they concern."""

    def file(self, row: object, debtors: Iterable[int]) -> None:
        for debtor in debtors:
            self.setdefault(debtor, []).append(row)


def _touched(
    debtor: int, persons: Iterable[int | None], concerns: dict[int, set[int]], files: dict[int, DebtorFile]
) -> set[int]:
    keys = {debtor} if debtor in files else set()
    for person in persons:
        if person is not None and person in concerns:
            keys |= concerns[person]
    return keys


def _lines(pairs: Iterable[rows.TwinRow]) -> dict[int, int]:
    """One key for all rows of the same digits: the lowest, so that it never changes."""
    groups: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        groups[pair.number] |= {pair.number, pair.twin}
    return {key: min(group) for group in groups.values() for key in group}


def _covers(row: rows.AttestationRow, case: int, batches: set[int | None]) -> bool:
    return row.case_id == case or (row.case_id is None and row.batch in batches)


def _by(found: Sequence[T], key: str) -> dict[int, list[T]]:
    grouped: dict[int, list[T]] = {}
    if found:
        key_of = attrgetter(key)
        for row in found:
            grouped.setdefault(key_of(row), []).append(row)
    return grouped
