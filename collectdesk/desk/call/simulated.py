"""A simulated call partner (模拟债务人): what a made-up debtor would answer, and what a careful collector would type.

Only practice and rehearsal use it; it answers from the case on a practice desk, where nobody is real.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct

from collectdesk.desk.booking import may_book
from collectdesk.desk.call.identity_result import expected, speaker
from collectdesk.desk.call.question import ACK, NONE, Question
from collectdesk.desk.call.state import Call
from collectdesk.errors import N_, InternalProblem

FIRST_SHARE = 5
"""A promise is for a fifth of what is owed, or the least the house takes."""
DAYS_AHEAD = 5

COOPERATIVE: Mapping[str, str] = {
    "line.line": "answered",
    "party.party": "debtor",
    "discussion.cause": "income_reduced",
    "discussion.ability": "part_now",
    "discussion.attitude": "cooperative",
    "result.outcome": "promise",
    "wrapup.ended_by": "us",
    "wrapup.next_action": "await_payment",
    "wrapup.recording": "owed",
}
TYPED = {"zh_CN": "练习中记下的话", "en": "as said in the rehearsal"}
"""What is typed where words are asked for."""


class Persona(Struct, frozen=True):
    """Somebody to talk to: what they answer where there is a choice; ``knows`` their own identity items.

    ``may_know``: whether the debt may be told to them. ``door``: the side door that what they say calls for.
    ``temper``: whose words of ``tempers`` they speak in, if anybody's.
    """

    code: str
    answers: Mapping[str, str]
    knows: bool = True
    may_know: bool = True
    door: str | None = None
    temper: str | None = None


PERSONAS: Mapping[str, Persona] = {
    each.code: each
    for each in (
        Persona("cooperative", COOPERATIVE),
        Persona("no_answer", {"line.line": "no_answer", "wrapup.next_action": "redial"}),
        Persona(
            "refuses_identity",
            {
                **COOPERATIVE,
                "identity": NONE,
                "identity.refusal": "suspects_fraud",
                "result.outcome": "identity_not_proved",
                "wrapup.next_action": "write_letter",
            },
            may_know=False,
        ),
        Persona(
            "relative",
            {
                **COOPERATIVE,
                "party.party": "third_party",
                "party.relation": "parent",
                "party.basis": "none",
                "party.message": "message_promised",
                "wrapup.next_action": "redial",
            },
            may_know=False,
        ),
        Persona("complains", {**COOPERATIVE, "complaint.category": "frequency"}, door="complaint"),
        Persona("in_danger", {**COOPERATIVE, "emergency.kind": "self_harm"}, door="emergency"),
        Persona(
            "disputes", {**COOPERATIVE, "objection.category": "amount", "objection.answered": "owed"}, door="objection"
        ),
        Persona("refuses_to_pay", {**COOPERATIVE, "result.outcome": "refusal", "wrapup.next_action": "to_lead"}),
        Persona("polite", COOPERATIVE, temper="polite"),
        Persona("talkative", {**COOPERATIVE, "discussion.attitude": "hesitant"}, temper="talkative"),
        Persona(
            "angry",
            {
                **COOPERATIVE,
                "discussion.cause": "not_said",
                "discussion.ability": "not_said",
                "discussion.attitude": "upset",
                "result.outcome": "no_agreement",
                "wrapup.next_action": "to_lead",
            },
            temper="angry",
        ),
        Persona(
            "silent",
            {
                **COOPERATIVE,
                "discussion.cause": "not_said",
                "discussion.ability": "unclear",
                "discussion.attitude": "guarded",
                "result.outcome": "no_agreement",
                "wrapup.next_action": "redial",
            },
            temper="silent",
        ),
        Persona(
            "tearful",
            {
                **COOPERATIVE,
                "discussion.cause": "income_lost",
                "discussion.ability": "instalments",
                "discussion.attitude": "willing_unable",
                "result.outcome": "plan_request",
                "wrapup.next_action": "propose_plan",
            },
            temper="tearful",
        ),
        Persona(
            "evasive",
            {
                **COOPERATIVE,
                "discussion.cause": "not_said",
                "discussion.ability": "unclear",
                "discussion.attitude": "hesitant",
                "result.outcome": "no_agreement",
                "wrapup.next_action": "redial",
            },
            temper="evasive",
        ),
    )
}


def reply(call: Call, asked: Question, persona: Persona) -> str:
    """What is typed at a question of a call with ``persona``.

    Raises:
        InternalProblem: nobody would know what to answer.
    """
    named = persona.answers.get(f"{asked.step}.{asked.field}") or persona.answers.get(asked.step)
    if named is not None and (asked.kind != "choice" or named in {each.code for each in asked.options}):
        return named
    if asked.kind == "ack":
        return ACK
    if asked.step == "identity" and asked.kind == "text":
        return identity_item(call, asked.field) if persona.knows else "0000"
    if asked.kind in ("choice", "choices"):
        return ",".join(each.code for each in asked.options[: max(1, asked.least)])
    return _typed(call, asked)


def _typed(call: Call, asked: Question) -> str:
    today = call.case.today(call.now)
    if asked.kind == "amount":
        assert call.case.statement is not None
        return str(max(call.case.left // FIRST_SHARE // 100, 1))
    if asked.kind == "date":
        return (today + timedelta(days=DAYS_AHEAD)).isoformat()
    if asked.kind == "instant":
        hooks = call.hooks  # read in a snapshot of its own: the call's transaction is over by now
        asked_at = call.now + 2 * 86_400
        opens = may_book(hooks.office, call.case.id, asked_at, person=hooks.person, number=hooks.number).next_allowed_at
        if opens is not None:
            return call.hooks.local(opens + 60)
    if not asked.required:
        return NONE
    if asked.kind == "text":
        return TYPED["en" if call.language == "en" else "zh_CN"]
    raise InternalProblem("nobody_knows", N_("The simulated partner has no answer here."))


def identity_item(call: Call, item: str) -> str:
    """What the made-up person would give for an identity item."""
    who = speaker(call) or call.case.debtor
    if item == "mobile_last4":
        return next((line.number[-4:] for line in call.case.numbers if line.person == who.person), "0000")
    return expected(call, who, item) or "0000"
