"""When a recording or a case may go (保存期限): until when it is kept, by which rule, and what holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.destructions.cases import Standing
    from collectdesk.desk.recordings.purging import Due

RULES = {
    "two_years": N_("kept two years or as long as the house says"),
    "five_years": N_("kept five years: the lender is a consumer finance company"),
    "lender_unknown": N_("kept five years: nobody recorded whether the lender is a consumer finance company"),
    "oral_plan": N_("holds an oral plan: kept until the debt is settled"),
}
HELD = {
    "complaint": N_("complaint open"),
    "objection": N_("objection open"),
    "dispute": N_("dispute"),
    "plan": N_("plan not settled"),
    "emergency": N_("emergency open"),
    "violation": N_("violation not final"),
    "referral": N_("referral open"),
    "request": N_("request outside open"),
}
WHY = {
    "not_yet": N_("its time is not over"),
    "oral_plan": N_("an oral plan is not settled"),
    "held": N_("under legal hold"),
    "altered": N_("not what was kept: look into it first"),
    "outside": N_("a link leads away from its folder: look into it first"),
    "unreadable": N_("it cannot be read"),
    "changing": N_("it was written to while it was read"),
    "removing": N_("being removed"),
    "refused": N_("refused"),
    "withdrawn": N_("withdrawn"),
    "open": N_("the case is neither recalled nor settled"),
    "gone": N_("erased already"),
}
LENDER = "collectdesk creditor set NAME --licence bank|consumer_finance|other"


def due_text(found: Sequence[Due]) -> None:
    """Of every recording why it may or may not go."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No recording is kept here."))
        return
    columns = [Column(_("Call"), "id"), Column(_("Case"), "id"), Column(_("Of"), "date")]
    columns += [Column(_("Kept until"), "date"), Column(_("May go")), Column(_("Why"))]
    rows = [
        [
            each.call,
            each.case,
            each.answered_on.isoformat(),
            each.until.isoformat() if each.until else "-",
            _("yes") if each.may else _("no"),
            _reason(each),
        ]
        for each in found
    ]
    console.print(table(console, columns, rows))
    may = sum(each.may for each in found)
    lines(_("{may} of {all} recordings may go.").format(may=may, all=len(found)))
    if any(each.rule == "lender_unknown" for each in found):
        lines(_("Say which lender it is:"))
        lines(LENDER, indent=3)


def due_json(found: Sequence[Due]) -> None:
    """One document, ``collectdesk.recording_purge/1``."""
    from collectdesk.show.jsonout import emit

    counts = Counter("may" if each.may else each.why for each in found)
    emit(
        "collectdesk.recording_purge/1",
        {"counts": dict(sorted(counts.items())), "recordings": [_due(each) for each in found]},
    )


def _due(each: Due) -> dict[str, object]:
    return {
        "call": each.call,
        "case": each.case,
        "answered_on": each.answered_on,
        "kept_until": each.until,
        "rule": each.rule,
        "held": list(each.held),
        "sha256": each.digest,
        "may": each.may,
        "why": each.why or None,
    }


def _reason(each: Due) -> str:
    words = [word(WHY, each.why)] if each.why else []
    words += [word(HELD, kind) for kind in each.held] if each.why == "held" else [word(RULES, each.rule)]
    return listed(words)


def standing_text(found: Standing) -> None:
    """Whether a case may go, and what of it stays."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    stays = [each for each in found.recordings if not each.may]
    pairs = [
        (_("Case"), found.case),
        (_("May go"), _("yes") if not found.why else f"{_('no')}  {word(WHY, found.why)}"),
        (_("Legal hold"), listed(word(HELD, kind) for kind in found.held) or "-"),
        (_("Kept until"), f"{found.until.isoformat() if found.until else '-'}  {word(RULES, found.rule)}"),
        (_("Recordings"), _("{count} of {all} stay until their time is over").format(
            count=len(stays), all=len(found.recordings)) if found.recordings else "-"),
    ]  # fmt: skip
    console.print(facts(console, pairs))
    if found.rule == "lender_unknown":
        lines(_("Say which lender it is:"))
        lines(LENDER, indent=3)


def standing_json(found: Standing) -> None:
    """One document, ``collectdesk.case_destruction/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.case_destruction/1",
        {
            "case": found.case,
            "status": found.status,
            "may": not found.why,
            "why": found.why or None,
            "held": list(found.held),
            "kept_until": found.until,
            "rule": found.rule,
            "recordings": [_due(each) for each in found.recordings],
        },
    )
