"""Erasing what is personal of a case (删除个人信息): every text and document that hangs on it, and its people.

The rows stay, so that counts, amounts and the journal's subjects still mean something; what is in them of anybody goes.
Whatever a table holds in words is erased unless it is named here as a code or a key, so that a table added later is
erased until somebody has looked at it. A person, and what hangs on the debtor, goes with the last case they are in.
The journal holds only keyed digests: its chain stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from collectdesk.desk.destructions.gone import GONE
from collectdesk.desk.evidence.subjects import MOST, OF_DEBTOR, hanging

if TYPE_CHECKING:
    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import CaseFile, Destruction

KEPT: Mapping[str, tuple[str, ...]] = {
    "call": ("step", "party", "cause", "ability", "attitude", "outcome", "next_action", "script", "language"),
    "call_answer": ("step", "field"),
    "line_shown": ("line", "script", "script_version"),
    "preparation": ("day", "digest"),
    "recording": ("digest", "file"),
    "found_recording": ("file", "digest", "candidates"),
    "destruction": ("number", "receipt", "receipt_digest", "certificate", "digest", "reason"),
    "destruction_item": ("why",),
    "case_file": ("code", "product", "frozen_why"),
    "statement": ("currency",),
    "contract_term": ("code",),
    "case_consequence": ("code",),
    "contact_event": ("debts", "discussed"),
    "consent": ("opens", "debts", "numbers", "channels", "only_in", "weekly"),
    "designation": ("debts", "weekly"),
    "hold": ("debts", "persons", "allows", "cause"),
    "notice": ("debts",),
    "permit": ("debts", "purpose", "idempotency_key", "reason"),
    "verdict": ("decision", "digests"),
    "promise": ("currency", "channel", "holds"),
    "callback": ("purpose",),
    "objection": ("category",),
    "complaint": ("category", "upheld"),
    "grievance": ("category",),
    "emergency": ("kind", "alerted", "safe"),
    "violation": ("kind",),
    "conduct_warning": ("entry", "place"),
    "quality_review": ("month", "why", "card", "digest"),
    "quality_answer": ("item", "reason"),
    "quality_finding": ("item",),
    "retraining": ("section", "due_on"),
    "plan": ("currency", "digest", "approved_digest", "terms"),
    "payment": ("currency", "channel"),
    "request": ("matter", "party", "choices", "digest", "answer", "answer_digest"),
    "attestation": ("kind",),
    "step": ("kind", "act", "state"),
    "letter": ("template", "version", "template_digest", "lang", "html_digest", "plain_digest"),
    "dial_record": ("mark",),
    "dial_finding": ("details",),
}
"""Columns that hold codes, keys, digests and versions, never anybody's words, by table."""
NEVER_EMPTY: Mapping[str, tuple[str, ...]] = {"letter": ("html", "plain")}
"""Columns without which a row would not be what it is: something stands in their place."""


def erase_case(office: Office, session: Session, row: Destruction) -> dict[str, int]:
    """Erase what is personal of the case of ``row``; how many rows of each table were."""
    from sqlmodel import select

    from collectdesk.store.tables import CaseFile, Step

    case = session.get_one(CaseFile, row.case_id, with_for_update=True)
    if not office.store.on_server:
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
    assert case.id is not None
    owned = dict(hanging(session, case))
    steps = session.execute(select(Step.id).where(Step.case_id == case.id)).scalars()
    owned["step"] = {int(key) for key in steps if key is not None}
    case.destroyed_at = office.now()
    session.add(case)
    session.flush()
    last = _last(session, case)
    counts: Counter[str] = Counter()
    for name, keys in owned.items():
        if keys and (last or not _of_debtor(name)):
            counts[name] += _erase(session, name, sorted(keys))
    counts.update(_people(session, case))
    session.expire_all()
    return {name: count for name, count in sorted(counts.items()) if count}


def _of_debtor(name: str) -> bool:
    """Whether a table's rows belong to all cases of a debtor alike."""
    from sqlmodel import SQLModel

    columns = SQLModel.metadata.tables[name].c
    return OF_DEBTOR in columns and "case_id" not in columns


