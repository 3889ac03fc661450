"""What only shows between lines: the same line or case twice, one document for two debtors, a creditor that differs.

Both lines of a conflict are kept out: the file does not say which of them is right.
"""

from __future__ import annotations

from collectdesk.desk.importing.cells import tidy
from collectdesk.desk.importing.finding import Finding, Kind
from collectdesk.desk.importing.records import CaseRecord
from collectdesk.desk.importing.vocabulary import normal
from collectdesk.errors import N_


class CrossCheck:
    """Remembers of each line a few 64-bit hashes, whatever the file's length; hands out findings."""

    def __init__(self, labels: dict[str, str], kind: Kind = "cases") -> None:
        self._kind = kind
        self._labels = labels
        self._rows: dict[int, int] = {}
        self._cases: dict[int, int] = {}
        self._contracts: dict[int, tuple[int, int]] = {}
        self._refs: dict[int, tuple[int, int]] = {}
        self._documents: dict[int, tuple[int, int]] = {}

    def same_row(self, line: int, cells: list[object]) -> Finding | None:
        """A note when an identical line came before: it is read once."""
        first = self._rows.setdefault(hash(tuple(map(str, cells))), line)
        if first == line:
            return None
        message = N_("the same as line {first}; it is read once.")
        return Finding(line, "", "row_twice", message, "", {"first": first}, "note", table=self._kind)

    def conflicts(self, record: CaseRecord) -> list[Finding]:
        """Errors between this record and earlier ones, on both lines."""
        creditor = hash(normal(record.creditor))
        found = self._case_twice(record, creditor)
        found += self._document_shared(record)
        if record.debtor.id_number:
            owner = hash((record.contract_no, record.debtor.id_kind, record.debtor.id_number))
            found += self._differs(record, self._contracts, owner, creditor, "creditor")
        if record.ref:
            found += self._differs(record, self._refs, hash(record.ref), hash((creditor, record.contract_no)), "ref")
        return found

    def _case_twice(self, record: CaseRecord, creditor: int) -> list[Finding]:
        first = self._cases.setdefault(hash((creditor, record.contract_no)), record.line)
        if first == record.line:
            return []
        return self._both(first, record.line, "case.contract_no", "case_twice", N_("the same case as on line {other}."))

    def _document_shared(self, record: CaseRecord) -> list[Finding]:
        debtor = record.debtor
        if not debtor.id_number:
            return []
        name = hash(normal(tidy(debtor.name)))
        first, known = self._documents.setdefault(hash((debtor.id_kind, debtor.id_number)), (record.line, name))
        if known == name:
            return []
        message = N_("the same document as on line {other}, but another name.")
        return self._both(first, record.line, "debtor.id_number", "document_shared", message)

    def _differs(
        self, record: CaseRecord, seen: dict[int, tuple[int, int]], key: int, value: int, what: str
    ) -> list[Finding]:
        first, known = seen.setdefault(key, (record.line, value))
        if known == value:
            return []
        if what == "creditor":
            message = N_("the same contract and debtor as on line {other}, but another creditor.")
            return self._both(first, record.line, "case.creditor", "creditor_conflict", message)
        message = N_("the same case number as on line {other}, but another contract.")
        return self._both(first, record.line, "case.ref", "ref_twice", message)

    def _both(self, first: int, second: int, field: str, code: str, message: str) -> list[Finding]:
        label = self._labels.get(field, field)
        return [
            Finding(line, label, code, message, _DECIDE, {"other": other})
            for line, other in ((second, first), (first, second))
        ]


_DECIDE = N_("Keep the one that is right, and delete or correct the other.")
