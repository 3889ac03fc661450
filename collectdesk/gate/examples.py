"""Worked examples beside a rulebook: what is asked, what must come out, readable by anyone.

A file holds a ``base`` question and examples that change parts of it: tables are merged, lists and values replaced.
``expect`` names what is checked; what it does not name is free. Instants are compared as instants.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from collectdesk.gate.gate import Gate
from collectdesk.gate.instant import Instant, iso
from collectdesk.gate.parse import convert_dial

NEVER = "never"
"""In ``expect``: no instant, only a person's act opens it (or nothing ends it)."""


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the decision must be. ``blocks`` are all the rules that block; ``warns`` some of the warnings, each as
    ``rule:code``, or an empty list for none at all."""

    allowed: bool
    blocks: tuple[str, ...] | None = None
    next_allowed_at: str | None = None
    allowed_until: str | None = None
    released_by: str | None = None
    warns: tuple[str, ...] | None = None
    counted: tuple[str, ...] | None = None
    not_counted: tuple[str, ...] | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case: its name, why it comes out so, what is changed, and what is expected."""

    name: str
    why: dict[str, str]
    expect: Expected
    given: dict[str, Any] = {}
    source: str = ""


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One example file."""

    rulebook: str
    base: dict[str, Any]
    example: tuple[Example, ...]
    schema: Literal["collectdesk.examples/1"] = "collectdesk.examples/1"


class Outcome(msgspec.Struct, frozen=True):
    """How one example came out; ``differences`` is empty when as expected."""

    name: str
    differences: tuple[str, ...]
    blocked: tuple[str, ...]
    passed: tuple[str, ...]
    warned: tuple[str, ...] = ()


def run_examples(document: Mapping[str, Any], gate: Gate) -> list[Outcome]:
    """Ask ``gate`` every example of one file.

    Raises:
        msgspec.ValidationError: the file is not of the examples' shape.
        Unreadable: an example is not a question.
    """
    examples = msgspec.convert(dict(document), Examples)
    return [_run(example, examples, gate) for example in examples.example]


def _run(example: Example, examples: Examples, gate: Gate) -> Outcome:
    question = {"rulebooks": [examples.rulebook], "id": example.name}
    for part in (examples.base, example.given):
        question = merged(question, part)
    decision = gate.decide(convert_dial(question))
    blocked = tuple(block.rule for block in decision.blocks)
    warned = tuple(warning.rule for warning in decision.warnings)
    wire = decision.to_wire()
    found: dict[str, Any] = {
        "allowed": decision.allowed,
        "blocks": {_short(rule, examples.rulebook) for rule in blocked},
        "next_allowed_at": decision.next_allowed_at,
        "allowed_until": decision.allowed_until,
        "released_by": next((block.released_by for block in decision.blocks), None),
        "warns": {f"{_short(w.rule, examples.rulebook)}:{w.code}" for w in decision.warnings},
        "counted": _events(wire, "counted"),
        "not_counted": _events(wire, "not_counted"),
    }
    return Outcome(example.name, tuple(_differences(example.expect, found)), blocked, decision.passed, warned)


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with ``change`` laid over it: tables merged, everything else replaced."""
    result = dict(base)
    for key, value in change.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _short(rule: str, book: str) -> str:
    return rule.removeprefix(f"{book}/")


def _events(wire: Mapping[str, Any], key: str) -> set[str]:
    return {each["event"] for block in wire["blocks"] for each in block["evidence"].get(key, ())}


def _differences(expected: Expected, found: Mapping[str, Any]) -> list[str]:
    told = []
    for name in Expected.__struct_fields__:
        wanted = getattr(expected, name)
        if wanted is None:
            continue
        got = found[name]
        if name in ("next_allowed_at", "allowed_until"):
            wanted = NEVER if wanted == NEVER else iso(Instant.parse(wanted))
            got = NEVER if got is None else iso(got)
        elif isinstance(wanted, tuple):
            wanted = set(wanted)
            got = got & wanted if name == "warns" and wanted else got
        if got != wanted:
            told.append(f"{name}: expected {_plain(wanted)}, got {_plain(got)}")
    return told


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, set) else value
