"""The practice desk that ships: opened from ``data/demo``, brought in by the ordinary importer, on a working morning.

Everybody on it is made up. It is opened like a real desk, with one passphrase for all of its staff, since there is
nothing to protect.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from collectdesk.desk import opening, qualification
from collectdesk.desk.importing.attesting import Attestation
from collectdesk.desk.importing.casefile import read_file
from collectdesk.desk.importing.load import Order, load
from collectdesk.desk.notices import sender
from collectdesk.desk.office import Clock, Member, Office, company_of
from collectdesk.desk.opening import NewDesk
from collectdesk.desk.practice import refuse_real_people, undialable
from collectdesk.desk.qualification import Qualified
from collectdesk.desk.shipped import directory, shipped
from collectdesk.desk.staff import NewStaff, add
from collectdesk.store import home as homes
from collectdesk.store import journal
from collectdesk.store.home import Home

PASSPHRASE = "practice-desk"  # noqa: S105 - nothing on a practice desk is secret
COLLECTOR = "collector"
Progress = Callable[[str], None]


def open_demo(root: Path, clock: Clock, lang: str, *, tell: Progress = lambda _step: None) -> Office:
    """Open the practice desk in ``root`` with its collector signed in for this process.

    Args:
        root: an empty or absent directory.
        clock: the wall clock; the desk's own is shifted to its working morning.
        lang: the language spoken.
        tell: told each step as it begins (``opening``, ``staff``, ``import``).
    Raises:
        Busy: the directory is in use.
    """
    facts = tomllib.loads(shipped("demo/desk.toml").decode())
    begins: datetime = facts["clock"]["start"]
    today = begins.astimezone(ZoneInfo(facts["clock"]["zone"])).date()
    shift = int(begins.timestamp()) - int(clock().timestamp())
    tell("opening")
    admin, *others = facts["staff"]
    name = facts["company"]["name_en" if lang == "en" else "name"]
    wish = NewDesk(
        name, facts["company"]["kind"], admin["number"], admin["name"], lang, today, team=admin["team"], practice=shift
    )
    opened = opening.open_desk(root, wish, PASSPHRASE, int(begins.timestamp()), prove=lambda _code: True)
    office = _office(opened.home, opened.key, opened.admin, clock, lang, shift)
    try:
        tell("staff")
        members = {admin["number"]: opened.admin}
        for each in others:
            members[each["number"]] = add(office, _new_staff(each), PASSPHRASE)
        _qualify(office, others, members, today)
        _creditors(office, facts["creditors"])
        sender.set_address(office, facts["company"]["address"])
        tell("import")
        _import(office, facts, members, today)
    except BaseException:
        office.close()
        raise
    working = next(each for each in others if each["role"] == COLLECTOR)
    return replace(office, staff=members[working["number"]])


def _office(home: Home, key: bytes, staff: Member, clock: Clock, lang: str, shift: int) -> Office:
    store = homes.open_store(home, key)
    with store.reader.connect() as connection:
        company = company_of(connection)
    return Office(home, store, staff, company, lang, key, practice=True, clock=clock, shift=shift)


def _new_staff(row: Mapping[str, Any]) -> NewStaff:
    return NewStaff(row["number"], row["name"], row["role"], row["team"], row["superior"])


def _qualify(office: Office, rows: list[Mapping[str, Any]], members: Mapping[str, Member], today: date) -> None:
    for row in rows:
        for held in row.get("qualifications", ()):
            with office.writing() as session:
                qualification.attest(
                    session,
                    members[row["number"]],
                    _qualified(held),
                    by=members[held["attested_by"]],
                    at=office.now(),
                    today=today,
                )


def _qualified(held: Mapping[str, Any]) -> Qualified:
    if held["kind"] == "exam":
        return Qualified(
            exam_on=held["on"], exam_score=held["score"], exam_by=held["by_whom"], expires_on=held["expires_on"]
        )
    return Qualified(**{f"{'vetted' if held['kind'] == 'vetting' else 'confidentiality'}_on": held["on"]})


def _creditors(office: Office, rows: list[Mapping[str, Any]]) -> None:
    """Creditors with the two items they ask for and the channels they have designated."""
    from sqlalchemy import insert

    from collectdesk.store.tables import Creditor, Org, PaymentChannel

    with office.writer.begin() as connection:
        at = office.now()
        for row in rows:
            made = connection.execute(insert(Org), {"name": row["name"], "kind": row["kind"], "own": False})
            assert made.inserted_primary_key is not None
            key = int(made.inserted_primary_key[0])
            kept = {name: row[name] for name in ("identity_items", "hotline", "languages")}
            connection.execute(insert(Creditor), {"org": key, **kept})
            for channel in row["channels"]:
                values = {"creditor": key, "from_at": at, "account": None, **channel}
                connection.execute(insert(PaymentChannel), values)
            journal.append(
                connection,
                at=at,
                actor=office.staff.number,
                action="creditor.add",
                subject=f"org:{key}",
                after=dict(row),
            )


def _import(office: Office, facts: Mapping[str, Any], members: Mapping[str, Member], today: date) -> None:
    vouched = facts.get("attestations", ())
    by = members[vouched[0]["by"]] if vouched else office.staff
    for name in ("cases", "calls"):
        file = read_file(directory() / "demo" / facts["files"][name], today=today)
        refuse_real_people(file)
        order = Order(
            at=office.now(),
            today=today,
            staff=by.id,
            number=by.number,
            role=by.role,
            attestations=tuple(Attestation(each["kind"]) for each in vouched) if name == "cases" else (),
            number_for=undialable,
        )
        outcome = load(office.store, file, order)
        if outcome.errors:
            raise RuntimeError(f"data/demo does not import: {outcome.errors[0].code}")
