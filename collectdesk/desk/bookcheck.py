"""Many cases at once: the same gate, the same facts, read in stretches so that a book of any size fits.

Cases of one sort share an answer (``sharing``). Each is asked about for whoever is signed in; a script calls nobody, so
it asks for the collector who has the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from msgspec import Struct

from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import check, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.quiet import Personal, Reach, places_of
from collectdesk.desk.sharing import PURPOSE, REMEMBERED, Sharing, in_portions, stretches
from collectdesk.desk.sorts import Sorted, Sorts
from collectdesk.desk.window import SCRIPT, Window
from collectdesk.gate import Decision
from collectdesk.gate.instant import iso
from collectdesk.store import book_rows
from collectdesk.store.book_rows import these
from collectdesk.store.case_rows import cases_of
from collectdesk.store.past_rows import WHOLE, Past, past_of

NAMED = 1_000
"""Case numbers of a list looked up at once."""
NUL = "\x00"
"""No case number has one, and a server takes none."""


class Objection(Struct, frozen=True):
    """One rule's objection: which rule, why as a code, when time lifts it (ISO 8601), and whose act does."""

    rule: str
    code: str
    opens_at: str | None
    released_by: str | None


class Answer(Struct, frozen=True):
    """What a case is told; cases told the same share the object. Instants are ISO 8601 in the debtor's zone."""

    allowed: bool
    next_allowed_at: str | None
    allowed_until: str | None
    blocks: tuple[Objection, ...]
    warnings: tuple[Objection, ...]


Told = tuple[str | None, Answer | None]
"""A case number and its answer; no answer when there is no such case, no number where a line could not be read."""


def open_cases(window: Window) -> int:
    """How many cases ``check_all`` answers for."""
    return int(window.ask(book_rows.OPEN_CASES, {})[0][0])


def check_all(window: Window, at: int) -> Iterator[list[Told]]:
    """Every open case of the desk, debtor by debtor, a stretch at a time."""
    book = _Book(window, at, WHOLE)
    for stretch in stretches(window.ask):
        yield book.answers(book.sorts.of(stretch))


def rule_titles(window: Window) -> dict[str, Mapping[str, str]]:
    """The titles of the rules in force by language, each under ``rulebook/rule``."""
    books = gate_in_force(window.ask, window.at).books.values()
    return {f"{book.id}/{rule.id}": rule.title for book in books for rule in book.rule}


def check_named(window: Window, codes: Iterable[str | None], at: int) -> Iterator[list[Told]]:
    """The cases with these numbers, open or not, in the order given, a stretch at a time; none: an unreadable line."""
    book: _Book | None = None
    for portion in _portions(codes):
        found = _found(window, portion)
        if book is None:  # of a short list the past is asked from its debtors, of a longer one from the whole book
            short = len(portion) < NAMED
            book = _Book(window, at, past_of(these(debtor for _, debtor in found.values())) if short else WHOLE)
        yield book.named(portion, found)


def _portions(codes: Iterable[str | None]) -> Iterator[list[str | None]]:
    portion: list[str | None] = []
    for code in codes:
        portion.append(code)
        if len(portion) == NAMED:
            yield portion
            portion = []
    if portion:
        yield portion


def _found(window: Window, codes: Sequence[str | None]) -> dict[str, tuple[int, int]]:
    """The keys of the cases with these numbers and of their debtors, as far as there are such cases."""
    params = {f"c{place}": code for place, code in enumerate(codes) if code is not None and NUL not in code}
    if not params:
        return {}
    text = book_rows.KEYS.format(codes=", ".join(f":{name}" for name in params))
    return {code: (case, debtor) for code, case, debtor in window.ask(text, params)}


class _Book:
    """A desk's cases asked about at one instant, and the answers already given."""

    def __init__(self, window: Window, at: int, past: Past) -> None:
        self._window, self._at = window, at
        self._gate = gate_in_force(window.ask, window.at)
        reach = Reach(self._gate, at, (PURPOSE,), places_of(window.ask, past))
        personal = Personal(window.reader, past, reach, at)
        self.sorts = Sorts(window.ask, reach, personal, at, by_caller=window.staff.role == SCRIPT)
        self._standing = cache(partial(window.standing, at))
        self._sharing: Sharing[Answer] = Sharing()
        self._same = lru_cache(maxsize=REMEMBERED)(_itself)  # of equal answers the first

    def answers(self, listed: Iterable[Sorted]) -> list[Told]:
        """The answers to all of these, in their order."""
        cases = list(listed)
        told = self._sharing.answers([(case, sort) for case, _, sort in cases], self._asked)
        return [(code, answer) for (_, code, _), answer in zip(cases, told, strict=True)]

    def named(self, codes: Sequence[str | None], found: Mapping[str, tuple[int, int]]) -> list[Told]:
        """The answers about these numbers, of which those ``found`` exist; a closed case is asked about alone."""
        wanted = {case for case, _ in found.values()}
        stretch = these({debtor for _, debtor in found.values()})
        answers = dict(self.answers(each for each in self.sorts.of(stretch) if each[0] in wanted) if found else ())
        closed = {code: case for code, (case, _) in found.items() if code not in answers}
        asked = in_portions(self._asked, [*closed.values()])
        answers.update((code, asked[case]) for code, case in closed.items())
        return [(code, answers.get(code)) for code in codes]

    def _asked(self, cases: Sequence[int]) -> dict[int, Answer]:
        """The answers about these cases, each asked as a single check asks."""
        found: dict[int, Answer] = {}
        files = read_files(self._window.ask, cases_of(cases))
        for case in cases:
            row = files.cases[case]
            contact = Contact(case, row.debtor, None, self._at, PURPOSE)
            standing, ahead = self._standing(row.collector), self._at > self._window.at
            checked = check(self._gate, files, contact, standing, self._window.lang, ahead=ahead)
            found[case] = self._same(answer_of(checked.decision))
        return found


def _itself(answer: Answer) -> Answer:
    return answer


def answer_of(decision: Decision) -> Answer:
    """What a decision tells of a case among many."""
    told = decision.clock.iso if decision.clock else iso
    instant = cache(lambda at: None if at is None else told(at))
    blocks, warnings = (
        tuple(Objection(each.rule, each.code, instant(each.opens_at), each.released_by) for each in findings)
        for findings in (decision.blocks, decision.warnings)
    )
    return Answer(
        decision.allowed, instant(decision.next_allowed_at), instant(decision.allowed_until), blocks, warnings
    )
