"""Numbers that have no place in free text: bank cards, accounts, identity documents.

Digits may be full-width, Chinese (六二二二) or set in equal groups; what is found is told only by its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from collectdesk.desk.phrases import fold_digits

Detector: TypeAlias = Literal["card_number", "account_number", "resident_id"]

_BETWEEN = frozenset(" -_·\u3000\u00a0\u200b\u2009－—")
_ACCOUNT_WORDS = (
    "账号",
    "帐号",
    "账户",
    "帐户",
    "卡号",
    "account number",
    "account no",
    "account:",
    "acct",
    "a/c",
    "iban",
)
_NEAR = 16
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class DigitRun(NamedTuple):
    """Digits that stand together: the digits, their place in the text, and the length of each group."""

    digits: str
    start: int
    end: int
    groups: tuple[int, ...]


def digit_runs(text: str) -> Iterator[DigitRun]:
    """Runs of digits, groups set apart by one or two spaces or dashes taken together."""
    digits, groups, start, last = "", [0], 0, -1
    for at, char in enumerate(text):
        digit = fold_digits(char)
        if not digit:
            if digits and (char not in _BETWEEN or at - last > 2):
                yield DigitRun(digits, start, last + 1, tuple(groups))
                digits, groups = "", [0]
            continue
        if not digits:
            start = at
        elif at - last > 1:
            groups.append(0)
        digits, last = digits + digit, at
        groups[-1] += 1
    if digits:
        yield DigitRun(digits, start, last + 1, tuple(groups))


def _evenly_grouped(run: DigitRun) -> bool:
    """Whether the groups are a card's and not, say, two dates side by side."""
    *heads, tail = run.groups
    return not heads or (len(set(heads)) == 1 and tail <= heads[0])


def luhn(digits: str) -> bool:
    """Whether the last digit checks by the formula payment cards use (ISO/IEC 7812-1)."""
    doubled = (int(each) * 2 if at % 2 else int(each) for at, each in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def resident_check(digits: str) -> str:
    """The check sign of a resident identity number's first 17 digits (GB 11643)."""
    return _CHECKS[sum(int(each) * weight for each, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def _resident_ids(text: str) -> Iterator[tuple[int, int]]:
    for run in digit_runs(text):
        following = text[run.end : run.end + 1]
        body, check, end = run.digits[:17], run.digits[17:], run.end
        if len(run.digits) == 17 and following in ("x", "X", "Ｘ", "ｘ"):
            check, end = "X", run.end + 1
        dated = body[6:8] in ("18", "19", "20") and "01" <= body[10:12] <= "12" and "01" <= body[12:14] <= "31"
        if len(body) == 17 and len(check) == 1 and dated and resident_check(body) == check:
            yield run.start, end


def _card_numbers(text: str) -> Iterator[tuple[int, int]]:
    people = set(_resident_ids(text))
    for run in digit_runs(text):
        looks = 13 <= len(run.digits) <= 19 and _evenly_grouped(run) and len(set(run.digits)) > 1
        if looks and (run.start, run.end) not in people and luhn(run.digits):
            yield run.start, run.end


def _account_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Eight digits or more soon after a word for account or card."""
    lowered = "".join(unicodedata.normalize("NFKC", char)[:1].lower() or char for char in text)
    for run in digit_runs(text):
        lead = lowered[max(0, run.start - _NEAR) : run.start]
        if 8 <= len(run.digits) <= 34 and any(word in lead for word in _ACCOUNT_WORDS):
            yield run.start, run.end


DETECTORS: dict[Detector, Callable[[str], Iterator[tuple[int, int]]]] = {
    "card_number": _card_numbers,
    "account_number": _account_numbers,
    "resident_id": _resident_ids,
}
