"""The terminal driver of a call: one question after the other, the doors always open, every answer committed."""

from __future__ import annotations

import time
from collections.abc import Callable

from collectdesk.desk.call import engine, values
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import ACK, NONE, Question
from collectdesk.desk.call.simulated import Persona
from collectdesk.desk.office import Office
from collectdesk.errors import BadData, BlockedByGate, Problem, UsageProblem
from collectdesk.lang import _, pick
from collectdesk.show import callscreen, callwords, doors
from collectdesk.show.doors import Door, DoorOpened
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.terminal import marks, say
from collectdesk.show.width import wrap

AT_ONCE = ("line.line", "wrapup.next_action")
"""Fields a single key answers: an unanswered redial is two keystrokes after the number."""
BY_CODE = {door.code: door for door in doors.CALL_DOORS}
RETRIED = (BadData, UsageProblem, BlockedByGate)
"""What can be put right by answering again."""


def walk(office: Office, prompt: Prompt, persona: Persona | None = None) -> Prompt:
    """Ask until the call is closed; Ctrl-C leaves it open where it is. ``persona``: who is made up on the line."""
    trouble = ""
    while not prompt.ended:
        callscreen.page(prompt, fresh=True, persona=persona)
        _tell(trouble)
        try:
            prompt, trouble = _one(office, prompt), ""
        except DoorOpened as opened:
            prompt, trouble = _through(office, prompt, opened.door), ""
        except RefusedByGate as refusal:
            refused(office, refusal, json=False)
            Asker().enter(_("Press Enter to go on"), flag="--json")
            prompt, trouble = engine.current(office, prompt.call.id), ""
        except RETRIED as problem:
            prompt, trouble = engine.current(office, prompt.call.id), sentence(problem)
    callscreen.page(prompt, fresh=True)
    return prompt


def refused(office: Office, refusal: RefusedByGate, *, json: bool) -> None:
    """The verdict that refused, whole."""
    from collectdesk.commands.subject import subject_of
    from collectdesk.desk.case_files import read_files
    from collectdesk.show.jsonout import emit
    from collectdesk.show.reasons import with_messages
    from collectdesk.show.terminal import err
    from collectdesk.show.verdict import print_verdict
    from collectdesk.store.case_rows import driver_of, one_case

    if json:
        document = with_messages(refusal.decision, office.lang)
        emit(str(document.pop("schema")), document)
        return
    with office.reader.connect() as connection:
        files = read_files(driver_of(connection), one_case(refusal.contact.case))
    print_verdict(err(), refusal.decision, subject_of(files, refusal.contact))


def sentence(problem: Problem) -> str:
    """A problem in words, with its hint."""
    parts = (_(text).format_map(problem.params) for text in (problem.message, problem.hint) if text)
    return " ".join(parts)


def _tell(trouble: str) -> None:
    if trouble:
        first, *rest = wrap(trouble, 74)
        say("\n".join([f" {marks().warn} {first}", *(f"   {each}" for each in rest), ""]))


def _one(office: Office, prompt: Prompt) -> Prompt:
    """Ask the one question the call is at, and commit the answer."""
    asked = prompt.question
    assert asked is not None
    raw = _raw(_asker(office, prompt), asked, _checker(asked, prompt))
    return engine.answer(office, prompt.call.id, raw, field=f"{asked.step}.{asked.field}")


def _asker(office: Office, prompt: Prompt) -> Asker:
    open_doors = tuple(BY_CODE[code] for code in prompt.doors if code in BY_CODE)
    return _asking(office, prompt, (*open_doors, *((doors.AT_HAND,) if prompt.at_hand else ()), *_back(prompt)))


def _back(prompt: Prompt) -> tuple[Door, ...]:
    return (doors.BACK,) if prompt.may_go_back else ()


def _asking(office: Office, prompt: Prompt, ways: tuple[Door, ...]) -> Asker:
    """Questions of a call with these ways out, the clock running under them."""
    begun, read_at = time.monotonic(), office.now()

    def under() -> str:
        return callscreen.status(prompt.call, read_at + int(time.monotonic() - begun))

    return Asker(doors=ways, status=under)


def _raw(asker: Asker, asked: Question, check: Callable[[str], str | None]) -> str:
    flag, message = "--json", callwords.label(asked)
    if asked.tries:
        message += "  " + _("try {now} of {of}").format(now=asked.tries[0], of=asked.tries[1])
    if asked.kind == "ack":
        asker.enter(_ready(asked), flag=flag)
        return ACK
    options = [Option(each.code, callwords.choice(asked, each)) for each in asked.options]
    if asked.kind == "choice":
        return asker.select(message, options, flag=flag, at_once=f"{asked.step}.{asked.field}" in AT_ONCE)
    if asked.kind == "choices":
        return ",".join(asker.many(message, options, flag=flag, least=asked.least))
    typed = asker.text(message, flag=flag, validate=check, optional=not asked.required)
    return typed or NONE


def _ready(asked: Question) -> str:
    """What Enter means here: said, read, or do it."""
    if asked.missing:
        return _("This cannot go on; F10 ends the call")
    if asked.say:
        return _("Said: press Enter")
    return callwords.label(asked) if asked.step == "permit" else _("Read: press Enter")


def _checker(asked: Question, prompt: Prompt) -> Callable[[str], str | None]:
    """What is wrong with what was typed, before it is sent."""

    def check(text: str) -> str | None:
        try:
            values.read(asked, text, prompt.call.case.zone)
        except Problem as problem:
            return sentence(problem)
        return None

    return check


def _through(office: Office, prompt: Prompt, door: Door) -> Prompt:
    if door.code == "back":
        return engine.back(office, prompt.call.id)
    if door.code == "at_hand":
        return _aside(office, prompt)
    return engine.door(office, prompt.call.id, door.code)


def _aside(office: Office, prompt: Prompt) -> Prompt:
    """Pick a line at hand, say it, and go back to the question; the side doors stay open, F9 leaves it unsaid."""
    ways = (*(BY_CODE[code] for code in prompt.doors if code in BY_CODE), doors.BACK)
    asker = _asking(office, prompt, ways)
    options = [Option(each.line, pick(each.purpose)) for each in prompt.at_hand]
    try:
        chosen = asker.select(_("When"), options, flag="--json")
        text = next(each.text for each in prompt.at_hand if each.line == chosen)
        say("\n".join(["", *callscreen.block(text), ""]))
        asker.enter(_("Said: press Enter"), flag="--json")
    except DoorOpened as opened:
        return prompt if opened.door is doors.BACK else _through(office, prompt, opened.door)
    return engine.say(office, prompt.call.id, chosen)
