"""The terminal driver of a call: one question after the other, the doors always open, every answer committed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from collectdesk.commands.leafing import leaf
from collectdesk.desk.call import calculator, engine, values
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import ACK, NONE, Question
from collectdesk.desk.call.simulated import Persona
from collectdesk.desk.call.state import Call
from collectdesk.desk.office import Office
from collectdesk.errors import N_, BadData, BlockedByGate, Cancelled, Problem, UsageProblem
from collectdesk.lang import _, current
from collectdesk.show import callscreen, callwords, doors
from collectdesk.show.doors import Door, DoorOpened
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.safe import safe
from collectdesk.show.terminal import marks
from collectdesk.show.width import clip, wrap

AT_ONCE = ("line.line", "wrapup.next_action")
"""Fields a single key answers: an unanswered redial is two keystrokes after the number."""
ANSWERED = "answered"
"""The line's outcome that takes Enter: the opening stands behind it, and a key too many would confirm it unsaid."""
_BEGINNING = 68
"""Cells of a line that are shown where it is picked."""
BY_CODE = {door.code: door for door in doors.CALL_DOORS}
FLAG = "--json"
NOTE = ("wrapup", "note")
SURE = ("wrong_number", "sure")
"""A wrong number cannot simply be taken back: the number is never dialled again. So it is asked for a plain yes."""
RETRIED = (BadData, UsageProblem, BlockedByGate)
"""What can be put right by answering again."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed and could not be taken, and why; it stands in the question again."""

    raw: str = ""
    why: str = ""


class Unfit(Exception):
    """An answer that can be put right by answering again."""

    def __init__(self, tried: Tried) -> None:
        super().__init__(tried.why)
        self.tried = tried


def walk(
    office: Office,
    prompt: Prompt,
    persona: Persona | None = None,
    beside: Callable[[Prompt, Asker], None] | None = None,
) -> Prompt:
    """Ask until the call is closed. ``persona``: who is made up on the line; ``beside``: what a rehearsal asks besides.

    Raises:
        Cancelled: Ctrl-C; the call stays open where it is, and the command that goes on with it is named.
    """
    try:
        prompt = _to_the_end(office, prompt, persona, beside)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        message = N_("The call stays open where it was; what was confirmed is kept.")
        raise Cancelled("cancelled", message, hint=N_("`collectdesk call resume` goes on with it.")) from None
    callscreen.turn(callscreen.lines(prompt))
    return prompt


def _to_the_end(
    office: Office, prompt: Prompt, persona: Persona | None, beside: Callable[[Prompt, Asker], None] | None
) -> Prompt:
    tried = Tried()
    while not prompt.ended:
        before, tried = tried, Tried()
        try:
            if beside is not None:
                beside(prompt, _asker(office, prompt))
            prompt = _one(office, prompt, before, persona)
        except DoorOpened as opened:
            prompt = _through(office, prompt, opened.door)
        except RefusedByGate as refusal:
            refused(office, refusal, json=False)
            Asker().enter(_("Press Enter to go on"), flag=FLAG)
            prompt = engine.current(office, prompt.call.id)
        except Unfit as unfit:
            prompt, tried = engine.current(office, prompt.call.id), unfit.tried
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


def sentence(problem: Problem, asked: Question) -> str:
    """A problem in words, with its hint; the field by the name the question gives it."""
    values = {**problem.params, **({"field": callwords.label(asked)} if "field" in problem.params else {})}
    parts = (_(text).format_map(values) for text in (problem.message, problem.hint) if text)
    return ("" if current() == "zh_CN" else " ").join(parts)


def _one(office: Office, prompt: Prompt, tried: Tried, persona: Persona | None) -> Prompt:
    """Show the page, ask the one question the call is at, and commit the answer.

    Raises:
        Unfit: the answer cannot be taken as it is.
    """
    asked = prompt.question
    assert asked is not None
    asker = _leading_up(prompt, persona, _asker(office, prompt), tried.why)
    raw = _raw(asker, asked, _checker(asked, prompt), tried.raw or _written(prompt.call, asked))
    try:
        return engine.answer(office, prompt.call.id, raw, field=f"{asked.step}.{asked.field}")
    except RefusedByGate:
        raise
    except RETRIED as problem:
        raise Unfit(Tried("" if asked.tries else raw, sentence(problem, asked))) from None


def _written(call: Call, asked: Question) -> str:
    """The note that is to be written anew: it stands there to be mended."""
    if (asked.step, asked.field) != NOTE:
        return ""
    return next((each for each in reversed(call.every(*NOTE)) if isinstance(each, str) and each != NONE), "")


def _leading_up(prompt: Prompt, persona: Persona | None, asker: Asker, trouble: str) -> Asker:
    """Show the page, in parts where the screen is too low for it; who asks the question under the last."""
    return leaf(callscreen.screens(prompt, persona), asker, _trouble(trouble))


