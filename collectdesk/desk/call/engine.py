"""The engine of a call: start, where it stands, answer, back, side door. Every driver goes through here.

An answer, what it changes and the lines the next question shows are one transaction; the state is rebuilt from the
rows each time, so a process that dies loses nothing that was acknowledged and another one goes on at the same step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlmodel import col

from collectdesk.desk import checking
from collectdesk.desk import permit as permits
from collectdesk.desk.call import finishing, loading, reading, values
from collectdesk.desk.call import prompt as prompts
from collectdesk.desk.call.doorway import DOORS, OPENED, opened
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import ACK, Plain, Question, Said
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.steps import BY_NAME, question
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.call.wording import BarredWording
from collectdesk.desk.case_files import read_files
from collectdesk.desk.clock import Clocks, require_sound
from collectdesk.desk.clock import reading as reading_of_clocks
from collectdesk.desk.facts import Contact
from collectdesk.desk.office import Office
from collectdesk.desk.standing import standing_of
from collectdesk.errors import N_, BlockedByGate, Busy, NotFound, UsageProblem
from collectdesk.store import journal
from collectdesk.store.case_rows import driver_of, one_case
from collectdesk.store.engine import lock_row
from collectdesk.store.tables import Call as CallRow
from collectdesk.store.tables import CallAnswer, ConductWarning, LineShown

PERMIT_FIELDS = (None, "permit", "permit.permit")


class RefusedByGate(BlockedByGate):
    """The gate said no; ``decision`` is the contract's, ``contact`` what was asked about."""

    def __init__(self, decision: Mapping[str, Any], contact: Contact) -> None:
        super().__init__(
            "gate_refused",
            N_("The gate refuses this call; the refusal is recorded."),
            hint=N_("`collectdesk check` explains it, `collectdesk queue` names who may be called."),
        )
        self.decision = decision
        self.contact = contact


def start(
    office: Office,
    case: str,
    *,
    person: str | None = None,
    number: str | None = None,
    purpose: str = "collect",
    language: str | None = None,
    driver: str = "json",
    key: str | None = None,
    clocks: Clocks = reading_of_clocks,
) -> Prompt:
    """Begin a call: the gate first, then the brief.

    Args:
        office: who calls, and when.
        case: the case number.
        person: public id or role; the debtor when nothing is said.
        number: public id or digits; the one that may be dialled first when nothing is said.
        purpose: the contract's.
        language: of what is said; the debtor's when nothing is said.
        driver: ``terminal``, ``json`` or ``rehearsal``.
        key: repeating a start with the same key returns the same call.
        clocks: both clocks of the machine.
    Raises:
        RefusedByGate: not now; the refusal is recorded.
        Busy: a call of this collector is still open.
        NotFound: no such case, person or number.
    """
    office.require_role(*permits.CALLERS)
    known = _started(office, key)
    if known is not None:
        return current(office, known)
    _refuse_second(office)
    checked = _check(office, case, person, number, purpose)
    if not checked.decision.allowed:
        raise RefusedByGate(_record_refusal(office, checked, key, clocks), checked.contact)
    wire = checked.decision.to_wire()
    gate = [
        ("gate", "verdict", {"allowed_until": checked.decision.allowed_until, "rules": len(wire["passed"])}),
        ("gate", "found", wire["warnings"]),
        ("gate", "needs_ack", [each["rule"] for each in wire["warnings"] if each["needs_ack"]]),
    ]
    return _begin(office, checked.contact, "out", language, driver, key, gate, clocks)


def inbound(
    office: Office, case: str, *, language: str | None = None, driver: str = "json", key: str | None = None
) -> Prompt:
    """They called us: no permit, no gate, the same locks; also at night and for a frozen case.

    Raises:
        Busy: a call of this collector is still open.
        NotFound: no such case.
    """
    office.require_role(*permits.CALLERS)
    known = _started(office, key)
    if known is not None:
        return current(office, known)
    _refuse_second(office)
    with office.reader.connect() as connection:
        ask = driver_of(connection)
        found = checking.find_case(ask, case)
        debtor = read_files(ask, one_case(found)).cases[found].debtor
    contact = Contact(found, debtor, None, office.now(), "answer_request")
    return _begin(office, contact, "in", language, driver, key, [])


def current(office: Office, call: int) -> Prompt:
    """Where a call stands."""
    with office.reader.connect() as connection:
        state = loading.load(connection, office, call)
        return prompts.of(state, loading.revealed(state))


