"""The words of a call: its steps, what each field asks, and the codes the adopted texts do not name themselves."""

from __future__ import annotations

from collectdesk.desk.call.question import Choice, Question
from collectdesk.errors import N_
from collectdesk.lang import _, pick
from collectdesk.show import words
from collectdesk.show.masking import mask_name

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Prep"), ("gate", "brief", "plan", "materials")),
    (N_("Dial"), ("permit", "line")),
    (N_("Open"), ("opening",)),
    (N_("Party"), ("party",)),
    (N_("Identity"), ("identity",)),
    (N_("Safety"), ("welfare",)),
    (N_("Tell"), ("disclosure",)),
    (N_("Talk"), ("discussion",)),
    (N_("Result"), ("result",)),
    (N_("Wrap"), ("wrapup",)),
)
"""What the progress row shows: stages, each of one or more steps."""

FIELDS = {
    "gate.warnings": N_("The gate warns; read it, then go on"),
    "brief.client": N_("The client"),
    "brief.debt": N_("The debt"),
    "brief.terms": N_("The contract terms"),
    "brief.history": N_("The contact history"),
    "plan.goal": N_("Goal of this call"),
    "plan.points": N_("Points to cover"),
    "plan.reactions": N_("Likely reactions"),
    "plan.own": N_("A reaction of your own => your strategy (Enter for none)"),
    "materials.materials": N_("The materials"),
    "permit.permit": N_("Ask for the permit and show the number"),
    "line.line": N_("How did the line end?"),
    "line.reason": N_("Why was it not dialled?"),
    "opening.opening": N_("Said"),
    "party.party": N_("Who is speaking?"),
    "party.person": N_("Which of those on file?"),
    "party.relation": N_("Relation to the debtor"),
    "party.basis": N_("On what basis may they know?"),
    "party.message": N_("Said; what did they answer?"),
    "party.reply": N_("Said"),
    "identity.id_last4": N_("Their answer (last four of the document)"),
    "identity.birth_date": N_("Their answer (date of birth)"),
    "identity.mobile_last4": N_("Their answer (last four of the mobile number)"),
    "identity.name": N_("Their answer (full name)"),
    "identity.contract_last4": N_("Their answer (last four of the reference)"),
    "identity.refusal": N_("Why did they refuse?"),
    "disclosure": N_("Said, next line"),
    "discussion.cause": N_("Why payment stopped"),
    "discussion.ability": N_("What they are able to do"),
    "discussion.attitude": N_("Their attitude"),
    "result.outcome": N_("Result of the talk"),
    "result.amount": N_("Amount promised"),
    "result.pay_on": N_("On which date"),
    "result.channel": N_("Through which channel"),
    "result.repeated": N_("Repeated and confirmed"),
    "result.number": N_("The number they gave (Enter for none)"),
    "result.callback_at": N_("Callback at (11-24 10:00, their time)"),
    "wrapup.closing": N_("Said"),
    "wrapup.ended_by": N_("Who ended the call?"),
    "wrapup.next_action": N_("What comes next?"),
    "wrapup.next_at": N_("When (11-24 10:00, their time)"),
    "wrapup.recording": N_("The recording"),
    "wrapup.reference": N_("Its reference"),
    "wrapup.note": N_("Note (categories, never details)"),
    "wrapup.note_words": N_("The note holds wording that needs care"),
    "emergency.said": N_("Safety first"),
    "emergency.kind": N_("What is happening?"),
    "emergency.content": N_("A word about it (Enter for none)"),
    "emergency.safe": N_("How does the call end safely?"),
    "welfare.said": N_("Said"),
    "welfare.found": N_("Are they safe?"),
    "complaint.said": N_("Said"),
    "complaint.category": N_("What is the complaint about?"),
    "complaint.about": N_("About whom?"),
    "complaint.whom": N_("Their staff number, if it is known"),
    "complaint.content": N_("In their words"),
    "objection.category": N_("What do they object to?"),
    "objection.content": N_("In their words"),
    "objection.answered": N_("Answered now, or owed?"),
    "objection.evidence": N_("What they offer as evidence (Enter for none)"),
    "objection.answer": N_("The answer given"),
    "objection.said": N_("Said"),
    "objection_answer.finding": N_("What did the check find?"),
    "objection_answer.ready": N_("Is there an answer?"),
    "objection_answer.answer": N_("The answer"),
    "objection_answer.told": N_("Said"),
    "objection_answer.settled": N_("Does that settle it for them?"),
    "objection_answer.content": N_("What they say to it, in their words"),
    "stop_contact.scope": N_("What is to stop?"),
    "stop_contact.said": N_("Said"),
    "stop_contact.content": N_("Their reason, if they gave one (Enter for none)"),
    "wrong_number.sure": N_("Retire this number for good?"),
    "wrong_number.said": N_("Said"),
    "end.why": N_("Why does it end?"),
    "end.said": N_("Said"),
    "end.times": N_("When is it convenient?"),
    "end.when": N_("Weekdays and hours (1-5 09:00-12:00) or dates (2026-12-01..2026-12-05)"),
}
"""What each field asks, by step and field; the disclosure's lines share one."""

