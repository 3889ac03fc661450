"""Rulebooks for people and for programs: what is in force, each rule with its source, and how its examples came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from collectdesk.errors import N_
from collectdesk.lang import _, current, ngettext
from collectdesk.show.differences import difference_words
from collectdesk.show.terminal import marks
from collectdesk.show.words import bracketed, listed

if TYPE_CHECKING:
    from collectdesk.desk.rulebooks import Held
    from collectdesk.gate import Rulebook
    from collectdesk.gate.examples import Outcome
    from collectdesk.gate.kinds import Rule

STATUSES = {
    "law": N_("law"),
    "guideline": N_("guideline"),
    "house": N_("house rule"),
    "draft": N_("draft"),
}
CONFIDENCES = {
    "V": N_("read in the text itself"),
    "Q": N_("quoted by others"),
    "S": N_("paraphrased by others"),
    "T": N_("in translation"),
    "D": N_("a draft"),
    "M": N_("from memory"),
}
SEVERITIES = {"bar": N_("bars"), "warn": N_("warns")}


def list_text(held: Sequence[Held], coming: Sequence[Held] | None) -> None:
    """The rulebooks, one a line, and what is adopted for later; where nothing is adopted it is as shipped."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [
        Column(_("Rulebook"), "id"),
        Column(_("Title")),
        Column(_("Rules"), "number"),
        Column(_("Version"), "id"),
        Column(_("Since"), "date"),
    ]
    rows = [
        [each.book.id, pick(each.book.title), str(len(each.book.rule)), each.version, each.since or "-"]
        for each in held
    ]
    console.print(table(console, columns, rows))
    if coming is None:
        console.print(" " + _("As the program ships them; a desk goes by what it adopted."))
    said = _("From {day}: {rulebook}, version {version}.")
    for each in coming or ():
        console.print(" " + said.format(day=each.since, rulebook=each.book.id, version=each.version))


def list_json(held: Sequence[Held], coming: Sequence[Held] | None) -> None:
    """One document, ``collectdesk.rulebooks/1``."""
    from collectdesk.show.jsonout import emit

    rows = [_facts(each) for each in held]
    told = {"adopted": coming is not None, "rulebooks": rows, "to_come": [_facts(each) for each in coming or ()]}
    emit("collectdesk.rulebooks/1", told)


def _facts(held: Held) -> dict[str, Any]:
    return {
        "id": held.book.id,
        "title": held.book.title,
        "version": held.version,
        "digest": held.book.digest,
        "rules": len(held.book.rule),
        "since": held.since,
        "preset": held.book.preset,
    }


def show_text(held: Held, only: str = "") -> None:
    """Every rule: title, text, numbers, source, how firmly it is known, since when; the house's settings after them.

    ``only``: this rule and no other.
    """
    from collectdesk.desk import house
    from collectdesk.show.desk import lines
    from collectdesk.show.house import settings_words
    from collectdesk.show.terminal import out

    book = held.book
    lines(f"{book.id}  {pick(book.title)}")
    since = [_("version {version}").format(version=held.version)]
    if held.since:
        since.append(_("in force here since {day}").format(day=held.since))
    lines(("，" if current() == "zh_CN" else ", ").join(since))
    if book.source.get("url"):
        lines(book.source["url"])
    console = out()
    for rule in book.rule:
        if only in ("", rule.id):
            console.print()
            _rule(rule, book)
    if book.id == house.HOUSE and not only:
        for name, title, text, cite in settings_words(book):
            console.print()
            lines(f"{name}  {title}")
            lines(text, indent=3)
            lines(cite, indent=3)


def _rule(rule: Rule, book: Rulebook) -> None:
    from collectdesk.show.desk import lines

    lines(f"{rule.id}  {pick(rule.title)}")
    lines(pick(rule.text), indent=3)
    words = [_(STATUSES[rule.status]), _(SEVERITIES[rule.severity]), _(CONFIDENCES[rule.confidence])]
    lines(pick(rule.cite) + bracketed(listed(words)), indent=3)
    if since := rule.in_force.start or book.in_force.start:
        lines(_("its text in force since {day}").format(day=since.isoformat()), indent=3)
    if end := rule.in_force.end or book.in_force.end:
        lines(_("its text in force through {day}").format(day=end.isoformat()), indent=3)
    if rule.undetermined:
        lines(pick(rule.undetermined), indent=3)
    if own := _numbers(rule):
        lines(own, indent=3)


