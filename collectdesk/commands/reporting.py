"""What a report is asked with: the options every one of them takes, and the question they make."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from collectdesk.commands import offers
from collectdesk.commands.session import Session
from collectdesk.errors import N_, UsageProblem

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Asked
    from collectdesk.desk.reports.figure import Period
    from collectdesk.desk.window import Window

WEEK = 7
PREVIOUS, NONE, LAST = "previous", "none", "last"


def _figures(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 - typer's own context class is private
    from collectdesk.desk.reports.catalogue import module_of

    keys = module_of(ctx.command.name).figures
    return [key for key in keys if key.startswith(incomplete)]


def _dimensions(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 - likewise
    from collectdesk.desk.reports.catalogue import module_of

    return [each for each in module_of(ctx.command.name).by if each.startswith(incomplete)]


def _stages(_session: Session) -> Iterable[str]:
    from collectdesk.desk.reports.relation import STAGES

    return STAGES


def _products(_session: Session) -> Iterable[str]:
    from collectdesk.desk.reports.relation import PRODUCTS

    return PRODUCTS


_recent = offers.words("this", "last")
Day = Annotated[
    str,
    typer.Option(
        metavar=N_("DATE"),
        help=N_("One day: 2026-11-23, today or yesterday."),
        autocompletion=offers.words("today", "yesterday"),
    ),
]
Week = Annotated[
    str,
    typer.Option(metavar=N_("WEEK"), help=N_("One week: 2026-W48, this or last."), autocompletion=_recent),
]
Month = Annotated[
    str, typer.Option(metavar=N_("MONTH"), help=N_("One month: 2026-11, this or last."), autocompletion=_recent)
]
From = Annotated[str, typer.Option("--from", metavar=N_("DATE"), help=N_("From this day on, with --to."))]
To = Annotated[str, typer.Option("--to", metavar=N_("DATE"), help=N_("Through this day; today if left out."))]
Since = Annotated[
    str,
    typer.Option(
        metavar=LAST,
        help=N_("The whole days since this was last asked for, for a timer; kept on the desk."),
        autocompletion=offers.words(LAST),
    ),
]
Compare = Annotated[
    str,
    typer.Option(
        metavar=N_("PERIOD"),
        help=N_("Stand beside: previous, none, a day, a week, a month or DATE..DATE."),
        autocompletion=offers.words(PREVIOUS, NONE),
    ),
]
Team = Annotated[
    str, typer.Option(metavar=N_("NAME"), help=N_("Only this team's work."), autocompletion=offers.listed("TEAMS"))
]
Collector = Annotated[
    str, typer.Option(metavar=N_("NUMBER"), help=N_("Only this collector's work."), autocompletion=offers.staff)
]
Product = Annotated[
    str,
    typer.Option(
        metavar=N_("CODE"),
        help=N_("Only this kind of debt, such as credit_card."),
        autocompletion=offers.among(_products),
    ),
]
Stage = Annotated[
    str,
    typer.Option(metavar="M1", help=N_("Only debts so many months past due."), autocompletion=offers.among(_stages)),
]
By = Annotated[str, typer.Option(metavar=N_("CODE"), help=N_("Tell rows apart by this."), autocompletion=_dimensions)]
Xlsx = Annotated[
    Path | None,
    typer.Option(
        "--xlsx", metavar=N_("FILE"), help=N_("Write it as a workbook: typed cells, charts, what each means.")
    ),
]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar=N_("FILE"), help=N_("Write it as a page any browser shows: charts, tables, what each means.")
    ),
]
ListOf = Annotated[
    str,
    typer.Option("--list", metavar=N_("FIGURE"), help=N_("The rows behind a figure instead."), autocompletion=_figures),
]


class Given(NamedTuple):
    """The options as they were typed."""

    day: str
    week: str
    month: str
    begins: str
    ends: str
    since: str
    compare: str
    team: str
    collector: str
    product: str
    stage: str
    by: str

    @property
    def dated(self) -> bool:
        """Whether a period was asked for."""
        return any((self.day, self.week, self.month, self.begins, self.ends, self.since))

    @property
    def narrowed(self) -> tuple[str, ...]:
        """What it was narrowed to, as names that mean something on a file."""
        return tuple(filter(None, (self.team, self.collector, self.product, self.stage, self.by)))


def asked(ctx: typer.Context, window: Window, given: Given) -> Asked | None:
    """The question; none where ``--since last`` finds nothing new.

    Raises:
        UsageProblem: several periods, or one that cannot be read.
    """
    from collectdesk.desk.reports.asked import Asked

    report = str(ctx.command.name)
    period = _period(window, report, given)
    if period is None:
        return None
    return Asked(
        report=report,
        period=period,
        compared=_compared(given.compare or (PREVIOUS if report == "day" else NONE), period, window),
        team=given.team,
        collector=given.collector,
        product=given.product,
        stage=given.stage,
        by=given.by,
        found=not given.dated,
    )


def _period(window: Window, report: str, given: Given) -> Period | None:
    from collectdesk.desk.reports import period as periods
    from collectdesk.desk.reports import since
    from collectdesk.desk.reports.catalogue import OF_NOW
    from collectdesk.desk.reports.making import worth_showing

    wishes = [given.day, given.week, given.month, given.begins or given.ends, given.since]
    if sum(map(bool, wishes)) > 1:
        raise UsageProblem(
            "several_periods", N_("Give one period: --day, --week, --month, --from and --to, or --since last.")
        )
    today = periods.day_of(window.at)
    if given.since:
        if given.since != LAST:
            raise UsageProblem("since_last", N_("--since takes `last`; for a date there is --from."))
        return since.due(window, report, given.narrowed)
    if given.day:
        return periods.day_named(given.day, "--day", today)
    if given.week:
        return periods.week_named(given.week, today)
    if given.month:
        return periods.month_named(given.month, today)
    if given.begins or given.ends:
        return _range(given, periods.a_date(given.ends, "--to") if given.ends else today)
    if report == "day":
        return worth_showing(window)
    if report in OF_NOW:
        return periods.a_day(today)
    from datetime import timedelta

    return periods.a_range(today - timedelta(days=WEEK - 1), today)


def _range(given: Given, ends: Any) -> Period:  # noqa: ANN401 - a date, whose module nothing else here needs
    from collectdesk.desk.reports import period as periods

    if not given.begins:
        raise UsageProblem("to_alone", N_("--to goes with --from."))
    return periods.a_range(periods.a_date(given.begins, "--from"), ends)


def _compared(text: str, period: Period, window: Window) -> Period | None:
    from collectdesk.desk.reports import period as periods

    if text == NONE:
        return None
    if text == PREVIOUS:
        return periods.before(period)
    today = periods.day_of(window.at)
    begins, dots, ends = text.partition("..")
    if dots:
        return periods.a_range(periods.a_date(begins, "--compare"), periods.a_date(ends, "--compare"))
    if "W" in text.upper():
        return periods.week_named(text.upper(), today)
    if len(text) <= len("2026-11"):
        return periods.month_named(text, today)
    return periods.day_named(text, "--compare", today)
