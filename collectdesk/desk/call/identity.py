"""Step 9, identity (policy article 5.1): the creditor's two items, typed as heard, compared by the desk.

The comparison takes constant time, the stored value never leaves it, and what was typed is not kept: only whether it
was right. Three wrong answers end it. Until it passes, no line that speaks of the debt can be rendered.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from datetime import date
from typing import NoReturn

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.identity_result import ASKED_OF, TRIES, expected, identity, items, speaker
from collectdesk.desk.call.party import NOT_RECORDED
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import NONE, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.errors import N_, BadData
from collectdesk.store.tables import Call as CallRow

NAME = "identity"
RIGHT, WRONG, REFUSED = "right", "wrong", "refused"
_DATE = re.compile(r"(\d{4})(?:(\d\d)(\d\d)|\D+(\d{1,2})\D+(\d{1,2})\D*)")
_DIGITS = 4


def applies(call: Call) -> bool:
    """Whether somebody who may be verified is speaking, on a call on which the debt may come up."""
    return not call.protects and call.party_kind in ASKED_OF and call.word("party", "person") != NOT_RECORDED


def asks(call: Call) -> Question | None:
    """The next item, while identity is neither proved nor lost."""
    if not call.connected or over(call) or not applies(call):
        return None
    if identity(call) is not None:
        return _why_refused(call)
    item = next((each for each in items(call) if RIGHT not in call.every(NAME, each)), None)
    if item is None:
        return None
    wrong = sum(call.every(NAME, each).count(WRONG) for each in items(call))
    more = {"item": call.library.item(item, call.language), "tries_left": str(TRIES - wrong)}
    return Question(
        step=NAME,
        field=item,
        kind="text",
        tries=(wrong + 1, TRIES),
        say=lock.say_all(call, NAME, more, ("identity.ask",)),
    )


def _why_refused(call: Call) -> Question | None:
    if identity(call) != REFUSED or call.given(NAME, "refusal") is not None:
        return None
    return Question(step=NAME, field="refusal", kind="choice", options=call.library.choices("party_refusal"))


def take(call: Call, question: Question, value: Plain) -> Taken:
    """Right, wrong or refused; the last answer writes the result to the call.

    Raises:
        BadData: what was typed cannot be such an item; it costs no try.
    """
    if question.field == "refusal":
        return Taken(value=value, fixed=True)
    text = str(value)
    mark = REFUSED if text in (NONE, REFUSED) else (RIGHT if _matches(call, question.field, text) else WRONG)

    def write(pen: Pen) -> None:
        pen.journal(f"call.identity.{mark}", f"call:{call.id}", after={"item": question.field})

    return Taken(value=mark, effects=(write, _result), fixed=True)


def _result(pen: Pen) -> None:
    """Keep the result as it stands with this answer."""
    result = identity(pen.call)
    if result is not None:
        who = speaker(pen.call)
        values = {"identity": result} | ({"person": who.person} if who and result == "verified" else {})
        pen.change(CallRow, pen.call.id, "call.identity", **values)


def _matches(call: Call, item: str, typed: str) -> bool:
    who = speaker(call)
    folded = fold(item, typed)
    if who is None:
        return False
    if item == "mobile_last4":
        tails = [line.number[-_DIGITS:] for line in call.case.numbers if line.person == who.person]
        same = [_same(folded, tail) for tail in tails]  # every one is compared
        return any(same)
    known = expected(call, who, item)
    return known is not None and _same(folded, known)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _no_date() -> NoReturn:
    raise BadData("not_a_birth_date", N_("A birth date is typed as 1990-01-31; - if they refuse."))


def fold(item: str, typed: str) -> str:
    """What was typed, in the form it is stored in.

    Raises:
        BadData: it is not of the kind asked for.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if item == "name":
        return re.sub(r"\s", "", text).casefold()
    if item == "birth_date":
        found = _DATE.fullmatch(text)
        try:
            return date(*map(int, filter(None, found.groups()))).isoformat() if found else _no_date()
        except ValueError:
            return _no_date()
    tail = re.sub(r"[\s-]", "", text).upper()
    if len(tail) != _DIGITS or not tail.isalnum():
        raise BadData("not_four", N_("Type the four characters that were said; - if they refuse."))
    return tail
