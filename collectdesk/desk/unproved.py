"""Cases on which nobody could prove who they are (核实项不足, 政策第五条): named in the queue, not in mid-call."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import msgspec

from collectdesk.desk.case_files import CaseFiles
from collectdesk.store.case_rows import Ask, Scope

ASKED = 2
"""Identity items each creditor sets."""
SET = "SELECT org, identity_items FROM creditor"
UNDOCUMENTED = (
    "SELECT c.id FROM case_file c JOIN person p ON p.id = c.debtor "
    "WHERE COALESCE(p.id_number, '') = '' AND {scope} ORDER BY c.id"
)


class Unproved(NamedTuple):
    """What is missing, as a code, and whose act supplies it."""

    code: str
    released_by: str


NOT_SET = Unproved("creditor_items", "lead")
TOO_FEW = Unproved("identity_items", "import")


def unproved(ask: Ask, scope: Scope, files: CaseFiles) -> Mapping[int, Unproved]:
    """The cases of ``scope`` whose creditor set too few identity items, or whose file lacks one of them."""
    wanted = {int(org): _items(listed) for org, listed in ask(SET, {})}
    undocumented = {int(row[0]) for row in ask(UNDOCUMENTED.format(scope=scope.condition), scope.params)}
    found: dict[int, Unproved] = {}
    for case, row in files.cases.items():
        items = wanted.get(row.creditor, ())
        if len(items) < ASKED:
            found[case] = NOT_SET
        elif not all(_known(files, case, item, undocumented) for item in items):
            found[case] = TOO_FEW
    return found


def _items(listed: str | list[str] | None) -> list[str]:
    return msgspec.json.decode(listed, type=list[str]) if isinstance(listed, str) else listed or []


def _known(files: CaseFiles, case: int, item: str, undocumented: Collection[int]) -> bool:
    debtor = files.persons[files.cases[case].debtor]
    if item == "id_last4":
        return case not in undocumented
    if item == "birth_date":
        return bool(debtor.born_on)
    return item != "mobile_last4" or bool(files.numbers.get(debtor.id))
