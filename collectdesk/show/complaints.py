"""Complaints as a list, one on its page, and both as JSON; what somebody may not see is not in what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.words import bracketed, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.complaints.reading import Line, View

Label = Callable[[str], str]
"""What an adopted kind of complaint is called."""

STATES = {
    "waiting": N_("waits for an outside officer"),
    "in_hand": N_("in hand"),
    "extending": N_("in hand, more time asked for"),
    "decided": N_("decided, to be answered"),
    "replied": N_("answered, to be closed"),
    "closed": N_("closed"),
}
OUTCOMES = {"upheld": N_("upheld"), "dismissed": N_("dismissed"), "withdrawn": N_("withdrawn")}
CHANNELS = {
    "call": N_("call"),
    "hotline": N_("hotline"),
    "letter": N_("letter"),
    "email": N_("e-mail"),
    "app": N_("app"),
    "visit": N_("visit"),
    "creditor": N_("by way of the creditor"),
    "regulator": N_("by way of the regulator"),
    "other": N_("other way"),
}
ACTS = {
    "receive": N_("received"),
    "assign": N_("handed over"),
    "step_aside": N_("the handler steps aside"),
    "leave_open": N_("nobody here may handle it"),
    "name": N_("whom it is about"),
    "record": N_("recorded"),
    "evidence": N_("evidence"),
    "extend": N_("more time asked for"),
    "approve": N_("more time approved"),
    "refuse": N_("more time refused"),
    "decide": N_("decided"),
    "reply": N_("answer given"),
    "close": N_("closed"),
    "withdraw": N_("withdrawn"),
}
_FIELDS = ("reason", "note", "reference", "cause", "remedy", "category", "about", "to", "outcome", "on", "last_on")


def complaints_text(lines: Sequence[Line], label: Label, today: date) -> None:
    """Every complaint: case, state, handler, the house's day and the law's."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not lines:
        console.print(" " + _("No complaint is open."), soft_wrap=True)
        return
    columns = [
        Column(_("Id"), "id"),
        Column(_("Case"), "id"),
        Column(_("State")),
        Column(_("Handler"), "id"),
        Column(_("Due"), "date"),
        Column(_("Last day"), "date"),
        Column(_("Kind")),
    ]
    console.print(table(console, columns, [_cells(line, label, today) for line in lines]))


def complaints_json(lines: Sequence[Line]) -> None:
    """One document, ``collectdesk.complaints/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.complaints/1", {"complaints": [_line(line) for line in lines]})


def complaint_text(view: View, label: Label, zone: tzinfo, today: date) -> None:
    """One complaint on a page; nothing but that it is in hand for those who do not see handling."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    line, console = view.line, out()
    if not line.seen:
        state = _("closed") if line.closed else _("in hand")
        lines(
            _("Complaint {complaint} on case {case}: {state}.").format(
                complaint=line.complaint, case=line.case, state=state
            ),
            _("How it is handled is for those who decide it, never for whom it is about."),
        )
        return
    console.print(facts(console, [*_facts(view, today), *_grievances(view, label)]))
    console.print()
    console.print(facts(console, [(_stamp(step.at, zone), _act(view, step, label)) for step in view.steps]))


