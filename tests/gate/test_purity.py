"""The gate is pure: it imports nothing of ours and nothing heavy, reads no clock, opens no file, keeps its input."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import collectdesk.gate
from collectdesk.gate import Dial, Rulebook, convert_dial
from collectdesk.gate.calendar import CalendarYear
from tests.gate import shipped_rules as shipped

PACKAGE = Path(collectdesk.gate.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    "sqlalchemy", "sqlmodel", "pydantic", "rich", "typer", "click", "questionary", "prompt_toolkit", "holidays",
    "babel",
    "cryptography", "sqlcipher3", "sqlite3", "psycopg", "argon2", "python_calamine", "asyncio", "socket", "subprocess",
}  # fmt: skip
IMPURE = {"open", "print", "input", "now", "today", "utcnow", "time_ns", "monotonic", "getenv", "environ", "random"}


def loaded(statement: str) -> set[str]:
    """Every module in memory after ``statement`` in a process of its own."""
    program = f"{statement}\nimport sys\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_gate_imports_nothing_of_ours_and_nothing_heavy() -> None:
    names = loaded("import collectdesk.gate, collectdesk.gate.examples") - loaded("pass")
    ours = {name for name in names if name.partition(".")[0] == "collectdesk"}
    assert {name for name in ours if name != "collectdesk" and not name.startswith("collectdesk.gate")} == set()
    assert {name.partition(".")[0] for name in names} & HEAVY == set()


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_of_the_gate_imports_the_standard_library_msgspec_and_the_gate(path: Path) -> None:
    outside = {
        name
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if not name.startswith("collectdesk.gate")
        and name.partition(".")[0] not in {*sys.stdlib_module_names, "msgspec"}
    }
    assert outside == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_of_the_gate_asks_nobody_for_the_time(path: Path) -> None:
    """The instant is handed in: nothing in the gate can call a clock, a file, the environment or chance."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    called = {node.func for node in nodes if isinstance(node, ast.Call)}
    names = {each.id for each in called if isinstance(each, ast.Name)}
    names |= {each.attr for each in called if isinstance(each, ast.Attribute)}
    assert names & IMPURE == set()


def read_from_files() -> set[type]:
    """Every class a rulebook or a calendar is read into, and what it inherits its fields from."""
    found: set[type] = set()
    waiting = [msgspec.inspect.type_info(kind) for kind in (Rulebook, CalendarYear)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, msgspec.inspect.StructType):
            if node.cls in found:
                continue
            found.add(node.cls)
            waiting += [each.type for each in node.fields]
        for part in (getattr(node, name, ()) for name in ("types", "item_types", "item_type", "value_type")):
            waiting += part if isinstance(part, tuple) else [part]
    return {base for each in found for base in each.__mro__}


def test_what_is_read_at_every_start_has_fields_of_types_not_of_text() -> None:
    """Text would be compiled and looked up field by field, rule kind by rule kind, before the first answer.

    The question's own types are another matter: desks ask in them, and only what comes as text is read into them.
    """
    ours = [each for each in read_from_files() if each.__module__.startswith("collectdesk.")]
    ours = [each for each in ours if each.__module__ != Dial.__module__]
    assert len(ours) > 20
    texts = [
        each.__name__
        for each in ours
        if any(isinstance(said, str) for said in vars(each).get("__annotations__", {}).values())
    ]
    assert texts == []


def test_deciding_does_not_change_the_question() -> None:
    question = shipped.lawful()
    before, dial = repr(question), convert_dial(question)
    copy = convert_dial(shipped.lawful())
    shipped.gate().decide(dial)
    assert (repr(question), dial) == (before, copy)


def test_a_warm_gate_opens_nothing() -> None:
    program = """
import sys
from tests.gate import shipped_rules as shipped
from collectdesk.gate import convert_dial
gate, dial = shipped.gate(), convert_dial(shipped.lawful())
gate.decide(dial).to_wire()
touched = []
sys.addaudithook(lambda event, args: touched.append(event))
gate.decide(dial).to_wire()
print(sorted({event for event in touched if not event.startswith(("object.", "sys."))}))
"""
    root = PACKAGE.parents[1]
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert run.stdout.strip() == "[]"
