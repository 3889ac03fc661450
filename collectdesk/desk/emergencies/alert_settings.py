"""How the desk sends alerts, and to which other departments: an administrator's to set, journalled.

The command is run as it stands, without a shell; the address of a member of staff is made of their number.
"""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from collectdesk.desk.emergencies.in_line import EVERY
from collectdesk.errors import N_, BadData, NotFound
from collectdesk.store import journal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

HOOK, MAIL = "alert_hook", "alert_mail"
NUMBER = "{number}"
EXAMPLE = "{number}@desk.example"
_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")


class AlertSettings(Struct, frozen=True):
    """The command that is run and the pattern of staff addresses, such as ``{number}@desk.example``; empty for none."""

    hook: str = ""
    mail: str = ""

    def address(self, number: str) -> str | None:
        """Where a member of staff is written to."""
        return self.mail.replace(NUMBER, number) if self.mail else None


def read(where: Connection | Session) -> AlertSettings:
    """What is set."""
    from collectdesk.desk.office import setting

    return AlertSettings(setting(where, HOOK) or "", setting(where, MAIL) or "")


def change(office: Office, *, hook: str | None = None, mail: str | None = None) -> AlertSettings:
    """Set the command or the addresses; an empty text takes it away.

    Raises:
        NotPermitted: no administrator.
        BadData: there is no such command, or the addresses have no ``{number}``.
    """
    from collectdesk.store.tables import Meta

    office.require_role("admin")
    if hook:
        _require_command(hook)
    if mail and (NUMBER not in mail or not _ADDRESS.fullmatch(mail.replace(NUMBER, "1"))):
        raise BadData("alert_mail", N_("The addresses must be like {example}."), example=EXAMPLE)
    with office.writing() as session:
        for key, value in ((HOOK, hook), (MAIL, mail)):
            if value is not None:
                session.merge(Meta(key=key, value=value))
                session.flush()
                _journal(office, session, f"desk.{key}", f"meta:{key}", {"value": value})
        return read(session)


def contacts(session: Session) -> list[Any]:
    """The departments of the list, by kind; rows of ``EmergencyContact``."""
    from sqlmodel import col, select

    from collectdesk.store.tables import EmergencyContact

    asked = select(EmergencyContact).where(col(EmergencyContact.removed_at).is_(None))
    return list(session.execute(asked.order_by(col(EmergencyContact.kind), col(EmergencyContact.id))).scalars())


def set_contact(office: Office, kind: str, name: str, *, email: str = "", phone: str = "") -> int:
    """Put a department on the list for a kind of emergency, in the place of the one of that name; its key.

    Raises:
        NotPermitted: no administrator.
        NotFound: there is no such kind.
        BadData: it has no name, no way to be reached, or an address that is none.
    """
    from collectdesk.store.tables import EmergencyContact

    office.require_role("admin")
    if not name.strip() or not (email.strip() or phone.strip()):
        raise BadData("contact_incomplete", N_("A department needs a name, and an e-mail address or a number."))
    if email and not _ADDRESS.fullmatch(email.strip()):
        raise BadData("contact_email", N_("That is not an e-mail address."))
    with office.writing() as session:
        _require_kind(session, kind, office.now())
        for row in contacts(session):
            if (row.kind, row.name) == (kind, name.strip()):
                row.removed_at = office.now()
        made = EmergencyContact(
            kind=kind,
            name=name.strip(),
            email=email.strip() or None,
            phone=phone.strip() or None,
            set_by=office.staff.id,
            set_at=office.now(),
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        subject = f"emergency_contact:{made.id}"
        _journal(office, session, "emergency.contact_set", subject, {"kind": kind, "name": made.name})
        return made.id


def remove_contact(office: Office, kind: str, name: str = "") -> int:
    """Take the departments of a kind off the list, or the one of that name; how many.

    Raises:
        NotPermitted: no administrator.
        NotFound: none is on it.
    """
    office.require_role("admin")
    with office.writing() as session:
        found = [row for row in contacts(session) if row.kind == kind and name in ("", row.name)]
        if not found:
            raise NotFound("no_such_contact", N_("No such department is on the list."))
        for row in found:
            row.removed_at = office.now()
            session.flush()
            _journal(office, session, "emergency.contact_removed", f"emergency_contact:{row.id}", {"kind": kind})
        return len(found)


def kinds(where: Connection | Session, at: int) -> list[str]:
    """The kinds a department can be told of: the adopted ones, and all."""
    from collectdesk.desk import adoption

    found = adoption.in_force(where, "codes", at)
    return [EVERY, *(code.code for codes in found for code in codes.value.of("emergency"))]


def _require_kind(session: Session, kind: str, at: int) -> None:
    known = kinds(session, at)
    if kind not in known:
        raise NotFound(
            "no_such_kind",
            N_("There is no such kind of emergency."),
            hint=N_("The kinds are: {kinds}."),
            kinds=", ".join(known),
        )


def _require_command(hook: str) -> None:
    try:
        words = shlex.split(hook)
    except ValueError:
        words = []
    if not words or shutil.which(words[0]) is None:
        raise BadData(
            "alert_hook", N_("There is no such command on this computer."), hint=N_("Give its path, and its arguments.")
        )


def _journal(office: Office, session: Session, action: str, subject: str, after: Mapping[str, object]) -> None:
    journal.append(session, at=office.now(), actor=office.staff.number, action=action, subject=subject, after=after)
