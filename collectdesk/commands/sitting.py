"""Sitting an exam at the terminal: the question, its answers by arrow key, digit or letter; then why, and the next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.desk.training import exams
from collectdesk.errors import N_, Cancelled
from collectdesk.lang import _
from collectdesk.show import exam as face
from collectdesk.show.callscreen import turn
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.desk.training.papers import Paper

FLAG = "--json"


def walk(office: Office, paper: Paper) -> Paper:
    """Ask until the exam has ended, and tell how.

    Raises:
        Cancelled: Ctrl-C; the exam stays open where it was until its time is over.
    """
    try:
        while paper.question is not None:
            paper = _one(office, paper)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        message = N_("The exam stays open until {time}; what was answered is kept.")
        hint = N_("`collectdesk train take` goes on with it.")
        raise Cancelled("cancelled", message, hint=hint, time=face.until(paper)) from None
    turn([])
    face.told(paper)
    return paper


def _one(office: Office, paper: Paper) -> Paper:
    """Show one question, commit its answer, and where that is told at once, say why."""
    item = paper.question
    assert item is not None
    page = face.page(paper)
    turn(page)
    asker = Asker(above=len(page))
    options = face.options(paper)
    if len(item.right) > 1:
        chosen: Sequence[str] = asker.many(_("Your answers, one or more"), options, flag=FLAG, least=1)
    else:
        chosen = (asker.select(_("Your answer"), options, flag=FLAG),)
    after = exams.answer(office, ",".join(chosen), question=item.id)
    if after.explained and after.question is not None:
        why = face.explained(after, after.explained[-1])
        turn(why)
        Asker(above=len(why)).enter(_("Next: press Enter"), flag=FLAG)
    return after
