"""The slow judge of what people said and what was sent to them: holds, wishes, notices, parties, answers.

As ``oracle``: minute by minute, from the words of the rules, sharing no code with the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from tests.gate.oracle import Scene

World = Mapping[str, Any]
Minute = int
Open = Callable[[Minute], bool]
LONG_AGO = -(10**9)


def date_of(where: Scene, minute: Minute) -> date:
    """The local date of a minute, also of one before the scene."""
    if 0 <= minute < where.length:
        return where.date[minute]
    return (where.first + timedelta(minutes=minute)).astimezone(ZoneInfo(where.zone)).date()


# ---------------------------------------------------------------- answers


def answers(terms: World | None, world: World, where: Scene, now: Minute, is_open: Open, name: str) -> bool:
    """Whether the contact answers what the debtor began, in the same closed time, as the terms ask."""
    named = world.get("reply_to") or world.get("in_call")
    begun = next((each for each in world["events"] if each["id"] == named), None)
    if terms is None or begun is None or begun["direction"] != "in" or begun["person"] != world["person"]:
        return False
    if terms.get("same_medium", True) and begun["channel"] != "voice":
        return False
    if terms.get("same_number", True) and begun["number"] != world["number"]:
        return False
    if "within_dates" in terms:
        days = (date_of(where, now) - date_of(where, begun["minute"])).days
        if days >= terms["within_dates"]:
            return False
    if _is_over(begun, world) if not world.get("reply_to") else terms.get("once", True) and _is_answered(begun, world):
        return False
    if name not in world["memo"]:
        opens = next((n for n in range(begun["minute"], where.length) if is_open(n)), where.length)
        world["memo"][name] = opens, is_open  # which keeps the rule: no other has its place while this is remembered
    return bool(begun["minute"] <= now < world["memo"][name][0])


def _is_over(call: World, world: World) -> bool:
    """Whether a call is known to have ended."""
    later = [each for each in world["events"] if each["minute"] > call["minute"]]
    return bool(call.get("ended_by")) or any(each["person"] == call["person"] for each in later)


def _is_answered(begun: World, world: World) -> bool:
    """Whether a contact of ours says so, or may be the answer: one later, the same way, of which no more is known."""
    ours = [each for each in world["events"] if each["direction"] == "out"]
    return any(
        each["reply_to"] == begun["id"]
        if each.get("reply_to")
        else each["minute"] > begun["minute"]
        and each.get("purpose") is None
        and each["person"] in (None, begun["person"])
        and each["channel"] == begun["channel"]
        for each in ours
    )


# ---------------------------------------------------------------- how long things last


def over(term: World, began: Minute, where: Scene, now: Minute) -> bool:
    """Whether a term that began at ``began`` is over at ``now``."""
    start, today = date_of(where, began), date_of(where, now)
    first = start + timedelta(days=1) if term.get("first") == "next" else start
    if "dates" in term:
        return today >= first + timedelta(days=term["dates"])
    if term.get("year_end"):
        return today.year > start.year
    month = start.month - 1 + term["months"]
    year, month = start.year + month // 12, month % 12 + 1
    day = start.day
    while True:
        try:
            last = date(year, month, day)
            break
        except ValueError:
            day -= 1
    return today > last if term.get("first") == "next" else today >= last


# ---------------------------------------------------------------- holds


def hold(rule: World, world: World, where: Scene, now: Minute) -> bool:
    def is_open(minute: Minute) -> bool:
        return not any(_binds(each, rule, world, where, minute) for each in world["holds"])

    return is_open(now) or answers(rule.get("reply"), world, where, now, is_open, f"hold {id(rule)}")


def _binds(entry: World, rule: World, world: World, where: Scene, now: Minute) -> bool:
    kind = entry["kind"]
    if kind not in rule["kinds"] or not _alive(entry, rule, world, where, now):
        return False
    if kind == "attorney" and rule.get("counsel") == "known" and entry.get("counsel_known") is False:
        return False
    allowed = [*rule["kinds"][kind], *entry.get("allows", ())]
    if world["purpose"] not in allowed:
        return True
    most = rule.get("contacts", {}).get(kind)
    if most is None:
        return False
    made = [
        each
        for each in world["events"]
        if each["direction"] == "out"
        and each["person"] == world["person"]
        and each.get("purpose") in allowed
        and each["minute"] >= entry.get("received_at", LONG_AGO)
    ]
    return bool(len(made) >= most)


def _alive(entry: World, rule: World, world: World, where: Scene, now: Minute) -> bool:
    began = entry.get("received_at", LONG_AGO)
    if now < began or now >= min(entry.get("until", now + 1), entry.get("lifted_at", now + 1)):
        return False
    term = rule.get("lasts", {}).get(entry["kind"])
    if term and "until" not in entry and "received_at" in entry and over(term, began, where, now):
        return False
    if entry["kind"] not in rule.get("once", ()) or "cause" not in entry:
        return True
    order = list(world["holds"])
    same = [each for each in order if (each["kind"], each.get("cause")) == (entry["kind"], entry["cause"])]
    place = next(n for n, each in enumerate(order) if each is entry)
    before = [
        each
        for n, each in enumerate(order)
        if any(each is other for other in same) and (each.get("received_at", LONG_AGO), n) < (began, place)
    ]
    if not before:
        return True
    if len(before) > 1 or not rule.get("extendable") or "until" not in before[0] or "received_at" not in before[0]:
        return False
    first = before[0]
    end = min(first["until"], first.get("lifted_at", first["until"]))
    last = date_of(where, end - 1)
    again = last - date_of(where, first["received_at"]) + timedelta(days=1)
    return bool(first["received_at"] < end and began <= end and date_of(where, now) <= last + again)


# ---------------------------------------------------------------- wishes


def designation(rule: World, world: World, where: Scene, now: Minute) -> bool:
    def is_open(minute: Minute) -> bool:
        heard = _heard(rule, world, where, minute)
        return not _barred(heard, rule, world, where, minute) and _wanted(heard, world, where, minute)

    return is_open(now) or answers(rule.get("reply"), world, where, now, is_open, f"wish {id(rule)}")


def _heard(rule: World, world: World, where: Scene, now: Minute) -> list[World]:
    """What was designated and runs at ``now``, in the order of giving."""
    found = []
    for each in world["designations"]:
        timed = each.get("weekly") or each.get("dates")
        about = "time" if timed else "place" if each.get("place") else "medium"
        running = each.get("from", 0) <= now < min(each.get("until", now + 1), each.get("revoked_at", now + 1))
        if not running or (rule.get("about") and about not in rule["about"]):
            continue
        if rule.get("via") and each.get("via") is not None and each["via"] not in rule["via"]:
            continue
        if "until" not in each and "from" in each:
            life = next((life for life in rule.get("lasts", ()) if _of_this_life(life, each)), None)
            if life is not None and over(life["term"], each["from"], where, now):
                continue
        found.append(each)
    return sorted(found, key=lambda each: each.get("from", 0))


def _of_this_life(life: World, each: World) -> bool:
    return not life.get("via") or each.get("via") in life["via"]


def _touches(each: World, world: World) -> bool:
    return each.get("number") in (None, world["number"]) and each.get("channel") in (None, "voice")


def _barred(spoken: Sequence[World], rule: World, world: World, where: Scene, now: Minute) -> bool:
    heard = [each for each in spoken if each["kind"] == "barred"]
    timed = [each for each in heard if each.get("weekly") or each.get("dates")]
    untimed = [each for each in heard if each not in timed]
    quota = rule.get("quota")
    if quota:
        untimed = _channels_within(quota, untimed)
    if any(_touches(each, world) for each in untimed):
        return True
    hours = quota.get("hours_a_week") if quota else None
    day = where.date[now]
    for n, each in enumerate(timed):
        if not _touches(each, world):
            continue
        pieces = _pieces(each, day) if hours is None else _hours_within(quota or {}, timed, day, world)[n]
        for start, end in pieces:
            low, high = where.wide(day, _clock(start), _clock(end))
            if low <= now < high:
                return True
    return False


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _pieces(each: World, day: date) -> list[tuple[int, int]]:
    """The stretches of wall time a designation names on ``day``."""
    dates = each.get("dates")
    if dates and not dates["from"] <= day <= dates["until"]:
        return []
    weekly = each.get("weekly") or [{"from": "00:00", "to": "24:00"}]
    named = [stretch for stretch in weekly if not stretch.get("days") or day.isoweekday() in stretch["days"]]
    return [(_minute(stretch["from"]), _minute(stretch["to"])) for stretch in named]


def _hours_within(quota: World, timed: Sequence[World], day: date, world: World) -> list[list[tuple[int, int]]]:
    """For each designation its pieces on ``day`` that lie within the first so many hours of the week."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    hours, between = quota["hours_a_week"], quota.get("hours_between", ["00:00", "24:00"])
    key = f"quota {hours} {between} {monday} {[id(each) for each in timed]}"
    if key not in world["memo"]:
        kept: set[tuple[date, int]] = set()
        used: set[tuple[date, int]] = set()
        for each in timed:
            for when, minute in _in_order_of_giving(each, monday):
                if not _minute(between[0]) <= minute < _minute(between[1]):
                    kept.add((when, minute))
                elif len(used) < 60 * hours:
                    kept.add((when, minute))
                    used.add((when, minute))
        world["memo"][key] = kept
    kept = world["memo"][key]
    return [_runs({m for a, b in _pieces(each, day) for m in range(a, b) if (day, m) in kept}) for each in timed]


