"""The wording check at its two places: what we would say is refused, what is noted is only pointed out (articles 6.2,
7.4, 9)."""

from __future__ import annotations

from collectdesk.desk.call.state import Call
from collectdesk.desk.wording import Hit, barred
from collectdesk.errors import N_, BadData


class BarredWording(BadData):
    """A text of ours holds wording that is not allowed; ``entries`` are kept against the call."""

    def __init__(self, place: str, hits: tuple[Hit, ...], reasons: str) -> None:
        super().__init__(
            "wording_barred",
            N_("This may not be said: {reasons}."),
            hint=N_("Say it otherwise; what the debtor said can be marked as theirs in the note."),
            reasons=reasons,
        )
        self.place = place
        self.entries = tuple(dict.fromkeys(hit.entry for hit in hits))


def ours(call: Call, text: str, place: str) -> None:
    """Refuse ``text`` if it holds barred wording.

    Raises:
        BarredWording: it does; names the kinds of wording, not the words.
    """
    found = barred(call.library.check(text))
    if found:
        raise BarredWording(place, found, call.library.reasons(found, call.hooks.office.lang))


def noted(call: Call, text: str) -> tuple[str, ...]:
    """The entries a note hits."""
    return tuple(dict.fromkeys(hit.entry for hit in call.library.check(text)))
