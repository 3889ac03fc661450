"""A verdict on the screen: may this case be called, when, and every reason with its source and evidence.

Everything a dispute would ask for is on it: which rule, whose, which calls counted and which did not, when it
opens. Names and numbers are masked; marks and words carry the meaning, colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from collectdesk.lang import _, current, ngettext
from collectdesk.show import words
from collectdesk.show.dates import clock, moment, short_date, span, stamp, zone_name
from collectdesk.show.masking import mask_name, mask_number
from collectdesk.show.page import Page
from collectdesk.show.reasons import Decided, message_for, say, wire_of
from collectdesk.show.safe import safe
from collectdesk.show.said import Wire, instant
from collectdesk.show.terminal import marks
from collectdesk.show.words import listed, word

_EXIT_BLOCKED = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the verdict is about, unmasked; masking happens here. ``zone`` is the debtor's (IANA name).

    ``lawful``: the purpose, other than collecting, for which a call may be made. ``person``: the id of whom the call
    is to where that is not the debtor.
    """

    case: str
    name: str
    number: str = ""
    creditor: str = ""
    product: str = ""
    days_past_due: int | None = None
    zone: str = "Asia/Shanghai"
    lawful: str = ""
    person: str = ""


def print_verdict(
    console: Console, decision: Decided | Wire, subject: Subject, *, every: bool = False, then: bool = False
) -> None:
    """Print the verdict; with ``every`` also the rules that passed; ``then``: of another moment than now."""
    width = min(console.width, 80)
    for line in verdict_lines(decision, subject, every=every, then=then, width=width):
        console.print(line, no_wrap=True, crop=False, overflow="ignore")


def verdict_lines(
    decision: Decided | Wire, subject: Subject, *, every: bool = False, then: bool = False, width: int = 80
) -> list[Text]:
    """The verdict in lines of at most ``width`` cells."""
    wire, page = wire_of(decision), Page(width)
    page.items(heading(subject))
    page.blank()
    _answer(page, wire, subject, then=then)
    page.blank()
    for block in told_once(wire["blocks"]):
        _finding(page, block, wire, marks().no, "bold red")
    for warning in wire["warnings"]:
        _finding(page, warning, wire, marks().warn, "yellow")
    _passed(page, wire, every=every)
    page.blank()
    _next_step(page, wire, subject, then=then)
    return page.lines


def explain_lines(decision: Decided | Wire, subject: Subject, *, width: int = 80) -> list[Text]:
    """The same in sentences, one paragraph a reason."""
    wire, page = wire_of(decision), Page(width)
    zone = ZoneInfo(subject.zone)
    at, opens = instant(wire["at"]), instant(wire["next_allowed_at"])
    said = [_("Case {case} may be called now.") if wire["allowed"] else _("Case {case} may not be called now.")]
    if not wire["allowed"]:
        said.append(_("The first lawful moment is {time}.") if opens else _("{sentence}."))
    time = moment(opens, zone, now=at) if opens else ""
    text = (" " if current() == "en" else "").join(said)
    page.prose(text.format(case=safe(subject.case), time=time, sentence=never(wire)))
    for block in (*told_once(wire["blocks"]), *wire["warnings"]):
        page.blank()
        page.prose(message_for(block))
        page.prose(_("Rule {rule}, {cite}.").format(rule=safe(block["rule"]), cite=safe(block["cite"])), indent=3)
        for line in evidence_lines(block, wire):
            page.prose(line, indent=3)
    return page.lines


def heading(subject: Subject) -> list[str]:
    """The case, the masked person, the debt and how long it is overdue."""
    who = f"{mask_name(subject.name)} {mask_number(subject.number) if subject.number else ''}".rstrip()
    items = [_("Case {case}").format(case=subject.case), who, f"{subject.creditor} {subject.product}".strip()]
    if subject.days_past_due is not None:
        days = subject.days_past_due
        items.append(ngettext("{days} day past due", "{days} days past due", days).format(days=days))
    return [safe(item) for item in items if item]


def _answer(page: Page, wire: Wire, subject: Subject, *, then: bool) -> None:
    zone = ZoneInfo(subject.zone)
    at = datetime.fromisoformat(wire["at"])
    asked = f"{stamp(at, zone)} {zone_name(subject.zone, at)}"
    if not wire["allowed"]:
        page.sides(_("Not to be called then") if then else _("Do not call now"), asked, style="bold red")
        page.sides(*_when(wire, at, zone), style="bold")
        return
    until = instant(wire["allowed_until"])
    text = _("May be called then") if then else _("May be called now")
    if until is not None:
        same_day = until.astimezone(zone).date() == at.astimezone(zone).date()
        end = clock(until, zone) if same_day else moment(until, zone, now=at)
        text = _("May be called then, until {time}") if then else _("May be called now, until {time}")
        text = text.format(time=end)
    page.sides(text, asked, style="bold green")


def _when(wire: Wire, at: datetime, zone: ZoneInfo) -> tuple[str, str]:
    opens = instant(wire["next_allowed_at"])
    if opens is not None:
        left = _("(in {span})").format(span=span(opens - at))
        return _("First lawful call  {time}").format(time=moment(opens, zone, now=at)), left
    return never(wire), ""


