"""What counts, and how much room is left: caps, pauses and channels of the slow judge of small worlds (``oracle``).

Every question is answered for one minute from the list of what happened, in the order of the words of a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tests.gate.oracle_consents import GROUPS, concerns, consented, made_under

if TYPE_CHECKING:
    from tests.gate.oracle import Minute, Scene, World

NOT_REACHED = ["busy", "switched_off", "unreachable", "suspended", "void_number", "carrier_blocked", "network_failed"]
NOT_REACHED += ["not_dialled"]
NOBODY_ANSWERED = ["no_answer", "rejected", "voicemail", "voicemail_full", "ringless", *NOT_REACHED]
PLACES = {"n1": "home", "n2": "work"}
SPEECH = ("voice", "voice_notice")


def cap(rule: World, world: World, where: Scene, now: Minute) -> bool:
    """Whether there is room by every window for every debt, or somebody agreed, or it is itself left out."""
    full = _full_on(rule, world, where, now)
    refused = [debt for debt in full if not consented(rule.get("consent"), world, where, now, debt)]
    return not refused or _asked_is_left_out(rule, world)


def _full_on(rule: World, world: World, where: Scene, now: Minute) -> Sequence[str | None]:
    """The debts without room."""
    windows = [rule["window"], *rule.get("or_window", ())]

    def full() -> Sequence[str | None]:
        return [
            debt
            for debt in _debts(rule, world)
            if any(len(counted(rule, world, where, now, debt, each)) >= rule["limit"] for each in windows)
        ]

    dated = not any("minutes" in each or "ever" in each for each in windows)
    return _once_a_date(rule, world, where, now, full) if dated else full()


def counted(rule: World, world: World, where: Scene, now: Minute, debt: str | None, window: World) -> Sequence[World]:
    """The contacts of the window that count for a debt."""
    inside = [n for n, each in enumerate(world["events"]) if in_window(window, where, each["minute"], now)]
    return _counting(rule, world, where, debt, inside)


def pause(rule: World, world: World, where: Scene, now: Minute) -> bool:
    """Whether no pause is running for any debt, or somebody agreed, or it is itself left out."""
    resting = _resting_on(rule, world, where, now)
    refused = [debt for debt in resting if not consented(rule.get("consent"), world, where, now, debt)]
    return not refused or _asked_is_left_out(rule, world)


def _resting_on(rule: World, world: World, where: Scene, now: Minute) -> Sequence[str | None]:
    """The debts a pause runs for."""

    def resting() -> Sequence[str | None]:
        running = [
            n
            for n, each in enumerate(world["events"])
            if (
                now - each["minute"] < rule["minutes"]
                if "minutes" in rule
                else (where.date[now] - where.date[each["minute"]]).days < rule["dates"]
            )
        ]
        if not running:
            return ()
        return [debt for debt in _debts(rule, world) if _counting(rule, world, where, debt, running)]

    return resting() if "minutes" in rule else _once_a_date(rule, world, where, now, resting)


def _once_a_date(
    rule: World, world: World, where: Scene, now: Minute, found: Callable[[], Sequence[str | None]]
) -> Sequence[str | None]:
    """What goes by dates alone is worked out once for each; a world's events are not changed while it is asked."""
    key = (id(rule), id(world), id(where), where.date[now])
    if key not in _by_date:
        if len(_by_date) > 1_000:
            _by_date.clear()
        _by_date[key] = rule, world, where, found()
    return _by_date[key][-1]


_by_date: dict[tuple[object, ...], tuple[World, World, Scene, Sequence[str | None]]] = {}
_known: dict[tuple[object, ...], Sequence[World]] = {}
_alive: list[tuple[World, World]] = []
"""What was found before, with the rules and worlds it was counted for, so that none of them is taken for another."""