def answer(
    office: Office,
    call: int,
    raw: str,
    *,
    field: str | None = None,
    key: str | None = None,
    clocks: Clocks = reading_of_clocks,
) -> Prompt:
    """Commit an answer to the question a call is at.

    Args:
        office: who answers.
        call: the call.
        raw: as typed.
        field: what is meant to be answered; a call that has moved on is not answered by mistake.
        key: repeating an answer with the same key changes nothing.
        clocks: both clocks of the machine.
    Raises:
        Busy: the call has ended, or is at another field.
        BadData: the value is not one, or is refused by a limit.
        RefusedByGate: the permit was refused.
    """
    if field in PERMIT_FIELDS and not (key is not None and key in loading.keys(office, call)):
        _permit_first(office, call, raw, clocks)
    try:
        return _commit(office, call, raw, field, key)
    except BarredWording as barred:
        _warn(office, current(office, call).call, barred)
        raise


def door(office: Office, call: int, name: str, *, key: str | None = None) -> Prompt:
    """Take a side door; what must freeze is frozen before anything is asked.

    Raises:
        NotFound: there is no such door.
        Busy: the call has ended.
    """
    if name not in DOORS:
        raise NotFound("no_such_door", N_("The side doors are: {doors}."), doors=", ".join(DOORS))
    with office.writer.begin() as connection:
        state = _locked(connection, office, call)
        if opened(state, name) or (key is not None and key in loading.keys_of(connection, call)):
            return _prompt(state)
        asked = Question(step=name, field=OPENED, kind="ack")
        taken = BY_NAME[name].take(state, asked, ACK)
        return _write(connection, office, state, asked, taken, key)


def back(office: Office, call: int) -> Prompt:
    """Take the last answer back, where nothing was spoken or written since.

    Raises:
        Busy: there is no going back from here.
    """
    with office.writer.begin() as connection:
        state = _locked(connection, office, call)
        last = prompts.last_free(state)
        if last is None:
            raise Busy("no_way_back", N_("There is no going back from here: what was said or recorded stays."))
        _answer_row(connection, state, *last, None)
        state = loading.load(connection, office, call)
        return _prompt(state)


def open_call(office: Office) -> int | None:
    """The call this collector has not closed."""
    with office.reader.connect() as connection:
        query = select(col(CallRow.id)).where(*_unclosed(office)).order_by(col(CallRow.id))
        return connection.execute(query).scalars().first()


def _unclosed(office: Office) -> tuple[ColumnElement[bool], ...]:
    return col(CallRow.collector) == office.staff.id, col(CallRow.ended_at).is_(None)


# ---------------------------------------------------------------- start


def _check(office: Office, case: str, person: str | None, number: str | None, purpose: str) -> checking.Checked:
    with office.reader.connect() as connection:
        ask, at = driver_of(connection), office.now()
        found = checking.find_case(ask, case)
        files = read_files(ask, one_case(found))
        who = checking.find_person(files, found, person)
        line = None if number is None else checking.find_number(files, who, number)
        gate = checking.gate_in_force(ask, at)
        standing = standing_of(ask, office.staff.id, at)
        return checking.check(gate, files, Contact(found, who, line, at, purpose), standing, office.lang)


def _record_refusal(office: Office, checked: checking.Checked, key: str | None, clocks: Clocks) -> Mapping[str, Any]:
    """Ask for the permit all the same: a refusal is recorded under the lock, with its whole verdict."""
    from collectdesk.desk.permit_ends import withdraw

    contact = checked.contact
    named = key or f"refused-{office.staff.id}-{contact.case}-{contact.at}"
    asked = permits.request(office, contact.case, contact.person, contact.number, contact.purpose, named, clocks=clocks)
    if isinstance(asked, permits.Granted):  # it opened in between; the collector may start again
        withdraw(office, asked.permit, clocks=clocks)
        return checked.decision.to_wire()
    return asked.decision


def _refuse_second(office: Office) -> None:
    held = open_call(office)
    if held is not None:
        raise Busy(
            "call_open",
            N_("Your call {call} is not closed yet."),
            hint=N_("Finish it with `collectdesk call`; nothing is lost."),
            call=f"c{held}",
        )


def _started(office: Office, key: str | None) -> int | None:
    if key is None:
        return None
    with office.reader.connect() as connection:
        query = select(CallRow.id, CallRow.state).where(CallRow.collector == office.staff.id)  # type: ignore[call-overload]
        rows = connection.execute(query.order_by(CallRow.id.desc()).limit(50))  # type: ignore[union-attr]
        return next((row.id for row in rows if row.state.get("start_key") == key), None)


