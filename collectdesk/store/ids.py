"""Public ids: the integer key behind a letter, in the one place that knows the letters.

=========== ======= =========================
row         id      contract field
=========== ======= =========================
person      ``p3``  ``persons[].id``
number      ``n5``  ``numbers[].number`` (the digits stay in the store)
case_file   its code, ``A-1007``: ``debts[].id``
contact_event ``e17`` ``events[].id``
consent     ``s4``
designation ``d2``
hold        ``h9``
permit      ``t8``
org         ``o1``  ``orgs[].id``, ``debts[].creditor``
staff       their number, ``8001``: ``standing.collector``
=========== ======= =========================
"""

from __future__ import annotations

LETTERS = {
    "person": "p", "number": "n", "contact_event": "e", "consent": "s", "designation": "d", "hold": "h",
    "permit": "t", "org": "o", "call": "c", "verdict": "v", "notice": "w", "promise": "r", "payment": "y",
    "callback": "b", "objection": "j", "complaint": "k", "emergency": "g", "note": "m", "violation": "i",
    "request": "u", "outside_officer": "x", "plan": "f", "conduct_warning": "a", "referral": "q",
    "found_recording": "l", "destruction": "z", "quality_review": "c", "dial_finding": "df", "letter": "lt",
}  # fmt: skip


def public(table: str, key: int) -> str:
    """``("contact_event", 17)`` → ``"e17"``."""
    return f"{LETTERS[table]}{key}"


def private(table: str, name: str) -> int | None:
    """``("contact_event", "e17")`` → ``17``; none when the text is not such an id."""
    letters = LETTERS[table]
    digits = name.removeprefix(letters)
    plain = digits.isascii() and digits.isdigit() and not digits.startswith("0")
    return int(digits) if name.startswith(letters) and plain else None
