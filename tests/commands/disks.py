"""A disk that is full: a small file system of its own where this process may mount one, else a limit on files."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.commands import keeping

MIB = 1 << 20
BLOCK = 4096


@dataclass
class Disk:
    """A place for a desk; ``real`` when it is a file system, ``code`` is what a process on it runs first."""

    root: Path
    real: bool
    code: str = ""

    def fill(self, spare: int = 0) -> None:
        """Leave room for ``spare`` bytes; without a file system of its own no file may grow at all."""
        if not self.real:
            self.code = keeping.small_files(0)
            return
        handle = os.open(self.root / "ballast", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        try:
            while True:
                os.write(handle, bytes(BLOCK))
        except OSError:
            os.ftruncate(handle, os.fstat(handle).st_size - spare)
        finally:
            os.close(handle)

    def free(self) -> None:
        """Give the room back."""
        self.code = ""
        (self.root / "ballast").unlink(missing_ok=True)


@contextmanager
def disk(root: Path, size: int = 12 * MIB) -> Iterator[Disk]:
    """A disk of ``size`` bytes mounted at ``root``, where the system lets us; a directory otherwise."""
    root.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(root)]
    real = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield Disk(root, real)
    finally:
        if real:
            subprocess.run(["umount", "--lazy", str(root)], check=True)