def _in_order_of_giving(each: World, monday: date) -> Iterator[tuple[date, int]]:
    dates = each.get("dates")
    for stretch in each.get("weekly") or [{"from": "00:00", "to": "24:00"}]:
        for day in (monday + timedelta(days=n) for n in range(7)):
            if stretch.get("days") and day.isoweekday() not in stretch["days"]:
                continue
            if dates and not dates["from"] <= day <= dates["until"]:
                continue
            yield from ((day, minute) for minute in range(_minute(stretch["from"]), _minute(stretch["to"])))


def _runs(minutes: set[int]) -> list[tuple[int, int]]:
    """A set of minutes as stretches without a gap."""
    starts = sorted(m for m in minutes if m - 1 not in minutes)
    ends = sorted(m + 1 for m in minutes if m + 1 not in minutes)
    return list(zip(starts, ends, strict=True))


def _channels_within(quota: World, untimed: Sequence[World]) -> list[World]:
    barred: list[str] = []
    kept = []
    for each in untimed:
        channel = each.get("channel") or ("voice" if each.get("number") else None)
        if channel is not None and channel not in barred:
            media = quota.get("media")
            if media and (channel not in media or len(media) - len(barred) - 1 < quota.get("leave", 0)):
                continue
            if len(barred) >= quota.get("channels", 99):
                continue
            if any({channel, other} == set(pair) for pair in quota.get("not_together", ()) for other in barred):
                continue
            barred.append(channel)
        kept.append(each)
    return kept


