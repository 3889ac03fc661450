"""What the desk knows to compare dials with (核对依据): its numbers, its permits, whose extension is whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, text

from collectdesk.desk.dials.incoming import Taken
from collectdesk.desk.dials.matching import Shown
from collectdesk.desk.payments.closure import batched
from collectdesk.desk.recordings.naming import canonical
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = METADATA.tables
CHUNK = 500
PERMITS = text(
    "SELECT p.id, p.number AS number_key, n.number, n.number LIKE 'x%' AS erased, p.collector, "
    "p.shown_at, p.resolved_at, COALESCE(e.line, 'unknown') AS line, "
    "COALESCE(e.duration_s, c.ended_at - c.connected_at) AS seconds, p.event, p.debtor, p.case_id, "
    "(SELECT count(*) FROM dial_record r WHERE r.permit = p.id) AS dialled, "
    "(SELECT max(f.id) FROM dial_finding f WHERE f.permit = p.id AND f.kind = 'no_dial' AND f.status <> 'closed') "
    "AS silent, (SELECT count(*) FROM dial_finding f WHERE f.permit = p.id AND f.kind IN ('no_dial', 'other_number')) "
    "AS told FROM permit p JOIN number n ON n.id = p.number LEFT JOIN contact_event e ON e.id = p.event "
    "LEFT JOIN call c ON c.permit = p.id WHERE p.shown_at BETWEEN :first AND :last ORDER BY p.id"
)
TAKEN = text(
    "SELECT c.id, f.debtor, c.case_id, c.collector, c.started_at, c.ended_at, c.event, "
    "(SELECT count(*) FROM dial_record r WHERE r.event = c.event) AS rang, "
    "(SELECT max(d.id) FROM dial_finding d WHERE d.event = c.event AND d.kind = 'no_incoming' "
    "AND d.status <> 'closed') AS silent, "
    "(SELECT count(*) FROM dial_finding d WHERE d.event = c.event AND d.kind = 'no_incoming') AS told "
    "FROM call c JOIN case_file f ON f.id = c.case_id WHERE c.direction = 'in' AND c.event IS NOT NULL "
    "AND c.started_at BETWEEN :first AND :last ORDER BY c.id"
)
"""Incoming calls that were closed; an erased number begins with a letter, as no other does."""
EXTENSIONS = text("SELECT number, staff, from_at FROM extension ORDER BY from_at, id")
STAFF = text("SELECT number, id FROM staff")


class Held(NamedTuple):
    """A number the desk holds: its row, whose it is where it is one person's, and on whose file a dial of it counts.

    ``case`` is the one it is told on: the debtor's newest open case.
    """

    number: int
    person: int | None
    debtor: int
    case: int


class Permitted(NamedTuple):
    """A permit with what belongs to it: the contact it counts as, the case, and what was found of it before."""

    shown: Shown
    event: int | None
    debtor: int
    case: int
    dialled: bool
    silent: int | None
    told: bool
    number: int

    @property
    def staff(self) -> int:
        """Whose permit it is."""
        return self.shown.collector


class Seats:
    """Whose extension it was at an instant, and whose staff number it is."""

    def __init__(self, connection: Connection) -> None:
        self._rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, staff, since in connection.execute(EXTENSIONS):
            self._rows[number].append((int(since), int(staff)))
        self._staff = {str(number): int(key) for number, key in connection.execute(STAFF)}

    def staff(self, agent: str | None, extension: str | None, at: int) -> int | None:
        """The key of whoever dialled: by the staff number the record has, else by the extension."""
        if agent in self._staff:
            return self._staff[agent]
        held = [staff for since, staff in self._rows.get(extension or "", ()) if since <= at]
        return held[-1] if held else None


def numbers(connection: Connection, dialled: Collection[str]) -> dict[str, Held]:
    """Of the numbers dialled those the desk holds on a case's file, by the digits they are compared by."""
    wanted = {canonical(each) for each in dialled}
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, key, person in _stored(connection, dialled):
        if canonical(number) in wanted:
            rows[canonical(number)].append((key, person))
    files = _files(connection, {person for held in rows.values() for _key, person in held})
    found = {}
    for digits, held in rows.items():
        filed = sorted(({person for _key, person in held}) & files.keys(), key=lambda each: files[each])
        if filed:
            debtor, case = files[filed[0]][1:]
            whose = filed[0] if len({person for _key, person in held}) == 1 else None
            key = min(key for key, person in held if person == filed[0])
            found[digits] = Held(key, whose, debtor, -case)
    return found


def codes(connection: Connection, cases: Collection[int]) -> dict[int, str]:
    """The numbers of these cases by key."""
    rows, found = T["case_file"], dict[int, str]()
    for some in batched(sorted(cases), CHUNK):
        found.update(
            (int(key), str(code))
            for key, code in connection.execute(select(rows.c.id, rows.c.code).where(rows.c.id.in_(some)))
        )
    return found


def permits(connection: Connection, first: int, last: int) -> list[Permitted]:
    """The permits whose number was shown from ``first`` to ``last`` (UTC seconds)."""
    return [
        Permitted(
            Shown(
                row.id, canonical(row.number), row.collector, row.shown_at, row.resolved_at, row.line, row.seconds,
                bool(row.erased),
            ),
            row.event, row.debtor, row.case_id, bool(row.dialled), row.silent, bool(row.told), row.number_key,
        )
        for row in connection.execute(PERMITS, {"first": first, "last": last})
    ]  # fmt: skip


def taken(connection: Connection, first: int, last: int) -> list[Taken]:
    """The desk's incoming calls that began from ``first`` to ``last`` (UTC seconds) and are closed."""
    return [
        Taken(
            row.id, row.debtor, row.case_id, row.collector, row.started_at, row.ended_at or row.started_at, row.event,
            bool(row.rang), row.silent, bool(row.told),
        )
        for row in connection.execute(TAKEN, {"first": first, "last": last})
    ]  # fmt: skip


def _stored(connection: Connection, dialled: Iterable[str]) -> Iterable[tuple[str, int, int]]:
    """The rows that may be these numbers: spelled as they are, without the country code, or with an extension."""
    rows = T["number"]
    asked = select(rows.c.number, rows.c.id, rows.c.person)
    spelled = {form for each in dialled for form in (each, each.removeprefix("+86"), "0" + each.removeprefix("+86"))}
    for some in batched(sorted(spelled), CHUNK):
        yield from map(tuple, connection.execute(asked.where(rows.c.number.in_(some))))
    yield from map(tuple, connection.execute(asked.where(rows.c.number.contains(";ext="))))


def _files(connection: Connection, people: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """Of each of ``people`` the file a dial of theirs counts on, a debtor's own first: rank, debtor, newest case."""
    cases, parties = T["case_file"], T["case_party"]
    own = select(cases.c.debtor, cases.c.debtor, cases.c.id, cases.c.status)
    beside = select(parties.c.person, cases.c.debtor, cases.c.id, cases.c.status)
    beside = beside.join(cases, cases.c.id == parties.c.case_id)
    found: dict[int, tuple[int, int, int]] = {}
    for some in batched(sorted(people), CHUNK):
        rows = [*connection.execute(own.where(cases.c.debtor.in_(some)))]
        rows += [*connection.execute(beside.where(parties.c.person.in_(some)))]
        for person, debtor, case, status in rows:
            rank = (person != debtor) * 2 + (status != "open")
            file = (rank, int(debtor), -int(case))
            found[person] = min(found.get(person, file), file)
    return found
