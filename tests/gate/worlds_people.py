"""Random worlds of what people said and what was sent to them, and the rules about it, for the properties."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from collectdesk.gate import Facts, convert_dial
from tests.gate.oracle import BEFORE, Scene
from tests.gate.worlds import Json, later, moments, stretches

ROLES = {"debtor": "debtor", "boss": "employer"}
purposes = st.sampled_from(["collect", "remind", "locate"])
earlier = st.integers(BEFORE - 7 * 1440, BEFORE + 2 * 1440)
"""When something was sent or received: up to a week before the middle of the scene, some of it yet to come."""
dates_long = st.builds(
    lambda n, first: {"dates": n, "first": first}, st.integers(1, 5), st.sampled_from(["same", "next"])
)
terms = dates_long | st.builds(lambda first: {"months": 1, "first": first}, st.sampled_from(["same", "next"]))
reply_terms = st.fixed_dictionaries(
    {}, optional={"within_dates": st.integers(1, 2), "once": st.booleans(), "same_number": st.booleans()}
)


def _some(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({}, optional=parts)


@st.composite
def events(draw: st.DrawFn, asked: int) -> list[Json]:
    """Calls with the debtor and the employer; the first is one the debtor began, some hours ago at most."""
    found: list[Json] = []
    if draw(st.booleans()):
        begun = {
            "minute": asked - draw(st.integers(0, 900)),
            "direction": "in",
            "person": draw(st.sampled_from(list(ROLES))),
        }
        ended = draw(st.sampled_from([None, None, "them"]))
        found.append({"id": "e0", "line": "answered", "number": "n1", "channel": "voice", **begun, "ended_by": ended})
    for number, minutes in enumerate(draw(st.lists(st.integers(0, 9000), max_size=4)), 1):
        event = {
            "id": f"e{number}",
            "minute": asked - minutes,
            "direction": draw(st.sampled_from(["out", "out", "in"])),
            "person": draw(st.sampled_from(list(ROLES))),
            "line": draw(st.sampled_from(["answered", "answered", "no_answer", "voicemail"])),
            "channel": "voice",
            "number": draw(st.sampled_from(["n1", "n2"])),
            "message": draw(st.sampled_from(["none", "naming_debt", None])),
            "purpose": draw(purposes),
        }
        if event["direction"] == "out" and draw(st.integers(0, 3)) == 0:
            event["reply_to"] = "e0"
        if event["line"] == "answered":
            event["answered_by"] = draw(st.sampled_from([None, *ROLES]))
        found.append({key: value for key, value in event.items() if value is not None})
    return found


@st.composite
def designations(draw: st.DrawFn, place: Scene) -> Json:
    """A time, number or channel that is barred or wanted."""
    entry = draw(_some(until=later, revoked_at=later, via=st.sampled_from(["debtor", "agent"])))
    if draw(st.integers(0, 3)):
        entry["from"] = draw(st.integers(BEFORE - 4320, BEFORE + 1440))
    sort = draw(st.sampled_from(["weekly", "weekly", "dates", "channel", "channel", "number", "any"]))
    if sort in ("weekly", "any"):
        entry["weekly"] = draw(st.lists(stretches(), min_size=1, max_size=2))
    if sort == "dates":
        day = place.date[draw(later)]
        entry["dates"] = {"from": day, "until": day + timedelta(days=draw(st.integers(0, 3)))}
    if sort in ("channel", "any"):
        entry["channel"] = draw(st.sampled_from(["voice", "voice", "text", "visit", "email"]))
    if sort in ("number", "any"):
        entry["number"] = draw(st.sampled_from(["n1", "n1", "n2"]))
    return {"kind": draw(st.sampled_from(["barred", "barred", "barred", "barred", "only"])), **entry}


@st.composite
def holds(draw: st.DrawFn) -> Json:
    """A hold, mostly of one kind and cause, so that causes come again."""
    entry = draw(
        _some(until=later, lifted_at=later, allows=st.lists(purposes, max_size=1), counsel_known=st.booleans())
    )
    if draw(st.integers(0, 4)):
        entry["received_at"] = draw(earlier)
    if draw(st.integers(0, 3)):
        entry["cause"] = draw(st.sampled_from(["illness", "illness", "wedding"]))
    return {"kind": draw(st.sampled_from(["hardship", "hardship", "hardship", "promise", "attorney", "plan"])), **entry}


@st.composite
def repeated(draw: st.DrawFn) -> list[Json]:
    """The same cause two or three times, the first perhaps agreed for some days and then extended."""
    first = draw(st.integers(BEFORE - 9000, BEFORE - 1440))
    agreed = first + draw(st.integers(600, 8000))
    again = draw(st.integers(first, agreed + 1440) | st.just(agreed))
    whole = {"kind": "hardship", "cause": "illness"}
    begun = {**whole, "received_at": first, **draw(_some(until=st.just(agreed)))}
    following = {**whole, "received_at": again, **draw(_some(until=later))}
    third = {**whole, "received_at": draw(st.integers(again, again + 3000))}
    return draw(st.sampled_from([[begun, following], [following, begun], [begun, following, third]]))


def _every_day(hour: int) -> Json:
    return {"days": [], "from": f"{hour:02}:00", "to": f"{hour + 5:02}:30"}


@st.composite
def crowded(draw: st.DrawFn) -> list[Json]:
    """More barred hours or channels than a quota leaves room for."""
    if draw(st.booleans()):
        return [
            {"kind": "barred", "from": draw(earlier), "channel": draw(st.sampled_from(["voice", "text", "visit"]))}
            for _ in range(3)
        ]
    return [
        {"kind": "barred", "from": draw(earlier), "weekly": [_every_day(start)]}
        for start in draw(st.lists(st.integers(0, 18), min_size=2, max_size=3))
    ]


notices = st.builds(
    lambda kind, debts, rest: {"kind": kind, "debts": debts, **rest},
    st.sampled_from(["debt", "collection_start", "dispute_and_sue"]),
    st.sampled_from([[], ["d1"], ["d2"], ["d1", "d2"]]),
    _some(sent_at=earlier, received_at=earlier, returned_at=later),
)


answers: st.SearchStrategy[Json] = st.sampled_from([{}, {"reply_to": "e0"}, {"in_call": "e0"}])


@st.composite
def worlds(draw: st.DrawFn, place: Scene, *kinds_asked: str) -> Json:
    """What is on file about one debtor and the employer, and when the question is asked.

    ``kinds_asked``: the kinds of rules it is for; what none of them reads is left out.
    """
    asked = draw(moments)
    kinds = st.sampled_from(["statutory_holiday", "announced_holiday", "makeup_workday"])
    return {
        "asked": asked,
        "person": draw(st.sampled_from(["debtor", "debtor", "boss"])),
        "number": "n1",
        "roles": ROLES,
        "agreed": draw(st.booleans()),
        "purpose": draw(purposes),
        "debts": draw(st.sampled_from([["d1"], ["d2"], ["d1", "d2"]])),
        **draw(answers),
        **draw(_some(placed_at=earlier, found_wrong=earlier)),
        "events": draw(events(asked)),
        "designations": draw(
            _if("designation" in kinds_asked, st.lists(designations(place), min_size=1, max_size=4) | crowded())
        ),
        "holds": draw(_if("hold" in kinds_asked, st.lists(holds(), min_size=1, max_size=3) | repeated())),
        "notices": draw(_if(bool({"notice_wait", "notice_stop"} & {*kinds_asked}), st.lists(notices, max_size=4))),
        "days": draw(st.dictionaries(st.sampled_from(sorted(place.minutes_of)), kinds, max_size=8)),
        "memo": {},
    }


def _several(each: st.SearchStrategy[Json], most: int) -> st.SearchStrategy[list[Json]]:
    return st.lists(each, min_size=1, max_size=most)


def _if(wanted: bool, lists: st.SearchStrategy[list[Json]]) -> st.SearchStrategy[list[Json]]:
    return lists if wanted else st.just([])


def _rule(kind: str, required: Json, optional: Json | None = None) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({"kind": st.just(kind), **required}, optional=optional or {})


_quotas = st.one_of(
    st.none(),
    _some(hours_a_week=st.integers(1, 30), channels=st.integers(1, 2)),
    st.builds(lambda n: {"hours_a_week": n, "hours_between": ["09:00", "20:30"]}, st.integers(1, 12)),
    st.just({"not_together": [["visit", "voice"]], "hours_a_week": 8}),
    st.builds(lambda n: {"media": ["voice", "text", "visit"], "leave": n}, st.integers(0, 3)),
)
_ways = st.builds(
    lambda way: {"roles": ["employer", "debtor"], **way},
    _some(
        purposes=st.lists(purposes, min_size=1, max_size=2),
        needs=st.just(["agreed"]),
        most=st.integers(0, 2),
        again=st.lists(st.sampled_from(["asked", "answer_wrong"]), unique=True),
    ),
)

RULES: dict[str, st.SearchStrategy[Json]] = {
    "hold": _rule(
        "hold",
        {
            "kinds": st.just({"promise": ["remind"], "hardship": ["locate"], "attorney": []}),
            "once": st.sampled_from([["hardship"], ["hardship", "promise"], []]),
        },
        {
            "lasts": st.builds(lambda one, two: {"promise": one, "hardship": two}, terms, terms),
            "extendable": st.booleans(),
            "contacts": st.builds(lambda n: {"hardship": n}, st.integers(0, 1)),
            "counsel": st.sampled_from(["any", "known"]),
            "reply": reply_terms,
        },
    ),
    "designation": _rule(
        "designation",
        {"quota": _quotas},
        {
            "about": st.lists(st.sampled_from(["time", "medium"]), min_size=1, unique=True),
            "via": st.just(["debtor"]),
            "lasts": st.builds(lambda term: [{"term": term, "via": ["debtor"]}, {"term": {"dates": 2}}], terms),
            "reply": reply_terms,
        },
    ),
    "notice_wait": _rule(
        "notice_wait",
        {"notices": st.sampled_from([["debt"], ["debt", "collection_start"]]), "days": st.integers(0, 4)},
        {
            "business": st.booleans(),
            "on_last": st.booleans(),
            "counted_from": st.sampled_from(["sent", "received", "later"]),
            "since_placed": st.booleans(),
            "missing": st.sampled_from(["bar", "pass"]),
        },
    ),
    "notice_stop": _rule("notice_stop", {"notices": st.just(["dispute_and_sue"])}, {"reply": reply_terms}),
    "party": _rule("party", {"admit": st.lists(_ways, min_size=1, max_size=2)}),
}


def told(world: Json, place: Scene) -> Json:
    """The world as the decision contract words it."""
    dial = {"person": world["person"], "number": "n1", "channel": "voice", "purpose": world["purpose"]}
    answer = {key: world.get(key) for key in ("reply_to", "in_call")}
    placed = {"placed_at": place.iso(world["placed_at"])} if "placed_at" in world else {}
    wrong = {"status_at": place.iso(world["found_wrong"])} if "found_wrong" in world else {}
    return {
        "at": place.iso(world["asked"]),
        "zones": [{"zone": place.zone}],
        "dial": {**dial, **answer, "debts": world["debts"]},
        "own_org": {"id": "us", **placed},
        "debts": [{"id": "d1"}, {"id": "d2"}],
        "numbers": [
            {"number": "n1", "person": world["person"], "place": "none"},
            {"number": "n9", "person": "debtor", "source": "told_by_contact", "status": "wrong", **wrong},
        ],
        "persons": [{"id": each, "role": role, "agreed": world["agreed"]} for each, role in ROLES.items()],
        "events": [_event(each, place) for each in world["events"]],
        "designations": [
            {**_dated(each, place), "id": f"g{n}", "by": world["person"]}
            for n, each in enumerate(world["designations"])
        ],
        "holds": [{**_dated(each, place), "id": f"h{n}"} for n, each in enumerate(world["holds"])],
        "notices": [_dated(each, place) for each in world["notices"]],
    }


def _event(event: Json, place: Scene) -> Json:
    rest = {key: value for key, value in event.items() if key != "minute" and value is not None}
    return {**rest, "at": place.iso(event["minute"]), "kind": "call"}


def _dated(entry: Json, place: Scene) -> Json:
    wire: Json = {}
    for key, value in entry.items():
        if key == "dates":
            wire[key] = {edge: day.isoformat() for edge, day in value.items()}
        else:
            wire[key] = place.iso(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return wire


def facts(world: Json, place: Scene) -> Facts:
    """The world as the gate indexes it."""
    return Facts(convert_dial(told(world, place)))
