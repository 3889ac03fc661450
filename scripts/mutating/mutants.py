"""The mutants: where Cosmic Ray would put a fault, and the text it makes of a module."""

from __future__ import annotations

import ast
import hashlib
import importlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mutating import kept

GATE = Path("collectdesk/gate")


class Place(NamedTuple):
    """One fault that could be put in: ``module`` below the gate, Cosmic Ray's operator and which of its places."""

    module: str
    operator: str
    occurrence: int


class Mutant(NamedTuple):
    """A module with one fault. ``was`` and ``becomes`` are the lines changed, without indentation."""

    module: str
    was: str
    becomes: str
    source: str

    @property
    def key(self) -> str:
        """What tells it from every other one."""
        return hashlib.sha256(f"{self.module}\n{self.source}".encode()).hexdigest()[:24]


def places(root: Path, only: Sequence[str]) -> list[Place]:
    """Every place in the gate's modules, or in those named, in order."""
    found = []
    for path in sorted((root / GATE).rglob("*.py")):
        module = path.relative_to(root / GATE).as_posix()
        if not only or module in only or path.stem in only:
            found += _places_in(module, path)
    return found


def _places_in(module: str, path: Path) -> list[Place]:
    name = "places-" + hashlib.sha256(path.read_bytes()).hexdigest()[:24]
    counted: dict[str, int] | None = kept.read(name)
    if counted is None:
        counted = _counted(path)
        kept.write(name, counted)
    return [Place(module, operator, each) for operator, count in counted.items() for each in range(count)]


def _counted(path: Path) -> dict[str, int]:
    """How many places each operator has."""
    tree = importlib.import_module("cosmic_ray.ast")
    nodes = list(tree.ast_nodes(tree.get_ast_from_path(path)))
    counts = {name: sum(len(list(each.mutation_positions(node))) for node in nodes) for name, each in _operators()}
    return {name: count for name, count in counts.items() if count}


def _operators() -> Iterator[tuple[str, Any]]:
    """Cosmic Ray's operators that need no settings."""
    plugins = importlib.import_module("cosmic_ray.plugins")
    for name in sorted(plugins.operator_names()):
        operator = plugins.get_operator(name)
        if not operator.arguments() and not name.endswith("NoOp"):
            yield name, operator()


def mutants(root: Path, found: Sequence[Place], seed: int | None) -> Iterator[Mutant]:
    """The mutants of these places, each once; with ``seed`` in a random order, the same for the same places.

    Left out is what is no program, and what differs from the original in nothing that is ever evaluated.
    """
    order = list(found)
    if seed is not None:
        random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    operators, seen = dict(_operators()), set()
    sources = {module: (root / GATE / module).read_text("utf-8") for module in {each.module for each in found}}
    plain = {module: evaluated(text) for module, text in sources.items()}
    mutate = importlib.import_module("cosmic_ray.mutating").mutate_code
    for each in order:
        try:
            source = mutate(sources[each.module], operators[each.operator], each.occurrence)
        except AttributeError:  # of several exceptions it replaces names only, and trips over ``a.b`` among them
            continue
        if source is None or source in seen or evaluated(source) in (None, plain[each.module]):
            continue
        seen.add(source)
        yield Mutant(each.module, *_difference(sources[each.module], source), source)


def evaluated(source: str) -> str | None:
    """The program without what is never evaluated: annotations in functions, and of them where they are only kept.

    ``None`` where it is no program.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    future = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__")
    kept = any(name.name == "annotations" for node in future for name in node.names)
    _forget_annotations(tree, kept=kept, in_function=False)
    return ast.dump(tree)


def _forget_annotations(node: ast.AST, *, kept: bool, in_function: bool) -> None:
    if isinstance(node, ast.arg) and kept:
        node.annotation = None
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        node.returns, in_function = None if kept else node.returns, True
    if isinstance(node, ast.AnnAssign) and in_function:
        node.annotation = ast.Constant(None)
    for child in ast.iter_child_nodes(node):
        _forget_annotations(child, kept=kept, in_function=in_function)


def _difference(before: str, after: str) -> tuple[str, str]:
    """The lines changed, from the first that differs to the last."""
    old, new = before.splitlines(), after.splitlines()
    shorter = min(len(old), len(new))
    first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    last = next((n for n in range(shorter - first) if old[-1 - n] != new[-1 - n]), shorter - first)
    return _plain(old[first : len(old) - last]), _plain(new[first : len(new) - last])


def _plain(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines).strip()
