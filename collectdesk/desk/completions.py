"""What a shell may offer: case, staff and call numbers, codes, creditors; read over the plain driver.

Never a person's name.

Nobody signed in, nothing offered: every function here raises what opening the desk raises.
"""

from __future__ import annotations

import json
from typing import Any

from collectdesk.store import home, sessions
from collectdesk.store.home import Home
from collectdesk.store.reader import open_reader

MOST = 100
"""The longest list."""
CASES = "SELECT code FROM case_file WHERE code >= :first AND code < :after ORDER BY code LIMIT :most"
STAFF = (
    "SELECT number FROM staff WHERE status <> 'removed' AND number >= :first AND number < :after "
    "ORDER BY number LIMIT :most"
)
CHANNELS = (
    "SELECT DISTINCT code FROM payment_channel WHERE until IS NULL AND code >= :first AND code < :after "
    "ORDER BY code LIMIT :most"
)
CREDITORS = (
    "SELECT o.name FROM creditor c JOIN org o ON o.id = c.org WHERE o.name >= :first AND o.name < :after "
    "ORDER BY o.name LIMIT :most"
)
"""Organisations, so their names are nobody's own."""
TEAMS = "SELECT name FROM team WHERE name >= :first AND name < :after ORDER BY name LIMIT :most"
"""Groups of the desk's own."""
RULEBOOKS = (
    "SELECT DISTINCT name FROM adoption WHERE kind = 'rulebook' AND withdrawn_at IS NULL "
    "AND name >= :first AND name < :after ORDER BY name LIMIT :most"
)
TEMPLATES = (
    "SELECT DISTINCT name FROM adoption WHERE kind = 'template' AND withdrawn_at IS NULL "
    "AND name >= :first AND name < :after ORDER BY name LIMIT :most"
)
COURSES = (
    "SELECT DISTINCT name FROM adoption WHERE kind = 'course' AND withdrawn_at IS NULL "
    "AND name >= :first AND name < :after ORDER BY name LIMIT :most"
)
OBJECTIONS = (
    "SELECT 'j' || id FROM objection WHERE status <> 'closed' AND 'j' || id >= :first AND 'j' || id < :after "
    "ORDER BY id LIMIT :most"
)
PROMISES = (
    "SELECT 'r' || id FROM promise WHERE status = 'open' AND 'r' || id >= :first AND 'r' || id < :after "
    "ORDER BY id LIMIT :most"
)
PAYMENTS = (
    "SELECT 'y' || id FROM payment WHERE reverses IS NULL AND 'y' || id >= :first AND 'y' || id < :after "
    "ORDER BY id DESC LIMIT :most"
)
EMERGENCIES = (
    "SELECT name FROM (SELECT 'g' || id AS name, id FROM emergency WHERE status <> 'closed') e "
    "WHERE name >= :first AND name < :after ORDER BY id DESC LIMIT :most"
)
VIOLATIONS = (
    "SELECT name FROM (SELECT 'i' || id AS name, id FROM violation) v "
    "WHERE name >= :first AND name < :after ORDER BY id DESC LIMIT :most"
)
DESTRUCTIONS = (
    "SELECT name FROM (SELECT 'z' || id AS name, id FROM destruction) d "
    "WHERE name >= :first AND name < :after ORDER BY id DESC LIMIT :most"
)
REVIEWS = (
    "SELECT name FROM (SELECT 'c' || id AS name, id FROM quality_review WHERE status <> 'final') q "
    "WHERE name >= :first AND name < :after ORDER BY id LIMIT :most"
)
DIAL_FINDINGS = (
    "SELECT name FROM (SELECT 'df' || id AS name, id FROM dial_finding WHERE status <> 'closed') f "
    "WHERE name >= :first AND name < :after ORDER BY id DESC LIMIT :most"
)
LETTERS = (
    "SELECT name FROM (SELECT 'lt' || id AS name, id FROM letter WHERE status IN ('made', 'sent')) l "
    "WHERE name >= :first AND name < :after ORDER BY id DESC LIMIT :most"
)
COMPLAINTS = (
    "SELECT 'k' || id FROM complaint WHERE status <> 'closed' AND 'k' || id >= :first AND 'k' || id < :after "
    "ORDER BY id LIMIT :most"
)
REQUESTS = (
    "SELECT 'u' || id FROM request WHERE status = 'open' AND 'u' || id >= :first AND 'u' || id < :after "
    "ORDER BY id LIMIT :most"
)
OFFICERS = (
    "SELECT 'x' || id FROM outside_officer WHERE ended_at IS NULL AND 'x' || id >= :first AND 'x' || id < :after "
    "ORDER BY id LIMIT :most"
)
OPEN_CALL = (
    "SELECT c.id, c.step FROM call c JOIN staff s ON s.id = c.collector "
    "WHERE s.number = :staff AND c.ended_at IS NULL ORDER BY c.id"
)
OPEN_PLANS = (
    "SELECT id FROM plan WHERE status IN ('draft', 'returned', 'submitted', 'approved', 'active') "
    "ORDER BY id DESC LIMIT :most"
)
COMPILED = (
    "SELECT compiled FROM adoption WHERE kind = :kind AND withdrawn_at IS NULL "
    "ORDER BY effective_from DESC, id DESC LIMIT 1"
)


def beginning(desk: Home, sql: str, prefix: str, at: int) -> list[str]:
    """At most ``MOST`` words that begin with ``prefix``, by one of the texts above.

    Args:
        desk: the desk's directory.
        sql: ``CASES``, ``STAFF``, ``CHANNELS`` or ``RULEBOOKS``.
        prefix: what was typed.
        at: UTC seconds.
    Raises:
        Problem: there is no desk, nobody is signed in, or the database cannot be read.
    """
    rows = _ask(desk, sql, {"first": prefix, "after": f"{prefix}\U0010ffff", "most": MOST}, at)
    return [str(word) for (word,) in rows]


def open_call(desk: Home, at: int) -> tuple[int, str] | None:
    """The signed-in collector's open call, and the step it is at."""
    found = _ask(desk, OPEN_CALL, {"staff": _signed_in(desk, at).staff}, at)
    return (int(found[0][0]), str(found[0][1])) if found else None


def open_plans(desk: Home, at: int) -> list[int]:
    """The keys of the plans that are not over, the newest first."""
    return [int(key) for (key,) in _ask(desk, OPEN_PLANS, {"most": MOST}, at)]


def codes(desk: Home, field: str, at: int) -> list[str]:
    """The codes of a field, as the desk adopted them last."""
    fields = _adopted(desk, "codes", at).get("fields", {})
    return [str(code["code"]) for code in fields.get(field, {}).get("codes", ())]


def lines_at_hand(desk: Home, at: int) -> list[str]:
    """The lines of the adopted call script that are not of a step's course; every language has the same."""
    script = _adopted(desk, "callscript", at)
    return [str(line["id"]) for line in script.get("lines", ()) if line.get("at_hand")]


def _adopted(desk: Home, kind: str, at: int) -> dict[str, Any]:
    """The compiled form of the newest text of its kind."""
    found = _ask(desk, COMPILED, {"kind": kind}, at)
    return dict(json.loads(str(found[0][0]))) if found else {}


def _ask(desk: Home, sql: str, values: dict[str, object], at: int) -> list[tuple[Any, ...]]:
    with open_reader(desk, _signed_in(desk, at).key) as reader:
        return reader.ask(sql, values)


def _signed_in(desk: Home, at: int) -> sessions.SignIn:
    return sessions.current(home.read(desk).desk, at)
