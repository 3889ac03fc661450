"""Cases on which nobody could prove who they are (核实项不足, 政策第五条): named in the queue, not in mid-call."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from collectdesk.store.case_rows import Ask

ASKED = 2
"""Identity items each creditor sets."""
PAPER = "id_last4"
SET = "SELECT org, identity_items FROM creditor"


class Unproved(NamedTuple):
    """What is missing, as a code, and whose act supplies it."""

    code: str
    released_by: str


NOT_SET = Unproved("creditor_items", "lead")
TOO_FEW = Unproved("identity_items", "import")


class Proofs:
    """What debtors may be asked to prove who they are, by creditor."""

    def __init__(self, ask: Ask) -> None:
        """As the creditors set it."""
        self._wanted = {int(org): _items(listed) for org, listed in ask(SET, {})}

    @property
    def papers(self) -> bool:
        """Whether any creditor has the number of an identity paper asked for."""
        return any(PAPER in items for items in self._wanted.values())

    def lacking(self, creditor: int, *, paper: bool, born: bool, number: bool) -> Unproved | None:
        """What a case of ``creditor`` lacks, if anything.

        ``paper``, ``born``, ``number``: whether the debtor's identity paper, date of birth, any number is on file.
        """
        items = self._wanted.get(creditor, ())
        if len(items) < ASKED:
            return NOT_SET
        missing = (
            (not paper and PAPER in items)
            or (not born and "birth_date" in items)
            or (not number and "mobile_last4" in items)
        )
        return TOO_FEW if missing else None


def _items(listed: str | list[str] | None) -> list[str]:
    return msgspec.json.decode(listed, type=list[str]) if isinstance(listed, str) else listed or []
