"""Whether an agreement is in force at a minute: the consents of the slow judge of small worlds (``oracle``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.gate.oracle import Minute, Scene, World

GROUPS: Mapping[str, str | None] = {"d1": None, "d2": "g", "d3": "g"}
"""The debts on file; those of one group count as one."""

SPOKE = ("answered", "dropped", "unknown")
"""Results at which somebody may have spoken."""


def consented(terms: World | None, world: World, where: Scene, now: Minute, debt: str | None = None) -> bool:
    """Whether any agreement opens a rule now, for one debt or for all asked about."""
    return terms is not None and any(holds(each, terms, world, where, now, debt) for each in world["consents"])


def made_under(terms: World, event: World, world: World, where: Scene, debt: str | None) -> bool:
    """Whether a call was made under an agreement that was in force then; what was said on it came later."""
    if event["direction"] == "in" or event["person"] != "debtor":
        return False
    then = {**world, "events": [each for each in world["events"] if each is not event]}
    return any(holds(each, terms, then, where, event["minute"], debt) for each in world["consents"])


def holds(consent: World, terms: World, world: World, where: Scene, now: Minute, debt: str | None) -> bool:
    """Whether one agreement does."""
    if terms["opens"] not in consent["opens"] or consent["by"] != "debtor":
        return False
    if terms.get("evidence", True) and not consent.get("evidence"):
        return False
    if consent.get("to", None if terms.get("direct") else "us") != "us":
        return False
    if not _covers(consent, world, debt):
        return False
    began = max(consent["given_at"], consent.get("from", 0))
    if now < began or not alive({key: consent.get(key) for key in ("until", "revoked_at")} | {"from": 0}, now):
        return False
    if not _within_life(consent, terms, where, now, began):
        return False
    if terms.get("ends_on_talk") and _talked_since(consent, world, now, debt):
        return False
    if consent.get("only") and not any(each["from"] <= now < each["to"] for each in consent["only"]):
        return False
    return not consent.get("weekly") or weekly(consent["weekly"], where.date[now], now, where.narrow)


def _within_life(consent: World, terms: World, where: Scene, now: Minute, began: Minute) -> bool:
    if "life_dates" not in terms:
        return True
    named = min((each["from"] for each in consent.get("only", ())), default=began)
    first = consent["given_at"] if terms.get("life_from") == "given" else max(began, named)
    return bool((where.date[now] - where.date[first]).days < terms["life_dates"])


def _covers(consent: World, world: World, debt: str | None) -> bool:
    if not consent.get("debts"):
        return True
    named = [each for each in GROUPS if any(same_debt(each, other, grouped=True) for other in consent["debts"])]
    return all(each in named for each in ([debt] if debt else world.get("debts") or GROUPS))


def same_debt(one: str, other: str, *, grouped: bool) -> bool:
    """Whether two are one debt, the group being one."""
    return one == other or (grouped and GROUPS[one] is not None and GROUPS[one] == GROUPS[other])


def _talked_since(consent: World, world: World, now: Minute, debt: str | None) -> bool:
    debts = [debt] if debt else world.get("debts") or list(GROUPS)
    return any(
        consent["given_at"] < each["minute"] <= now
        and (each["answered_by"] or each["person"]) == "debtor"
        and each.get("org") in (None, "us")
        and each.get("channel", "voice") in ("voice", "voice_notice")
        and each["line"] in SPOKE
        and not (each["person"] == "debtor" and "number" in each and each["number"] == world.get("wrong"))
        and each.get("talk") != "none"
        and any(concerns(each, one, grouped=True, allotted=False) for one in debts)
        for each in world["events"]
    )


def concerns(event: World, debt: str, *, grouped: bool, allotted: bool) -> bool:
    """Whether a contact is about a debt: it was allotted to it or it was discussed; with neither, to any."""
    named = [*event.get("debts", ())] if allotted else []
    named = named or [*event.get("debts", ()), *event.get("discussed", ())]
    return not named or any(same_debt(each, debt, grouped=grouped) for each in named)


def alive(entry: Mapping[str, Any], now: Minute) -> bool:
    """Whether something with a beginning, an end and a revocation stands now."""
    ends = [each for each in (entry.get("until"), entry.get("revoked_at")) if each is not None]
    return bool(entry.get("from", -1) <= now < min(ends, default=now + 1))


Stretch = Callable[[date, str, str], tuple[int, int]]


def weekly(entries: Sequence[World], day: date, now: Minute, stretch: Stretch) -> bool:
    """Whether now lies in one of the weekly times."""
    for each in entries:
        if each.get("days") and day.isoweekday() not in each["days"]:
            continue
        start, end = stretch(day, each["from"], each["to"])
        if start <= now < end:
            return True
    return False
