"""Which way a rule's field was changed: whether it bars more, bars less, or cannot be told.

Judged by what the field means, field by field; of a field nobody has judged here nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from collectdesk.desk.rulebook_places import Path

Wire: TypeAlias = Mapping[str, Any]
HIGHER_IS_LOOSER = ("limit", "within_dates", "within_months")
LOWER_IS_LOOSER = ("minutes", "dates", "closing_minutes", "unknown_others_cost", "over_dates")
NUMBERS = (*HIGHER_IS_LOOSER, *LOWER_IS_LOOSER, "window")
"""A rule's own numbers."""
WAY = ("roles", "purposes", "needs")
"""What a way in is made of."""
UNKNOWN = ("bar", "warn", "pass")
"""What a missing fact does, the strictest first."""
Sense: TypeAlias = Literal["tighter", "looser", "unclear"]


def sense_of(field: str, old: Any, new: Any) -> Sense:  # noqa: ANN401 - any TOML value
    """Which way a field was changed."""
    if field in HIGHER_IS_LOOSER:
        return "looser" if new is None or (old is not None and new > old) else "tighter"
    if field in LOWER_IS_LOOSER:
        return "looser" if new is None or (old is not None and new < old) else "tighter"
    judge = _JUDGES.get(field)
    return judge(old, new) if judge else "unclear"


def _one_of(old: Sequence[str], new: Sequence[str]) -> Sense:
    return "tighter" if new and (not old or set(new) <= set(old)) else "looser"


def _none_of(old: Sequence[str], new: Sequence[str]) -> Sense:
    return "tighter" if set(old) <= set(new) else "looser"


def _reach(old: bool | Sequence[str], new: bool | Sequence[str]) -> Sense:
    """Whom or what it speaks of besides: all, or so many by name."""
    if isinstance(old, bool) or isinstance(new, bool):
        return "tighter" if new else "looser"
    if "all" in (old, new):
        return "tighter" if new == "all" else "looser"
    return _none_of(old, new)


def _unknown(old: str, new: str) -> Sense:
    return "looser" if UNKNOWN.index(new) > UNKNOWN.index(old) else "tighter"


def _per(old: Sequence[str], new: Sequence[str]) -> Sense:
    """The more a count is kept apart by, the fewer events it counts."""
    if set(new) <= set(old):
        return "tighter"
    return "looser" if set(old) < set(new) else "unclear"


def _window(old: Wire, new: Wire) -> Sense:
    for unit in ("dates", "months", "minutes"):
        if old.get(unit) is not None and new.get(unit) is not None:
            return "looser" if new[unit] < old[unit] else "tighter"
    return "tighter" if new.get("ever") else "unclear"


def _counts(old: Sequence[Wire], new: Sequence[Wire]) -> Sense:
    """Every event that was counted still is."""
    return "tighter" if all(any(_counted(each, other) for other in new) for each in old) else "looser"


def _counted(old: Wire, new: Wire) -> bool:
    apart = ("channels", "direction", "orgs", "min_seconds")
    return (
        {key: value for key, value in old.items() if key not in apart}
        == {key: value for key, value in new.items() if key not in apart}
        and set(old["channels"]) <= set(new["channels"])
        and new["direction"] in (old["direction"], "any")
        and new["orgs"] in (old["orgs"], "all")
        and float(new["min_seconds"]) <= float(old["min_seconds"])
    )


def _kinds(old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> Sense:
    """Every hold still stops, and lets no further purpose pass."""
    kept = all(kind in new and set(new[kind]) <= set(passes) for kind, passes in old.items())
    return "tighter" if kept else "looser"


def _admit(old: Sequence[Wire], new: Sequence[Wire]) -> Sense:
    """Every way in was one before, with no need left out."""
    return "tighter" if all(_admitted_before(way, old) for way in new) else "looser"


def _admitted_before(way: Wire, old: Sequence[Wire]) -> bool:
    """Whether each of its roles had such a way in; they may have stood in several."""
    return all(any(_within({**way, "roles": [role]}, before) for before in old) for role in way["roles"])


def _within(way: Wire, before: Wire) -> bool:
    rest = all(before.get(key) == value for key, value in way.items() if key not in WAY)
    purposes = not before["purposes"] or (way["purposes"] and set(way["purposes"]) <= set(before["purposes"]))
    return bool(
        rest and set(way["roles"]) <= set(before["roles"]) and purposes and set(way["needs"]) >= set(before["needs"])
    )


def _consent(old: Any, new: Any) -> Sense:  # noqa: ANN401 - terms, several of them, or none
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return "tighter" if all(each in old for each in new) else "looser"
    if not old or not new:
        return "tighter" if not new else "looser"
    rest = {key: value for key, value in new.items() if key not in ("life_dates", "via")}
    if rest != {key: value for key, value in old.items() if key not in ("life_dates", "via")}:
        return "unclear"
    shorter = old["life_dates"] is None or (new["life_dates"] or 1 << 30) <= old["life_dates"]
    return "tighter" if shorter and _one_of(old["via"], new["via"]) == "tighter" else "looser"


def _when(old: Wire, new: Wire) -> Sense:
    """It still speaks of every contact it spoke of."""
    for key, value in new.items():
        before = old.get(key)
        if value == before:
            continue
        if key.startswith("not_"):
            wider = set(value) <= set(before or ())
        elif isinstance(value, list | tuple):
            wider = not value or (bool(before) and set(before or ()) <= set(value))
        else:
            wider = value is None
        if not wider:
            return "looser"
    return "tighter"


def _in_force(old: Wire, new: Wire) -> Sense:
    later = new["from"] is not None and (old["from"] is None or new["from"] > old["from"])
    sooner = new["to"] is not None and (old["to"] is None or new["to"] < old["to"])
    return "looser" if later or sooner else "tighter"


def offending(field: str, old: Any, new: Any) -> tuple[Path, object, object]:  # noqa: ANN401
    """The part of a loosened field that loosens it: where below the field, what stood there, what stands there now."""
    if field == "admit":
        ways = ((index, way) for index, way in enumerate(new) if not _admitted_before(way, old))
        index, way = next(ways)
        return (index,), None, {key: way[key] for key in WAY if way[key]}
    if field == "kinds":
        lost = (kind for kind, passes in old.items() if kind not in new or not set(new[kind]) <= set(passes))
        kind = next(lost)
        return (kind,), old[kind], new.get(kind)
    return (), old, new


_JUDGES: Mapping[str, Callable[[Any, Any], Sense]] = {
    "one_of": _one_of, "none_of": _none_of, "unknown": _unknown, "per": _per, "window": _window, "count": _counts,
    "after": _counts, "kinds": _kinds, "admit": _admit, "consent": _consent, "when": _when, "in_force": _in_force,
    "reaches": _reach, "any_debt": _reach,
}  # fmt: skip
