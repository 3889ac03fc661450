"""The order of work: what may lawfully be called now comes first, by what is due, then by age and amount.

Of each case: what is due, when it may be called, why not now, and how many dials and talks the day still has. The
answers come from the same gate and the same facts as a single check, shared as a check of the whole book shares them
(``sharing``). In one's own queue every call would be one's own; in the team's and the desk's each case is asked about
for the collector who has it, whereas a check asks for whoever is signed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from collectdesk.desk.due import Due
from collectdesk.desk.facts import Contact
from collectdesk.desk.left import Left
from collectdesk.desk.sharing import DEBTORS, Sharing, in_portions, portions
from collectdesk.desk.single import Answered, Singly
from collectdesk.desk.unproved import Unproved
from collectdesk.desk.window import Window
from collectdesk.desk.worklist import Placed, Work
from collectdesk.errors import N_, NotPermitted
from collectdesk.gate import Decision
from collectdesk.store.book_rows import LINES, NAMES, these
from collectdesk.store.case_rows import Scope, all_open, work_of, work_of_team
from collectdesk.store.past_rows import WHOLE, past_of

if TYPE_CHECKING:
    from collectdesk.store.book_rows import Stretch

State = Literal["now", "later", "act"]
Whose = Literal["own", "team", "all"]
OVERSEERS = ("lead", "admin", "officer")
"""Who may see every case of the desk."""
STAFF = "SELECT id, number FROM staff"
OPEN = "SELECT c.debtor, c.id FROM case_file c WHERE {scope} ORDER BY c.debtor, c.id"
STATES: Mapping[State, int] = {"now": 0, "later": 1, "act": 2}
NEVER = 1 << 60
NOTHING_DUE = (NEVER, NEVER)
MONTH = 30
LAST_BUCKET = 7


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands at an instant, by an answer about it.

    ``state``: lawful *now*, *later* by time alone, or only after somebody's *act*. ``lacks`` are the reasons that a
    person's act must remove, as code and whose act; among them ``unproved``: too few identity items to make the call
    with.
    """

    state: State
    decision: Decision
    left: Left
    unproved: Unproved | None

    @property
    def lacks(self) -> list[tuple[str, str]]:
        """What time alone does not open: the code of each reason, and whose act would."""
        held: list[tuple[str, str]] = [
            (each.code, each.released_by) for each in self.decision.blocks if each.released_by
        ]
        return [*held, (self.unproved.code, self.unproved.released_by)] if self.unproved else held

    @property
    def reason(self) -> str:
        """The code of the reason that holds longest; empty when it may be called."""
        blocks = self.decision.blocks
        if self.unproved and (not blocks or self.decision.next_allowed_at is not None):
            return self.unproved.code
        if not blocks:
            return ""
        return max(blocks, key=lambda each: NEVER if each.opens_at is None else each.opens_at).code


