"""From a record to rows: what is new is inserted, what is known is compared, what differs is changed and journalled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, update

from collectdesk.desk.importing.existing import CASE_COLUMNS, Known, KnownCase, document_key
from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.inserting import Inserts, Keys
from collectdesk.desk.importing.lacking import CaseFacts
from collectdesk.desk.importing.parties import Parties
from collectdesk.desk.importing.records import Amounts, CaseRecord, Debtor
from collectdesk.desk.importing.vocabulary import normal
from collectdesk.errors import N_
from collectdesk.store.journal import Change
from collectdesk.store.schema import METADATA

CASE_ROW = (
    "id", "code", "creditor", "debtor", "contract_no", "product", "type", "debt_group", "signed_on", "due_on",
    "status", "placed_at", "assigned_at", "team", "collector", "import_batch",
)  # fmt: skip
STATEMENT_ROW = (
    "id", "case_id", "as_of", "principal", "interest", "fees", "total", "currency", "days_past_due", "stated_at",
    "imported_at", "import_batch",
)  # fmt: skip
TERM_ROW = ("id", "case_id", "code", "clause", "content", "params")
IN_COST_TABLE = '{"in_cost_table":true}'
CONSEQUENCE_ROW = ("id", "case_id", "code")
NOTICE_ROW = ("id", "debtor", "kind", "debts", "sent_at")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


@dataclass(frozen=True)
class Job:
    """What holds for a whole import."""

    connection: Connection
    keys: Keys
    inserts: Inserts
    batch: int
    at: int
    actor: str
    repeated: bool
    source: str | None
    number_for: Callable[[str], str]
    real: bool
    labels: Mapping[str, str]  # field to heading, for messages


@dataclass
class Verdict:
    """What became of one record: ``new``, ``changed``, ``same`` or ``refused``; and the case's facts afterwards."""

    action: str
    code: str
    changes: tuple[str, ...] = ()
    facts: CaseFacts | None = None
    findings: list[Finding] = field(default_factory=list)
    case: int | None = None
    elsewhere: bool = False  # a case of an earlier batch, which this file added no statement to


