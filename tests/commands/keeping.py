"""A desk with keys, for tests of its safekeeping; and the program as a process that can be held short or killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from collectdesk.desk import adoptable, adoption
from collectdesk.desk.office import Member
from collectdesk.store import home, keys, lite
from collectdesk.store.engine import open_engine
from tests.commands.conftest import KEY, Desk, Done
from tests.desks import MORNING

PHRASE = "twelve or more"


def with_slots(desk: Desk, secret: Path) -> Desk:
    """Give the administrator and the lead a passphrase each, and leave it in the file ``secret``."""
    of = home.read(desk.home).desk
    for number in ("8000", "8001"):
        keys.add_passphrase(desk.home, of, number, PHRASE, KEY)
    secret.write_text(PHRASE + "\n", "utf-8")
    return desk


def with_texts(desk: Desk) -> Desk:
    """Adopt everything that ships, as ``init`` does."""
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    admin = Member(desk.small.admin, "8000", "赵 管", "admin")
    with store.writer.begin() as connection:
        for kind, path, content in adoptable.shipped_texts():
            adoption.adopt(connection, kind, content, by=admin, at=MORNING, effective_from=MORNING, file=path)
    store.close()
    return desk


def start(*words: str, code: str = "", unprivileged: bool = False, **variables: str) -> subprocess.Popen[str]:
    """The program as a process of its own; ``code`` runs in it first; ``unprivileged``: permissions bind root too."""
    script = f"import sys\n{code}\nfrom collectdesk import cli\nsys.argv[0] = 'collectdesk'\ncli.main()"
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if unprivileged and os.geteuid() == 0 else []
    return subprocess.Popen(
        [*bound, sys.executable, "-c", script, *words],
        env={**os.environ, **variables},
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*words: str, code: str = "", unprivileged: bool = False, **variables: str) -> Done:
    """Run the program as a process of its own to its end."""
    with start(*words, code=code, unprivileged=unprivileged, **variables) as process:
        out, err = process.communicate()
    return Done(process.returncode, out, err)


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


def watched(process: subprocess.Popen[str], directory: Path, changes: int, look: Callable[[Path], bool]) -> bool:
    """Wait until ``changes`` paths below ``directory`` that ``look`` picks out were seen; false if it ended first."""
    seen: set[str] = set()
    while process.poll() is None:
        seen |= {f"{path}" for path in directory.rglob("*") if look(path)}
        if len(seen) >= changes:
            return True
        os.sched_yield()
    return False
