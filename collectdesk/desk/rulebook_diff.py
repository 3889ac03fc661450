"""Two rulebooks compared: rule by rule, field by field, as their files name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec
from msgspec import Struct, structs

from collectdesk.desk.rulebook_sense import Sense, sense_of
from collectdesk.desk.rulebooks import Held, as_shipped, held, one
from collectdesk.errors import N_, NotFound

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.gate import Rulebook
    from collectdesk.gate.kinds import Rule

Path: TypeAlias = tuple[str | int, ...]
What: TypeAlias = Literal["added", "removed", "changed"]
SHIPPED = "shipped"
HEAD = (
    "title",
    "source",
    "in_force",
    "fixed_zone",
    "one_zone_countries",
    "same_zone",
    "calendar",
    "preset",
    "applies",
    "common",
)
"""What stands in a rulebook before its rules; its version is told by itself."""


SPOKEN = ("title", "cite", "text", "remedy", "undetermined", "status", "confidence", "needs_ack")
TIMED = ("open", "barred", "closing_minutes", "day_kinds", "weekdays", "holidays", "holiday_kinds", "holiday_hours")
"""Fields of rules of hours and days, which only tell together what is open."""


class FieldChange(msgspec.Struct, frozen=True):
    """One field: where it stands (``("window", "dates")``), what it was and what it is; ``None``: not there.

    ``sense``: whether the rule bars more or less by it, where that can be told.
    """

    path: Path
    old: object
    new: object
    sense: Sense | None = None


class Change(msgspec.Struct, frozen=True):
    """One rule (its id), setting (``settings.NAME``) or the book's head (``""``): new, gone or changed."""

    name: str
    what: What
    title: Mapping[str, str]
    fields: tuple[FieldChange, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Two rulebooks and every difference, in the order of the newer one, what is gone last."""

    old: Rulebook | None
    new: Rulebook
    changes: tuple[Change, ...]


Days: TypeAlias = Callable[["Rule", "Rule"], str]
"""The first stretch the second rule of hours or days leaves open and the first does not; empty where there is none."""


def compare(old: Rulebook | None, new: Rulebook, days: Days | None = None) -> Comparison:
    """What ``new`` changes; against nothing, everything is new. ``days`` tells which of two rules of hours is wider."""
    before, after = _parts(old) if old else {}, _parts(new)
    rules = {rule.id: rule for rule in (*(old.rule if old else ()), *new.rule)}
    olds = {rule.id: rule for rule in old.rule} if old else {}
    changes = []
    for name, part in after.items():
        fields = _fields_of(before.get(name), part)
        if name in olds and fields:
            fields = tuple(_sensed(olds[name], rules[name], fields, days))
        if fields or name not in before:
            changes.append(Change(name, "added" if name not in before else "changed", _title(part), fields))
    changes += [Change(name, "removed", _title(part), ()) for name, part in before.items() if name not in after]
    return Comparison(old, new, tuple(changes))


def field_changes(old: Any, new: Any, path: Path = ()) -> Iterator[FieldChange]:  # noqa: ANN401 - any TOML value
    """Every field in which two values differ; lists of tables entry by entry where there are as many."""
    if old == new:
        return
    if isinstance(new, dict) and (isinstance(old, dict) or old is None):
        before = old or {}
        for key in dict.fromkeys((*new, *before)):
            yield from field_changes(before.get(key), new.get(key), (*path, key))
    elif _tables(old) and _tables(new) and len(old) == len(new):
        for index, (one_, other) in enumerate(zip(old, new, strict=True)):
            yield from field_changes(one_, other, (*path, index))
    else:
        yield FieldChange(path, old, new)


def _sensed(old: Rule, new: Rule, fields: Sequence[FieldChange], days: Days | None) -> Iterator[FieldChange]:
    """The changes of one rule with which way each goes."""
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    timed = _timed(old, new, days) if old.kind == new.kind else None
    for each in fields:
        name = str(each.path[0])
        sense: Sense = "unclear"
        if name == "severity":
            sense = "looser" if new.severity == "warn" else "tighter"
        elif old.kind == new.kind and name in TIMED:
            sense = timed or "unclear"
        elif old.kind == new.kind and name not in SPOKEN:
            sense = _told_of(name, before.get(name), _alone(each.path, before, after))
        yield msgspec.structs.replace(each, sense=sense if sense != "unclear" else None)


def _told_of(field: str, old: Any, new: Any) -> Sense:  # noqa: ANN401 - any TOML value
    """Which way a field was changed; what is not shown to be either is not called looser."""
    sense = sense_of(field, old, new)
    return "unclear" if sense == "looser" == sense_of(field, new, old) else sense


def _alone(path: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any TOML value
    """The field as it now is; of conditions only this one is, for each limits the rule by itself."""
    name = str(path[0])
    if name != "when" or len(path) == 1:
        return after.get(name)
    condition = str(path[1])
    return {**before[name], condition: after[name][condition]}


def _timed(old: Rule, new: Rule, days: Days | None) -> Sense | None:
    if days is None or new.kind not in ("hours", "closed_days"):
        return None
    opens, closes = days(old, new), days(new, old)
    return None if bool(opens) == bool(closes) else "looser" if opens else "tighter"


def rulebook_named(office: Office | None, name: str) -> Held:
    """A rulebook by id (in force, else shipped), ``ID@VERSION`` (once adopted) or ``ID@shipped``.

    Raises:
        NotFound: there is none such.
    """
    id_, at, version = name.partition("@")
    if at and version != SHIPPED and office is not None:
        return _adopted(office, id_, version)
    if at and version != SHIPPED:
        raise NotFound(
            "no_such_version",
            N_("No desk is open here, so there are no adopted versions."),
            hint=N_("Name a shipped rulebook, ID@shipped, or a file."),
        )
    return one(as_shipped() if at or office is None else held(office), id_)


def _adopted(office: Office, name: str, version: str) -> Held:
    from sqlalchemy import text

    from collectdesk.desk.adoptable import KINDS

    sql = "SELECT version, digest, compiled FROM adoption WHERE kind = 'rulebook' AND name = :name ORDER BY id"
    with office.reader.connect() as connection:
        rows = connection.execute(text(sql), {"name": name}).all()
    found = next((row for row in rows if row.version == version), None)
    if found is None:
        raise NotFound(
            "no_such_version",
            N_("This desk never adopted that version."),
            hint=N_("Adopted were: {versions}.") if rows else N_("`collectdesk rules list` names the rulebooks."),
            versions=", ".join(row.version for row in rows),
        )
    book = KINDS["rulebook"].read(found.compiled.encode())
    return Held(book, found.version, None)


def _parts(book: Rulebook) -> dict[str, Struct | dict[str, Any]]:
    """What a rulebook is made of, by name: its head, its rules, its settings."""
    head = {name: getattr(book, name) for name in HEAD}
    settings = {f"settings.{name}": table for name, table in book.settings.items()}
    return {"": head, **{rule.id: rule for rule in book.rule}, **settings}


def said(value: object) -> Any:  # noqa: ANN401 - any TOML value
    """A value as its file would write it: what a table leaves at its default is left out."""
    if isinstance(value, Struct):
        kind = value.__struct_config__
        tag = {str(kind.tag_field): kind.tag} if kind.tag is not None else {}
        fields = ((each.encode_name, getattr(value, each.name), each.default) for each in structs.fields(value))
        return {**tag, **{name: said(part) for name, part, default in fields if part not in (default, (), {})}}
    if isinstance(value, Mapping):
        return {key: said(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [said(each) for each in value]
    return value


def _fields_of(old: Any, new: Any) -> tuple[FieldChange, ...]:  # noqa: ANN401
    """The fields in which two parts differ; a default that one of them leaves unsaid is spelt out."""
    before, after = said(old) if old is not None else {}, said(new)
    if isinstance(old, Struct) and isinstance(new, Struct):
        before, after = _spelt(old, before, after), _spelt(new, after, before)
    return tuple(field_changes(before, after))


def _spelt(part: Struct, own: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.encode_name: each.name for each in structs.fields(part)}
    return own | {key: said(getattr(part, names[key])) for key in other if key not in own and key in names}


def _title(part: Struct | Mapping[str, Any]) -> Mapping[str, str]:
    found = part.get("title") if isinstance(part, Mapping) else getattr(part, "title", None)
    return found if isinstance(found, Mapping) else {}


def _tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
