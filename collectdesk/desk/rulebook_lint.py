"""A rulebook examined before anybody adopts it (检查): its text, its shape, its sense, its examples, its bounds.

Every remark names a place in a file. An error is what an adoption refuses as well; a warning is for its author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path as File
from typing import Any

import msgspec

from collectdesk.desk import rulebook_bounds as bounds
from collectdesk.desk.house import HOUSE, HouseSettings, compile_book
from collectdesk.desk.rulebook_examples import examples_remarks
from collectdesk.desk.rulebook_places import NotToml, Path, Placed, Spot
from collectdesk.desk.rulebook_schema import Level, Remark, faults_of, shape_of
from collectdesk.gate import Calendar, Malformed, Rulebook
from collectdesk.gate.clock import clock_for
from collectdesk.gate.kinds import Rule

SCHEMA = "collectdesk.rulebook/1"
SPOKEN = ("title", "cite", "text")
LANGUAGES = ("zh_CN", "en")
WEIGHTS: Mapping[bounds.Weight, tuple[Level, str]] = {
    "loosens": ("error", "loosens"),
    "exceeds": ("error", "exceeds"),
    "not_ours": ("error", "not_ours"),
    "number": ("warning", "number_looser"),
    "severity": ("warning", "severity_set"),
    "unclear": ("warning", "unclear_change"),
}


class Around(msgspec.Struct, frozen=True):
    """What a rulebook is measured by: the rulebooks that ship and those in force, the calendars, the instant now.

    Where no desk is open, what ships is what is in force. ``at`` is in UTC seconds.
    """

    shipped: tuple[Rulebook, ...]
    in_force: tuple[Rulebook, ...]
    calendars: Mapping[str, Calendar]
    at: int


class Located(msgspec.Struct, frozen=True):
    """A remark where it belongs: file, line and column from 1, how long, and the line itself."""

    level: Level
    code: str
    params: Mapping[str, str | int]
    file: str
    line: int
    column: int
    length: int
    text: str


class Linted(msgspec.Struct, frozen=True):
    """One rulebook's file examined; ``book`` is what it holds, none where it cannot be compiled."""

    file: str
    book: Rulebook | None
    remarks: tuple[Located, ...]

    @property
    def errors(self) -> tuple[Located, ...]:
        """What an adoption would refuse."""
        return tuple(each for each in self.remarks if each.level == "error")


def lint(file: str, text: bytes, around: Around, examples: bytes | None = None) -> Linted:
    """Examine the rulebook ``text`` of ``file``; ``examples`` is the file of worked examples beside it."""
    beside = examples_name(file)
    try:
        placed = Placed(text)
    except NotToml as error:
        return Linted(file, None, (_broken(file, text, error),))
    book, remarks = _examined(placed.mapping, around)
    texts = {"": (file, placed)}
    if book is not None:
        found, read = _examples(beside, book, examples, around)
        remarks += found
        texts |= read
        if not read and examples is not None:
            return Linted(file, book, (*_located(remarks, texts), *_unreadable(beside, examples)))
    return Linted(file, book, tuple(_located(remarks, texts)))


def lint_file(file: File, around: Around) -> Linted:
    """Examine a file, with the examples beside it if there are any.

    Raises:
        OSError: it cannot be read.
    """
    beside = File(examples_name(str(file)))
    return lint(str(file), file.read_bytes(), around, beside.read_bytes() if beside.is_file() else None)


def examples_name(file: str) -> str:
    """The file of examples beside a rulebook's."""
    return f"{file.removesuffix('.toml')}.examples.toml"


def _examined(mapping: Mapping[str, Any], around: Around) -> tuple[Rulebook | None, list[Remark]]:
    """The rulebook, where it is one, and what there is to say of it."""
    if (schema := mapping.get("schema", SCHEMA)) != SCHEMA:
        return None, [Remark("error", "not_a_rulebook", ("schema",), {"schema": bounds.plain(schema)})]
    faults = [*shape_of(mapping), *_settings(mapping), *_doubles(mapping)]
    if faults:
        return None, faults
    try:
        book = compile_book(mapping)
    except Malformed as error:
        return None, [Remark("error", "wrong_value", _path_of(error.where), {"problem": error.problem})]
    return book, [*_sense(book, around), *_bounds(book, around)]


def _settings(mapping: Mapping[str, Any]) -> Iterator[Remark]:
    settings = mapping.get("settings")
    if isinstance(settings, Mapping):
        for each in faults_of(settings, HouseSettings):
            yield msgspec.structs.replace(each, path=("settings", *each.path))


def _doubles(mapping: Mapping[str, Any]) -> Iterator[Remark]:
    """Rules of one id."""
    rules = mapping.get("rule")
    seen: dict[str, int] = {}
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        name = rule.get("id") if isinstance(rule, Mapping) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            yield Remark("error", "same_id", ("rule", index, "id"), {"id": name})
        seen.setdefault(name, index)


