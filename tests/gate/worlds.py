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
from tests.gate.oracle_consents import GROUPS
from tests.gate.oracle_counts import PLACES

CHANGES = [
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
    ("America/Havana", "2025-11-02"),  # midnight came twice
    ("Pacific/Chatham", "2026-04-05"),  # three quarters of an hour
]
"""Dates on which the clocks of a zone are changed."""
SCENES = [
    ("Asia/Shanghai", "2026-03-10"),
    ("Asia/Shanghai", "2024-02-29"),  # leap day
    ("Asia/Shanghai", "2026-12-31"),  # year's end
    *CHANGES,
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
def events(draw: st.DrawFn, asked: int, name: str = "e") -> list[Json]:
    """What happened before the question, some of it only minutes before; ids begin with ``name``."""
    ago = st.one_of(st.integers(0, 400), st.integers(0, BEFORE - 1440))
    found = []
    for number, minutes in enumerate(draw(st.lists(ago, max_size=7))):
        found.append(
            {
                "id": f"{name}{number}",
                "minute": asked - minutes,
                "line": draw(st.sampled_from(LINES)),
                "direction": draw(st.sampled_from(["out", "out", "out", "in"])),
                "person": draw(st.sampled_from(["debtor", "debtor", "debtor", "somebody-else"])),
                "answered_by": draw(st.sampled_from(["debtor", None, "wife"])),
                **draw(particulars),
            }
        )
    return found


_debts = st.lists(st.sampled_from(["d1", "d2", "d3"]), max_size=2, unique=True)
particulars: st.SearchStrategy[Json] = st.just({}) | st.fixed_dictionaries(
    {},
    optional={
        "debts": _debts,
        "discussed": _debts,
        "talk": st.sampled_from(["none", "brief", "conversation", "unknown"]),
        "purpose": st.sampled_from(["collect", "callback", "safety"]),
        "org": st.sampled_from(["us", "us", "bank"]),
        "number": st.sampled_from(["n1", "n2"]),
        "channel": st.sampled_from(["voice", "voice", "voice_notice", "email", "text"]),
        "message": st.sampled_from(["none", "limited", "naming_debt"]),
        "reply_to": st.sampled_from(["e0", "e1"]),
    },
)
"""What may be known of a contact beside its result: mostly little."""


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
    if draw(st.integers(0, 2)) == 0:
        consent["debts"] = draw(_debts)
    if draw(st.integers(0, 2)) == 0:
        consent["to"] = draw(st.sampled_from(["us", "us", "bank"]))
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
def worlds(draw: st.DrawFn, place: Scene, *, spoken: bool = True) -> Json:
    """Everything on file about one debtor, and when the question is asked; nothing but contacts unless ``spoken``."""
    asked = draw(moments)
    dates = sorted(place.minutes_of)
    kinds = st.sampled_from(["statutory_holiday", "announced_holiday", "makeup_workday"])
    return {
        "asked": asked,
        "number": "n1",
        "purpose": draw(purposes),
        "debts": draw(st.sampled_from([["d1"], ["d2"], ["d1", "d2"], []])),
        **draw(st.sampled_from([{}, {"reply_to": "e0"}, {"wrong": "n2"}])),
        "events": draw(events(asked)),
        "designations": draw(st.lists(designations(place), max_size=3)) if spoken else [],
        "consents": draw(st.lists(consents(), max_size=2)) if spoken else [],
        "holds": draw(st.lists(holds(), max_size=2)) if spoken else [],
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
longer_windows = windows | st.just({"months": 1}) | st.just({"ever": True})
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


@st.composite
def nights(draw: st.DrawFn) -> Json:
    """A stretch of wall time that may run across midnight."""
    start = draw(wall_times.filter(lambda time: time != "24:00"))
    end = draw(wall_times.filter(lambda time: time != start))
    weekdays = draw(st.lists(st.integers(1, 7), max_size=5, unique=True))
    return {"weekdays": weekdays, "from": start, "to": end, "day_kinds": draw(st.just([]) | day_kinds)}


@st.composite
def timetables(draw: st.DrawFn) -> Json:
    """Hours open or barred, across midnight or not, with what becomes of holidays."""
    rule = draw(_optional(closing_minutes=st.integers(0, 40), consent=_terms("hours")))
    sort = draw(st.sampled_from(["plain", "plain", "open", "barred", "both"]))
    if sort == "plain":
        rule["open"] = draw(st.lists(stretches("weekdays"), min_size=1, max_size=3))
    if sort in ("open", "both"):
        rule["open"] = draw(st.lists(nights(), min_size=1, max_size=2))
    if sort in ("barred", "both"):
        rule["barred"] = draw(st.lists(nights(), min_size=1, max_size=2))
    rule["holidays"] = draw(st.sampled_from(["ignored", "ignored", "closed", "as_sunday", "own"]))
    if rule["holidays"] == "own":
        rule["holiday_hours"] = draw(st.lists(nights(), min_size=1, max_size=2))
    if draw(st.booleans()):
        rule["holiday_kinds"] = draw(day_kinds)
    return {"kind": "hours", **rule}


def _agreements(opens: str, *past: str) -> st.SearchStrategy[Json]:
    """Terms of a consent that may end with the next talk and leave past calls out."""
    return _optional(
        life_dates=st.integers(1, 4),
        life_from=st.sampled_from(["named", "given"]),
        direct=st.booleans(),
        evidence=st.booleans(),
        ends_on_talk=st.booleans(),
        made_under=st.sampled_from(["counts", *past]),
    ).map(lambda terms: {"opens": opens, **terms})


_sorts = st.one_of(
    st.builds(lambda each: {"purposes": each}, st.lists(st.sampled_from(["safety", "callback"]), min_size=1)),
    st.builds(lambda each: {"lines": each}, st.lists(st.sampled_from(LINES[:-1]), min_size=1, max_size=3)),
    st.builds(lambda each: {"talks": each}, st.lists(st.sampled_from(["none", "brief"]), min_size=1)),
    st.builds(lambda each: {"places": [each]}, st.sampled_from(["home", "work"])),
    st.builds(lambda each: {"reply": each}, st.booleans()),
)
_asked = st.one_of(
    st.just({"purposes": ["callback"], "speaks_of": "asked"}),
    st.just({"purposes": ["callback", "collect"], "reply": True, "speaks_of": "both"}),
    st.builds(lambda sort: {**sort, "undetermined": True}, _sorts),
)
_exclusions = st.lists(_sorts | _asked, max_size=2)
_limited = st.builds(
    lambda sort, limit: [{**sort, **limit}],
    _sorts,
    st.just({"each_request": True})
    | st.builds(
        lambda limit, window: {"limit": limit, "window": window},
        st.integers(1, 2),
        st.sampled_from([{"dates": 1}, {"dates": 3}, {"minutes": 600}, {"calendar": "week"}]),
    ),
)


def _counts(*names: str) -> st.SearchStrategy[list[Json]]:
    """What counts, with every condition there is."""
    optional = {
        "direction": st.sampled_from(["out", "any"]),
        "orgs": st.sampled_from(["own", "all"]),
        "channels": st.sampled_from([["voice"], ["voice", "voice_notice"], ["voice", "voice_notice", "email", "text"]]),
        "only": _sorts,
        "about": st.sampled_from(["any", "allotted"]),
    }
    count = st.fixed_dictionaries({"of": st.sampled_from(names)}, optional=optional)
    return st.lists(count, min_size=1, max_size=2)


_scopes = st.lists(
    st.sampled_from(["person", "person", "number", "place", "channel", "group", "group", "debt"]),
    max_size=3,
    unique=True,
)


def _without_channel(scopes: list[str]) -> list[str]:
    return [scope for scope in scopes if scope != "channel"]


def _resting(kind: str) -> st.SearchStrategy[Json]:
    return _rule(
        kind,
        {"length": lengths, "after": _counts("talk", "answered", "unanswered", "contact"), "per": _scopes},
        {"excluding": _exclusions, "consent": _agreements("rest", "left_out", "undetermined")},
    )


COUNTING: dict[str, st.SearchStrategy[Json]] = {
    "counting_cap": _rule(
        "cap",
        {
            "limit": st.integers(1, 3),
            "window": longer_windows,
            "count": _counts("dial", "connected", "unanswered", "answered", "talk", "contact", "touch"),
            "per": _scopes,
        },
        {
            "or_window": st.lists(windows, max_size=2),
            "excluding": _exclusions | _limited,
            "after_first": _counts("talk", "contact"),
            "after_first_per": _scopes,
            "consent": _agreements("cap", "left_out", "undetermined"),
        },
    ),
    "counting_rest": _resting("rest"),
    "counting_gap": _resting("gap"),
    "one_channel": _rule(
        "one_channel", {"window": windows, "count": _counts("touch", "contact"), "per": _scopes.map(_without_channel)}
    ),
    "never": _rule("never", {}, {"allows": st.lists(purposes, max_size=2)}),
}

RULES: dict[str, st.SearchStrategy[Json]] = {
    "hours": timetables(),
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
    **COUNTING,
}


def told(world: Json, place: Scene) -> Json:
    """The world as the decision contract words it."""
    asked = {"person": "debtor", "number": world["number"], "channel": "voice", "purpose": world["purpose"]}
    return {
        "at": place.iso(world["asked"]),
        "zones": [{"zone": place.zone}],
        "dial": asked | {"debts": world.get("debts", []), "reply_to": world.get("reply_to")},
        "own_org": {"id": "us"},
        "debts": [{"id": debt, "group": group} for debt, group in GROUPS.items()],
        "numbers": [
            {
                "number": number,
                "person": "debtor",
                "place": at,
                "status": "wrong" if number == world.get("wrong") else "ok",
            }
            for number, at in PLACES.items()
        ],
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
    kind = "message" if event.get("channel") in ("email", "text") else "call"
    return {"channel": "voice", **rest, "at": place.iso(event["minute"]), "kind": kind}


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
