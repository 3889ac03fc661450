"""A proposed rulebook over the desk's history, on the screen: what it would have refused and let through, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from collectdesk.desk.replay import Flip, LeftOut, Replayed, Tally
from collectdesk.desk.replay_room import Capacity, Room
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.figure import Count
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.dates import stamp
from collectdesk.show.reports.charts import LONGEST, lengths, spark
from collectdesk.show.reports.wording import PRACTICE, span
from collectdesk.show.rulebooks import pick
from collectdesk.show.safe import safe
from collectdesk.show.tables import Column, table
from collectdesk.show.terminal import WIDTH, marks, out, rule_line
from collectdesk.show.width import cells, wrap

if TYPE_CHECKING:
    from rich.console import Console

    from collectdesk.desk.supposed import Proposal

MOST_LISTED = 50
"""Calls a screen lists."""
GUTTER = 3
SHORTEST = 8
"""Cells the longest bar beside a table needs."""
LONG_NAME = 34
"""Cells a rule's name and title get before they wrap."""
STEPS = {"day": N_("Day"), "week": N_("Week"), "month": N_("Month")}
Titles = Mapping[str, Mapping[str, str]]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """All there is to show.

    ``replaces``: the version now in force of the rulebook the proposal stands for; none where it is new. ``titles``: of
    rules, by ``rulebook/rule``. ``flips``: the calls, where they were asked for, and how many there are of them.
    """

    proposal: Proposal
    replaces: str | None
    replayed: Replayed
    capacity: Capacity
    titles: Titles
    practice: bool
    flips: Sequence[Flip] | None = None
    listed: int = 0


def print_replay(answer: Answer) -> None:
    """Print it."""
    console, made = out(), answer.replayed
    for line in _head(answer):
        console.print(line, soft_wrap=True)
    if made.whole.calls:
        _history(console, answer)
    else:
        console.print(" " + _("In this period the gate was asked about no call."))
    _capacity(console, answer.capacity)
    if answer.flips is not None:
        _list(console, answer.flips, answer.listed)
    console.print()
    for sentence in _notes(answer):
        for place, line in enumerate(wrap(sentence, WIDTH - 4)):
            console.print(f" {' ' if place else marks().todo} {line}", style="dim", soft_wrap=True)


def _head(answer: Answer) -> Iterator[str]:
    if answer.practice:
        yield f" {_(PRACTICE)}"
    book, whose = answer.proposal.book, answer.replayed.scope
    named = whose.team or (_("whole desk") if whose.whose == "desk" else _("own team"))
    what = _("Rules replayed: {id} {version}").format(id=safe(book.id), version=safe(book.version))
    yield f" {what}"
    said = _("in the place of version {version}") if answer.replaces else _("beside the rulebooks in force")
    yield f" {said.format(version=safe(answer.replaces or ''))}   {span(answer.replayed.period)}   {safe(named)}"
    yield rule_line(WIDTH - 1)


def _history(console: Console, answer: Answer) -> None:
    made = answer.replayed
    whole = made.whole
    told = [
        ngettext("{count} call", "{count} calls", whole.calls).format(count=f"{whole.calls:,}"),
        _("let through then {count}").format(count=f"{whole.allowed:,}"),
        _("with the proposal {count}").format(count=f"{whole.allowed_with:,}"),
    ]
    flips = [
        _("now refused {count}").format(count=f"{whole.refused_now:,}"),
        _("now let through {count}").format(count=f"{whole.allowed_now:,}"),
    ]
    for items in (told, flips):
        console.print(" " + "   ".join(items), style="bold" if items is flips else "", soft_wrap=True)
    steps = by_step(made)
    _sparks(console, steps)
    if not (whole.refused_now or whole.allowed_now):
        console.print(" " + _("No call of this period would have been answered otherwise."))
        return
    rules = sorted(made.rules.items(), key=lambda each: (-each[1].calls, each[0]))
    named = [(_named(rule, answer.titles), tally) for rule, tally in rules]
    _tallies(console, _("By rule"), _("Rule"), named, flips_only=True)
    teams = sorted(made.teams.items(), key=lambda each: (-each[1].calls, each[0]))
    _tallies(console, _("By team"), _("Team"), [(team or _("none"), tally) for team, tally in teams])
    step = periods.step_of(made.period)
    timed = [(name, tally) for name, tally in steps if tally.calls]
    _tallies(console, _("Over time"), _(STEPS[step]), timed)


def by_step(made: Replayed) -> list[tuple[str, Tally]]:
    """The tallies over time, as finely as reports tell a period of that length: days, weeks or months."""
    parts = periods.buckets(made.period, periods.step_of(made.period))
    found = [(part.name, Tally()) for part in parts]
    begins = [part.begins for part in parts]
    for day, tally in made.days.items():
        number = datetime.fromisoformat(day).toordinal() - periods.EPOCH
        place = max((place for place, each in enumerate(begins) if each <= number), default=0)
        into = found[place][1]
        for field in Tally.__struct_fields__:
            setattr(into, field, getattr(into, field) + getattr(tally, field))
    return found


def _sparks(console: Console, steps: Sequence[tuple[str, Tally]]) -> None:
    """A line of blocks each for what would be refused and what let through, over time."""
    if len(steps) < 2:
        return
    ends = f"{steps[0][0]} .. {steps[-1][0]}"
    for title, field in ((_("now refused"), "refused_now"), (_("now let through"), "allowed_now")):
        values = [Count(getattr(tally, field)) for _name, tally in steps]
        if any(value.number for value in values):
            console.print(f" {spark(values)}  {ends}  {title}", soft_wrap=True)


