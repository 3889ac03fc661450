"""What scripts/environment says on a machine that cannot make the environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = ("bash", "cat", "dirname", "grep")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout's scripts without an environment, and a search path without Python."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "environment", tmp_path / "scripts" / "environment")
    (tmp_path / "bin").mkdir()
    for name in COMMANDS:
        found = shutil.which(name)
        assert found is not None
        (tmp_path / "bin" / name).symlink_to(found)
    return tmp_path


def run(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shutil.which("bash") or "bash", str(checkout / "scripts" / "environment"), *arguments],
        env={"PATH": str(checkout / "bin"), "HOME": os.environ.get("HOME", "/"), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def python_that(checkout: Path, name: str, body: str) -> None:
    """A ``name`` on the search path: the real interpreter, but for what ``body`` handles."""
    script = checkout / "bin" / name
    script.write_text(f'#!/bin/sh\n{body}\nexec "{sys.executable}" "$@"\n', "utf-8")
    script.chmod(0o755)


def test_without_any_python_it_says_what_to_install(bare: Path) -> None:
    done = run(bare)
    assert done.returncode == 1
    assert "no Python 3.11 or newer found" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_an_old_python_does_not_do(bare: Path) -> None:
    python_that(bare, "python3", "exit 1")
    done = run(bare)
    assert done.returncode == 1
    assert "no Python 3.11 or newer found" in done.stderr


def test_without_the_venv_module_it_names_the_package(bare: Path) -> None:
    """Debian ships python3 without ensurepip."""
    python_that(bare, "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = run(bare)
    assert done.returncode == 1
    assert f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_named_python_is_tried_first(bare: Path) -> None:
    python_that(bare, "python3", "exit 1")
    python_that(bare, "my-python", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    assert "my-python" in run(bare, PYTHON=str(bare / "bin" / "my-python")).stderr


def test_an_unknown_option_is_refused(bare: Path) -> None:
    done = run(bare, "--tools")
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: scripts/environment [--dev]" in done.stderr
