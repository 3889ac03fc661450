"""A verdict explained step by step: what each rule said and saw, and how the next lawful moment was found.

For somebody who was not there: a debtor's lawyer, a new colleague, an auditor. Plain sentences, no codes but names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from collectdesk.lang import _, current, ngettext
from collectdesk.show import words
from collectdesk.show.dates import clock, long_date, moment, stamp, zone_name, zone_word
from collectdesk.show.page import Page
from collectdesk.show.reasons import message_for, say, with_messages
from collectdesk.show.rulebooks import STATUSES
from collectdesk.show.safe import safe
from collectdesk.show.said import Wire, instant, there
from collectdesk.show.terminal import marks, out
from collectdesk.show.verdict import Subject, evidence_lines, heading, never, told_once
from collectdesk.show.words import bracketed, listed, word

if TYPE_CHECKING:
    from rich.text import Text

    from collectdesk.gate.account import Account


def explanation(made: Account, lang: str) -> dict[str, Any]:
    """The account as plain JSON, each reason with its sentence."""
    wire = made.to_wire()
    steps = [{**step, "message": message_for(step, lang)} for step in wire["steps"]]
    ends = {**wire["ends"], "message": message_for(wire["ends"], lang)} if wire["ends"] else None
    return {**wire, "decision": with_messages(wire["decision"], lang), "steps": steps, "ends": ends}


def emit_explanation(wire: Mapping[str, Any], *, case: str | None, verdict: str | None, same: bool | None) -> None:
    """One document, ``collectdesk.explanation/1``; ``same``: whether a recorded verdict came out again to the byte."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.explanation/1", {"case": case, "verdict": verdict, "reproduced": same, **wire})


def print_explanation(wire: Mapping[str, Any], subject: Subject | None, head: Sequence[str] = ()) -> None:
    """Print it."""
    console = out()
    for line in explanation_lines(wire, subject, head, width=min(console.width, 80)):
        console.print(line, no_wrap=True, crop=False, overflow="ignore")


def explanation_lines(
    wire: Mapping[str, Any], subject: Subject | None, head: Sequence[str] = (), *, width: int = 80
) -> list[Text]:
    """The explanation in lines of at most ``width`` cells; ``head``: sentences to stand before it."""
    page = Page(width)
    if subject is not None:
        page.items(heading(subject))
    for sentence in head:
        page.prose(sentence)
    if page.lines:
        page.blank()
    _answer(page, wire)
    _objections(page, wire)
    _passes(page, wire)
    _way(page, wire)
    return page.lines


def _answer(page: Page, wire: Mapping[str, Any]) -> None:
    decision, zone, called = wire["decision"], wire.get("zone") or "", _is_call(wire)
    at, opens = _at(decision["at"]), instant(decision["next_allowed_at"])
    when = f"{stamp(at)} {zone_name(zone, at)}" if zone else stamp(at)
    page.prose(_("Asked about {time}.").format(time=safe(when)))
    if decision["allowed"]:
        page.prose(_("The call is lawful.") if called else _("The contact is lawful."))
        return
    said = _("It is lawful from {time} on.") if called else _("It is lawful to make contact from {time} on.")
    first = said.format(time=moment(opens, now=at)) if opens else _never(decision)
    page.prose(_joined((_("The call is not lawful.") if called else _("The contact is not lawful."), first)))


def _is_call(wire: Mapping[str, Any]) -> bool:
    """Whether it is asked about a call, and not about a message or a visit."""
    return wire.get("channel") in (None, "voice", "voice_notice")


def _never(decision: Wire) -> str:
    return _("{sentence}.").format(sentence=never(decision).rstrip(".。"))


def _joined(sentences: Sequence[str]) -> str:
    return (" " if current() == "en" else "").join(filter(None, sentences))


