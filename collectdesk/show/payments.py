"""Payments, for people and for programs: what came in, what was taken back, what followed. No personal value."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.importing import sentence, wire
from collectdesk.show.money import amount, decimal_text
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.payments.book import PaymentLine
    from collectdesk.desk.payments.ledger import Balance, Paid
    from collectdesk.desk.payments.load import Loaded

__all__ = ["sentence", "wire"]
COLUMNS = ("payment", "case", "paid_on", "amount", "stands_at", "currency", "channel", "recorded_at")
COUNTS = {
    "payments_new": N_("new payments"),
    "payments_same": N_("payments known already"),
    "reversals_new": N_("payments taken back"),
    "refused": N_("refused lines"),
}
ACTIONS = {"new": N_("new"), "same": N_("known already")}
ACTS = {
    "promise.keep": N_("promises kept"),
    "promise.keep_part": N_("promises kept in part"),
    "promise.break": N_("promises broken"),
    "promise.expire": N_("promises expired"),
    "promise.resume": N_("promises pending again"),
    "case_file.settle": N_("cases paid and closed to calls"),
    "case_file.reopen": N_("cases open again"),
}


def loaded_text(told: Loaded, *, dry_run: bool, stopped: bool, rejects: str | None) -> None:
    """What an import of payments did."""
    from collectdesk.show.desk import lines

    if dry_run:
        for line, action, code in told.rows:
            where = _("line {line}").format(line=line)
            sys.stdout.write(f" {where}  {code}  {_(ACTIONS[action])}\n")
    if stopped:
        return
    if told.counts:
        lines(listed(f"{_(COUNTS[name])} {count}" for name, count in told.counts.items()))
    if told.acts:
        lines(acts(told.acts))
    if dry_run:
        lines(_("Nothing was written: this was a rehearsal."))
    else:
        lines(_("Imported.") if told.written else _("Nothing was written: the desk holds all of it already."))
    if rejects:
        lines(_("The refused lines are in {file}, each with its reason.").format(file=rejects))


def loaded_json(told: Loaded, *, dry_run: bool, rejects: str | None) -> None:
    """One document, ``collectdesk.payment_import/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.payment_import/1",
        {
            "dry_run": dry_run,
            "written": told.written,
            "batch": told.batch,
            "counts": told.counts,
            "acts": told.acts,
            "findings": wire(told.findings),
            "rows": [{"line": line, "action": action, "case": code} for line, action, code in told.rows],
            "rejects": rejects,
        },
    )


def acts(found: Mapping[str, int]) -> str:
    """What followed, counted."""
    return listed(f"{word(ACTS, name)} {count}" for name, count in found.items())


def as_text(found: Sequence[PaymentLine], *, elsewhere: bool = False) -> None:
    """The payments as a table; ``elsewhere``: none are of one's own cases, and the others' may be asked for."""
    from collectdesk.show.tables import Column, short, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [
        Column(_("Payment"), "id"),
        Column(_("Case"), "id"),
        Column(_("Paid on"), "date"),
        Column(_("Amount"), "money"),
        Column(_("Stands at"), "money"),
        Column(_("Channel")),
    ]
    rows = [
        [
            line.name,
            line.code,
            line.paid.on.isoformat(),
            amount(line.paid.minor, line.paid.currency),
            amount(line.paid.net, line.paid.currency),
            short(line.paid.channel or "-", 20),
        ]
        for line in found
    ]
    if rows:
        console.print(table(console, columns, rows))
    console.print(" " + ngettext("{count} payment.", "{count} payments.", len(rows)).format(count=len(rows)))
    if elsewhere:
        console.print(" " + _("You have no cases of your own here; --all lists the whole desk's."))


def as_json(found: Sequence[PaymentLine], zone: tzinfo) -> None:
    """One document, ``collectdesk.payments/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.payments/1", {"payments": [line_wire(line, zone) for line in found]})


def as_csv(found: Sequence[PaymentLine], zone: tzinfo) -> None:
    """The same rows as CSV."""
    from collectdesk.show.csvout import emit_csv

    emit_csv(COLUMNS, [list(line_wire(line, zone).values()) for line in found])


def reversed_json(line: PaymentLine, followed: Mapping[str, int], zone: tzinfo) -> None:
    """One document, ``collectdesk.payment_reversed/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.payment_reversed/1", {**line_wire(line, zone), "acts": dict(followed)})


def line_wire(line: PaymentLine, zone: tzinfo) -> dict[str, object]:
    """A payment by the keys of ``COLUMNS``."""
    return {"payment": line.name, "case": line.code, **paid_wire(line.paid, zone)}


def paid_wire(paid: Paid, zone: tzinfo) -> dict[str, object]:
    """A payment as JSON carries it; ``stands_at`` is what was not taken back."""
    return {
        "paid_on": paid.on.isoformat(),
        "amount": decimal_text(paid.minor, paid.currency),
        "stands_at": decimal_text(paid.net, paid.currency),
        "currency": paid.currency,
        "channel": paid.channel,
        "recorded_at": datetime.fromtimestamp(paid.at, UTC).astimezone(zone),
    }


def balance_wire(balance: Balance | None) -> dict[str, object] | None:
    """What is left of the newest statement."""
    if balance is None:
        return None
    return {
        "as_of": balance.as_of,
        "stated": decimal_text(balance.stated, balance.currency),
        "paid_since": decimal_text(balance.paid, balance.currency),
        "left": decimal_text(balance.left, balance.currency),
        "currency": balance.currency,
    }
