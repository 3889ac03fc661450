"""The gate as another program has it: documented, typed, small, and no hand on the world."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import collectdesk.gate
from collectdesk import gate

ROOT = Path(collectdesk.gate.__file__).parents[2]
DIALLER = Path(__file__).with_name("dialler.py")
SAID = {"en": "x"}
RULE = {"title": SAID, "cite": SAID, "status": "house", "confidence": "V"}
BOOK: dict[str, Any] = {
    "id": "ours", "version": "1", "title": SAID, "source": SAID, "calendar": "XX",
    "rule": [
        {**RULE, "id": "hours", "kind": "hours", "open": [{"from": "09:00", "to": "20:00"}]},
        {**RULE, "id": "holidays", "kind": "closed_days", "day_kinds": ["statutory_holiday"]},
        {**RULE, "id": "talks", "kind": "cap", "limit": 1, "window": {"dates": 1}, "count": [{"of": "talk"}],
         "per": ["person"]},
    ],
}  # fmt: skip
YEAR = {
    "schema": "collectdesk.calendar/1", "region": "XX", "year": 2026, "version": "1", "source": SAID, "confirmed": True,
    "confirmed_through": "2026-12-31",
    "days": [{"date": "2026-03-11", "kind": "statutory_holiday", "name": SAID}],
}  # fmt: skip


def test_the_example_in_the_documentation_runs() -> None:
    found = doctest.testmod(gate)
    assert (found.failed, found.attempted > 5) == (0, True)


def test_what_it_offers_is_small_documented_and_typed() -> None:
    assert sorted(gate.__all__) == gate.__all__
    assert len(gate.__all__) <= 20
    for name in gate.__all__:
        offered = getattr(gate, name)
        assert inspect.getdoc(offered), name
        if inspect.isfunction(offered):
            signature = inspect.signature(offered)
            annotated = (signature.return_annotation, *(each.annotation for each in signature.parameters.values()))
            assert inspect.Signature.empty not in annotated, name
    assert (resources.files("collectdesk") / "py.typed").is_file(), "type checkers of other programs look for it"


def test_importing_it_opens_nothing_but_modules() -> None:
    """No file but Python's own and msgspec's, no network, no process, no environment."""
    program = """
import sys
touched = []
def hook(event, args):
    if event == "open" and not str(args[0]).endswith((".py", ".pyc", ".so")):
        touched.append((event, str(args[0])))
    elif event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "sqlite3.", "os.putenv")):
        touched.append((event, ""))
sys.addaudithook(hook)
import collectdesk.gate
print(touched)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


def test_the_other_program_imports_nothing_else_of_ours() -> None:
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else name.name
        for node in ast.walk(ast.parse(DIALLER.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert {name for name in imported if name and name.startswith(("collectdesk", "tests"))} == {"collectdesk.gate"}


def dialled(asked: dict[str, Any]) -> tuple[int, Any]:
    run = subprocess.run(
        [sys.executable, str(DIALLER)], input=json.dumps(asked), capture_output=True, text=True, check=False, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return run.returncode, json.loads(run.stdout)


def test_another_program_lives_by_it_alone() -> None:
    """Noon in Madrid is eight in the evening in Tokyo; who was talked to today waits over a holiday, to the 12th."""
    people = [
        {"name": "fresh", "zone": "Europe/Madrid", "talks": []},
        {"name": "late", "zone": "Asia/Tokyo", "talks": []},
        {"name": "talked", "zone": "Europe/Madrid", "talks": ["2026-03-10T08:30:00+01:00"]},
    ]
    code, plan = dialled({"rulebook": BOOK, "calendar": YEAR, "now": "2026-03-10T12:00:00+01:00", "people": people})
    assert code == 0
    assert [(each["name"], each["call"], each["why"]) for each in plan] == [
        ("fresh", True, []), ("late", False, ["ours/hours"]), ("talked", False, ["ours/talks"]),
    ]  # fmt: skip
    assert [each["again"] for each in plan] == [
        "2026-03-10T12:00:00+01:00", "2026-03-12T09:00:00+09:00", "2026-03-12T09:00:00+01:00",
    ]  # fmt: skip


def test_a_rulebook_it_cannot_read_is_named_to_it() -> None:
    broken = {**BOOK, "rule": [{**BOOK["rule"][0], "open": "all day"}]}
    assert dialled({"rulebook": broken, "calendar": YEAR, "now": "", "people": []}) == (1, {"error": "$.rule[0].open"})