def _begin(
    office: Office,
    contact: Contact,
    direction: str,
    language: str | None,
    driver: str,
    key: str | None,
    gate: list[tuple[str, str, Plain]],
    clocks: Clocks | None = None,
) -> Prompt:
    with office.writer.begin() as connection:
        if office.store.on_server:
            lock_row(connection, "staff", office.staff.id)
        held = connection.execute(select(col(CallRow.id)).where(*_unclosed(office))).first()
        if held is not None:
            raise Busy("call_open", N_("Another call of yours is not closed yet."))
        at = office.now()
        if clocks is not None:
            require_sound(connection, clocks(int(office.clock().timestamp())), at, office.staff.number)
        state = {"person": contact.person, "purpose": contact.purpose, "start_key": key, "floor": 0, "keys": {}}
        row = {
            "case_id": contact.case, "collector": office.staff.id, "direction": direction, "driver": driver,
            "step": "gate", "state": state, "started_at": at, "number": contact.number,
            "connected_at": at if direction == "in" else None, "line": "answered" if direction == "in" else None,
            "language": language or loading.spoken(connection, contact.case, office.lang),
        }  # fmt: skip
        made = connection.execute(insert(CallRow), row).inserted_primary_key
        assert made is not None
        call = int(made[0])
        for seq, (step, field, value) in enumerate(gate, 1):
            values_ = {"call": call, "seq": seq, "step": step, "field": field, "value": value, "at": at}
            connection.execute(insert(CallAnswer), values_)
        connection.execute(update(CallRow).where(CallRow.id == call).values(state={**state, "floor": len(gate)}))  # type: ignore[arg-type]
        journal.append(connection, at=at, actor=office.staff.number, action="call.start", subject=f"call:{call}",
                       after={"case": contact.case, "direction": direction})  # fmt: skip
        fresh = loading.load(connection, office, call)
        _show_lines(connection, fresh)
        return _prompt(fresh)


# ---------------------------------------------------------------- answer


def _commit(office: Office, call: int, raw: str, field: str | None, key: str | None) -> Prompt:
    with office.writer.begin() as connection:
        state = _locked(connection, office, call)
        if key is not None and key in loading.keys_of(connection, call):
            return _prompt(state)
        asked = question(state)
        if asked is None:
            raise Busy("nothing_asked", N_("This call asks for nothing more."))
        if field is not None and field not in (asked.field, f"{asked.step}.{asked.field}"):
            raise Busy(
                "other_field",
                N_("The call is at {step}.{field} now."),
                hint=N_("`collectdesk call show` says what it asks."),
                step=asked.step,
                field=asked.field,
            )
        value = values.read(asked, raw, state.case.zone)
        taken = BY_NAME[asked.step].take(state, asked, value)
        return _write(connection, office, state, asked, taken, key)


def _write(
    connection: Connection, office: Office, state: Call, asked: Question, taken: Taken, key: str | None
) -> Prompt:
    """The answer, its effects, the call's new step and the lines it now shows, in the caller's transaction."""
    seq = _answer_row(connection, state, asked.step, asked.field, taken.value)
    for again in taken.retake:
        seq = _answer_row(connection, state, asked.step, again, None, seq + 1)
    _acknowledge(connection, state, asked)
    after = loading.answered(connection, state)
    pen = Pen(connection, after, after.now)
    for effect in taken.effects:
        effect(pen)
    if taken.door is not None and not opened(after, taken.door):
        way = Question(step=taken.door, field=OPENED, kind="ack")
        _mark(connection, after, seq, taken, key)
        return _write(connection, office, after, way, BY_NAME[taken.door].take(after, way, ACK), None)
    _mark(connection, after, seq, taken, key)
    after = loading.load(connection, office, state.id, like=state) if taken.effects or taken.fixed else after
    following = question(after)
    if following is None:
        finishing.close(pen.connection, office, after)
        after = loading.load(connection, office, state.id, like=state)
    else:
        step = {"step": following.step}
        connection.execute(update(CallRow).where(CallRow.id == state.id).values(**step))  # type: ignore[arg-type]
        _show_lines(connection, after)
    return _prompt(after)


def _answer_row(
    connection: Connection, state: Call, step: str, field: str, value: Plain, seq: int | None = None
) -> int:
    number = seq or max((each.seq for each in state.answers), default=0) + 1
    kept = reading.TAKEN_BACK if value is None else value
    row = {"call": state.id, "seq": number, "step": step, "field": field, "value": kept, "at": state.now}
    connection.execute(insert(CallAnswer), row)
    return number


