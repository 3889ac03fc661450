"""One row, one piece of the gate's question: each function turns a kind of row into the contract's type.

Public ids are those of ``store.ids``; a debt is called by its case number (案号), and a list of keys becomes a tuple of
ids. What a column does not know stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from collectdesk.desk.currencies import minor_digits
from collectdesk.gate import Instant, dial
from collectdesk.gate.periods import DateRange, Interval, Weekly
from collectdesk.gate.vocabulary import Channel, Opens, Purpose
from collectdesk.store import case_rows as rows

T = TypeVar("T")
Codes = Mapping[int, str]
"""Case numbers by key."""
Lines = Mapping[int, int]
"""For a number that several people have, the one key all of them go by; others go by their own."""


def at(value: int | None) -> Instant | None:
    """Seconds as an instant, unknown as unknown."""
    return None if value is None else Instant(value)


def day(value: str | None) -> date | None:
    """ISO text as a local date."""
    return None if value is None else date.fromisoformat(value)


def flag(value: bool | None) -> bool | None:
    """SQLite keeps 0 and 1."""
    return None if value is None else bool(value)


def name(letter: str, key: int | None) -> str | None:
    """``("p", 3)`` is ``p3``."""
    return None if key is None else f"{letter}{key}"


def amount(minor: int, currency: str) -> str:
    """Minor units as the exact decimal string of the contract.

    >>> amount(1248000, "CNY"), amount(1200, "JPY"), amount(-5, "CNY")
    ('12480.00', '1200', '-0.05')
    """
    digits = minor_digits(currency)
    whole, part = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def debt(row: rows.CaseRow, stated: rows.StatementRow | None, today: date, midnight: Instant | None) -> dial.Debt:
    """A case as the contract's debt: all of the statement's date, which ``midnight`` begins, else of ``today``."""
    return dial.Debt(
        id=row.code,
        creditor=name("o", row.creditor),
        group=row.debt_group,
        type=row.type,  # type: ignore[arg-type] # the column CHECKs the word
        signed_on=day(row.signed_on),
        due_on=day(row.due_on),
        days_past_due=_overdue(row, stated, today),
        as_of=day(stated.as_of) if stated else None,
        amount=amount(stated.total, stated.currency) if stated else None,
        currency=stated.currency if stated else None,
        statement_at=midnight,
        assigned_at=at(row.assigned_at),
        status=row.status,  # type: ignore[arg-type]
    )


def _overdue(row: rows.CaseRow, stated: rows.StatementRow | None, today: date) -> int | None:
    """Days past due on the statement's own date, before the due date less than none; without a statement ``today``."""
    if stated is not None and stated.days_past_due is not None:
        return stated.days_past_due
    if row.due_on is None:
        return None
    on = date.fromisoformat(stated.as_of) if stated else today
    return (on - date.fromisoformat(row.due_on)).days


def days_past_due(row: rows.CaseRow, stated: rows.StatementRow | None, today: date) -> int | None:
    """As the creditor stated, plus the days since; else counted from the due date."""
    if stated is None:
        return past_due(None, None, row.due_on, today)
    return past_due(stated.days_past_due, stated.as_of, row.due_on, today)


def past_due(stated: int | None, as_of: str | None, due_on: str | None, today: date) -> int | None:
    """``days_past_due`` of the bare columns: stated as of a date, or due on one."""
    if stated is not None and as_of is not None:
        return max(0, stated + (today - date.fromisoformat(as_of)).days)
    if due_on is not None:
        return max(0, (today - date.fromisoformat(due_on)).days)
    return None


def person(row: rows.PersonRow, party: rows.PartyRow | None) -> dial.Person:
    """A person in the role they have in the case; without a party row the debtor."""
    return dial.Person(
        id=f"p{row.id}",
        role=party.role if party else "debtor",  # type: ignore[arg-type]
        reserved=flag(party.reserved) if party else None,
        agreed=flag(party.agreed) if party else None,
        capacity=row.capacity,  # type: ignore[arg-type]
        born_on=day(row.born_on),
        died_on=day(row.died_on),
        authority=_authority(party),
        treated_as_debtor=flag(party.treated_as_debtor) if party else None,
    )


def _authority(party: rows.PartyRow | None) -> dial.Authority | None:
    if party is None or party.authority_evidence is None:
        return None
    return dial.Authority(
        since=at(party.authority_from), until=at(party.authority_until), evidence=party.authority_evidence
    )


def line(key: int | None, lines: Lines) -> str | None:
    """The public id of the telephone line behind a number's key."""
    return None if key is None else f"n{lines.get(key, key)}"


def number(row: rows.NumberRow, lines: Lines) -> dial.Number:
    """A number with its lawful source (号码来源)."""
    return dial.Number(
        number=f"n{lines.get(row.id, row.id)}",
        person=f"p{row.person}",
        class_=row.class_,  # type: ignore[arg-type]
        place=row.place,  # type: ignore[arg-type]
        source=row.source,  # type: ignore[arg-type]
        status=row.status,  # type: ignore[arg-type]
        status_at=at(row.status_at),
        confirmed_at=at(row.confirmed_at),
    )


