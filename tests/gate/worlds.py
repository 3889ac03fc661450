"""Random small worlds and rules, for the properties: described once, told to the gate and to the oracle alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from collectdesk.gate import Calendar, Facts, Rulebook, compile_calendar, compile_rulebook, convert_dial
from collectdesk.gate.clock import clock_for
from collectdesk.gate.kinds import Ground
from collectdesk.gate.solver import Standpoint
from tests.gate.oracle import AFTER, BEFORE, Scene, scene

SCENES = [
    ("Asia/Shanghai", "2026-03-10"),
    ("Asia/Shanghai", "2024-02-29"),  # leap day
    ("Asia/Shanghai", "2026-12-31"),  # year's end
    ("Asia/Shanghai", "1991-09-15"),  # China's last summer time ends
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Europe/London", "2026-03-29"),
    ("Europe/London", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-04-05"),  # half an hour
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Pacific/Apia", "2011-12-30"),  # a date that never was
    ("Pacific/Apia", "2012-04-01"),
    ("America/Santiago", "2026-04-05"),  # 24:00 becomes 23:00
    ("America/Santiago", "2026-09-06"),  # 00:00 becomes 01:00
    ("Asia/Beirut", "2026-03-29"),
    ("Asia/Beirut", "2026-10-25"),
    ("America/Havana", "2026-11-01"),  # midnight comes twice
    ("Pacific/Chatham", "2026-04-05"),  # three quarters of an hour
    ("Asia/Kathmandu", "2026-02-28"),
]
QUARTERS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30, 45)] + ["24:00"]
LINES = ["answered", "no_answer", "busy", "voicemail", "unknown", "void_number", "dropped", "not_dialled"]
WORDS = {"title": {"en": "a"}, "cite": {"en": "b"}, "status": "house", "confidence": "V"}

Json = dict[str, Any]

scenes = st.sampled_from(SCENES).map(lambda each: scene(*each))
moments = st.integers(BEFORE - 1440, BEFORE + 1440)
"""When a question is asked: within a day of the middle of the scene."""
later = st.integers(BEFORE - 4320, BEFORE + AFTER - 1440)
"""When something begins or ends: from a few days before to the end of the scene."""
wall_times = st.sampled_from(QUARTERS) | st.sampled_from([*QUARTERS[:13], *QUARTERS[92:]])
"""Any quarter of an hour, and more often those at which clocks are changed."""
purposes = st.sampled_from(["collect", "remind", "callback"])


@st.composite
def stretches(draw: st.DrawFn, days: str = "days") -> Json:
    """A stretch of wall time on some weekdays."""
    start, end = sorted(draw(st.lists(wall_times, min_size=2, max_size=2, unique=True)))
    return {days: draw(st.lists(st.integers(1, 7), max_size=5, unique=True)), "from": start, "to": end}


def _optional(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({}, optional=parts)


@st.composite
def events(draw: st.DrawFn, asked: int) -> list[Json]:
    """What happened before the question, some of it only minutes before."""
    ago = st.one_of(st.integers(0, 400), st.integers(0, BEFORE - 1440))
    found = []
    for number, minutes in enumerate(draw(st.lists(ago, max_size=7))):
        found.append(
            {
                "id": f"e{number}",
                "minute": asked - minutes,
                "line": draw(st.sampled_from(LINES)),
                "direction": draw(st.sampled_from(["out", "out", "out", "in"])),
                "person": draw(st.sampled_from(["debtor", "debtor", "debtor", "somebody-else"])),
                "answered_by": draw(st.sampled_from(["debtor", None, "wife"])),
            }
        )
    return found


@st.composite
def designations(draw: st.DrawFn, place: Scene) -> Json:
    """A time or number that is barred or wanted, for a while."""
    entry = draw(
        _optional(**{"from": later, "until": later, "revoked_at": later, "number": st.sampled_from(["n1", "n2"])})
    )
    if draw(st.booleans()):
        entry["weekly"] = draw(st.lists(stretches(), min_size=1, max_size=2))
    if draw(st.integers(0, 3)) == 0:
        day = place.date[draw(later)]
        entry["dates"] = {"from": day, "until": day + timedelta(days=draw(st.integers(0, 3)))}
    return {"kind": draw(st.sampled_from(["barred", "only"])), **entry}


@st.composite
def consents(draw: st.DrawFn) -> Json:
    """An agreement, mostly a good one."""
    consent = draw(_optional(**{"from": later, "until": later, "revoked_at": later}))
    if draw(st.booleans()):
        start = draw(later)
        consent["only"] = [{"from": start, "to": start + draw(st.integers(1, 3000))}]
    if draw(st.integers(0, 2)) == 0:
        consent["weekly"] = draw(st.lists(stretches(), min_size=1, max_size=2))
    return {
        "opens": draw(st.sampled_from([["hours"], ["cap"], ["hours", "cap", "rest"]])),
        "by": draw(st.sampled_from(["debtor", "debtor", "debtor", "wife"])),
        "given_at": draw(later),
        "evidence": draw(st.sampled_from(["letter", "letter", "letter", None])),
        **consent,
    }


@st.composite
def holds(draw: st.DrawFn) -> Json:
    """A hold with or without an end."""
    entry = draw(_optional(received_at=later, until=later, lifted_at=later, allows=st.lists(purposes, max_size=1)))
    return {"kind": draw(st.sampled_from(["promise", "complaint", "plan"])), **entry}


@st.composite
def worlds(draw: st.DrawFn, place: Scene) -> Json:
    """Everything on file about one debtor, and when the question is asked."""
    asked = draw(moments)
    dates = sorted(place.minutes_of)
    kinds = st.sampled_from(["statutory_holiday", "announced_holiday", "makeup_workday"])
    return {
        "asked": asked,
        "number": "n1",
        "purpose": draw(purposes),
        "events": draw(events(asked)),
        "designations": draw(st.lists(designations(place), max_size=3)),
        "consents": draw(st.lists(consents(), max_size=2)),
        "holds": draw(st.lists(holds(), max_size=2)),
        "days": draw(st.dictionaries(st.sampled_from(dates), kinds, max_size=8)),
    }


def _terms(opens: str) -> st.SearchStrategy[Json]:
    lives = _optional(life_dates=st.integers(1, 2))
    return lives.map(lambda life: {"opens": opens, **life})


def _measures(*names: str) -> st.SearchStrategy[list[Json]]:
    return st.sampled_from(names).map(lambda name: [{"of": name}])


windows = st.one_of(
    st.builds(lambda n: {"dates": n}, st.integers(1, 4)),
    st.builds(lambda n: {"minutes": n}, st.integers(1, 4000)),
    st.builds(lambda n: {"calendar": "week", "week_starts": n}, st.integers(1, 7)),
    st.just({"calendar": "month"}),
)
lengths = st.one_of(
    st.builds(lambda n: {"minutes": n}, st.integers(1, 4000)), st.builds(lambda n: {"dates": n}, st.integers(1, 4))
)
day_kinds = st.lists(
    st.sampled_from(["statutory_holiday", "announced_holiday", "makeup_workday", "workday", "rest_day"]),
    max_size=3,
    unique=True,
)


def _rule(kind: str, required: Json, optional: Json | None = None) -> st.SearchStrategy[Json]:
    named = st.fixed_dictionaries({"kind": st.just(kind), **required}, optional=optional or {})
    return named.map(lambda rule: rule | rule.pop("length", {}))


RULES: dict[str, st.SearchStrategy[Json]] = {
    "hours": _rule(
        "hours",
        {"open": st.lists(stretches("weekdays"), min_size=1, max_size=3)},
        {"closing_minutes": st.integers(0, 40), "consent": _terms("hours")},
    ),
    "closed_days": _rule(
        "closed_days",
        {"day_kinds": day_kinds, "weekdays": st.lists(st.integers(1, 7), max_size=2)},
        {"consent": _terms("hours")},
    ),
    "cap": _rule(
        "cap",
        {
            "limit": st.integers(1, 3),
            "window": windows,
            "count": _measures("dial", "answered", "unanswered"),
            "per": st.just(["person"]),
        },
        {"consent": _terms("cap")},
    ),
    "gap": _rule("gap", {"length": lengths, "after": _measures("dial", "unanswered"), "per": st.just(["person"])}),
    "rest": _rule(
        "rest",
        {"length": lengths, "after": _measures("answered"), "per": st.just(["person"])},
        {"consent": _terms("rest")},
    ),
    "designation": _rule("designation", {}),
    "consent": _rule("consent", {"terms": _terms("hours")}),
    "hold": _rule("hold", {"kinds": st.just({"promise": ["remind"], "complaint": []})}),
}


def told(world: Json, place: Scene) -> Json:
    """The world as the decision contract words it."""
    return {
        "at": place.iso(world["asked"]),
        "zones": [{"zone": place.zone}],
        "dial": {"person": "debtor", "number": world["number"], "channel": "voice", "purpose": world["purpose"]},
        "persons": [{"id": "debtor", "role": "debtor"}],
        "events": [_event(each, place) for each in world["events"]],
        "designations": [
            _dated(each, place, f"g{n}") | {"by": "debtor"} for n, each in enumerate(world["designations"])
        ],
        "consents": [_dated(each, place, f"c{n}") | {"via": "writing"} for n, each in enumerate(world["consents"])],
        "holds": [_dated(each, place, f"h{n}") for n, each in enumerate(world["holds"])],
    }


def _event(event: Json, place: Scene) -> Json:
    rest = {key: value for key, value in event.items() if key != "minute"}
    return {**rest, "at": place.iso(event["minute"]), "kind": "call", "channel": "voice"}


def _dated(entry: Json, place: Scene, name: str) -> Json:
    wire: Json = {"id": name}
    for key, value in entry.items():
        if key == "dates":
            wire[key] = {edge: day.isoformat() for edge, day in value.items()}
        elif key == "only":
            wire[key] = [{edge: place.iso(minute) for edge, minute in each.items()} for each in value]
        else:
            wire[key] = place.iso(value) if isinstance(value, int) else value
    return wire


def calendar(world: Json, place: Scene) -> Calendar:
    """The world's days as a confirmed calendar."""
    days = [{"date": day.isoformat(), "kind": kind, "name": {}} for day, kind in world["days"].items()]
    first, last = min(place.date).year - 1, max(place.date).year + 2
    years = [
        {
            "schema": "collectdesk.calendar/1",
            "region": "XX",
            "year": year,
            "version": "1",
            "confirmed": True,
            "confirmed_through": f"{last}-12-31",
            "source": {},
            "days": [each for each in days if each["date"].startswith(str(year))],
        }
        for year in range(first, last + 1)
    ]
    return compile_calendar(years)


def rulebook(*rules: Json, name: str = "book", **fields: Any) -> Rulebook:
    """Rules as a rulebook."""
    named = [{"id": f"r{number}", **WORDS, **rule} for number, rule in enumerate(rules)]
    return compile_rulebook(
        {
            "id": name,
            "version": "1",
            "title": {"en": "t"},
            "source": {"en": "s"},
            "calendar": "XX",
            "rule": named,
            **fields,
        }
    )


def standpoint(rule: Json, world: Json, place: Scene) -> Standpoint:
    """The rule as the solver asks it, from where the scene is."""
    return Standpoint(rulebook(rule).rule[0], Ground(clock_for(place.zone), calendar(world, place), {}))


def facts(world: Json, place: Scene) -> Facts:
    """The world as the gate indexes it."""
    return Facts(convert_dial(told(world, place)))