def _last(session: Session, case: CaseFile) -> bool:
    """Whether no other case of this debtor is still kept."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile

    others = select(CaseFile.id).where(CaseFile.debtor == case.debtor, col(CaseFile.destroyed_at).is_(None))
    return session.execute(others).first() is None


def _people(session: Session, case: CaseFile) -> Counter[str]:
    """Erase the people of the case who are in no other that is kept, with their numbers and zones."""
    from sqlalchemy import text

    counts: Counter[str] = Counter()
    found = session.execute(
        text("SELECT debtor FROM case_file WHERE id = :case UNION SELECT person FROM case_party WHERE case_id = :case"),
        {"case": case.id},
    ).scalars()
    for person in list(found):
        elsewhere = session.execute(
            text(
                "SELECT count(*) FROM case_file f WHERE f.destroyed_at IS NULL AND (f.debtor = :person OR EXISTS "
                "(SELECT 1 FROM case_party p WHERE p.case_id = f.id AND p.person = :person))"
            ),
            {"person": person},
        ).scalar_one()
        if elsewhere:
            continue
        _unknown_dials(session, int(person))
        counts["person"] += _erase(session, "person", [int(person)])
        for name in ("number", "person_zone"):
            counts[name] += _erase(session, name, _keys(session, name, int(person)))
    return counts


def _unknown_dials(session: Session, person: int) -> None:
    """Forget the digests of this person's numbers in the phone's records, so that no key can tell them any more."""
    from sqlalchemy import Text, cast, literal, select, update
    from sqlmodel import SQLModel

    from collectdesk.desk.dials.comparing import digest_of
    from collectdesk.desk.recordings.naming import canonical

    numbers, records = SQLModel.metadata.tables["number"], SQLModel.metadata.tables["dial_record"]
    for number in session.execute(select(numbers.c.number).where(numbers.c.person == person)).scalars().all():
        digest = digest_of(session.connection(), canonical(number))
        forgotten = update(records).where(records.c.number_digest == digest)
        session.execute(forgotten.values(number_digest=literal("x") + cast(records.c.id, Text)))


def _keys(session: Session, table: str, person: int) -> list[int]:
    from sqlalchemy import select
    from sqlmodel import SQLModel

    rows = SQLModel.metadata.tables[table]
    return [int(key) for key in session.execute(select(rows.c.id).where(rows.c.person == person)).scalars()]


def _erase(session: Session, name: str, keys: Sequence[int]) -> int:
    """Overwrite what is personal in these rows of a table; how many there were to overwrite."""
    from sqlalchemy import update
    from sqlmodel import SQLModel

    table = SQLModel.metadata.tables[name]
    values = dict(_blanks(table))
    if not values:
        return 0
    for at in range(0, len(keys), MOST):
        session.execute(update(table).where(table.c.id.in_(keys[at : at + MOST])).values(**values))
    return len(keys)


def _blanks(table: Table) -> Iterator[tuple[str, Any]]:
    """What each personal column of a table is overwritten with."""
    from sqlalchemy import Text, cast, literal

    from collectdesk.store.columns import JsonText

    unique = _unique(table)
    for column in table.c:
        if column.name in KEPT.get(table.name, ()) or column.primary_key or column.foreign_keys or _coded(column):
            continue
        if isinstance(column.type, JsonText):
            yield column.name, None if column.nullable else _empty(column)
        elif isinstance(column.type, Text):
            if column.nullable and column.name not in NEVER_EMPTY.get(table.name, ()):
                yield column.name, None
            elif column.name in unique:
                yield column.name, literal("x") + cast(table.c.id, Text)
            else:
                yield column.name, GONE
        elif (table.name, column.name) in (("person", "born_on"), ("person", "died_on")):
            yield column.name, None


def _empty(column: Column[Any]) -> Any:  # noqa: ANN401 - JSON
    """An empty list where the column is one, else an empty object."""
    return {} if column.default is None else []


def _coded(column: Column[Any]) -> bool:
    """Whether the database itself allows only codes, or a date, in it."""
    from sqlalchemy import CheckConstraint

    assert column.table is not None
    name = f"ck_{column.table.name}_{column.name}"
    for check in getattr(column.table, "constraints", ()):
        if isinstance(check, CheckConstraint) and check.name == name:
            said = str(check.sqltext)
            return " IN (" in said or (f'length("{column.name}") = 10' in said and column.table.name != "person")
    return False


def _unique(table: Table) -> set[str]:
    """Columns in which two rows may not say the same."""
    from sqlalchemy import UniqueConstraint

    found = {column.name for column in table.c if column.unique}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            found |= {column.name for column in constraint.columns}
    return found