def _tallies(
    console: Console, title: str, first: str, rows: Sequence[tuple[str, Tally]], *, flips_only: bool = False
) -> None:
    """A table of tallies, with a bar for the calls that come out otherwise where there is room."""
    heads = [_("Now refused"), _("Now let through")]
    if not flips_only:
        heads = [_("Calls"), _("Let through then"), *heads]
    fields = ("refused_now", "allowed_now") if flips_only else ("calls", "allowed", "refused_now", "allowed_now")
    told = [[name, *(f"{getattr(tally, field):,}" for field in fields)] for name, tally in rows]
    _grid(console, title, [first, *heads], told, [tally.refused_now + tally.allowed_now for _name, tally in rows])


def _grid(
    console: Console, title: str, heads: Sequence[str], rows: list[list[str]], sizes: Sequence[int] | None = None
) -> None:
    console.print()
    console.print(f" {title}", style="bold", soft_wrap=True)
    long = max(cells(row[0]) for row in rows) > LONG_NAME
    columns = [Column(heads[0], "text" if long else "id"), *(Column(head, "number") for head in heads[1:])]
    used = sum(max(map(cells, column)) + GUTTER for column in zip(heads, *rows, strict=True))
    if long:
        used = min(used, console.width - LONGEST // 2)
    room = min(LONGEST, console.width - used - 1)
    if sizes is not None and room >= SHORTEST:
        bars = lengths([Count(size) for size in sizes], room)
        columns.append(Column("", "id"))
        rows = [[*row, bar] for row, bar in zip(rows, bars, strict=True)]
    console.print(table(console, columns, rows))


def _capacity(console: Console, found: Capacity) -> None:
    heads = [
        _("Team"), _("Open cases"), _("Callable now"), _("with it"), _("Today"), _("with it"), _("Difference"),
    ]  # fmt: skip
    rooms = [*sorted(found.teams.items()), *([] if len(found.teams) == 1 else [(None, found.whole)])]
    rows = [[_("all") if team is None else team or _("none"), *_room(room)] for team, room in rooms]
    when = stamp(datetime.fromtimestamp(found.at, UTC).astimezone(ZoneInfo(HOUSE_ZONE)))
    title = _("Lawful calls of today, without the proposal and with it ({time})").format(time=when)
    _grid(console, title, heads, rows)


def _room(room: Room) -> list[str]:
    moved = room.today_with - room.today
    values = (room.cases, room.now, room.now_with, room.today, room.today_with)
    return [*(f"{value:,}" for value in values), f"{moved:+,}" if moved else "0"]


def _list(console: Console, flips: Sequence[Flip], listed: int) -> None:
    console.print()
    console.print(" " + _("Calls that would be answered otherwise"), style="bold", soft_wrap=True)
    if not flips:
        console.print(" " + _("Nothing."))
        return
    columns = [Column(_("Call"), "id"), Column(_("Verdict"), "id"), Column(_("Case"), "id"), Column(_("Time"), "date")]
    columns += [Column(_("Staff number"), "id"), Column(_("With the proposal"), "text"), Column(_("Rule"), "text")]
    rows = [
        [flip.call, flip.verdict, flip.case, f"{_local(flip.at):%Y-%m-%d %H:%M}", flip.collector,
         _("let through") if flip.allowed else _("refused"), " ".join(flip.rules)]
        for flip in flips
    ]  # fmt: skip
    console.print(table(console, columns, rows))
    if listed > len(flips):
        more = _("{count} more; --csv or --json has them all.").format(count=f"{listed - len(flips):,}")
        console.print(f" {more}", soft_wrap=True)


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(HOUSE_ZONE))


def _named(rule: str, titles: Titles) -> str:
    title = pick(titles.get(rule, {}))
    return f"{rule}  {title}" if title else rule


def _notes(answer: Answer) -> Iterator[str]:
    made, proposal = answer.replayed, answer.proposal
    yield _("Each recorded verdict was asked again by the rules of its time, with the proposal and without it.")
    yield from _left_out(made.left_out)
    if proposal.begins is not None:
        yield _("The text binds from {date}; it was tried as if it bound already.").format(date=proposal.begins)
    if proposal.book.preset:
        yield _("It is a preset: it applies only where it is named, so it changes no call of this desk.")
    if answer.flips is None and (made.whole.refused_now or made.whole.allowed_now):
        yield _("`--list` names the calls; several rules may refuse one call.")


def _left_out(left: LeftOut) -> Iterator[str]:
    """What the counts do not cover."""
    if left.imported or left.recorded:
        yield _(
            "Left out: earlier calls brought in by a file ({imported}) and those recorded without a permit "
            "({recorded}). Nobody asked the gate about them, so no question is kept, and none is made up afterwards."
        ).format(imported=f"{left.imported:,}", recorded=f"{left.recorded:,}")
    if left.unasked:
        yield ngettext(
            "Left out: {count} call whose question was destroyed or that no rulebook of its time answers.",
            "Left out: {count} calls whose question was destroyed or that no rulebook of their time answers.",
            left.unasked,
        ).format(count=f"{left.unasked:,}")
    if left.unlike:
        yield ngettext(
            "Of {count} call the answer is not the recorded one even without the proposal; `--verdict` shows where.",
            "Of {count} calls the answer is not the recorded one even without the proposal; `--verdict` shows where.",
            left.unlike,
        ).format(count=f"{left.unlike:,}")
