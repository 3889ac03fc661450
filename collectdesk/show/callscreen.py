"""A call on the screen, at 80 columns: where it stands, what to say, what to look at; then the question.

What to say is set apart from what to ask, nothing about the debt is on it before the lock opens, and the way out is
always in view. Lines go to stderr: a call is conversation, not data.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from collectdesk.desk.call import simulated, tempers
from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import Question, Said
from collectdesk.desk.call.state import Call
from collectdesk.lang import _
from collectdesk.show import callend, callwords, panes
from collectdesk.show.callhead import top, unproved
from collectdesk.show.dates import clock, span
from collectdesk.show.safe import safe
from collectdesk.show.terminal import WIDTH, marks, say
from collectdesk.show.width import cells, pad, wrap

PARTNERS = ("line", "party", "identity", "discussion", "result")
"""Steps at which somebody on the other side says something."""
_CLEAR = "\x1b[2J\x1b[H"
_BELOW = 7
"""Rows a question takes below the page at least: itself, a word on what was typed, the clock, the doors."""
_LIST = 12
"""Rows below the page where the answer is one of a list, or several, however long the list."""


def page(prompt: Prompt) -> None:
    """Print where a call stands."""
    for line in lines(prompt):
        say(line)
    if not prompt.ended and (clocks := status(prompt.call, prompt.call.now)):
        say(f" {clocks}")


def turn(rows: Sequence[str]) -> None:
    """Print ``rows`` from the top of an empty screen."""
    if sys.stderr.isatty():
        sys.stderr.write(_CLEAR)
    for line in rows:
        say(line)


def heading(prompt: Prompt) -> list[str]:
    """What stands at the head of every page of a call, for something that is done beside it."""
    return [*top(prompt), ""]


def room_beside(prompt: Prompt, choices: int) -> int:
    """How many rows something done beside a call has, above a question with so many choices."""
    return max(3, shutil.get_terminal_size().lines - len(heading(prompt)) - 1 - min(_BELOW + choices, _LIST))


def screens(prompt: Prompt, persona: simulated.Persona | None = None) -> list[list[str]]:
    """The page in as many parts as it takes to keep each one's head in view; the question belongs to the last."""
    head = top(prompt)
    body = _body(prompt, persona, _room(prompt))
    room = max(_room(prompt), 3)
    parts = [body[at : at + room] for at in range(0, len(body), room)] or [[]]
    return [[*head, *part, ""] for part in parts]


def lines(prompt: Prompt, persona: simulated.Persona | None = None) -> list[str]:
    """The whole page without its question."""
    return [*top(prompt), *_body(prompt, persona, None), ""]


def _room(prompt: Prompt) -> int:
    """How many rows the screen has between the head of a page and its question."""
    asked = prompt.question
    listed = len(asked.options) if asked is not None and asked.kind in ("choice", "choices") else 0
    below = min(_BELOW + listed, _LIST)
    return shutil.get_terminal_size().lines - len(top(prompt)) - 1 - below


def _body(prompt: Prompt, persona: simulated.Persona | None, room: int | None) -> list[str]:
    """What stands between head and question, in at most ``room`` rows where it can be drawn in."""
    if prompt.ended:
        return ["", *callend.ended(prompt.call)]
    asked = prompt.question
    assert asked is not None
    rest = [
        *_tried(prompt.call, asked),
        *_shown(prompt, asked),
        *_reminders(asked),
        *spoken(prompt, persona),
        *_partner(prompt, asked, persona),
        *_refusing(asked),
    ]
    first = [*_warning(prompt), *_unsaid(prompt), *_missing(asked)]
    found = [*first, *_said(asked, None if room is None else room - len(first) - len(rest)), *rest]
    while found and not found[-1]:
        found.pop()
    crowded = room is not None and len(found) > room
    return [row for row in found if row] if crowded else found


def status(call: Call, now: int) -> str:
    """The clock under a question: how long the talk has lasted, until when it is lawful."""
    parts = []
    if call.connected_at is not None and call.word("wrapup", "ended_by") is None:
        parts.append(_("Talking {span}").format(span=_minutes(now - call.connected_at)))
    if call.allowed_until is not None and not call.inbound:
        until = _("lawful until {time}").format(time=clock(_at(call.allowed_until, call)))
        left = call.allowed_until - now
        parts.append(until if left > 0 else _("lawful time is over: wrap up"))
    return "   ".join(parts)


def _warning(prompt: Prompt) -> list[str]:
    """A call that runs into barred hours is asked to wrap up."""
    left = prompt.seconds_left
    if not prompt.wrap_up or left is None or over(prompt.call):
        return []
    if left <= 0:
        return [f" {marks().warn} " + _("The lawful time is over. Close the talk now, politely (F10)."), ""]
    text = _("Lawful time ends in {span}. Bring the talk to its end.").format(span=span(timedelta(seconds=left)))
    return [f" {marks().warn} {text}", ""]