def _trouble(why: str) -> list[str]:
    if not why:
        return []
    first, *rest = wrap(why, 74)
    return [f" {marks().warn} {first}", *(f"   {each}" for each in rest), ""]


def _asker(office: Office, prompt: Prompt) -> Asker:
    aside = [doors.AT_HAND] if prompt.at_hand else []
    if calculator.at_hand(prompt.call, prompt.question):
        aside.append(doors.CALCULATOR)
    return _asking(office, prompt, (*_doors(prompt), *aside, *_back(prompt)))


def _doors(prompt: Prompt) -> tuple[Door, ...]:
    """The side doors still to be taken; once the talk is being ended, F10 leaves the rest of the call for later."""
    ways = tuple(BY_CODE[code] for code in prompt.doors if code in BY_CODE)
    return ways if doors.END in ways else (*ways, doors.LEAVE)


def _back(prompt: Prompt) -> tuple[Door, ...]:
    return (doors.BACK,) if prompt.may_go_back else ()


def _asking(office: Office, prompt: Prompt, ways: tuple[Door, ...]) -> Asker:
    """Questions of a call with these ways out, the clock running under them."""
    begun, read_at = time.monotonic(), office.now()

    def under() -> str:
        return callscreen.status(prompt.call, read_at + int(time.monotonic() - begun))

    return Asker(doors=ways, status=under)


def _raw(asker: Asker, asked: Question, check: Callable[[str], str | None], before: str) -> str:
    """What is answered, as every driver hands it in; ``before``: what was typed and not taken."""
    flag, message = FLAG, callwords.label(asked)
    if asked.tries:
        message += "  " + _("try {now} of {of}").format(now=asked.tries[0], of=asked.tries[1])
    if asked.kind == "ack":
        asker.enter(_ready(asked), flag=flag)
        return ACK
    if (asked.step, asked.field) == SURE:
        return "yes" if asker.confirm(message, flag=flag) else "no"
    options = [Option(each.code, callwords.choice(asked, each)) for each in asked.options]
    if asked.kind == "choice":
        return asker.select(message, options, flag=flag, at_once=_at_once(asked))
    if asked.kind == "choices":
        return ",".join(asker.many(message, options, flag=flag, least=asked.least))
    typed = asker.text(message, flag=flag, validate=check, default=before, optional=not asked.required)
    return typed or NONE


def _at_once(asked: Question) -> list[str]:
    if f"{asked.step}.{asked.field}" not in AT_ONCE:
        return []
    return [each.code for each in asked.options if each.code != ANSWERED]


def _ready(asked: Question) -> str:
    """What Enter means here: said, read, or do it."""
    if asked.missing:
        return _("This cannot go on; F10 ends the call")
    if asked.say:
        return _("Said: press Enter")
    if asked.step == "permit":
        return _("{what}: press Enter").format(what=callwords.label(asked))
    return _("Read: press Enter")


def _checker(asked: Question, prompt: Prompt) -> Callable[[str], str | None]:
    """What is wrong with what was typed, before it is sent."""

    def check(text: str) -> str | None:
        try:
            values.read(asked, text, prompt.call.case.local(prompt.call.now))
        except Problem as problem:
            return sentence(problem, asked)
        return None

    return check


def _through(office: Office, prompt: Prompt, door: Door) -> Prompt:
    if door is doors.LEAVE:
        raise KeyboardInterrupt
    if door.code == "back":
        return engine.back(office, prompt.call.id)
    if door.code == "at_hand":
        return _aside(office, prompt)
    if door.code == "calculator":
        return _calculated(office, prompt)
    return engine.door(office, prompt.call.id, door.code)


def _calculated(office: Office, prompt: Prompt) -> Prompt:
    """The calculator, and back to the question; the side doors stay open meanwhile, F9 leaves it."""
    from collectdesk.commands.calculating import calculate

    ways = (*_doors(prompt), doors.BACK)
    try:
        calculate(office, prompt, _asking(office, prompt, ways))
    except DoorOpened as opened:
        if opened.door is not doors.BACK:
            return _through(office, prompt, opened.door)
    return engine.current(office, prompt.call.id)


def _aside(office: Office, prompt: Prompt) -> Prompt:
    """Pick a line at hand, say it, and go back to the question; the side doors stay open, F9 leaves it unsaid."""
    ways = (*_doors(prompt), doors.BACK)
    head = callscreen.heading(prompt)
    asker = replace(_asking(office, prompt, ways), above=len(head))
    options = [Option(each.line, clip(safe(each.text), _BEGINNING)) for each in prompt.at_hand]
    try:
        callscreen.turn(head)
        chosen = asker.select(_("Which line?"), options, flag="--json")
        text = next(each.text for each in prompt.at_hand if each.line == chosen)
        callscreen.turn([*head, *callscreen.block(text), ""])
        asker.enter(_("Said: press Enter"), flag="--json")
    except DoorOpened as opened:
        return prompt if opened.door is doors.BACK else _through(office, prompt, opened.door)
    return engine.say(office, prompt.call.id, chosen)
