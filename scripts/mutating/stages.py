"""What a mutant must pass: the worked examples, then the quick tests of the gate, then its properties."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

Stage = Callable[[Sequence[str]], bool]
"""Whether something noticed; told which module the fault is in, or in which it may be."""
PROPERTIES = ("test_properties.py", "test_looks_back.py", "test_people.py", "test_profile.py")
OF_FILES = (
    "test_api.py",
    "test_calendar_files.py",
    "test_calendars_world.py",
    "test_purity.py",
    "test_templates.py",
)
"""Tests of what is shipped and of what is imported: they ask the gate little, and take long."""
ONLY_OF = {
    "test_parse.py": ("parse.py", "dial.py", "periods.py", "vocabulary.py", "instant.py"),
    "test_schemas.py": ("schemas.py", "decision.py", "parse.py"),
    "test_trace.py": ("trace.py", "solver.py", "plan.py"),
}
"""Tests that ask the other modules nothing which the worked examples have not asked already."""
MEMORIES = ("gate.py", "plan.py", "profile.py", "decision.py")
"""Modules for whose faults the worked examples are asked again, in another order."""
EXAMPLES = 12
"""How many worlds each property is tried on; the suite itself tries more."""
KINDS = {
    "kinds/hours.py": "hours",
    "kinds/timetable.py": "hours or closed_days",
    "kinds/cap.py": "cap",
    "kinds/rest.py": "gap or rest",
    "kinds/designation.py": "designation",
    "kinds/hold.py": "hold",
    "window.py": "cap",
}
"""Modules whose faults only the properties of these kinds can notice."""

_files: dict[str, dict[str, Any]] = {}
_years: list[dict[str, Any]] = []


class _Mutated(MetaPathFinder, Loader):
    """Imports one module from a text instead of its file."""

    def __init__(self, name: str, path: str, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return spec_from_loader(fullname, self, origin=self.path, is_package=self.path.endswith("__init__.py"))

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self.path
        if self.path.endswith("__init__.py"):
            module.__path__ = [str(Path(self.path).parent)]
        exec(compile(self.source, self.path, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - the mutant


def put_in(module: str, source: str) -> None:
    """From now on ``module`` of the gate is ``source``; it must not have been imported."""
    path = Path.cwd() / "collectdesk" / "gate" / module
    dotted = module.removesuffix(".py").removesuffix("__init__").strip("/").replace("/", ".")
    name = f"collectdesk.gate.{dotted}".rstrip(".")
    if any(each.startswith("collectdesk") for each in sys.modules):
        raise RuntimeError("the gate has been imported already")
    sys.meta_path.insert(0, _Mutated(name, str(path), source))


def read_examples() -> None:
    """Read rulebooks, examples and calendars once for all forks."""
    for path in sorted(Path("data/rulebooks").glob("*.toml")):
        _files[path.name] = tomllib.loads(path.read_text("utf-8"))
    _years.extend(json.loads(path.read_text("utf-8")) for path in sorted(Path("data/calendars").glob("*.json")))


def examples(_modules: Sequence[str]) -> bool:
    """Whether a worked example comes out otherwise, or nothing can be asked at all."""
    from collectdesk.gate import Gate, compile_calendar, compile_rulebook
    from collectdesk.gate.examples import run_examples

    books = [compile_rulebook(each) for name, each in _files.items() if not name.endswith(".examples.toml")]
    regions = dict.fromkeys(str(year["region"]) for year in _years)
    calendars = {name: compile_calendar(year for year in _years if year["region"] == name) for name in regions}
    gate = Gate(books, calendars)
    for name, document in _files.items():
        if not name.endswith(".examples.toml"):
            continue
        outcomes = run_examples(document, gate)
        if len(outcomes) != len(document["example"]) or any(each.differences for each in outcomes):
            return True
    return False


def quick_tests(modules: Sequence[str]) -> bool:
    """Whether a test of the gate fails: all but the properties, those of files, and those of other modules."""
    left_out = {*PROPERTIES, *OF_FILES, "test_examples.py"}
    left_out |= {name for name, only in ONLY_OF.items() if not set(only) & set(modules)}
    files = sorted(each for each in Path("tests/gate").glob("test_*.py") if each.name not in left_out)
    repeated = [] if set(MEMORIES) & set(modules) else ["-k", "not remembers and not every_finding_of_every_example"]
    return _pytest([*(str(each) for each in files), *repeated])


def properties(modules: Sequence[str]) -> bool:
    """Whether a property fails on one of a few worlds."""
    chosen = " or ".join(KINDS[each] for each in modules if each in KINDS)
    if not set(modules) <= set(KINDS):
        chosen = ""
    files = [f"tests/gate/{name}" for name in PROPERTIES if Path("tests/gate", name).exists()]
    only = ["-k", f"({chosen}) or together or rulebook or allowed"] if chosen else []
    return _pytest([*files, *only])


def _pytest(arguments: Sequence[str]) -> bool:
    import hypothesis
    import pytest

    quiet = [each for each in hypothesis.HealthCheck if each is not hypothesis.HealthCheck.differing_executors]
    hypothesis.settings.register_profile(
        "mutating",
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        suppress_health_check=quiet,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plugins = ["-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", "--hypothesis-profile=mutating"]
    return pytest.main(["-x", "-q", "--assert=plain", "--tb=no", *plugins, *arguments]) not in (0, 5)


STAGES: tuple[Stage, ...] = (examples, quick_tests, properties)
