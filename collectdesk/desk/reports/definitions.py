"""What figures mean and what reports are called, read from ``data/figures`` and ``data/reports``.

A figure's key names the relation it counts: ``calls.dialled`` stands in ``data/figures/calls.toml`` as ``[dialled]``.
The words of a report stand in ``data/reports/NAME.toml``, those all reports share in ``common.toml``.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.figure import Better, Definition, Kind
from collectdesk.desk.shipped import shipped
from collectdesk.errors import N_, InternalProblem

T = TypeVar("T")
FigureName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A figure as its file has it; see ``figure.Definition``. A share names the two counts it is made of."""

    kind: Kind
    title: Both
    meaning: Both
    short: Both | None = None
    better: Better = "neither"
    hours: bool = False
    part: FigureName | None = None
    whole: FigureName | None = None


class ReportWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a report is called, the question it answers, the headings of its sections and tables."""

    title: Both
    about: Both
    section: dict[str, Both] = {}
    table: dict[str, Both] = {}


class CommonWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What tells rows apart, the rows every table may have, columns of lists, codes of the desk, and the footnotes."""

    dimension: dict[str, Both]
    row: dict[str, Both]
    column: dict[str, Both]
    code: dict[str, Both]
    note: dict[str, Both]


@cache
def figures_of(relation: str) -> dict[str, Definition]:
    """The figures of a relation by key, in the order of its file."""
    entries = _read(f"figures/{relation}.toml", dict[FigureName, Entry])
    return {f"{relation}.{name}": _definition(relation, name, entry) for name, entry in entries.items()}


def definition(key: str) -> Definition:
    """What a figure means.

    Raises:
        KeyError: there is none with this key.
    """
    return figures_of(key.partition(".")[0])[key]


@cache
def words_of(report: str) -> ReportWords:
    """What a report is called, and its headings."""
    return _read(f"reports/{report}.toml", ReportWords)


@cache
def common() -> CommonWords:
    """The words all reports share."""
    return _read("reports/common.toml", CommonWords)


def filled(text: Both, **params: object) -> Both:
    """A text with its ``{placeholders}`` filled in both languages."""
    return Both(text.zh_CN.format(**params), text.en.format(**params))


def _definition(relation: str, name: str, entry: Entry) -> Definition:
    return Definition(
        key=f"{relation}.{name}",
        kind=entry.kind,
        title=entry.title,
        short=entry.short or entry.title,
        meaning=entry.meaning,
        better=entry.better,
        hours=entry.hours,
        part=f"{relation}.{entry.part}" if entry.part else None,
        whole=f"{relation}.{entry.whole}" if entry.whole else None,
        listed=entry.kind != "share",
    )


def _read(path: str, kind: type[T]) -> T:
    import tomllib

    try:
        return msgspec.convert(tomllib.loads(shipped(path).decode()), kind)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError):
        raise InternalProblem(
            "figures_unreadable",
            N_("The definitions of the figures cannot be read ({file})."),
            hint=N_("Install the program anew."),
            file=path,
        ) from None
