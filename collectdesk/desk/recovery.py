"""The recovery code (恢复码): shown once, proven to be kept by typing part of it back or by a file of the owner's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.errors import N_, Busy, NotPermitted
from collectdesk.store import files, keys
from collectdesk.store import home as homes

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

Prove = Callable[[str], bool]
"""Shows the recovery code and says whether it was proven to be written down."""


def renew(office: Office, prove: Prove) -> None:
    """Give the desk another recovery code; from then on the old one opens nothing.

    Raises:
        NotPermitted: whoever is signed in is no administrator, the desk is on a server, or the code was not proven.
        Problem: the slot cannot be written.
    """
    from collectdesk.store import journal

    office.require_role("admin")
    if office.store.on_server:
        raise on_server()
    code = keys.new_recovery_code()
    if not prove(code):
        raise NotPermitted(
            "recovery_unproven",
            N_("The recovery code was not typed back as shown; the old one stays."),
            hint=N_("Run `collectdesk staff recovery` again and write the code down."),
        )
    with office.writing() as session, files.disk_problems():
        at, desk = office.now(), homes.read(office.home).desk
        journal.append(session, at=at, actor=office.staff.number, action="recovery.renew", subject=f"desk:{desk}")
        keys.add_recovery(office.home, desk, office.key, code)


def on_server() -> NotPermitted:
    """Why a desk on a server has none."""
    return NotPermitted(
        "no_recovery_on_server",
        N_("A desk on a server has no recovery code."),
        hint=N_("Another administrator sets a passphrase with `collectdesk staff passphrase`."),
    )


def question() -> tuple[int, int]:
    """Which two groups of the code, from 1, are to be typed back."""
    return keys.recovery_question()


def right(code: str, group: int, typed: str) -> bool:
    """Whether ``typed`` is that group; letter case and spaces do not matter."""
    return keys.recovery_proven(code, (group,), (typed,))


def prove_by_file(path: Path, code: str) -> bool:
    """Leave the code in a new file only its owner reads, and read it back.

    Raises:
        Busy: the file exists already; it may hold another desk's code.
        Problem: it cannot be written.
    """
    if path.exists():
        raise Busy("file_exists", N_("There is a file of that name already."), hint=N_("Choose another name."))
    with files.disk_problems():
        files.write_private(path, code.encode() + b"\n")
        return path.read_text().strip() == code
