"""A file that was read, written to the desk: all or nothing, in one transaction, or rehearsed without a trace.

Importing the same file twice changes nothing. A newer statement supersedes, an older one is left out and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, insert, select, update

from collectdesk.desk.dials import again
from collectdesk.desk.importing import attesting
from collectdesk.desk.importing.attesting import Attestation
from collectdesk.desk.importing.casefile import ImportedFile, Progress
from collectdesk.desk.importing.earlier import EarlierCalls
from collectdesk.desk.importing.existing import highest_code, look_up
from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.inserting import Inserts, Keys, hold_imports
from collectdesk.desk.importing.lacking import CLOSED, STATEMENT_DAYS, CaseFacts, lacks
from collectdesk.desk.importing.orgs import Orgs
from collectdesk.desk.importing.planner import Job, Planner
from collectdesk.desk.payments import effects
from collectdesk.store import journal
from collectdesk.store.engine import Store, now
from collectdesk.store.schema import METADATA

T = METADATA.tables


class RowOutcome(NamedTuple):
    """What becomes of a line: ``new``, ``changed``, ``same`` or ``refused``, and what its case lacks."""

    line: int
    action: str
    code: str
    changes: tuple[str, ...]
    lacks: tuple[str, ...]


class Order(Struct, frozen=True, kw_only=True):
    """How to import.

    ``at``: the instant handed in, UTC seconds; ``today``: the desk's local date. ``staff``, ``number``, ``role``: who
    imports. ``skip_bad``: write the good lines although others are refused. ``number_for``: what replaces a number,
    on a practice desk an undialable one. ``on_row`` hears of every line of cases, ``progress`` of lines done and all.
    """

    at: int
    today: date
    staff: int
    number: str
    role: str
    skip_bad: bool = False
    statement_days: int = STATEMENT_DAYS
    attestations: tuple[Attestation, ...] = ()
    number_for: Callable[[str], str] | None = None
    on_row: Callable[[RowOutcome], None] | None = None
    progress: Progress | None = None


@dataclass
class Outcome:
    """What an import did, or a rehearsal would do.

    ``counts``: cases_new, cases_changed, cases_same, statements, statements_older, debtors_new, numbers, contacts,
    orgs_new, calls_new, calls_same, refused. ``lacking``: how many cases lack what (codes of ``lacking.LACKS``);
    ``closed``: how many are settled, recalled or assigned. ``unset``: creditors whose identity items nobody has chosen.
    """

    written: bool
    changed: bool
    findings: list[Finding]
    counts: dict[str, int] = field(default_factory=dict)
    cases: int = 0
    callable: int = 0
    closed: int = 0
    lacking: Counter[str] = field(default_factory=Counter)
    unset: dict[str, None] = field(default_factory=dict)
    batch: int | None = None

    @property
    def errors(self) -> list[Finding]:
        """The findings that kept a line out, or the whole file."""
        return [finding for finding in self.findings if finding.severity == "error"]


def load(store: Store, file: ImportedFile, order: Order) -> Outcome:
    """Write a file to the desk in one transaction; without ``skip_bad`` any error leaves the desk untouched.

    Raises:
        NotPermitted, UsageProblem: attestations (``attesting.check``).
        Problem: what the store says of itself.
    """
    attesting.check(order.attestations, order.role, order.at)
    if file.errors and not order.skip_bad:
        return rehearse(store, file, order)
    with store.writer.connect() as connection, connection.begin() as transaction:
        hold_imports(connection)
        outcome = _Import(connection, file, order, now(connection, order.at), real=True).run()
        if outcome.changed and (order.skip_bad or not outcome.errors):
            return outcome
        transaction.rollback()
    outcome.written = False
    outcome.batch = None
    return outcome


def rehearse(store: Store, file: ImportedFile, order: Order) -> Outcome:
    """What ``load`` would do, read from one snapshot; nothing is written and no lock is held.

    Raises:
        NotPermitted, UsageProblem: attestations (``attesting.check``).
    """
    attesting.check(order.attestations, order.role, order.at)
    with store.reader.connect() as connection, connection.begin():
        outcome = _Import(connection, file, order, order.at, real=False).run()
    outcome.written = False
    return outcome


def file_labels(file: ImportedFile) -> dict[str, str]:
    """The heading of each field in this file."""
    return {name: column.label for layout in file.layouts for name, column in layout.columns.items()}


class _Import:
    """One run over the records."""

    def __init__(self, connection: Connection, file: ImportedFile, order: Order, at: int, *, real: bool) -> None:
        self.connection, self.file, self.order, self.at, self.real = connection, file, order, at, real
        self.keys, self.inserts = Keys(connection, real=real), Inserts(connection)
        self.outcome = Outcome(real, changed=False, findings=list(file.findings))
        self.planned: dict[str, int] = {}
        self.standing: list[int] = []
        self.done = 0
        self.newest = again.newest(connection)

    def run(self) -> Outcome:
        batch, repeated = self._open_batch()
        job = Job(
            self.connection, self.keys, self.inserts, batch, self.at, self.order.number, repeated,
            attesting.source_of(self.order.attestations), self.order.number_for or str, self.real,
            file_labels(self.file),
        )  # fmt: skip
        orgs = Orgs(self.connection, self.keys, self.inserts)
        planner = self._planner(job)
        self._cases(planner, orgs)
        calls = EarlierCalls(job, orgs, self.planned)
        self._calls(calls)
        self._count(planner, orgs, calls)
        attested = self._close_batch(batch, planner, repeated=repeated)
        self.outcome.changed = bool(self.inserts.written or planner.changes or attested)
        self.outcome.batch = batch if self.real else None
        return self.outcome

    def _planner(self, job: Job) -> Planner:
        team, staff = T["team"], T["staff"]
        teams = {row.name: row.id for row in self.connection.execute(select(team.c.id, team.c.name))}
        people = {row.number: row.id for row in self.connection.execute(select(staff.c.id, staff.c.number))}
        return Planner(job, max(highest_code(self.connection), self.file.highest_ref), teams, people)

    def _cases(self, planner: Planner, orgs: Orgs) -> None:
        for batch in self.file.cases.batches():
            known = look_up(self.connection, batch, orgs.creditors)
            for record in batch:
                creditor = orgs.creditor(record.creditor, record.creditor_kind)
                verdict = planner.take(record, creditor, orgs.asked[creditor], known)
                self.outcome.findings += verdict.findings
                missing: tuple[str, ...] = ()
                if verdict.facts and verdict.case is not None:
                    missing = self._judge(verdict.facts, orgs.own_kind)
                    if "creditor_items" in missing:
                        self.outcome.unset[record.creditor] = None
                    self._remember(record.ref, record.contract_no, verdict.case, elsewhere=verdict.elsewhere)
                if self.order.on_row:
                    self.order.on_row(RowOutcome(record.line, verdict.action, verdict.code, verdict.changes, missing))
            self.inserts.flush(keep=self.real)
            self._progress(len(batch))

    def _judge(self, facts: CaseFacts, own_kind: str | None) -> tuple[str, ...]:
        if any(each.kind == "outsourcing_notice" for each in self.order.attestations):
            facts.notices |= {"outsourcing"}
        missing = lacks(facts, today=self.order.today, org_kind=own_kind, statement_days=self.order.statement_days)
        self.outcome.cases += 1
        self.outcome.callable += not missing
        closed = missing == (CLOSED,)
        self.outcome.closed += closed
        self.outcome.lacking.update(() if closed else missing)
        return missing

    def _remember(self, ref: str | None, contract: str, case: int, *, elsewhere: bool) -> None:
        if elsewhere and self.order.attestations:
            self.standing.append(case)
        if not self.real and len(self.file.calls):
            self.planned[contract] = case
            if ref:
                self.planned[ref] = case

    def _calls(self, calls: EarlierCalls) -> None:
        for batch in self.file.calls.batches():
            calls.take(batch)
            self.inserts.flush(keep=self.real)
            self._progress(len(batch))

    def _count(self, planner: Planner, orgs: Orgs, calls: EarlierCalls) -> None:
        self.outcome.findings += calls.findings
        found = planner.counts | {"orgs_new": orgs.new, "calls_new": calls.new, "calls_same": calls.same}
        refused = found.get("refused", 0) + len(calls.findings) + self.file.refused
        self.outcome.counts = {name: count for name, count in (found | {"refused": refused}).items() if count}

    def _progress(self, lines: int) -> None:
        self.done += lines
        if self.order.progress:
            self.order.progress(self.done, self.file.usable)

    def _open_batch(self) -> tuple[int, bool]:
        """The batch of this file, and whether it was imported before."""
        rows = T["import_batch"]
        digest = self.file.source.digest
        found = self.connection.execute(select(rows.c.id).where(rows.c.digest == digest)).scalar()
        if found is not None or not self.real:
            return found or 0, found is not None
        row = {"digest": digest, "at": self.at, "by_staff": self.order.staff, "counts": {}}
        made = self.connection.execute(insert(rows).values(row)).inserted_primary_key
        assert made is not None
        return int(made[0]), False

    def _close_batch(self, batch: int, planner: Planner, *, repeated: bool) -> int:
        """Attestations, the batch's counts, and the journal: one entry for the file, one for each row it changed."""
        if not self.real:
            return len(self.order.attestations)
        connection, order, rows = self.connection, self.order, T["import_batch"]
        attested = attesting.record(
            connection, order.attestations, batch=batch, cases=self.standing, staff=order.staff, actor=order.number,
            at=self.at,
        )  # fmt: skip
        if not (self.inserts.written or planner.changes or attested):
            return 0
        if not repeated:
            connection.execute(update(rows).where(rows.c.id == batch).values(counts=self.outcome.counts))
        after: dict[str, object] = {"digest": self.file.source.digest, "counts": self.outcome.counts}
        again.learned(connection, self.newest, self.at)
        entry = journal.Change(self.at, order.number, "import.file", f"import_batch:{batch}", None, after)
        journal.append_many(connection, [entry, *planner.changes])
        effects.after_import(connection, self.at)
        self._cover_calls()
        return attested

    def _cover_calls(self) -> None:
        through = next((each.through for each in self.order.attestations if each.kind == "calls_complete"), None)
        if through is None:
            return
        orgs = {call.org for batch in self.file.calls.batches() for call in batch}
        rows, org = T["history_cover"], T["org"]
        found = self.connection.execute(select(org.c.id).where(org.c.name.in_(sorted(orgs)))).scalars()
        covers = [{"org": key, "complete_through": through} for key in found]
        if covers:
            self.connection.execute(insert(rows), covers)
