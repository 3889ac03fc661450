"""A file of payments read and judged without a database: records, findings, what it is made of.

The rooms of the case file's import do it: any encoding, headings in Chinese or English, a mapping file, damage by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

from msgspec import Struct

from collectdesk.desk.importing.amounts import read_signed
from collectdesk.desk.importing.casefile import Notes, lines_of
from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.headings import Layout, lay_out
from collectdesk.desk.importing.line import Line, Table
from collectdesk.desk.importing.mapping import Mapping
from collectdesk.desk.importing.source import Source, open_source
from collectdesk.desk.importing.statement import read_currency
from collectdesk.desk.importing.vocabulary import Vocabulary
from collectdesk.errors import N_, BadData

KIND: Literal["payments"] = "payments"
CURRENCY = "CNY"
"""What an amount is of where the file does not say."""


class Record(Struct, frozen=True):
    """One line: ``minor`` is below zero for money that went back; its case is named by ``ref`` or by its contract."""

    line: int
    ref: str | None
    creditor: str | None
    contract_no: str | None
    reference: str | None
    paid_on: str
    minor: int
    currency: str
    channel: str | None
    reverses: str | None


@dataclass
class PaymentFile:
    """A file as read: what can be used, what cannot, and why."""

    source: Source
    layouts: list[Layout]
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep a line out."""
        return [finding for finding in self.findings if finding.severity == "error"]

    def label(self, name: str) -> str:
        """The heading of a field in this file; of where the case is named, whichever it has."""
        columns = self.layouts[0].columns
        found = columns.get(f"{KIND}.{name}") or (columns.get(f"{KIND}.contract_no") if name == "ref" else None)
        return found.label if found else name


def read_payments(path: Path, *, today: date, mapping: Mapping | None = None) -> PaymentFile:
    """Read a file of payments.

    Args:
        path: the file.
        today: the desk's local date; nothing was paid after it.
        mapping: for odd headings and words.
    Raises:
        NotFound, BadData: the file as a whole cannot be used (``source.open_source``, ``headings.lay_out``).
    """
    mapping = mapping or Mapping()
    source = open_source(path, encoding=mapping.file.encoding, delimiter=mapping.file.delimiter)
    file = PaymentFile(source, lay_out(source.sheets, mapping, (KIND,)))
    layout, notes = file.layouts[0], Notes()
    notes.take([*source.notes, *layout.notes])
    table = Table(layout, mapping, Vocabulary(mapping.values), today)
    for number, cells in lines_of(layout):
        file.lines += 1
        line = Line(table, number, cells)
        record = _read(line)
        if record is not None:
            file.records.append(record)
        notes.take(finding for finding in line.findings if finding.severity == "note")
        file.findings += [finding for finding in line.findings if finding.severity == "error"]
    file.findings = notes.listed() + file.findings
    if not file.lines:
        raise BadData("no_lines", N_("There are headings and nothing below them."), hint=N_("Export it again."))
    return file


def _read(line: Line) -> Record | None:
    """The record, or none when the line has an error."""
    ref, contract = line.serial("payments.ref"), line.serial("payments.contract_no")
    if not (ref or contract):
        line.require("payments.ref" if "payments.ref" in line.table.columns else "payments.contract_no", None)
    paid_on = line.day("payments.paid_on", past=True)
    line.require("payments.paid_on", paid_on)
    currency = line.read("payments.currency", partial(read_currency, line.table.vocabulary)) or CURRENCY
    reverses = line.serial("payments.reverses")
    kind = line.code("payments.kind", "payment_kind")
    back = kind == "reversal" or reverses is not None
    record = Record(
        line.number, ref, line.text("payments.creditor"), contract, line.serial("payments.reference"), paid_on or "",
        _minor(line, currency, back=back, paid=kind == "payment"), currency, line.text("payments.channel"), reverses,
    )  # fmt: skip
    return None if line.broken else record


def _minor(line: Line, currency: str, *, back: bool, paid: bool) -> int:
    """The amount; ``back``: the line says that it is a reversal, so it is below zero however it is written.

    ``paid``: the line says that it is a payment, so below zero it says two things at once, and neither is guessed.
    """
    column = line.table.columns.get("payments.amount")
    unit = column.unit if column else 1
    minor = line.amount("payments.amount", lambda cell: read_signed(cell, currency, unit), unit)
    line.require("payments.amount", minor is not None)
    if minor == 0:
        line.refuse("payments.amount", "amount_zero", N_("an amount of zero."), N_("Delete the line."))
    if paid and not back and minor is not None and minor < 0:
        line.refuse("payments.amount", "payment_negative", N_("below zero, where the line says payment."), _WHICH)
    return -abs(minor or 0) if back else minor or 0


_WHICH = N_("Write reversal as its kind if the money was taken back; otherwise take the sign off.")
