"""Examining the desk (体检): files and their permissions, slots, database, journal, clock, texts, what was left open.

What needs no key is looked at always; what needs one only when somebody is signed in. Nothing is changed here, but for
the clock an administrator confirms.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk.health import Check, State
from collectdesk.desk.office import Office
from collectdesk.errors import N_, Problem
from collectdesk.store import files, slots, throttle
from collectdesk.store import home as homes
from collectdesk.store.home import Home
from collectdesk.store.keys import RECOVERY

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.clock import Reading

OPEN_TOO_LONG = 12 * 60 * 60
MANY_MISSES = 3


def outside(root: Path) -> list[Check]:
    """What can be seen without a key.

    Raises:
        NotFound: there is no desk.
    """
    home = Home(root.absolute())
    homes.read(home)
    return [*_versions(), *_permissions(home), *_slots(home), *_recovery(home), *_sizes(home)]


def inside(office: Office, now: Reading | None = None) -> list[Check]:
    """What is seen with the key of whoever is signed in; ``now``: both clocks, where there is more than the journal."""
    from collectdesk.desk.notices.verifying import examined as letters
    from collectdesk.desk.plans.examining import examined
    from collectdesk.desk.requests.gaps import gaps

    checks: list[Check] = []
    with office.reader.connect() as connection:
        for look in (_integrity, _journal, _left_open):
            checks += look(office, connection)
        checks += _strays(office, connection)
        checks += gaps(connection)
    return [*checks, *examined(office), *letters(office), *_recordings(office), *_clock(office, now), *_texts(office)]


def confirm_clock(office: Office, now: Reading) -> None:
    """An administrator's word that the clock is right.

    Raises:
        NotPermitted: no administrator.
    """
    from collectdesk.desk import clock

    office.require_role("admin")
    with office.writer.begin() as connection:
        clock.confirm(connection, now, office.now(), office.staff.number)


def could_not_open(problem: Problem) -> Check:
    """Why the inside could not be looked at; a file that does not open with the key in hand may be damaged."""
    state = "note" if problem.exit_code == 5 and problem.code != "session_rekeyed" else "bad"
    return Check(problem.code, state, problem.message, problem.hint, dict(problem.params))  # type: ignore[arg-type]


def _versions() -> Iterator[Check]:
    from sqlcipher3 import dbapi2

    yield Check("sqlite", "ok", N_("SQLite {version}."), "", {"version": dbapi2.sqlite_version})


def _permissions(home: Home) -> Iterator[Check]:
    paths = [home.root, *sorted(home.root.rglob("*"))]
    bad = [path for path in paths if not path.is_symlink() and not files.is_private(path)]
    for path in bad:
        yield Check(
            "permissions",
            "bad",
            N_("{file} can be read by others."),
            N_("chmod go-rwx '{path}'"),
            {"file": path.name, "path": str(path)},
        )
    if not bad:
        yield Check("permissions", "ok", N_("Only you can read the desk's files."))


def _slots(home: Home) -> Iterator[Check]:
    for owner in slots.owners(home.slots):
        try:
            slots.read(home.slots, owner)
        except Problem:
            yield Check(
                "slot_damaged",
                "bad",
                N_("The key slot of {owner} is damaged."),
                N_("an administrator: collectdesk staff passphrase {owner}"),
                {"owner": owner},
            )
        missed = throttle.misses(home.slots, owner)
        if missed >= MANY_MISSES:
            yield Check(
                "misses",
                "note",
                N_("{count} wrong passphrases in a row for {owner}."),
                "",
                {"count": missed, "owner": owner},
            )


def _recovery(home: Home) -> Iterator[Check]:
    """Without its slot the recovery code opens nothing; on a server there is none."""
    if homes.read(home).database != "postgresql" and not slots.path_of(home.slots, RECOVERY).exists():
        yield Check(
            "recovery_lost",
            "bad",
            N_("The slot of the recovery code is gone: the code opens nothing."),
            "collectdesk staff recovery",
        )


def _sizes(home: Home) -> Iterator[Check]:
    if home.database.is_file():
        megabytes = home.database.stat().st_size // 1_000_000
        yield Check("size", "ok", N_("The database holds {size} MB."), "", {"size": megabytes})


def _integrity(office: Office, connection: Connection) -> Iterator[Check]:
    if office.store.on_server:
        return
    found = connection.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if list(found) != ["ok"] or broken is not None:
        yield Check("database", "bad", N_("The database is damaged."), N_("collectdesk restore FILE"))
    else:
        yield Check("database", "ok", N_("The database is whole."))


def _journal(_office: Office, connection: Connection) -> Iterator[Check]:
    from collectdesk.store import audit

    found = audit.verify(connection)
    if found.sound:
        yield Check("journal", "ok", N_("The journal holds: {count} entries."), "", {"count": found.count})
    elif found.faults[0].kind == "trigger_missing":
        yield Check(
            "journal",
            "bad",
            N_("The database no longer refuses changes of the journal."),
            N_("collectdesk audit verify"),
        )
    else:
        first = {"seq": found.faults[0].seq}
        yield Check(
            "journal",
            "bad",
            N_("The journal does not hold from entry {seq}."),
            N_("collectdesk audit verify"),
            {**first},
        )


def _left_open(office: Office, connection: Connection) -> Iterator[Check]:
    """Permits and calls nobody finished."""
    from sqlalchemy import text

    since = office.now() - OPEN_TOO_LONG
    asked = {
        "permits_open": (
            "SELECT count(*) FROM permit WHERE state IN ('granted', 'shown') AND granted_at < :since",
            N_("Permits open for half a day or longer: {count}."),
        ),
        "calls_open": (
            "SELECT count(*) FROM call WHERE ended_at IS NULL AND started_at < :since",
            N_("Calls open for half a day or longer: {count}."),
        ),
    }
    for code, (sql, message) in asked.items():
        count = connection.execute(text(sql), {"since": since}).scalar_one()
        if count:
            yield Check(code, "note", message, N_("their collectors finish them: collectdesk work"), {"count": count})


def _strays(office: Office, connection: Connection) -> Iterator[Check]:
    """Slots and staff that lack each other, as an interruption leaves them."""
    from sqlalchemy import text

    from collectdesk.store import keys

    if office.store.on_server:
        return
    numbers = connection.execute(text("SELECT number FROM staff WHERE status <> 'removed'")).scalars().all()
    found = keys.strays(office.home, numbers)
    for owner in found.slots:
        yield Check(
            "slot_stray",
            "bad",
            N_("There is a key slot for {owner}, who is not on the staff."),
            N_("an administrator: collectdesk staff add {owner}, or collectdesk staff remove {owner}"),
            {"owner": owner},
        )
    for owner in found.staff:
        yield Check(
            "slot_lost",
            "bad",
            N_("{owner} has no key slot and cannot sign in."),
            N_("an administrator: collectdesk staff passphrase {owner}, or collectdesk staff remove {owner}"),
            {"owner": owner},
        )


def _clock(office: Office, now: Reading | None) -> Iterator[Check]:
    from collectdesk.desk import clock
    from collectdesk.store import journal

    with office.reader.connect() as connection:
        behind = journal.head(connection).at - office.now()
        drift = clock.drifted(connection, now) if now is not None and not office.store.on_server else 0
    if behind > 0:
        yield Check(
            "clock",
            "bad",
            N_("This computer's clock is {seconds} s behind the last entry of the journal."),
            N_("set the clock; if it is right: collectdesk doctor --confirm-clock"),
            {"seconds": behind},
        )
    elif drift:
        yield Check(
            "clock",
            "bad",
            clock.SET,
            N_("set the clock; if it is right: collectdesk doctor --confirm-clock"),
            {"seconds": drift},
        )
    else:
        yield Check("clock", "ok", N_("The clock is not behind the journal."))


def _recordings(office: Office) -> Iterator[Check]:
    """Recordings that are gone or were written to, without reading them."""
    from collections import Counter

    from collectdesk.desk.recordings.verifying import glance

    with office.reading() as session:
        counts = Counter(each.found for each in glance(session))
    texts = {
        "away": N_("{count} recordings cannot be looked at: their folder is not there."),
        "vanished": N_("{count} recordings are gone from their folder."),
        "unreadable": N_("{count} recordings cannot be read."),
        "altered": N_("{count} recordings are not what was kept."),
        "changed": N_("{count} recordings were written to since they were kept."),
    }
    for found, message in texts.items():
        if counts[found]:
            state: State = "note" if found in ("away", "changed") else "bad"
            remedy = N_("collectdesk recording verify")
            yield Check(f"recordings_{found}", state, message, remedy, {"count": counts[found]})
    if not counts:
        yield Check("recordings", "ok", N_("Every kept recording is where it was, by size and date."))


def _texts(office: Office) -> Iterator[Check]:
    """Files that differ from what was adopted: they bind nobody."""
    from collectdesk.desk.renewal import differing

    found = differing(office)
    for each in found:
        yield Check(
            "text_differs",
            "note",
            N_("{file} is not what this desk adopted; the adopted text binds."),
            "" if each.known else N_("collectdesk rules adopt --shipped"),
            {"file": each.file},
        )
    if not found:
        yield Check("texts", "ok", N_("The texts on disk are those in force."))
