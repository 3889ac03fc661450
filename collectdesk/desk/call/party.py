"""Step 8, who answered (policy article 5): the debtor, an agent, another who owes, somebody else, or a wrong number.

With anyone else the relation *and* the basis for knowing are recorded, before they hear more than a third party may.
"""

from __future__ import annotations

from collectdesk.desk.call import lock, third_party
from collectdesk.desk.call.casefile import AGENTS, OBLIGORS, Party
from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.question import ACK, Choice, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken

NAME = "party"
NOT_RECORDED = "not_recorded"
NO_AUTHORITY = "party.no_authority"
"""What is said to somebody who calls themselves an agent and has no authority on file: how to send it."""
ANSWERS = choices(*third_party.OUTCOMES)


def asks(call: Call) -> Question | None:
    """Who it is; which of those on file; or relation and basis."""
    if not call.connected or over(call):
        return None
    party = call.party_kind
    if party is None:
        options = call.library.choices("party", {"line": "answered"})
        return Question(step=NAME, field=NAME, kind="choice", options=options, say=lock.say_known(call, NAME))
    if party in ("agent", "obligor") and call.given(NAME, "person") is None:
        mind = ("authority",) if party == "agent" else ()
        return Question(step=NAME, field="person", kind="choice", options=_known(call, party), remind=mind)
    if party == "agent" and call.word(NAME, "person") == NOT_RECORDED:
        return _closing_words(call, NO_AUTHORITY)
    if party == "third_party" and not call.protects:
        return _third_party(call)
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """Who it is. Somebody who is not on file is a third party, whatever they say of themselves."""
    if question.field == NAME and call.library.party_kind(str(value)) == "wrong_number":
        return Taken(value=value, fixed=True, door="wrong_number")
    if question.field == third_party.FIELD:
        answer = str(value)
        effects, unsaid = third_party.effects(call, answer), answer in third_party.CUT_SHORT
        return Taken(value=value, effects=effects, fixed=True, unsaid=unsaid)
    return Taken(value=value, fixed=True)


def candidates(call: Call, party: str) -> tuple[Party, ...]:
    """Those on file who can be that: agents with an authority in force, others who owe."""
    if party == "agent":
        return tuple(each for each in call.case.parties if each.role in AGENTS and each.authorised(call.now))
    return tuple(each for each in call.case.parties if each.role in OBLIGORS)


def _known(call: Call, party: str) -> tuple[Choice, ...]:
    known = tuple(Choice(f"p{each.person}", each.name) for each in candidates(call, party))
    return (*known, Choice(NOT_RECORDED))


def _third_party(call: Call) -> Question | None:
    if call.given(NAME, "relation") is None:
        return Question(step=NAME, field="relation", kind="choice", options=call.library.choices("relation"))
    if call.given(NAME, "basis") is None:
        return Question(step=NAME, field="basis", kind="choice", options=call.library.bases())
    answered = third_party.answered(call)
    if lock.hearer(call) == "anyone" and answered is None:
        lines = lock.say_known(call, "third_party")
        return Question(step=NAME, field=third_party.FIELD, kind="choice", options=ANSWERS, say=lines)
    return _reply(call, answered)


def _reply(call: Call, answered: str | None) -> Question | None:
    """The words that end it: one refusal is final, and a death is met with sympathy."""
    return _closing_words(call, third_party.REPLIES.get(answered or ""))


def _closing_words(call: Call, line: str | None) -> Question | None:
    if line is None or call.given(NAME, "reply") == ACK or line not in call.library.purposes:
        return None
    return Question(step=NAME, field="reply", kind="ack", say=(lock.say(call, line),))
