"""Promises to pay, for people and for programs: no name, no number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.adopted_text import Lang
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.lang import _, current, ngettext
from collectdesk.show.money import amount, decimal_text

if TYPE_CHECKING:
    from collectdesk.desk.promises.book import Done, PromiseView

COLUMNS = (
    "promise", "case", "state", "amount", "received", "currency", "pay_on", "last_on", "channel", "made_at", "by",
    "collector", "broken_on_case",
)  # fmt: skip
LIFE = "promise"


def as_text(found: Sequence[PromiseView], *, elsewhere: bool = False) -> None:
    """The promises as a table; ``elsewhere``: none are of one's own cases, and the others' may be asked for."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [
        Column(_("Promise"), "id"),
        Column(_("Case"), "id"),
        Column(_("Promised for"), "date"),
        Column(_("Amount"), "money"),
        Column(_("Received"), "money"),
        Column(_("State")),
        Column(_("Collector"), "id"),
    ]
    rows = [
        [
            view.name,
            view.case.code,
            view.row.pay_on,
            amount(view.row.amount, view.row.currency),
            amount(view.received, view.row.currency),
            state(view.row.status),
            view.collector or "-",
        ]
        for view in found
    ]
    if rows:
        console.print(table(console, columns, rows))
    console.print(" " + ngettext("{count} promise.", "{count} promises.", len(rows)).format(count=len(rows)))
    if elsewhere:
        console.print(" " + _("You have no cases of your own here; --all lists the whole desk's."))


def one_text(view: PromiseView, steps: Sequence[Done], zone: tzinfo) -> None:
    """One promise and what was done to it."""
    from collectdesk.show.dates import stamp
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    row, console = view.row, out()
    pairs = [
        (_("Promise"), f"{view.name}   {state(row.status)}"),
        (_("Case"), view.case.code),
        (_("Amount"), amount(row.amount, row.currency)),
        (_("Received"), amount(view.received, row.currency)),
        (_("Promised for"), row.pay_on),
        (_("Counts through"), row.last_on or row.pay_on),
        (_("Channel"), row.channel),
        (_("Made"), f"{stamp(_local(row.at, zone))}  {view.by}"),
        (_("Broken on this case"), str(view.broken)),
    ]
    if row.remind_at is not None:
        pairs.append((_("May be reminded from"), stamp(_local(row.remind_at, zone))))
    console.print(facts(console, pairs))
    done = [(stamp(_local(each.at, zone)), "  ".join(filter(None, (_act(each.act), each.by)))) for each in steps]
    if done:
        console.print()
        console.print(facts(console, done))


def as_json(found: Sequence[PromiseView], zone: tzinfo) -> None:
    """One document, ``collectdesk.promises/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.promises/1", {"promises": [wire(view, zone) for view in found]})


def as_csv(found: Sequence[PromiseView], zone: tzinfo) -> None:
    """The same rows as CSV."""
    from collectdesk.show.csvout import emit_csv

    emit_csv(COLUMNS, [list(wire(view, zone).values()) for view in found])


def one_json(view: PromiseView, steps: Sequence[Done], zone: tzinfo) -> None:
    """One document, ``collectdesk.promise/1``."""
    from collectdesk.show.jsonout import emit

    done = [
        {
            "act": each.act,
            "state": each.state,
            "at": _local(each.at, zone),
            "by": each.by,
        }
        for each in steps
    ]
    remind = None if view.row.remind_at is None else _local(view.row.remind_at, zone)
    emit("collectdesk.promise/1", {**wire(view, zone), "remind_from": remind, "steps": done})


def wire(view: PromiseView, zone: tzinfo) -> dict[str, object]:
    """A promise by the keys of ``COLUMNS``."""
    row = view.row
    values = (
        view.name,
        view.case.code,
        row.status,
        decimal_text(row.amount, row.currency),
        decimal_text(view.received, row.currency),
        row.currency,
        row.pay_on,
        row.last_on or row.pay_on,
        row.channel,
        _local(row.at, zone),
        view.by,
        view.collector,
        view.broken,
    )
    return dict(zip(COLUMNS, values, strict=True))


def state(name: str) -> str:
    """What people call a state."""
    return lifecycle(LIFE).titled(name, "zh_CN" if current() == "zh_CN" else "en")


def _act(name: str) -> str:
    lang: Lang = "zh_CN" if current() == "zh_CN" else "en"
    return next((move.title.in_(lang) for move in lifecycle(LIFE).moves if move.act == name), name)


def _local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)
