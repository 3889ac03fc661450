"""Writing a comparison down (入账): records, contacts that count in the gate, corrections, findings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, text, update

from collectdesk.desk import permit_ends, steps
from collectdesk.desk.dials import clockwork
from collectdesk.desk.dials.known import Permitted
from collectdesk.desk.dials.matching import ANSWERED
from collectdesk.desk.permit_ends import Outcome
from collectdesk.store import ids, journal
from collectdesk.store.engine import lock_row
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.dials.comparing import Line, Work
    from collectdesk.desk.dials.incoming import Taken
    from collectdesk.desk.dials.known import Held
    from collectdesk.desk.office import Office

T = METADATA.tables
NAME = "dial_finding"


class Dial(NamedTuple):
    """A record as a contact takes it: keys of its source, its staff and its batch; what tells it from others."""

    source: int
    mark: str
    direction: str
    line: str
    duration_s: int | None
    staff: int | None
    batch: int


OWN = text("SELECT id FROM org WHERE own ORDER BY id")


def lock(connection: Connection, work: Work) -> None:
    """Hold the debtors whose history changes, in one order, so that no permit is given meanwhile on the old one."""
    held = {work.lines[place].held for place in work.new}
    debtors = {each.debtor for each in held if each} | {each.debtor for each in work.permits}
    hold(connection, debtors | {each.debtor for each in work.taken})


def hold(connection: Connection, debtors: Collection[int]) -> None:
    """Hold these debtors, in one order."""
    for debtor in sorted(debtors):
        lock_row(connection, "person", debtor)


def own_org(connection: Connection) -> int:
    """The key of the company itself."""
    return int(connection.execute(OWN).scalar_one())


def contact(dial: Dial, held: Held, *, own: int, at: int, now: int, line: str | None = None) -> dict[str, Any]:
    """The contact a dial without a permit counts as, about any of the debtor's debts.

    Args:
        dial: how it ended, whose it was, and where it was read.
        held: whose number it is.
        own: the company.
        at: when, by the desk's clock (UTC seconds).
        now: when it is written down.
        line: how it really ended, where somebody has shown that already.
    """
    ended = line or dial.line
    return {
        "at": at, "recorded_at": now, "kind": "call", "org": own, "direction": dial.direction, "debtor": held.debtor,
        "person": held.person, "number": held.number, "channel": "voice", "line": ended,
        "talk": "unknown" if ended in (*ANSWERED, "unknown") else "none", "duration_s": dial.duration_s, "debts": [],
        "discussed": [], "by_staff": dial.staff, "external_id": f"phone:{dial.source}:{dial.mark}",
        "import_batch": dial.batch,
    }  # fmt: skip


def write(connection: Connection, office: Office, source: str, work: Work, batch: int, now: int) -> list[str]:
    """Write everything; the public ids of the findings."""
    pen = _Pen(connection, office, work, batch, now)
    pen.source = clockwork.learned(connection, office, source, work.ahead, now)
    pen.own = own_org(connection)
    matched, other, inbound = map(dict, (work.compared.matched, work.compared.other_number, work.answered.matched))
    hows = {place: how for place, _permit, how in work.different()}
    for place in sorted(work.new):
        if place in matched:
            pen.matched(place, work.by_key[matched[place]], hows.get(place))
        elif place in other:
            pen.other_number(place, work.by_key[other[place]])
        elif place in inbound:
            pen.inbound(place, work.calls[inbound[place]])
        else:
            pen.alone(place)
    for permit in work.silent:
        pen.silent(work.by_key[permit])
    for call in work.unrung:
        pen.unrung(call)
    return pen.made


class _Pen:
    """What every row of one comparison needs."""

    def __init__(self, connection: Connection, office: Office, work: Work, batch: int, now: int) -> None:
        self.connection, self.office, self.work, self.batch, self.now = connection, office, work, batch, now
        self.source = self.own = 0
        self.tightened = work.corrected()
        self.made: list[str] = []

    def matched(self, place: int, permit: Permitted, how: str | None) -> None:
        """A dial with its permit; where the two tell different things that is found."""
        line = self.work.lines[place]
        record = self._record(line, permit=permit.shown.permit, number=permit.number if permit.shown.erased else None)
        if permit.silent is not None:
            self._settle(permit.silent, permit.case)
        if how is None:
            return
        event = permit.event
        if place in self.tightened and event is not None:
            outcome = Outcome(line=line.record.line, duration_s=line.record.duration_s)
            evidence = f"{permit.shown.line} -> {line.record.line}: 话单 / the phone's record"
            event = permit_ends.replace(self.connection, self.office, event, outcome, evidence, self.now)
        told = {**_side(line), "desk_line": permit.shown.line, "desk_s": permit.shown.duration_s}
        told["corrected"] = place in self.tightened
        self._find(how, permit, told, record=record, event=event, at=self._at(line))

    def other_number(self, place: int, permit: Permitted) -> None:
        """A dial of another number than the permit's; it counts for whoever was dialled."""
        line = self.work.lines[place]
        event = self._event(line)
        record = self._record(line, event=event)
        told = {**_side(line), "known": line.held is not None}
        self._find("other_number", permit, told, record=record, event=event, at=self._at(line), line=line)

    def inbound(self, place: int, call: Taken) -> None:
        """An answered call that the desk took."""
        self._record(self.work.lines[place], event=call.event)
        if call.silent is not None:
            self._settle(call.silent, call.case)

    def alone(self, place: int) -> None:
        """A dial without a permit, or an answered call the desk did not take: it counts where the number is known."""
        line = self.work.lines[place]
        event = self._event(line)
        record = self._record(line, event=event)
        if event is not None:
            kind = "no_permit" if line.record.direction == "out" else "no_inbound"
            self._find(kind, None, _side(line), record=record, event=event, at=self._at(line), line=line)

    def silent(self, permit: Permitted) -> None:
        """A permit that no record has a dial for."""
        told = {"desk_line": permit.shown.line, "desk_s": permit.shown.duration_s}
        self._find("no_dial", permit, told, record=None, event=permit.event, at=permit.shown.shown_at)

    def unrung(self, call: Taken) -> None:
        """An incoming call of the desk that no record has."""
        told = {"desk_line": "answered", "desk_s": call.ended_at - call.started_at}
        self._find("no_incoming", call, told, record=None, event=call.event, at=call.started_at)

    def _at(self, line: Line) -> int:
        """When it was dialled by the desk's clock; never later than now, or the gate would not see it yet."""
        return min(line.record.at - self.work.ahead.seconds, self.now)

    def _event(self, line: Line) -> int | None:
        """The contact it counts as; none where nobody here has the number."""
        if line.held is None:
            return None
        record = line.record
        dial = Dial(self.source, line.mark, record.direction, record.line, record.duration_s, line.staff, self.batch)
        row = contact(dial, line.held, own=self.own, at=self._at(line), now=self.now)
        key = self._insert("contact_event", row)
        self._journal("dial.add", f"contact_event:{key}", row)
        return key

    def _record(
        self, line: Line, *, permit: int | None = None, event: int | None = None, number: int | None = None
    ) -> int:
        record, number = line.record, line.held.number if line.held else number
        return self._insert(
            "dial_record",
            {
                "source": self.source, "mark": line.mark, "direction": record.direction, "at": record.at,
                "offset_s": self.work.ahead.seconds, "number": number,
                "number_digest": line.digest if number is None else None,
                "extension": record.extension, "staff": line.staff, "line": record.line,
                "duration_s": record.duration_s, "permit": permit, "event": event, "import_batch": self.batch,
                "recorded_at": self.now,
            },
        )  # fmt: skip

    def _find(
        self, kind: str, desk: Permitted | Taken | None, told: Mapping[str, object], *, record: int | None,
        event: int | None, at: int, line: Line | None = None,
    ) -> None:  # fmt: skip
        held = line.held if line else None
        staff = line.staff if line and line.staff is not None else desk.staff if desk else None
        debtor = held.debtor if held else desk.debtor if desk else None
        about = held.case if held else desk.case if desk else None
        permit = desk.shown.permit if isinstance(desk, Permitted) else None
        row: dict[str, Any] = {
            "kind": kind, "status": "open", "record": record, "permit": permit,
            "event": event, "staff": staff, "debtor": debtor, "about": about, "details": dict(told),
            "happened_at": at, "found_at": self.now,
        }  # fmt: skip
        key = self._insert(NAME, row)
        content = {"difference": kind, **told}
        steps.record(
            self.connection, NAME, key, "find", "open", at=self.now, by=self.office, case=about, content=content
        )
        self.made.append(ids.public(NAME, key))

    def _settle(self, finding: int, case: int) -> None:
        """A later file has the dial that was missing."""
        rows = T[NAME]
        self.connection.execute(update(rows).where(rows.c.id == finding).values(status="closed", closed_at=self.now))
        steps.record(self.connection, NAME, finding, "settle", "closed", at=self.now, by=None, case=case)

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        made = self.connection.execute(insert(T[table]).values(row)).inserted_primary_key
        assert made is not None
        return int(made[0])

    def _journal(self, action: str, subject: str, after: Mapping[str, object]) -> None:
        actor = self.office.staff.number
        journal.append(self.connection, at=self.now, actor=actor, action=action, subject=subject, after=after)


def _side(line: Line) -> dict[str, object]:
    """What the record says, in figures."""
    record = line.record
    return {"record_line": record.line, "record_s": record.duration_s, "extension": record.extension}