def _objections(page: Page, wire: Mapping[str, Any]) -> None:
    decision = wire["decision"]
    told: set[str] = set()
    for title, findings, mark in (
        (_("Rules that object"), list(told_once(decision["blocks"])), marks().no),
        (_("Warnings"), list(decision["warnings"]), marks().warn),
    ):
        if findings:
            page.blank()
            page.prose(title, style="bold")
        for finding in findings:
            _objection(page, finding, wire, mark, again=finding["rule"] in told)
            told.add(finding["rule"])


def _objection(page: Page, finding: Wire, wire: Mapping[str, Any], mark: str, *, again: bool) -> None:
    """One finding; what a rule says, where that stands and what mends it is told with its first one only."""
    rule = next((each for each in wire["rules"] if each["rule"] == finding["rule"]), None)
    title = rule["title"] if rule else ""
    page.prose(f"{mark}  {safe(finding['rule'])}  {safe(title)}".rstrip(), indent=2, hang=3)
    if again:
        finding = {**finding, "evidence": {**(finding["evidence"] or {}), "remedy": None}}
    else:
        if rule and rule["text"]:
            page.prose(safe(rule["text"]), indent=5)
        page.prose(safe(finding["cite"]) + bracketed(listed(_standing(finding, rule))), indent=5, style="dim")
    page.prose(_joined((safe(message_for(finding)), _opens(finding, wire))), indent=5)
    for line in evidence_lines(finding, wire["decision"]):
        page.prose(line, indent=5)


def _standing(finding: Wire, rule: Wire | None) -> list[str]:
    """What the source is: a law, a guideline or the house's own; and since when it is in force."""
    said = [_(STATUSES[str(finding["status"])])]
    since = rule["in_force"]["from"] if rule else None
    if since:
        said.append(_("in force since {day}").format(day=long_date(since)))
    return said


def _opens(finding: Wire, wire: Mapping[str, Any]) -> str:
    if finding["severity"] == "warn":
        return ""
    opens = instant(finding["opens_at"]) or _far_off(finding, wire)
    if opens is not None:
        return _("By itself it lets pass from {time}.").format(time=moment(opens, now=_at(wire["decision"]["at"])))
    if finding["released_by"]:
        who = word(words.RELEASERS, finding["released_by"])
        return _("Time alone does not open it, only {who}.").format(who=who)
    return _("Time alone does not open it.")


def _far_off(finding: Wire, wire: Mapping[str, Any]) -> datetime | None:
    """When a rule opens that does so later than the decision looks ahead: nobody has to act for it."""
    last = [each["to"] for each in wire["steps"] if each["rule"] == finding["rule"]][-1:]
    return instant(last[0]) if last and wire["decision"]["horizon_reached"] else None


def _passes(page: Page, wire: Mapping[str, Any]) -> None:
    passing = [each for each in wire["rules"] if each["said"] == "passes"]
    if not passing:
        return
    at = _at(wire["decision"]["at"])
    page.blank()
    page.prose(_("Rules that let it pass"), style="bold")
    told = [(each, _seen_and_lifted(each, at)) for each in passing]
    for each, seen in told:
        if seen:
            page.prose(f"{marks().yes}  {safe(each['rule'])}  {seen}", indent=2, hang=3)
            for line in evidence_lines({"code": "", "evidence": each["seen"]}, wire["decision"]):
                page.prose(line, indent=5)
    warned = {each["rule"] for each in wire["decision"]["warnings"]}
    others = [safe(each["rule"]) for each, seen in told if not seen and each["rule"] not in warned]
    if others:
        count = len(others)
        said = ngettext("one more with nothing to object:", "{n} more with nothing to object:", count)
        page.prose(f"{marks().yes}  {said.format(n=count)}", indent=2, hang=3)
        page.items(others, indent=5, style="dim")


def _seen_and_lifted(rule: Wire, at: datetime) -> str:
    """The same; of a rule that would object by its figures also that something else lets this one pass."""
    seen = _seen(rule, at)
    if not (rule["seen"] or {}).get("lifted"):
        return seen
    lifted = _("a consent, a wish or an exception lets this one pass")
    return _("{seen}; {lifted}").format(seen=seen, lifted=lifted) if seen else lifted


