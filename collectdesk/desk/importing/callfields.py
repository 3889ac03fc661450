"""A line of a file of earlier contacts (calls, messages, visits of any organisation) as a typed record."""

from __future__ import annotations

import re

from collectdesk.desk.importing.cells import Cell, tidy
from collectdesk.desk.importing.dates import midnight, read_time
from collectdesk.desk.importing.finding import Refusal
from collectdesk.desk.importing.line import Line
from collectdesk.desk.importing.phones import read_phone
from collectdesk.desk.importing.records import CallRecord
from collectdesk.errors import N_

_CLOCK = re.compile(r"(?:(\d{1,3})[:时小])?(?:时)?(\d{1,2})[:分](\d{1,2})秒?")
_SECONDS = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:秒|s|sec)?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,4})\s*(?:分钟?|min)(?:\s*(\d{1,2})\s*秒)?", re.IGNORECASE)
_CHANNEL_KIND = {"text": "message", "email": "message", "letter": "message", "app": "message", "visit": "visit"}
_SOON = 86_400


def read_call(line: Line) -> CallRecord | None:
    """The record, or none when the line has an error; an unknown way it ended counts as the worst, as everywhere."""
    at = line.read("calls.at", lambda cell: read_time(cell, line.table.zone))
    org = line.text("calls.org")
    line.require("calls.at", at)
    line.require("calls.org", org)
    ref, contract = line.mark("calls.ref"), line.mark("calls.contract_no")
    if not (ref or contract):
        line.require("calls.ref" if "calls.ref" in line.table.columns else "calls.contract_no", None)
    if at and at > _end_of_today(line):
        line.refuse("calls.at", "date_in_future", N_("a date in the future."), _COMPARE)
    channel = line.code("calls.channel", "channel") or "voice"
    kind = line.code("calls.kind", "event_kind") or _CHANNEL_KIND.get(channel, "call")
    result = line.code("calls.line", "line") or ("unknown" if kind == "call" else None)
    record = CallRecord(
        line.number, ref, line.text("calls.creditor"), contract, line.mark("calls.external_id"), org or "",
        line.code("calls.org_kind", "org_kind"), at or 0, kind,
        line.code("calls.direction", "direction") or "out", channel, line.flag("calls.automated"),
        _number(line), _person(line, "calls.person"), _person(line, "calls.answered_by"),
        result if kind == "call" else None, _talk(line, result), line.code("calls.identity", "identity"),
        line.code("calls.ended_by", "ended_by"), line.read("calls.duration_s", read_seconds),
        line.code("calls.message", "message"), line.code("calls.purpose", "purpose"),
    )  # fmt: skip
    return None if line.broken else record


def read_seconds(cell: Cell) -> int:
    """A duration: ``75``, ``75秒``, ``1:15``, ``00:01:15``, ``1分15秒``.

    Raises:
        Refusal: none of these.
    """
    text = tidy(cell)
    if found := _SECONDS.fullmatch(text):
        return int(found.group(1))
    if found := _MINUTES.fullmatch(text):
        return int(found.group(1)) * 60 + int(found.group(2) or 0)
    if found := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    raise Refusal("duration_form", N_("not a duration."), N_("Write it in seconds, like 75."))


def _number(line: Line) -> str | None:
    phone = line.read("calls.number", read_phone)
    return phone.number if phone else None


def _person(line: Line, name: str) -> str | None:
    """``debtor``, a contact person's name as the file has it, ``other`` or unknown."""
    text = line.text(name)
    return (line.table.vocabulary.find("person", text) or text) if text else None


def _talk(line: Line, result: str | None) -> str | None:
    stated = line.code("calls.talk", "talk")
    if stated or result is None:
        return stated
    return "unknown" if result in ("answered", "dropped", "unknown") else "none"


def _end_of_today(line: Line) -> int:
    return midnight(line.table.today, line.table.zone) + _SOON


_COMPARE = N_("Compare it with the source.")
