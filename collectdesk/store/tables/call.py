"""The call, step by step: answers, lines shown, preparation, plan."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from collectdesk.store import columns as c
from collectdesk.store.columns import Row, instant, json_list, json_value, local_date, pk, ref, table, text
from collectdesk.store.words import DIRECTIONS, DRIVERS, ENDED_BY, IDENTITIES, LINES, PREPARATIONS, TALKS


class Call(Row, table=True):
    """One call being worked or done. ``step`` is where it stands; the disposition fields have no default."""

    __table_args__ = table(
        Index("ix_call_case", "case_id", "started_at"), Index("ix_call_collector", "collector", "ended_at")
    )
    id: int | None = pk()
    permit: int | None = ref("permit", optional=True)
    case_id: int = ref("case_file")
    collector: int = ref("staff")
    direction: str = c.word(*DIRECTIONS)
    driver: str = c.word(*DRIVERS)
    step: str = text()
    state: dict[str, object] = json_value()
    started_at: int = instant()
    connected_at: int | None = instant(optional=True)
    ended_at: int | None = instant(optional=True)
    number: int | None = ref("number", optional=True)
    event: int | None = ref("contact_event", optional=True)
    line: str | None = c.word(*LINES, optional=True)
    talk: str | None = c.word(*TALKS, optional=True)
    party: str | None = text(optional=True)
    person: int | None = ref("person", optional=True)
    identity: str | None = c.word(*IDENTITIES, optional=True)
    ended_by: str | None = c.word(*ENDED_BY, optional=True)
    cause: str | None = text(optional=True)
    ability: str | None = text(optional=True)
    attitude: str | None = text(optional=True)
    outcome: str | None = text(optional=True)
    next_action: str | None = text(optional=True)
    next_at: int | None = instant(optional=True)
    script: str | None = text(optional=True)
    language: str | None = text(optional=True)


class CallAnswer(Row, table=True):
    """One typed answer, committed before the next question; going back adds a row, the highest ``seq`` counts."""

    __table_args__ = table(UniqueConstraint("call", "seq"))
    id: int | None = pk()
    call: int = ref("call")
    seq: int = c.count()
    step: str = text()
    field: str = text()
    value: object = json_value()
    at: int = instant()


class LineShown(Row, table=True):
    """A line of the call script as it was rendered, and when the collector acknowledged saying it."""

    __table_args__ = table(Index("ix_line_shown_call", "call"))
    id: int | None = pk()
    call: int = ref("call")
    line: str = text()
    script: str = text()
    script_version: str = text()
    content: str = text()
    shown_at: int = instant()
    acknowledged_at: int | None = instant(optional=True)


class Preparation(Row, table=True):
    """A brief, plan or materials list acknowledged by a collector for a case and day; ``digest`` of what was shown."""

    __table_args__ = table(Index("ix_preparation_case", "case_id", "collector", "day"))
    id: int | None = pk()
    collector: int = ref("staff")
    case_id: int = ref("case_file")
    day: str = local_date()
    kind: str = c.word(*PREPARATIONS)
    digest: str = text()
    content: object = json_value()
    at: int = instant()


class CallPlan(Row, table=True):
    """The plan of a call (第四条): goal, points, the reactions expected and a strategy for each."""

    __table_args__ = table(Index("ix_call_plan_case", "case_id", "collector", "at"))
    id: int | None = pk()
    collector: int = ref("staff")
    case_id: int = ref("case_file")
    goal: str = text()
    points: list[str] = json_list()
    reactions: list[dict[str, str]] = json_list()
    at: int = instant()
