"""``collectdesk work``: the shift; the next lawful case, its call, the next one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import Json
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.terminal import say

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.desk.reminder import Reminder
    from collectdesk.desk.shift import Shift

app = Verb()
FLAG = "--json"


@app.command()
def work(
    ctx: typer.Context,
    language: Annotated[
        str, typer.Option("--language", metavar="zh_CN|en", help=N_("The language spoken on the calls."))
    ] = "",
    json: Json = False,
) -> None:
    """Look, call, look again, until the collector hands over."""
    from collectdesk.desk.shift import look

    session = session_of(ctx)
    if json:
        _emit(look(session.home, session.clock, session.lang))
        return
    skipped: list[str] = []
    with at_desk(ctx) as office:
        while _turn(session, office, skipped, language):
            pass


def _turn(session: Session, office: Office, skipped: list[str], language: str) -> bool:
    """One look at the shift and what the collector does with it; whether it goes on."""
    from collectdesk.commands.calling import walk
    from collectdesk.desk.call import beginning, engine
    from collectdesk.desk.shift import look

    held = beginning.open_call(office)
    if held is not None:
        say(_("Your last call is still open; it goes on where it was."))
        walk(office, engine.current(office, held))
    shift = look(session.home, session.clock, session.lang, skipped)
    _page(shift, _due(office, shift))
    wish = _wish(shift)
    if wish == "start":
        _call(office, shift, language)
    elif wish == "skip":
        _skip(office, shift, skipped)
    elif wish == "hand_over":
        _hand_over(office)
        return False
    return True


def _due(office: Office, shift: Shift) -> list[Reminder]:
    """What waits for the collector besides calls."""
    from collectdesk.desk.today.waiting import waiting

    with office.reading() as session:
        return waiting(session, office.staff, shift.at)


def _page(shift: Shift, due: Sequence[Reminder]) -> None:
    from collectdesk.show import shift as page

    if sys.stderr.isatty():
        sys.stderr.write("\x1b[2J\x1b[H")
    for line in page.lines(shift, due):
        say(line)


def _wish(shift: Shift) -> str:
    options = [Option("start", _("Prepare the next call"))] if shift.next else []
    options += [Option("skip", _("Skip it, with a reason"))] if shift.next else []
    options += [Option("again", _("Look again")), Option("hand_over", _("Hand over the shift"))]
    first = "start" if shift.next else None
    return Asker().select(_("What now?"), options, flag=FLAG, default=first)


def _call(office: Office, shift: Shift, language: str) -> None:
    from collectdesk.commands.calling import refused, walk
    from collectdesk.desk.call import beginning, dialling

    entry = shift.next
    assert entry is not None
    contact = entry.contact
    try:
        prompt = beginning.start(
            office,
            entry.code,
            number=f"n{contact.number}" if contact.number else None,
            purpose=contact.purpose,
            language=language or None,
            driver="terminal",
        )
        walk(office, prompt)
    except dialling.RefusedByGate as refusal:
        refused(office, refusal, json=False)
    Asker().enter(_("Press Enter to go on"), flag=FLAG)


def _skip(office: Office, shift: Shift, skipped: list[str]) -> None:
    from collectdesk.desk.shift import skip

    assert shift.next is not None
    reason = Asker().text(_("Why is it skipped?"), flag=FLAG)
    skip(office, shift.next.code, reason)
    skipped.append(shift.next.code)


def _hand_over(office: Office) -> None:
    from collectdesk.desk.permit_ends import close_shift

    close_shift(office)
    say(_("The shift is closed."))


def _emit(shift: Shift) -> None:
    from collectdesk.commands.queueing import rows
    from collectdesk.desk.standing import HOUSE_ZONE
    from collectdesk.gate.clock import clock_for
    from collectdesk.show.jsonout import emit

    document = {
        "at": clock_for(HOUSE_ZONE).iso(shift.at),
        "practice": shift.practice,
        "dialled": shift.dialled,
        "answered": shift.answered,
        "alarms": [each.name for each in shift.alarms],
        "now": rows(shift.now),
        "later": rows(shift.later),
        "act": rows(shift.act),
    }
    emit("collectdesk.shift/1", document)