def complaint_json(view: View, zone: tzinfo) -> None:
    """One document, ``collectdesk.complaint/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.complaint/1", complaint_wire(view, zone))


def complaint_wire(view: View, zone: tzinfo) -> dict[str, object]:
    """A complaint as JSON has it."""
    document: dict[str, object] = dict(_line(view.line))
    if view.line.seen:
        row, upheld = view.row, set(view.row.upheld)
        further = [(each.number, each.category, each.content, each.about) for each in view.grievances]
        document |= {
            "channel": row.channel,
            "term": row.term,
            "asked_term": row.asked_term,
            "cause": row.cause,
            "remedy": row.remedy,
            "reply": row.reply,
            "replied_on": row.replied_on,
            "ended_on": row.ended_on,
            "grievances": [
                {
                    "number": number,
                    "category": category,
                    "content": content,
                    "about": view.staff.get(about) if about else None,
                    "upheld": number in upheld if row.outcome in ("upheld", "dismissed") else None,
                }
                for number, category, content, about in ((1, row.category, row.content, row.about), *further)
            ],
            "evidence": view.evidence,
            "steps": [
                {
                    "at": _local(step.at, zone),
                    "act": step.act,
                    "state": step.state,
                    "by": view.staff.get(step.by_staff) if step.by_staff else None,
                    "content": _numbered(view, step.content),
                }
                for step in view.steps
            ],
        }
    return document


def state_of(line: Line) -> str:
    """The state in words, with the outcome of what is closed."""
    said = word(STATES, line.state)
    return said + bracketed(word(OUTCOMES, line.outcome) if line.closed and line.outcome else "")


def _cells(line: Line, label: Label, today: date) -> list[str]:
    return [
        line.complaint,
        line.case,
        state_of(line),
        line.handler or "-",
        _due(line, today) if line.seen else "-",
        line.last_on.isoformat() if line.last_on else "-",
        label(line.category) if line.category else "-",
    ]


def _due(line: Line, today: date) -> str:
    from collectdesk.show.terminal import marks

    if line.due_on is None:
        return "-"
    late = not line.closed and today > line.due_on and line.state != "replied"
    return f"{marks().warn} {line.due_on.isoformat()}" if late else line.due_on.isoformat()


def _facts(view: View, today: date) -> list[tuple[str, str]]:
    line, row = view.line, view.row
    found = [
        (_("Complaint"), line.complaint),
        (_("Case"), line.case),
        (_("State"), state_of(line)),
        (_("Handler"), line.handler or "-"),
        (_("Complained of"), listed(line.about) if line.about else _("the company")),
        (_("Received"), f"{line.received_on.isoformat()}  {word(CHANNELS, row.channel)}"),
    ]
    if line.due_on and line.last_on and not line.closed:
        left = (line.last_on - today).days
        many = (
            ngettext("{count} day left", "{count} days left", left)
            if left >= 0
            else ngettext("{count} day over", "{count} days over", -left)
        )
        last = _("by {due}; last day {last} of {term} days, {days}").format(
            due=line.due_on.isoformat(), last=line.last_on.isoformat(), term=row.term, days=many.format(count=abs(left))
        )
        found.append((_("Clock"), last))
    found += [
        (title, str(value))
        for title, value in (
            (_("Cause"), row.cause),
            (_("Remedy"), row.remedy),
            (_("Answer"), row.reply),
            (_("Answered on"), row.replied_on),
            (_("Ended on"), row.ended_on),
        )
        if value
    ]
    return found


def _grievances(view: View, label: Label) -> list[tuple[str, str]]:
    row, upheld = view.row, set(view.row.upheld)
    told = [(1, row.category, row.content), *((each.number, each.category, each.content) for each in view.grievances)]
    decided = row.outcome in ("upheld", "dismissed")
    return [
        (
            _("Grievance {number}").format(number=number),
            _told(label(category), content)
            + bracketed(word(OUTCOMES, "upheld" if number in upheld else "dismissed") if decided else ""),
        )
        for number, category, content in told
    ]


def _act(view: View, step: object, label: Label) -> str:
    content = _worded(view, getattr(step, "content", None) or {}, label)
    by = view.staff.get(getattr(step, "by_staff", None) or 0, "-")
    named = word(ACTS, getattr(step, "act", ""))
    if named == _("received"):
        return f"{by}  {named}"
    told = [str(content[field]) for field in _FIELDS if content.get(field)]
    return f"{by}  " + (_told(named, " / ".join(told)) if told else named)


def _numbered(view: View, content: Mapping[str, object] | None) -> dict[str, object] | None:
    """A step's content with staff numbers where the desk itself wrote keys of rows."""
    if content is None:
        return None
    staff = {name: content[name] for name in ("to", "about", "assigned_to", "by_staff") if name in content}
    named = {name: view.staff.get(key) if isinstance(key, int) else key for name, key in staff.items()}
    return {**{name: value for name, value in content.items() if name not in ("case_id", "hold")}, **named}


def _worded(view: View, content: Mapping[str, object], label: Label) -> dict[str, object]:
    """Codes in words, and whom it went to by their staff number where the desk itself wrote their key."""
    to, outcome, category = content.get("to"), content.get("outcome"), content.get("category")
    words = {
        "to": view.staff.get(to, "-") if isinstance(to, int) else to,
        "outcome": word(OUTCOMES, outcome) if outcome else None,
        "category": label(str(category)) if category else None,
    }
    return {**content, **{name: value for name, value in words.items() if value}}


def _told(what: str, text: str) -> str:
    return _("{what}: {text}").format(what=what, text=text)


def _line(line: Line) -> dict[str, object]:
    seen = {
        "category": line.category,
        "about": list(line.about),
        "handler": line.handler,
        "warn_on": line.warn_on,
        "due_on": line.due_on,
        "last_on": line.last_on,
        "outcome": line.outcome,
    }
    known = {"complaint": line.complaint, "case": line.case, "received_on": line.received_on, "state": line.state}
    return {**known, "seen": line.seen, **(seen if line.seen else {})}


def _stamp(at: int, zone: tzinfo) -> str:
    return _local(at, zone).strftime("%Y-%m-%d %H:%M")


def _local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)
