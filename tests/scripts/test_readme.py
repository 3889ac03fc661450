"""The READMEs say what is true: transcripts, commands and the policy table are held against the program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lifecycle_drawings
from collectdesk.commands.table import SECTIONS
from collectdesk.desk import lifecycle
from tests.commands.tree import leaves

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


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A practice desk with its collector signed in, and the environment to work on it."""
    place = tmp_path_factory.mktemp("practice")
    (place / "run").mkdir(mode=0o700)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(place), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_RUNTIME_DIR": str(place / "run")}
    secret = place / "passphrase"
    secret.write_text("practice-desk\n", encoding="utf-8")
    secret.chmod(0o600)
    for words in (("demo", str(place / "desk")), ("login", "8001", "--passphrase-file", str(secret))):
        command = [sys.executable, "-m", "collectdesk", "--desk", str(place / "desk"), *words]
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=True)
    return place / "desk", environment


@pytest.mark.parametrize("language", READMES)
def test_the_schedule_is_what_the_calculator_prints(language: str, practice: tuple[Path, dict[str, str]]) -> None:
    """Article 11.1: the example is drawn from the practice desk's own statement."""
    shown = re.search(r"`collectdesk (plan calc [^`]+)`.*?<!-- plan -->\n```\n(.*?)```", text(language), re.DOTALL)
    assert shown is not None
    desk, environment = practice
    command = [sys.executable, "-m", "collectdesk", "--desk", str(desk), "--lang", language, *shown.group(1).split()]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=True)
    assert [line.rstrip() for line in done.stdout.decode().splitlines()] == shown.group(2).splitlines()


def test_the_lives_are_drawn_from_the_data() -> None:
    assert lifecycle_drawings.main(check=True) == 0
    for language in READMES:
        assert text(language).count("```mermaid") == len(lifecycle.names())


@pytest.mark.parametrize("name", lifecycle.names())
def test_a_drawing_has_every_state_every_move_and_no_other(name: str) -> None:
    life = lifecycle.lifecycle(name)
    for lang in lifecycle_drawings.READMES:
        drawn = re.findall(r"^    (\w+) --> (\w+): ", lifecycle_drawings.diagram(life, lang), re.MULTILINE)
        assert set(drawn) == {(source, move.to) for move in life.moves for source in move.sources}
        assert len(drawn) == len(set(drawn))
        states = re.findall(r'^    state "[^"]+" as (\w+)$', lifecycle_drawings.diagram(life, lang), re.MULTILINE)
        assert states == [state.name for state in life.states]
    assert not {state.name for state in life.states} & {"state", "end", "note", "direction", "class"}


@pytest.mark.parametrize("language", READMES)
def test_every_further_word_it_names_exists(language: str) -> None:
    named = re.findall(r"^collectdesk ([a-z]+) ([a-z][a-z-]+)\b", text(language), re.MULTILINE)
    known = {leaf.words for noun, _further in named for leaf in leaves(noun)}
    alone = {noun for noun in COMMANDS if not any(len(words) > 1 and words[0] == noun for words in known)}
    assert [words for words in named if words not in known and words[0] not in alone] == []


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
