"""What a rehearsed call is worth: the expectations a persona puts to the collector, met or not."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, func, select
from sqlmodel import col

from collectdesk.desk.call.doorway import opened
from collectdesk.desk.call.finishing import talk
from collectdesk.desk.call.simulated import Persona
from collectdesk.desk.call.state import Call
from collectdesk.store.tables import ConductWarning

FULL = 100


class Score(Struct, frozen=True):
    """Points of a hundred, and each expectation with whether it was met."""

    points: int
    met: tuple[tuple[str, bool], ...]


def score(connection: Connection, call: Call, persona: Persona) -> Score:
    """The score of a call that was rehearsed to its end."""
    counted = select(func.count()).select_from(ConductWarning).where(col(ConductWarning.call) == call.id)
    clean = not connection.execute(counted).scalar_one()
    wanted = [
        ("closed", call.ended_at is not None),
        ("clean_wording", clean),
        ("told_only_who_may_know", persona.may_know or talk(call) == "brief"),
    ]
    if persona.may_know and persona.door is None:
        wanted.append(("told_everything", call.said.get("identity") != "verified" or talk(call) == "conversation"))
    if persona.door is not None:
        wanted.append((f"door_{persona.door}", opened(call, persona.door)))
    return Score(FULL * sum(met for _, met in wanted) // len(wanted), tuple(wanted))