def _counting(rule: World, world: World, where: Scene, debt: str | None, numbers: Sequence[int]) -> Sequence[World]:
    """Those of the contacts ``numbers`` that count for a debt; worked out once for each handful of contacts."""
    key = (id(rule), id(world), debt, *numbers)
    if key not in _known:
        if len(_known) > 50_000:
            _known.clear()
            _alive.clear()
        _alive.append((rule, world))
        _known[key] = _count([world["events"][n] for n in numbers], rule, world, where, debt)
    return _known[key]


def _count(events: Sequence[World], rule: World, world: World, where: Scene, debt: str | None) -> Sequence[World]:
    ways = rule.get("count") or rule["after"]
    counting = [each for each in events if any(counts(each, count, rule, world, debt) for count in ways)]
    if "after_first" in rule:
        of_the_first = {**rule, "per": rule.get("after_first_per") or rule["per"]}
        whose = debt if {"debt", "group"} & set(of_the_first["per"]) else None
        firsts = [
            each["minute"]
            for each in world["events"]
            if any(counts(each, count, of_the_first, world, whose) for count in rule["after_first"])
        ]
        counting = [each for each in counting if firsts and each["minute"] > min(firsts)]
    before = [
        each
        for each in world["events"]
        if each not in counting and any(counts(each, count, rule, world, None) for count in ways)
    ]
    return _without_left_out(rule, sorted(counting, key=lambda each: each["minute"]), before, world, where, debt)


def one_channel(rule: World, world: World, where: Scene, now: Minute) -> bool:
    """Whether nobody was reached for by another way than the telephone in the window."""
    return not any(
        in_window(rule["window"], where, each["minute"], now)
        and each.get("channel", "voice") not in SPEECH
        and any(counts(each, count, rule, world, debt) for count in rule["count"])
        for each in world["events"]
        for debt in _debts(rule, world)
    )


def _debts(rule: World, world: World) -> Sequence[str | None]:
    """The debts each of which is counted for by itself."""
    return (world.get("debts") or list(GROUPS)) if {"debt", "group"} & {*rule["per"]} else [None]


def counts(event: World, count: World, rule: World, world: World, debt: str | None) -> bool:
    """Whether a contact counts by one measure, for a debt."""
    channel = event.get("channel", "voice")
    if channel not in count.get("channels", ["voice"]) or count.get("direction", "out") not in (
        event["direction"],
        "any",
    ):
        return False
    if count.get("orgs") == "own" and event.get("org") not in (None, "us"):
        return False
    if event["person"] == "debtor" and event.get("number") is not None and event["number"] == world.get("wrong"):
        return False
    if "only" in count and not _perhaps(event, count["only"]):
        return False
    if "number" in rule["per"] and event.get("number") not in (None, world["number"]):
        return False
    if (
        "place" in rule["per"]
        and PLACES.get(event.get("number", ""), PLACES[world["number"]]) != PLACES[world["number"]]
    ):
        return False
    if "channel" in rule["per"] and channel not in SPEECH:
        return False
    grouped, allotted = "group" in rule["per"], count.get("about") == "allotted"
    if debt is not None and not concerns(event, debt, grouped=grouped, allotted=allotted):
        return False
    return _measures(event, count["of"], "person" in rule["per"])


def _measures(event: World, measure: str, of_the_debtor: bool) -> bool:
    line, by, meant = event["line"], event["answered_by"], event["person"]
    if (
        of_the_debtor
        and meant == "somebody-else"
        and (measure not in ("answered", "talk", "contact") or by != "debtor")
    ):
        return False
    if measure == "touch":
        return True
    if event.get("channel", "voice") not in SPEECH:
        return measure == "contact"
    whom = "debtor" if of_the_debtor else meant
    nobody, themselves = line in NOBODY_ANSWERED, by in (None, whom)
    if measure == "dial":
        return True
    if measure == "connected":
        return line not in NOT_REACHED
    if measure == "unanswered":
        return nobody or line == "unknown" or by != whom
    if measure == "contact" and nobody:
        left = event.get("message")
        return left in ("limited", "naming_debt") or (left is None and line in ("voicemail", "ringless"))
    return not nobody and themselves and (measure != "talk" or event.get("talk") != "none")


