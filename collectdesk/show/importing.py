"""What an import found and did: line by line for people, one document for programs. No personal value is repeated."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING

from collectdesk.desk.importing.lacking import CLOSED, LACKS
from collectdesk.errors import N_
from collectdesk.lang import _, current, ngettext
from collectdesk.show.safe import safe
from collectdesk.show.terminal import marks, say
from collectdesk.show.words import listed

if TYPE_CHECKING:
    from collectdesk.desk.importing.finding import Finding
    from collectdesk.desk.importing.load import Outcome, RowOutcome

ACTIONS = {"new": N_("new"), "changed": N_("changed"), "same": N_("unchanged"), "refused": N_("refused")}
COUNTS = {
    "cases_new": N_("new cases"),
    "cases_changed": N_("changed cases"),
    "cases_same": N_("unchanged cases"),
    "statements": N_("statements"),
    "statements_older": N_("older statements left out"),
    "debtors_new": N_("new debtors"),
    "numbers": N_("numbers"),
    "contacts": N_("contact persons"),
    "orgs_new": N_("new organisations"),
    "calls_new": N_("earlier calls"),
    "calls_same": N_("calls known already"),
    "refused": N_("refused lines"),
}
MOST_SHOWN = 200
SET_ITEMS = "collectdesk creditor set {creditor} --identity id_last4 --identity birth_date"


def sentence(finding: Finding) -> str:
    """One finding in words: ``第 37 行 身份证号：校验位不符。请核对原件。``"""
    said = _(finding.message).format_map(finding.params)
    hint = _(finding.hint).format_map(finding.params) if finding.hint else ""
    chinese = current() == "zh_CN"
    place = [_("line {line}").format(line=finding.line)] if finding.line else []
    if finding.column:
        place.append(finding.column)
    where = " ".join(place)
    text = f"{where}{'：' if chinese else ': '}{said}" if where else said
    return f"{text}{'' if chinese or not hint else ' '}{hint}"


def findings(found: Sequence[Finding]) -> None:
    """Errors and remarks on stderr, errors first."""
    from collectdesk.show.width import wrap

    ordered = sorted(found, key=lambda each: (each.severity != "error", each.line))
    for finding in ordered[:MOST_SHOWN]:
        mark = marks().no if finding.severity == "error" else marks().warn
        text = sentence(finding)
        if finding.count > 1:
            more = ngettext("({count} line like this)", "({count} lines like this)", finding.count)
            text += " " + more.format(count=finding.count)
        first, *rest = wrap(text, 76)
        say(f" {mark} {first}")
        for line in rest:
            say(f"   {line}")
    if len(ordered) > MOST_SHOWN:
        say(" " + _("… and {count} more.").format(count=len(ordered) - MOST_SHOWN))


def rows(found: Sequence[RowOutcome]) -> None:
    """What would become of each line."""

    for row in found:
        words = [_("line {line}").format(line=row.line), safe(row.code), _(ACTIONS[row.action])]
        if CLOSED in row.lacks:
            words.append(_("settled, recalled or assigned"))
        elif row.lacks:
            words.append(_("lacks {what}").format(what=listed(_short(code) for code in row.lacks)))
        sys.stdout.write(" " + "  ".join(word for word in words if word) + "\n")


def summary(outcome: Outcome, *, dry_run: bool, stopped: bool, rejects: str | None) -> None:
    """The end: what was counted, how many cases may be called, what the others lack and its remedy.

    A file refused whole has come to nothing, unless it was only rehearsed.
    """
    from collectdesk.show.desk import lines

    if stopped and not dry_run:
        return
    counts = listed(f"{_(COUNTS.get(name, name))} {count}" for name, count in outcome.counts.items())
    if counts:
        lines(counts)
    if outcome.cases:
        lines(*_callable(outcome))
        for name in outcome.unset:  # on one line each, however long, to be copied
            sys.stdout.write(f"   {SET_ITEMS.format(creditor=quote(safe(name)))}\n")
    if not stopped:
        lines(_ending(outcome, dry_run=dry_run))
    if rejects:
        lines(_("The refused lines are in {file}, each with its reason.").format(file=rejects))


def as_json(outcome: Outcome, found: Sequence[RowOutcome], *, dry_run: bool, rejects: str | None) -> None:
    """One document, ``collectdesk.import/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.import/1",
        {
            "dry_run": dry_run,
            "written": outcome.written,
            "changed": outcome.changed,
            "batch": outcome.batch,
            "counts": outcome.counts,
            "cases": outcome.cases,
            "callable": outcome.callable,
            "closed": outcome.closed,
            "lacking": dict(sorted(outcome.lacking.items())),
            "creditors_unset": list(outcome.unset),
            "findings": wire(outcome.findings),
            "rows": [row._asdict() for row in found],
            "rejects": rejects,
        },
    )


def wire(found: Sequence[Finding]) -> list[dict[str, object]]:
    """Findings as plain JSON, in the file's order: line, column, kind, sentence and remedy."""
    return [_finding(each) for each in found]


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "line": finding.line or None,
        "column": finding.column or None,
        "code": finding.code,
        "severity": finding.severity,
        "count": finding.count,
        "message": _(finding.message).format_map(finding.params),
        "hint": _(finding.hint).format_map(finding.params) if finding.hint else "",
    }


def _callable(outcome: Outcome) -> list[str]:
    said = [_("{callable} of {cases} cases can be called.").format(callable=outcome.callable, cases=outcome.cases)]
    if outcome.closed:
        text = ngettext(
            "{count} case is settled, recalled or assigned: nobody calls on it.",
            "{count} cases are settled, recalled or assigned: nobody calls on them.",
            outcome.closed,
        )
        said.append(f"  {text.format(count=outcome.closed)}")
    for code, count in outcome.lacking.most_common():
        what, remedy = LACKS[code]
        text = ngettext("{count} case lacks {what}", "{count} cases lack {what}", count)
        gap = "" if current() == "zh_CN" else " "
        said.append(f"  {text.format(count=count, what=_(what))}{gap}{_(remedy) if remedy else ''}".rstrip())
    return said


def _ending(outcome: Outcome, *, dry_run: bool) -> str:
    if dry_run:
        return _("Nothing was written: this was a rehearsal.")
    if not outcome.written:
        return _("Nothing was written: the desk holds all of it already.")
    return _("Imported.")


def _short(code: str) -> str:
    return _(LACKS[code][0]).rstrip(".。")
