"""Whether contact with the debtor is lost (失联), since when, and what is still missing until it is.

The answer is the gate's own: of every rulebook that applies, the strictest. Each own mobile of the debtor is shown
with the failed calls that count, so that a contact person is never asked before everything is in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from collectdesk.desk.case_files import CaseFiles, read_files
from collectdesk.desk.checking import check, gate_in_force
from collectdesk.desk.facts import Contact, about, base
from collectdesk.desk.lost.refusal import THIRD
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.kinds.party import Parties
from collectdesk.gate.lost_contact import LostContact, Trail, last_reached, lost_since
from collectdesk.store.case_rows import Ask, one_case

if TYPE_CHECKING:
    from collectdesk.gate import Decision, Gate
    from collectdesk.gate.dial import Standing
    from collectdesk.gate.facts import Facts

PURPOSE = "locate"


class Failure(Struct, frozen=True):
    """A failed call that counts: its event (key), when (UTC seconds), and how the line ended."""

    event: int
    at: int
    line: str


class NumberTrail(Struct, frozen=True, kw_only=True):
    """One own mobile of the debtor; ``missing`` more failed calls until it counts as not to be reached."""

    number: int
    status: str
    status_at: int | None
    failures: tuple[Failure, ...]
    lost_since: int | None
    missing: int


class ContactStanding(Struct, frozen=True, kw_only=True):
    """A third person of the case: who, whether the debtor reserved them, and whether they may be asked now."""

    person: int
    name: str
    role: str
    reserved: bool | None
    refused_at: int | None
    decision: Decision


class Lost(Struct, frozen=True, kw_only=True):
    """How it stands at ``at``.

    ``since``: from when contact is lost, which may lie ahead (the next date); none while something is missing.
    ``rule`` and ``terms``: the strictest of the rules that apply. ``gone``: the debtor is dead or without full
    capacity, so that a contact may be asked without being lost.
    """

    at: int
    lost: bool
    since: int | None
    reached_at: int | None
    gone: bool
    rule: str
    terms: LostContact
    numbers: tuple[NumberTrail, ...]
    contacts: tuple[ContactStanding, ...]

    @property
    def missing(self) -> int:
        """Failed calls still missing over all mobiles; where there is no mobile nothing can be counted."""
        return sum(each.missing for each in self.numbers if each.lost_since is None)


def status(ask: Ask, case: int, at: int, standing: Standing | None, lang: str) -> Lost:
    """How it stands with a case at ``at``, the contacts judged for a collector of that standing."""
    files = read_files(ask, one_case(case))
    gate = gate_in_force(ask, at)
    rule, terms, since, trails, facts = _strictest(gate, files, case, at)
    reached = last_reached(facts)
    return Lost(
        at=at,
        lost=since is not None and since <= at,
        since=since if since is None or since > -FOREVER else None,
        reached_at=reached if reached > -FOREVER else None,
        gone=_gone(files, case),
        rule=rule,
        terms=terms,
        numbers=tuple(_number(each, terms, files, case) for each in trails),
        contacts=tuple(
            _contact(gate, files, case, person, at, standing, lang) for person in third_persons(files, case)
        ),
    )


def third_persons(files: CaseFiles, case: int) -> list[int]:
    """The keys of those in a case who owe nothing: contact persons and others."""
    return [person for person, party in files.roles_in(case).items() if party.role in THIRD]


def _strictest(
    gate: Gate, files: CaseFiles, case: int, at: int
) -> tuple[str, LostContact, int | None, list[Trail], Facts]:
    """The rule that lets a contact be asked last, and what it counts."""
    dial = about(base(files, case, at, None), Contact(case, files.cases[case].debtor, None, at, PURPOSE), files)
    facts, asked = gate.rules_for(dial)
    found: list[tuple[int, str, LostContact, list[Trail]]] = []
    for each in asked:
        if not isinstance(each.rule, Parties) or not any("debtor_lost" in way.needs for way in each.rule.admit):
            continue
        for place in each.standpoints:
            since, trails = lost_since(each.rule.lost, facts, place.ground.clock)
            found.append((FOREVER if since is None else since, each.name, each.rule.lost, trails))
    if not found:  # no rulebook knows of lost contact: it is never lost
        return "", LostContact(), None, [], facts
    since, rule, terms, trails = max(found, key=lambda each: each[:2])
    return rule, terms, None if since == FOREVER else since, trails, facts


def _number(trail: Trail, terms: LostContact, files: CaseFiles, case: int) -> NumberTrail:
    file = files.file_of(case)
    by_id: Mapping[str, tuple[int, str]] = {f"e{row.id}": (row.at, row.line or "unknown") for row in file.events}
    key = int(trail.number[1:])
    held = next((row for row in files.numbers.get(file.debtor, ()) if files.lines.get(row.id, row.id) == key), None)
    counted = tuple(Failure(int(name[1:]), *by_id[name]) for name in trail.failures if name in by_id)
    return NumberTrail(
        number=held.id if held else key,
        status=held.status if held else "unknown",
        status_at=held.status_at if held else None,
        failures=counted,
        lost_since=trail.lost_since,
        missing=0 if trail.lost_since is not None else max(0, terms.failed_calls - len(counted)),
    )


def _contact(
    gate: Gate, files: CaseFiles, case: int, person: int, at: int, standing: Standing | None, lang: str
) -> ContactStanding:
    party = files.roles_in(case)[person]
    answer = check(gate, files, Contact(case, person, None, at, PURPOSE), standing, lang)
    refused = [row for row in files.file_of(case).holds if row.kind == "contact_refused" and row.lifted_at is None]
    return ContactStanding(
        person=person,
        name=files.persons[person].name,
        role=party.role,
        reserved=None if party.reserved is None else bool(party.reserved),
        refused_at=min((row.received_at for row in refused if _is_on(row.persons, person)), default=None),
        decision=answer.decision,
    )


def _is_on(persons: str, person: int) -> bool:
    import json

    return person in cast("list[int]", json.loads(persons))


def _gone(files: CaseFiles, case: int) -> bool:
    debtor = files.debtor_of(case)
    return debtor.died_on is not None or debtor.capacity in ("none", "limited")
