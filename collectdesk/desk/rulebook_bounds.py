"""How far a rulebook may go: the house only tightens, but for its own numbers and for whether its limits bar or warn.

Three measures. Against the rulebook as shipped that it changes: a rule that is gone or says less is loosened; numbers
and severities of limits are the company's to set and only remarked on. Against every law and guideline of the same
place: a limit that allows more than theirs. And of a text that is not the company's own, nothing may change but the
severity of rules that are no law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

import msgspec

from collectdesk.desk.calling_hours import newly_open
from collectdesk.desk.rulebook_diff import Days, field_changes, said
from collectdesk.desk.rulebook_places import Path
from collectdesk.desk.rulebook_sense import NUMBERS, offending, sense_of
from collectdesk.gate import Calendar, Rulebook
from collectdesk.gate.kinds import Rule

Weight: TypeAlias = Literal["loosens", "number", "severity", "unclear", "exceeds", "not_ours"]
Wire: TypeAlias = Mapping[str, Any]

WORDS = ("id", "title", "cite", "text", "remedy", "undetermined", "status", "confidence", "severity", "needs_ack")
"""What says nothing about when a call may be made, or is looked at by itself."""
LIMITS = ("hours", "closed_days", "cap", "gap", "rest")
"""Kinds whose severity a company may set."""
TIMES = ("hours", "closed_days")


class Loosening(msgspec.Struct, frozen=True):
    """Where a rulebook allows more than it may, or than it did.

    ``rule``: the id of the rule in it; ``against``: the rule it is measured by (``rulebook/rule``). ``field`` and the
    two values are as the file names them; ``path`` is where that stands in the rulebook's text.
    """

    weight: Weight
    rule: str
    against: str
    field: str
    theirs: str
    ours: str
    path: Path


def against_shipped(book: Rulebook, shipped: Rulebook, days: Days) -> list[Loosening]:
    """What a changed copy of the company's rulebook loosens."""
    places = {rule.id: index for index, rule in enumerate(book.rule)}
    found: list[Loosening] = []
    for old in shipped.rule:
        name = f"{shipped.id}/{old.id}"
        new = book.rule[places[old.id]] if old.id in places else None
        if new is None or new.kind != old.kind:
            path: Path = ("rule", places[old.id], "kind") if new is not None else ()
            found.append(Loosening("loosens", old.id, name, "rule", old.kind, new.kind if new else "", path))
            continue
        found += _looser(old, new, name, ("rule", places[old.id]), days)
    found += _head(shipped, book)
    return found


def against_others(book: Rulebook, others: Iterable[Rulebook], days: Days) -> list[Loosening]:
    """Which limits of ``book`` allow more than a law's or guideline's of the same place that bars."""
    found: list[Loosening] = []
    barring = [
        (f"{other.id}/{rule.id}", rule)
        for other in others
        if other.id != book.id and not other.preset and _same_place(book, other)
        for rule in other.rule
        if rule.severity == "bar" and rule.status in ("law", "guideline")
    ]
    for index, rule in enumerate(book.rule):
        for name, other in barring:
            if rule.kind == other.kind and _meet(rule, other):
                found += _exceeds(other, rule, name, ("rule", index), days)
    return found


def of_one_place(book: Rulebook, shipped: Rulebook) -> bool:
    """Whether a house rulebook is measured by the shipped one: not where it is written for other countries only."""
    ours, theirs = _countries(book), _countries(shipped)
    return not ours or not theirs or bool(ours & theirs)


def not_ours(book: Rulebook, shipped: Rulebook) -> list[Loosening]:
    """What a copy of a text that is not the company's changes beyond the severity of rules that are no law."""
    found: list[Loosening] = []
    old, new = said(shipped), said(book)
    laws = {rule.id for rule in shipped.rule if rule.status == "law"}
    for change in field_changes(_named_rules(old), _named_rules(new)):
        name = str(change.path[1]) if change.path[0] == "rule" and len(change.path) > 1 else ""
        if change.path[0] in ("version", "digest") or (change.path[2:] == ("severity",) and name not in laws):
            continue
        index = next((number for number, rule in enumerate(book.rule) if rule.id == name), None)
        path = change.path if not name else ("rule", index, *change.path[2:]) if index is not None else ()
        field = ".".join(map(str, change.path[2:] if name else change.path)) or "rule"
        against = f"{shipped.id}/{name}" if name else shipped.id
        found.append(Loosening("not_ours", name, against, field, plain(change.old), plain(change.new), path))
    return found


def days_of(book: Rulebook, calendars: Mapping[str, Calendar], at: int) -> Days:
    """Rules of hours measured in the book's zone and calendar, from ``at`` (UTC seconds) on."""
    zone, calendar = book.fixed_zone or "UTC", calendars.get(book.calendar or "")
    return lambda old, new: newly_open(old, new, zone, calendar, at)


