"""scripts/browser: it names a browser that starts, or says why there is none and what to do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "browser"
TOOLS = ("bash", "id", "mktemp", "tail", "rm")


def browser(*words: str, path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the script where only the programs in ``path`` exist."""
    return subprocess.run(
        [SCRIPT, *words], capture_output=True, encoding="utf-8", env={"PATH": str(path), **environ}, check=False
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A machine with a shell and nothing to install anything with."""
    place = tmp_path / "bin"
    place.mkdir()
    for name in (*TOOLS, "env"):
        found = next(Path(each) / name for each in os.get_exec_path() if (Path(each) / name).exists())
        (place / name).symlink_to(found)
    return place


def program(place: Path, body: str) -> None:
    """Put a program there."""
    place.write_text(f"#!/bin/sh\n{body}\n")
    place.chmod(0o755)


@pytest.mark.parametrize("words", [(), ("--find",)], ids=["install", "find"])
def test_a_browser_that_starts_is_named(bare: Path, words: tuple[str, ...]) -> None:
    program(bare / "chromium", "exit 1")  # what only tells how to install it
    program(bare / "google-chrome", "echo Chrome 1")
    done = browser(*words, path=bare)
    assert (done.returncode, done.stdout) == (0, f"{bare / 'google-chrome'}\n")


def test_the_one_named_comes_first(bare: Path, tmp_path: Path) -> None:
    program(bare / "chromium", "echo Chromium 1")
    program(tmp_path / "mine", "echo Chromium 2")
    assert browser(path=bare, CHROMIUM=str(tmp_path / "mine")).stdout == f"{tmp_path / 'mine'}\n"


@pytest.mark.parametrize("words", [(), ("--find",)], ids=["install", "find"])
def test_without_a_browser_it_says_what_to_do(bare: Path, words: tuple[str, ...]) -> None:
    done = browser(*words, path=bare)
    assert (done.returncode, done.stdout) == (1, "")
    assert "apt install chromium" in done.stderr
    assert "CHROMIUM=" in done.stderr


def test_it_is_installed_once_where_that_can_be_done(bare: Path, tmp_path: Path) -> None:
    log = tmp_path / "apt.log"
    put = f"printf '#!/bin/sh\\necho Chromium 1\\n' > {bare / 'chromium'}; /bin/chmod 755 {bare / 'chromium'}"
    program(bare / "apt-get", f'echo "$*" >> {log}; case "$*" in *install*) {put};; esac')
    (bare / "id").unlink()
    program(bare / "id", "echo 0")
    for _time in range(2):
        done = browser(path=bare)
        assert (done.returncode, done.stdout) == (0, f"{bare / 'chromium'}\n"), done.stderr
    update, install = log.read_text().splitlines()
    assert update.split()[2] == "update"
    assert install.split()[-2:] == ["chromium", "fonts-noto-cjk"]


@pytest.mark.parametrize("words", [(), ("--find",)], ids=["install", "find"])
def test_without_a_font_for_chinese_it_goes_on_and_says_so(bare: Path, words: tuple[str, ...]) -> None:
    program(bare / "chromium", "echo Chromium 1")
    program(bare / "fc-list", "exit 0")
    done = browser(*words, path=bare)
    assert (done.returncode, done.stdout) == (0, f"{bare / 'chromium'}\n")
    assert "fonts-noto-cjk" in done.stderr
    program(bare / "fc-list", "echo Noto Sans CJK SC")
    assert browser(*words, path=bare).stderr == ""


def test_a_font_for_chinese_is_installed_beside_a_browser_that_is_there(bare: Path, tmp_path: Path) -> None:
    log = tmp_path / "apt.log"
    program(bare / "chromium", "echo Chromium 1")
    program(bare / "apt-get", f'echo "$*" >> {log}')
    program(bare / "fc-list", f"test ! -e {log} || echo Noto Sans CJK SC")
    (bare / "id").unlink()
    program(bare / "id", "echo 0")
    for _time in range(2):
        done = browser(path=bare)
        assert (done.returncode, done.stdout) == (0, f"{bare / 'chromium'}\n"), done.stderr
    assert [line.split()[-1] for line in log.read_text().splitlines()] == ["update", "fonts-noto-cjk"]


def test_what_apt_says_is_passed_on(bare: Path) -> None:
    program(bare / "apt-get", "echo E: no network; exit 100")
    (bare / "id").unlink()
    program(bare / "id", "echo 0")
    done = browser(path=bare)
    assert (done.returncode, done.stdout) == (1, "")
    assert "E: no network" in done.stderr
