"""What the desk knows of a call by itself (系统已知事实), beside each item of the scorecard; no name and no number.

A fact is a code with its values; ``good`` says whether it speaks for the item, and nothing where it is only told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from collectdesk.desk import adoption
from collectdesk.desk.quality.scorecards import KnownName
from collectdesk.desk.recordings import keeping

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.codes import Codes
    from collectdesk.store.tables import Call, CallAnswer, LineShown, Permit, Recording

Value = str | int | list[str] | dict[str, str]
"""Words are given in both languages; keys that end with ``_at`` hold UTC seconds, with ``_s`` seconds."""
PREPARED = ("brief", "plan", "materials")
ENOUGH = ("kept", "purge_asked")
TO_COME = ("owed", "named")


class Fact(Struct, frozen=True):
    """One thing the desk knows."""

    code: str
    good: bool | None = None
    values: Mapping[str, Value] = {}


@dataclass(frozen=True)
class Seen:
    """A call and all that hangs on it, read once."""

    call: Call
    answers: Sequence[CallAnswer]
    lines: Sequence[LineShown]
    permit: Permit | None
    recording: Recording | None
    tolerance_s: int
    codes: Codes
    speaks: frozenset[str]
    introduces: frozenset[str]
    prepared: frozenset[str]
    consents: Sequence[Sequence[str]]
    warnings: Sequence[str]
    raised: Mapping[str, Sequence[str]] = field(default_factory=dict)


def known(session: Session, call: int, at: int) -> dict[KnownName, tuple[Fact, ...]]:
    """What is known of the call with this key, by the names a scorecard uses."""
    seen = _read(session, call, at)
    return {name: tuple(tell(seen)) for name, tell in TELL.items()}


def _identity(seen: Seen) -> list[Fact]:
    passed = max((each.at for each in seen.answers if each.step == "identity"), default=None)
    spoken = [each.shown_at for each in seen.lines if each.line in seen.speaks]
    facts = []
    if seen.call.identity == "verified" and passed is not None:
        facts.append(Fact("identity_verified", good=True, values={"verified_at": passed}))
    else:
        facts.append(Fact("identity_not_verified", good=None if not spoken else False))
    if not spoken:
        return [*facts, Fact("no_debt_line")]
    after = passed is not None and seen.call.identity == "verified" and min(spoken) >= passed
    return [*facts, Fact("first_debt_line", good=after, values={"shown_at": min(spoken)})]


def _opening(seen: Seen) -> list[Fact]:
    said = [each.acknowledged_at for each in seen.lines if each.line in seen.introduces]
    times = [each for each in said if each is not None]
    if not times:
        return [Fact("opening_not_said", good=False)]
    return [Fact("opening_said", good=True, values={"said_at": min(times)})]


def _lines(seen: Seen) -> list[Fact]:
    debt = [each for each in seen.lines if each.line in seen.speaks]
    if not debt:
        return [Fact("no_debt_line")]
    said = sum(each.acknowledged_at is not None for each in debt)
    return [Fact("lines_said", good=said == len(debt), values={"said": said, "shown": len(debt)})]


def _consequences(seen: Seen) -> list[Fact]:
    said = [each for each in seen.lines if each.line.startswith("consequence.") and each.acknowledged_at is not None]
    return [Fact("consequences_said", values={"said": len(said)})]


def _times(seen: Seen) -> list[Fact]:
    call, permit = seen.call, seen.permit
    begun: dict[str, Value] = {"connected_at": call.connected_at or call.started_at}
    if call.direction == "in":
        return [Fact("they_called", values=begun)]
    if permit is None or permit.allowed_until is None or call.ended_at is None:
        return [Fact("connected", values=begun)]
    until: dict[str, Value] = {**begun, "ended_at": call.ended_at, "until_at": permit.allowed_until}
    return [Fact("within_permit", good=call.ended_at <= permit.allowed_until, values=until)]


def _consents(seen: Seen) -> list[Fact]:
    return [Fact("consent_given", values={"opens": list(opens)}) for opens in seen.consents]


def _result(seen: Seen) -> list[Fact]:
    call = seen.call
    told = _coded(seen, (("result", call.outcome), ("next_action", call.next_action)))
    return [Fact("result", values=told)] if told else []


def _party(seen: Seen) -> list[Fact]:
    relation = next((str(each.value) for each in reversed(seen.answers) if each.field == "relation"), None)
    told = _coded(seen, (("party", seen.call.party), ("relation", relation)))
    return [Fact("party", values=told)] if told else []


def _preparation(seen: Seen) -> list[Fact]:
    if seen.call.direction == "in":
        return []
    missing = [each for each in PREPARED if each not in seen.prepared]
    return [Fact("not_prepared", good=False, values={"missing": missing}) if missing else Fact("prepared", good=True)]


def _discussion(seen: Seen) -> list[Fact]:
    call = seen.call
    told = _coded(seen, (("cause", call.cause), ("ability", call.ability), ("attitude", call.attitude)))
    return [Fact("discussion", values=told)] if told else []


def _raised(seen: Seen) -> list[Fact]:
    found = [Fact(f"raised_{kind}", values={"ids": list(names)}) for kind, names in seen.raised.items() if names]
    return found or [Fact("nothing_raised")]


def _recording(seen: Seen) -> list[Fact]:
    row, call = seen.recording, seen.call
    if row is None:
        return [Fact("recording_none", good=False)]
    lasted = (call.ended_at or 0) - (call.connected_at or call.started_at)
    values: dict[str, Value] = {"state": row.status, "call_s": max(0, lasted)}
    if row.duration_ms is not None:
        values["recording_s"] = row.duration_ms // 1000
    if row.fault is not None:
        values["fault"] = row.fault
    whole = None if row.status in TO_COME and row.fault is None else row.status in ENOUGH and row.fault is None
    if whole and row.duration_ms is not None:
        whole = abs(row.duration_ms // 1000 - max(0, lasted)) <= seen.tolerance_s
    return [Fact("recording" if "recording_s" in values else "recording_to_come", good=whole, values=values)]


def _wording(seen: Seen) -> list[Fact]:
    if not seen.warnings:
        return [Fact("no_word_met", good=True)]
    return [Fact("words_met", good=False, values={"entries": list(seen.warnings)})]


def _ending(seen: Seen) -> list[Fact]:
    return [Fact("ended_by", values={"who": seen.call.ended_by})] if seen.call.ended_by else []


TELL: Mapping[KnownName, Callable[[Seen], list[Fact]]] = {
    "identity": _identity,
    "opening": _opening,
    "lines": _lines,
    "consequences": _consequences,
    "times": _times,
    "consents": _consents,
    "result": _result,
    "party": _party,
    "preparation": _preparation,
    "discussion": _discussion,
    "raised": _raised,
    "recording": _recording,
    "wording": _wording,
    "ending": _ending,
}


def _coded(seen: Seen, answers: Sequence[tuple[Any, str | None]]) -> dict[str, Value]:
    """Answers in the words of the adopted codes."""
    told: dict[str, Value] = {}
    for name, code in answers:
        known_code = next((each for each in seen.codes.of(name) if each.code == code), None)
        if known_code is not None:
            told[name] = {"zh_CN": known_code.label.zh_CN, "en": known_code.label.en}
    return told


def _read(session: Session, key: int, at: int) -> Seen:
    from sqlmodel import col, select

    from collectdesk.store import ids
    from collectdesk.store import tables as t

    call = session.get_one(t.Call, key)

    def of_call(table: type[Any]) -> list[Any]:
        return list(session.execute(select(table).where(col(table.call) == key).order_by(col(table.id))).scalars())

    scripts = [script for each in adoption.in_force(session, "callscript", at) for script in each.value.lines]
    given = select(t.Consent).where(col(t.Consent.in_event) == call.event)
    consents: Iterable[t.Consent] = session.execute(given).scalars() if call.event is not None else ()
    raised = {"objection": t.Objection, "complaint": t.Complaint, "emergency": t.Emergency, "promise": t.Promise}
    return Seen(
        call=call,
        answers=of_call(t.CallAnswer),
        lines=of_call(t.LineShown),
        permit=session.get(t.Permit, call.permit) if call.permit is not None else None,
        recording=next(iter(of_call(t.Recording)), None),
        tolerance_s=keeping.tolerance(session, at),
        codes=adoption.codes(session, at),
        speaks=frozenset(line.id for line in scripts if line.speaks_of_debt),
        introduces=frozenset(line.id for line in scripts if line.introduces),
        prepared=_prepared(session, call),
        consents=[row.opens for row in consents],
        warnings=[each.entry for each in of_call(t.ConductWarning) if not each.debtors_words],
        raised={kind: [ids.public(kind, row.id) for row in of_call(table)] for kind, table in raised.items()},
    )


def _prepared(session: Session, call: Call) -> frozenset[str]:
    """What the collector had prepared for the case by the time they called, that day."""
    from sqlmodel import col, select

    from collectdesk.desk.training.certificates import local_day
    from collectdesk.store.tables import Preparation

    wanted = (
        col(Preparation.case_id) == call.case_id,
        col(Preparation.collector) == call.collector,
        col(Preparation.day) == local_day(call.started_at).isoformat(),
    )
    return frozenset(session.execute(select(col(Preparation.kind)).where(*wanted)).scalars())