def _wanted(spoken: Sequence[World], world: World, where: Scene, now: Minute) -> bool:
    wanted = [each for each in spoken if each["kind"] == "only"]
    if not wanted:
        return True
    day = where.date[now]
    for each in wanted:
        if not _touches(each, world):
            continue
        if not each.get("weekly") and not each.get("dates"):
            return True
        for start, end in _pieces(each, day):
            low, high = where.narrow(day, _clock(start), _clock(end))
            if not each.get("weekly"):
                low, high = where.minutes_of[day][0], where.minutes_of[day][-1] + 1
            if low <= now < high:
                return True
    return False


# ---------------------------------------------------------------- notices


def notice_wait(rule: World, world: World, where: Scene, now: Minute) -> bool:
    debts = world["debts"] or ["d1", "d2", "d3"]
    return all(_free(debt, rule, world, where, now) for debt in debts)


def _free(debt: str, rule: World, world: World, where: Scene, now: Minute) -> bool:
    days = [_sent_on(each, debt, rule, world, where, now) for each in world["notices"]]
    standing = [day for day in days if day is not None]
    if not standing:
        return bool(rule.get("missing") == "pass")
    return any(_waited(day, rule, world, where, now) for day in standing)


def _sent_on(notice: World, debt: str, rule: World, world: World, where: Scene, now: Minute) -> date | None:
    if notice["kind"] not in rule["notices"] or (notice["debts"] and debt not in notice["debts"]):
        return None
    known = [notice[each] for each in ("sent_at", "received_at") if each in notice]
    sort = rule.get("counted_from", "sent")
    if not known or (sort == "received" and "received_at" not in notice):
        return None
    sent = notice["received_at"] if sort == "received" else max(known) if sort == "later" else known[0]
    day = date_of(where, sent)
    if rule.get("since_placed") and "placed_at" in world and day < date_of(where, world["placed_at"]):
        return None
    back = notice.get("returned_at", now + 1) <= now
    still_makes_wait = rule.get("missing") == "pass" and not _waited(day, rule, world, where, now)
    return day if sent <= now and (not back or still_makes_wait) else None