def event(row: rows.EventRow, codes: Codes, lines: Lines) -> dial.Event:
    """A contact that happened.

    Its parts stand in the contract's order: of all that is read for a question most are these, and names take as long
    as everything else about them.
    """
    return dial.Event(
        f"e{row.id}",
        Instant(row.at),
        Instant(row.recorded_at),
        row.kind,  # type: ignore[arg-type]
        name("o", row.org),
        row.direction,  # type: ignore[arg-type]
        name("p", row.person),
        name("p", row.answered_by),
        line(row.number, lines),
        row.channel,  # type: ignore[arg-type]
        flag(row.automated),
        row.line,  # type: ignore[arg-type]
        row.talk,  # type: ignore[arg-type]
        row.identity,  # type: ignore[arg-type]
        row.ended_by,  # type: ignore[arg-type]
        row.duration_s,
        row.message,  # type: ignore[arg-type]
        debts(row.debts, codes),
        debts(row.discussed, codes),
        row.purpose,  # type: ignore[arg-type]
        reply_to=name("e", row.reply_to),
    )


def consent(row: rows.ConsentRow, codes: Codes, lines: Lines) -> dial.Consent:
    """What somebody agreed to."""
    return dial.Consent(
        id=f"s{row.id}",
        opens=_typed(row.opens, tuple[Opens, ...]),
        by=f"p{row.by_person}",
        to=name("o", row.to_org),
        debts=debts(row.debts, codes),
        numbers=tuple(f"n{lines.get(key, key)}" for key in _list(row.numbers)),
        channels=_typed(row.channels, tuple[Channel, ...]),
        given_at=Instant(row.given_at),
        start=at(row.from_at),
        until=at(row.until),
        only=tuple(Interval(at(each.get("from")), at(each.get("to"))) for each in _list(row.only_in)),
        weekly=_typed(row.weekly, tuple[Weekly, ...]),
        via=row.via,  # type: ignore[arg-type]
        in_event=name("e", row.in_event),
        evidence=row.evidence,
        revoked_at=at(row.revoked_at),
    )


def designation(row: rows.DesignationRow, codes: Codes, lines: Lines) -> dial.Designation:
    """Inconvenient or wanted times, places, numbers, channels (不方便 / 指定)."""
    dates = DateRange(day(row.dates_from), day(row.dates_until)) if row.dates_from or row.dates_until else None
    return dial.Designation(
        id=f"d{row.id}",
        by=name("p", row.by_person),
        via=row.via,  # type: ignore[arg-type]
        kind=row.kind,  # type: ignore[arg-type]
        weekly=_typed(row.weekly, tuple[Weekly, ...]),
        dates=dates,
        place=row.place,  # type: ignore[arg-type]
        number=line(row.number, lines),
        channel=row.channel,  # type: ignore[arg-type]
        debts=debts(row.debts, codes),
        start=at(row.from_at),
        until=at(row.until),
        revoked_at=at(row.revoked_at),
    )


def hold(row: rows.HoldRow, codes: Codes) -> dial.Hold:
    """A reason to leave somebody or a debt alone (停催); what it came of stays at the desk, no rule asks for it."""
    return dial.Hold(
        id=f"h{row.id}",
        kind=row.kind,  # type: ignore[arg-type]
        debts=debts(row.debts, codes),
        persons=keys("p", row.persons),
        received_at=Instant(row.received_at),
        until=at(row.until),
        lifted_at=at(row.lifted_at),
        allows=_typed(row.allows, tuple[Purpose, ...]),
        counsel_known=flag(row.counsel_known),
    )


def notice(row: rows.NoticeRow, codes: Codes) -> dial.Notice:
    """A written notice that was sent (告知)."""
    return dial.Notice(
        kind=row.kind,  # type: ignore[arg-type]
        debts=debts(row.debts, codes),
        person=name("p", row.person),
        sent_at=at(row.sent_at),
        received_at=at(row.received_at),
        returned_at=at(row.returned_at),
    )


def vouched_at(row: rows.AttestationRow) -> Instant:
    """When the notice a lead vouches for was given; one vouched for without its date counts from the word itself."""
    return Instant(vouched_from(row.at, row.scope))


def vouched_from(said_at: int, scope: str | None) -> int:
    """``vouched_at`` of the bare columns."""
    told = msgspec.json.decode(scope or "null", type=dict[str, Any] | None) or {}
    return int(told.get("sent_at") or said_at)


def permit(row: rows.PermitRow, debtor: int, codes: Codes, lines: Lines) -> dial.Permit:
    """An open permit: a granted one lapses by itself, a shown one stays until its call is resolved.

    One on the file of the same ``debtor`` is about all of the debtor's debts, for a debtor is called by one at a time.
    """
    shown = row.state == "shown"
    return dial.Permit(
        id=f"t{row.id}",
        person=f"p{row.person}",
        number=line(row.number, lines),
        debts=() if row.debtor == debtor else debts(row.debts, codes),
        at=Instant(row.shown_at if shown and row.shown_at is not None else row.granted_at),
        until=None if shown else Instant(row.expires_at),
        shown=shown,
    )


def debts(text: str, codes: Codes) -> tuple[str, ...]:
    """JSON keys of cases as their numbers; a case of another debtor's file keeps its key."""
    return () if text == "[]" else tuple([codes.get(key) or f"case-{key}" for key in _keys(text)])


def keys(letter: str, text: str) -> tuple[str, ...]:
    """JSON keys as public ids."""
    return () if text == "[]" else tuple(f"{letter}{key}" for key in _list(text))


@lru_cache(maxsize=4_096)
def _keys(text: str) -> tuple[int, ...]:
    """The calls of a case are about the same debts over and over."""
    return msgspec.json.decode(text, type=tuple[int, ...])


def _list(text: str) -> Iterable[Any]:
    return msgspec.json.decode(text, type=list)


def _typed(text: str, kind: type[T]) -> T:
    return msgspec.json.decode(text, type=kind)
