"""The shift on the screen: the next lawful case, what comes after, what waits and until when; one key starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from collectdesk.desk.queue import Entry
from collectdesk.desk.reminder import Reminder
from collectdesk.desk.shift import Shift
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.lang import _, ngettext
from collectdesk.show import alarm
from collectdesk.show.dates import clock, moment
from collectdesk.show.masking import mask_name
from collectdesk.show.money import amount
from collectdesk.show.queue import DUE, EMPTY
from collectdesk.show.safe import safe
from collectdesk.show.terminal import WIDTH, rule_line
from collectdesk.show.today import due_line
from collectdesk.show.width import cells, pad
from collectdesk.show.words import word

AFTER = 3


def lines(shift: Shift, due: Sequence[Reminder] = ()) -> list[str]:
    """The page without its question; ``due`` is what waits for the collector besides calls."""
    zone = ZoneInfo(HOUSE_ZONE)
    left = " " + _("PRACTICE DESK - everything on it is made up") if shift.practice else " " + _("Shift")
    done = _("dialled {dialled}  answered {answered}").format(dialled=shift.dialled, answered=shift.answered)
    right = f"{clock(_at(shift.at), zone)}   {done}"
    gap = max(2, WIDTH - 1 - cells(left) - cells(right))
    alarms = alarm.lines(shift.alarms)
    waits = [due_line(due, _labels())] if due else []
    page = [*_next(shift), *_after(shift), *_waiting(shift), *waits, ""]
    return [*alarms, f"{left}{' ' * gap}{right}", rule_line(WIDTH - 1), *page]


def _next(shift: Shift) -> list[str]:
    width = _labels()
    entry = shift.next
    if entry is None:
        waits = bool(shift.later or shift.act)
        nothing = _("nothing may be called now") if waits else word(EMPTY, "own")
        return [" " + pad(_("Next case"), width) + "  " + nothing]
    until = entry.decision.allowed_until
    may = _("may be called now")
    if until is not None:
        may = _("may be called now, until {time}").format(time=clock(_at(until), _zone(entry)))
    dials, talks = (("-" if each is None else str(each)) for each in entry.left)
    room = _("{dials} dials {talks} talks left today").format(dials=dials, talks=talks)
    return [" " + pad(_("Next case"), width) + "  " + _case(entry), f" {' ' * width}  {may}   {room}"]


def _after(shift: Shift) -> list[str]:
    following = [_case(each) for each in shift.now[1 : 1 + AFTER]]
    heads = [pad(_("Then"), _labels()), *(" " * _labels() for _each in following[1:])]
    return [f" {head}  {each}" for head, each in zip(heads, following, strict=False)]


def _waiting(shift: Shift) -> list[str]:
    width = _labels()
    found = []
    first = shift.earliest
    if first is not None and first.decision.next_allowed_at is not None:
        at = moment(_at(first.decision.next_allowed_at), ZoneInfo(HOUSE_ZONE), now=_at(shift.at))
        count = ngettext("{count} case", "{count} cases", len(shift.later)).format(count=len(shift.later))
        earliest = _("first {time} {case}").format(time=at, case=safe(first.code))
        found.append(" " + pad(_("Waiting"), width) + f"  {count}   {earliest}")
    if shift.act:
        count = ngettext("{count} case", "{count} cases", len(shift.act)).format(count=len(shift.act))
        found.append(" " + pad(_("Held up"), width) + f"  {count}   " + _("somebody has to act first"))
    return found


def _case(entry: Entry) -> str:
    parts = [safe(entry.code), mask_name(safe(entry.name)), entry.bucket]
    if entry.days_past_due is not None:
        days = entry.days_past_due
        parts.append(ngettext("{days} day past due", "{days} days past due", days).format(days=days))
    if entry.amount is not None and entry.currency:
        parts.append(amount(entry.amount, entry.currency))
    return "  ".join(part for part in (*parts, _why(entry)) if part)


def _why(entry: Entry) -> str:
    """What is due, a callback with its time where the debtor is."""
    if entry.due is None:
        return ""
    why = _(DUE[entry.due.kind])
    return f"{why} {clock(_at(entry.due.at), _zone(entry))}" if entry.due.kind == "callback" else why


def _zone(entry: Entry) -> ZoneInfo:
    return ZoneInfo(entry.decision.clock.name if entry.decision.clock else HOUSE_ZONE)


def _labels() -> int:
    return max(cells(each) for each in (_("Next case"), _("Then"), _("Waiting"), _("Held up"), _("Waits")))


def _at(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
