"""Cases that are alike get one answer: most of a book has no recent contact and differs in nothing a rule reads.

Two questions are alike when everything on file that any rule looks at is the same but for the ids. Where something
recent or personal is on file (a contact within the longest look-back of the rulebooks, a hold, a consent, a
designation, a permit, a dead number, calls known for this case only) the case is asked about on its own. A kind of
rule that is not listed here looks back for ever, so a new kind costs speed, never truth.
"""

from __future__ import annotations

from datetime import date

from collectdesk.desk.case_files import CaseFiles, DebtorFile
from collectdesk.gate import Gate
from collectdesk.gate.kinds import AnyRule
from collectdesk.gate.kinds.agreed import NeedsConsent
from collectdesk.gate.kinds.cap import Cap
from collectdesk.gate.kinds.designation import Designated
from collectdesk.gate.kinds.hold import NoHold
from collectdesk.gate.kinds.hours import AllowedHours, ClosedDays
from collectdesk.gate.kinds.party import Parties
from collectdesk.gate.kinds.require import Require
from collectdesk.gate.kinds.rest import Gap, OneAtATime, Rest
from collectdesk.store import case_rows as rows

DAY = 86_400
FOR_EVER = 1 << 50
ADULT_YEARS = 19
WITHOUT_EVENTS = (AllowedHours, ClosedDays, Designated, NoHold, OneAtATime, NeedsConsent)
DEAD = ("void_number", "suspended")


def look_back(gate: Gate) -> int:
    """How many seconds back a contact can still matter to a call to a debtor."""
    rules = (rule for book in gate.books.values() if not book.preset for rule in book.rule)
    return max((_reach(rule) for rule in rules), default=0)


def _reach(rule: AnyRule) -> int:
    if isinstance(rule, WITHOUT_EVENTS):
        return 0
    if isinstance(rule, Cap):
        window = rule.window
        if window.minutes is not None:
            return 60 * window.minutes + 1
        return DAY * (1 + (window.dates or (31 if window.calendar == "month" else 7)))
    if isinstance(rule, Gap | Rest):
        return DAY + (60 * rule.minutes if rule.minutes is not None else DAY * (1 + (rule.dates or 0)))
    if isinstance(rule, Parties):
        lost = any("debtor" in way.roles and "debtor_lost" in way.needs for way in rule.admit)
        return FOR_EVER if lost else 0
    return 0 if isinstance(rule, Require) else FOR_EVER


def likeness(files: CaseFiles, case: int, purpose: str, at: int, since: int) -> tuple[object, ...] | None:
    """What all cases of one answer share; none for a case that must be asked about on its own."""
    row = files.cases[case]
    file = files.files[row.debtor]
    if row.frozen_at is not None or _personal(files, file, since):
        return None
    debtor = files.persons[row.debtor]
    return (
        purpose,
        row.placed_at,
        tuple((each.id == case, *_debt(files, each)) for each in file.cases),
        (debtor.country, debtor.region, debtor.city, debtor.capacity, debtor.died_on, _age(debtor, at)),
        tuple(files.zones_of(case)),
        tuple((number.class_, number.place, number.source, number.status) for number in files.numbers_of(debtor.id)),
        tuple((each.kind, _about(each, case), each.person, *each[4:]) for each in file.notices),
        tuple(sorted({event.org for event in file.events if event.org is not None})),
        tuple((each.kind, each.at, each.scope) for kind in ATTESTED for each in files.attested(case, kind)),
    )


ATTESTED = ("number_source", "outsourcing_notice", "no_other_calls")


def _personal(files: CaseFiles, file: DebtorFile, since: int) -> bool:
    """Whether something is on file that only this debtor has."""
    if file.consents or file.designations or file.holds or file.permits or file.running:
        return True
    own = {row.id for row in file.cases}
    if any(cover.case_id in own for cover in files.covers):
        return True
    if any(number.id in files.lines for number in files.numbers.get(file.debtor, ())):
        return True
    return any(event.at >= since or event.line in DEAD or event.org is None for event in file.events)


def _debt(files: CaseFiles, row: rows.CaseRow) -> tuple[object, ...]:
    stated = files.statements.get(row.id)
    dated = (stated.as_of, stated.currency, stated.days_past_due) if stated else None
    return (
        row.creditor, row.type, row.debt_group is None, row.signed_on, row.due_on, row.status, row.assigned_at, dated,
    )  # fmt: skip


def _age(debtor: rows.PersonRow, at: int) -> str | None:
    """Unknown, of full age without doubt, or the very date."""
    if debtor.born_on is None:
        return None
    days = at // DAY + date(1970, 1, 1).toordinal() - date.fromisoformat(debtor.born_on).toordinal()
    grown = days > 366 * ADULT_YEARS
    return "adult" if grown else debtor.born_on


def _about(notice: rows.NoticeRow, case: int) -> str:
    return "all" if notice.debts == "[]" else "this" if notice.debts == f"[{case}]" else f"{case}:{notice.debts}"
