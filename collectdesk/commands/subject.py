"""Whom a verdict is about, as the face shows it: names and numbers still unmasked, for it masks them itself."""

from __future__ import annotations

from collectdesk.desk.case_files import CaseFiles
from collectdesk.desk.facts import Contact
from collectdesk.show.verdict import Subject


def subject_of(files: CaseFiles, contact: Contact, lawful: str = "") -> Subject:
    """The person called, the number, and the debt; ``lawful``: the purpose, other than collecting, of a lawful call."""
    case = files.cases[contact.case]
    held = files.numbers.get(contact.person, ())
    creditor = files.orgs.get(case.creditor)
    return Subject(
        case=case.code,
        name=files.persons[contact.person].name,
        number=next((row.number for row in held if row.id == contact.number), ""),
        creditor=creditor.name if creditor else "",
        product=case.product or "",
        days_past_due=files.days_past_due(contact.case, contact.at),
        zone=files.clock_of(contact.case).name,
        lawful=lawful,
        person="" if contact.person == case.debtor else f"p{contact.person}",
    )
