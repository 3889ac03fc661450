"""Earlier calls of any organisation, brought to the cases they belong to."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.orgs import Orgs
from collectdesk.desk.importing.planner import Job
from collectdesk.desk.importing.records import CallRecord
from collectdesk.desk.importing.vocabulary import normal
from collectdesk.errors import N_
from collectdesk.store.schema import METADATA

T = METADATA.tables
EVENT_ROW = (
    "id", "at", "recorded_at", "kind", "org", "direction", "debtor", "person", "answered_by", "number", "channel",
    "automated", "line", "talk", "identity", "ended_by", "duration_s", "debts", "discussed", "message", "purpose",
    "external_id", "import_batch",
)  # fmt: skip


class _Case(NamedTuple):
    id: int
    code: str
    creditor: int
    debtor: int
    contract_no: str


@dataclass
class _Targets:
    """Cases, people and numbers that the calls of one batch may mean."""

    by_code: dict[str, _Case] = field(default_factory=dict)
    by_contract: dict[str, list[_Case]] = field(default_factory=lambda: defaultdict(list))
    people: dict[tuple[int, str], int] = field(default_factory=dict)
    numbers: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    events: set[tuple[int, str]] = field(default_factory=set)


class EarlierCalls:
    """Takes batches of calls; those already on the desk change nothing."""

    def __init__(self, job: Job, orgs: Orgs, planned: dict[str, int]) -> None:
        self._job = job
        self._orgs = orgs
        self._planned = planned
        self._seen: set[int] = set()
        self.new = self.same = 0
        self.findings: list[Finding] = []

    def take(self, batch: Sequence[CallRecord]) -> None:
        """Plan one batch."""
        targets = self._look_up(batch)
        for call in batch:
            case = self._case(call, targets)
            if case is not None:
                self._add(call, case, targets)

    def _case(self, call: CallRecord, targets: _Targets) -> _Case | None:
        found = targets.by_code.get(call.ref or "")
        if found is None and call.contract_no:
            several = targets.by_contract.get(call.contract_no, [])
            creditor = self._orgs.find(call.creditor) if call.creditor else None
            several = [case for case in several if creditor in (None, case.creditor)]
            found = several[0] if len(several) == 1 else None
        if found is None and not (call.ref in self._planned or call.contract_no in self._planned):
            labels = self._job.labels
            column = labels.get("calls.ref") or labels.get("calls.contract_no", "")
            message = N_("names no case of this desk, or more than one.")
            self.findings.append(
                Finding(call.line, column, "case_unknown", message, N_("Import the cases first."), table="calls")
            )
        elif found is None:
            self.new += 1  # a dry run: its case is in the same file
        return found

    def _add(self, call: CallRecord, case: _Case, targets: _Targets) -> None:
        job = self._job
        org = self._orgs.take(call.org, call.org_kind)
        mark = call.external_id or _mark(call, case.id)
        seen = hash((org, mark))
        if seen in self._seen or (org, mark) in targets.events:
            self.same += 1
            return
        self._seen.add(seen)
        number = job.number_for(call.number) if call.number else None
        person_by_number, key = targets.numbers.get((case.id, number or ""), (None, None))
        person = self._person(call.person, case, targets) or person_by_number
        job.inserts.add(
            "contact_event", EVENT_ROW, job.keys.take("contact_event"), call.at, job.at, call.kind, org,
            call.direction, case.debtor, person, self._person(call.answered_by, case, targets), key, call.channel,
            call.automated, call.result, call.talk, call.identity, call.ended_by, call.duration_s, f"[{case.id}]", "[]",
            call.message, call.purpose, mark, job.batch,
        )  # fmt: skip
        self.new += 1

    def _person(self, word: str | None, case: _Case, targets: _Targets) -> int | None:
        if word == "debtor":
            return case.debtor
        return targets.people.get((case.id, normal(word))) if word else None

    def _look_up(self, batch: Sequence[CallRecord]) -> _Targets:
        connection, targets, case = self._job.connection, _Targets(), T["case_file"]
        columns = (case.c.id, case.c.code, case.c.creditor, case.c.debtor, case.c.contract_no)
        refs = sorted({call.ref for call in batch if call.ref})
        contracts = sorted({call.contract_no for call in batch if call.contract_no})
        for row in connection.execute(select(*columns).where(case.c.code.in_(refs))) if refs else ():
            targets.by_code[row.code] = _Case(*row)
        for row in connection.execute(select(*columns).where(case.c.contract_no.in_(contracts))) if contracts else ():
            targets.by_contract[row.contract_no].append(_Case(*row))
        cases = [*targets.by_code.values(), *(row for rows in targets.by_contract.values() for row in rows)]
        self._people(targets, sorted({row.id for row in cases}))
        self._events(targets, sorted({row.debtor for row in cases}))
        return targets

    def _people(self, targets: _Targets, cases: list[int]) -> None:
        party, person, number = T["case_party"], T["person"], T["number"]
        asked = select(party.c.case_id, party.c.person, person.c.name).join(person, person.c.id == party.c.person)
        for row in self._job.connection.execute(asked.where(party.c.case_id.in_(cases))):
            targets.people[row.case_id, normal(row.name)] = row.person
        lines = select(party.c.case_id, number.c.person, number.c.number, number.c.id)
        lines = lines.join(number, number.c.person == party.c.person).where(party.c.case_id.in_(cases))
        for case, owner, digits, key in self._job.connection.execute(lines.order_by(number.c.id.desc())):
            targets.numbers[case, digits] = (owner, key)

    def _events(self, targets: _Targets, debtors: list[int]) -> None:
        event = T["contact_event"]
        asked = select(event.c.org, event.c.external_id).where(event.c.debtor.in_(debtors))
        found = self._job.connection.execute(asked.where(event.c.external_id.is_not(None)))
        targets.events = {(row.org, row.external_id) for row in found}


def _mark(call: CallRecord, case: int) -> str:
    """A mark for a call that has none: the same call read again gets the same one."""
    told = repr((case, call.at, call.direction, call.channel, call.number, call.kind)).encode()
    return "file:" + hashlib.blake2b(told, digest_size=12).hexdigest()
