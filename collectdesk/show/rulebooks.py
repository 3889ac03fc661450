"""Rulebooks for people and for programs: what is in force, each rule with its source, and how its examples came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from collectdesk.errors import N_
from collectdesk.lang import _, current, ngettext
from collectdesk.show.terminal import marks

if TYPE_CHECKING:
    from collectdesk.desk.rulebooks import Difference, Held
    from collectdesk.gate.examples import Outcome

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


def list_text(held: Sequence[Held], *, adopted: bool) -> None:
    """The rulebooks, one a line."""
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
    if not adopted:
        console.print(" " + _("As the program ships them; a desk goes by what it adopted."))


def list_json(held: Sequence[Held], *, adopted: bool) -> None:
    """One document, ``collectdesk.rulebooks/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "id": each.book.id,
            "title": each.book.title,
            "version": each.version,
            "digest": each.book.digest,
            "rules": len(each.book.rule),
            "since": each.since,
            "preset": each.book.preset,
        }
        for each in held
    ]
    emit("collectdesk.rulebooks/1", {"adopted": adopted, "rulebooks": rows})


def show_text(held: Held) -> None:
    """Every rule: title, text, numbers, source, how firmly it is known; the house's settings after them."""
    from collectdesk.desk import house
    from collectdesk.show.desk import lines
    from collectdesk.show.house import settings_words
    from collectdesk.show.terminal import out
    from collectdesk.show.words import listed

    book = held.book
    lines(f"{book.id}  {pick(book.title)}")
    since = [_("version {version}").format(version=held.version)]
    if held.since:
        since.append(_("in force here since {day}").format(day=held.since))
    lines(listed(since))
    if book.source.get("url"):
        lines(book.source["url"])
    console = out()
    for rule in book.rule:
        console.print()
        lines(f"{rule.id}  {pick(rule.title)}")
        lines(pick(rule.text), indent=3)
        words = [_(STATUSES[rule.status]), _(SEVERITIES[rule.severity]), _(CONFIDENCES[rule.confidence])]
        lines(listed([pick(rule.cite), *words]), indent=3)
        if own := _numbers(rule):
            lines(own, indent=3)
    if book.id == house.HOUSE:
        for name, title, text, cite in settings_words(book):
            console.print()
            lines(f"{name}  {title}")
            lines(text, indent=3)
            lines(cite, indent=3)


def show_json(held: Held) -> None:
    """One document, ``collectdesk.rulebook_shown/1``: the book as adopted; ``settings`` as they bind, the house's."""
    from collectdesk.desk import house
    from collectdesk.show.jsonout import emit

    book = _exact(msgspec.to_builtins(held.book))
    binding = msgspec.to_builtins(house.read(held.book)) if held.book.id == house.HOUSE else None
    emit("collectdesk.rulebook_shown/1", {"since": held.since, "rulebook": book, "settings": binding})


def _exact(value: object) -> object:
    """``value`` with whole numbers as such and others as decimal strings: JSON carries no float of ours."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    if isinstance(value, Mapping):
        return {key: _exact(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_exact(each) for each in value]
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
                lines(difference, indent=7)


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


def difference_text(change: Difference) -> None:
    """What an adoption changes, on stderr: it is asked about next."""
    from collectdesk.show.terminal import say
    from collectdesk.show.words import listed

    for title, rules in ((_("new"), change.added), (_("gone"), change.removed), (_("changed"), change.changed)):
        if rules:
            say(f" {title}: {listed(rules)}")


def pick(texts: Mapping[str, str]) -> str:
    """The text in the language spoken, or whichever there is."""
    return texts.get(current()) or next(iter(texts.values()), "")


_SPOKEN = ("id", "kind", "status", "severity", "confidence", "released_by")


def _numbers(rule: object) -> str:
    """The rule's own numbers, times and choices, as its file names them; conditions are for ``--json``."""
    plain: Mapping[str, Any] = msgspec.to_builtins(rule)
    shown = {name: _plain(value) for name, value in plain.items() if name not in _SPOKEN}
    return "  ".join(f"{name}={value}" for name, value in shown.items() if value)


def _plain(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return ",".join(filter(None, map(_plain, value)))
    if isinstance(value, Mapping) and set(value) == {"start", "end"}:
        return "-".join(str(each) for each in value.values())
    return ""
