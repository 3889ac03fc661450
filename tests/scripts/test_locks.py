"""The lock files: they pin what pyproject.toml asks for, by hash, and name no address."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent.parent
RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "scripts" / "dev.lock"
PEERS = ROOT / "scripts" / "benchmarks" / "peers.lock"
MUTATION = ROOT / "scripts" / "mutating" / "tools.lock"
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ]+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(lock: Path) -> dict[str, str]:
    found = (PINNED.match(line) for line in lock.read_text("utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


def asked(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for to run, and by the named groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in groups:
        wanted += project["dependency-groups"][group]
    return [Requirement(text) for text in wanted]


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT, PEERS, MUTATION], ids=["runtime", "dev", "peers", "mutation"])
def test_every_line_is_a_pinned_name_or_a_hash(lock: Path) -> None:
    """No address, no host, no option, nothing unhashed can hide in a lock."""
    lines = lock.read_text("utf-8").splitlines()
    assert [line for line in lines if not (PINNED.match(line) or HASH.match(line))] == []
    follows = [HASH.match(after) for line, after in pairwise(lines) if PINNED.match(line)]
    assert all(follows)


@pytest.mark.parametrize(
    ("lock", "groups"),
    [(RUNTIME, ["build"]), (DEVELOPMENT, ["build", "dev"])],
    ids=["runtime", "dev"],
)
def test_the_lock_satisfies_what_is_asked(lock: Path, groups: list[str]) -> None:
    pinned = pins(lock)
    unmet = [one for one in asked(*groups) if not one.specifier.contains(pinned.get(one.name.lower(), "0"))]
    assert unmet == []


@pytest.mark.parametrize(("lock", "group"), [(PEERS, "peers"), (MUTATION, "mutation")], ids=["peers", "mutation"])
def test_a_lock_of_its_own_satisfies_its_group(lock: Path, group: str) -> None:
    pinned = pins(lock)
    wanted = [
        Requirement(each) for each in tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"][group]
    ]
    assert [one for one in wanted if not one.specifier.contains(pinned.get(one.name.lower(), "0"))] == []


def test_the_tools_run_against_the_very_versions_users_run() -> None:
    development = pins(DEVELOPMENT)
    assert {name: development.get(name) for name in pins(RUNTIME)} == pins(RUNTIME)


def test_the_environment_of_this_run_is_the_locked_one() -> None:
    pinned = pins(DEVELOPMENT)
    installed = {one.name: version(one.name) for one in asked("build", "dev") if one.marker is None}
    assert installed == {name: pinned[name.lower()] for name in installed}
