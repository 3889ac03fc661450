"""A file of payments written to the desk: all or nothing, in one transaction, with all that follows from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert, or_, select

from collectdesk.desk.importing.batches import batch_of
from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.inserting import hold_imports
from collectdesk.desk.payments import effects, ledger
from collectdesk.desk.payments.closure import batched
from collectdesk.desk.payments.matching import Entry, Match, Outcome, Target, mark, match
from collectdesk.desk.payments.reading import PaymentFile, Record
from collectdesk.store import journal
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Office

T = METADATA.tables
IMPORTING = ("lead", "admin", "officer", "script")
"""Whose act it is (policy article 9.7): a collector alters no amounts."""
CHUNK = 500


@dataclass
class Loaded:
    """What an import of payments did, or a rehearsal would do.

    ``counts``: payments_new, payments_same, reversals_new, refused. ``acts``: what followed, by ``kind.act``.
    ``rows``: of each line that can be used, its line, ``new`` or ``same``, and its case number.
    """

    written: bool
    findings: list[Finding]
    counts: dict[str, int]
    rows: list[tuple[int, str, str]]
    acts: dict[str, int] = field(default_factory=dict)
    batch: int | None = None

    @property
    def errors(self) -> list[Finding]:
        """The findings that kept a line out."""
        return [finding for finding in self.findings if finding.severity == "error"]


def rehearse(office: Office, file: PaymentFile) -> Loaded:
    """What ``load`` would do, read from one snapshot; nothing is written.

    Raises:
        NotPermitted: a collector's sign-in.
    """
    office.require_role(*IMPORTING)
    with office.reader.connect() as connection, connection.begin():
        return _told(file, _matched(connection, file))


def load(office: Office, file: PaymentFile, *, skip_bad: bool = False) -> Loaded:
    """Write the payments of a file; without ``skip_bad`` any error leaves the desk untouched.

    Raises:
        NotPermitted: a collector's sign-in.
        Problem: what the store says of itself.
    """
    office.require_role(*IMPORTING)
    if file.errors and not skip_bad:
        return rehearse(office, file)
    with office.writing() as session:
        connection = session.connection()
        hold_imports(connection)
        outcome = _matched(connection, file)
        told = _told(file, outcome)
        new = [each for each in outcome.matches if each.action == "new"]
        if not new or (outcome.findings and not skip_bad):
            return told
        now = office.now()
        told.batch = batch_of(connection, office, file.source.digest, told.counts, "payment.file", now)
        _write(connection, office, new, told.batch, now)
        told.written = True
        told.acts = effects.payments_changed(session, {each.case.key for each in new}, now)
    return told


def _matched(connection: Connection, file: PaymentFile) -> Outcome:
    targets = _targets(connection, file.records)
    keys = [each.key for each in targets]
    held = [
        Entry(each.case, each.reference, each.on.isoformat(), each.minor, each.currency, each.net, each.key)
        for some in batched(keys, CHUNK)
        for paid in ledger.payments(connection, some).values()
        for each in paid
    ]
    return match(file.records, targets, held, _marks(connection, keys), file.label)


def _targets(connection: Connection, records: Sequence[Record]) -> list[Target]:
    """The cases the records may mean."""
    cases, orgs = T["case_file"], T["org"]
    asked = select(cases.c.id, cases.c.code, cases.c.contract_no, orgs.c.name).join(orgs, orgs.c.id == cases.c.creditor)
    found: dict[int, Target] = {}
    names = sorted({name for each in records for name in (each.ref, each.contract_no) if name})
    for some in batched(names, CHUNK):
        rows = connection.execute(asked.where(or_(cases.c.code.in_(some), cases.c.contract_no.in_(some)))).all()
        owed = ledger.balances(connection, [row.id for row in rows])
        for row in rows:
            currency = owed[row.id].currency if row.id in owed else None
            found[row.id] = Target(row.id, row.code, row.contract_no, row.name, currency)
    return list(found.values())


def _marks(connection: Connection, cases: Iterable[int]) -> dict[int, set[str]]:
    rows = T["payment"]
    found: dict[int, set[str]] = defaultdict(set)
    for some in batched(cases, CHUNK):
        for case, name in connection.execute(select(rows.c.case_id, rows.c.mark).where(rows.c.case_id.in_(some))):
            found[case].add(name)
    return found


def _told(file: PaymentFile, outcome: Outcome) -> Loaded:
    counts: Counter[str] = Counter()
    for each in outcome.matches:
        what = "reversals" if each.record.minor < 0 and each.action == "new" else "payments"
        counts[f"{what}_{each.action}"] += 1
    findings = [*file.findings, *outcome.findings]
    counts["refused"] = len({finding.line for finding in findings if finding.severity == "error"})
    rows = sorted((each.record.line, each.action, each.case.code) for each in outcome.matches)
    return Loaded(
        written=False, findings=findings, counts={name: count for name, count in counts.items() if count}, rows=rows
    )


def _write(connection: Connection, office: Office, new: Sequence[Match], batch: int, now: int) -> None:
    """Payments before what takes them back, so that the keys are there."""
    changes = []
    for each in new:
        record = each.record
        row = {
            "case_id": each.case.key, "amount": record.minor, "currency": record.currency, "paid_on": record.paid_on,
            "reference": record.reference, "channel": record.channel,
            "reverses": each.back.key if each.back else None,
            "mark": mark(record.reference, record.paid_on, record.minor), "import_batch": batch,
            "by_staff": office.staff.id, "at": now,
        }  # fmt: skip
        made = connection.execute(insert(T["payment"]).values(row)).inserted_primary_key
        assert made is not None
        if each.entry is not None:
            each.entry.key = int(made[0])
        action = "payment.back" if record.minor < 0 else "payment.add"
        changes.append(journal.Change(now, office.staff.number, action, f"payment:{made[0]}", None, row))
    journal.append_many(connection, changes)
