"""Why a file cannot be kept, in words a person can act on; no name and no path is in them."""

from __future__ import annotations

from collectdesk.desk.recordings.audio import Unfit
from collectdesk.errors import N_, BadData, Busy, NotFound, Problem

WHY = {
    "not_sound": N_("It is no recording of a kind that is kept: WAV, MP3, OGG, FLAC or M4A."),
    "silent": N_("It does not tell how long it lasts."),
    "cut_short": N_("It is cut short: it holds less than it says."),
    "changing": N_("It was written to while it was read."),
    "vanished": N_("It is not there any more."),
    "unreadable": N_("It cannot be read."),
    "link": N_("It is a link; a recording is kept where it lies."),
    "name": N_("Its name is no text."),
    "outside": N_("It does not lie in its folder: a link leads away."),
    "altered": N_("It is not what was kept: its digest is another."),
    "away": N_("Its keeper's folder is not there."),
}
"""What a scan, a check or an attempt to keep it may find, by code."""
REMEDY = {
    "changing": N_("Wait until the exchange has finished it, then try again."),
    "vanished": N_("Check the path."),
    "unreadable": N_("Check its permissions and the disk."),
}
OTHERWISE = N_("Export it anew, then try again.")


def refused(unfit: Unfit) -> Problem:
    """The problem to raise for one file."""
    kinds: dict[str, type[Problem]] = {"vanished": NotFound, "changing": Busy}
    kind = kinds.get(unfit.code, BadData)
    return kind(f"recording_{unfit.code}", WHY[unfit.code], hint=REMEDY.get(unfit.code, OTHERWISE))
