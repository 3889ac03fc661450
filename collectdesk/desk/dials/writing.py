"""Writing a comparison down (入账): records, contacts that count in the gate, corrections, findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, text, update

from collectdesk.desk import permit_ends, steps
from collectdesk.desk.dials import clockwork
from collectdesk.desk.dials.matching import ANSWERED
from collectdesk.desk.permit_ends import Outcome
from collectdesk.store import ids, journal
from collectdesk.store.engine import lock_row
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.dials.comparing import Line, Work
    from collectdesk.desk.dials.known import Permitted
    from collectdesk.desk.office import Office

T = METADATA.tables
NAME = "dial_finding"
OWN = text("SELECT id FROM org WHERE own ORDER BY id")


def lock(connection: Connection, work: Work) -> None:
    """Hold the debtors whose history changes, in one order, so that no permit is given meanwhile on the old one."""
    held = {work.lines[place].held for place in work.new}
    debtors = {each.debtor for each in held if each} | {each.debtor for each in work.permits}
    for debtor in sorted(debtors):
        lock_row(connection, "person", debtor)


def write(connection: Connection, office: Office, source: str, work: Work, batch: int, now: int) -> list[str]:
    """Write everything; the public ids of the findings."""
    pen = _Pen(connection, office, work, batch, now)
    pen.source = clockwork.learned(connection, office, source, work.ahead, now)
    pen.own = int(connection.execute(OWN).scalar_one())
    matched, other = dict(work.compared.matched), dict(work.compared.other_number)
    hows = {place: how for place, _permit, how in work.different()}
    for place in sorted(work.new):
        if place in matched:
            pen.matched(place, work.by_key[matched[place]], hows.get(place))
        elif place in other:
            pen.other_number(place, work.by_key[other[place]])
        else:
            pen.alone(place)
    for permit in work.silent:
        pen.silent(work.by_key[permit])
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
        record = self._record(line, permit=permit.shown.permit)
        if permit.silent is not None:
            self._settle(permit.silent, permit)
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

    def alone(self, place: int) -> None:
        """A dial without a permit: it counts, and is found, where the number is somebody's here."""
        line = self.work.lines[place]
        event = self._event(line)
        record = self._record(line, event=event)
        if event is not None:
            self._find("no_permit", None, _side(line), record=record, event=event, at=self._at(line), line=line)

    def silent(self, permit: Permitted) -> None:
        """A permit that no record has a dial for."""
        told = {"desk_line": permit.shown.line, "desk_s": permit.shown.duration_s}
        self._find("no_dial", permit, told, record=None, event=permit.event, at=permit.shown.shown_at)

    def _at(self, line: Line) -> int:
        """When it was dialled by the desk's clock; never later than now, or the gate would not see it yet."""
        return min(line.record.at - self.work.ahead.seconds, self.now)

    def _event(self, line: Line) -> int | None:
        """The contact it counts as, about any of the debtor's debts; none where nobody here has the number."""
        if line.held is None:
            return None
        talk = "unknown" if line.record.line in (*ANSWERED, "unknown") else "none"
        row: dict[str, Any] = {
            "at": self._at(line), "recorded_at": self.now, "kind": "call", "org": self.own, "direction": "out",
            "debtor": line.held.debtor, "person": line.held.person, "number": line.held.number, "channel": "voice",
            "line": line.record.line, "talk": talk, "duration_s": line.record.duration_s, "debts": [],
            "discussed": [], "by_staff": line.staff, "external_id": f"phone:{self.source}:{line.mark}",
            "import_batch": self.batch,
        }  # fmt: skip
        key = self._insert("contact_event", row)
        self._journal("dial.add", f"contact_event:{key}", row)
        return key

    def _record(self, line: Line, *, permit: int | None = None, event: int | None = None) -> int:
        record = line.record
        return self._insert(
            "dial_record",
            {
                "source": self.source, "mark": line.mark, "at": record.at, "offset_s": self.work.ahead.seconds,
                "number": line.held.number if line.held else None, "number_digest": line.digest,
                "extension": record.extension, "staff": line.staff, "line": record.line,
                "duration_s": record.duration_s, "permit": permit, "event": event, "import_batch": self.batch,
                "recorded_at": self.now,
            },
        )  # fmt: skip

    def _find(
        self, kind: str, permit: Permitted | None, told: Mapping[str, object], *, record: int | None,
        event: int | None, at: int, line: Line | None = None,
    ) -> None:  # fmt: skip
        held = line.held if line else None
        staff = line.staff if line and line.staff is not None else permit.shown.collector if permit else None
        debtor = held.debtor if held else permit.debtor if permit else None
        about = held.case if held else permit.case if permit else None
        row: dict[str, Any] = {
            "kind": kind, "status": "open", "record": record, "permit": permit.shown.permit if permit else None,
            "event": event, "staff": staff, "debtor": debtor, "about": about, "details": dict(told),
            "happened_at": at, "found_at": self.now,
        }  # fmt: skip
        key = self._insert(NAME, row)
        content = {"difference": kind, **told}
        steps.record(
            self.connection, NAME, key, "find", "open", at=self.now, by=self.office, case=about, content=content
        )
        self.made.append(ids.public(NAME, key))

    def _settle(self, finding: int, permit: Permitted) -> None:
        """A later file has the dial that was missing."""
        rows = T[NAME]
        self.connection.execute(update(rows).where(rows.c.id == finding).values(status="closed", closed_at=self.now))
        steps.record(self.connection, NAME, finding, "settle", "closed", at=self.now, by=None, case=permit.case)

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
