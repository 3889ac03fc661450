"""What in a rulebook's text does not have the shape of one: every such place, with what would fit there.

Reading stops at the first fault; a lint must not. So the head and each rule are read by themselves, and a field nobody
knows is set aside and the rest read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import inspect

from collectdesk.desk.rulebook_places import Path
from collectdesk.gate import Rulebook
from collectdesk.gate.kinds import AnyRule

Level: TypeAlias = Literal["error", "warning"]
MOST = 20
"""Unknown fields told of one rule."""
_TOKEN = re.compile(r"\.(?P<name>[^.\[\]]+)|\[(?P<index>\d+)\]|\[(?P<any>\.\.\.)\]")
_ANY = "..."


class Remark(msgspec.Struct, frozen=True):
    """Something about a rulebook's text.

    ``code`` is stable and ``params`` fill its sentence; ``path`` is what it is about, ``key`` whether the key rather
    than the value. ``file``: which of the files read together, the rulebook's own where empty.
    """

    level: Level
    code: str
    path: Path
    params: dict[str, str | int] = {}
    key: bool = False
    file: str = ""


def shape_of(mapping: Mapping[str, Any]) -> list[Remark]:
    """Every fault of shape, in the order of the text's parts; none when it can be compiled."""
    rules = mapping.get("rule")
    if not isinstance(rules, list):
        return list(_faults(mapping, Rulebook, ()))
    found = list(_faults({key: value for key, value in mapping.items() if key != "rule"}, Rulebook, ()))
    for index, rule in enumerate(rules):
        found += _faults(rule, AnyRule, ("rule", index))
    return found


def faults_of(mapping: Any, kind: Any) -> list[Remark]:  # noqa: ANN401 - any TOML value, any type
    """The faults of shape of another text, such as a file of examples."""
    return list(_faults(mapping, kind, ()))


def _faults(value: Any, kind: Any, at: Path) -> Iterator[Remark]:  # noqa: ANN401
    meant: set[object] = {None}
    for _ in range(MOST):
        error = _error(value, kind)
        if error is None:
            return
        problem, path, of_key = _read(error, value, kind)
        remark = _remark(problem, path, at, value, kind, of_key=of_key)
        if remark.code != "missing_field" or remark.params["field"] not in meant:  # a misspelt one is not missing too
            yield remark
        meant.add(remark.params.get("like"))
        if remark.code != "unknown_field":
            return
        value = _without(value, path)


def _error(value: Any, kind: Any) -> str | None:  # noqa: ANN401
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        return str(error)
    return None


def _read(error: str, value: Any, kind: Any) -> tuple[str, Path, bool]:  # noqa: ANN401
    """The problem, the path it is at, and whether it is a key's; an unknown field's path ends with its name."""
    problem, _, where = error.partition(" - at ")
    of_key = where.startswith("`key` in ")
    path = _path(where.removeprefix("`key` in ").strip("`"), problem, where, value, kind)
    if field := re.fullmatch(r"Object contains unknown field `(.*)`", problem, re.DOTALL):
        return problem, (*path, field[1]), True
    if of_key:
        table = _found(value, path)
        bad = (key for key in table if _error({key: table[key]}, _table_type(kind, value, path)) is not None)
        path = (*path, next(bad, ""))
    return problem, path, of_key


def _path(where: str, problem: str, whole: str, value: Any, kind: Any) -> Path:  # noqa: ANN401
    """msgspec's path as ours; where it names any entry of a table, the one that alone gives the same error."""
    path: Path = ()
    for token in _TOKEN.finditer(where.removeprefix("$")):
        if token["any"]:
            table = _found(value, path)
            wanted = f"{problem} - at {whole}"
            same = (key for key in table if _error(_only(value, path, key), kind) == wanted)
            path = (*path, next(same, next(iter(table), "")))
        else:
            path = (*path, token["name"] if token["name"] is not None else int(token["index"]))
    return path


def _found(value: Any, path: Path) -> Mapping[str, Any]:  # noqa: ANN401
    for step in path:
        value = value[step]
    return value if isinstance(value, Mapping) else {}


def _only(value: Any, path: Path, key: str) -> Any:  # noqa: ANN401
    """``value`` with nothing but ``key`` left in the table at ``path``."""
    if not path:
        return {key: value[key]}
    return _replaced(value, path[0], _only(value[path[0]], path[1:], key))


def _without(value: Any, path: Path) -> Any:  # noqa: ANN401
    if len(path) == 1:
        return {key: each for key, each in value.items() if key != path[0]}
    return _replaced(value, path[0], _without(value[path[0]], path[1:]))


