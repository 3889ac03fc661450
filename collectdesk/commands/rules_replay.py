"""``collectdesk rules replay``: a proposed rulebook over the desk's history, or one recorded verdict asked again."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.opened import at_desk, day
from collectdesk.commands.options import Csv, Json
from collectdesk.commands.reporting import From, Team, To
from collectdesk.commands.rulebook_file import read_text, sound_rulebook_in
from collectdesk.commands.rules_adopt import around_here
from collectdesk.commands.rules_app import app
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_, NotPermitted, UsageProblem
from collectdesk.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectdesk.desk.replay import Flip, Replayed
    from collectdesk.desk.reports.figure import Period
    from collectdesk.desk.reports.reach import Reach
    from collectdesk.desk.supposed import Proposal
    from collectdesk.desk.window import Window
    from collectdesk.gate import Rulebook

DIFFERS = 7


@app.command("replay", help=N_("Try a rulebook on the desk's past calls: which would have come out otherwise."))
def replay(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar=N_("RULEBOOK|FILE"),
            help=N_("A file, or an id (in force), ID@VERSION (once adopted), ID@shipped."),
            autocompletion=offers.rulebooks,
        ),
    ] = "",
    begins: From = "",
    ends: To = "",
    team: Team = "",
    list_: Annotated[
        bool, typer.Option("--list", help=N_("List the calls that would come out otherwise, by their ids."))
    ] = False,
    verdict: Annotated[
        str,
        typer.Option(
            "--verdict", metavar=N_("VERDICT"), help=N_("Ask one recorded verdict again; 7 unless it is the same.")
        ),
    ] = "",
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Ask again what was asked, and say what differs; recorded nowhere."""
    session = session_of(ctx)
    if bool(name) == bool(verdict):
        raise UsageProblem(
            "replay_what",
            N_("Name a rulebook or a file, or a recorded verdict with --verdict."),
            hint=N_("Such as `collectdesk rules replay house.toml` or `collectdesk rules replay --verdict v12`."),
        )
    if json and csv:
        raise UsageProblem("one_form_of_two", N_("Give one of --json and --csv."))
    if verdict:
        if begins or ends or team or list_ or csv:
            raise UsageProblem("verdict_alone", N_("--verdict is asked alone, or with --json."))
        _verdict(session, verdict)
        return
    book = _book(ctx, name)
    span = (day(begins, "--from"), day(ends, "--to"))
    _replay(session, book, span, team, form="csv" if csv else "json" if json else "text", listed=list_)


def _verdict(session: Session, name: str) -> None:
    from collectdesk.desk.reports.reach import reach_of
    from collectdesk.desk.reproduction import reproduce
    from collectdesk.show.reproduction import print_reproduction, reproduction_json

    with _window(session) as window:
        try:
            reach = reach_of(window, "", "", own=False)
        except NotPermitted as refused:
            refused.hint = N_("`collectdesk rules explain --verdict` says why a verdict came out as it did.")
            raise
        found = reproduce(window.ask, name, reach)
    reproduction_json(found) if session.json else print_reproduction(found)
    if found.difference is not None:
        raise typer.Exit(DIFFERS)


def _book(ctx: typer.Context, name: str) -> Rulebook:
    """The rulebook that is named, or the one in a file, which must be one that could be adopted.

    Raises:
        NotPermitted, BadData: as adopting it would.
    """
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.desk.rulebook_diff import rulebook_named

    with at_desk(ctx, scope="report") as office:
        if office.scope is None:
            office.require_role(*DECIDING)
        if not name.endswith(".toml"):
            return rulebook_named(office, name).book
        file = Path(name)
        return sound_rulebook_in(file, read_text(file), around_here(office))


def _replay(
    session: Session, book: Rulebook, span: tuple[date | None, date | None], team: str, *, form: str, listed: bool
) -> None:
    from collectdesk.desk.reports import period as periods
    from collectdesk.desk.reports.reach import reach_of
    from collectdesk.desk.supposed import proposed

    with _window(session) as window:
        reach = reach_of(window, team, "", own=False)
        period = _period(window, *span)
        proposal = proposed(book, periods.day_of(window.at))
        if form == "csv" and listed:
            from collectdesk.show.replay_data import list_head, list_row

            list_head()
            _asked(session, window, proposal, period, reach, list_row)
            return
        _put_out(session, window, proposal, period, reach, form=form, listed=listed)


def _put_out(
    session: Session, window: Window, proposal: Proposal, period: Period, reach: Reach, *, form: str, listed: bool
) -> None:
    from collectdesk.desk import adoption
    from collectdesk.desk.bookcheck import open_cases
    from collectdesk.desk.replay_room import capacity
    from collectdesk.show.progress import progress
    from collectdesk.show.replay import MOST_LISTED, Answer, print_replay
    from collectdesk.show.replay_data import replay_csv, replay_json

    flips: list[Flip] = []
    told = 0

    def tell(flip: Flip) -> None:
        nonlocal told
        told += 1
        if form == "json" or told <= MOST_LISTED:
            flips.append(flip)

    made = _asked(session, window, proposal, period, reach, tell if listed else None)
    with progress(_("Checking cases"), 2 * open_cases(window), quiet=session.json) as advance:
        room = capacity(window, proposal, reach, advance)
    held = {each.name: each.version for each in adoption.in_force(window.ask, "rulebook", window.at)}
    answer = Answer(
        proposal=proposal, replaces=held.get(proposal.book.id), replayed=made, capacity=room,
        titles=_titles(window, proposal), practice=window.practice, flips=flips if listed else None, listed=told,
    )  # fmt: skip
    {"csv": replay_csv, "json": replay_json, "text": print_replay}[form](answer)


def _asked(
    session: Session,
    window: Window,
    proposal: Proposal,
    period: Period,
    reach: Reach,
    tell: Callable[[Flip], None] | None,
) -> Replayed:
    from collectdesk.desk.replay import calls_between, replay
    from collectdesk.desk.reports import period as periods
    from collectdesk.show.progress import progress

    total, _first = calls_between(window.ask, *periods.bounds(period))
    quiet = session.json or (tell is not None and sys.stdout.isatty())  # rows are their own progress
    with progress(_("Asking again"), total, quiet=quiet) as advance:
        return replay(window.ask, proposal, period, reach, tell=tell, advance=advance)


def _period(window: Window, begins: date | None, ends: date | None) -> Period:
    """The dates that were given; open, from the first call the gate was asked about, and through today."""
    from collectdesk.desk.replay import calls_between
    from collectdesk.desk.reports import period as periods

    last = ends or periods.day_of(window.at)
    if begins is None:
        _number, first = calls_between(window.ask, 0, periods.starts(last + timedelta(days=1)))
        earliest = last - timedelta(days=periods.MOST_DAYS - 1)
        begins = last if first is None else max(periods.day_of(first), earliest)
    return periods.a_range(begins, last)


def _titles(window: Window, proposal: Proposal) -> dict[str, Mapping[str, str]]:
    from collectdesk.desk.bookcheck import rule_titles

    book = proposal.book
    return {**rule_titles(window), **{f"{book.id}/{rule.id}": rule.title for rule in book.rule}}


def _window(session: Session) -> Window:
    from collectdesk.desk.window import open_window

    return open_window(session.home, clock=session.clock, lang=session.lang, scope="report")
