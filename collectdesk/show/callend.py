"""A call that is over, on the screen: what was recorded of it; and a collector's calls, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from collectdesk.desk.call.doorway import outcome_of_doors
from collectdesk.desk.call.state import Call, result_code
from collectdesk.lang import _, current
from collectdesk.show import callwords
from collectdesk.show.dates import clock
from collectdesk.show.masking import mask_name
from collectdesk.show.safe import safe
from collectdesk.show.terminal import marks, say
from collectdesk.show.width import cells, pad


def ended(call: Call) -> list[str]:
    """The last screen of a call: what was recorded."""
    rows = [
        (_("Line"), _coded(call, "line", call.line)),
        (_("Party"), _coded(call, "party", call.word("party", "party"))),
        (_("Identity"), _coded(call, "identity", call.said.get("identity"))),
        (_("Result"), _result(call)),
        (_("Next"), _coded(call, "next_action", call.word("wrapup", "next_action"))),
    ]
    width = max(cells(label) for label, _value in rows)
    shown = [f"   {pad(label, width)}   {value}" for label, value in rows if value]
    return [f" {marks().yes} " + _("Call closed; everything is recorded."), *shown]


def listed(calls: Sequence[Call]) -> None:
    """A collector's calls, one a line."""
    if not calls:
        say(_("No calls today."))
    for call in calls:
        mark = marks().here if call.ended_at is None else marks().yes
        when = clock(datetime.fromtimestamp(call.started_at, UTC).astimezone(ZoneInfo(call.case.zone)))
        line = _coded(call, "line", call.line)
        state = _("open") if call.ended_at is None else ""
        who = f"{safe(call.case.code)}  {mask_name(safe(call.case.debtor.name))}"
        say(f" {mark} c{call.id}  {when}  {who}  {line}  {state}".rstrip())


def _coded(call: Call, field: str, code: str | None) -> str:
    if code is None:
        return ""
    try:
        label = call.library.code(field, code).label  # type: ignore[arg-type]
    except LookupError:
        return code
    return label.in_("zh_CN" if current() == "zh_CN" else "en")


def _result(call: Call) -> str:
    door = outcome_of_doors(call)
    return callwords.capital(callwords.DOORS, door) if door else _coded(call, "result", result_code(call))
