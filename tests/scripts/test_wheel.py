"""The wheel, built from the checkout, is all that an empty environment elsewhere needs besides the locked packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NIGHT = {
    "id": "d1",
    "at": "2026-11-24T03:30:00+08:00",
    "zones": [{"zone": "Asia/Shanghai", "from": "fixed"}],
    "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect"},
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release builds it."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [made] = place.glob("*.whl")
    return made


def test_it_carries_the_data_and_the_compiled_catalogue(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {f"collectdesk/data/{path.relative_to(ROOT / 'data').as_posix()}" for path in tracked("data")}
    assert data <= names
    assert "collectdesk/lang/zh_CN/LC_MESSAGES/collectdesk.mo" in names
    assert not [name for name in names if name.startswith(("tests/", "scripts/", ".")) or name.endswith(".pyc")]


def test_it_works_in_an_empty_environment_elsewhere(wheel: Path, tmp_path: Path) -> None:
    elsewhere = install(wheel, tmp_path / "environment")
    (tmp_path / "nowhere").mkdir(mode=0o700)
    home = {name: str(tmp_path / "nowhere") for name in ("HOME", "TMPDIR", "XDG_RUNTIME_DIR")}

    def run(*words: str, given: str = "", language: str = "en") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(elsewhere / "collectdesk"), "--lang", language, *words],
            input=given,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **home},
            cwd=tmp_path / "nowhere",
            capture_output=True,
            text=True,
            check=False,
        )

    version = run("--version")
    assert (version.returncode, version.stdout.split()[0]) == (0, "collectdesk"), version.stderr
    streamed = run("check", "--stream", given=json.dumps(NIGHT) + "\n")
    assert (streamed.returncode, streamed.stderr) == (0, "")
    decision = json.loads(streamed.stdout)
    assert (decision["id"], decision["allowed"]) == ("d1", False)
    assert "house/hours" in {block["rule"] for block in decision["blocks"]}
    assert "没有命令" in run("zzz", language="zh_CN").stderr
    assert run("audit", "verify").returncode == 4
    demo = run("demo")
    assert demo.returncode == 0, demo.stderr
    assert "everything is recorded" in demo.stdout


def install(wheel: Path, place: Path) -> Path:
    """The locked packages and the wheel in an environment that has nothing else; its directory of programs."""
    venv.create(place, with_pip=False)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet", "--no-input"]
    locked = ["--require-hashes", "--only-binary=:all:", "--no-compile", "-r", str(ROOT / "requirements.lock")]
    subprocess.run([*pip, "--no-deps", *locked], check=True, cwd=place)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, cwd=place)
    return programs


def tracked(folder: str) -> list[Path]:
    """The files of the checkout below ``folder``, hidden ones aside."""
    found = (ROOT / folder).rglob("*")
    return [path for path in found if path.is_file() and not path.name.startswith(".")]