def _seen(rule: Wire, at: datetime) -> str:
    """What a passing rule saw, in a few words; nothing where it has nothing to show."""
    seen = rule["seen"]
    if not seen:
        return ""
    if rule["kind"] == "cap":
        counted, limit = len(seen.get("counted") or ()), seen.get("limit")
        return _("{counted} of {limit} used").format(counted=counted, limit=limit)
    spans = [(there(start, seen), there(end, seen)) for start, end in seen.get("hours") or ()]
    if spans:
        hours = ", ".join(f"{clock(start)}-{clock(end)}" for start, end in spans if start and end)
        return _("open {hours} today").format(hours=hours)
    if not seen.get("day_kind"):
        return ""
    day = moment(there(seen.get("local_time"), seen) or at, now=at).rsplit(" ", 1)[0]
    return f"{day} {word(words.DAY_KINDS, seen['day_kind'])}"


def _way(page: Page, wire: Mapping[str, Any]) -> None:
    decision = wire["decision"]
    at = _at(decision["at"])
    page.blank()
    page.prose(_("How the first lawful moment is found"), style="bold")
    for number, sentence in enumerate(_sentences(wire, at), 1):
        page.prose(f"{number}. {sentence}", indent=2, hang=3)


def _sentences(wire: Mapping[str, Any], at: datetime) -> list[str]:
    decision, steps = wire["decision"], wire["steps"]
    here = wire.get("zone") or next((each["zone"] for each in steps), "")
    said = [_push(step, at, "" if step["zone"] == here else step["zone"]) for step in steps]
    opens = instant(decision["next_allowed_at"])
    if opens is not None:
        said.append(_opened(steps, called=_is_call(wire)).format(time=moment(opens, now=at)))
        said.append(_end(wire["ends"], at, here))
    elif decision["horizon_reached"]:
        said.append(_("Some 400 days ahead the search is given up: no lawful moment was found."))
    elif not steps:
        said.append(_never(decision))
    return said


def _opened(steps: Sequence[Wire], *, called: bool) -> str:
    if steps and called:
        return _("At {time} no rule that bars objects any more: the call is lawful.")
    if steps:
        return _("At {time} no rule that bars objects any more: the contact is lawful.")
    if called:
        return _("No rule that bars objects at {time}: the call is lawful at once.")
    return _("No rule that bars objects at {time}: the contact is lawful at once.")


def _push(step: Wire, at: datetime, zone: str) -> str:
    """One step in a sentence; ``zone``: where the rule was judged, where that is not where instants are told."""
    start, to = _at(step["from"]), instant(step["to"])
    reason = say(step)
    values = {
        "time": moment(start, now=at),
        "rule": _placed(step["rule"], zone),
        "reason": safe(reason.text),
        "to": moment(to, now=at) if to else "",
    }
    if to is None:
        return _tight(_("{time}: {rule} objects, and time does not open it. {reason}.").format_map(values))
    return _tight(_("{time}: {rule} objects until {to}. {reason}.").format_map(values))


def _placed(rule: str, zone: str) -> str:
    return safe(rule) + bracketed(safe(zone_word(zone)))


def _tight(sentence: str) -> str:
    """Without the space that a Chinese sentence leaves behind a rule's name where a bracket follows that."""
    return sentence.replace("） ", "）")


def _end(ends: Wire | None, at: datetime, here: str) -> str:
    if ends is None:
        return _("Nothing ends that within the time looked ahead.")
    closes = moment(_at(ends["from"]), now=at)
    rule = _placed(ends["rule"], "" if ends["zone"] == here else ends["zone"])
    said = _("It stays lawful until {time}; then {rule} objects: {reason}.")
    return _tight(said.format(time=closes, rule=rule, reason=safe(say(ends).text)))


def _at(text: object) -> datetime:
    found = instant(text)
    assert found is not None
    return found
