"""A new number (新号码, policy article 11.2): only with a lawful source, and with what shows it.

The six sources of the CBA guideline (2026): contract, application, authorisation, public channel, told by a reserved
contact, a bureau with authorisation; and the debtor's own word. One told by a contact names which contact and which
call. Everything is written over a connection, so that a call and a command write it the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from sqlalchemy import Connection, insert, select
from sqlmodel import SQLModel

from collectdesk.desk import steps
from collectdesk.desk.dials import again
from collectdesk.desk.importing.finding import Refusal
from collectdesk.desk.importing.phones import Phone, read_phone
from collectdesk.desk.lost.refusal import THIRD
from collectdesk.desk.practice import undialable
from collectdesk.errors import N_, BadData, Busy, UsageProblem
from collectdesk.store.ids import public
from collectdesk.store.tables import Call, CaseParty, Number

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

TOLD = "told_by_contact"
LAWFUL = ("contract", "application", "authorisation", "public", TOLD, "bureau_authorised", "debtor")
PLACES = ("home", "work", "other", "none", "unknown")


class NewNumber(Struct, frozen=True, kw_only=True):
    """A number for ``person`` and where it came from; ``told_by`` and ``call`` are keys.

    ``evidence`` says what shows the source: the clause, the letter of authorisation, the public page.
    """

    person: int
    phone: Phone
    source: str
    evidence: str = ""
    place: str = "unknown"
    told_by: int | None = None
    call: int | None = None


def read(text: str, *, practice: bool) -> Phone:
    """A number as it was typed, in its one spelling; on a practice desk one that nobody has.

    Raises:
        BadData: it is no telephone number; the message never repeats it.
    """
    try:
        phone = read_phone(text)
    except Refusal as refusal:
        raise BadData("number_form", N_("This is no telephone number."), hint=refusal.hint) from None
    return Phone(undialable(phone.number), phone.kind) if practice else phone


def write(connection: Connection, office: Office, case: int, new: NewNumber, at: int) -> int:
    """Put a number on file, not tried yet; its key. What was dialled of it without a permit counts from now on.

    Raises:
        UsageProblem: no lawful source, or nothing that shows it.
        BadData: told by somebody who is no reserved contact, or not on that call.
        Busy: the number is on file already.
    """
    require_source(connection, case, new)
    refuse_known(connection, new)
    row = {
        "person": new.person, "number": new.phone.number, "class": new.phone.kind, "place": new.place,
        "source": new.source, "status": "unknown", "status_at": at, "confirmed_at": None, "added_at": at,
    }  # fmt: skip
    made = connection.execute(insert(_table(Number)), row).inserted_primary_key
    assert made is not None
    key = int(made[0])
    again.learned(connection, key - 1, at)
    content = {"source": new.source, "evidence": new.evidence or None, "person": public("person", new.person)}
    if new.told_by is not None:
        content["told_by"] = public("person", new.told_by)
    if new.call is not None:
        content["call"] = public("call", new.call)
    steps.record(connection, "number", key, "add", "unknown", at=at, by=office, case=case, content=content)
    return key


def require_source(connection: Connection, case: int, new: NewNumber) -> None:
    """Refuse a number without a lawful source.

    Raises:
        UsageProblem: none of the lawful sources, or nothing that shows it.
        BadData: told by somebody who is no reserved contact, or not on that call.
    """
    if new.source not in LAWFUL:
        raise UsageProblem(
            "number_source",
            N_("{name} must be one of: {choices}."),
            hint=N_("A number without a lawful source is not kept."),
            name="--source",
            choices=", ".join(LAWFUL),
        )
    if new.source == TOLD:
        _require_telling(connection, case, new)
    elif not any(map(str.isalnum, new.evidence)) and new.call is None:
        raise UsageProblem("text_missing", N_("{name} is needed: say it in words."), name="--evidence")


def refuse_known(connection: Connection, new: NewNumber) -> None:
    """Refuse a number this person has already.

    Raises:
        Busy: it is on file; its source and state stay as they are.
    """
    number = _table(Number)
    held = select(number.c.id).where(number.c.person == new.person, number.c.number == new.phone.number)
    key = connection.execute(held).scalars().first()
    if key is not None:
        raise Busy(
            "number_known",
            N_("This person has that number already: {number}."),
            hint=N_("`collectdesk number ok` takes one back into use."),
            number=public("number", key),
        )


def reserved_contact(connection: Connection, case: int, person: int) -> bool:
    """Whether ``person`` is a third person of the case whom the debtor reserved beforehand (预留联系人)."""
    party = _table(CaseParty)
    asked = select(party.c.role).where(party.c.case_id == case, party.c.person == person, party.c.reserved.is_(True))
    return bool(set(connection.execute(asked).scalars()) & set(THIRD))


def _require_telling(connection: Connection, case: int, new: NewNumber) -> None:
    if new.told_by is None or new.call is None:
        raise UsageProblem(
            "number_told",
            N_("Say which contact told it, and on which call: --told-by and --call."),
            hint=N_("`collectdesk case history` names the calls of a case."),
        )
    if not reserved_contact(connection, case, new.told_by):
        raise BadData(
            "number_not_reserved",
            N_("Whoever told it is no contact the debtor reserved; that is no lawful source."),
        )
    call = _table(Call)
    row = connection.execute(select(call).where(call.c.id == new.call)).first()
    met = row is not None and (row.state.get("person") == new.told_by or row.person == new.told_by)
    if row is None or row.case_id != case or not met:
        raise BadData("number_call", N_("That was no call with this contact on this case."))


def _table(kind: type[SQLModel]) -> Any:  # noqa: ANN401 - a table's columns are named at run time
    return SQLModel.metadata.tables[str(kind.__tablename__)]
