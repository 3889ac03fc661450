"""Where letters come back to (回邮地址): the company's postal address, an administrator's to set, journalled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collectdesk.errors import N_, BadData
from collectdesk.store import journal

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

KEY = "letter_address"
LONGEST = 200
"""Signs of an address: it stands on an envelope."""
TELLING = re.compile(r"[催债欠]|清收|collect|debt|recover", re.IGNORECASE)
"""What would tell anybody who sees an envelope what it is about (policy article 5.2)."""


def address(where: Connection | Session) -> str:
    """The company's postal address as it stands on letters; empty while nobody has set it."""
    from collectdesk.desk.office import setting

    return setting(where, KEY) or ""


def set_address(office: Office, text: str) -> str:
    """Set it, or with an empty text take it away; letters made before keep theirs.

    Raises:
        NotPermitted: no administrator.
        BadData: it is too long for an envelope, holds signs nobody can see, or tells whose it is or what about.
    """
    from collectdesk.store.tables import Meta

    office.require_role("admin")
    lines = [line.strip() for line in text.replace("\\n", "\n").splitlines() if line.strip()]
    kept = "\n".join(lines)
    if len(kept) > LONGEST or not kept.replace("\n", "").isprintable():
        raise BadData("letter_address", N_("That is no postal address for an envelope."), hint=N_("A few plain lines."))
    if TELLING.search(kept) or office.company.name in kept:
        raise BadData(
            "letter_address_tells",
            N_("On an envelope that would tell others whose letter it is, or what about."),
            hint=N_("Give the address alone: street, town, post code."),
        )
    with office.writing() as session:
        session.merge(Meta(key=KEY, value=kept))
        session.flush()
        after = {"value": kept}
        journal.append(
            session,
            at=office.now(),
            actor=office.staff.number,
            action=f"desk.{KEY}",
            subject=f"meta:{KEY}",
            after=after,
        )
    return kept
