"""The brief's four panes (案情四栏, policy article 4.1): client, debt, contract terms, whole history."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal

import msgspec

from collectdesk.desk.call.casefile import CaseFile, Past
from collectdesk.desk.call.question import Cell, Pane, PaneRow, Plain

PANES = ("client", "debt", "terms", "history")
Mark = Literal["", "new", "gone"]


def pane(code: str, case: CaseFile, now: int) -> Pane:
    """One pane of the brief, whole."""
    rows = {"client": _client, "debt": _debt, "terms": _terms, "history": _history}[code](case, now)
    return Pane(code, tuple(row for row in rows if row.value is not None))


def kept(shown: Pane) -> Plain:
    """A pane as it is kept beside its acknowledgement."""
    return list(msgspec.to_builtins(shown.rows))


def digest(panes: Plain) -> str:
    """What was shown, in a few characters."""
    return hashlib.sha256(msgspec.json.encode(panes, order="deterministic")).hexdigest()


def difference(shown: Pane, before: Plain) -> Pane:
    """Only what is new or gone since ``before`` (as ``kept``) was acknowledged."""
    old = msgspec.convert(before, tuple[PaneRow, ...])
    rows = [_marked(row, "new") for row in shown.rows if row not in old]
    rows += [_marked(row, "gone") for row in old if row not in shown.rows]
    return Pane(shown.code, tuple(rows), partial=True)


def _marked(row: PaneRow, mark: Mark) -> PaneRow:
    return msgspec.structs.replace(row, mark=mark)


def _row(code: str, kind: Cell, value: Plain, table: str = "", currency: str = "") -> PaneRow:
    return PaneRow(code, kind, value, table, currency)


def _client(case: CaseFile, _now: int) -> list[PaneRow]:
    debtor = case.debtor
    rows = [
        _row("name", "name", debtor.name),
        _row("document", "document", debtor.id_number),
        _row("born_on", "date", debtor.born_on),
        _row("capacity", "code", debtor.capacity, "capacity"),
        _row("city", "text", debtor.city),
        _row("language", "code", case.language, "language"),
    ]
    for line in case.numbers:
        owner = case.party(line.person)
        role = owner.role if owner else "other"
        rows.append(_row("number", "number", {"number": line.number, "role": role, "status": line.status}))
    others = (party for party in case.parties if party.person != debtor.person)
    rows.extend(_row("party", "code", party.role, "role") for party in others)
    return rows


def _debt(case: CaseFile, now: int) -> list[PaneRow]:
    stated = case.statement
    rows = [
        _row("creditor", "text", case.creditor_name),
        _row("product", "text", case.product),
        _row("debt_type", "code", case.type, "debt_type"),
    ]
    if stated is not None:
        parts = {"total": stated.total, "principal": stated.principal, "interest": stated.interest, "fees": stated.fees}
        rows += [_row(name, "amount", minor, "", stated.currency) for name, minor in parts.items()]
        rows.append(_row("as_of", "date", stated.as_of))
        if case.paid:
            paid = {"paid": case.paid, "left": case.left}
            rows += [_row(name, "amount", minor, "", stated.currency) for name, minor in paid.items()]
    rows.append(_row("days_past_due", "days", case.days_past_due(case.today(now))))
    rows.append(_row("due_on", "date", case.due_on))
    rows += [_row("hold", "code", held.kind, "hold") for held in case.holds]
    return rows


def _terms(case: CaseFile, _now: int) -> list[PaneRow]:
    rows = [_row("contract", "document", case.contract_no), _row("signed_on", "date", case.signed_on)]
    rows += [
        _row("term", "both", {"term": term.code, "clause": term.clause, "content": term.content}) for term in case.terms
    ]
    rows += [_row("consequence", "code", each.code, "consequence") for each in case.consequences]
    rows += [_row("notice", "code", each.kind, "notice") for each in case.notices]
    return rows


def _history(case: CaseFile, _now: int) -> list[PaneRow]:
    rows = [_event(past) for past in case.history]
    for each in case.promises:
        value: Plain = {"amount": each.amount, "currency": each.currency, "on": each.pay_on, "status": each.status}
        rows.append(_row("promise", "both", value))
    return rows or [_row("no_history", "flag", value=True)]


def _event(past: Past) -> PaneRow:
    value: Plain = {
        "at": past.at,
        "kind": past.kind,
        "direction": past.direction,
        "own": past.own,
        "org": past.org,
        "line": past.line,
        "talk": past.talk,
        "outcome": past.outcome,
    }
    return _row("event", "both", value)


def statement_age(case: CaseFile, today: date) -> int | None:
    """Days since the statement."""
    return (today - date.fromisoformat(case.statement.as_of)).days if case.statement else None
