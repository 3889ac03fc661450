"""A fact that is missing, unknown, too old or not as it must be, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from collectdesk.errors import N_
from collectdesk.show import words
from collectdesk.show.lacking import lacking_words
from collectdesk.show.said import Said, Wire, day_of, instant, tell
from collectdesk.show.words import listed, word

REFUSED = {
    "number.listed": N_("The number is on file as somebody else's"),
    "person.adult": N_("Not yet of full age"),
    "person.alive": N_("The person is recorded as deceased"),
    "person.agreed": N_("The person did not agree to be contacted"),
    "debt.payable": N_("The debt is not due yet"),
    "history.same_day": N_("Contacts were not put on record on their own day"),
    "org.licensed": N_("The company holds no licence"),
}
"""Facts that are refused for one thing only, whatever a rule asks of them."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "debt.status": {
        "open": N_("open"),
        "settled": N_("settled"),
        "recalled": N_("recalled by the creditor"),
        "assigned": N_("assigned to another"),
    },
    "number.owner": {**words.ROLES, "called": N_("the person called")},
    "number.source": words.SOURCES,
    "number.status": {"ok": N_("in use"), "invalid": N_("dead"), "wrong": N_("wrong number")},
    "person.capacity": {"full": N_("full"), "limited": N_("limited"), "none": N_("none")},
}
"""What a fact was found to be, by its code."""

_TO_COME = ("person.adult", "debt.payable")
"""Facts of which the instant is the one from which they will be as they must."""


def fact(message: str) -> Callable[[Wire, Wire, str | None], Said]:
    """What tells a fact by ``message``, or by a sentence of its own where it is refused for one thing only."""

    def said(block: Wire, evidence: Wire, lang: str | None) -> Said:
        name = str(evidence.get("fact", "?"))
        refused = REFUSED.get(name) if block["code"] == "fact_not_allowed" else None
        over = evidence.get("over_dates")
        asked = message if over is None else N_("Not known for all of the last {dates} days: {fact}")
        text = tell(refused or asked, lang, fact=word(words.FACTS, name, lang), dates=over)
        return Said(text, _figure(block, name, evidence.get("parts") or (), lang))

    return said


def _figure(block: Wire, name: str, parts: tuple[Wire, ...] | list[Wire], lang: str | None) -> str:
    """What lacks, from when it will be so, of which day it is, or what it was found to be."""
    if name.startswith("collector."):
        return lacking_words([code for part in parts for code in part.get("missing") or ()], lang)
    if (latest := _latest(parts)) is not None:
        to_come = block["code"] == "fact_missing" or name in _TO_COME
        day = day_of(latest, lang)
        return tell(N_("until {time}"), lang, time=day) if to_come else day
    told = VALUES.get(name, {}) if block["code"] == "fact_not_allowed" else {}
    found = (part.get("value") for part in parts)
    return listed(dict.fromkeys(word(told, value, lang) for value in found if value in told), lang)


def _latest(parts: tuple[Wire, ...] | list[Wire]) -> datetime | None:
    known = [at for at in (instant(part.get("at")) for part in parts) if at is not None]
    return max(known, default=None)
