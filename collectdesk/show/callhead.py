"""The head of every page of a call: whose case, the number while it is shown, how far the call is, what alarms wait."""

from __future__ import annotations

from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.state import Call
from collectdesk.lang import _
from collectdesk.show import alarm, callwords
from collectdesk.show.masking import mask_name
from collectdesk.show.safe import safe
from collectdesk.show.terminal import WIDTH, Marks, marks, rule_line
from collectdesk.show.width import cells


def top(prompt: Prompt) -> list[str]:
    """The rows, down to the rule under them."""
    return [*alarm.lines(prompt.alarms), *_head(prompt), _stages(prompt), rule_line(WIDTH - 1)]


def banner(call: Call) -> str:
    """The mark of a practice desk, on every screen of it; empty on a real one."""
    return _("PRACTICE DESK - everything on it is made up") if call.practice else ""


def _head(prompt: Prompt) -> list[str]:
    call = prompt.call
    who = f" {safe(call.case.code)}  {mask_name(safe(call.called.name))}"
    if prompt.revealed is not None:
        who = f" {safe(call.case.code)}  {safe(call.called.name)}   {grouped(prompt.revealed)}"
    if call.inbound:
        who += "   " + _("they called us")
    right = banner(call)
    gap = WIDTH - 1 - cells(who) - cells(right)
    return [(who + " " * gap + right).rstrip()] if gap > 1 else [who, f" {right}"]


def _stages(prompt: Prompt) -> str:
    states = dict(prompt.progress)
    signs = marks()
    shown = []
    aside = callwords.DOORS.get(prompt.step)
    for title, steps in callwords.STAGES:
        found = [states[step] for step in steps if step in states]
        if not found:
            continue
        mark = signs.todo
        if "here" in found:
            mark = signs.here
        elif all(each in ("done", "skipped") for each in found) and "done" in found:
            mark = signs.no if "identity" in steps and unproved(prompt.call) else signs.yes
        if aside and mark == signs.todo:
            shown.append(f"{signs.here} {_(aside)}")
            aside = None
        shown.append(f"{mark} {_(title)}")
    return " " + "  ".join(_fitting(shown, signs))


def _fitting(shown: list[str], signs: Marks) -> list[str]:
    """A row of stages cut to the width of the screen: what is still to come goes first, then what is long done."""
    here = next((each for each in shown if each.startswith(signs.here)), "")
    while here and cells("  ".join(shown)) > WIDTH - 2:
        shown.pop(-2 if shown[-2] != here else 0)
    return shown


def unproved(call: Call) -> bool:
    """Whether whoever speaks was asked and is not proved to be who they say."""
    return call.said.get("identity") in ("failed", "refused")


def grouped(number: str) -> str:
    """A mobile number in groups, so that it is dialled right: ``138 0013 5678``."""
    plain = safe(number).removeprefix("+86")
    if len(plain) == 11 and plain.isdigit() and plain.startswith("1"):
        return f"{plain[:3]} {plain[3:7]} {plain[7:]}"
    return safe(number)
