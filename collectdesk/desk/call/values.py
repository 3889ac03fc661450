"""Answers as they are typed, read by the kind of the question: the one parser of every driver."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from collectdesk.desk.call import typed_dates
from collectdesk.desk.call.question import ACK, NONE, Plain, Question
from collectdesk.errors import N_, BadData, UsageProblem

LONGEST = 4_000
MINOR_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0}
_AMOUNT = re.compile(r"(\d+)(?:\.(\d+))?")


def read(question: Question, raw: str, now: datetime) -> Plain:
    """``raw`` as the value ``question`` asks for.

    Amounts become minor units, dates ISO text, instants UTC seconds; local times are read by the clock ``now`` is told
    by, which is the debtor's.

    Raises:
        BadData: it is not such a value; the message never repeats it.
    """
    text = unicodedata.normalize("NFKC", raw).strip() if question.kind != "text" else raw.strip()
    if not text or (text == NONE and not question.required):
        return _nothing(question)
    return _READERS[question.kind](question, text, now)


def amount(text: str, currency: str) -> int:
    """``1,200.50`` in minor units.

    Raises:
        ValueError: not an amount, or finer than the currency.
    """
    found = _AMOUNT.fullmatch(text.replace(",", "").replace("，", "").strip())
    digits = MINOR_DIGITS.get(currency, 2)
    fraction = (found[2] or "").rstrip("0") if found else ""
    if found is None or len(fraction) > digits or len(found[1]) > 12:
        raise ValueError("not an amount")
    return int(found[1]) * int(10**digits) + int(fraction.ljust(digits, "0") or 0)


def _nothing(question: Question) -> Plain:
    if question.required:
        raise UsageProblem("answer_missing", N_("{field} needs an answer; nothing is assumed."), field=question.field)
    return [] if question.kind == "choices" else ""


def _ack(question: Question, text: str, _now: datetime) -> Plain:
    if text.casefold() not in (ACK, "y", "yes", "true", "1"):
        raise BadData("not_acknowledged", N_("{field} is answered with 'done'."), field=question.field)
    return ACK


def _choice(question: Question, text: str, _now: datetime) -> Plain:
    known = [option.code for option in question.options]
    if text not in known:
        raise _no_such(question, known)
    return text


def _choices(question: Question, text: str, _now: datetime) -> Plain:
    known = [option.code for option in question.options]
    picked = list(dict.fromkeys(part.strip() for part in re.split(r"[,、]", text) if part.strip()))
    if any(each not in known for each in picked):
        raise _no_such(question, known)
    if len(picked) < question.least:
        raise BadData("too_few", N_("{field} needs {least} or more."), field=question.field, least=question.least)
    return list(picked)


def _text(question: Question, text: str, _now: datetime) -> Plain:
    if question.required and not question.tries and not any(map(str.isalnum, text)):
        return _nothing(question)  # a dash is no answer, except to identity, where it is a refusal
    if len(text) > LONGEST:
        raise BadData("too_long", N_("{field} takes {most} characters at most."), field=question.field, most=LONGEST)
    return text


def _amount(question: Question, text: str, _now: datetime) -> Plain:
    try:
        return amount(text, question.currency)
    except ValueError:
        raise BadData("not_an_amount", N_("{field} is an amount such as 1200.50."), field=question.field) from None


def _date(question: Question, text: str, now: datetime) -> Plain:
    try:
        return typed_dates.day_of(text, now.date()).isoformat()
    except ValueError:
        raise BadData(
            "not_a_date", N_("{field} is a date such as 2026-11-30 or 11-30."), field=question.field
        ) from None


def _instant(question: Question, text: str, now: datetime) -> Plain:
    try:
        return int(typed_dates.moment_of(text, now).timestamp())
    except (ValueError, OverflowError):
        raise BadData(
            "not_an_instant", N_("{field} is a time such as 2026-11-24 10:00 or 10:00."), field=question.field
        ) from None


def _no_such(question: Question, known: list[str]) -> BadData:
    return BadData(
        "no_such_choice",
        N_("{field} is one of: {choices}."),
        field=question.field,
        choices=", ".join(known),
    )


_READERS = {
    "ack": _ack,
    "choice": _choice,
    "choices": _choices,
    "text": _text,
    "amount": _amount,
    "date": _date,
    "instant": _instant,
}