def _sense(book: Rulebook, around: Around) -> Iterator[Remark]:
    """What can be compiled and makes no sense all the same."""
    if book.fixed_zone is not None:
        try:
            clock_for(book.fixed_zone)
        except LookupError:  # pragma: no cover - compiling refuses it first
            yield Remark("error", "unknown_zone", ("fixed_zone",))
    if book.calendar is not None and book.calendar not in around.calendars:
        known = ", ".join(sorted(around.calendars))
        yield Remark("error", "unknown_calendar", ("calendar",), {"region": book.calendar, "known": known})
    for index, rule in enumerate(book.rule):
        at: Path = ("rule", index)
        yield from _cited(rule, at)
        if book.calendar is None and _by_day_kinds(rule):
            yield Remark("error", "calendar_needed", at, {"rule": rule.id}, key=True)
        yield from _overlaps(rule, at)
        if book.id == HOUSE and rule.status not in ("house", "draft"):
            yield Remark("warning", "not_house_status", (*at, "status"), {"status": rule.status})


def _cited(rule: Rule, at: Path) -> Iterator[Remark]:
    if not any(text.strip() for text in rule.cite.values()):
        yield Remark("error", "no_citation", (*at, "cite"), {"rule": rule.id})
        return
    for field in SPOKEN:
        texts: Mapping[str, str] = getattr(rule, field)
        for language in LANGUAGES:
            if not texts.get(language, "").strip():
                yield Remark("warning", "language_missing", (*at, field), {"field": field, "language": language})


def _by_day_kinds(rule: Rule) -> bool:
    plain: Mapping[str, Any] = msgspec.to_builtins(rule)
    own = plain.get("day_kinds") if rule.kind == "closed_days" else ()
    return bool(own) or any(each.get("day_kinds") for each in plain.get("open") or ())


def _overlaps(rule: Rule, at: Path) -> Iterator[Remark]:
    """Two stretches of hours that both cover a minute of the same day: one of them says nothing."""
    if rule.kind != "hours":
        return
    spans: Sequence[Mapping[str, Any]] = msgspec.to_builtins(rule)["open"]
    for (_, one), (index, other) in combinations(enumerate(spans), 2):
        both = max(one["from"], other["from"]) < min(one["to"], other["to"])
        if both and all(_meet(one[key], other[key]) for key in ("weekdays", "day_kinds")):
            hours = {"one": f"{one['from']}-{one['to']}", "other": f"{other['from']}-{other['to']}"}
            yield Remark("warning", "hours_overlap", (*at, "open", index), {**hours})


def _meet(ones: Sequence[object], others: Sequence[object]) -> bool:
    return not ones or not others or bool(set(ones) & set(others))


def _bounds(book: Rulebook, around: Around) -> Iterator[Remark]:
    original = next((each for each in around.shipped if each.id == book.id), None)
    days = bounds.days_of(book, around.calendars, around.at)
    found: list[bounds.Loosening] = []
    if book.id != HOUSE and original is not None:
        found = bounds.not_ours(book, original)
    else:
        measured = original is not None and bounds.of_one_place(book, original)
        found = bounds.against_shipped(book, original, days) if original is not None and measured else []
        found += bounds.against_others(book, around.in_force, days)
    beyond = {each.path for each in found if each.weight == "exceeds"}
    for each in found:
        if each.weight == "number" and each.path in beyond:
            continue  # what is beyond the law is not called within it
        level, code = WEIGHTS[each.weight]
        params = {name: getattr(each, name) for name in ("rule", "against", "field", "theirs", "ours")}
        if code == "loosens" and each.field == "rule":
            code = "rule_gone"
        yield Remark(level, code, each.path, params, key=not each.path)


def _examples(
    beside: str, book: Rulebook, examples: bytes | None, around: Around
) -> tuple[list[Remark], dict[str, tuple[str, Placed]]]:
    name = File(beside).name
    if examples is None:
        return [Remark("warning", "examples_missing", ("id",), {"file": name})], {}
    try:
        placed = Placed(examples)
    except NotToml:
        return [], {}
    remarks = examples_remarks(placed.mapping, book, around.calendars, beside)
    return remarks, {beside: (beside, placed)}


def _unreadable(beside: str, examples: bytes) -> Iterator[Located]:
    try:
        Placed(examples)
    except NotToml as error:
        yield _broken(beside, examples, error)


def _located(remarks: Sequence[Remark], texts: Mapping[str, tuple[str, Placed]]) -> Iterator[Located]:
    """The remarks at their places, in the order of the text; errors before warnings of one place."""
    found = []
    for remark in remarks:
        file, placed = texts[remark.file]
        spot = placed.spot(remark.path, key=remark.key)
        found.append((remark.file, spot, remark, file, placed))
    for _, spot, remark, file, placed in sorted(found, key=lambda each: (each[0], each[1].line, each[1].column)):
        text = placed.lines[spot.line - 1] if spot.line <= len(placed.lines) else ""
        yield Located(remark.level, remark.code, remark.params, file, *spot, text)


def _broken(file: str, text: bytes, error: NotToml) -> Located:
    spot: Spot = error.spot
    lines = text.decode("utf-8", errors="replace").split("\n")
    line = lines[spot.line - 1].removesuffix("\r") if spot.line <= len(lines) else ""
    return Located("error", "not_toml", {"problem": error.problem}, file, *spot, line)


def _path_of(where: str) -> Path:
    """A path as the compiler writes it (``$.settings.promise``)."""
    return tuple(part for part in where.removeprefix("$").split(".") if part and "[" not in part)
