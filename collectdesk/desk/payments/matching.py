"""Payments matched with cases and with what is on file (对账): each is new, known already, or refused by name.

No database: what the desk knows is handed in. A payment is the same as one on file when case, serial number, date and
amount are; without a serial number when case, date and amount are. Money that went back names the payment it takes
back by that one's serial number, shares its serial number, or is for what one payment still stands at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.vocabulary import normal
from collectdesk.desk.payments.reading import KIND, Record
from collectdesk.errors import N_


@dataclass(frozen=True)
class Target:
    """A case a payment may be for; ``currency`` is its statement's, where it has one."""

    key: int
    code: str
    contract_no: str
    creditor: str
    currency: str | None = None


@dataclass
class Entry:
    """A payment on file, or one this file brings: ``net`` is what it still stands at, in minor units."""

    case: int
    reference: str | None
    paid_on: str
    minor: int
    currency: str
    net: int
    key: int | None = None
    line: int = 0


@dataclass(frozen=True)
class Match:
    """What becomes of one record: ``new`` or ``same``; ``back`` is the payment that is taken back."""

    record: Record
    case: Target
    action: str
    entry: Entry | None = None
    back: Entry | None = None


@dataclass
class Outcome:
    """Every record's match, in the order they are to be written, and why others were refused."""

    matches: list[Match] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def mark(reference: str | None, paid_on: str, minor: int) -> str:
    """What a payment of one case has in every file that tells of it."""
    return f"{reference or ''}|{paid_on}|{minor}"


def match(
    records: Iterable[Record],
    targets: Iterable[Target],
    on_file: Iterable[Entry],
    marks: Mapping[int, set[str]],
    label: Callable[[str], str] = str,
) -> Outcome:
    """Match a file's records.

    Args:
        records: as read.
        targets: the cases they may be for.
        on_file: the payments those cases have, without the reversals.
        marks: of each case, the marks of everything on file, reversals too.
        label: the heading of a field, for messages.
    """
    room = _Room(targets, on_file, marks, label)
    rows = list(records)
    for record in [each for each in rows if each.minor >= 0]:
        room.take(record)
    back = [each for each in rows if each.minor < 0]  # it may stand above what it takes back
    for record in sorted(back, key=lambda each: not room.names(each)):  # else a sum would fit one file later only
        room.take(record)
    room.outcome.findings.sort(key=lambda finding: finding.line)
    return room.outcome


class _Room:
    """What is known while a file is matched."""

    def __init__(
        self,
        targets: Iterable[Target],
        on_file: Iterable[Entry],
        marks: Mapping[int, set[str]],
        label: Callable[[str], str],
    ) -> None:
        self.by_code: dict[str, Target] = {}
        self.by_contract: dict[str, list[Target]] = {}
        for target in targets:
            self.by_code[target.code] = target
            self.by_contract.setdefault(target.contract_no, []).append(target)
        self.entries: dict[int, list[Entry]] = {}
        for entry in on_file:
            self.entries.setdefault(entry.case, []).append(entry)
        self.marks = marks
        self.seen: dict[tuple[int, str], int] = {}
        self.label = label
        self.outcome = Outcome()

    def take(self, record: Record) -> None:
        """Match one."""
        case = self._case(record)
        if case is None or self._odd_currency(record, case):
            return
        name = mark(record.reference, record.paid_on, record.minor)
        first = self.seen.setdefault((case.key, name), record.line)
        if name in self.marks.get(case.key, ()) or (first != record.line and record.reference):
            self.outcome.matches.append(Match(record, case, "same"))
        elif first != record.line:
            self._refuse(record, "reference", "payment_twice", _TWICE, _NUMBER_IT, other=first)
        elif record.minor < 0:
            self._back(record, case)
        else:
            self._add(record, case)

    def names(self, record: Record) -> bool:
        """Whether it says by a serial number what it takes back."""
        case = self.by_code.get(record.ref or "")
        held = self.entries.get(case.key, []) if case is not None else []
        return bool(record.reverses) or any(each.reference == record.reference for each in held if record.reference)

    def _case(self, record: Record) -> Target | None:
        found = self.by_code.get(record.ref or "")
        if record.contract_no:
            several = self.by_contract.get(record.contract_no, [])
            if record.creditor:
                several = [each for each in several if normal(each.creditor) == normal(record.creditor)]
            if found is not None and found not in several:
                self._refuse(record, "ref", "case_differs", _DIFFERS, _CORRECT)
                return None
            if found is None and not record.ref and len(several) == 1:
                return several[0]
        if found is None:
            self._refuse(record, "ref", "case_unknown", _UNKNOWN, _IMPORT)
        return found

    def _odd_currency(self, record: Record, case: Target) -> bool:
        if case.currency in (None, record.currency):
            return False
        params = {"stated": case.currency or "", "paid": record.currency}
        self._refuse(record, "currency", "currency_differs", _CURRENCY, _STATE_IT, **params)
        return True

    def _add(self, record: Record, case: Target) -> None:
        held = self.entries.setdefault(case.key, [])
        if record.reference and any(each.reference == record.reference for each in held):
            self._refuse(record, "reference", "reference_taken", _TAKEN, _CORRECT)
            return
        entry = Entry(
            case.key, record.reference, record.paid_on, record.minor, record.currency, record.minor, line=record.line
        )
        held.append(entry)
        self.outcome.matches.append(Match(record, case, "new", entry))

    def _back(self, record: Record, case: Target) -> None:
        sought = -record.minor
        entry = self._taken_back(record, case, sought)
        if entry is None:
            self._refuse(record, "reverses", "reversal_unknown", _NOTHING_BACK, _NAME_IT)
        elif entry.net < sought:
            self._refuse(record, "amount", "reversal_too_much", _TOO_MUCH, _CORRECT)
        else:
            entry.net -= sought
            self.outcome.matches.append(Match(record, case, "new", back=entry))

    def _taken_back(self, record: Record, case: Target, sought: int) -> Entry | None:
        held = [each for each in self.entries.get(case.key, []) if each.currency == record.currency]
        if record.reverses:
            return next((each for each in held if each.reference == record.reverses), None)
        shared = next((each for each in held if record.reference and each.reference == record.reference), None)
        if shared is not None:
            return shared
        standing = [each for each in held if each.net == sought and each.paid_on <= record.paid_on]
        return max(standing, key=lambda each: (each.paid_on, each.key or 0, each.line), default=None)

    def _refuse(self, record: Record, name: str, code: str, message: str, hint: str, **params: str | int) -> None:
        finding = Finding(record.line, self.label(name), code, message, hint, params, table=KIND)
        self.outcome.findings.append(finding)


_UNKNOWN = N_("names no case of this desk, or more than one.")
_IMPORT = N_("Import the cases first; where two creditors share a contract number, name the creditor or the case.")
_DIFFERS = N_("the case number and the contract number are of different cases.")
_CORRECT = N_("Compare it with the source, and correct the line.")
_CURRENCY = N_("paid in {paid}, but the statement is in {stated}.")
_STATE_IT = N_("State the currency in its own column, or ask the creditor for the amount in the statement's.")
_TWICE = N_("the same case, date and amount as on line {other}, and no serial number to tell them apart.")
_NUMBER_IT = N_("Give each payment its serial number, or delete the line that is there twice.")
_TAKEN = N_("this serial number is on file with another date or amount.")
_NOTHING_BACK = N_("takes back a payment that is not on file.")
_NAME_IT = N_("Import the payment first, or name it by its serial number.")
_TOO_MUCH = N_("takes back more than the payment still stands at.")
