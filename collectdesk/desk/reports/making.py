"""Making a report: who may see what, the sections its module says, the footnotes, the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked, Look
from collectdesk.desk.reports.catalogue import module_of
from collectdesk.desk.reports.definitions import definition
from collectdesk.desk.reports.drill import listable, rows_behind
from collectdesk.desk.reports.figure import Definition, Note, Period, Report, Section
from collectdesk.desk.reports.notes import note, notes_on
from collectdesk.desk.reports.reach import reach_of
from collectdesk.desk.reports.relation import PRODUCTS, STAGES
from collectdesk.desk.reports.tables import OTHERS
from collectdesk.errors import N_, UsageProblem

if TYPE_CHECKING:
    from collectdesk.desk.window import Window


def make(window: Window, asked: Asked) -> Report:
    """The report ``asked`` for, complete.

    Args:
        window: the desk, caught up, as whoever asks.
        asked: the question.
    Raises:
        NotPermitted: it is not theirs to see.
        NotFound: no such team or collector.
        UsageProblem: a product, stage or ``--by`` that does not exist.
    """
    module = module_of(asked.report)
    _require_known(asked, module.by)
    look = Look(window, asked, reach_of(window, asked.team, asked.collector, own=module.own), module.spans, module.most)
    sections = module.sections(look)
    notes = (*notes_on(look, sections), *module.notes(look), *_folded(look, sections))
    return _report(look, sections, _once(notes))


def listing(
    window: Window, asked: Asked, figure: str, *, limit: int, unmasked: bool = False
) -> tuple[Report, frozenset[int]]:
    """The rows behind a figure as a report, and the keys of the cases in it.

    Raises:
        NotFound, UsageProblem: see ``drill.listable``; and what ``make`` raises.
    """
    module = module_of(asked.report)
    key = figure if "." in figure else next((each for each in module.figures if each.endswith(f".{figure}")), figure)
    if key not in _with_parts(module.figures):
        listable("." if "." not in key else key)
        raise UsageProblem(
            "figure_elsewhere",
            N_("That figure is not of this report."),
            hint=N_("`collectdesk report {report} --help` lists its figures."),
            report=asked.report,
        )
    _require_known(asked, module.by)
    look = Look(window, asked, reach_of(window, asked.team, asked.collector, own=module.own), module.spans, module.most)
    listed = rows_behind(look, key, limit=limit, unmasked=unmasked)
    shown = len(next(iter(listed.section.tables)).rows)
    notes = tuple(each for each in notes_on(look, (listed.section,)) if each.code != "empty")  # of others there may be
    if shown < listed.number:
        notes += (note("listed_part", count=listed.number, shown=shown),)
    return replace(_report(look, (listed.section,), notes), compared=None, unmasked=unmasked), listed.cases


def _report(look: Look, sections: tuple[Section, ...], notes: tuple[Note, ...]) -> Report:
    asked, window = look.asked, look.window
    return Report(
        name=asked.report,
        title=look.words.title,
        about=look.words.about,
        period=asked.period,
        compared=asked.compared,
        scope=replace(look.reach.scope, product=asked.product or None, stage=asked.stage or None),
        made_at=window.at,
        made_by=window.staff.number,
        practice=window.practice,
        sections=sections,
        notes=notes,
        definitions=tuple(_definitions(sections)),
    )


def _definitions(sections: Iterable[Section]) -> Iterator[Definition]:
    """Of every figure shown and of what shares are made of, once, in the order they appear."""
    seen: set[str] = set()
    for key in _keys(sections):
        for each in _with_parts((key,)):
            if each not in seen:
                seen.add(each)
                yield definition(each)


def _keys(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from (figure.key for figure in section.figures)
        yield from (column.figure for table in section.tables for column in table.columns if column.figure)


def _with_parts(keys: Iterable[str]) -> list[str]:
    means = [definition(key) for key in keys]
    return [each for one in means for each in (one.key, one.part, one.whole) if each]


def _folded(look: Look, sections: Iterable[Section]) -> Iterator[Note]:
    if any(row.key == OTHERS for section in sections for table in section.tables for row in table.rows):
        yield note("small_groups", least=look.least)
    if look.withheld:
        yield note("withheld", caution=True, least=look.least)


def _once(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple({(each.code, each.text.en): each for each in notes}.values())


def _require_known(asked: Asked, by: tuple[str, ...]) -> None:
    for option, word, known in (
        ("--product", asked.product, PRODUCTS),
        ("--stage", asked.stage, STAGES),
        ("--by", asked.by, by),
    ):
        if word and word not in known:
            raise UsageProblem(
                "not_one_of",
                N_("{option} takes one of: {choices}."),
                option=option,
                choices=", ".join(known) or "-",
            )


def last_worked(window: Window) -> int | None:
    """When somebody of the company last dialled, UTC seconds."""
    found = window.ask(LAST, {"now": window.at})
    return int(found[0][0]) if found else None


LAST = (
    "SELECT e.at FROM contact_event e WHERE e.at <= :now AND e.kind = 'call' AND e.direction = 'out' "
    "AND e.superseded_at IS NULL AND e.org = (SELECT o.id FROM org o WHERE o.own) ORDER BY e.at DESC LIMIT 1"
)


def worth_showing(window: Window) -> Period:
    """The day a morning page is of: today once somebody has dialled, before that the last day somebody did."""
    at = last_worked(window)
    return periods.a_day(periods.day_of(window.at if at is None else at))
