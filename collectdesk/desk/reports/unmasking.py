"""Unmasking a list (解除脱敏): who looked at names and numbers of which cases and why is written down first."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from collectdesk.desk.casebook import UNMASKED
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.reason import says
from collectdesk.errors import N_, UsageProblem

if TYPE_CHECKING:
    from collectdesk.desk.office import Office


def unmask(office: Office, cases: Collection[int], report: str, figure: str, reason: str) -> None:
    """Write it down, on each case and once for the list.

    Args:
        office: the desk.
        cases: keys of the cases in the list.
        report, figure: what was listed.
        reason: why, in a sentence.
    Raises:
        NotPermitted: neither a lead, an administrator nor an officer.
        UsageProblem: no reason.
    """
    from collectdesk.store import journal
    from collectdesk.store.tables import Note

    office.require_role(*DECIDING)
    if not says(reason):
        raise UsageProblem(
            "unmask_reason", N_("Names and numbers are shown in full only for a reason."), hint=N_("Give --reason.")
        )
    why, by = reason.strip(), office.staff
    with office.writing() as session:
        at = office.now()
        for case in sorted(cases):
            session.add(Note(case_id=case, by_staff=by.id, at=at, content=f"[{UNMASKED}] {why}"))
        session.flush()
        changes = [
            journal.Change(at, by.number, UNMASKED, f"case_file:{case}", None, {"reason": why})
            for case in sorted(cases)
        ]
        listed = {"report": report, "figure": figure, "reason": why, "cases": len(cases)}
        changes.append(journal.Change(at, by.number, "report.unmask", f"report:{report}", None, listed))
        journal.append_many(session, changes)
