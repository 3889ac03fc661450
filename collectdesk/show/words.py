"""The contract's codes as words a person reads; JSON keeps the codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collectdesk.errors import N_
from collectdesk.lang import current, translate

ROLES = {
    "debtor": N_("debtor"),
    "co_debtor": N_("co-debtor"),
    "guarantor": N_("guarantor"),
    "spouse": N_("spouse"),
    "parent": N_("parent"),
    "guardian": N_("guardian"),
    "heir": N_("heir"),
    "agent": N_("authorised agent"),
    "attorney": N_("attorney"),
    "contact": N_("contact person"),
    "employer": N_("employer"),
    "bureau": N_("credit bureau"),
    "creditor": N_("creditor"),
    "other": N_("other person"),
}

PURPOSES = {
    "collect": N_("collection"),
    "remind": N_("reminder"),
    "callback": N_("callback"),
    "answer_request": N_("answer to a request"),
    "answer_objection": N_("answer to an objection"),
    "answer_complaint": N_("answer to a complaint"),
    "locate": N_("finding the debtor"),
    "legal_notice": N_("legal notice"),
    "litigation": N_("litigation"),
    "resume_dropped": N_("resuming a dropped call"),
    "prevent_harm": N_("preventing harm"),
    "safety": N_("safety"),
}

SECTIONS = {
    "law": N_("law"),
    "business": N_("business"),
    "communication": N_("communication"),
    "ethics": N_("ethics"),
    "house_rules": N_("house rules"),
}
"""The sections of a course."""

FINDINGS = {
    "founded": N_("the debtor is right"),
    "partly": N_("the debtor is right in part"),
    "unfounded": N_("it is as stated"),
}

DIAL_FINDINGS = {
    "no_permit": N_("dial without a permit"),
    "other_number": N_("another number than permitted"),
    "no_dial": N_("permit without a dial"),
    "result": N_("ended otherwise than recorded"),
    "duration": N_("another length than recorded"),
    "no_inbound": N_("answered call the desk did not take"),
    "no_incoming": N_("incoming call without a record"),
}

HOLDS = {
    "cease": N_("asked for no further contact"),
    "attorney": N_("represented by an attorney"),
    "dispute": N_("dispute"),
    "objection": N_("objection open"),
    "complaint": N_("complaint open"),
    "plan": N_("payment plan running"),
    "promise": N_("promise not yet due"),
    "hardship": N_("hardship under review"),
    "moratorium": N_("moratorium"),
    "disaster": N_("disaster relief"),
    "bereavement": N_("bereavement"),
    "debt_adjustment": N_("debt adjustment"),
    "bankruptcy": N_("bankruptcy"),
    "litigation": N_("in court"),
    "deceased": N_("deceased"),
    "incapacity": N_("without legal capacity"),
    "minor": N_("minor"),
    "settled": N_("settled"),
    "recalled": N_("recalled by the creditor"),
    "contact_refused": N_("contact person refused"),
    "emergency": N_("emergency"),
    "other": N_("other reason"),
}

DAY_KINDS = {
    "workday": N_("workday"),
    "rest_day": N_("rest day"),
    "announced_holiday": N_("announced holiday"),
    "statutory_holiday": N_("statutory holiday"),
    "makeup_workday": N_("make-up workday"),
    "unknown": N_("unknown day"),
}

MEASURES = {
    "dial": N_("dials"),
    "connected": N_("connections"),
    "unanswered": N_("unanswered dials"),
    "answered": N_("answered calls"),
    "talk": N_("talks"),
    "contact": N_("contacts"),
    "touch": N_("contacts of any kind"),
}

CHANNELS = {
    "voice": N_("telephone"),
    "voice_notice": N_("recorded voice notice"),
    "text": N_("text message"),
    "email": N_("email"),
    "letter": N_("letter"),
    "app": N_("message in the app"),
    "visit": N_("visit"),
}

OPENS = {
    "hours": N_("calls in closed hours"),
    "cap": N_("more calls than the limit"),
    "rest": N_("a call within the rest"),
    "place": N_("calls to this place"),
    "channel": N_("this channel"),
    "number": N_("this number"),
    "contact": N_("direct contact"),
    "workplace": N_("calls to the workplace"),
    "employer": N_("contact with the employer"),
}

NAMED = {
    "time": N_("this time"),
    "place": N_("this place"),
    "number": N_("this number"),
    "channel": N_("this channel"),
}
"""What a wish to be contacted otherwise speaks of."""

RELEASERS = {
    "debtor": N_("the debtor"),
    "third_party": N_("that person"),
    "lead": N_("a lead"),
    "admin": N_("an administrator"),
    "creditor": N_("the creditor"),
    "attorney": N_("the attorney"),
    "import": N_("an import"),
}

FACTS = {
    "number.listed": N_("whose number it is"),
    "number.owner": N_("who has the number"),
    "number.source": N_("where the number came from"),
    "number.status": N_("the state of the number"),
    "number.confirmed": N_("when the number was confirmed"),
    "person.adult": N_("full age"),
    "person.capacity": N_("legal capacity"),
    "person.alive": N_("whether the person is alive"),
    "person.agreed": N_("whether the person agreed to be contacted"),
    "debt.status": N_("the state of the debt"),
    "debt.due": N_("the due day"),
    "debt.payable": N_("the due day"),
    "debt.statement": N_("statement of amounts"),
    "collector.standing": N_("the collector's qualification"),
    "collector.recordings": N_("recordings of the collector's calls"),
    "history.others": N_("calls by other organisations"),
    "history.same_day": N_("contacts recorded on their own day"),
    "place.zone": N_("local time"),
    "org.licensed": N_("the company's licence"),
    "notice.collection_start": N_("notice that collection begins"),
    "notice.validation": N_("validation notice"),
    "notice.debt": N_("written notice of the debt"),
    "notice.outsourcing": N_("notice of outsourcing"),
    "notice.assignment": N_("notice of assignment"),
    "notice.adverse_credit": N_("notice before adverse credit reporting"),
    "notice.dispute_and_sue": N_("notice that the debt is disputed and may be sued for"),
}

SOURCES = {
    "contract": N_("the contract"),
    "application": N_("the application"),
    "authorisation": N_("the debtor's authorisation"),
    "public": N_("a public source"),
    "told_by_contact": N_("told by a reserved contact"),
    "bureau_authorised": N_("a bureau, with authorisation"),
    "debtor": N_("the debtor's own word"),
    "unknown": N_("unknown: it is not called"),
}
"""Where a number came from."""

WHY = {
    "dialled": N_("dialled"),
    "connected": N_("connected"),
    "answered": N_("answered in person"),
    "contact": N_("message or visit"),
    "touch": N_("contact"),
    "message_left": N_("message left"),
    "dropped": N_("dropped"),
    "no_answer": N_("no answer"),
    "rejected": N_("rejected"),
    "busy": N_("busy"),
    "switched_off": N_("switched off"),
    "unreachable": N_("unreachable"),
    "suspended": N_("suspended number"),
    "void_number": N_("number does not exist"),
    "voicemail": N_("voicemail"),
    "voicemail_full": N_("voicemail full"),
    "ringless": N_("never rang"),
    "carrier_blocked": N_("blocked by the carrier"),
    "network_failed": N_("network failed"),
    "not_dialled": N_("not dialled"),
    "unknown_line": N_("result unknown"),
    "unknown_who_answered": N_("unknown who answered"),
    "other_person_answered": N_("someone else answered"),
    "other_person": N_("another person"),
    "other_channel": N_("other channel"),
    "other_number": N_("other number"),
    "other_creditor": N_("other creditor"),
    "other_debt": N_("other debt"),
    "other_organisation": N_("other organisation"),
    "other_sort": N_("another sort of contact"),
    "other_place": N_("another place"),
    "left_out": N_("left out by the text"),
    "under_consent": N_("made under a consent"),
    "before_first_talk": N_("before the first talk"),
    "inbound": N_("inbound"),
    "outbound": N_("outbound"),
    "automated": N_("automated"),
    "not_automated": N_("by hand"),
    "wrong_number": N_("wrong number"),
    "not_a_call": N_("not a call"),
    "no_words": N_("no words exchanged"),
    "too_short": N_("too short"),
    "permit": N_("permit in use"),
}
LINES = {**WHY, "answered": N_("answered"), "unknown": WHY["unknown_line"]}
"""How a line ended; who it was that answered is another question, settled by the identity."""


def listed(items: Iterable[str], lang: str | None = None) -> str:
    """``items`` one after the other: ``a, b``, in Chinese ``a、b``."""
    return (", " if (lang or current()) == "en" else "、").join(items)


def bracketed(text: str, lang: str | None = None) -> str:
    """``text`` in brackets behind what stands before it: `` (text)``, in Chinese ``（text）``; nothing for nothing."""
    if not text:
        return ""
    return f" ({text})" if (lang or current()) == "en" else f"（{text}）"


def word(table: Mapping[str, str], code: object, lang: str | None = None) -> str:
    """The word for ``code``; the code itself where the table has none."""
    return translate(table.get(str(code), str(code)), lang or current())
