"""What a rehearsed call is worth (复盘): expectations met or not, steps missed, words to avoid, time for each step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select
from sqlmodel import col

from collectdesk.desk import adoption
from collectdesk.desk.adopted_text import Both
from collectdesk.desk.call.doorway import opened
from collectdesk.desk.call.finishing import talk
from collectdesk.desk.call.simulated import Persona
from collectdesk.desk.call.state import Call
from collectdesk.desk.wording import WordList
from collectdesk.store.tables import CallAnswer, ConductWarning

FULL = 100
PREPARED = ("brief", "plan", "materials", "permit", "line")
"""Steps every outgoing call goes through."""


class Reply(Struct, frozen=True):
    """What a collector answered in their own words at a step: the wording entries it hit, never the words."""

    step: str
    entries: tuple[str, ...]


class Word(Struct, frozen=True):
    """Wording to avoid that was used: its entry, what kind of wording that is, and at which step."""

    entry: str
    kind: Both
    place: str


class Score(Struct, frozen=True, kw_only=True):
    """Points of a hundred, and each expectation with whether it was met.

    ``missed``: steps the call should have had and had not. ``words``: wording to avoid, by entry. ``times``: seconds
    spent at each step, in the order gone through. ``digest``: SHA-256 of the whole rehearsal.
    """

    points: int
    met: tuple[tuple[str, bool], ...]
    missed: tuple[str, ...]
    words: tuple[Word, ...]
    times: tuple[tuple[str, int], ...]
    digest: str


def score(connection: Connection, call: Call, persona: Persona, replies: Sequence[Reply] = ()) -> Score:
    """The score of a call that was rehearsed to its end, with what was answered in own words beside it."""
    answers = _answers(connection, call)
    missed = tuple(step for step in expected(persona) if step not in {each[0] for each in answers})
    words = _words(connection, call, replies)
    wanted = [
        ("closed", call.ended_at is not None),
        ("no_step_missed", not missed),
        ("clean_wording", not words),
        ("told_only_who_may_know", persona.may_know or talk(call) == "brief"),
    ]
    if persona.may_know and persona.door is None:
        wanted.append(("told_everything", call.said.get("identity") != "verified" or talk(call) == "conversation"))
    if persona.door is not None:
        wanted.append((f"door_{persona.door}", opened(call, persona.door)))
    return Score(
        points=FULL * sum(met for _, met in wanted) // len(wanted),
        met=tuple(wanted),
        missed=missed,
        words=words,
        times=_times(answers),
        digest=_digest(persona, answers, replies),
    )


def expected(persona: Persona) -> tuple[str, ...]:
    """The steps a call with ``persona`` goes through when nothing is left out."""
    steps = list(PREPARED)
    if persona.answers.get("line.line") == "answered":
        steps += ["opening", "party"]
        if persona.answers.get("party.party") == "debtor":
            steps.append("identity")
            if persona.may_know and persona.door is None:
                steps += ["disclosure", "discussion", "result"]
    return (*steps, *((persona.door,) if persona.door else ()), "wrapup")


Answered = tuple[str, str, Any, int]
"""Step, field, value and when, in UTC seconds."""


def _answers(connection: Connection, call: Call) -> list[Answered]:
    columns = col(CallAnswer.step), col(CallAnswer.field), col(CallAnswer.value), col(CallAnswer.at)
    rows = connection.execute(select(*columns).where(col(CallAnswer.call) == call.id).order_by(col(CallAnswer.seq)))
    return [(str(step), str(field), value, int(at)) for step, field, value, at in rows]


def _times(answers: Sequence[Answered]) -> tuple[tuple[str, int], ...]:
    """What passed before each answer belongs to its step."""
    spent: dict[str, int] = {}
    before = answers[0][3] if answers else 0
    for step, _field, _value, at in answers:
        spent[step] = spent.get(step, 0) + max(0, at - before)
        before = at
    return tuple(spent.items())


def _words(connection: Connection, call: Call, replies: Sequence[Reply]) -> tuple[Word, ...]:
    lists = adoption.wordings(connection, call.now)
    kept = select(col(ConductWarning.entry), col(ConductWarning.place)).where(col(ConductWarning.call) == call.id)
    rows = connection.execute(kept.order_by(col(ConductWarning.id))).all()
    hits = [*((str(entry), str(place)) for entry, place in rows)]
    hits += [(entry, each.step) for each in replies for entry in each.entries]
    return tuple(Word(entry, kind_of(entry, lists), place) for entry, place in hits)


def kind_of(entry: str, lists: Sequence[WordList]) -> Both:
    """What kind of wording an entry is, in both languages."""
    for words in lists:
        found = words.by_id.get(entry)
        if found is not None:
            return words.categories[found.category]
    return Both(zh_CN=entry, en=entry)


def _digest(persona: Persona, answers: Sequence[Answered], replies: Sequence[Reply]) -> str:
    begun = answers[0][3] if answers else 0
    whole = [
        persona.code,
        [[step, field, value, at - begun] for step, field, value, at in answers],
        [[each.step, list(each.entries)] for each in replies],
    ]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
