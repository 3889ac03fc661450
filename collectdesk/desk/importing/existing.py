"""What the desk already holds about the cases of one batch: a handful of queries a batch, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from collectdesk.desk.importing.identity import as_eighteen
from collectdesk.desk.importing.records import CaseRecord
from collectdesk.desk.importing.vocabulary import normal
from collectdesk.store.schema import METADATA

T = METADATA.tables
CASE, PERSON, NUMBER, PARTY = T["case_file"], T["person"], T["number"], T["case_party"]
CASE_COLUMNS = (
    "product", "type", "debt_group", "signed_on", "due_on", "status", "placed_at", "assigned_at", "team", "collector",
)  # fmt: skip


@dataclass
class KnownCase:
    """A case on the desk with what an import may add to or compare with."""

    id: int
    code: str
    debtor: int
    batch: int | None
    values: dict[str, object]
    statement: Row[Any] | None = None
    terms: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    consequences: set[str] = field(default_factory=set)
    parties: set[tuple[int, str]] = field(default_factory=set)
    notices: set[tuple[str, int | None]] = field(default_factory=set)


@dataclass
class Known:
    """The desk's side of one batch."""

    cases: dict[tuple[int, str], KnownCase] = field(default_factory=dict)
    people: dict[str, Row[Any]] = field(default_factory=dict)
    by_id: dict[int, Row[Any]] = field(default_factory=dict)
    contacts: dict[tuple[int, str], int] = field(default_factory=dict)
    numbers: dict[int, dict[str, tuple[int, str]]] = field(default_factory=lambda: defaultdict(dict))
    zones: dict[int, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    codes: set[str] = field(default_factory=set)


def same_documents(kind: str | None, number: str | None) -> list[str]:
    """The numbers that name the same person: a 15-digit number and its 18-digit form are one."""
    if not kind or not number:
        return []
    if kind == "resident_15":
        return [number, as_eighteen(number)]
    return [number, number[:6] + number[8:17]] if kind == "resident" and number[6:8] == "19" else [number]


def document_key(kind: str | None, number: str | None) -> str | None:
    """One key for all spellings of a person's document."""
    if not kind or not number:
        return None
    return f"resident:{as_eighteen(number)}" if kind == "resident_15" else f"{kind}:{number}"


def look_up(connection: Connection, batch: Sequence[CaseRecord], creditors: dict[str, int]) -> Known:
    """Read what the desk knows of the cases, debtors and contact persons of a batch."""
    known = Known()
    _cases(connection, known, batch, creditors)
    _people(connection, known, batch)
    debtors = sorted({case.debtor for case in known.cases.values()} | set(known.by_id))
    if debtors:
        _contacts(connection, known, debtors)
        _numbers(connection, known, sorted(set(known.by_id) | set(known.contacts.values()) | set(debtors)))
    if known.cases:
        _details(connection, known)
    refs = [record.ref for record in batch if record.ref]
    known.codes = set(connection.execute(select(CASE.c.code).where(CASE.c.code.in_(refs))).scalars()) if refs else set()
    return known


def _cases(connection: Connection, known: Known, batch: Sequence[CaseRecord], creditors: dict[str, int]) -> None:
    wanted: dict[int, list[str]] = defaultdict(list)
    for record in batch:
        creditor = creditors.get(normal(record.creditor))
        if creditor is not None:
            wanted[creditor].append(record.contract_no)
    conditions = [and_(CASE.c.creditor == key, CASE.c.contract_no.in_(nos)) for key, nos in wanted.items()]
    for row in connection.execute(select(CASE).where(or_(*conditions))).mappings() if conditions else ():
        values = {name: row[name] for name in CASE_COLUMNS}
        case = KnownCase(row["id"], row["code"], row["debtor"], row["import_batch"], values)
        known.cases[row["creditor"], row["contract_no"]] = case


def _people(connection: Connection, known: Known, batch: Sequence[CaseRecord]) -> None:
    numbers = {each for record in batch for each in same_documents(record.debtor.id_kind, record.debtor.id_number)}
    debtors = {case.debtor for case in known.cases.values()}
    if numbers:
        for row in connection.execute(select(PERSON).where(PERSON.c.id_number.in_(sorted(numbers)))):
            key = document_key(row.id_kind, row.id_number)
            if key:
                known.people[key] = row
            known.by_id[row.id] = row
    missing = sorted(debtors - set(known.by_id))
    if missing:
        for row in connection.execute(select(PERSON).where(PERSON.c.id.in_(missing))):
            known.by_id[row.id] = row


def _contacts(connection: Connection, known: Known, debtors: list[int]) -> None:
    joined = PARTY.join(CASE, CASE.c.id == PARTY.c.case_id).join(PERSON, PERSON.c.id == PARTY.c.person)
    asked = select(CASE.c.debtor, PERSON.c.name, PERSON.c.id).select_from(joined)
    for debtor, name, person in connection.execute(asked.where(CASE.c.debtor.in_(debtors), PARTY.c.role != "debtor")):
        known.contacts[debtor, normal(name)] = person


def _numbers(connection: Connection, known: Known, people: list[int]) -> None:
    asked = select(NUMBER.c.person, NUMBER.c.number, NUMBER.c.id, NUMBER.c.source)
    for person, number, key, source in connection.execute(asked.where(NUMBER.c.person.in_(people))):
        known.numbers[person][number] = (key, source)
    zones = T["person_zone"]
    for row in connection.execute(select(zones).where(zones.c.person.in_(people))):
        known.zones[row.person].add((row.zone, row.source))


def _details(connection: Connection, known: Known) -> None:
    cases = {case.id: case for case in known.cases.values()}
    keys = sorted(cases)
    stated = T["statement"]
    for row in connection.execute(
        select(stated).where(stated.c.case_id.in_(keys)).order_by(stated.c.as_of, stated.c.imported_at, stated.c.id)
    ):
        cases[row.case_id].statement = row
    for row in connection.execute(_of("contract_term", keys)):
        cases[row.case_id].terms[row.code] = (row.clause, row.content)
    for row in connection.execute(_of("case_consequence", keys)):
        cases[row.case_id].consequences.add(row.code)
    for row in connection.execute(_of("case_party", keys)):
        cases[row.case_id].parties.add((row.person, row.role))
    _notices(connection, cases, {case.debtor for case in cases.values()})


def _notices(connection: Connection, cases: dict[int, KnownCase], debtors: Iterable[int]) -> None:
    of_debtor: dict[int, list[int]] = defaultdict(list)
    for case in cases.values():
        of_debtor[case.debtor].append(case.id)
    sent = T["notice"]
    for row in connection.execute(select(sent).where(sent.c.debtor.in_(sorted(debtors)))):
        for key in row.debts or of_debtor[row.debtor]:
            if key in cases:
                cases[key].notices.add((row.kind, row.sent_at))


def _of(table: str, keys: list[int]) -> Select[tuple[Any, ...]]:
    rows = T[table]
    return select(rows).where(rows.c.case_id.in_(keys))


def highest_code(connection: Connection) -> int:
    """The highest number behind ``A-`` in use; 1000 when there is none."""
    codes = connection.execute(select(CASE.c.code).where(CASE.c.code.like("A-%"), func.length(CASE.c.code) <= 12))
    return max((int(code[2:]) for code in codes.scalars() if code[2:].isdigit()), default=1000)
