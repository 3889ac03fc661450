"""A desk with keys, for tests of its safekeeping; and the program as a process that can be held short or killed."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from collectdesk.desk import adoptable, adoption
from collectdesk.desk.office import Member
from collectdesk.store import home, keys, lite
from collectdesk.store.engine import open_engine
from tests.commands.conftest import KEY, Desk, Done, Program
from tests.desks import MORNING
from tests.processes import Process

PHRASE = "twelve or more"


def with_slots(desk: Desk, secret: Path) -> Desk:
    """Give the administrator and the lead a passphrase each, and leave it in the file ``secret``."""
    desk.home.slots.mkdir(mode=0o700, exist_ok=True)
    for name, content in _slots(home.read(desk.home).desk):
        with os.fdopen(os.open(desk.home.slots / name, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(content)
    secret.write_text(PHRASE + "\n", "utf-8")
    return desk


@cache
def _slots(of: str) -> list[tuple[str, bytes]]:
    """The slots of both on the desk ``of``, as files: a passphrase is made hard to guess, so each takes its while."""
    with tempfile.TemporaryDirectory() as place:
        beside = home.Home(Path(place) / "desk")
        home.create(beside, home.new_settings())
        for number in ("8000", "8001"):
            keys.add_passphrase(beside, of, number, PHRASE, KEY)
        return [(path.name, path.read_bytes()) for path in beside.slots.iterdir()]


_DONE: dict[tuple[bytes, object], bytes] = {}


def once(desk: Desk, what: object, do: Callable[[], None]) -> None:
    """Do what is always done in the same way to the same desk's file: really the first time, then by copying it."""
    file = desk.home.database
    asked = hashlib.sha256(file.read_bytes()).digest(), what
    if asked in _DONE:
        file.write_bytes(_DONE[asked])
        return
    do()
    assert not file.with_name(f"{file.name}-wal").exists(), "the file alone is the desk"
    _DONE[asked] = file.read_bytes()


def with_texts(desk: Desk, at: int = MORNING, kinds: Sequence[str] = ()) -> Desk:
    """Adopt what ships, as ``init`` does: all of it, or some kinds."""

    def adopt() -> None:
        store = open_engine(f"sqlite:///{desk.home.database}", KEY)
        admin = Member(desk.small.admin, "8000", "赵 管", "admin")
        with store.writer.begin() as connection:
            for kind, path, content in adoptable.shipped_texts():
                if not kinds or kind in kinds:
                    adoption.adopt(connection, kind, content, by=admin, at=at, effective_from=at, file=path)
        store.close()

    once(desk, (at, kinds), adopt)
    return desk


def with_texts_by_command(desk: Desk, program: Program) -> Desk:
    """Adopt all that ships as an administrator does, now; the administrator stays signed in."""
    desk.sign_in("8000")

    def adopt() -> None:
        done = program("rules", "adopt", "--shipped", "--yes")
        assert done.code == 0, done.err

    once(desk, "by command", adopt)
    return desk


def start(*words: str, code: str = "", unprivileged: bool = False, **variables: str) -> Process:
    """The program as a process of its own; ``code`` runs in it first; ``unprivileged``: permissions bind root too."""
    script = f"import sys\n{code}\nfrom collectdesk import cli\nsys.argv[0] = 'collectdesk'\ncli.main()"
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if unprivileged and os.geteuid() == 0 else []
    return Process([*bound, sys.executable, "-c", script, *words], {**os.environ, **variables})


def run(*words: str, code: str = "", unprivileged: bool = False, **variables: str) -> Done:
    """Run the program as a process of its own to its end."""
    with start(*words, code=code, unprivileged=unprivileged, **variables) as process:
        out, err = process.communicate()
        return Done(process.wait(), out, err)


def small_files(kib: int) -> str:
    """Code for ``run``: no file may grow beyond ``kib``, as if the disk were full."""
    return f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({kib * 1024}, {kib * 1024}))"


def tamper(desk: Desk, *statements: str) -> None:
    """Do to the database what a person with its key could, the triggers out of the way."""
    connection = lite.connect(desk.home.database, KEY)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def journal_of(desk: home.Home) -> list[tuple[str, str]]:
    """Action and actor of every entry."""
    connection = lite.connect(desk.database, KEY, readonly=True)
    found = connection.execute("SELECT action, actor FROM journal ORDER BY seq").fetchall()
    connection.close()
    return [(str(action), str(actor)) for action, actor in found]


def refused(done: Done, code: str, exit_code: int) -> dict[str, Any]:
    """The error document of a refusal: nothing on stdout, no traceback, the code and exit code as told."""
    assert done.out == ""
    assert "Traceback" not in done.err
    document: dict[str, Any] = json.loads(done.err)
    assert (document["schema"], document["code"], done.code) == ("collectdesk.error/1", code, exit_code), done.err
    assert document["message"]
    return document


def watched(process: Process, directory: Path, changes: int, look: Callable[[Path], bool]) -> bool:
    """Wait until ``changes`` paths below ``directory`` that ``look`` picks out were seen; false if it ended first."""
    seen: set[str] = set()
    while process.poll() is None:
        seen |= {f"{path}" for path in directory.rglob("*") if look(path)}
        if len(seen) >= changes:
            return True
        os.sched_yield()
    return False