def never(wire: Wire) -> str:
    """Why there is no first lawful moment."""
    if wire["horizon_reached"]:
        return _("No lawful moment within the time looked ahead")
    then = next((each for each in wire["warnings"] if each["code"] == "closed_by_then"), None)
    if then is not None:
        return _("Waiting does not open it. {reason}").format(reason=message_for(then).rstrip(".。"))
    return _("Time alone does not open it; someone has to act")


def told_once(blocks: Sequence[Wire]) -> Iterator[Wire]:
    """The reasons to tell: an unknown place bars many rules and is told once, with all of them."""
    placeless = [block for block in blocks if block["code"] == "zone_unknown"]
    for block in blocks:
        if block["code"] != "zone_unknown":
            yield block
        elif block is placeless[0]:
            rules = [other["rule"] for other in placeless[1:]]
            yield {**block, "evidence": {**(block.get("evidence") or {}), "also": rules}}


def _finding(page: Page, block: Wire, wire: Wire, mark: str, style: str) -> None:
    said = say(block)
    text = f"{mark}  {safe(said.text)}"
    text = f"{text}   {safe(said.figure)}" if said.figure else text
    page.sides(text, _release(block, wire), indent=2, hang=3, style=style)
    page.items([safe(block["rule"]), safe(block["cite"])], indent=5, style="dim")
    for line in evidence_lines(block, wire):
        page.prose(line, indent=5)


def _release(block: Wire, wire: Wire) -> str:
    """When, or by whose act, the reason goes away."""
    opens, at = instant(block["opens_at"]), instant(wire["at"])
    if block["severity"] == "warn":
        return _("to be acknowledged") if block.get("needs_ack") else ""
    if opens is not None and at is not None:
        same_day = opens.astimezone(at.tzinfo).date() == at.date()
        return _("opens {time}").format(time=clock(opens) if same_day else _day_and_time(opens))
    if (answer := _answer_opens(block)) is not None:
        return answer
    if block["released_by"]:
        return _("opened by {who}").format(who=word(words.RELEASERS, block["released_by"]))
    return ""


def _answer_opens(block: Wire) -> str | None:
    """What ends a hold that is there only until an objection or complaint is answered."""
    held = (block.get("evidence") or {}).get("holds") or () if block["code"] == "hold" else ()
    kinds = {each.get("kind") for each in held}
    if kinds == {"objection"}:
        return _("ends once it is answered")
    return _("ends once it is decided and answered") if kinds == {"complaint"} else None


def _day_and_time(at: datetime) -> str:
    return f"{short_date(at)} {clock(at)}"


def evidence_lines(block: Wire, wire: Wire) -> Iterator[str]:
    """What a finding rests on: the events counted and not, other rules barred alike, and the remedy."""
    evidence: dict[str, Any] = dict(block.get("evidence") or {})
    at = instant(wire["at"])
    counted = _events(evidence.get("counted") or (), at)
    passed_over = _events(evidence.get("not_counted") or (), at)
    if counted:
        yield _("Counted: {events}").format(events=counted)
    if passed_over:
        yield _("Not counted: {events}").format(events=passed_over)
    if evidence.get("also"):
        yield _("Bars as well: {rules}").format(rules=listed(safe(str(rule)) for rule in evidence["also"]))
    if block["code"] == "zone_unknown":
        yield _("Remedy: Import the debtor's place or time zone; `pip install tzdata` if this machine lacks the zone.")
    if evidence.get("remedy"):
        yield _("Remedy: {text}").format(text=safe(str(evidence["remedy"])))


def _events(events: Sequence[Wire], now: datetime | None) -> str:
    return listed(f"{_event_time(event, now)} {_why(event)}".rstrip() for event in events)


def _why(event: Wire) -> str:
    return safe(word(words.WHY, event["why"])) if event.get("why") else ""


def _event_time(event: Wire, now: datetime | None) -> str:
    at = instant(event.get("at"))
    if at is None:
        return safe(str(event.get("event")))
    local = at.astimezone(now.tzinfo) if now else at
    if now and local.date() == now.date():
        return clock(local)
    return f"{local:%Y-%m-%d} {clock(local)}" if now and local.year != now.year else f"{local:%m-%d} {clock(local)}"


def _passed(page: Page, wire: Wire, *, every: bool) -> None:
    told = {each["rule"] for each in wire["warnings"]}  # a rule that lets pass may warn all the same
    passed = [safe(rule) for rule in wire["passed"] if rule not in told]
    if not passed:
        return
    count = len(passed)
    if wire["blocks"] or wire["warnings"]:
        text = ngettext("The one other rule allows it", "The other {n} rules allow it", count)
    else:
        text = ngettext("The one rule asked allows it", "All {n} rules asked allow it", count)
    hint = "" if every else "  " + _("(--all lists them)")
    page.prose(f"{marks().yes}  {text.format(n=count)}{hint}", indent=2, style="green")
    if every:
        page.items(passed, indent=5, style="dim")


def _next_step(page: Page, wire: Wire, subject: Subject, *, then: bool) -> None:
    whom = f" --person {subject.person}" if subject.person else ""
    purpose = f" --purpose {subject.lawful}" if subject.lawful else ""
    may = bool(wire["allowed"] or purpose) and not then  # what is lawful then may not be begun now
    command = f"collectdesk call start {safe(subject.case)}{whom}{purpose}" if may else "collectdesk queue"
    code = 0 if wire["allowed"] else _EXIT_BLOCKED
    page.items([_("Next  {command}").format(command=command), _("exit code {code}").format(code=code)], gap=10)
