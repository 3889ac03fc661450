"""The engine of a call: where it stands, answer, back, side door. Every driver goes through here.

An answer, what it changes and the lines the next question shows are one transaction; the state is rebuilt from the
rows each time, so a process that dies loses nothing that was acknowledged and another one goes on at the same step.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace
from sqlalchemy import Connection, insert, update

from collectdesk.desk.call import dialling, finishing, loading, reading, spoken, values
from collectdesk.desk.call import prompt as prompts
from collectdesk.desk.call.doorway import DOORS, OPENED, opened, openers
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import ACK, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.steps import BY_NAME, question
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.call.wording import BarredWording
from collectdesk.desk.clock import Clocks
from collectdesk.desk.clock import reading as reading_of_clocks
from collectdesk.desk.emergencies.sweep import sweep
from collectdesk.desk.office import Office
from collectdesk.errors import N_, Busy, NotFound, UsageProblem
from collectdesk.store.engine import lock_row
from collectdesk.store.tables import Call as CallRow
from collectdesk.store.tables import CallAnswer, ConductWarning

PERMIT_FIELDS = (None, "permit", "permit.permit")


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
        dialling.ask_first(office, current(office, call), raw, clocks)
    try:
        return _swept(office, _commit(office, call, raw, field, key))
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
        prompt = _write(connection, office, state, asked, taken, key)
    return _swept(office, prompt)


def _swept(office: Office, prompt: Prompt) -> Prompt:
    """In an emergency the alerts leave the desk once what they are about is committed."""
    if opened(prompt.call, "emergency"):
        sweep(office)
    return prompt


def say(office: Office, call: int, line: str) -> Prompt:
    """Record that a line at hand was said; the question stays.

    Raises:
        NotFound: no such line is at hand for whoever listens at this question.
        Busy: the call has ended.
    """
    with office.writer.begin() as connection:
        here = _prompt(_locked(connection, office, call))
        found = next((each for each in here.at_hand if each.line == line), None)
        if found is None:
            raise NotFound(
                "line_not_at_hand",
                N_("No line of that name may be said here and now."),
                hint=N_("`collectdesk call show` lists the lines at hand."),
            )
        spoken.aside(connection, here.call, found)
        return here


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
        brought = openers(state, last[0]) if last[1] == OPENED else ()  # without the door there is no such answer
        seq: int | None = None
        for step, name in (last, *brought):
            seq = _answer_row(connection, state, step, name, None, None if seq is None else seq + 1)
        state = loading.load(connection, office, call)
        return _prompt(state)


def _commit(office: Office, call: int, raw: str, field: str | None, key: str | None) -> Prompt:
    with office.writer.begin() as connection:
        state = _locked(connection, office, call)
        earlier = loading.keys_of(connection, call).get(key) if key is not None else None
        if earlier is not None:
            _refuse_other_use(state, earlier, field)
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
        value = values.read(asked, raw, state.case.local(state.now))
        taken = BY_NAME[asked.step].take(state, asked, value)
        return _write(connection, office, state, asked, taken, key)


def _refuse_other_use(state: Call, seq: int, field: str | None) -> None:
    """A key repeats one answer; for another field it is a mistake that must not pass for success."""
    used = next((each for each in state.answers if each.seq == seq), None)
    if field is not None and used is not None and field not in (used.field, f"{used.step}.{used.field}"):
        raise Busy(
            "key_used",
            N_("This key answered {step}.{field} before."),
            hint=N_("Give every answer a key of its own."),
            step=used.step,
            field=used.field,
        )


def _write(
    connection: Connection, office: Office, state: Call, asked: Question, taken: Taken, key: str | None
) -> Prompt:
    """The answer, its effects, the call's new step and the lines it now shows, in the caller's transaction."""
    seq = _answer_row(connection, state, asked.step, asked.field, taken.value)
    used = {} if key is None else {key: seq}
    for again in taken.retake:
        elsewhere, _, name = again.rpartition(".")
        seq = _answer_row(connection, state, elsewhere or asked.step, name, None, seq + 1)
    if not taken.unsaid:
        spoken.acknowledge(connection, state, asked)
    after = loading.answered(connection, state)
    pen = Pen(connection, after, after.now)
    for effect in taken.effects:
        effect(pen)
    if taken.door is not None and not opened(after, taken.door):
        way = Question(step=taken.door, field=OPENED, kind="ack")
        after = _mark(connection, after, seq, taken, used)
        return _write(connection, office, after, way, BY_NAME[taken.door].take(after, way, ACK), None)
    after = _mark(connection, after, seq, taken, used)
    after = loading.load(connection, office, state.id, like=state) if taken.effects else after
    prompt = _prompt(after)
    if prompt.question is None:
        finishing.close(pen.connection, office, after)
        return _prompt(loading.load(connection, office, state.id, like=state))
    connection.execute(update(CallRow).where(CallRow.id == state.id).values(step=prompt.step))  # type: ignore[arg-type]
    spoken.show(connection, after, prompt.question)
    return prompt


def _answer_row(
    connection: Connection, state: Call, step: str, field: str, value: Plain, seq: int | None = None
) -> int:
    number = seq or max((each.seq for each in state.answers), default=0) + 1
    kept = reading.TAKEN_BACK if value is None else value
    row = {"call": state.id, "seq": number, "step": step, "field": field, "value": kept, "at": state.now}
    connection.execute(insert(CallAnswer), row)
    return number


def _mark(connection: Connection, state: Call, seq: int, taken: Taken, used: Mapping[str, int]) -> Call:
    """Remember the key with the answer it was used for, and from where there is no going back; the call since."""
    kept = loading.kept_of(connection, state.id)
    if taken.fixed:
        kept["floor"] = seq
    if used:
        kept["keys"] = {**kept.get("keys", {}), **used}
    connection.execute(update(CallRow).where(CallRow.id == state.id).values(state=kept))  # type: ignore[arg-type]
    return replace(state, floor=seq) if taken.fixed else state


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


def _warn(office: Office, state: Call, barred: BarredWording) -> None:
    """Wording that was refused is kept against the call, without the words."""
    with office.writer.begin() as connection:
        pen = Pen(connection, state, office.now())
        for entry in barred.entries:
            pen.add(
                ConductWarning, "conduct.barred", staff=state.collector.id, call=state.id, case_id=state.case.id,
                entry=entry, place=barred.place, blocked=True, debtors_words=False, at=pen.at,
            )  # fmt: skip
