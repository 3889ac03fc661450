"""Opening a desk at a real terminal, in both languages: typed twice, written down, proven, signed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Opener
from tests.terminal.pty import Terminal, collectdesk

PHRASE = "four words in a row"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A desk and a runtime directory of the test's own."""
    (tmp_path / "runtime").mkdir(mode=0o700)
    return {"COLLECTDESK_DESK": str(tmp_path / "desk"), "XDG_RUNTIME_DIR": str(tmp_path / "runtime")}


def answer(terminal: Terminal, question: str, *keys: str) -> None:
    terminal.until(question)
    terminal.press(*keys)


def write_down(terminal: Terminal) -> None:
    """Read the recovery code off the screen and type two groups of it back."""
    screen = terminal.until(r"([A-Z0-9]{4}-){7}[A-Z0-9]{4}[\s\S]*\n\? ")
    found = re.search(r"(?:[A-Z0-9]{4}-){7}[A-Z0-9]{4}", screen)
    assert found
    groups = found[0].split("-")
    terminal.press("enter")
    for turn in (1, 2):
        asked = re.findall(r"(?:Group|第) ?(\d)", terminal.until(rf"((Group|第) ?\d[\s\S]*){{{turn}}}"))
        terminal.press(groups[int(asked[-1]) - 1].lower(), "enter")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("1", ("公司名称", "它是什么|公司性质|类型|agency|委外|受托", "工号", "姓名", "口令", "再", "亲自|本人|自己")),
        ("2", ("company's name", "agency", "staff number", "Your name", "passphrase", "same again", "calls yourself")),
    ],
)
def test_a_person_opens_a_desk(
    terminal: Opener, environ: dict[str, str], tmp_path: Path, choice: str, words: tuple[str, ...]
) -> None:
    opened: Terminal = terminal(collectdesk("init"), environ=environ, rows=40)
    answer(opened, "Language", choice, "enter")
    company, kind, number, name, phrase, again, calls = words
    answer(opened, company, "Example", "enter")
    answer(opened, kind, "2", "enter")
    answer(opened, number, "8001", "enter")
    answer(opened, name, "Zhao", "enter")
    answer(opened, phrase, PHRASE, "enter")
    answer(opened, again, PHRASE, "enter")
    answer(opened, calls, "2", "enter")
    write_down(opened)
    assert opened.end() == 0
    assert "collectdesk ready" in opened.text
    assert PHRASE not in opened.raw
    assert (tmp_path / "desk" / "desk.db").is_file()


def test_a_short_or_mistyped_passphrase_is_asked_again(
    terminal: Opener, environ: dict[str, str], tmp_path: Path
) -> None:
    flags = ("--company", "Example", "--kind", "agency", "--number", "8001", "--name", "Zhao", "--language", "en")
    opened: Terminal = terminal(collectdesk("init", *flags), environ=environ, rows=40)
    answer(opened, "passphrase for you", "short", "enter")
    answer(opened, "At least 12", "\x15", PHRASE, "enter")
    answer(opened, "same again", "something else here", "enter")
    opened.until("The two differ")
    answer(opened, r"passphrase for you\s*$", "mistyped at first", "enter")
    answer(opened, r"start over\)\s*$", "enter")
    answer(opened, r"passphrase for you\s*$", PHRASE, "enter")
    answer(opened, r"start over\)\s*$", PHRASE, "enter")
    opened.until("calls yourself")
    opened.press("ctrl-c")
    assert opened.end() == 130
    assert "Nothing was made or changed." in opened.text
    assert not (tmp_path / "desk").exists()


def test_a_qualification_that_cannot_be_so_is_said_at_its_own_question(
    terminal: Opener, environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "phrase").write_text(PHRASE)
    flags = ("--company", "Example", "--kind", "agency", "--number", "8001", "--name", "Zhao", "--language", "en")
    opened: Terminal = terminal(
        collectdesk("init", *flags, "--passphrase-file", str(tmp_path / "phrase")), environ=environ, rows=40
    )
    answer(opened, "calls yourself", "1", "enter")
    answer(opened, "Vetting passed on", "2999-01-01", "enter")
    answer(opened, "cannot be dated in the future", "\x15", "2020-01-01", "enter")
    answer(opened, "Confidentiality signed on", "2020-01-01", "enter")
    answer(opened, "Exam passed on", "2020-01-01", "enter")
    answer(opened, "Score", "95", "enter")
    answer(opened, "Who examined", "Li", "enter")
    answer(opened, "counts until", "enter")
    answer(opened, "has expired already", "\x15", "2999-01-01", "enter")
    write_down(opened)
    assert opened.end() == 0