def _perhaps(event: World, sort: World) -> bool:
    """Whether nothing known of the event says that it is of another sort."""
    return all(value in (None, "unknown") or value in wanted for value, wanted in _asked_of(event, sort))


def _surely(event: World, sort: World) -> bool:
    """Whether everything asked is known of it, and fits."""
    return all(value in wanted for value, wanted in _asked_of(event, sort))


def _asked_of(event: World, sort: World) -> list[tuple[object, Sequence[object]]]:
    values = {
        "lines": event["line"],
        "purposes": event.get("purpose"),
        "talks": event.get("talk"),
        "places": PLACES.get(event.get("number", "")),
        "reply": "reply_to" in event,
    }
    return [(values[key], wanted if key != "reply" else [wanted]) for key, wanted in sort.items() if key in values]


def _without_left_out(
    rule: World,
    counting: Sequence[World],
    before: Sequence[World],
    world: World,
    where: Scene,
    debt: str | None,
) -> list[World]:
    """What is left of those that count; the earliest are left out, as many as the text allows in any stretch.

    What counted ``before`` the window may have answered a request already.
    """
    kept = list(counting)
    for exclusion in rule.get("excluding", ()):
        if exclusion.get("speaks_of") == "asked" or exclusion.get("undetermined"):
            continue
        out: list[World] = []
        for event in kept:
            within = [
                each
                for each in out
                if "window" in exclusion and in_window(exclusion["window"], where, each["minute"], event["minute"])
            ]
            same_sort = [each for each in before if each["minute"] < event["minute"] and _surely(each, exclusion)]
            answers = [each.get("reply_to") for each in [*out, *same_sort]]
            answered = exclusion.get("each_request") and event.get("reply_to") in answers
            if _surely(event, exclusion) and len(within) < exclusion.get("limit", 1) and not answered:
                out.append(event)
        kept = [each for each in kept if not any(each is one for one in out)]
    terms = rule.get("consent")
    if terms and terms.get("made_under") == "left_out":
        kept = [each for each in kept if not made_under(terms, each, world, where, debt)]
    return kept


def _asked_is_left_out(rule: World, world: World) -> bool:
    """Whether the contact asked about is one the text leaves out whatever came before (none with a limit is drawn)."""
    asked = {"line": None, "purpose": world["purpose"]}
    if world.get("reply_to"):
        asked["reply_to"] = world["reply_to"]
    requests = [each for each in world["events"] if each["id"] == world.get("reply_to")]
    begun = any(
        "debtor" in (each["person"], each["answered_by"])
        and (each["direction"] == "in" or each.get("talk") in ("brief", "conversation"))
        for each in requests
    )
    return any(
        each.get("speaks_of") in ("asked", "both")
        and "limit" not in each
        and not each.get("undetermined")
        and _surely(asked, each)
        and (begun or "reply" not in each)
        for each in rule.get("excluding", ())
    )


def in_window(window: World, where: Scene, happened: Minute, now: Minute) -> bool:
    """Whether what happened then still counts now."""
    if window.get("ever"):
        return happened <= now
    if "minutes" in window:
        return bool(now - happened < window["minutes"])
    then, today = where.date[happened], where.date[now]
    if "dates" in window:
        return bool((today - then).days < window["dates"])
    if "months" in window:
        return today < _a_month_after(then)
    if window["calendar"] == "month":
        return (then.year, then.month) == (today.year, today.month)
    return then in _week_until(today, window["week_starts"])


@cache
def _week_until(today: date, starts: int) -> Sequence[date]:
    return [today - timedelta(days=n) for n in range((today.isoweekday() - starts) % 7 + 1)]


@cache
def _a_month_after(day: date) -> date:
    """The like date of the next month, or the first of the one after where that month lacks it."""
    later = day + timedelta(days=1)
    while later.day != day.day and not (
        later.day == 1 and (later.year * 12 + later.month) - (day.year * 12 + day.month) > 1
    ):
        later += timedelta(days=1)
    return later
