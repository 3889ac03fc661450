"""Outside officers and the requests put to them: lists, one request, and the file an officer reads.

The file is a page of its own: nothing is loaded from elsewhere, and the same facts stand in it once more as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from html import escape
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.complaints import CHANNELS, OUTCOMES
from collectdesk.show.words import word

if TYPE_CHECKING:
    from collectdesk.desk.requests.asking import RequestLine, Sheet
    from collectdesk.desk.requests.matters import Fact, Value
    from collectdesk.desk.requests.officers import OfficerLine

MATTERS = {
    "complaint.decide": N_("Decide a complaint that nobody of this desk may decide."),
    "complaint.extend": N_("Approve or refuse more time for a complaint."),
    "plan.decide": N_("Approve or refuse a hardship plan that nobody of this desk may decide."),
    "destruction.decide": N_("Approve or refuse a destruction that nobody of this desk may decide."),
}
ANSWERS = {
    **OUTCOMES,
    "approve": N_("approved"),
    "refuse": N_("not approved"),
    "void": N_("no longer asked"),
    "open": N_("waits for an answer"),
}
FACTS = {
    "received_on": N_("Received"),
    "last_on": N_("Last day"),
    "channel": N_("Way"),
    "category": N_("Kind"),
    "grievance": N_("Grievance"),
    "term": N_("Days allowed"),
    "asked_term": N_("Days asked for"),
    "reason": N_("Reason"),
    "total": N_("Amount"),
    "recordings": N_("Recordings"),
    "kind": N_("Kind"),
    "instalment": N_("Instalment"),
}
STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"
    "h1{font-size:1.3em}th{text-align:left;vertical-align:top;padding:.2em 1.5em .2em 0;font-weight:normal;color:#555}"
    "td{padding:.2em 0}p.line{border-bottom:1px solid #999;min-height:1.8em}"
)


def sheet(asked: Sheet) -> bytes:
    """The file of a request: a page an officer reads and fills in, the facts again as JSON."""
    lang = current()
    rows = [
        (_("Request"), asked.request),
        (_("From the company"), asked.company),
        (_("To the officer"), asked.officer),
        (_("Written"), datetime.fromtimestamp(asked.at, UTC).isoformat()),
        (_("Subject"), asked.subject),
        (_("Staff who are party to it"), " ".join(asked.party) or "-"),
        *((word(FACTS, fact.label), _value(fact, lang)) for fact in asked.facts),
    ]
    facts = "".join(f"<tr><th>{escape(title)}</th><td>{escape(value)}</td></tr>" for title, value in rows)
    choices = " / ".join(_(ANSWERS[choice]) for choice in asked.choices)
    answered = (
        _("Answer: {choices}").format(choices=choices),
        _("Reason"),
        _("What is to be done"),
        _("Name, day, signature"),
    )
    form = "".join(f"<p>{escape(title)}</p><p class=line></p>" for title in answered)
    said = _("Names, numbers and accounts are left out. Please answer in writing to the company.")
    page = (
        f'<!doctype html><html lang="{lang.replace("_", "-")}"><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(asked.request)}</title><style>{STYLE}</style>"
        f"<h1>{escape(word(MATTERS, asked.matter))}</h1><table>{facts}</table><p>{escape(said)}</p>{form}"
        f'<script type="application/json">{_embedded(asked)}</script></html>\n'
    )
    return page.encode()


def officers_text(rows: Sequence[OfficerLine]) -> None:
    """Everybody registered, by number."""
    from collectdesk.show.tables import Column, short, table
    from collectdesk.show.terminal import out

    console = out()
    if not rows:
        console.print(" " + _("No outside officer is registered."), soft_wrap=True)
        return
    titles = (_("Name"), _("Organisation"), _("How to reach them"), "")
    columns = [Column(_("Id"), "id"), *(Column(title) for title in titles)]
    shown = [
        [
            row.officer,
            short(row.name, 20),
            short(row.organisation, 24),
            short(row.contact, 28),
            "-" if row.active else _("ended"),
        ]
        for row in rows
    ]
    console.print(table(console, columns, shown))


def officers_json(rows: Sequence[OfficerLine]) -> None:
    """One document, ``collectdesk.officers/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.officers/1", {"officers": [row._asdict() for row in rows]})


def requests_text(rows: Sequence[RequestLine], zone: tzinfo) -> None:
    """The requests: what is asked, of whom, since when, and the answer."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not rows:
        console.print(" " + _("No request waits for an answer."), soft_wrap=True)
        return
    columns = [
        Column(_("Id"), "id"),
        Column(_("Officer"), "id"),
        Column(_("Written"), "date"),
        Column(_("Answer")),
        Column(_("Matter")),
    ]
    shown = [
        [
            row.request,
            row.officer,
            _local(row.made_at, zone).date().isoformat(),
            word(ANSWERS, row.answer or row.status),
            word(MATTERS, row.matter),
        ]
        for row in rows
    ]
    console.print(table(console, columns, shown))


def requests_json(rows: Sequence[RequestLine], zone: tzinfo) -> None:
    """One document, ``collectdesk.requests/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.requests/1", {"requests": [_request(row, zone) for row in rows]})


def _request(row: RequestLine, zone: tzinfo) -> Mapping[str, object]:
    import msgspec

    return {**msgspec.to_builtins(row), "made_at": _local(row.made_at, zone)}


def _value(fact: Fact, lang: str) -> str:
    value: Value = fact.value
    if isinstance(value, dict):
        return value.get(lang, "") or next(iter(value.values()))
    if value == "untold":
        return _("not told yet")
    return word(CHANNELS, value) if fact.label == "channel" else value


def _embedded(asked: Sheet) -> str:
    """The sheet as JSON that cannot end the element it stands in."""
    import msgspec

    document = {"schema": "collectdesk.request/1", **msgspec.to_builtins(asked)}
    return json.dumps(document, ensure_ascii=True, sort_keys=True).replace("<", "\\u003c")


def _local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)
