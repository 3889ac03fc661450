"""The order of work: what may lawfully be called now comes first, by what is due, then by age and amount.

Of each case: what is due, when it may be called, why not now, and how many dials and talks the day still has. The
answers come from the same gate and the same facts as a single check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from collectdesk.desk.case_files import CaseFiles, read_files
from collectdesk.desk.checking import Checked, check, gate_in_force
from collectdesk.desk.due import Due, due_of
from collectdesk.desk.facts import Contact
from collectdesk.desk.left import Left, left_today
from collectdesk.desk.window import Window
from collectdesk.gate import Gate
from collectdesk.store.case_rows import Scope, keys_of, work_of, work_of_team

State = Literal["now", "later", "act"]
STATES: Mapping[State, int] = {"now": 0, "later": 1, "act": 2}
NEVER = 1 << 60
MONTH = 30
LAST_BUCKET = 7


@dataclass(frozen=True)
class Entry:
    """One case of the queue.

    ``state``: lawful *now*, *later* by time alone, or only after somebody's *act*. ``bucket`` counts months past due
    (M1 is 1–30 days). ``lacks`` are the reasons that a person's act must remove, as code and whose act.
    """

    case: int
    code: str
    state: State
    checked: Checked
    due: Due | None
    days_past_due: int | None
    amount: int | None
    currency: str | None
    left: Left
    collector: int | None

    @property
    def bucket(self) -> str:
        """``M1`` … ``M6``, beyond that ``M6+``, ``M0`` when nothing is past due; empty when not known."""
        if self.days_past_due is None:
            return ""
        months = -(-self.days_past_due // MONTH)
        return f"M{months}" if months < LAST_BUCKET else "M6+"

    @property
    def lacks(self) -> list[tuple[str, str]]:
        """What time alone does not open: the code of each reason, and whose act would."""
        return [(each.code, each.released_by) for each in self.checked.decision.blocks if each.released_by]

    @property
    def reason(self) -> str:
        """The code of the reason that holds longest; empty when it may be called."""
        blocks = self.checked.decision.blocks
        if not blocks:
            return ""
        return max(blocks, key=lambda each: NEVER if each.opens_at is None else each.opens_at).code


def queue(window: Window, *, team: bool = False, limit: int | None = None) -> list[Entry]:
    """The open cases of the signed-in collector, or of the whole team, in the order to call them."""
    mine = window.staff.team if team else None
    scope = work_of(window.staff.id) if mine is None else work_of_team(mine)
    return _ordered(_entries(window, scope))[:limit]


def case_count(entries: Iterable[Entry]) -> dict[State, int]:
    """How many cases stand where."""
    counts: dict[State, int] = dict.fromkeys(STATES, 0)
    for each in entries:
        counts[each.state] += 1
    return counts


def _entries(window: Window, scope: Scope) -> list[Entry]:
    files = read_files(window.ask, scope)
    gate = gate_in_force(window.ask, window.at)
    standing = window.standing()
    due = due_of(window.ask, scope, files, window.at)
    found = []
    for case in keys_of(window.ask, scope):
        first = due.get(case)
        contact = Contact(case, files.cases[case].debtor, None, window.at, first.purpose if first else "collect")
        answer = check(gate, files, contact, standing, window.lang)
        found.append(_entry(window, gate, files, case, answer, first))
    return found


def _entry(window: Window, gate: Gate, files: CaseFiles, case: int, answer: Checked, due: Due | None) -> Entry:
    row, stated = files.cases[case], files.statements.get(case)
    opens = answer.decision.next_allowed_at
    return Entry(
        case=case,
        code=row.code,
        state="now" if answer.decision.allowed else "later" if opens is not None else "act",
        checked=answer,
        due=due,
        days_past_due=files.days_past_due(case, window.at),
        amount=stated.total if stated else None,
        currency=stated.currency if stated else None,
        left=left_today(gate, answer.dial),
        collector=row.collector,
    )


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=_place)


def _place(entry: Entry) -> tuple[Any, ...]:
    """Lawful now; then what is due, in its order; then older debts, larger ones, and the case number."""
    opens = entry.checked.decision.next_allowed_at
    due = entry.due
    return (
        STATES[entry.state],
        opens if entry.state == "later" and opens is not None else 0,
        due.rank if due else NEVER,
        due.at if due else NEVER,
        -(entry.days_past_due or 0),
        -(entry.amount or 0),
        entry.code,
    )