def _replaced(value: Any, step: str | int, part: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [part if index == step else each for index, each in enumerate(value)]
    return {**value, step: part}


def _remark(problem: str, path: Path, at: Path, value: Any, kind: Any, *, of_key: bool) -> Remark:  # noqa: ANN401
    where = (*at, *path)
    if problem.startswith("Object contains unknown field"):
        known = _fields(_type_at(inspect.type_info(kind), value, path[:-1]))
        params = {"field": str(path[-1]), **_like(str(path[-1]), known)}
        return Remark("error", "unknown_field", where, params, key=True)
    if field := re.fullmatch(r"Object missing required field `(.*)`", problem):
        return Remark("error", "missing_field", where, {"field": field[1]}, key=True)
    known = _known(inspect.type_info(kind), value, path, of_key=of_key)
    if known and problem.startswith("Invalid"):
        said = str(path[-1]) if of_key else str(_at(value, path))
        return Remark("error", "not_a_value", where, {"known": ", ".join(known), **_like(said, known)}, key=of_key)
    return Remark("error", "wrong_value", where, {"problem": problem}, key=of_key)


def _known(kind: inspect.Type, value: Any, path: Path, *, of_key: bool) -> list[str]:  # noqa: ANN401
    """The words one of which was expected: kinds of rules, an enumeration's, or those that may be keys of a table."""
    if path == ("kind",) and isinstance(kind, inspect.UnionType):
        return sorted(str(each.tag) for each in kind.types if isinstance(each, inspect.StructType))
    return _values(_type_at(kind, value, path[:-1] if of_key else path))


def _like(said: str, known: Sequence[str]) -> dict[str, str | int]:
    near = get_close_matches(said, known, n=1)
    return {"like": near[0]} if near else {}


def _at(value: Any, path: Path) -> Any:  # noqa: ANN401
    for step in path:
        value = value[step]
    return value


def _table_type(kind: Any, value: Any, path: Path) -> Any:  # noqa: ANN401
    """The type of the table at ``path``, keys of any sort turned into the ones it takes."""
    found = _type_at(inspect.type_info(kind), value, path)
    if isinstance(found, inspect.DictType) and isinstance(found.key_type, inspect.LiteralType):
        return dict[Literal[tuple(found.key_type.values)], Any]  # type: ignore[misc] # made from the type itself
    return dict[str, Any]


def _type_at(found: inspect.Type, value: Any, path: Path) -> inspect.Type:  # noqa: ANN401
    """What stands at ``path`` by its type: a union is told apart by the value's ``kind``."""
    found = _chosen(found, value)
    if not path:
        return found
    step, rest = path[0], path[1:]
    below = _at(value, (step,)) if isinstance(value, list) or (isinstance(value, Mapping) and step in value) else None
    if isinstance(found, inspect.StructType):
        field = next((each for each in found.fields if each.encode_name == step), None)
        return _type_at(field.type, below, rest) if field else inspect.AnyType()
    if isinstance(found, inspect.VarTupleType | inspect.ListType):
        return _type_at(found.item_type, below, rest)
    if isinstance(found, inspect.DictType):
        return _type_at(found.key_type if not rest and below is None else found.value_type, below, rest)
    return inspect.AnyType()


def _chosen(found: inspect.Type, value: Any) -> inspect.Type:  # noqa: ANN401
    if isinstance(found, inspect.Metadata):
        return _chosen(found.type, value)
    if not isinstance(found, inspect.UnionType):
        return found
    structs = [each for each in found.types if isinstance(each, inspect.StructType)]
    tag = value.get("kind") if isinstance(value, Mapping) else None
    named = next((each for each in structs if each.tag is not None and each.tag == tag), None)
    some = [each for each in found.types if not isinstance(each, inspect.NoneType)]
    return named or (_chosen(some[0], value) if len(some) == 1 else found)


def _fields(found: inspect.Type) -> list[str]:
    if not isinstance(found, inspect.StructType):
        return []
    tag = [str(found.tag_field)] if found.tag_field else []
    return [*(each.encode_name for each in found.fields), *tag]


def _values(found: inspect.Type) -> list[str]:
    """The words that may stand there, where it is a choice of words: an enumeration, or the kinds of rules."""
    if isinstance(found, inspect.LiteralType):
        return [str(each) for each in found.values]
    if isinstance(found, inspect.DictType):
        return _values(found.key_type)
    return []
