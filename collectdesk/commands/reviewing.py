"""Scoring a call at the terminal: item by item, what the desk knows above each; each answer is kept at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from collectdesk.commands.opened import here
from collectdesk.desk.quality import answers, finishing, reading
from collectdesk.desk.quality.scorecards import Fatal, Item
from collectdesk.desk.quality.scoring import LEVELS, open_items
from collectdesk.errors import N_, Cancelled
from collectdesk.lang import _, current
from collectdesk.show import quality as face
from collectdesk.show import quality_card as card_face
from collectdesk.show.callscreen import turn
from collectdesk.show.prompts import Asker, Option

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.reading import ReviewView

FLAG = "--item"
LOST = ("part", "none")


def walk(office: Office, name: str) -> bool:
    """Ask what is open of a claimed review, then whether it is finished; whether it was.

    Raises:
        Cancelled: Ctrl-C; what was scored is kept, the claim stands.
    """
    try:
        while left := _left(office, name):
            view, item = left
            _one(office, view, item) if isinstance(item, Item) else _fatals(office, view)
        turn([])
        if Asker().confirm(_("Everything is scored. Finish the review?"), flag="quality finish"):
            finishing.finish(office, name)
            return True
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        raise Cancelled(
            "cancelled",
            N_("What was scored is kept, and the review stays yours until {time}."),
            hint=N_("`collectdesk quality score {call}` goes on with it."),
            time=_until(office, name),
            call=name,
        ) from None
    return False


def _left(office: Office, name: str) -> tuple[ReviewView, Item | Fatal] | None:
    view = reading.view(office, name)
    assert view.card is not None
    left = open_items(view.card, answers.levels(view.given))
    return (view, view.card.by_name[left[0]]) if left else None


def _one(office: Office, view: ReviewView, item: Item) -> None:
    card = view.card
    assert card is not None
    position = f"{list(card.by_name).index(item.name) + 1}/{len(card.items) + 1}"
    page = card_face.item_page(view, item.name, position, here())
    turn(page)
    asker = Asker(above=len(page))
    options = [Option(level, _(face.LEVELS[level])) for level in LEVELS]
    level = asker.select(_("How is it?"), options, flag=FLAG)
    reason = note = ""
    if level in LOST:
        speak = "zh_CN" if current() == "zh_CN" else "en"
        reasons = [Option(each.code, each.in_(speak)) for each in item.reasons]
        reason = asker.select(_("Why?"), reasons, flag="--reason")
        note = asker.text(_("Where in the recording? (Enter: leave it open)"), flag="--note", optional=True)
    answers.give(office, view.line.name, item.name, level, reason, note)


def _fatals(office: Office, view: ReviewView) -> None:
    """All that is never tolerated on one page: what was found is marked, and where; the rest was not."""
    card = view.card
    assert card is not None
    left = [each for each in card.fatals if each.name not in view.given]
    page = card_face.fatal_page(view, [each.name for each in left], f"{len(card.items) + 1}/{len(card.items) + 1}")
    turn(page)
    asker = Asker(above=len(page))
    speak = "zh_CN" if current() == "zh_CN" else "en"
    options = [Option(each.name, each.title.in_("zh_CN" if speak == "zh_CN" else "en")) for each in left]
    for name in asker.many(_("Was any of these found? None: press Enter"), options, flag="--clear"):
        title = card.by_name[name].title.in_("zh_CN" if speak == "zh_CN" else "en")
        note = asker.text(_("{what}: where in the recording?").format(what=title), flag="--note")
        answers.give(office, view.line.name, name, "found", "", note)
    answers.clear(office, view.line.name)


def _until(office: Office, name: str) -> str:
    from collectdesk.commands.opened import local

    until = reading.view(office, name).line.row.claimed_until
    return local(until or office.now()).strftime("%Y-%m-%d %H:%M")