def _mark(connection: Connection, state: Call, seq: int, taken: Taken, key: str | None) -> None:
    """Remember the key, and from where there is no going back."""
    kept = loading.kept_of(connection, state.id)
    if taken.fixed:
        kept["floor"] = seq
    if key is not None:
        kept["keys"] = {**kept.get("keys", {}), key: seq}
    connection.execute(update(CallRow).where(CallRow.id == state.id).values(state=kept))  # type: ignore[arg-type]


def _locked(connection: Connection, office: Office, call: int) -> Call:
    lock_row(connection, "call", call)
    state = loading.load(connection, office, call)
    if state.ended_at is not None:
        raise Busy("call_ended", N_("This call is closed."), hint=N_("`collectdesk case history` shows it."))
    if state.collector.id != office.staff.id:
        raise UsageProblem("others_call", N_("This call is another collector's."))
    return state


def _prompt(state: Call) -> Prompt:
    return prompts.of(state, loading.revealed(state))


# ---------------------------------------------------------------- lines, permit, wording


def _show_lines(connection: Connection, state: Call) -> None:
    """Keep every line the next question puts before the collector, with its text and script version."""
    following = question(state)
    if following is None:
        return
    have = set(connection.execute(select(col(LineShown.line)).where(col(LineShown.call) == state.id)).scalars())
    fresh = [line for line in following.say if _line_key(following, line) not in have]
    for line in fresh:
        row = {
            "call": state.id, "line": _line_key(following, line), "script": state.language,
            "script_version": state.library.version(state.language), "content": line.text, "shown_at": state.now,
        }  # fmt: skip
        connection.execute(insert(LineShown), row)


def _line_key(asked: Question, line: Said) -> str:
    """A line's name in the record; the same line asked for another item is another line."""
    return f"{line.line}:{asked.field}" if asked.step == "identity" else line.line


def _acknowledge(connection: Connection, state: Call, asked: Question) -> None:
    """An acknowledged or answered question was said: its lines get their time."""
    said = [line for line in asked.say if asked.step != "disclosure" or line.line == asked.field]
    names = [_line_key(asked, line) for line in said]
    if names:
        where = (LineShown.call == state.id, LineShown.line.in_(names), LineShown.acknowledged_at.is_(None))  # type: ignore[attr-defined, union-attr]
        connection.execute(update(LineShown).where(*where).values(acknowledged_at=state.now))  # type: ignore[arg-type]


def _permit_first(office: Office, call: int, raw: str, clocks: Clocks) -> None:
    """Where the call is at its permit, ask for it before the answer is committed."""
    asked = current(office, call)
    if asked.question is not None and asked.question.step == "permit":
        values.read(asked.question, raw, asked.call.case.zone)
        _permit(office, asked.call, clocks)


def _permit(office: Office, state: Call, clocks: Clocks) -> None:
    """Ask for the permit and show the number, each in its own transaction; a retry finds the same permit.

    Raises:
        RefusedByGate: no permit, or no longer.
    """
    contact = Contact(state.case.id, state.person, state.number, state.now, state.purpose)
    named = f"call-{state.id}-{state.permit_tries}"
    asked = permits.request(office, contact.case, contact.person, contact.number, contact.purpose, named, clocks=clocks)
    if isinstance(asked, permits.Granted):
        with office.writer.begin() as connection:
            connection.execute(update(CallRow).where(CallRow.id == state.id).values(permit=asked.permit))  # type: ignore[arg-type]
        shown = permits.show(office, asked.permit, clocks=clocks) if asked.state in ("granted", "shown") else asked
        if isinstance(shown, permits.Shown):
            return
        if isinstance(shown, permits.Refused):
            asked = shown
    _count_try(office, state)
    raise RefusedByGate(asked.decision, contact)


def _count_try(office: Office, state: Call) -> None:
    """The next request is a new one."""
    with office.writer.begin() as connection:
        kept = loading.kept_of(connection, state.id)
        kept["permit_tries"] = state.permit_tries + 1
        connection.execute(update(CallRow).where(CallRow.id == state.id).values(state=kept))  # type: ignore[arg-type]


def _warn(office: Office, state: Call, barred: BarredWording) -> None:
    """Wording that was refused is kept against the call, without the words."""
    with office.writer.begin() as connection:
        pen = Pen(connection, state, office.now())
        for entry in barred.entries:
            pen.add(
                ConductWarning, "conduct.barred", staff=state.collector.id, call=state.id, case_id=state.case.id,
                entry=entry, place=barred.place, blocked=True, debtors_words=False, at=pen.at,
            )  # fmt: skip
