"""The READMEs say what is true: transcripts, commands and the policy table are held against the program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from collectdesk.commands.table import SECTIONS

ROOT = Path(__file__).resolve().parents[2]
READMES = {"en": ROOT / "README.md", "zh_CN": ROOT / "README.zh-CN.md"}
COMMANDS = {entry.name for section in SECTIONS for entry in section.entries}


def text(language: str) -> str:
    """One README."""
    return READMES[language].read_text(encoding="utf-8")


def policy_rows(language: str) -> list[list[str]]:
    """The policy table: article, what it asks, command, test."""
    table = text(language).split("<!-- policy -->")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]


@pytest.mark.parametrize("language", READMES)
def test_the_transcript_is_what_the_demo_prints(language: str, tmp_path: Path) -> None:
    shown = re.search(r"<!-- transcript -->\n```\n(.*?)```", text(language), re.DOTALL)
    assert shown is not None
    command = [sys.executable, "-m", "collectdesk", "--lang", language, "demo"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    played = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=True)
    assert shown.group(1) in played.stdout.decode()


@pytest.mark.parametrize("language", READMES)
def test_every_command_it_names_exists(language: str) -> None:
    named = set(re.findall(r"^collectdesk ([a-z]+)", text(language), re.MULTILINE))
    assert named
    assert named <= COMMANDS


@pytest.mark.parametrize("language", READMES)
def test_every_article_has_a_command_and_a_test_that_names_it(language: str) -> None:
    rows = policy_rows(language)
    assert {row[0].split(".")[0] for row in rows} >= {"4", "5", "6", "7", "8", "9"}
    for article, _, command, test in rows:
        words = re.findall(r"`([a-z]+)", command)
        assert set(words) <= COMMANDS, article
        source = (ROOT / test.strip("`")).read_text(encoding="utf-8")
        number = re.escape(article).replace(r"\.", r"(?:\.|\()")
        assert re.search(rf"[Aa]rticles?\b[^\n]*?\b{number}\b", source), (article, test)


def test_both_languages_hold_the_same() -> None:
    english, chinese = (re.findall(r"^collectdesk .*?(?=\s+#|$)", text(each), re.MULTILINE) for each in READMES)
    assert english == chinese
    assert [row[0] for row in policy_rows("en")] == [row[0] for row in policy_rows("zh_CN")]
