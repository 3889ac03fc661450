"""The ways tried to reach a debtor, for people and for programs, each with its date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.dates import stamp
from collectdesk.show.masking import name_wire
from collectdesk.show.stepwords import at
from collectdesk.show.words import LINES, ROLES, SOURCES, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.lost.ways import Tried
    from collectdesk.show.masking import Masks

WAYS = {
    "call": N_("call to the debtor"),
    "contact": N_("call to another person"),
    "message": N_("message"),
    "letter": N_("letter"),
    "visit": N_("visit"),
    "notice": N_("notice"),
    "number": N_("new number"),
    "referral": N_("referral"),
}


def ways_json(code: str, tried: Sequence[Tried], masks: Masks, zone: tzinfo) -> None:
    """One document, ``collectdesk.ways/1``; ``counts`` by way."""
    from collectdesk.show.jsonout import emit

    counts = Counter[str](each.way for each in tried)
    rows = [_wire(each, masks, zone) for each in tried]
    emit(
        "collectdesk.ways/1",
        {"case": code, "counts": {way: counts[way] for way in WAYS if way in counts}, "ways": rows},
    )


def ways_text(tried: Sequence[Tried], masks: Masks, zone: tzinfo) -> None:
    """A table, oldest first, and the sums below it."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not tried:
        console.print(" " + _("Nothing was tried yet."))
        return
    columns = [Column(_("Time"), "date"), Column(_("Way")), Column(_("Result")), Column(_("To")), Column(_("By"), "id")]
    console.print(table(console, columns, [_row(each, masks, zone) for each in tried]))
    counts: Counter[str] = Counter(each.way for each in tried)
    console.print(" " + listed(f"{word(WAYS, way)} {counts[way]}" for way in WAYS if counts[way]))


def _row(each: Tried, masks: Masks, zone: tzinfo) -> list[str]:
    when = at(each.at, zone)
    who = [word(ROLES, each.role) if each.role else "", masks.name(each.name) if each.name else ""]
    to = "  ".join(filter(None, [*who, masks.number(each.digits) if each.digits else ""]))
    way = word(WAYS, each.way) if each.direction == "out" else _("they called or wrote")
    return [stamp(when) if when else "", way, _result(each), to or "-", each.org or each.by or "-"]


def _result(each: Tried) -> str:
    from collectdesk.show.panes import CODES
    from collectdesk.show.referrals import TO

    tables = {"notice": CODES["notice"], "number": SOURCES, "referral": TO}
    found = word(tables.get(each.way, LINES), each.result) if each.result else "-"
    return listed(filter(None, (found, each.detail or "")))


def _wire(each: Tried, masks: Masks, zone: tzinfo) -> dict[str, object]:
    return {
        "at": at(each.at, zone),
        "way": each.way,
        "direction": each.direction,
        "result": each.result,
        "talk": each.talk,
        "person": f"p{each.person}" if each.person is not None else None,
        "role": each.role,
        "name": name_wire(each.name, masks.name) if each.name else None,
        "number": f"n{each.number}" if each.number is not None else None,
        "digits": masks.number(each.digits) if each.digits else None,
        "org": each.org,
        "by": each.by,
        "detail": each.detail,
    }
