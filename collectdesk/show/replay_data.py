"""A replay for programs: one document, or rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.supposed import BEGUN
from collectdesk.show.csvout import csv_lines, emit_csv
from collectdesk.show.jsonout import emit, write

if TYPE_CHECKING:
    from collectdesk.desk.replay import Flip, Tally
    from collectdesk.desk.replay_room import Room
    from collectdesk.show.replay import Answer

LISTED = ("call", "verdict", "case", "at", "collector", "team", "allowed", "rules")
TALLY = ("calls", "allowed", "allowed_with", "refused_now", "allowed_now")
ROOM = ("cases", "now", "now_with", "today", "today_with")
COLUMNS = ("by", "key", *TALLY, *ROOM)


def replay_json(answer: Answer) -> None:
    """One document, ``collectdesk.rules_replay/1``."""
    made, room = answer.replayed, answer.capacity
    book = answer.proposal.book
    proposal = {
        "id": book.id, "version": book.version, "digest": book.digest.removesuffix(f"+{BEGUN}"),
        "replaces": answer.replaces, "begins": answer.proposal.begins, "preset": book.preset,
    }  # fmt: skip
    document: dict[str, Any] = {
        "practice": answer.practice,
        "proposal": proposal,
        "scope": {"whose": made.scope.whose, "team": made.scope.team},
        "period": {"first": made.period.first, "last": made.period.last},
        "verdicts": made.verdicts,
        "calls": _tally(made.whole),
        "rules": [
            {"rule": rule, "title": answer.titles.get(rule), "refused_now": each.refused_now,
             "allowed_now": each.allowed_now}
            for rule, each in sorted(made.rules.items())
        ],
        "teams": [{"team": team or None, **_tally(each)} for team, each in sorted(made.teams.items())],
        "days": [{"date": day, **_tally(each)} for day, each in sorted(made.days.items())],
        "capacity": {
            "at": _local(room.at), **_room(room.whole),
            "teams": [{"team": team or None, **_room(each)} for team, each in sorted(room.teams.items())],
        },
        "left_out": made.left_out,
    }  # fmt: skip
    if answer.flips is not None:
        document["list"] = [dict(zip(LISTED, _flip(each), strict=True)) for each in answer.flips]
    emit("collectdesk.rules_replay/1", document)


def replay_csv(answer: Answer) -> None:
    """A row for the whole, each rule, team and day; today's capacity beside the whole and the teams."""
    emit_csv(COLUMNS, _rows(answer))


def list_head() -> None:
    """The heading of the list of calls."""
    write(csv_lines([LISTED]))


def list_row(flip: Flip) -> None:
    """One call, as it comes."""
    *cells, rules = _flip(flip)
    write(csv_lines([[*cells, " ".join(rules)]]))


def _rows(answer: Answer) -> Iterator[Sequence[object]]:
    made, room = answer.replayed, answer.capacity
    none = [None] * len(ROOM)
    yield ("whole", "", *_tally(made.whole).values(), *_room(room.whole).values())
    for rule, each in sorted(made.rules.items()):
        yield ("rule", rule, *_tally(each).values(), *none)
    for team in sorted({*made.teams, *room.teams}):
        tally, of_team = made.teams.get(team), room.teams.get(team)
        told = _tally(tally).values() if tally else [None] * len(TALLY)
        yield ("team", team, *told, *(_room(of_team).values() if of_team else none))
    for day, each in sorted(made.days.items()):
        yield ("day", day, *_tally(each).values(), *none)


def _tally(tally: Tally) -> dict[str, int]:
    return {field: getattr(tally, field) for field in TALLY}


def _room(room: Room) -> dict[str, int]:
    return {field: getattr(room, field) for field in ROOM}


def _flip(flip: Flip) -> tuple[Any, ...]:
    return (
        flip.call, flip.verdict, flip.case, _local(flip.at), flip.collector, flip.team or None, flip.allowed, flip.rules
    )  # fmt: skip


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(HOUSE_ZONE))
