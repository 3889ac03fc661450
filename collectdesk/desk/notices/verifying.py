"""Whether a letter's file is what was made (核验), and whether what is kept of all letters is (policy article 9.3)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from collectdesk.desk.destructions.gone import GONE
from collectdesk.desk.health import Check
from collectdesk.desk.notices import letterbox
from collectdesk.desk.notices.letterbox import digest, spelled
from collectdesk.desk.notices.rendering import META, NUMBER
from collectdesk.errors import N_, BadData, NotFound
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

T = METADATA.tables
LARGEST = 4 << 20
"""No letter is as large; what is, is none of ours."""
MARK = re.compile(
    rf'<meta name="{META}" content="(20\d\d-\d+)">|^(?:{"|".join(map(re.escape, NUMBER.values()))}) (20\d\d-\d+)', re.M
)


class Fault(NamedTuple):
    """A letter whose kept text or template is not what was recorded: its number, and ``text`` or ``template``."""

    number: str
    what: str


def verify(session: Session, path: Path) -> letterbox.View:
    """The letter a file is, unaltered.

    Raises:
        NotFound: no such file, or it is no letter of this desk.
        BadData: it is a letter of this desk that was altered, or what is kept of it was.
    """
    content = _read(path)
    rows, found = T["letter"], digest(content)
    asked = select(rows.c.id).where((rows.c.html_digest == found) | (rows.c.plain_digest == found))
    key = session.execute(asked).scalar()
    if key is None:
        raise _strange(session, content)
    view = letterbox.view(session, f"lt{key}")
    wrong = next(iter(faults(session.connection(), key)), None)
    if wrong is not None:
        raise BadData(
            "letter_kept_altered",
            N_("The file is what was made, but what is kept of letter {number} was altered since: its {what}."),
            hint=N_("`collectdesk audit verify` says more; `collectdesk restore` brings a backup back."),
            number=wrong.number,
            what=wrong.what,
        )
    return view


def faults(connection: Connection, only: int | None = None) -> list[Fault]:
    """Letters whose kept text does not have its digest, or whose template is not the one that was adopted.

    What was destroyed with its case is neither.
    """
    rows, texts, cases = T["letter"], T["adoption"], T["case_file"]
    asked = select(rows, cases.c.destroyed_at).join(cases, cases.c.id == rows.c.case_id)
    asked = asked.where(rows.c.serial.is_not(None)).order_by(rows.c.year, rows.c.serial)
    if only is not None:
        asked = asked.where(rows.c.id == only)
    adopted = select(texts.c.digest, texts.c.content).where(texts.c.kind == "template")
    sound = {row.digest for row in connection.execute(adopted) if digest(row.content.encode()) == row.digest}
    found = []
    for row in connection.execute(asked):
        number = spelled(row.year, row.serial)
        if row.destroyed_at is not None and row.html == GONE:
            continue
        if digest(row.html.encode()) != row.html_digest or digest(row.plain.encode()) != row.plain_digest:
            found.append(Fault(number, "text"))
        elif row.template_digest not in sound:
            found.append(Fault(number, "template"))
    return found


def gaps(connection: Connection) -> list[str]:
    """Numbers that are missing from a year: there are none unless somebody took a row out."""
    rows = T["letter"]
    held: dict[int, set[int]] = {}
    asked = select(rows.c.year, rows.c.serial).where(rows.c.serial.is_not(None))
    for year, serial in connection.execute(asked):
        held.setdefault(year, set()).add(serial)
    return [spelled(year, n) for year, there in sorted(held.items()) for n in range(1, max(there)) if n not in there]


def examined(office: Office) -> Iterator[Check]:
    """What the doctor says of the letters."""
    with office.reader.connect() as connection:
        wrong, missing = faults(connection), gaps(connection)
        count = len(connection.execute(select(T["letter"].c.id).where(T["letter"].c.serial.is_not(None))).all())
    for fault in wrong:
        yield Check(
            "letter_altered",
            "bad",
            N_("Letter {number} is not what was made: its {what} was altered."),
            N_("collectdesk audit verify"),
            {"number": fault.number, "what": fault.what},
        )
    if missing:
        yield Check(
            "letter_missing",
            "bad",
            N_("Numbers of letters are missing: {numbers}."),
            N_("collectdesk audit verify"),
            {"numbers": ", ".join(missing[:5])},
        )
    if count and not wrong and not missing:
        yield Check("letters", "ok", N_("{count} letters are as they were made, without a gap."), "", {"count": count})


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError:
        raise NotFound("file_missing", N_("There is no such file."), hint=N_("Check the path.")) from None


def _strange(session: Session, content: bytes) -> NotFound | BadData:
    """Why a file is none of the letters: another's, or one that was altered."""
    said = MARK.search(content.decode("utf-8", "replace"))
    number = next(filter(None, said.groups()), "") if said else ""
    try:
        view = letterbox.view(session, number)
    except NotFound:
        return NotFound("not_our_letter_file", N_("That file is no letter this desk has made."), hint="")
    return BadData(
        "letter_altered",
        N_("The file says it is letter {number} of case {case}, but it is not what was made: it was altered."),
        hint=N_("`collectdesk notice write {number}` writes it as it was made."),
        number=number,
        case=view.case,
    )
