"""Who may make a call for somebody's safety (安全回访): a superior, and only while an emergency of the case is open.

The gate lets such a call pass at any hour; so that this is no way round it, the permit asks here first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from collectdesk.desk.call.state import PROTECTING
from collectdesk.errors import N_, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Office

CALLING_BACK = ("lead", "admin")
"""Who rings somebody for their safety; an officer does not call."""
STANDING = text("SELECT 1 FROM emergency WHERE case_id = :case_id AND status <> 'closed'")


def require_protecting(office: Office, connection: Connection, case: int, purpose: str) -> None:
    """Go on unless the purpose is somebody's safety and this is not for whoever is signed in, or not now.

    Raises:
        NotPermitted: they only collect, or no emergency of the case is open.
    """
    if purpose not in PROTECTING:
        return
    office.require_role(*CALLING_BACK)
    if connection.execute(STANDING, {"case_id": case}).first() is None:
        raise NotPermitted(
            "no_emergency",
            N_("A call for somebody's safety belongs to an emergency, and none of this case is open."),
            hint=N_("`collectdesk check` says when an ordinary call is lawful."),
        )