class Planner:
    """Takes the records of one import in order; counts what it did."""

    def __init__(self, job: Job, codes_from: int, teams: dict[str, int], staff: dict[str, int]) -> None:
        self.job = job
        self.counts: dict[str, int] = {}
        self.journal: list[Change] = []
        self._next_code = codes_from
        self._teams, self._staff = teams, staff
        self._planned: dict[int, tuple[int, str]] = {}
        self._parties = Parties(job, self.count)

    @property
    def changes(self) -> list[Change]:
        """What the journal must say about rows that were there before."""
        return self.journal + self._parties.journal

    def count(self, what: str, by: int = 1) -> None:
        """Add to a count of the outcome."""
        self.counts[what] = self.counts.get(what, 0) + by

    def take(self, record: CaseRecord, creditor: int, asked: tuple[str, ...], known: Known) -> Verdict:
        """Plan one record; rows wait in ``job.inserts``, changes of existing rows are made at once."""
        case = known.cases.get((creditor, record.contract_no))
        refused = self._refusals(record, case, known)
        if refused:
            self.count("refused")
            return Verdict("refused", case.code if case else "", findings=refused)
        verdict = self._change(record, case, known) if case else self._create(record, creditor, known)
        self.count({"new": "cases_new", "changed": "cases_changed", "same": "cases_same"}[verdict.action])
        return replace(verdict, facts=self._facts(record, case, known, asked))

    def _refusals(self, record: CaseRecord, case: KnownCase | None, known: Known) -> list[Finding]:
        found = []
        person = self._debtor_row(record.debtor, known)
        if person and normal(person[1]) != normal(record.debtor.name):
            found.append(self._refusal(record, "debtor.id_number", "document_taken", _TAKEN, _ASK))
        if case and self._is_another(record, case, person, known):
            found.append(self._refusal(record, "case.contract_no", "debtor_differs", _DIFFERS, _ASK))
        if record.team and record.team not in self._teams:
            found.append(self._refusal(record, "case.team", "team_unknown", _NO_TEAM, _ADD_TEAM))
        if record.collector and record.collector not in self._staff:
            found.append(self._refusal(record, "case.collector", "collector_unknown", _NO_COLLECTOR, _ADD_STAFF))
        return found

    def _refusal(self, record: CaseRecord, field: str, code: str, message: str, hint: str) -> Finding:
        return Finding(record.line, self.job.labels.get(field, field), code, message, hint)

    @staticmethod
    def _is_another(record: CaseRecord, case: KnownCase, person: tuple[int, str] | None, known: Known) -> bool:
        """Whether the file gives a known case to somebody else than the desk does."""
        if person:
            return person[0] != case.debtor
        return bool(record.debtor.id_number and known.by_id[case.debtor].id_number)

    def _debtor_row(self, debtor: Debtor, known: Known) -> tuple[int, str] | None:
        """Key and name of the debtor with this document, on the desk or earlier in the file."""
        key = document_key(debtor.id_kind, debtor.id_number)
        if key is None:
            return None
        row = known.people.get(key)
        return (row.id, row.name) if row else self._planned.get(hash(key))

    def _create(self, record: CaseRecord, creditor: int, known: Known) -> Verdict:
        job, debtor = self.job, record.debtor
        found = self._debtor_row(debtor, known)
        person = found[0] if found else self._parties.person(debtor)
        key = document_key(debtor.id_kind, debtor.id_number)
        if key and not found:
            self._planned[hash(key)] = (person, debtor.name)
        case, code = job.keys.take("case_file"), self._code(record, known)
        values = self._values(record)
        job.inserts.add(
            "case_file", CASE_ROW, case, code, creditor, person, record.contract_no,
            *(values[name] for name in CASE_COLUMNS), job.batch,
        )  # fmt: skip
        if person in known.by_id:
            self._parties.complete(person, debtor, known)
        self._parties.debtor(case, person, debtor, known)
        self._parties.contacts(case, person, record.contacts, known, set())
        if record.amounts:
            self._state(case, record.amounts)
        self._add_parts(record, case, person, None)
        taken = record.ref in known.codes if record.ref else False
        column = self.job.labels.get("case.ref", "")
        return Verdict("new", code, findings=[_renumbered(record, column, code)] if taken else [], case=case)

    def _change(self, record: CaseRecord, case: KnownCase, known: Known) -> Verdict:
        changes: list[str] = []
        older = self._supersede(record.amounts, case, changes)
        if not older and not self.job.repeated:
            self._update(record, case, changes)
        before = self.job.inserts.waiting
        self._parties.complete(case.debtor, record.debtor, known)
        listed = (case.debtor, "debtor") in case.parties
        self._parties.debtor(case.id, case.debtor, record.debtor, known, listed=listed)
        self._parties.contacts(case.id, case.debtor, record.contacts, known, case.parties)
        self._add_parts(record, case.id, case.debtor, case)
        if self.job.inserts.waiting > before or self._parties.take_touched():
            changes.append("details")
        findings = [_older(record, self.job.labels.get("statement.as_of", ""))] if older else []
        elsewhere = case.batch != self.job.batch and "statement" not in changes
        return Verdict(
            "changed" if changes else "same",
            case.code,
            tuple(changes),
            findings=findings,
            case=case.id,
            elsewhere=elsewhere,
        )

    def _supersede(self, amounts: Amounts | None, case: KnownCase, changes: list[str]) -> bool:
        """Add a newer or corrected statement; True when the file's is older than the desk's."""
        stated = case.statement
        if amounts is None:
            return False
        if stated is not None:
            if amounts.as_of < stated.as_of:
                self.count("statements_older")
                return True
            parts = (amounts.principal, amounts.interest, amounts.fees, amounts.currency, amounts.days_past_due)
            same = parts == (stated.principal, stated.interest, stated.fees, stated.currency, stated.days_past_due)
            if amounts.as_of == stated.as_of and (same or self.job.repeated):
                return False
        self._state(case.id, amounts)
        changes.append("statement")
        return False

    def _update(self, record: CaseRecord, case: KnownCase, changes: list[str]) -> None:
        """Set columns the file states differently; what it leaves blank stays."""
        stated = self._values(record)
        new = {name: value for name, value in stated.items() if value is not None and value != case.values[name]}
        if not new:
            return
        old = {name: case.values[name] for name in new}
        changes += sorted(new)
        job = self.job
        if job.real:
            rows = METADATA.tables["case_file"]
            job.connection.execute(update(rows).where(rows.c.id == case.id).values(**new))
        self.journal.append(Change(job.at, job.actor, "case.update", f"case_file:{case.id}", old, new))

    def _values(self, record: CaseRecord) -> dict[str, object]:
        team, collector = record.team, record.collector
        return dict(zip(CASE_COLUMNS, (
            record.product, record.debt_type, record.debt_group, record.signed_on, record.due_on, record.status,
            record.placed_at, record.assigned_at, self._teams[team] if team else None,
            self._staff[collector] if collector else None,
        ), strict=True))  # fmt: skip

    def _state(self, case: int, amounts: Amounts) -> None:
        job = self.job
        total = amounts.principal + amounts.interest + amounts.fees
        job.inserts.add(
            "statement", STATEMENT_ROW, job.keys.take("statement"), case, amounts.as_of, amounts.principal,
            amounts.interest, amounts.fees, total, amounts.currency, amounts.days_past_due, amounts.stated_at, job.at,
            job.batch,
        )  # fmt: skip
        self.count("statements")

    def _add_parts(self, record: CaseRecord, case: int, debtor: int, known: KnownCase | None) -> None:
        """Terms, consequences and notices that the case does not have yet."""
        job = self.job
        for term in record.terms:
            if known is None or term.code not in known.terms:
                params = IN_COST_TABLE if term.in_cost_table else None
                key = job.keys.take("contract_term")
                job.inserts.add("contract_term", TERM_ROW, key, case, term.code, term.clause, term.content, params)
        for code in record.consequences:
            if known is None or code not in known.consequences:
                job.inserts.add("case_consequence", CONSEQUENCE_ROW, job.keys.take("case_consequence"), case, code)
        for kind, sent in record.notices:
            if known is None or (kind, sent) not in known.notices:
                job.inserts.add("notice", NOTICE_ROW, job.keys.take("notice"), debtor, kind, f"[{case}]", sent)

    def _code(self, record: CaseRecord, known: Known) -> str:
        if record.ref and _CODE.fullmatch(record.ref) and record.ref not in known.codes:
            return record.ref
        self._next_code += 1
        return f"A-{self._next_code}"

    def _facts(self, record: CaseRecord, case: KnownCase | None, known: Known, asked: tuple[str, ...]) -> CaseFacts:
        debtor, values = record.debtor, self._values(record)
        row = known.by_id.get(case.debtor) if case else None
        kept = case.values if case else {}
        sources = dict.fromkeys((number.number for number in debtor.numbers), "unknown")
        sources |= {number.number: number.source for number in debtor.numbers if number.source != "unknown"}
        if row is not None:
            sources |= {number: source for number, (_, source) in known.numbers[row.id].items()}
        sourced = sum(source != "unknown" or self.job.source is not None for source in sources.values())
        dates = (record.amounts and record.amounts.as_of, case and case.statement and case.statement.as_of)
        stated = max((each for each in dates if each), default=None)
        notices = {kind for kind, _ in record.notices} | {kind for kind, _ in (case.notices if case else ())}
        return CaseFacts(
            status=str(values["status"] if not case or not self.job.repeated else kept["status"]),
            numbers=len(sources), sourced=sourced, items=_items(record, row, sources), asked=asked, statement=stated,
            notices=frozenset(notices), assigned=bool(record.assigned_at or kept.get("assigned_at")),
            zoned=self._parties.zoned(debtor) or bool(row is not None and known.zones[row.id]),
            typed=bool(record.debt_type or kept.get("type")),
        )  # fmt: skip


