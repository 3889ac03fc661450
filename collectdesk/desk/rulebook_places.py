"""A TOML text with the place of every key and value, so that a remark about a rulebook points at its token.

The standard library says what the text means and where it breaks; a syntax tree of the same text says where each key
and value stands.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from tree_sitter import Node

Path: TypeAlias = tuple[str | int, ...]
"""From the top: names of tables and keys, indices of arrays (``("rule", 3, "window", "dates")``)."""
KEYS = ("bare_key", "quoted_key", "dotted_key")
MARK = "\ufeff"


class Spot(NamedTuple):
    """A stretch of one line: line and column from 1, in characters; ``length`` is at least 1."""

    line: int
    column: int
    length: int


class NotToml(ValueError):
    """The text is no TOML; ``problem`` is the parser's sentence, ``spot`` where it gave up."""

    def __init__(self, problem: str, spot: Spot) -> None:
        super().__init__(problem)
        self.problem = problem
        self.spot = spot


class Placed:
    """A TOML text read: ``mapping`` what it says, ``lines`` as it stands, ``spot`` where something stands."""

    def __init__(self, text: bytes) -> None:
        """Read ``text``.

        Raises:
            NotToml: it is no UTF-8 or no TOML.
        """
        self.text = _decoded(text)
        self.lines = _lines(self.text)
        self.mapping = _parsed(self.text, self.lines)
        self._nodes: dict[Path, tuple[Node | None, Node]] = {}
        self._bytes = self.text.encode()
        for path, key, value in _walk(self._bytes):
            self._nodes.setdefault(path, (key, value))

    def spot(self, path: Path, *, key: bool = False) -> Spot:
        """Where the value at ``path`` stands, or its ``key``; the nearest thing around it where it stands nowhere."""
        while path and path not in self._nodes:
            path, key = path[:-1], True
        if not path:
            return self._first_line()
        named, value = self._nodes[path]
        return self._spot(named if key and named is not None else value)

    def _spot(self, node: Node) -> Spot:
        row, column = node.start_point
        end_row, end_column = node.end_point
        line = self._bytes_of(row)
        start = len(line[:column].decode(errors="replace"))
        stop = line[column : end_column if end_row == row else len(line)]
        return Spot(row + 1, start + 1, max(1, len(stop.decode(errors="replace").rstrip())))

    def _bytes_of(self, row: int) -> bytes:
        return self.lines[row].encode() if row < len(self.lines) else b""

    def _first_line(self) -> Spot:
        """The first line that says anything."""
        for number, line in enumerate(self.lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                return Spot(number, 1, max(1, len(line.rstrip())))
        return Spot(1, 1, 1)


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8").removeprefix(MARK)
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8").removeprefix(MARK)
        line = before.count("\n") + 1
        raise NotToml("Not UTF-8", Spot(line, len(before.rpartition("\n")[2]) + 1, 1)) from None


def _lines(text: str) -> list[str]:
    """Lines as TOML ends them, without their ends; no other sign ends one."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def _parsed(text: str, lines: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, spot = _located(str(error), lines)
        raise NotToml(problem, spot) from None
    except RecursionError:
        raise NotToml("Nested too deeply", _deepest(lines)) from None
    except (ValueError, OverflowError):  # a number longer than Python reads
        raise NotToml("Invalid value", _longest(lines)) from None


def _located(message: str, lines: list[str]) -> tuple[str, Spot]:
    problem, _, where = message.rpartition(" (at ")
    words = where.rstrip(")").replace(",", "").split()
    if words[:1] == ["line"]:
        line, column = int(words[1]), int(words[3])
        return problem, Spot(line, column, 1)
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    return problem, Spot(last, len(lines[last - 1].rstrip()) + 1, 1)


def _deepest(lines: list[str]) -> Spot:
    depth = [line.count("[") + line.count("{") for line in lines]
    row = depth.index(max(depth))
    return Spot(row + 1, 1, max(1, len(lines[row].rstrip())))


def _longest(lines: list[str]) -> Spot:
    """The longest run of digits: what no number may be."""
    import re

    runs = [(len(each.group()), row, each.start()) for row, line in enumerate(lines) for each in _runs(re, line)]
    length, row, column = max(runs, default=(1, 0, 0))
    return Spot(row + 1, column + 1, length)


def _runs(re: Any, line: str) -> Iterator[Any]:  # noqa: ANN401 - the module, and its matches
    found: Iterator[Any] = re.finditer(r"[0-9a-fA-F_]+", line)
    return found


def _walk(text: bytes) -> Iterator[tuple[Path, Node | None, Node]]:
    """Every path with its key and value, in the order of the text."""
    from tree_sitter import Language, Parser  # only a lint asks where things stand
    from tree_sitter_toml import language

    tree = Parser(Language(language())).parse(text)
    last: dict[Path, int] = {}
    for node in tree.root_node.named_children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in ("table", "table_array_element"):
            head, *pairs = node.named_children
            path = _resolved(_names(head), last, opens=node.type == "table_array_element")
            for depth in range(1, len(path) + 1):
                yield path[:depth], head, head
            for pair in pairs:
                if pair.type == "pair":
                    yield from _pair(pair, path)


def _resolved(names: Path, last: dict[Path, int], *, opens: bool) -> Path:
    """The path of a table's head: of each array of tables on the way, its last entry; ``opens`` another one."""
    path: Path = ()
    for depth, name in enumerate(names, 1):
        path = (*path, name)
        if opens and depth == len(names):
            last[path] = last.get(path, -1) + 1
        if path in last:
            path = (*path, last[path])
    return path


def _pair(node: Node, under: Path) -> Iterator[tuple[Path, Node | None, Node]]:
    parts = [child for child in node.named_children if child.type != "comment"]
    if len(parts) != 2:
        return
    key, value = parts
    names = _names(key)
    for depth in range(1, len(names)):
        yield (*under, *names[:depth]), key, value
    yield from _value(value, (*under, *names), key)


def _value(node: Node, path: Path, key: Node | None) -> Iterator[tuple[Path, Node | None, Node]]:
    yield path, key, node
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                yield from _pair(child, path)
    elif node.type == "array":
        entries = [child for child in node.named_children if child.type != "comment"]
        for index, child in enumerate(entries):
            yield from _value(child, (*path, index), None)


def _names(key: Node) -> Path:
    """The names in a key: one, or several where it is dotted."""
    if key.type == "dotted_key":
        return tuple(name for part in key.named_children for name in _names(part))
    written = (key.text or b"").decode(errors="replace")
    if key.type != "quoted_key":
        return (written,)
    try:
        return (next(iter(tomllib.loads(f"{written} = 0"))),)
    except (ValueError, StopIteration):
        return (written,)
