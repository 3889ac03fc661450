"""Two rulebooks compared, in words: rule by rule, field by field, and which way each change goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import LANGUAGES, _, current
from collectdesk.show.rulebooks import CONFIDENCES, SEVERITIES, STATUSES, pick
from collectdesk.show.safe import safe
from collectdesk.show.width import wrap
from collectdesk.show.words import bracketed

if TYPE_CHECKING:
    from collectdesk.desk.rulebook_diff import Change, Comparison, FieldChange

FIELDS = {
    "limit": N_("the limit"),
    "window": N_("the window"),
    "window.dates": N_("the window in dates"),
    "window.minutes": N_("the window in minutes"),
    "window.calendar": N_("the calendar period"),
    "or_window": N_("the windows it may mean besides"),
    "count": N_("what is counted"),
    "excluding": N_("what is left out"),
    "per": N_("counted per"),
    "minutes": N_("minutes"),
    "dates": N_("dates"),
    "after": N_("after what"),
    "open": N_("the hours"),
    "closing_minutes": N_("minutes before closing"),
    "day_kinds": N_("kinds of days"),
    "weekdays": N_("weekdays"),
    "consent": N_("what a consent opens"),
    "unknown_others_cost": N_("kept back for calls nobody told us of"),
    "severity": N_("what it does"),
    "status": N_("what it is"),
    "confidence": N_("how it was read"),
    "kinds": N_("the holds"),
    "reaches": N_("who is stopped as well"),
    "any_debt": N_("what holds whatever the debt"),
    "admit": N_("who may be called"),
    "terms": N_("what must have been agreed to"),
    "reply": N_("answers that may pass"),
    "notices": N_("the notices"),
    "days": N_("how many days it waits"),
    "business": N_("whether business days are meant"),
    "counted_from": N_("what the days count from"),
    "holidays": N_("the holidays"),
    "needs_ack": N_("whether it must be acknowledged"),
    "lost": N_("when contact counts as lost"),
    "fact": N_("the fact required"),
    "one_of": N_("what will do"),
    "none_of": N_("what will not do"),
    "within_dates": N_("how many dates old it may be"),
    "within_months": N_("how many months old it may be"),
    "over_dates": N_("for how many dates others' calls must be known"),
    "unknown": N_("what it does when unknown"),
    "released_by": N_("whose act opens it"),
    "kind": N_("the kind of rule"),
    "when": N_("when it applies"),
    "in_force": N_("in force"),
    "title": N_("the title"),
    "cite": N_("the source"),
    "text": N_("the text"),
    "remedy": N_("the remedy"),
    "undetermined": N_("what the text leaves open"),
    "applies": N_("to whom it applies"),
    "common": N_("what all rules share"),
    "calendar": N_("the calendar"),
    "fixed_zone": N_("the zone it counts in"),
    "same_zone": N_("the zone it counts in"),
    "source": N_("the source"),
}
"""Fields as people call them; another is called as its file does."""
CODES: Mapping[str, Mapping[str, str]] = {"status": STATUSES, "severity": SEVERITIES, "confidence": CONFIDENCES}
SENSES = {"tighter": N_("stricter"), "looser": N_("looser")}
WHAT = {"added": N_("new"), "removed": N_("gone"), "changed": N_("changed")}


def diff_json(compared: Comparison, names: tuple[str, str]) -> None:
    """One document, ``collectdesk.rules_diff/1``."""
    from collectdesk.show.jsonout import emit
    from collectdesk.show.rulebooks import exact

    rows = [
        {
            "name": change.name,
            "what": change.what,
            "fields": [
                {"path": list(each.path), "old": exact(each.old), "new": exact(each.new), "sense": each.sense}
                for each in change.fields
            ],
        }
        for change in compared.changes
    ]
    sides = {
        side: {"named": name, "id": book.id, "version": book.version, "digest": book.digest} if book else None
        for side, name, book in (("old", names[0], compared.old), ("new", names[1], compared.new))
    }
    emit("collectdesk.rules_diff/1", {**sides, "same": not compared.changes, "changes": rows})


def diff_text(compared: Comparison, *, asked: bool = False) -> None:
    """Print it; ``asked``: on stderr, for it is asked about next."""
    from collectdesk.show.terminal import err, out

    console = err() if asked else out()
    for line in diff_lines(compared, min(console.width, 80)):
        console.print(line, soft_wrap=True)


def diff_lines(compared: Comparison, width: int = 80) -> list[str]:
    """The two versions, then each part that differs with its fields."""
    old, new = compared.old, compared.new
    before = f"{safe(old.id)} {safe(old.version)}" if old else _("nothing")
    lines = [f" {before} -> {safe(new.id)} {safe(new.version)}"]
    if not compared.changes:
        return [*lines, "", " " + _("No rule, setting or condition differs.")]
    for change in compared.changes:
        lines += ["", *_wrapped(_head(change), 1, width)]
        for sentence in _fields(change):
            lines += _wrapped(sentence, 3, width)
    return lines


def _head(change: Change) -> str:
    name = safe(change.name) or _("the rulebook itself")
    return f"{_(WHAT[change.what])}  {name}  {safe(pick(change.title))}".rstrip()


def _fields(change: Change) -> Iterator[str]:
    if change.what == "removed":
        return
    for each in _spoken(change):
        if change.what == "added":
            yield f"{field_words(each.path)}{_colon()}{_value(each.path, each.new)}"
        else:
            yield _changed(each)


def _spoken(change: Change) -> Iterator[FieldChange]:
    """The fields worth reading: a text in the language spoken, unless only another language's was changed."""
    paths = {each.path for each in change.fields}
    for each in change.fields:
        other = each.path[-1] in LANGUAGES and each.path[-1] != current()
        if other and (*each.path[:-1], current()) in paths:
            continue
        if change.what == "added" and each.path[0] in ("id", "title"):
            continue
        yield each


def _changed(each: FieldChange) -> str:
    said = f"{field_words(each.path)}{_colon()}{_value(each.path, each.old)} -> {_value(each.path, each.new)}"
    return said + (bracketed(_(SENSES[each.sense])) if each.sense in SENSES else "")


def _colon() -> str:
    return ": " if current() == "en" else "："


def field_words(path: Sequence[str | int]) -> str:
    """A field in words, with the part of it that is meant."""
    named = ".".join(str(each) for each in path if isinstance(each, str) and each != current())
    if named in FIELDS:
        return _(FIELDS[named])
    head, _dot, rest = named.partition(".")
    return _(FIELDS[head]) + bracketed(rest) if head in FIELDS and rest else safe(named)


def _value(path: Sequence[str | int], value: object) -> str:
    """A value, a code that has words in these."""
    if path[0] == "kinds" and len(path) == 2 and not value:
        return _("no hold") if value is None else _("nothing passes")
    coded = CODES.get(str(path[0]), {}) if len(path) == 1 else {}
    return _(coded[value]) if isinstance(value, str) and value in coded else value_words(value)


def value_words(value: object) -> str:
    """A value near enough to how the file writes it; nothing is said to be nothing."""
    if value is None or value in ("", [], {}):
        return _("nothing")
    if isinstance(value, Mapping):
        parts = (f"{safe(str(key))} {value_words(each)}" for key, each in value.items() if each not in (None, [], {}))
        return "{ " + ", ".join(parts) + " }"
    if isinstance(value, list):
        return ", ".join(map(value_words, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return safe(str(value))


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    first, *more = wrap(text, width - indent - 3)
    return [" " * indent + first, *(" " * (indent + 2) + line for line in more)]
