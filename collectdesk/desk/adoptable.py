"""The kinds of text a desk can adopt: where the program ships them, what names them, how they are compiled and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeAlias

import msgspec

from collectdesk.errors import N_, BadData
from collectdesk.gate import Malformed, Rulebook
from collectdesk.gate.calendar import CalendarYear

Name: TypeAlias = Callable[[Mapping[str, Any], str], str]
"""A text's name, from its content and its file."""


class Adopted(msgspec.Struct, frozen=True):
    """A text: its name, version, the SHA-256 of its file, and its compiled form."""

    name: str
    version: str
    digest: str
    value: Any


class Kind(msgspec.Struct, frozen=True):
    """A kind of text: the shipped files that hold it, its name, how it is compiled, how its compiled form is read."""

    files: str
    name: Name
    compile: Callable[[Mapping[str, Any]], Any]
    read: Callable[[bytes], Any]


def prepare(kind: str, text: bytes, file: str = "") -> tuple[Adopted, bytes]:
    """Read and compile a text without adopting it; its compiled form as JSON besides.

    Raises:
        BadData: it cannot be read; says where.
    """
    shape = KINDS[kind]
    mapping = parse(text, file)
    try:
        value = shape.compile(mapping)
    except Malformed as error:
        raise malformed(file, error.where, error.problem) from None
    except msgspec.ValidationError as error:
        problem, _, where = str(error).partition(" - at ")
        raise malformed(file, where.strip("`") or "$", problem) from None
    name, version, digest = _named(shape, mapping, text, file)
    if isinstance(value, Rulebook):  # a verdict names the digest that the adoption was journalled with
        value = msgspec.structs.replace(value, digest=digest)
    return Adopted(name, version, digest, value), msgspec.json.encode(value)


def identify(kind: str, text: bytes, file: str) -> tuple[str, str, str]:
    """Name, version and digest of a text, without compiling it.

    Raises:
        BadData: it is neither TOML nor JSON.
    """
    return _named(KINDS[kind], parse(text, file), text, file)


def _named(shape: Kind, mapping: Mapping[str, Any], text: bytes, file: str) -> tuple[str, str, str]:
    import hashlib  # only adopting needs it

    return shape.name(mapping, file), str(mapping.get("version", "1")), hashlib.sha256(text).hexdigest()


def parse(text: bytes, file: str) -> dict[str, Any]:
    """TOML, or JSON when ``file`` ends so, as a mapping.

    Raises:
        BadData: it is neither.
    """
    import json  # what is in force was parsed when it was adopted
    import tomllib

    try:
        plain = text.decode("utf-8")
        mapping = json.loads(plain) if file.endswith(".json") else tomllib.loads(plain)
    except ValueError as error:
        raise malformed(file, _position(error), "not UTF-8 TOML or JSON") from None
    if not isinstance(mapping, dict):
        raise malformed(file, "$", "not a mapping")
    return mapping


def malformed(file: str, where: str, problem: str) -> BadData:
    """The error for a text that cannot be adopted as it is."""
    return BadData(
        "text_malformed",
        N_("{name} cannot be used: {problem} (at {where})."),
        hint=N_("Correct the file there, then adopt it again."),
        name=file.rpartition("/")[2] or "text",
        where=where,
        problem=problem,
    )


def shipped_texts() -> list[tuple[str, str, bytes]]:
    """Everything the program ships: kind, file, content; in the order ``init`` adopts it."""
    from collectdesk.desk.shipped import listed, shipped  # what is in force is in the database

    return [(kind, path, shipped(path)) for kind, shape in KINDS.items() for path in listed(shape.files)]


def _position(error: Exception) -> str:
    import re

    found = re.search(r"line (\d+)[, ]+column (\d+)", str(error))
    return f"{found[1]}:{found[2]}" if found else "$"


def _by_id(mapping: Mapping[str, Any], _file: str) -> str:
    return str(mapping.get("id", ""))


def _by_year(mapping: Mapping[str, Any], _file: str) -> str:
    return f"{mapping.get('region')}-{mapping.get('year')}"


def _by_lang(mapping: Mapping[str, Any], _file: str) -> str:
    return str(mapping.get("lang", ""))


def _the_one(mapping: Mapping[str, Any], _file: str) -> str:
    return str(mapping.get("schema", "")).removeprefix("collectdesk.").partition("/")[0]


def _year(mapping: Mapping[str, Any]) -> CalendarYear:
    return msgspec.convert(dict(mapping), CalendarYear)


def _rulebook(mapping: Mapping[str, Any]) -> Rulebook:
    from collectdesk.desk.house import compile_book  # only adopting needs it

    return compile_book(mapping)


def _late(files: str, name: Name, compiler: str, result: str) -> Kind:
    """A kind whose ``module:name`` compiler and type are imported when they are first needed."""

    def compile_(mapping: Mapping[str, Any]) -> Any:  # noqa: ANN401 - each kind has its own type
        return _found(compiler)(mapping)

    def read(compiled: bytes) -> Any:  # noqa: ANN401
        return msgspec.json.decode(compiled, type=_found(result))

    return Kind(files, name, compile_, read)


def _found(name: str) -> Any:  # noqa: ANN401
    module, _, attribute = name.partition(":")
    return getattr(import_module(f"collectdesk.desk.{module}"), attribute)


KINDS: Mapping[str, Kind] = {
    "rulebook": Kind("rulebooks/*.toml", _by_id, _rulebook, lambda text: msgspec.json.decode(text, type=Rulebook)),
    "calendar": Kind("calendars/*.json", _by_year, _year, lambda text: msgspec.json.decode(text, type=CalendarYear)),
    "wording": _late("wording/*.toml", _by_lang, "wording:compile_wording", "wording:WordList"),
    "callscript": _late("callscripts/*.toml", _by_lang, "script_rules:compile_script", "scripts:Script"),
    "codes": _late("codes.toml", _the_one, "codes:compile_codes", "codes:Codes"),
    "reactions": _late("reactions.toml", _the_one, "reactions:compile_reactions", "reactions:Reactions"),
    "consequences": _late(
        "consequences.toml", _the_one, "consequences:compile_consequences", "consequences:Consequences"
    ),
    "safety": _late("safety.toml", _the_one, "safety:compile_safety", "safety:Safety"),
    "template": _late("notices/*.toml", _by_id, "notices.templates:compile_template", "notices.templates:Template"),
    "course": _late("courses/*.toml", _by_id, "training.courses:compile_course", "training.courses:Course"),
    "scorecard": _late(
        "scorecards/*.toml", _by_id, "quality.scorecards:compile_scorecard", "quality.scorecards:Scorecard"
    ),
}


def kind_of(text: bytes, file: str) -> str:
    """What kind of text a file is, by its ``schema``.

    Raises:
        BadData: it is none that a desk adopts.
    """
    schema = str(parse(text, file).get("schema", "collectdesk.rulebook/1"))
    kind = schema.removeprefix("collectdesk.").partition("/")[0]
    if kind not in KINDS:
        raise malformed(file, "$.schema", "not a kind of text a desk adopts")
    return kind
