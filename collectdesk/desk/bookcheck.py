"""Many cases at once: the same gate, the same facts, read in portions so that a book of any size fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from collectdesk.desk.case_files import CaseFiles, read_files
from collectdesk.desk.checking import Checked, check, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.window import Window
from collectdesk.store.case_rows import Ask, Scope

PORTION = 1_000
OPEN_DEBTORS = (
    "SELECT DISTINCT debtor FROM case_file WHERE status = 'open' AND debtor > :after ORDER BY debtor LIMIT :most"
)
KEYS = "SELECT id, debtor, code FROM case_file WHERE code = :code"


@dataclass(frozen=True)
class Row:
    """One case of the list: its number, and the answer; none when there is no such case."""

    code: str
    checked: Checked | None

    def to_json(self) -> dict[str, Any]:
        """As plain JSON: the answer, and what refuses."""
        assert self.checked is not None
        wire = self.checked.decision.to_wire()
        return {
            "case": self.code,
            "allowed": wire["allowed"],
            "next_allowed_at": wire["next_allowed_at"],
            "allowed_until": wire["allowed_until"],
            "blocks": [{"rule": block["rule"], "code": block["code"]} for block in wire["blocks"]],
            "warnings": [{"rule": block["rule"], "code": block["code"]} for block in wire["warnings"]],
        }


def check_all(window: Window, at: int) -> Iterator[Row]:
    """Every open case of the desk, debtor by debtor."""
    after = 0
    while found := window.ask(OPEN_DEBTORS, {"after": after, "most": PORTION}):
        last = int(found[-1][0])
        scope = Scope("c.status = 'open' AND c.debtor > :after AND c.debtor <= :last", {"after": after, "last": last})
        files = read_files(window.ask, scope)
        wanted = [case.id for case in files.cases.values() if case.status == "open"]
        yield from _checked(window, files, wanted, at)
        after = last


def check_named(window: Window, codes: Iterable[str], at: int) -> Iterator[Row]:
    """The cases with these numbers, in the order given."""
    portion: list[str] = []
    for code in codes:
        portion.append(code)
        if len(portion) == PORTION:
            yield from _named(window, portion, at)
            portion = []
    yield from _named(window, portion, at)


def _named(window: Window, codes: Sequence[str], at: int) -> Iterator[Row]:
    keys = {code: _key(window.ask, code) for code in codes}
    known = sorted(key for key in keys.values() if key is not None)
    answers: dict[str, Row] = {}
    if known:
        listed = ", ".join(str(key) for key in known)  # whole numbers of our own, never text that was typed
        files = read_files(window.ask, Scope(f"c.id IN ({listed})", {}))
        answers = {row.code: row for row in _checked(window, files, known, at)}
    for code in codes:
        yield answers.get(code) or Row(code, None)


def _key(ask: Ask, code: str) -> int | None:
    found = ask(KEYS, {"code": code})
    return int(found[0][0]) if found else None


def _checked(window: Window, files: CaseFiles, cases: Iterable[int], at: int) -> Iterator[Row]:
    gate = gate_in_force(window.ask, window.at)
    standing = cache(partial(window.standing, at))
    for case in cases:
        whose = standing(files.cases[case].collector)
        contact = Contact(case, files.cases[case].debtor, None, at)
        yield Row(files.cases[case].code, check(gate, files, contact, whose, window.lang, ahead=at > window.at))