def plain(value: object) -> str:
    """A value as its file writes it, near enough: for a remark, not for a parser."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {plain(each)}" for key, each in value.items() if each is not None) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(plain, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "-" if value is None else str(value)


def _looser(old: Rule, new: Rule, name: str, path: Path, days: Days) -> Iterator[Loosening]:
    def told(weight: Weight, field: str, theirs: object, ours: object, below: Path = ()) -> Loosening:
        named = ".".join(map(str, (field, *(each for each in below if isinstance(each, str)))))
        return Loosening(weight, new.id, name, named, plain(theirs), plain(ours), (*path, field, *below))

    if new.status == "draft" and old.status != "draft":
        yield told("loosens", "status", old.status, new.status)
    if (old.severity, new.severity) == ("bar", "warn"):
        yield told("severity" if new.kind in LIMITS else "loosens", "severity", old.severity, new.severity)
    if new.kind in TIMES and (opened := days(old, new)):
        yield told(
            "number" if new.kind == "hours" else "loosens", "open" if new.kind == "hours" else "day_kinds", "-", opened
        )
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    for field in after:
        if (
            field in WORDS
            or before.get(field) == after[field]
            or (new.kind in TIMES and field not in ("when", "consent"))
        ):
            continue
        sense = sense_of(field, before.get(field), after[field])
        if sense == "looser":
            below, theirs, ours = offending(field, before.get(field), after[field])
            yield told("number" if field in NUMBERS else "loosens", field, theirs, ours, below)
        elif sense == "unclear":
            yield told("unclear", field, before.get(field), after[field])


def _head(old: Rulebook, new: Rulebook) -> Iterator[Loosening]:
    """Conditions of the whole book: to whom it speaks, and since when."""
    for field in ("applies", "common", "in_force"):
        before, after = msgspec.to_builtins(getattr(old, field)), msgspec.to_builtins(getattr(new, field))
        if before != after and sense_of("when" if field != "in_force" else field, before, after) == "looser":
            yield Loosening("loosens", "", old.id, field, _short(before), _short(after), (field,))
    for field in ("fixed_zone", "same_zone", "calendar"):
        theirs, ours = getattr(old, field), getattr(new, field)
        if theirs != ours:
            yield Loosening("unclear", "", old.id, field, plain(theirs), plain(ours), (field,))
    if new.preset and not old.preset:
        yield Loosening("loosens", "", old.id, "preset", "false", "true", ("preset",))


def _short(part: Mapping[str, Any]) -> str:
    return plain({key: value for key, value in part.items() if value})


def _exceeds(other: Rule, rule: Rule, name: str, path: Path, days: Days) -> Iterator[Loosening]:
    """Where a rule of the house allows more than another text's of the same kind and matter."""
    ours, theirs = msgspec.to_builtins(rule), msgspec.to_builtins(other)
    if rule.kind == "hours":
        if opened := days(other, rule):
            yield Loosening("exceeds", rule.id, name, "open", "-", opened, (*path, "open"))
        return
    for field in ("limit", "minutes", "dates"):
        mine, limit = ours.get(field), theirs.get(field)
        more = limit is not None and mine is not None and (mine > limit if field == "limit" else mine < limit)
        if more and _same_matter(ours, theirs):
            yield Loosening("exceeds", rule.id, name, field, plain(limit), plain(mine), (*path, field))


def _same_matter(ours: Wire, theirs: Wire) -> bool:
    """Whether two limits count the same: window, scope and something of what is counted."""
    counts = "count" if "count" in ours else "after"
    same = ours.get("window") == theirs.get("window") and set(ours["per"]) == set(theirs["per"])
    mine = {(each["of"], each["orgs"]) for each in ours[counts]}
    return same and bool(mine & {(each["of"], each["orgs"]) for each in theirs[counts]})


def _same_place(book: Rulebook, other: Rulebook) -> bool:
    """Whether the two speak of the same country; a house that names none is of the one whose calendar it keeps."""
    return bool(_countries(book) & _countries(other))


def _countries(book: Rulebook) -> set[str]:
    region = (book.calendar or "").partition("-")[0]
    return set(book.applies.countries or book.one_zone_countries) or {region} - {""}


def _meet(rule: Rule, other: Rule) -> bool:
    mine, theirs = set(rule.when.channels), set(other.when.channels)
    return not mine or not theirs or bool(mine & theirs)


def _named_rules(book: dict[str, Any]) -> dict[str, Any]:
    return {**book, "rule": {rule["id"]: rule for rule in book.get("rule", ())}}
