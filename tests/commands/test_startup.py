"""Start-up is light: what needs no screen loads no screen, what needs no database loads none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.commands.startup import loaded


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["help", "exit-codes"],
        ["completion", "bash"],
        ["completion", "--json"],
        ["nonsense"],
        ["nonsense", "--json"],
        ["--lang", "zh_CN", "--help"],
    ],
    ids=" ".join,
)
def test_the_front_door_loads_nothing_heavy(words: list[str]) -> None:
    assert loaded(*words).heavy == frozenset()


@pytest.mark.parametrize("words", [["", "che"], ["completion", ""], ["help", "ex"]])
def test_completion_loads_nothing_heavy(words: list[str]) -> None:
    found = loaded(*words[:1], *words[1:], environ={"COLLECTDESK_COMPLETE": "zsh"})
    assert found.heavy == frozenset()


def test_one_command_does_not_load_another() -> None:
    found = loaded("completion", "bash")
    assert "collectdesk" in found.packages
    assert "sqlite3" not in found.packages


def test_garbage_is_looked_for_while_the_front_door_is_open_and_not_at_the_end() -> None:
    code = """
import atexit, gc, sys
from collectdesk.__main__ import main
sys.argv[1:] = ["--version"]
atexit.register(lambda: print(gc.isenabled(), gc.get_freeze_count() > 0))
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split()[-2:] == ["True", "True"]
