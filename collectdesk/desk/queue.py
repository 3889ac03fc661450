"""The order of work: what may lawfully be called now comes first, by what is due, then by age and amount.

Of each case: what is due, when it may be called, why not now, and how many dials and talks the day still has. The
answers come from the same gate and the same facts as a single check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from collectdesk.desk.alike import likeness, look_back
from collectdesk.desk.case_files import CaseFiles, read_files
from collectdesk.desk.checking import check, gate_in_force
from collectdesk.desk.due import Due, due_of
from collectdesk.desk.facts import Contact
from collectdesk.desk.left import Left, left_today
from collectdesk.desk.referrals.away import away
from collectdesk.desk.standing import standing_of
from collectdesk.desk.unproved import Unproved, unproved
from collectdesk.desk.window import Window
from collectdesk.errors import N_, NotPermitted
from collectdesk.gate import Decision, Finding, Gate
from collectdesk.gate.dial import Standing
from collectdesk.store.case_rows import Scope, all_open, keys_of, work_of, work_of_team

State = Literal["now", "later", "act"]
Whose = Literal["own", "team", "all"]
OVERSEERS = ("lead", "admin", "officer")
"""Who may see every case of the desk."""
STAFF = "SELECT id, number FROM staff"
STATES: Mapping[State, int] = {"now": 0, "later": 1, "act": 2}
NEVER = 1 << 60
MONTH = 30
LAST_BUCKET = 7


class Entry(msgspec.Struct, frozen=True):
    """One case of the queue.

    ``state``: lawful *now*, *later* by time alone, or only after somebody's *act*. ``bucket`` counts months past due
    (M1 is 1–30 days). ``lacks`` are the reasons that a person's act must remove, as code and whose act; among them
    ``unproved``: too few identity items to make the call with. ``collector`` is the staff number of whose case it is;
    ``name`` the debtor's, which no face shows unmasked.
    """

    contact: Contact
    code: str
    state: State
    decision: Decision
    due: Due | None
    days_past_due: int | None
    amount: int | None
    currency: str | None
    left: Left
    collector: str | None
    name: str = ""
    unproved: Unproved | None = None

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


def queue(window: Window, whose: Whose = "own", *, limit: int | None = None) -> list[Entry]:
    """The open cases of the signed-in collector, of the whole team, or of the desk, in the order to call them.

    Raises:
        NotPermitted: a collector asks for the whole desk's.
    """
    return ordered(Reading(window, _scope(window, whose), own=whose == "own").entries())[:limit]


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
    return sorted(entries, key=_place)


class Reading:
    """The cases of a scope, read once, with the gate's answer to each at one instant or another.

    Cases that are alike share an answer. A referred case rests, unless something is due; what is due, and what is on
    file, is as of the window's own moment.
    """

    def __init__(self, window: Window, scope: Scope, *, own: bool = False) -> None:
        self._window, self._own = window, own
        self.files = read_files(window.ask, scope)
        self._due = due_of(window.ask, scope, self.files, window.at)
        self._lacking = unproved(window.ask, scope, self.files)
        rests = away(window.ask, scope) - self._due.keys()
        self.cases = [case for case in keys_of(window.ask, scope) if case not in rests]
        self._asked: dict[int, _Asked] = {}

    def entries(self) -> list[Entry]:
        """Every case as it stands now."""
        return [self.entry(case, self._window.at) for case in self.cases]

    def entry(self, case: int, at: int) -> Entry:
        """A case as it would stand at ``at`` (UTC seconds), if nothing happens until then."""
        if at not in self._asked:
            window = msgspec.structs.replace(self._window, at=at)
            self._asked[at] = _Asked(self.files, gate_in_force(window.ask, at), window, own=self._own)
        found = self._asked[at].entry(case, self._due.get(case))
        return _held_back(found, self._lacking[case]) if case in self._lacking else found


def _held_back(entry: Entry, why: Unproved) -> Entry:
    return msgspec.structs.replace(entry, state="act", unproved=why)


class _Asked:
    """The gate at one instant, and the answers already given."""

    def __init__(self, files: CaseFiles, gate: Gate, window: Window, *, own: bool) -> None:
        self.files = files
        self.gate = gate
        self.window = window
        self.own = own
        self.standings: dict[int, Standing] = {}
        self.since = window.at - look_back(gate)
        self.staff = {int(key): str(number) for key, number in window.ask(STAFF, {})}
        self.given: dict[tuple[object, ...], tuple[Entry, int]] = {}

    def entry(self, case: int, due: Due | None) -> Entry:
        """The case's place in the queue."""
        purpose = due.purpose if due else "collect"
        alike = likeness(self.files, case, purpose, self.window.at, self.since)
        if alike is None:
            return self._ask(case, due, purpose)
        key = self._caller(case), alike
        numbers = [row.id for row in self.files.numbers_of(self.files.cases[case].debtor)]
        if key not in self.given:
            first = self._ask(case, due, purpose)
            place = numbers.index(first.contact.number) if first.contact.number is not None else 0
            self.given[key] = first, place
            return first
        like, place = self.given[key]
        number = numbers[place] if numbers else None
        decision = renamed(like.decision, like.code, self.files.cases[case].code)
        contact = Contact(case, self.files.cases[case].debtor, number, self.window.at, purpose)
        return self._entry(contact, decision, due, like.left)

    def _ask(self, case: int, due: Due | None, purpose: str) -> Entry:
        contact = Contact(case, self.files.cases[case].debtor, None, self.window.at, purpose)
        answer = check(self.gate, self.files, contact, self._standing(case), self.window.lang)
        return self._entry(answer.contact, answer.decision, due, left_today(self.gate, answer.dial))

    def _caller(self, case: int) -> int:
        """Whose call it would be: in one's own queue one's own, in another's the collector's who has the case."""
        return (None if self.own else self.files.cases[case].collector) or self.window.staff.id

    def _standing(self, case: int) -> Standing:
        caller = self._caller(case)
        if caller not in self.standings:
            self.standings[caller] = standing_of(self.window.ask, caller, self.window.at)
        return self.standings[caller]

    def _entry(self, contact: Contact, decision: Decision, due: Due | None, left: Left) -> Entry:
        row, stated = self.files.cases[contact.case], self.files.statements.get(contact.case)
        opens = decision.next_allowed_at
        return Entry(
            contact=contact,
            code=row.code,
            state="now" if decision.allowed else "later" if opens is not None else "act",
            decision=decision,
            due=due,
            days_past_due=self.files.days_past_due(contact.case, self.window.at),
            amount=stated.total if stated else None,
            currency=stated.currency if stated else None,
            left=left,
            collector=self.staff.get(row.collector) if row.collector is not None else None,
            name=self.files.persons[row.debtor].name,
        )


def renamed(decision: Decision, like: str, code: str) -> Decision:
    """The answer about the case ``like`` as the answer about ``code``: only the case numbers in it differ."""
    return msgspec.structs.replace(
        decision,
        id=code,
        blocks=tuple(_renamed(each, like, code) for each in decision.blocks),
        warnings=tuple(_renamed(each, like, code) for each in decision.warnings),
    )


def _renamed(finding: Finding, like: str, code: str) -> Finding:
    parts: list[dict[str, Any]] = finding.evidence.get("parts") or []
    changed: dict[str, Any] = {}
    if any(part.get("subject") == like for part in parts):
        changed["parts"] = [{**part, "subject": code} if part.get("subject") == like else part for part in parts]
    if finding.evidence.get("debt") == like:
        changed["debt"] = code
    return msgspec.structs.replace(finding, evidence={**finding.evidence, **changed}) if changed else finding


def _place(entry: Entry) -> tuple[Any, ...]:
    opens = entry.decision.next_allowed_at
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
