"""Cases of the queue asked about as a single check asks, from their whole files, at one instant or another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from collectdesk.desk.case_files import CaseFiles, read_files
from collectdesk.desk.checking import Checked, check, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.left import Left, left_today
from collectdesk.desk.standing import standing_of
from collectdesk.store.case_rows import cases_of

if TYPE_CHECKING:
    from collectdesk.desk.window import Window
    from collectdesk.gate import Decision, Dial, Finding

REMEMBERED = 4_096
"""Standings of callers kept."""
OF_CASES = ("subject", "debt")
"""The keys under which the evidence of a finding has the numbers of cases."""
OF_EVENTS = ("history.same_day",)
"""Facts the subjects of which are no cases."""


class Answered(Struct, frozen=True):
    """The gate's answer about a case, and what the day still has.

    Attributes:
        contact: whom and which number it is about.
        code: the case number.
        line: the place of that number among the person's, by key; none without one.
        decision: the answer.
        left: dials and talks left of the day.
        named: whether the answer's evidence names the case; ``others``: somebody or something else on file.
    """

    contact: Contact
    code: str
    line: int | None
    decision: Decision
    left: Left
    named: bool
    others: bool

    def told_of(self, contact: Contact, code: str) -> Answered:
        """The same said of a case that is alike: only the case number in it differs."""
        decision = replace(self.decision, id=code)
        if self.named:
            blocks, warnings = (
                tuple(_renamed(each, self.code, code) for each in findings)
                for findings in (decision.blocks, decision.warnings)
            )
            decision = replace(decision, blocks=blocks, warnings=warnings)
        return Answered(contact, code, self.line, decision, self.left, self.named, self.others)


class Singly:
    """Asks about one case after another; gates and callers' standings are kept."""

    def __init__(self, window: Window, *, own: bool) -> None:
        """``own``: every call would be the signed-in collector's; else whoever's the case is."""
        self._window, self._own = window, own
        self._standing = lru_cache(maxsize=REMEMBERED)(partial(standing_of, window.ask))
        self.gate = cache(partial(gate_in_force, window.ask))
        """The gate at an instant."""

    def of(self, cases: Sequence[int]) -> OnFile:
        """Read the whole files of these cases (keys)."""
        return OnFile(self, read_files(self._window.ask, cases_of(cases)))

    def check(self, files: CaseFiles, contact: Contact) -> Checked:
        """The answer to one question, for whoever would call."""
        caller = (None if self._own else files.cases[contact.case].collector) or self._window.staff.id
        return check(self.gate(contact.at), files, contact, self._standing(caller, contact.at), self._window.lang)


class OnFile:
    """Some cases with their whole files; only they are asked about."""

    def __init__(self, single: Singly, files: CaseFiles) -> None:
        self._single, self._files = single, files

    def decision(self, case: int, purpose: str, at: int) -> Decision:
        """What the gate says of it alone."""
        contact = Contact(case, self._files.cases[case].debtor, None, at, purpose)
        return self._single.check(self._files, contact).decision

    def ask(self, case: int, purpose: str, at: int) -> Answered:
        """About a case as it would stand at ``at`` (UTC seconds), if nothing happens until then."""
        files = self._files
        row = files.cases[case]
        checked = self._single.check(files, Contact(case, row.debtor, None, at, purpose))
        named, others = _spoken(checked, row.code)
        keys = sorted(each.id for each in files.numbers.get(row.debtor, ()))
        number = checked.contact.number
        return Answered(
            contact=checked.contact,
            code=row.code,
            line=None if number is None else keys.index(number),
            decision=checked.decision,
            left=left_today(self._single.gate(at), checked.dial),
            named=named,
            others=others,
        )


def _spoken(checked: Checked, code: str) -> tuple[bool, bool]:
    """Whether the findings name the case, and whether they name anybody or anything else on file."""
    decision = checked.decision
    on_file = {code, *_on_file(checked.dial)}
    said = {word for each in (*decision.blocks, *decision.warnings) for word in _words(each.evidence)}
    own = _Word(code, case=True)  # under another key it is not respelt, so it counts as naming others
    return own in said, any(word.text in on_file for word in said - {own})


def _on_file(dial: Dial) -> Iterator[str | None]:
    for each in (dial.debts, dial.persons, dial.events):
        yield from (one.id for one in each or ())
    yield from (number.number for number in dial.numbers or ())


class _Word(NamedTuple):
    """A word of the evidence, and whether it stands where cases are named."""

    text: str
    case: bool


def _words(evidence: Mapping[str, Any]) -> Iterator[_Word]:
    keys = _keys(evidence)

    def of(value: object, *, case: bool) -> Iterator[_Word]:
        if isinstance(value, str):
            yield _Word(value, case)
        elif isinstance(value, Mapping):
            for key, each in value.items():
                yield from of(each, case=key in keys)
        elif isinstance(value, list | tuple):
            for each in value:
                yield from of(each, case=case)

    return of(evidence, case=False)


def _renamed(finding: Finding, like: str, code: str) -> Finding:
    """The same finding with another case number wherever it names the case."""
    keys = _keys(finding.evidence)

    def respoken(value: Any, *, case: bool) -> Any:  # noqa: ANN401 - plain JSON
        if isinstance(value, Mapping):
            return {key: respoken(each, case=key in keys) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [respoken(each, case=case) for each in value]
        return code if case and value == like else value

    return replace(finding, evidence=respoken(finding.evidence, case=False))


def _keys(evidence: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys under which this evidence has the numbers of cases."""
    return () if evidence.get("fact") in OF_EVENTS else OF_CASES
