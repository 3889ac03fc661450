"""Whether a letter may be made (函件放行): whose it is to send, in what words, to whom, and what the gate says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.call.casefile import AGENTS, OBLIGORS, CaseFile, Party
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.notices.templates import Template, forbidden
from collectdesk.desk.standing import standing_of
from collectdesk.errors import N_, BadData, BlockedByGate, NotFound, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.gate.dial import Standing
    from collectdesk.store.case_rows import Ask

OF_LEADS = ("assignment", "adverse_credit", "dispute_and_sue")
"""Letters that change what the debtor may expect of the law: whoever decides makes them."""
ADMITTED = ("vetting", "confidentiality", "suspended")
"""What may be missing of anybody's standing that keeps them from a debtor's file altogether."""
A_DAY = 86_400


def require_sender(office: Office, template: Template) -> None:
    """Go on only if it is this company's letter, and whoever is signed in may make it.

    Raises:
        NotPermitted: another's letter, or one for whoever decides.
    """
    if template.kind in OF_LEADS:
        office.require_role(*DECIDING)
    if office.company.kind in template.senders:
        return
    raise NotPermitted(
        "not_our_letter",
        N_("This notice is for the {senders} to send, not for this company."),
        hint=N_("Once it was sent, a lead logs it with what shows it: `collectdesk notice outside`."),
        senders=" / ".join(template.senders),
    )


def require_clean(session: Session, template: Template, at: int) -> None:
    """Go on only if the template says nothing that the word lists bar.

    Raises:
        BadData: it does.
    """
    hits = forbidden(template, adoption.wordings(session, at))
    if hits:
        raise BadData(
            "template_wording",
            N_("The template {name} says at {place} what the word lists bar."),
            hint=N_("Word it otherwise, then adopt it again."),
            name=template.id,
            place=hits[0][0],
        )


def addressee(case: CaseFile, to: str, at: int) -> Party:
    """Whoever it goes to: the debtor, who owes beside them, or an agent whose authority is on file.

    Raises:
        NotFound: nobody of that id or role belongs to the case.
        NotPermitted: they may not read of the debt.
    """
    if to in ("debtor", f"p{case.debtor.person}"):
        return case.debtor
    party = next((each for each in case.parties if to in (f"p{each.person}", each.role)), None)
    if party is None:
        raise NotFound(
            "no_such_person",
            N_("Nobody of that id or role belongs to this case."),
            hint=N_("`collectdesk case show` lists the people of a case with their ids."),
        )
    if party.role not in OBLIGORS and not (party.role in AGENTS and party.authorised(at)):
        raise NotPermitted(
            "letter_not_for_them",
            N_("That person may not read of the debt."),
            hint=N_("A letter goes to the debtor, to who owes beside them, or to an agent whose authority is on file."),
        )
    return party


def ask_the_gate(
    office: Office, session: Session, case: CaseFile, party: Party, template: Template, way: str, at: int
) -> None:
    """Go on only if the gate lets them be written to now; the notice itself counts as given.

    Raises:
        BlockedByGate: it does not.
    """
    import msgspec

    from collectdesk.desk.case_files import read_files
    from collectdesk.desk.checking import gate_in_force
    from collectdesk.desk.facts import Contact, dial_for
    from collectdesk.gate import Instant
    from collectdesk.gate.dial import Notice
    from collectdesk.store.case_rows import driver_of, one_case

    ask = driver_of(session.connection())
    channel = "letter" if way == "hand" else way
    contact = Contact(case.id, party.person, None, at, purpose="legal_notice", channel=channel)
    dial = dial_for(read_files(ask, one_case(case.id)), contact, _standing(office, ask, at), office.lang)
    itself = Notice(kind=template.kind, debts=(case.code,), sent_at=Instant(at))
    decision = gate_in_force(ask, at).decide(msgspec.structs.replace(dial, notices=(*(dial.notices or ()), itself)))
    if not decision.allowed:
        raise BlockedByGate(
            "letter_refused",
            N_("The gate does not let this letter be sent: {rules}."),
            hint=N_("`collectdesk rules show RULEBOOK` has their words."),
            rules=", ".join(block.rule for block in decision.blocks),
        )


def _standing(office: Office, ask: Ask, at: int) -> Standing:
    """How whoever makes it stands: a collector as for a call, for it is a contact of the debtor.

    Those who decide need not be examined as callers (policy article 13.1 asks that before the first call): they speak
    with nobody, and every word is the adopted template's (9.3). But they see the file and answer for it: so they are
    vetted, have signed the confidentiality pledge and are not suspended.
    """
    from msgspec.structs import replace

    from collectdesk.gate import Instant

    whole = standing_of(ask, office.staff.id, at)
    if office.staff.role not in DECIDING:
        return whole
    missing = tuple(each for each in whole.missing or () if each.partition(":")[0] in ADMITTED)
    until = whole.qualified_until or (None if missing else Instant(at + A_DAY))
    return replace(whole, missing=missing, qualified_until=until)
