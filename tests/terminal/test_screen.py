"""The screen: colour only where it is wanted, data and conversation apart, progress only for people."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.terminal.conftest import Opener
from tests.terminal.pty import collectdesk, python

VERDICT = """
import json
from pathlib import Path
from collectdesk import lang
from collectdesk.show.terminal import out
from collectdesk.show.verdict import Subject, print_verdict
lang.use("zh_CN")
kept = json.loads(Path("tests/show/verdicts/two-reasons.json").read_text())
print_verdict(out(), kept["decision"], Subject(**kept["subject"]))
"""

WORK = """
from collectdesk.show.progress import progress
from collectdesk.show.terminal import say
with progress("导入", 3) as advance:
    for _ in range(3):
        advance(1)
say("完成")
"""

ASK = """
import sys
from collectdesk import cli
from collectdesk.commands import completion
from collectdesk.commands.frame import Verb
from collectdesk.show.prompts import Asker
completion.app = Verb()
@completion.app.command()
def ask(): Asker().text("x", flag="--note")
sys.exit(cli.run(["completion", *sys.argv[1:]]))
"""


def test_a_verdict_at_80_columns_is_the_kept_page(terminal: Opener) -> None:
    screen = terminal(python(VERDICT), rows=40)
    assert screen.end() == 0
    assert "✗  今日通话已达上限   2/2" in screen.text
    assert "\x1b[1;31m" in screen.raw


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_the_words_are_the_same(environ: dict[str, str], terminal: Opener) -> None:
    coloured, plain = terminal(python(VERDICT), rows=40), terminal(python(VERDICT), rows=40, environ=environ)
    assert (coloured.end(), plain.end()) == (0, 0)
    assert "31m" not in plain.raw
    assert plain.text.replace(" x ", " ✗ ").replace(" v ", " ✓ ") == coloured.text


def test_ascii_marks_where_signs_may_be_two_cells_wide(terminal: Opener) -> None:
    screen = terminal(python(VERDICT), rows=40, environ={"COLLECTDESK_ASCII": "1"})
    assert screen.end() == 0
    assert "  x  今日通话已达上限" in screen.text
    assert "✗" not in screen.text


def test_on_a_pipe_a_verdict_has_no_colour() -> None:
    done = subprocess.run([sys.executable, "-c", VERDICT], capture_output=True, encoding="utf-8", check=True)
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_progress_is_for_people(terminal: Opener) -> None:
    screen = terminal(python(WORK))
    assert screen.end() == 0
    assert "导入" in screen.raw
    assert screen.text.strip() == "完成"
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, encoding="utf-8", check=True)
    assert (done.stdout, done.stderr) == ("", "完成\n")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_without_a_terminal_a_question_names_its_option(language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, "--lang", language],
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    said = {"zh_CN": "没有终端，无法提问。\n请给出 --note。\n", "en": "There is no terminal to ask at.\nGive --note.\n"}
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said[language])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_help_fits_80_columns(language: str, terminal: Opener) -> None:
    screen = terminal(collectdesk("--lang", language, "--help"), rows=80)
    assert screen.end() == 0
    assert (
        screen.lines[0]
        == {"zh_CN": "用法：collectdesk [选项] 命令 ...", "en": "Usage: collectdesk [OPTIONS] COMMAND ..."}[language]
    )
    assert not any(line.startswith(" " * 20 + "，") for line in screen.lines)
