"""Processes the tests start: forked where the program's modules are read already (``tests.ready``)."""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[1]
MESSAGE = 1 << 16


class Forker:
    """The interpreter that forks, as this process sees it; one at a time asks."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._running = subprocess.Popen([sys.executable, "-m", "tests.ready"], stdin=theirs.fileno(), cwd=ROOT)
        self._asking = ours
        self._ended: dict[int, int] = {}
        assert "ready" in self._heard()
        atexit.register(self.close)

    def fork(
        self, words: Sequence[str], environ: Mapping[str, str], descriptors: Sequence[int], *, terminal: bool
    ) -> int:
        """Start ``words`` on three descriptors, as the first process of the terminal they are if there is one."""
        asked = {"words": [*words], "environ": {**environ}, "cwd": str(ROOT), "terminal": terminal}
        socket.send_fds(self._asking, [json.dumps(asked).encode()], [*descriptors])
        while "pid" not in (told := self._heard()):
            self._keep(told)
        return told["pid"]

    def code(self, pid: int, *, wait: bool) -> int | None:
        """How a process ended: its exit code, or minus the signal; none while it runs and nobody waits."""
        while pid not in self._ended:
            if not wait and not _readable(self._asking):
                return None
            self._keep(self._heard())
        return self._ended[pid]

    def close(self) -> None:
        """End it; what it started goes on."""
        self._asking.close()
        self._running.wait()

    def _heard(self) -> dict[str, int]:
        message = self._asking.recv(MESSAGE)
        assert message, "the process that forks is gone"
        told: dict[str, int] = json.loads(message)
        return told

    def _keep(self, told: Mapping[str, int]) -> None:
        self._ended[told["ended"]] = told["code"]


def _readable(one: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ)
        return bool(selector.select(0))


_forkers: dict[int, Forker] = {}


def forker() -> Forker:
    """The one of this process, started when it is first asked for."""
    if os.getpid() not in _forkers:
        _forkers[os.getpid()] = Forker()
    return _forkers[os.getpid()]


class Process:
    """A process: the part of ``subprocess.Popen`` the tests use. Nothing is typed to it."""

    def __init__(self, words: Sequence[str], environ: Mapping[str, str]) -> None:
        (out, to_out), (err, to_err) = os.pipe(), os.pipe()
        with Path(os.devnull).open("rb") as nothing:
            self.pid = forker().fork(words, environ, (nothing.fileno(), to_out, to_err), terminal=False)
        for each in (to_out, to_err):
            os.close(each)
        self.stdout, self.stderr = os.fdopen(out, "rb"), os.fdopen(err, "rb")

    @property
    def returncode(self) -> int | None:
        """Its exit code, or minus the signal that ended it; none while it runs."""
        return self.poll()

    def poll(self) -> int | None:
        """The same."""
        return forker().code(self.pid, wait=False)

    def wait(self) -> int:
        """The same once it has ended."""
        code = forker().code(self.pid, wait=True)
        assert code is not None
        return code

    def kill(self) -> None:
        """End it at once, as ``kill -9`` does."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self) -> tuple[str, str]:
        """All it says until it has ended."""
        said = {self.stdout: b"", self.stderr: b""}
        with selectors.DefaultSelector() as selector:
            for each in said:
                selector.register(each, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in selector.select():
                    chunk = os.read(key.fd, 65_536)
                    said[key.fileobj] += chunk  # type: ignore[index]
                    if not chunk:
                        selector.unregister(key.fileobj)
        self.wait()
        out, err = (text.decode().replace("\r\n", "\n") for text in said.values())
        return out, err

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.kill()
        self.wait()
        self.stdout.close()
        self.stderr.close()