def _waited(day: date, rule: World, world: World, where: Scene, now: Minute) -> bool:
    today = date_of(where, now)
    passed = 0
    day += timedelta(days=1)
    while day < today or (rule.get("on_last") and day == today):
        kind = world["days"].get(day) or ("workday" if day.isoweekday() <= 5 else "rest_day")
        passed += not rule.get("business") or kind in ("workday", "makeup_workday")
        day += timedelta(days=1)
    return bool(passed >= rule["days"])


def notice_stop(rule: World, world: World, where: Scene, now: Minute) -> bool:
    def is_open(minute: Minute) -> bool:
        return not any(_stops(each, rule, world, minute) for each in world["notices"])

    return is_open(now) or answers(rule.get("reply"), world, where, now, is_open, f"stop {id(rule)}")


def _stops(notice: World, rule: World, world: World, now: Minute) -> bool:
    came = notice.get("received_at", notice.get("sent_at", LONG_AGO))
    about = not notice["debts"] or not world["debts"] or set(notice["debts"]) & set(world["debts"])
    return bool(notice["kind"] in rule["notices"] and about and came <= now < notice.get("returned_at", now + 1))


# ---------------------------------------------------------------- parties


def party(rule: World, world: World, _where: Scene, now: Minute) -> bool:
    role = world["roles"][world["person"]]
    return any(role in way["roles"] and _admits(way, world, now) for way in rule["admit"])


def _admits(way: World, world: World, now: Minute) -> bool:
    if way.get("purposes") and world["purpose"] not in way["purposes"]:
        return False
    if "agreed" in way.get("needs", ()) and not world["agreed"]:
        return False
    if "most" not in way:
        return True
    past = [each for each in world["events"] if _reached(each, world["person"])]
    if len(past) < way["most"]:
        return True
    last = max((each["minute"] for each in past), default=LONG_AGO)
    again = way.get("again", ())
    asked = "asked" in again and any(
        each["id"] == world.get("reply_to")
        and each["direction"] == "in"
        and each["person"] == world["person"]
        and last < each["minute"] <= now
        for each in world["events"]
    )
    told = "answer_wrong" in again and last < world.get("found_wrong", LONG_AGO) <= now
    return bool(asked or told)


def _reached(event: World, person: str) -> bool:
    """Whether the person was on the line, or a message was left for them."""
    if event["direction"] == "in" or person not in (event["person"], event.get("answered_by")):
        return False
    if event["line"] == "answered":
        return event.get("answered_by") in (None, person)
    return event["line"] == "voicemail" and event["person"] == person and event.get("message") != "none"


PEOPLE: Mapping[str, Callable[[World, World, Any, Minute], bool]] = {
    "hold": hold,
    "designation": designation,
    "notice_wait": notice_wait,
    "notice_stop": notice_stop,
    "party": party,
}