def show_json(held: Held, only: str = "") -> None:
    """One document, ``collectdesk.rulebook_shown/1``: the book as adopted; ``settings`` as they bind, the house's.

    ``only``: this rule alone, as ``collectdesk.rule_shown/1``.
    """
    from collectdesk.desk import house
    from collectdesk.show.jsonout import emit

    book: Any = exact(msgspec.to_builtins(held.book))
    if only:
        rule = next(each for each in book["rule"] if each["id"] == only)
        head = {"rulebook": held.book.id, "version": held.version, "since": held.since, "in_force": book["in_force"]}
        emit("collectdesk.rule_shown/1", {**head, "rule": rule})
        return
    binding = msgspec.to_builtins(house.read(held.book)) if held.book.id == house.HOUSE else None
    emit("collectdesk.rulebook_shown/1", {"since": held.since, "rulebook": book, "settings": binding})


def exact(value: object) -> object:
    """``value`` with whole numbers as such and others as decimal strings: JSON carries no float of ours."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    if isinstance(value, Mapping):
        return {key: exact(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [exact(each) for each in value]
    return value


def tests_text(results: Sequence[tuple[str, Sequence[Outcome]]]) -> None:
    """How the worked examples of each rulebook came out."""
    from collectdesk.show.desk import lines

    for name, outcomes in results:
        bad = [each for each in outcomes if each.differences]
        mark = marks().no if bad else marks().yes
        said = ngettext("{good} of {all} example", "{good} of {all} examples", len(outcomes))
        lines(f"{mark} {name}  " + said.format(good=len(outcomes) - len(bad), all=len(outcomes)))
        for each in bad:
            lines(each.name, indent=5)
            for difference in each.differences:
                lines(difference_words(difference), indent=7)


def tests_json(results: Sequence[tuple[str, Sequence[Outcome]]]) -> None:
    """One document, ``collectdesk.rules_test/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "rulebook": name,
            "examples": [{"name": each.name, "differences": list(each.differences)} for each in outcomes],
        }
        for name, outcomes in results
    ]
    emit(
        "collectdesk.rules_test/1",
        {"passed": not any(o.differences for _n, all_ in results for o in all_), "rulebooks": rows},
    )


def pick(texts: Mapping[str, str]) -> str:
    """The text in the language spoken, or whichever there is."""
    return texts.get(current()) or next(iter(texts.values()), "")


_SPOKEN = ("id", "kind", "status", "severity", "confidence", "released_by", "title", "cite", "text", "remedy")
_ELSEWHERE = (*_SPOKEN, "undetermined", "in_force", "when")


def _numbers(rule: Rule) -> str:
    """The rule's own numbers, times and choices, as its file names them; conditions are for ``--json``."""
    from collectdesk.desk.rulebook_diff import said

    shown = {name: _plain(value) for name, value in said(rule).items() if name not in _ELSEWHERE}
    return "  ".join(f"{name}={value}" for name, value in shown.items() if value)


def _plain(value: object) -> str:
    """A value as a few words; nothing for what takes more."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, (list, tuple)):
        parts = list(filter(None, map(_plain, value)))
        more = ["…"] if parts and len(parts) < len(value) else []  # or some would pass for all there are
        return ", ".join([*parts, *more])
    if isinstance(value, Mapping) and {"from", "to"} <= set(value):
        days = _plain(value.get("weekdays")) or _plain(value.get("day_kinds"))
        return f"{value['from']}-{value['to']}" + bracketed(days)
    if isinstance(value, Mapping) and all(isinstance(each, int | str) for each in value.values()):
        return ",".join(name if each is True else f"{name} {each}" for name, each in value.items() if each is not False)
    return ""
