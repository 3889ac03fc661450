"""What may be agreed on a call: promises within the house's limits (9.4), callbacks only when the gate allows (8)."""

from __future__ import annotations

from datetime import date, timedelta

from collectdesk.desk.call import identity_result
from collectdesk.desk.call.casefile import Party
from collectdesk.desk.call.question import Pane, PaneRow
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.variables import day, money
from collectdesk.errors import N_, BadData, BlockedByGate


def speaking(call: Call) -> Party:
    """Who is on the line, as far as it is somebody on file."""
    return identity_result.speaker(call) or call.called


def may_promise(call: Call) -> None:
    """Refuse a further promise after too many broken ones.

    Raises:
        BadData: the house takes no more.
    """
    broken = broken_promises(call)
    if broken >= call.library.house.promise.most_broken:
        raise BadData(
            "promises_broken",
            N_("{broken} promises were broken; the house takes no further one."),
            hint=N_("Propose a plan for approval, or record another result."),
            broken=broken,
        )


def promised_amount(call: Call, minor: int) -> None:
    """Hold the amount to the statement and to the least share the house takes.

    Raises:
        BadData: too little, or more than is owed.
    """
    if not 0 < minor <= call.case.left:
        raise BadData(
            "promise_too_much",
            N_("A promise is for an amount above zero and not above what is owed: {left}."),
            left=_shown(call, call.case.left),
        )
    least = least_promised(call)
    if minor < least:
        raise BadData(
            "promise_too_little",
            N_("A promise is for {percent} % of what is owed or more: at least {least} of {left}."),
            hint=N_("A smaller amount is a plan, and needs approval."),
            percent=call.library.house.promise.least_percent,
            least=_shown(call, least),
            left=_shown(call, call.case.left),
        )


def promised_date(call: Call, text: str) -> None:
    """Hold the date to today and the days ahead the house takes.

    Raises:
        BadData: it is past, or too far ahead.
    """
    today, last = call.case.today(call.now), last_promised(call)
    if not today <= date.fromisoformat(text) <= last:
        raise BadData(
            "promise_date",
            N_("A promise is for a date from today to {last}."),
            hint=N_("A later date is an extension, and needs approval."),
            last=last.isoformat(),
        )


def least_promised(call: Call) -> int:
    """The least amount the house takes as a promise, in minor units, rounded up."""
    return -(-call.case.left * call.library.house.promise.least_percent // 100)


def last_promised(call: Call) -> date:
    """The last local date the house takes a promise for."""
    return call.case.today(call.now) + timedelta(days=call.library.house.promise.most_days)


def broken_promises(call: Call) -> int:
    """How many promises on the case were broken."""
    return sum(each.status == "broken" for each in call.case.promises)


def promise_pane(call: Call) -> Pane:
    """What is owed, and what the house takes of it as a promise: to be seen while one is agreed (article 9.4)."""
    stated, limits = call.case.statement, call.library.house.promise
    rows = [
        PaneRow("left", "amount", call.case.left, currency=stated.currency if stated else ""),
        PaneRow("least_promised", "amount", least_promised(call), currency=stated.currency if stated else ""),
        PaneRow("last_promised", "date", last_promised(call).isoformat()),
        PaneRow("broken_promises", "both", {"broken": broken_promises(call), "of": limits.most_broken}),
    ]
    return Pane("promise_limits", tuple(rows))


def _shown(call: Call, minor: int) -> str:
    """An amount for whoever is at the desk."""
    currency = call.case.statement.currency if call.case.statement else ""
    return money(minor, currency, call.hooks.office.lang)


def callback(call: Call, at: int) -> None:
    """Refuse a callback the gate would refuse: there is no exempt path.

    Raises:
        BadData: it lies in the past.
        BlockedByGate: it would not be lawful then.
    """
    if at <= call.now:
        raise BadData("callback_past", N_("A callback is booked for a time that is still to come."))
    opens = call.hooks.may_book(at)
    if opens != at:
        when = call.hooks.local(opens) if opens is not None else ""
        raise BlockedByGate(
            "callback_unlawful",
            N_("No callback can be booked for that time."),
            hint=N_("The first lawful time after it is {time}.") if when else "",
            time=when,
        )


def promise_words(call: Call) -> dict[str, str]:
    """What a promise's sentence needs."""
    stated, lang = call.case.statement, call.language
    amount, pay_on = call.given("result", "amount"), call.word("result", "pay_on")
    code = call.word("result", "channel")
    channel = next((each for each in call.case.channels if each.code == code), None)
    if stated is None or not isinstance(amount, int) or pay_on is None or channel is None:
        return {}
    words = {
        "amount": money(amount, stated.currency, lang),
        "pay_on": day(pay_on, lang),
        "channel": channel.label_en if lang == "en" else channel.label_zh,
    }
    rest = call.case.left - amount
    return words | ({"rest": money(rest, stated.currency, lang)} if rest else {})