def _unsaid(prompt: Prompt) -> list[str]:
    """While somebody who is not proved is on the line: what must not come up."""
    if not unproved(prompt.call) or prompt.call.word("wrapup", "ended_by") is not None:
        return []
    return [f" {marks().warn} " + _("Identity is not proved: not a word about the debt."), ""]


def _tried(call: Call, asked: Question) -> list[str]:
    """A wrong answer to this very item; another item's is no matter of it."""
    if not asked.tries or call.given(asked.step, asked.field) is None:
        return []
    return [f" {marks().warn} " + _("That answer does not match what is on file; ask again."), ""]


def _missing(asked: Question) -> list[str]:
    lacks = _("Missing: {what}")
    return [f" {marks().no} " + lacks.format(what=callwords.capital(callwords.MISSING, each)) for each in asked.missing]


def _refusing(asked: Question) -> list[str]:
    """How a refusal to give an identity item is typed."""
    return [" " + _("If they will not say, type - and Enter.")] if asked.tries else []


def _said(asked: Question, room: int | None) -> list[str]:
    """What to say; several lines of the disclosure as a list with the one that is due marked."""
    if not asked.say:
        return []
    if asked.step == "disclosure":
        return _list(asked, room)
    return [*_block(_("Say:"), (line.text for line in asked.say)), ""]


def _list(asked: Question, room: int | None) -> list[str]:
    """The lines to be said with the one that is due; what does not fit ``room`` goes, what is done first."""
    done = sum(line.done for line in asked.say)
    head = _("Say each line, then press Enter")
    count = f"{done}/{len(asked.say)}"
    found = [f" {head}{' ' * max(2, WIDTH - 2 - cells(head) - cells(count))}{count}"]
    items = [_item(_sign(line, asked), line.text) for line in asked.say]
    most = sum(map(len, items)) if room is None else room - len(found) - 1
    while done and len(items) > 1 and sum(map(len, items)) > most:
        items.pop(0)
        done -= 1
    while len(items) > 1 and sum(map(len, items)) > most:
        items.pop()
    return [*found, *(row for item in items for row in item), ""]


def _sign(line: Said, asked: Question) -> str:
    if line.done:
        return marks().yes
    return marks().here if line.line == asked.field else marks().todo


def _item(sign: str, text: str) -> list[str]:
    first, *rest = wrap(safe(text), WIDTH - 5)
    return [f" {sign} {first}", *(f"   {each}" for each in rest)]


def block(text: str) -> list[str]:
    """A line to say, set apart."""
    return _block(_("Say:"), (text,))


def _block(label: str, texts: Iterable[str]) -> list[str]:
    """A label, and texts set apart beside it."""
    room = cells(label) + 2
    found: list[str] = []
    for text in texts:
        for line in wrap(safe(text), WIDTH - 2 - room):
            head = f" {label}" if not found else ""
            found.append(pad(head, room + 1) + line)
    return found


def _shown(prompt: Prompt, asked: Question) -> list[str]:
    found = panes.warnings(prompt.call) if asked.step == "gate" else []
    if asked.pane is not None:
        found += panes.lines(asked.pane, prompt.call, heading=callwords.label(asked) if asked.kind == "ack" else "")
    if (asked.step, asked.field) == ("plan", "own") or asked.step == "discussion":
        found += panes.strategies(prompt.call)
    return [*found, ""] if found else []


def spoken(prompt: Prompt, persona: simulated.Persona | None) -> list[str]:
    """In a rehearsal with somebody of a temper: their words at this step."""
    asked = prompt.question
    said = tempers.words(persona.temper, asked.step, prompt.call.language) if persona and asked else ""
    if not said or not prompt.call.practice:
        return []
    return [" " + _("They say:"), *(f"   {line}" for line in wrap(said, WIDTH - 6)), ""]


def _partner(prompt: Prompt, asked: Question, persona: simulated.Persona | None) -> list[str]:
    """On a practice desk nobody is on the line: what the made-up person would answer stands here.

    Never a time: which one is lawful only the desk can say, and a screen asks nothing of it.
    """
    if not prompt.call.practice or asked.step not in PARTNERS or asked.kind in ("ack", "instant"):
        return []
    who = persona or simulated.PERSONAS["cooperative"]
    answer = simulated.reply(prompt.call, asked, who)
    if asked.options:
        answer = next((callwords.choice(asked, each) for each in asked.options if each.code == answer), "")
    if not answer:
        return []
    return [" " + _("PRACTICE DESK - they would say: {answer}").format(answer=safe(answer))]


def _reminders(asked: Question) -> list[str]:
    kept = [callwords.capital(callwords.REMIND, each) for each in asked.remind]
    return [" " + _("Mind:") + " " + "   ".join(kept)] if kept else []


def _at(at: int, call: Call) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(call.case.zone))


def _minutes(seconds: int) -> str:
    return f"{max(0, seconds) // 60:02d}:{max(0, seconds) % 60:02d}"