CHOICES = {
    "help_there": N_("Help has arrived"),
    "superior_took_over": N_("My superior has taken over"),
    "somebody_with_them": N_("Somebody they trust is with them"),
    "calmed_down": N_("They have calmed down and say they are safe"),
    "they_hung_up": N_("They hung up; police or ambulance where in danger"),
    "line_lost": N_("The line broke; police or ambulance where in danger"),
    "is_safe": N_("They are safe"),
    "help_is_there": N_("Help is with them"),
    "somebody_is_with_them": N_("Somebody they trust is with them"),
    "help_is_needed": N_("Help is needed now"),
    "would_not_say": N_("They would not say"),
    "not_reached": N_("They could not be spoken to"),
    "not_recorded": N_("Somebody who is not on file"),
    "us": N_("We did"),
    "them": N_("They did"),
    "line": N_("The line broke"),
    "have_reference": N_("I have its reference"),
    "owed": N_("Owed, follows later"),
    "now": N_("Answered now"),
    "founded": N_("They are right"),
    "partly": N_("They are right in part"),
    "unfounded": N_("It is as stated"),
    "debtors_words": N_("These are the debtor's own words"),
    "our_words": N_("Ours; keep it, it is recorded"),
    "rewrite": N_("Write it anew"),
    "about_me": N_("About me"),
    "about_other_staff": N_("About another of our staff"),
    "about_company": N_("About the company"),
    "about_creditor": N_("About the creditor"),
    "times_not_said": N_("They did not say"),
    "times_barred": N_("They named times that do not suit"),
    "times_only": N_("They named the only times that suit"),
    "message_promised": N_("They will pass it on"),
    "details_given": N_("They gave a number or address"),
    "wont_pass_on": N_("They will not pass it on"),
    "refused": N_("They ask not to be called again"),
    "offers_to_pay": N_("They offer to pay"),
    "cannot_help": N_("They cannot help"),
    "died": N_("They say the debtor has died"),
    "incapable": N_("They say the debtor lacks capacity"),
    "minor": N_("They say the debtor is under age"),
    "other": N_("Something else"),
    "yes": N_("Yes"),
    "no": N_("No"),
}
OWED = {
    "objection.answered": N_("Owed: recorded with a date"),
    "objection_answer.finding": N_("Not checked yet"),
    "objection_answer.ready": N_("Not yet"),
}

REMIND = {
    "civil": N_("Civil, calm, in plain words"),
    "listen": N_("Let them finish"),
    "no_pressure": N_("State, do not press"),
    "on_topic": N_("No private details; a category is enough"),
    "calm": N_("Do not argue; close politely"),
    "authority": N_("Only with a written authority on file, in force"),
    "safety_first": N_("Safety first; no word about the debt"),
}
"""What manner asks for at a step (policy 6.2, 6.3, 7.4, 9.6)."""

MISSING = {
    "statement": N_("statement of amounts"),
    "statement_stale": N_("a statement recent enough"),
    "contract": N_("contract reference"),
    "channels": N_("designated payment channels"),
    "identity_items": N_("the two identity items"),
}

DOORS = {
    "emergency": N_("Emergency"),
    "complaint": N_("Complaint"),
    "objection": N_("Objection"),
    "stop_contact": N_("Stop contact"),
    "wrong_number": N_("Wrong number"),
    "end": N_("End call"),
}


def label(asked: Question) -> str:
    """What a question asks."""
    return _(FIELDS.get(f"{asked.step}.{asked.field}") or FIELDS.get(asked.step) or asked.field)


def choice(asked: Question, option: Choice) -> str:
    """A choice in words: a masked name, the adopted label, or ours."""
    if option.name:
        return mask_name(option.name)
    if option.label:
        return pick(option.label)
    if option.code == "owed" and f"{asked.step}.{asked.field}" in OWED:
        return _(OWED[f"{asked.step}.{asked.field}"])
    return _(CHOICES[option.code]) if option.code in CHOICES else option.code


def capital(table: dict[str, str], code: str) -> str:
    """A code by one of the tables here."""
    return _(table[code]) if code in table else code


def event_line(code: str | None) -> str:
    """How a line ended, in a history."""
    return words.word(words.LINES, code) if code else ""
