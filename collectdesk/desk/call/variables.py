"""The words a script line may need, as text in the call's language; what is not known is left out, never blank."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collectdesk.desk.call.casefile import CaseFile, Party
from collectdesk.desk.call.state import Call

DIGITS = {"JPY": 0, "KRW": 0, "VND": 0}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CURRENCY_ZH = {"CNY": ("人民币", "元"), "USD": ("美元", "元"), "HKD": ("港币", "元"), "EUR": ("欧元", "元")}
_OBLIGORS = {
    "co_debtor": ("共同借款人", "co-borrower"),
    "guarantor": ("保证人", "guarantor"),
    "guardian": ("监护人", "guardian"),
    "heir": ("继承人", "heir"),
}


def of_case(call: Call) -> dict[str, str]:
    """Everything the case and the collector can say; only the lock decides who hears which."""
    case, lang = call.case, call.language
    known = {
        **of_file(case, lang, call.now),
        "staff_number": call.collector.number,
        "addressee": call.called.name,
        "obligor_role": role(_speaking_role(call), lang),
    }
    return {name: value for name, value in known.items() if value}


def of_file(case: CaseFile, lang: str, at: int) -> dict[str, str | None]:
    """What the case alone says at ``at``, whoever speaks or writes."""
    return {
        "company": case.company,
        "creditor": case.creditor_name,
        "sought": case.debtor.name,
        "hotline": case.hotline,
        "desk_line": case.hotline,
        "product": case.product,
        "contract": case.contract_no,
        **_amounts(case, lang),
        **_overdue(case, at, lang),
    }


def _speaking_role(call: Call) -> str:
    person = call.word("party", "person")
    who = case_party(call, person) if person else None
    return who.role if who else call.called.role


def case_party(call: Call, name: str) -> Party | None:
    """Somebody in the case by public id."""
    return call.case.party(int(name[1:])) if name[1:].isdigit() else None


def money(minor: int, currency: str, lang: str) -> str:
    """An amount as it is said: ``人民币12,480.00元``, ``CNY 12,480.00``."""
    digits = DIGITS.get(currency, 2)
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{'-' if minor < 0 else ''}{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
    if lang == "en" or currency not in _CURRENCY_ZH:
        return f"{currency} {text}"
    name, unit = _CURRENCY_ZH[currency]
    return f"{name}{text}{unit}"  # without spaces, so that no line break falls inside


def day(value: date | str, lang: str) -> str:
    """A date as it is said: ``2026年11月22日``, ``22 Nov 2026``."""
    when = date.fromisoformat(value) if isinstance(value, str) else value
    if lang == "en":
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return f"{when.year}年{when.month}月{when.day}日"


def moment(at: int, zone: str, lang: str) -> str:
    """An instant as it is said, on the debtor's clock."""
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    return f"{day(local.date(), lang)} {local:%H:%M}"


def role(code: str, lang: str) -> str | None:
    """An obligor's role in words."""
    words = _OBLIGORS.get(code)
    return words[lang == "en"] if words else None


def _amounts(case: CaseFile, lang: str) -> dict[str, str | None]:
    stated = case.statement
    if stated is None:
        return {}
    parts = {"total": stated.total, "principal": stated.principal, "interest": stated.interest, "fees": stated.fees}
    said: dict[str, str | None] = {name: money(minor, stated.currency, lang) for name, minor in parts.items()}
    return {**said, "as_of": day(stated.as_of, lang)}


def _overdue(case: CaseFile, now: int, lang: str) -> dict[str, str | None]:
    today = case.today(now)
    days = case.days_past_due(today)
    if days is None:
        return {}
    since = today - timedelta(days=days)
    return {"days": str(days), "since": day(since, lang)}
