"""The end of a call: the permit is resolved, the contact written to the history, the call closed; one transaction."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlmodel import col

from collectdesk.desk.call import ending, identity, objection_answer
from collectdesk.desk.call.disclosure import NAME as DISCLOSURE
from collectdesk.desk.call.doorway import outcome_of_doors
from collectdesk.desk.call.identity_result import identity as identity_of
from collectdesk.desk.call.identity_result import speaker
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK
from collectdesk.desk.call.state import Call, result_code
from collectdesk.desk.due import SOON
from collectdesk.desk.office import Office
from collectdesk.desk.permit_ends import Outcome, settle
from collectdesk.desk.permit_sql import by_id
from collectdesk.store.tables import Call as CallRow
from collectdesk.store.tables import Callback, ContactEvent


def close(connection: Connection, office: Office, call: Call) -> None:
    """Close ``call``, whose last question is answered."""
    pen = Pen(connection, call, call.now)
    event = None
    if call.inbound:
        event = pen.add(ContactEvent, "call.received", **_inbound(call, office))
    elif call.permit is not None and call.permit.state == "shown":
        permit = by_id(connection, call.permit.id)
        settle(connection, office, permit, outcome(call), call.now)
        event = permit.event
    if call.purpose == "callback" and call.connected:
        _called_back(pen)
    values = {"ended_at": call.now, "step": "ended", "event": event, **_disposition(call)}
    pen.change(CallRow, call.id, "call.end", **{name: value for name, value in values.items() if value is not None})


def _called_back(pen: Pen) -> None:
    """The callbacks that were due by now are done; one that was booked on this call stays."""
    due = select(col(Callback.id)).where(
        col(Callback.case_id) == pen.call.case.id,
        col(Callback.status) == "open",
        col(Callback.due_at) <= pen.at + SOON,
        col(Callback.call) != pen.call.id,
    )
    for key in pen.connection.execute(due).scalars().all():
        if key is not None:
            pen.change(Callback, key, "callback.done", status="done")


def outcome(call: Call) -> Outcome:
    """How the call went, in the contract's words."""
    line = call.line
    assert line is not None
    if line != "answered":
        return Outcome(line=line, reason=call.word("line", "reason"))
    who = speaker(call)
    return Outcome(
        line=line,
        talk=talk(call),
        identity=_identity(call),
        answered_by=who.person if who else None,
        ended_by=_ended_by(call),
        duration_s=_duration(call),
        message="none",
        discussed=(call.case.id,) if talk(call) == "conversation" else (),
    )


def _duration(call: Call) -> int | None:
    """Seconds since the line was answered; unknown when the clock was set back meanwhile."""
    if call.connected_at is None or call.now < call.connected_at:
        return None
    return call.now - call.connected_at


def talk(call: Call) -> str:
    """``conversation`` once the debt was spoken of, ``brief`` where somebody only answered."""
    told = any(answer.step == DISCLOSURE and answer.value == ACK for answer in call.answers)
    return "conversation" if told or objection_answer.told(call) else "brief"


def _identity(call: Call) -> str:
    return identity_of(call) or "not_asked" if identity.applies(call) else "not_asked"


def _ended_by(call: Call) -> str:
    return ending.ended_by(call) or call.word("wrapup", "ended_by") or "unknown"


def _disposition(call: Call) -> dict[str, object]:
    if not call.connected:
        return {"script": None}
    who = speaker(call)
    return {
        "talk": talk(call),
        "identity": _identity(call),
        "party": call.word("party", "party"),
        "person": who.person if who else None,
        "ended_by": _ended_by(call),
        "outcome": outcome_of_doors(call) or result_code(call),
        "script": f"{call.language}/{call.library.version(call.language)}",
    }


def _inbound(call: Call, office: Office) -> dict[str, object]:
    made = outcome(call)
    who = speaker(call)
    return {
        "at": call.started_at,
        "recorded_at": call.now,
        "kind": "call",
        "org": office.company.id,
        "direction": "in",
        "debtor": call.case.debtor.person,
        "person": who.person if who else call.case.debtor.person,
        "channel": "voice",
        "automated": False,
        "line": "answered",
        "talk": made.talk,
        "identity": made.identity,
        "ended_by": made.ended_by,
        "duration_s": made.duration_s,
        "debts": [call.case.id],
        "discussed": list(made.discussed),
        "purpose": call.purpose,
        "by_staff": call.collector.id,
    }