class Entry(Stand, frozen=True, kw_only=True):
    """One case of the queue.

    ``bucket`` counts months past due (M1 is 1–30 days). ``collector`` is the staff number of whose case it is;
    ``name`` the debtor's, which no face shows unmasked.
    """

    contact: Contact
    code: str
    due: Due | None
    days_past_due: int | None
    amount: int | None
    currency: str | None
    collector: str | None
    name: str

    @property
    def bucket(self) -> str:
        """``M1`` … ``M6``, beyond that ``M6+``, ``M0`` when nothing is past due; empty when not known."""
        if self.days_past_due is None:
            return ""
        months = -(-self.days_past_due // MONTH)
        return f"M{months}" if months < LAST_BUCKET else "M6+"


def queue(window: Window, whose: Whose = "own", *, limit: int | None = None) -> list[Entry]:
    """The open cases of the signed-in collector, of the whole team, or of the desk, in the order to call them.

    Raises:
        NotPermitted: a collector asks for the whole desk's.
    """
    return ordered(_Queue(window, _scope(window, whose), own=whose == "own").entries())[:limit]


def _scope(window: Window, whose: Whose) -> Scope:
    if whose == "all":
        if window.staff.role not in OVERSEERS:
            raise NotPermitted(
                "role",
                N_("Only these may do this: {roles}. You are signed in as: {role}."),
                hint=N_("`collectdesk queue --team` lists your team's cases."),
                roles=" / ".join(OVERSEERS),
                role=window.staff.role,
            )
        return all_open()
    team = window.staff.team if whose == "team" else None
    return work_of(window.staff.id) if team is None else work_of_team(team)


def case_count(entries: Iterable[Entry]) -> dict[State, int]:
    """How many cases stand where."""
    counts: dict[State, int] = dict.fromkeys(STATES, 0)
    for each in entries:
        counts[each.state] += 1
    return counts


def ordered(entries: Iterable[Entry]) -> list[Entry]:
    """Lawful now; then what is due, in its order; then older debts, larger ones, and the case number."""
    return sorted(entries, key=place)


class _Queue:
    """The queue of a scope, a stretch of debtors at a time."""

    def __init__(self, window: Window, scope: Scope, *, own: bool) -> None:
        self._window = window
        self._cases: dict[int, list[int]] = {}
        for debtor, case in window.ask(OPEN.format(scope=scope.condition), scope.params):
            self._cases.setdefault(debtor, []).append(case)
        few = len(self._cases) <= DEBTORS
        past = past_of(these(self._cases)) if few else WHOLE
        self._single = Singly(window, own=own)
        self._work = Work(window, self._single.gate(window.at), scope, past, by_caller=not own)
        self._sharing: Sharing[Answered] = Sharing()
        self._staff = {int(key): str(number) for key, number in window.ask(STAFF, {})}

    def entries(self) -> Iterator[Entry]:
        """Every case as it stands now."""
        for portion in portions(list(self._cases), DEBTORS):
            yield from self._entries(these(portion), [case for debtor in portion for case in self._cases[debtor]])

    def _entries(self, stretch: Stretch, wanted: Iterable[int]) -> Iterator[Entry]:
        ask, where = self._window.ask, stretch.condition
        names: dict[int, str] = dict(ask(NAMES.format(debtors=where.format("id")), stretch.params))
        lines: dict[int, list[int]] = {}
        for person, number in ask(LINES.format(debtors=where.format("person")), stretch.params):
            lines.setdefault(person, []).append(number)
        placed = self._work.of(stretch, wanted)
        for each, answer in zip(placed, self._answers(placed), strict=True):
            debtor = each.case.row[0]
            if answer.contact.case != each.key:
                number = None if answer.line is None else lines[debtor][answer.line]
                contact = Contact(each.key, debtor, number, self._window.at, each.purpose)
                answer = answer.told_of(contact, each.case.row[2])
            yield self._entry(each, answer, names[debtor])

    def _entry(self, placed: Placed, answer: Answered, name: str) -> Entry:
        row = placed.case.row
        return Entry(
            **msgspec.structs.asdict(stand_of(placed, answer)),
            contact=answer.contact,
            code=row[2],
            due=placed.due,
            days_past_due=placed.case.days_past_due(self._window.at),
            amount=row[11],
            currency=row[12],
            collector=None if row[4] is None else self._staff.get(row[4]),
            name=name,
        )

    def _answers(self, placed: Sequence[Placed]) -> list[Answered]:
        """Each one's answer; where it names somebody, others are not told the same but asked about as well."""
        purposes = {each.key: each.purpose for each in placed}

        def ask(cases: Sequence[int]) -> dict[int, Answered]:
            files = self._single.of(cases)
            return {case: files.ask(case, purposes[case], self._window.at) for case in cases}

        told = self._sharing.answers([(each.key, each.alike) for each in placed], ask)
        pairs = list(zip(placed, told, strict=True))
        others = [each.key for each, answer in pairs if answer.others and answer.contact.case != each.key]
        again = in_portions(ask, others)
        return [again.get(each.key, answer) for each, answer in pairs]


def stand_of(placed: Placed, answer: Answered) -> Stand:
    """How a case with this answer stands."""
    decision = answer.decision
    opens = decision.next_allowed_at
    state: State = "now" if decision.allowed else "later" if opens is not None else "act"
    return Stand(
        state=state if placed.lacking is None else "act",
        decision=decision,
        left=answer.left,
        unproved=placed.lacking,
    )


def place(entry: Entry) -> tuple[Any, ...]:
    """What orders the queue: the state of the case, what is due, its age and amount, its number."""
    return (
        *standing_place(entry),
        *due_place(entry.due),
        *size_place(entry.days_past_due, entry.amount, entry.code),
    )


def standing_place(stands: Stand) -> tuple[int, int]:
    """The first part of it, which cases that share an answer share."""
    opens = stands.decision.next_allowed_at
    return STATES[stands.state], opens if stands.state == "later" and opens is not None else 0


def due_place(due: Due | None) -> tuple[int, int]:
    """The part after it: what is due, and since when."""
    return (due.rank, due.at) if due else NOTHING_DUE


def size_place(days_past_due: int | None, amount: int | None, code: str) -> tuple[int, int, str]:
    """The last part of it: older debts, larger ones, and the case number."""
    return -(days_past_due or 0), -(amount or 0), code
