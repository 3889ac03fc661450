"""Step 2, the brief (policy article 4.1): four panes, each acknowledged.

What was acknowledged holds for that collector, case and day until anything shown changes; then only the difference is
shown and acknowledged anew.
"""

from __future__ import annotations

from sqlalchemy import insert

from collectdesk.desk.call import panes
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, Pane, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.store.tables import Preparation

NAME = "brief"


def asks(call: Call) -> Question | None:
    """The first pane not yet acknowledged as it is now."""
    if call.inbound or call.protects:
        return None
    code = next((code for code in panes.PANES if not _read(call, code)), None)
    return None if code is None else Question(step=NAME, field=code, kind="ack", pane=_shown(call, code))


def take(call: Call, question: Question, value: Plain) -> Taken:
    """The acknowledgement; with the last pane the whole brief is kept for the day."""
    left = [code for code in panes.PANES if code != question.field and not _read(call, code)]
    return Taken(value=value, effects=() if left else (_keep(call),))


def current(call: Call) -> Plain:
    """Every pane as it would be kept."""
    return {code: panes.kept(panes.pane(code, call.case, call.now)) for code in panes.PANES}


def _read(call: Call, code: str) -> bool:
    if call.given(NAME, code) == ACK:
        return True
    before = call.prepared.get(NAME)
    whole = panes.kept(panes.pane(code, call.case, call.now))
    return isinstance(before, dict) and before.get(code) == whole


def _shown(call: Call, code: str) -> Pane:
    whole = panes.pane(code, call.case, call.now)
    before = call.prepared.get(NAME)
    return panes.difference(whole, before[code]) if isinstance(before, dict) and code in before else whole


def _keep(call: Call) -> Effect:
    return keep(call, NAME, current(call))


def keep(call: Call, kind: str, content: Plain) -> Effect:
    """Keep what was shown beside its digest, for this collector, case and local day."""

    def write(pen: Pen) -> None:
        values = {"collector": call.collector.id, "case_id": call.case.id, "kind": kind, "at": pen.at}
        day = call.case.today(pen.at).isoformat()
        digest = panes.digest(content)
        pen.connection.execute(insert(Preparation), {**values, "day": day, "digest": digest, "content": content})
        pen.journal(f"call.{kind}", f"case_file:{call.case.id}", after={"digest": digest, "day": day})

    return write
