"""The scorecard (评分表): what a reviewed call is scored by, both languages side by side; adopted like other texts.

Groups of items with points, and zero-tolerance items (零容忍项) one of which makes the score nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collectdesk.desk import adoption
from collectdesk.desk.adoptable import Adopted
from collectdesk.desk.adopted_text import (
    Both,
    Headed,
    Name,
    Text,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
)
from collectdesk.desk.training.courses import SectionName
from collectdesk.errors import N_, NotFound

WHOLE = 100
"""What all groups weigh together."""
KnownName: TypeAlias = Literal[
    "wording", "ending", "times", "consents", "lines", "consequences", "result", "identity", "party", "preparation",
    "opening", "discussion", "raised", "recording",
]  # fmt: skip
"""What the desk knows of a call by itself (``quality.known``)."""


class Reason(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why points were lost."""

    code: Name
    zh_CN: Text  # noqa: N815 - the language's code
    en: Text

    def in_(self, lang: str) -> str:
        """The text in ``lang``."""
        return self.zh_CN if lang == "zh_CN" else self.en


class Group(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the card and its share of the whole."""

    name: Name
    title: Both
    weight: Annotated[int, Meta(ge=1, le=WHOLE)]
    cite: tuple[str, ...]


class Item(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that is scored: its points, why they may be lost, where it is taught, what the desk shows beside it."""

    name: Name
    group: Name
    points: Annotated[int, Meta(ge=1, le=WHOLE)]
    title: Both
    section: SectionName
    reasons: Annotated[tuple[Reason, ...], Meta(min_length=1)]
    cite: tuple[str, ...]
    known: tuple[KnownName, ...] = ()


class Fatal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is never tolerated: the code of ``violation`` it is recorded as, and where it is taught."""

    name: Name
    title: Both
    violation: Name
    section: SectionName
    cite: tuple[str, ...]


class ScorecardFile(Headed, frozen=True, kw_only=True):
    """A scorecard as its file holds it."""

    schema: Literal["collectdesk.scorecard/1"]
    id: Name
    group: tuple[Group, ...]
    item: tuple[Item, ...]
    fatal: tuple[Fatal, ...]


class Scorecard(Headed, frozen=True, kw_only=True, dict=True):
    """A scorecard in force: plain data, to be stored and read back as JSON (msgspec)."""

    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    fatals: tuple[Fatal, ...]

    @cached_property
    def by_name(self) -> dict[str, Item | Fatal]:
        """Everything that is answered, in the order it is asked: the items, then what is never tolerated."""
        everything: list[Item | Fatal] = [*self.items, *self.fatals]
        return {each.name: each for each in everything}


def compile_scorecard(mapping: Mapping[str, object]) -> Scorecard:
    """Read a scorecard and hold it together.

    Raises:
        BadData: a field is wrong, a name stands twice, points do not add up, or something has no source.
    """
    file = read_as(ScorecardFile, mapping, "scorecard")
    scored: list[Item | Fatal] = [*file.item, *file.fatal]
    refuse_doubles("scorecard", "$.item", (each.name for each in scored))
    refuse_doubles("scorecard", "$.group", (each.name for each in file.group))
    cited = [(f"$.item.{each.name}.cite", each.cite) for each in scored]
    cited += [(f"$.group.{each.name}.cite", each.cite) for each in file.group]
    refuse_unknown_cites("scorecard", file.cites, cited)
    for where, cites in cited:
        if not cites:
            raise malformed("scorecard", where, "everything that is scored has its source")
    for each in file.item:
        refuse_doubles("scorecard", f"$.item.{each.name}.reasons", (reason.code for reason in each.reasons))
    _require_sums(file)
    return Scorecard(
        version=file.version,
        title=file.title,
        cites=file.cites,
        groups=file.group,
        items=file.item,
        fatals=file.fatal,
    )


def in_force(where: adoption.Where, at: int) -> Adopted:
    """The scorecard calls are scored by at ``at`` (UTC seconds), as it was adopted.

    Raises:
        NotFound: this desk has adopted none.
    """
    found = adoption.in_force(where, "scorecard", at)
    if not found:
        raise NotFound(
            "no_scorecard",
            N_("This desk has adopted no scorecard."),
            hint=N_("An administrator takes the shipped one in: `collectdesk rules adopt --shipped`."),
        )
    return found[-1]


def _require_sums(file: ScorecardFile) -> None:
    weights = {each.name: each.weight for each in file.group}
    if sum(weights.values()) != WHOLE:
        raise malformed("scorecard", "$.group", f"the groups weigh {WHOLE} together")
    given = dict.fromkeys(weights, 0)
    for each in file.item:
        if each.group not in given:
            raise malformed("scorecard", f"$.item.{each.name}.group", f"there is no group '{each.group}'")
        given[each.group] += each.points
    for name, points in given.items():
        if points != weights[name]:
            raise malformed("scorecard", f"$.group.{name}", f"its items have {points} of {weights[name]} points")
