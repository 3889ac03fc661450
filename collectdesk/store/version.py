"""Which schema this program speaks, and the refusal of any other; imports nothing heavy."""

from __future__ import annotations

from collectdesk.errors import N_, BadData, NotFound

SCHEMA_VERSION = 4


def require(found: int) -> None:
    """Refuse a database whose schema is not this program's.

    Raises:
        NotFound: there is no desk in it.
        BadData: it is newer (an older program must not touch it) or older (``upgrade`` brings it forward).
    """
    if found == SCHEMA_VERSION:
        return
    if found == 0:
        raise NotFound(
            "database_empty",
            N_("There is a database, but no desk in it."),
            hint=N_(
                "An interrupted `collectdesk init` leaves this: run it again. If there was a desk, `collectdesk "
                "restore` brings a backup back."
            ),
        )
    if found > SCHEMA_VERSION:
        raise BadData(
            "schema_newer",
            N_("This desk was opened by a newer version of the program (schema {found}; this one knows {known})."),
            hint=N_("Update the program; nothing was changed."),
            found=found,
            known=SCHEMA_VERSION,
        )
    raise BadData(
        "schema_older",
        N_("This desk is of an older version (schema {found}; this program needs {known})."),
        hint=N_("An administrator signs in and runs `collectdesk upgrade`; it makes a backup first."),
        found=found,
        known=SCHEMA_VERSION,
    )
