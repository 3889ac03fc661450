"""Asking the gate about cases on file: which number, which answer, and the same answer for one case or a thousand.

Recorded nowhere: a check is advice, only a permit lets anybody dial.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from collectdesk.desk import adoption
from collectdesk.desk.case_files import CaseFiles
from collectdesk.desk.facts import Contact, about, base
from collectdesk.errors import N_, InternalProblem, NotFound
from collectdesk.gate import Decision, Dial, Gate
from collectdesk.gate.dial import Standing
from collectdesk.store.case_rows import CASE_BY_CODE, Ask

NEVER = 1 << 60
DIGESTS_IN_FORCE = adoption.IN_FORCE.replace("a.version, a.digest, a.compiled", "a.digest")
"""The short question before the long one: whether what is in force has changed."""
RULEBOOKS_TO_COME = "SELECT count(*) FROM adoption WHERE kind = 'rulebook' AND effective_from > :at"
"""A clock set back to before the desk was opened leaves it without a rule as well."""


class Checked(Struct, frozen=True):
    """The gate's answer about one contact, and the question it answers."""

    contact: Contact
    dial: Dial
    decision: Decision


def gate_in_force(ask: Ask, at: int) -> Gate:
    """The gate with the rulebooks and calendars in force at ``at``; kept while those stay the same.

    Raises:
        InternalProblem: no rulebook is in force: a gate without rules would let everything through.
    """
    key = tuple(tuple(ask(DIGESTS_IN_FORCE, {"kind": kind, "at": at})) for kind in ("rulebook", "calendar"))
    if not key[0]:
        raise _no_rulebook(ask, at)
    if not _last or _last[0][0] != key:
        _last[:] = [(key, Gate(adoption.rulebooks(ask, at), {}))]
    gate = _last[0][1]
    gate.calendars = adoption.calendars_as_asked(ask, at)  # the same ones, read through a window that is open
    return gate


def _no_rulebook(ask: Ask, at: int) -> InternalProblem:
    later = ask(RULEBOOKS_TO_COME, {"at": at})[0][0]
    return InternalProblem(
        "no_rulebook",
        N_("No rulebook is in force on this desk, so nothing may be called."),
        hint=N_("Those adopted hold from a later time on: check this machine's clock.")
        if later
        else N_("An admin adopts one: `collectdesk rules adopt FILE`."),
    )


def gate_to_keep(ask: Ask, at: int) -> Gate:
    """The gate in force with every calendar read, for use after ``ask`` is closed."""
    gate = gate_in_force(ask, at)
    return Gate(gate.books.values(), dict(gate.calendars))


def find_case(ask: Ask, code: str) -> int:
    """The key of the case with this number.

    Raises:
        NotFound: there is none.
    """
    found = ask(CASE_BY_CODE, {"code": code})
    if not found:
        raise NotFound(
            "no_such_case",
            N_("There is no such case on this desk."),
            hint=N_("`collectdesk queue` lists yours, `collectdesk case search` finds others."),
        )
    return int(found[0][0])


def find_person(files: CaseFiles, case: int, name: str | None) -> int:
    """The person of a case by public id (``p3``) or role (``guarantor``); the debtor when nothing is said.

    Raises:
        NotFound: nobody of that id or role belongs to the case.
    """
    debtor = files.cases[case].debtor
    if name is None or name in ("debtor", f"p{debtor}"):
        return debtor
    others = files.roles_in(case)
    found = next((key for key, party in others.items() if name in (f"p{key}", party.role)), None)
    if found is None:
        raise NotFound(
            "no_such_person",
            N_("Nobody of that id or role belongs to this case."),
            hint=N_("`collectdesk case show` lists the people of a case with their ids."),
        )
    return found


def find_number(files: CaseFiles, person: int, name: str) -> int:
    """A person's number by public id (``n5``) or by its digits, at least the last four.

    Raises:
        NotFound: the person has no such number, or more than one ends so.
    """
    held = files.numbers.get(person, ())
    digits = _digits(name)
    fitting = [row.id for row in held if name == f"n{row.id}" or _digits(row.number) == digits]
    if not fitting and len(digits) >= SHORTEST and name[:1] != "n":
        fitting = [row.id for row in held if _digits(row.number).endswith(digits)]
    if len(fitting) != 1:
        raise NotFound(
            "no_such_number",
            N_("That is not one number of this person."),
            hint=N_("`collectdesk case show` lists the numbers of a case with their ids."),
        )
    return fitting[0]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


SHORTEST = 4
"""Digits at the end by which a number may be named."""


def check(
    gate: Gate,
    files: CaseFiles,
    contact: Contact,
    standing: Standing | None,
    lang: str | None,
    *,
    ahead: bool = False,
) -> Checked:
    """The answer about one contact; without a number, about the one that may be called first.

    ``ahead``: about an instant by which the calls now running will be over.
    """
    shared = base(files, contact.case, contact.at, standing, lang, ahead=ahead)
    if contact.number is not None:
        return _ask(gate, files, shared, contact)
    numbers: list[int | None] = [row.id for row in files.numbers_of(contact.person)] or [None]
    return best(_ask(gate, files, shared, replace(contact, number=number)) for number in numbers)


def best(answers: Iterable[Checked]) -> Checked:
    """The answer that opens first; of equals the earlier one. Stops asking at the first that is open."""
    first: Checked | None = None
    for each in answers:
        if first is None or _opens(each) < _opens(first):
            first = each
        if each.decision.allowed:
            break
    assert first is not None
    return first


def _opens(answer: Checked) -> int:
    opens = answer.decision.next_allowed_at
    return NEVER if opens is None else opens


def _ask(gate: Gate, files: CaseFiles, shared: Dial, contact: Contact) -> Checked:
    dial = about(shared, contact, files)
    return Checked(contact, dial, gate.decide(dial))


_last: list[tuple[tuple[object, ...], Gate]] = []
"""The gate made last, with what was in force then; compared, for a hundred digests take longer to hash."""
