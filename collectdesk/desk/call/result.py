"""Step 12, the result: what the talk achieved, apart from line, party and identity; no default for any of the four.

A promise is held to the house's limits, a callback to the gate, payment to designated channels (articles 7.3, 9.4,
9.5, 8).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from collectdesk.desk.call import limits, lock, new_number, objection_answer
from collectdesk.desk.call.casefile import Amounts
from collectdesk.desk.call.doorway import outcome_of_doors, over
from collectdesk.desk.call.flags import flagged
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, Choice, Plain, Question
from collectdesk.desk.call.state import Call, result_code
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.promises import terms
from collectdesk.store.tables import Call as CallRow
from collectdesk.store.tables import Callback, Promise

NAME: Literal["result"] = "result"
ANSWERED = "objection_answered"
"""The outcome of a call on which an objection's answer was told."""
PROMISE = ("amount", "pay_on", "channel")


def asks(call: Call) -> Question | None:
    """The outcome, then what belongs to it. Where a side door was the outcome, nothing more is asked."""
    if not call.connected or call.protects or outcome_of_doors(call) is not None:
        return None
    outcome = result_code(call)
    if outcome is None:
        return Question(step=NAME, field="outcome", kind="choice", options=_outcomes(call))
    code = call.library.code(NAME, outcome)
    if code.needs_promise:
        return _promise(call)
    if code.takes_number and new_number.source(call) and call.given(NAME, new_number.FIELD) is None:
        return Question(step=NAME, field=new_number.FIELD, kind="text", required=False)
    if code.needs_callback and call.given(NAME, "callback_at") is None:
        return Question(step=NAME, field="callback_at", kind="instant")
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """One field, checked against its limits.

    Raises:
        BadData: a promise beyond the house's limits.
        BlockedByGate: a callback at an instant that would not be lawful.
    """
    if question.field == "outcome":
        return _outcome(call, str(value))
    if question.field == new_number.FIELD:
        return new_number.take(call, str(value))
    if question.field == "callback_at":
        assert isinstance(value, int)
        limits.callback(call, value)
        return Taken(value=value, effects=(_book(call, value),), fixed=True)
    if question.field == "amount":
        assert isinstance(value, int)
        limits.promised_amount(call, value)
    elif question.field == "pay_on":
        limits.promised_date(call, str(value))
    elif question.field == "repeated":
        return Taken(value=value, effects=(_promised(call),), fixed=True)
    return Taken(value=value)


def _outcomes(call: Call) -> tuple[Choice, ...]:
    """What may have come of the talk; once it is over no promise can be repeated any more, so none is taken (8.2)."""
    fitting = call.library.choices(NAME, call.said)
    told = objection_answer.told(call)
    return tuple(
        each
        for each in fitting
        if not (over(call) and call.library.code(NAME, each.code).needs_promise) and (told or each.code != ANSWERED)
    )


def _outcome(call: Call, outcome: str) -> Taken:
    if call.library.code(NAME, outcome).needs_promise:
        limits.may_promise(call)

    def write(pen: Pen) -> None:
        pen.change(CallRow, call.id, "call.outcome", outcome=outcome)

    raised = flagged(call, NAME, outcome)
    return Taken(value=outcome, effects=(write, *raised), fixed=bool(raised), door=call.library.door(outcome))


def _promise(call: Call) -> Question | None:
    field = next((each for each in PROMISE if call.given(NAME, each) is None), None)
    if field == "amount":
        return Question(
            step=NAME, field=field, kind="amount", currency=stated(call).currency, pane=limits.promise_pane(call)
        )
    if field == "pay_on":
        return Question(step=NAME, field=field, kind="date", pane=limits.promise_pane(call))
    if field == "channel":
        options = tuple(
            Choice(each.code, label={"zh_CN": each.label_zh, "en": each.label_en}) for each in call.case.channels
        )
        return Question(step=NAME, field=field, kind="choice", options=options)
    if call.given(NAME, "repeated") == ACK:
        return None
    return Question(
        step=NAME, field="repeated", kind="ack", say=lock.say_known(call, "promise", limits.promise_words(call))
    )


def stated(call: Call) -> Amounts:
    """The statement in force; the materials made sure of it."""
    assert call.case.statement is not None
    return call.case.statement


def _promised(call: Call) -> Effect:
    amount, pay_on, channel = (call.given(NAME, field) for field in PROMISE)

    def write(pen: Pen) -> None:
        agreed = terms.terms(date.fromisoformat(str(pay_on)), pen.at, call.case.zone, call.library.house.promise)
        debtor, staff = call.case.debtor.person, call.hooks.office.staff
        holds = terms.rest(pen.connection, agreed, debtor=debtor, case=call.case.id, at=pen.at, by=staff)
        pen.add(
            Promise,
            "promise.made",
            case_id=call.case.id,
            call=call.id,
            by_person=limits.speaking(call).person,
            amount=amount,
            currency=stated(call).currency,
            pay_on=pay_on,
            channel=channel,
            status="open",
            at=pen.at,
            by_staff=call.collector.id,
            last_on=agreed.last_on.isoformat(),
            lapses_at=agreed.lapses_at,
            remind_at=agreed.remind_at,
            holds=holds,
        )

    return write


def _book(call: Call, due_at: int) -> Effect:
    def write(pen: Pen) -> None:
        pen.add(
            Callback,
            "callback.booked",
            case_id=call.case.id,
            call=call.id,
            person=limits.speaking(call).person,
            number=call.number,
            due_at=due_at,
            purpose="callback",
            status="open",
            collector=call.collector.id,
            at=pen.at,
        )

    return write
