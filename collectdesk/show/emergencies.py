"""Emergencies for people and for programs: the list, one of them, the report of the incident; ids, never a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.emergencies.reading import Done, EmergencyView, Told, Whereabouts

Label = Callable[[str], str]
"""The adopted words of a kind of emergency."""
ACTS = {
    "raise": N_("raised"),
    "escalate": N_("passed on to the next in line"),
    "acknowledge": N_("acknowledged"),
    "note": N_("note"),
    "call_back": N_("safety call-back"),
    "ask_release": N_("release asked for"),
    "refuse_release": N_("release refused"),
    "release": N_("release confirmed, closed"),
}
HOOKS = {"none": "", "started": N_("command started"), "failed": N_("command failed")}


def as_list(views: Sequence[EmergencyView], zone: tzinfo, label: Label) -> None:
    """One line each, those that wait first."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not views:
        console.print(" " + _("No emergency is open."))
        return
    titles = (_("Id"), _("Case"), _("When"), _("Kind"), _("State"), _("Taken by"))
    kinds = ("id", "id", "date", "text", "text", "id")
    columns = [Column(title, kind) for title, kind in zip(titles, kinds, strict=True)]  # type: ignore[arg-type]
    rows = [
        [
            view.name,
            view.case,
            _stamp(view.row.at, zone),
            label(view.row.kind),
            _state(view),
            view.number(view.row.acknowledged_by) or "-",
        ]
        for view in views
    ]
    console.print(table(console, columns, rows))


def as_text(view: EmergencyView, zone: tzinfo, label: Label, where: Whereabouts | None = None) -> None:
    """One emergency: what it is, who has it, what was done, what can be done next."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    if where is not None:
        console.print(facts(console, _where(where)))
        console.print()
    console.print(facts(console, _facts(view, zone, label)))
    console.print()
    console.print(facts(console, [(_stamp(at, zone), text) for at, text in timeline(view)]))
    following = [move.title.in_("zh_CN" if current() == "zh_CN" else "en") for move in view.moves if move.act != "note"]
    if following:
        console.print()
        console.print(" " + _("What can be done: {acts}.").format(acts=listed(following)))


def timeline(view: EmergencyView) -> list[tuple[int, str]]:
    """Every step and every alert in words, oldest first."""
    rows = [(each.at, 0, _done(each)) for each in view.done]
    rows += [(each.delivered_at or each.at, 1, _told(each)) for each in view.told]
    return [(at, text) for at, _order, text in sorted(rows, key=lambda row: row[:2])]


def as_json(view: EmergencyView, zone: tzinfo, where: Whereabouts | None = None) -> dict[str, object]:
    """One emergency by its keys; what was noted is in it, for who may see it."""
    row = view.row
    return {
        "id": view.name,
        "case": view.case,
        "call": f"c{row.call}" if row.call else None,
        "kind": row.kind,
        "status": row.status,
        "at": _at(row.at, zone),
        "by": view.number(row.by_staff),
        "alerted": [view.number(key) for key in row.alerted],
        "level": row.level,
        "next_alert_at": _at(row.next_alert_at, zone),
        "acknowledged_by": view.number(row.acknowledged_by),
        "acknowledged_at": _at(row.acknowledged_at, zone),
        "acknowledged_after_s": view.acknowledged_after,
        "release_asked_by": view.number(row.release_asked_by),
        "closed_by": view.number(row.closed_by),
        "closed_at": _at(row.closed_at, zone),
        "ended": row.safe,
        "content": row.content or None,
        "can": [move.act for move in view.moves],
        "steps": [_step(each, zone) for each in view.done],
        "alerts": [_alert(each, zone) for each in view.told],
        **({"whereabouts": _reach(where)} if where else {}),
    }


def _facts(view: EmergencyView, zone: tzinfo, label: Label) -> list[tuple[str, str]]:
    row = view.row
    pairs = [
        (_("Emergency"), f"{view.name}   {label(row.kind)}"),
        (_("Case"), view.case + (f"   c{row.call}" if row.call else "")),
        (_("State"), _state(view)),
        (_("Raised"), f"{_stamp(row.at, zone)}   {view.number(row.by_staff) or ''}"),
        (_("Alerted"), listed(view.number(key) or "" for key in row.alerted) or "-"),
    ]
    if row.next_alert_at is not None and row.status == "open":
        pairs.append((_("Next in line"), _stamp(row.next_alert_at, zone)))
    if view.acknowledged_after is not None:
        from collectdesk.show.dates import span

        after = span(timedelta(seconds=view.acknowledged_after), seconds=True)
        pairs.append((_("Taken"), _("{number} after {span}").format(number=_by(view), span=after)))
    if row.safe:
        from collectdesk.show.callwords import CHOICES

        pairs.append((_("The call"), word(CHOICES, row.safe)))
    return [*pairs, *([(_("Said"), row.content)] if row.content else [])]


def _by(view: EmergencyView) -> str:
    return view.number(view.row.acknowledged_by) or "-"


def _where(where: Whereabouts) -> list[tuple[str, str]]:
    from collectdesk.show.callhead import grouped

    pairs = [(_("Name"), where.name), (_("Number"), listed(grouped(each) for each in where.numbers))]
    return [*pairs, (_("Last address"), where.address or "-"), ("", _("That this was shown is recorded."))]


def _reach(where: Whereabouts) -> dict[str, object]:
    return {"name": where.name, "numbers": list(where.numbers), "address": where.address}


def _state(view: EmergencyView) -> str:
    from collectdesk.desk.lifecycle import lifecycle

    return lifecycle("emergency").titled(view.row.status, "zh_CN" if current() == "zh_CN" else "en")


def _done(step: Done) -> str:
    """A step in words: who, what, and what was recorded with it."""
    parts = [step.by or _("the desk"), word(ACTS, step.act), *_recorded(step.content)]
    return "  ".join(part for part in parts if part)


def _recorded(content: Mapping[str, object]) -> list[str]:
    from collectdesk.show.callwords import CHOICES

    found = [str(content[key]) for key in ("call", "text") if content.get(key)]
    if content.get("found"):
        found.append(word(CHOICES, content["found"]))
    for key in ("alerted", "departments"):
        value = content.get(key)
        found += [listed(str(each) for each in value)] if isinstance(value, list) and value else []
    return found


def _told(alert: Told) -> str:
    sent = _("alerted") if alert.delivered_at is not None else _("not yet sent")
    parts = [alert.to, sent, word(HOOKS, alert.hook) if alert.hook else "", alert.mail or ""]
    return "  ".join(part for part in parts if part)


def _step(step: Done, zone: tzinfo) -> dict[str, object]:
    shown: dict[str, Any] = dict(step.content)
    return {"at": _at(step.at, zone), "act": step.act, "state": step.state, "by": step.by, "content": shown}


def _alert(alert: Told, zone: tzinfo) -> dict[str, object]:
    return {
        "at": _at(alert.at, zone),
        "level": alert.level,
        "to": alert.to,
        "department": alert.department,
        "delivered_at": _at(alert.delivered_at, zone),
        "hook": alert.hook,
        "mail": alert.mail,
    }


def _at(at: int | None, zone: tzinfo) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone)


def _stamp(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
