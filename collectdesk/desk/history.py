"""The history of a case (案件经过): every contact, every call with its verdict, what was said and what came of it.

Read from the tables alone, newest first: a call shows its verdict, the script's version, each line with the time it
was acknowledged, and its outcome; a refused call shows why; contacts by others show as they were brought in. Between
them stand payments and every step of what the desk follows up: objections, plans, promises, holds, referrals …
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from collectdesk.desk.casebook import find
from collectdesk.desk.steps_seen import COMPLAINT, Eyes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Member
    from collectdesk.store.tables import (
        Call,
        CaseFile,
        ContactEvent,
        LineShown,
        Note,
        Payment,
        Permit,
        Recording,
        Step,
        Verdict,
    )

RECEIVED = "receive"
"""The step of a complaint that is no secret: that it came in."""


@dataclass(frozen=True)
class Withheld:
    """A complaint a call led to, as everybody may know of it: its key, and whether it is closed."""

    id: int
    closed: bool


@dataclass(frozen=True)
class Entry:
    """Something that happened: a call of ours, a refusal, a contact that was brought in, a note, a step, a payment.

    Attributes:
        at: UTC seconds.
        kind: ``call``, ``refused``, ``contact``, ``note``, ``step`` or ``payment``.
        by: the staff number of whoever did it, where it was one of ours.
        verdict: what the gate said, where it was asked.
        outcome: rows that came of a call, by table: promise, callback, objection …
        veiled: that the step was taken may be known, and no more of it.
    """

    at: int
    kind: str
    by: str | None = None
    org: str | None = None
    call: Call | None = None
    permit: Permit | None = None
    verdict: Verdict | None = None
    event: ContactEvent | None = None
    person: str | None = None
    role: str | None = None
    number: str | None = None
    lines: tuple[LineShown, ...] = ()
    notes: tuple[Note, ...] = ()
    outcome: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    recording: Recording | None = None
    step: Step | None = None
    veiled: bool = False
    payment: Payment | None = None


def history(session: Session, code: str, reader: Member | None = None) -> list[Entry]:
    """Everything that happened on a case, newest first.

    Args:
        session: an open reading session.
        code: the case's number.
        reader: who reads it; how complaints are handled is seen by those who decide and are not concerned.
    Raises:
        NotFound: there is no such case.
    """
    from sqlmodel import col, select

    from collectdesk.store import tables as t

    case = find(session, code)
    calls = list(session.execute(select(t.Call).where(t.Call.case_id == case.id)).scalars())
    permits = list(session.execute(select(t.Permit).where(t.Permit.case_id == case.id)).scalars())
    verdicts = {row.id: row for row in session.execute(select(t.Verdict).where(t.Verdict.case_id == case.id)).scalars()}
    events = [
        row
        for row in session.execute(
            select(t.ContactEvent).where(
                t.ContactEvent.debtor == case.debtor, col(t.ContactEvent.superseded_at).is_(None)
            )
        ).scalars()
        if case.id in row.debts or not row.debts
    ]
    book = _Book(session, case, calls)
    entries = book.calls(permits, verdicts, events)
    entries += book.refusals(permits, verdicts)
    entries += book.contacts(events, permits)
    entries += book.loose_notes()
    entries += book.steps(session, Eyes(session, reader))
    entries += book.payments(session)
    return sorted(entries, key=lambda entry: (entry.at, entry.kind), reverse=True)


class _Book:
    """What every entry needs to be read by a person, asked once."""

    def __init__(self, session: Session, case: CaseFile, calls: list[Call]) -> None:
        from sqlmodel import col, select

        from collectdesk.store import tables as t

        keys = [call.id for call in calls]
        self.case, self.rows = case, calls

        def of_calls(table: type[Any]) -> dict[int, list[Any]]:
            found = session.execute(select(table).where(col(table.call).in_(keys)).order_by(col(table.id)))
            return _by_call(found.scalars())

        self.lines = of_calls(t.LineShown)
        self.recordings = of_calls(t.Recording)
        kinds = (t.Promise, t.Callback, t.Objection, t.Complaint, t.Emergency, t.ConductWarning)
        self.outcomes = {kind.__name__.lower(): of_calls(kind) for kind in kinds}
        notes = select(t.Note).where(t.Note.case_id == case.id).order_by(col(t.Note.id))
        self.notes = list(session.execute(notes).scalars())
        self.staff = {row.id: row.number for row in session.execute(select(t.Staff)).scalars()}
        self.orgs = {row.id: row for row in session.execute(select(t.Org)).scalars()}
        parties = select(t.CaseParty, t.Person).join(t.Person, col(t.Person.id) == col(t.CaseParty.person))
        found = session.execute(parties.where(t.CaseParty.case_id == case.id)).all()
        self.people = {person.id: (person.name, party.role) for party, person in found}
        numbers = select(t.Number).where(col(t.Number.person).in_(list(self.people)))
        self.numbers = {row.id: row.number for row in session.execute(numbers).scalars()}

    def calls(
        self, permits: list[Permit], verdicts: dict[int | None, Verdict], events: list[ContactEvent]
    ) -> list[Entry]:
        """Our calls, with all that belongs to each."""
        by_key = {permit.id: permit for permit in permits}
        seen = {event.id: event for event in events}
        return [self._call(call, by_key.get(call.permit), verdicts, seen) for call in self.rows]

    def refusals(self, permits: list[Permit], verdicts: dict[int | None, Verdict]) -> list[Entry]:
        """Calls the gate refused."""
        used = {permit.verdict: permit for permit in permits}
        return [
            Entry(row.at, "refused", by=self.staff.get(used[row.id].collector) if row.id in used else None, verdict=row)
            for row in verdicts.values()
            if not row.allowed
        ]

    def contacts(self, events: list[ContactEvent], permits: list[Permit]) -> list[Entry]:
        """Contacts that are no call of this book: brought in by file, or a dial without a call."""
        dialled = {permit.id: permit for permit in permits}
        ours = {_counted(call, dialled.get(call.permit)) for call in self.rows}
        collectors = {permit.event: permit.collector for permit in permits}
        return [
            self._with_contact(
                event, Entry(event.at, "contact", by=self.staff.get(collectors.get(event.id, event.by_staff)))
            )
            for event in events
            if event.id not in ours
        ]

    def loose_notes(self) -> list[Entry]:
        """Notes that belong to no call."""
        return [
            Entry(note.at, "note", by=self.staff.get(note.by_staff), notes=(note,))
            for note in self.notes
            if note.call is None
        ]

    def steps(self, session: Session, eyes: Eyes) -> list[Entry]:
        """The steps of whatever the desk follows up on this case, as far as they are for ``eyes``."""
        from sqlmodel import col, select

        from collectdesk.store.tables import Step

        asked = select(Step).where(col(Step.case_id) == self.case.id).order_by(col(Step.id))
        found = [(step, eyes.see(step.kind, step.subject)) for step in session.execute(asked).scalars()]
        return [
            Entry(step.at, "step", by=self.staff.get(step.by_staff), step=step, veiled=not seen)
            for step, seen in found
            if seen or (step.kind, step.act) == (COMPLAINT, RECEIVED)
        ]

    def payments(self, session: Session) -> list[Entry]:
        """What was paid, and what was taken back."""
        from sqlmodel import col, select

        from collectdesk.store.tables import Payment

        asked = select(Payment).where(col(Payment.case_id) == self.case.id).order_by(col(Payment.id))
        return [
            Entry(row.at, "payment", by=self.staff.get(row.by_staff), payment=row)
            for row in session.execute(asked).scalars()
        ]

    def _call(
        self,
        call: Call,
        permit: Permit | None,
        verdicts: dict[int | None, Verdict],
        events: dict[int | None, ContactEvent],
    ) -> Entry:
        assert call.id is not None
        key = call.id
        recordings = self.recordings.get(key, [])
        event = events.get(_counted(call, permit))
        name, role = self.people.get(call.person or (permit.person if permit else None), (None, None))
        number = self.numbers.get(call.number or (permit.number if permit else None))
        return Entry(
            call.started_at,
            "call",
            by=self.staff.get(call.collector),
            call=call,
            permit=permit,
            verdict=verdicts.get(permit.verdict) if permit and permit.verdict else None,
            event=event,
            person=name,
            role=role,
            number=number,
            lines=tuple(self.lines.get(key, ())),
            notes=tuple(note for note in self.notes if note.call == key),
            outcome={kind: tuple(map(_known, rows[key])) for kind, rows in self.outcomes.items() if key in rows},
            recording=recordings[0] if recordings else None,
        )

    def _with_contact(self, event: ContactEvent, entry: Entry) -> Entry:
        from dataclasses import replace

        org = self.orgs.get(event.org)
        name, role = self.people.get(event.person, (None, None))
        return replace(
            entry,
            event=event,
            org=None if org is None or org.own else org.name,
            person=name,
            role=role,
            number=self.numbers.get(event.number),
        )


def _counted(call: Call, permit: Permit | None) -> int | None:
    """The contact a call counts as: its own once it is closed, its permit's from the moment the number was shown."""
    return call.event or (permit.event if permit else None)


def _known(row: Any) -> Any:  # noqa: ANN401 - a row of any table
    """What a call led to, as a history shows it; of a complaint only that it exists."""
    return Withheld(row.id, row.status == "closed") if type(row).__name__ == "Complaint" else row


def _by_call(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.call].append(row)
    return dict(found)
