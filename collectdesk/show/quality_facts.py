"""What the desk knows of a reviewed call, in words and as JSON: one line each, with the sign of what it speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.dates import span
from collectdesk.show.terminal import marks
from collectdesk.show.words import OPENS, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.quality.known import Fact

SAID: Mapping[str, str] = {
    "identity_verified": N_("identity verified {verified_at}"),
    "identity_not_verified": N_("identity not verified on this call"),
    "no_debt_line": N_("no line about the debt was shown"),
    "first_debt_line": N_("first line about the debt {shown_at}"),
    "opening_said": N_("opening said {said_at}"),
    "opening_not_said": N_("opening not acknowledged"),
    "lines_said": N_("lines about the debt acknowledged: {said} of {shown}"),
    "consequences_said": N_("consequences told: {said}"),
    "they_called": N_("they called, {connected_at}"),
    "connected": N_("connected {connected_at}"),
    "within_permit": N_("connected {connected_at}, ended {ended_at}, lawful until {until_at}"),
    "consent_given": N_("agreed on this call to: {opens}"),
    "result": N_("recorded: {result}; next: {next_action}"),
    "party": N_("who answered: {party} {relation}"),
    "prepared": N_("brief, plan and materials acknowledged"),
    "not_prepared": N_("not acknowledged before the call: {missing}"),
    "discussion": N_("recorded: {cause}; {ability}; {attitude}"),
    "raised_objection": N_("objection {ids}"),
    "raised_complaint": N_("complaint {ids}"),
    "raised_emergency": N_("emergency {ids}"),
    "raised_promise": N_("promise {ids}"),
    "nothing_raised": N_("no objection and no complaint recorded"),
    "recording_none": N_("no recording owed or kept"),
    "recording": N_("recording {state}: {recording_s}; the call {call_s}"),
    "recording_to_come": N_("recording {state}; the call {call_s}"),
    "no_word_met": N_("the wording check met nothing of ours"),
    "words_met": N_("the wording check met: {entries}"),
    "ended_by": N_("who ended it: {who}"),
}
PREPARED = {"brief": N_("case brief"), "plan": N_("call plan"), "materials": N_("materials")}
WHO = {"us": N_("we did"), "them": N_("they did"), "line": N_("the line broke"), "unknown": N_("unknown")}
BETWEEN = ("；", "; ")
"""Signs between parts of which some may be missing."""


def told(fact: Fact, zone: tzinfo) -> str:
    """One fact, its sign first."""
    sign = {True: marks().yes, False: marks().no, None: marks().todo}[fact.good]
    values = _Blank({key: _value(key, value, zone) for key, value in fact.values.items()})
    return f"{sign} {_tidy(_(SAID[fact.code]).format_map(values))}"


def wire(fact: Fact, zone: tzinfo) -> dict[str, object]:
    """One fact as JSON has it; instants with their offset."""
    values = {
        key: datetime.fromtimestamp(value, UTC).astimezone(zone) if key.endswith("_at") else value  # type: ignore[arg-type]
        for key, value in fact.values.items()
    }
    return {"code": fact.code, "good": fact.good, "values": values}


class _Blank(dict[str, str]):
    """What is not known is left blank."""

    def __missing__(self, key: str) -> str:
        return ""


def _value(key: str, value: Any, zone: tzinfo) -> str:  # noqa: ANN401 - one of the kinds a fact holds
    if isinstance(value, dict):
        return str(value["zh_CN" if current() == "zh_CN" else "en"])
    if key.endswith("_at"):
        return datetime.fromtimestamp(value, UTC).astimezone(zone).strftime("%H:%M:%S")
    if key.endswith("_s"):
        return span(timedelta(seconds=value), seconds=True)
    if key == "state":
        from collectdesk.desk.lifecycle import lifecycle

        return lifecycle("recording").titled(value, "zh_CN" if current() == "zh_CN" else "en")
    if isinstance(value, list):
        known = {"opens": OPENS, "missing": PREPARED}.get(key, {})
        return listed(word(known, each) for each in value)
    return word(WHO, value) if key == "who" else str(value)


def _tidy(text: str) -> str:
    """Without the signs and words around a blank."""
    for sign in BETWEEN:
        parts = [part for part in text.split(sign) if part.strip() and not part.rstrip().endswith((":", "："))]
        text = sign.join(parts) if len(parts) > 1 or sign in text else text
    return text.rstrip(" ;；:：,，")
