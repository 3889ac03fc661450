"""``collectdesk report``: what was done and what came of it, every figure defined, each form with the same numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collectdesk.commands import reporting as ask
from collectdesk.commands.frame import Command, Noun
from collectdesk.commands.options import Csv, Json
from collectdesk.commands.reporting import Given
from collectdesk.commands.session import session_of
from collectdesk.commands.uncollected import uncollected
from collectdesk.desk.reports.catalogue import REPORTS
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.terminal import say

if TYPE_CHECKING:
    from collectdesk.commands.session import Session
    from collectdesk.desk.reports.asked import Asked
    from collectdesk.desk.reports.figure import Report
    from collectdesk.desk.window import Window

MOST_LISTED = 1000


class Described(Command):
    """A report: its help ends with what each of its figures means, as the figures' own file says."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context class is private
        """The whole help page."""
        title = _("Figures")
        return f"{super().get_help(ctx)}\n{title}\n{''.join(_meanings(str(self.name)))}"


def _meanings(name: str) -> Iterator[str]:
    from collectdesk.desk.reports.catalogue import module_of
    from collectdesk.desk.reports.definitions import definition
    from collectdesk.show.reports.wording import said
    from collectdesk.show.width import wrap

    for key in module_of(name).figures:
        means = definition(key)
        yield f"  {key}  {said(means.title)}\n"
        yield "".join(f"      {line}\n" for line in wrap(said(means.meaning), 72))


app = Noun()


def report(
    ctx: typer.Context,
    day: ask.Day = "",
    week: ask.Week = "",
    month: ask.Month = "",
    begins: ask.From = "",
    ends: ask.To = "",
    since: ask.Since = "",
    compare: ask.Compare = "",
    team: ask.Team = "",
    collector: ask.Collector = "",
    product: ask.Product = "",
    stage: ask.Stage = "",
    by: ask.By = "",
    figure: ask.ListOf = "",
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help=N_("List at most so many rows; 0 is all."))
    ] = MOST_LISTED,
    unmask: Annotated[
        bool, typer.Option("--unmask", help=N_("List names and numbers too; it is journalled with the reason."))
    ] = False,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why, in a sentence."))] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=N_("DIR"), help=N_("Write every form into this directory, under fixed names.")),
    ] = None,
    xlsx: ask.Xlsx = None,
    html: ask.Html = None,
    explain: Annotated[bool, typer.Option("--explain", help=N_("Say below what each figure means."))] = False,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Make the report and put it out."""
    session = session_of(ctx)
    given = Given(day, week, month, begins, ends, since, compare, team, collector, product, stage, by)
    if unmask and not figure:
        raise UsageProblem("unmask_list", N_("--unmask goes with --list: only a list has names in it."))
    if reason and not unmask:
        raise UsageProblem("reason_alone", N_("--reason goes with --unmask."))
    if json and csv:
        raise UsageProblem("one_form", N_("Give one of --json and --csv; --out writes every form."))
    with _window(session) as window:
        wanted = ask.asked(ctx, window, given)
        if wanted is None:
            _nothing_new(str(ctx.command.name), json=json)
            return
        made = _made(session, window, wanted, figure, limit, reason if unmask else None)
    _leave(made, out, {"xlsx": xlsx, "html": html})
    _put_out(made, figure, csv=csv, json=json, quiet=any((out, xlsx, html)), explain=explain)
    if since:
        _remember(session, wanted, given)


for _name, _help in REPORTS.items():
    app.command(_name, help=_help, cls=Described)(report)


def _window(session: Session) -> Window:
    """The desk, caught up; what waits is shown first."""
    from collectdesk.commands.alarm import at_this_window
    from collectdesk.desk.promises.catching_up import caught_up

    window = caught_up(session.home, session.clock, session.lang, scope="report")
    at_this_window(window, session)
    return window


def _made(session: Session, window: Window, wanted: Asked, figure: str, limit: int, reason: str | None) -> Report:
    """The report, or the list behind a figure; with names only once that was written down."""
    from collectdesk.desk.reports.making import listing, make

    if not figure:
        with uncollected():
            return make(window, wanted)
    found, cases = listing(window, wanted, figure, limit=limit)
    if reason is None:
        return found
    from collectdesk.desk.office import open_office
    from collectdesk.desk.reports.unmasking import unmask

    office = open_office(session.home, clock=session.clock, lang=session.lang)
    try:
        unmask(office, cases, wanted.report, figure, reason)
    finally:
        office.close()
    return listing(window, wanted, figure, limit=limit, unmasked=True)[0]


def _leave(made: Report, out: Path | None, single: Mapping[str, Path | None]) -> None:
    """Write the forms asked for as files: each under its own name, and into a directory all of them.

    Nothing is said of it but to somebody who watches: a timer's mail comes only when something is wrong.
    """
    from collectdesk.desk.reports.leaving import leave
    from collectdesk.show.reports.forms import FORMS, files

    wanted = [(path.parent, {path.name: FORMS[form](made)}) for form, path in single.items() if path is not None]
    if out is not None:
        wanted.append((out, files(made)))
    for directory, forms in wanted:
        for path in leave(directory, forms):
            if sys.stderr.isatty():
                say(_("Written: {path}").format(path=path))


def _put_out(made: Report, figure: str, *, csv: bool, json: bool, quiet: bool, explain: bool) -> None:
    """Answer on stdout; ``quiet``: a file was all that was asked for, unless a form of stdout was as well."""
    if json:
        from collectdesk.desk.reports.figure import SCHEMA
        from collectdesk.show.jsonout import emit
        from collectdesk.show.reports.document import document

        emit(SCHEMA, document(made))
    elif csv:
        from collectdesk.show.csvout import emit_csv
        from collectdesk.show.reports.flat import columns, lines

        emit_csv(columns(made), lines(made))
    elif not quiet:
        from collectdesk.show.reports.terminal import show

        show(made, explain=explain or (made.name != "day" and not figure))


def _nothing_new(name: str, *, json: bool) -> None:
    """No whole day since the last time: that is no failure."""
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.report_nothing/1", {"report": name})
    else:
        say(_("No whole day has passed since this report was last made."))


def _remember(session: Session, wanted: Asked, given: Given) -> None:
    from collectdesk.desk.office import open_office
    from collectdesk.desk.reports.since import made

    office = open_office(session.home, clock=session.clock, lang=session.lang)
    try:
        made(office, wanted, given.narrowed)
    finally:
        office.close()
