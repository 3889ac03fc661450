"""Standard streams that whoever starts the program has closed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate import shipped_rules as shipped


def run(words: str, closed: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """The program started by a shell that closes one of its streams."""
    home = {"XDG_DATA_HOME": str(folder / "data"), "XDG_RUNTIME_DIR": str(folder), "LANG": "en"}
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m collectdesk {words} {closed}', sys.executable],
        input=given, capture_output=True, text=True, check=False, env=home,
    )  # fmt: skip


def test_a_stream_without_input_ends_at_once(tmp_path: Path) -> None:
    done = run("check --stream", "<&-", tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


def test_where_nothing_can_be_asked_it_says_so(tmp_path: Path) -> None:
    done = run("rules explain - --json", "<&-", tmp_path)
    assert (done.returncode, json.loads(done.stderr)["code"]) == (7, "bad_json")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_what_nobody_hears_is_said_to_nobody(tmp_path: Path, closed: str) -> None:
    done = run("rules list --shipped", closed, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("house" in done.stdout) is (closed == "2>&-")


def test_answers_are_told_where_errors_are_not(tmp_path: Path) -> None:
    question = json.dumps(shipped.lawful())
    done = run("check --stream", "2>&-", tmp_path, given=f"{question}\nno question\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 7
    assert [each.get("allowed", each.get("code")) for each in answers] == [True, "bad_json"]
