"""Where processes of the tests are forked: an interpreter that has read the program's modules and done nothing else.

Starting one anew takes a second, most of it the same reading over again. It is handed, over its standard input as a
socket, what to run and on which descriptors, answers with the process's number, and later with how it ended. What it
runs is a process as any other: it may be killed, be the first on a terminal, run out of memory. Only its beginning and
its end are not an interpreter's: modules are there before they are asked for, nothing is finalised; the tests of the
start and of the wheel start interpreters. Words it does not know how to run by itself are executed as they stand.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import termios
import time
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

MESSAGE = 1 << 20
PLAIN = ("", "C", "POSIX", "C.UTF-8", "C.utf8")
"""Locales in which an interpreter passes bytes that are no text through."""
STARTED_WITH = {**os.environ}
READ_WHEN_ASKED = ("questionary", "prompt_toolkit.shortcuts", "rich.live", "rich.progress", "psycopg", "sqlite3")


def main() -> None:
    """Fork what is asked for until nobody asks any more."""
    asking = socket.socket(fileno=os.dup(0))
    _read_the_program()
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's interrupt is for the process on it
    asking.send(json.dumps({"ready": os.getpid()}).encode())
    while True:
        found, _, _ = select.select([asking.fileno(), woken], [], [])
        if woken in found:
            os.read(woken, 4096)
            _tell_of_the_dead(asking)
        if asking.fileno() in found:
            message, descriptors, _, _ = socket.recv_fds(asking, MESSAGE, 3)
            if not message:
                return
            child = os.fork()
            if child == 0:
                os.close(woken)
                os.close(wakes)
                asking.close()
                _become(json.loads(message), descriptors)
            for each in descriptors:
                os.close(each)
            asking.send(json.dumps({"pid": child}).encode())


def _read_the_program() -> None:
    import collectdesk

    for each in pkgutil.walk_packages(collectdesk.__path__, "collectdesk."):
        if not each.name.endswith("__main__"):
            importlib.import_module(each.name)
    for name in READ_WHEN_ASKED:
        importlib.import_module(name)
    from sqlalchemy.orm import configure_mappers

    configure_mappers()
    gc.freeze()


def _tell_of_the_dead(asking: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        asking.send(json.dumps({"ended": pid, "code": os.waitstatus_to_exitcode(status)}).encode())


def _become(asked: dict[str, Any], descriptors: list[int]) -> NoReturn:
    """The process that was asked for, in this child."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if asked["terminal"]:
        os.setsid()
        fcntl.ioctl(descriptors[0], termios.TIOCSCTTY, 0)
    for place, each in enumerate(descriptors):
        os.dup2(each, place)
    for each in descriptors:
        if each > 2:
            os.close(each)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environ"])
    time.tzset()
    gc.unfreeze()
    run = _own(asked["words"])
    if run is None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvpe(asked["words"][0], asked["words"], os.environ)
    _open_the_streams()
    os._exit(_ended(run))


def _open_the_streams() -> None:
    """As an interpreter opens them: errors and whatever a person reads line by line."""
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    errors = "surrogateescape" if spoken in PLAIN else "strict"
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        read = number == 0
        bytes_ = io.BufferedReader(io.FileIO(0)) if read else io.BufferedWriter(io.FileIO(number, "w"))
        at_once = not read and (number == 2 or os.isatty(number))
        made = io.TextIOWrapper(bytes_, "utf-8", "backslashreplace" if number == 2 else errors, line_buffering=at_once)
        setattr(sys, name, made)
        setattr(sys, f"__{name}__", made)


def _settings(environ: Mapping[str, str]) -> dict[str, str]:
    """What an interpreter is told by its environment, and heeds only when it starts."""
    return {name: value for name, value in environ.items() if name.startswith("PYTHON")}


def _own(words: list[str]) -> Callable[[], object] | None:
    """How to run these words in an interpreter that is there already, if they are for one."""
    if words[0] != sys.executable or _settings(os.environ) != _settings(STARTED_WITH):
        return None
    if words[1] == "-m":
        sys.argv = words[2:]
        return lambda: runpy.run_module(words[2], run_name="__main__", alter_sys=True)
    if words[1] == "-c":
        sys.argv = ["-c", *words[3:]]
        module = type(sys)("__main__")
        sys.modules["__main__"] = module
        return lambda: exec(compile(words[2], "<string>", "exec"), vars(module))
    return None


def _ended(run: Callable[[], object]) -> int:
    """Run it to its end as an interpreter does; the exit code."""
    try:
        run()
        code: object = 0
    except SystemExit as left:
        code = left.code
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:  # noqa: BLE001 - told as an interpreter tells it
        sys.excepthook(*sys.exc_info())
        code = 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = 120
    if code is None or isinstance(code, int):
        return int(code or 0)
    print(code, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    main()
