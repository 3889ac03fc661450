"""A call rebuilt from its rows: nothing about it lives anywhere else."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from collectdesk.desk.call import library, reading
from collectdesk.desk.call.hooks import Hooks
from collectdesk.desk.call.state import Call, Collector, Granted
from collectdesk.desk.office import Office
from collectdesk.errors import N_, NotFound
from collectdesk.store import call_rows as texts
from collectdesk.store.case_rows import driver_of
from collectdesk.store.tables import CaseFile, Creditor, Person

LANGUAGES = ("zh_CN", "en")


class _Row(Struct, frozen=True):
    """A row of ``call``."""

    permit: int | None
    case_id: int
    collector: int
    direction: str
    driver: str
    language: str
    number: int | None
    state: str
    started_at: int
    connected_at: int | None
    ended_at: int | None


def load(connection: Connection, office: Office, call: int, *, like: Call | None = None) -> Call:
    """The call as it stands; ``like`` the same call before, whose texts and collector are those still.

    Raises:
        NotFound: there is none.
    """
    row = _row(connection, call)
    now = office.now()
    case = reading.case_file(connection, row.case_id, now)
    kept = msgspec.json.decode(row.state)
    person = int(kept["person"])
    day = case.today(now).isoformat()
    granted = _permit(connection, row.permit)
    answers = reading.answers(connection, call)
    texts = like.library if like else library.load(connection, row.started_at)
    answer_days = texts.house.answers
    hooks = Hooks(office, connection, case.id, person, row.number, case.zone, row.language, answer_days, now)
    return Call(
        id=call,
        case=case,
        library=texts,
        collector=like.collector if like else _collector(connection, row.collector),
        direction=row.direction,
        driver=row.driver,
        language=row.language,
        person=person,
        number=row.number,
        purpose=str(kept["purpose"]),
        started_at=row.started_at,
        connected_at=row.connected_at,
        ended_at=row.ended_at,
        allowed_until=granted.allowed_until if granted else _promised(answers),
        now=now,
        answers=answers,
        prepared=reading.prepared(connection, row.collector, case.id, day),
        permit=granted,
        permit_tries=int(kept.get("permit_tries", 0)),
        floor=int(kept.get("floor", 0)),
        practice=office.practice,
        hooks=hooks,
    )


def answered(connection: Connection, before: Call) -> Call:
    """The same call with the answers as they are now; nothing else has changed yet."""
    return msgspec.structs.replace(before, answers=reading.answers(connection, before.id))


def revealed(call: Call) -> str | None:
    """The number in full, while its permit is shown and the line not yet reported; only then."""
    if call.permit is None or call.permit.state != "shown" or call.ended_at is not None:
        return None
    line = call.case.number(call.number)
    return line.number if line else None


def kept_of(connection: Connection, call: int) -> dict[str, Any]:
    """What is kept beside the answers."""
    found: dict[str, Any] = msgspec.json.decode(driver_of(connection)(texts.STATE, {"call": call})[0][0])
    return found


def keys_of(connection: Connection, call: int) -> dict[str, int]:
    """Idempotency keys already used on this call."""
    return dict(kept_of(connection, call).get("keys", {}))


def keys(office: Office, call: int) -> dict[str, int]:
    """The same over a connection of its own."""
    with office.reader.connect() as connection:
        return keys_of(connection, call)


def spoken(connection: Connection, case: int, desk: str) -> str:
    """The language of a call: the debtor's, where the creditor has it, else the creditor's first, else the desk's."""
    c, p, r = CaseFile.__table__, Person.__table__, Creditor.__table__  # type: ignore[attr-defined]
    query = select(p.c.language, r.c.languages).join(p, p.c.id == c.c.debtor).join(r, r.c.org == c.c.creditor)
    row = connection.execute(query.select_from(c).where(c.c.id == case)).one()
    wishes = (row.language, *(row.languages or ()), desk)
    return next((each for each in wishes if each in LANGUAGES), "zh_CN")


def _row(connection: Connection, call: int) -> _Row:
    rows = driver_of(connection)(texts.CALL, {"call": call})
    if not rows:
        raise NotFound("no_such_call", N_("There is no such call."), hint=N_("`collectdesk call list` names yours."))
    return _Row(*rows[0])


def _collector(connection: Connection, staff: int) -> Collector:
    return Collector(*driver_of(connection)(texts.COLLECTOR, {"id": staff})[0])


def _permit(connection: Connection, permit: int | None) -> Granted | None:
    return None if permit is None else Granted(*driver_of(connection)(texts.PERMIT, {"id": permit})[0])


def _promised(answers: tuple[Any, ...]) -> int | None:
    """How long the gate said a call begun now would stay lawful, until a permit says it better."""
    found = next((each.value for each in answers if (each.step, each.field) == ("gate", "verdict")), None)
    return found.get("allowed_until") if isinstance(found, dict) else None
