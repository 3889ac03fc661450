"""What is said about the desk itself: that it was opened, what it adopted, who is signed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.terminal import marks, out
from collectdesk.show.words import listed

KINDS = {
    "rulebook": N_("rulebooks"),
    "calendar": N_("calendars"),
    "callscript": N_("call scripts"),
    "wording": N_("word lists"),
    "codes": N_("outcome codes"),
    "reactions": N_("reactions"),
    "consequences": N_("consequences"),
    "safety": N_("safety cards"),
    "course": N_("courses"),
    "scorecard": N_("scorecards"),
    "template": N_("templates"),
}
"""Kinds of adopted text as people call them."""

STAFF_ROLES = {
    "collector": N_("collector"),
    "lead": N_("team lead"),
    "admin": N_("administrator"),
    "officer": N_("compliance officer"),
    "script": N_("script account"),
}

QUALIFICATIONS = {
    "vetting": N_("vetting"),
    "confidentiality": N_("confidentiality pledge"),
    "exam": N_("exam"),
}


def opened_desk(directory: str, adopted: Sequence[tuple[str, str]]) -> None:
    """A desk was opened in ``directory`` and has taken those texts (kind, name) into force."""
    counted = Counter(kind for kind, _name in adopted)
    texts = listed(_("{kind} ({count})").format(kind=_(KINDS[kind]), count=count) for kind, count in counted.items())
    mark = marks().yes
    lines(
        f"{mark} " + _("The desk is open in {directory}.").format(directory=directory),
        f"{mark} " + _("In force: {texts}.").format(texts=texts),
        f"{mark} " + _("You are signed in."),
        "",
        _("Next: {command}").format(command="collectdesk ready"),
    )


def lines(*texts: str, indent: int = 1) -> None:
    """Lines of prose on stdout, wrapped to the screen."""
    from collectdesk.show.safe import safe_lines
    from collectdesk.show.width import wrap

    console = out()
    room = max(30, min(console.width, 100) - indent)
    for text in texts:
        for line in wrap(safe_lines(text), room) or [""]:
            console.print(" " * indent + line if line else "", soft_wrap=True)