def _items(record: CaseRecord, row: object, numbers: Iterable[str]) -> frozenset[str]:
    debtor = record.debtor
    present = {
        "id_last4": debtor.id_number or getattr(row, "id_number", None),
        "birth_date": debtor.born_on or getattr(row, "born_on", None),
        "mobile_last4": any(number.startswith("+861") and ";" not in number for number in numbers),
        "name": debtor.name,
        "contract_last4": record.contract_no,
    }
    return frozenset(item for item, value in present.items() if value)


def _renumbered(record: CaseRecord, column: str, code: str) -> Finding:
    message = N_("another case, or one that was erased, has this number here; this one is brought in as {code}.")
    return Finding(record.line, column, "number_taken", message, params={"code": code}, severity="note")


def _older(record: CaseRecord, column: str) -> Finding:
    message = N_("a statement older than the one on this desk; it is left out.")
    return Finding(record.line, column, "statement_older", message, severity="note")


_ASK = N_("Ask the creditor which is right, and correct the line.")
_TAKEN = N_("the document belongs to a debtor of another name on this desk.")
_DIFFERS = N_("the case is on this desk under another debtor.")
_NO_TEAM = N_("names a team this desk does not have.")
_NO_COLLECTOR = N_("names a collector this desk does not have.")
_ADD_TEAM = N_("Correct it, give a member of staff that team with `collectdesk staff add`, or leave the cell empty.")
_ADD_STAFF = N_("Correct it, add the member of staff with `collectdesk staff add`, or leave the cell empty.")
