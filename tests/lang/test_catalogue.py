"""The catalogue is whole: every sentence the package marks has its Chinese, and the two say the same things."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from collectdesk import lang

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "collectdesk"
CATALOGUE = PACKAGE / "lang" / "zh_CN" / "LC_MESSAGES" / "collectdesk.po"
MARKS = {"_": 1, "N_": 1, "ngettext": 2}
"""The functions that mark sentences, and how many of their arguments are sentences."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH_AFTER_CHINESE = re.compile(r"[\u4e00-\u9fff][,;:?!]")


def messages() -> Iterator[Message]:
    """Every message of the Chinese catalogue but its header."""
    with CATALOGUE.open("rb") as file:
        yield from (message for message in read_po(file, locale="zh_CN") if message.id)


def translated() -> list[Message]:
    """Those that have their Chinese; one test alone reports the others."""
    return [message for message in messages() if all(forms(message.string))]


def forms(text: object) -> tuple[str, ...]:
    """A message's forms: one, or one for each plural."""
    return tuple(str(form) for form in text) if isinstance(text, (list, tuple)) else (str(text),)


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def marked_in(file: Path) -> Iterator[str]:
    """The sentences a module marks, wherever they stand."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            sentences = (each.value for each in node.args[: MARKS[node.func.id]] if isinstance(each, ast.Constant))
            yield from (each for each in sentences if isinstance(each, str) and each)


def test_the_catalogue_holds_exactly_the_sentences_of_the_package_each_with_its_translation() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "lang", "check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_sentence_is_marked_where_the_gatherer_finds_it() -> None:
    """It reads no marks inside f-strings: what stands there would never be translated."""
    gathered = {form for message in messages() for form in forms(message.id)}
    marked = {(file.name, said) for file in PACKAGE.rglob("*.py") for said in marked_in(file)}
    assert {each for each in marked if each[1] not in gathered} == set()


@pytest.mark.parametrize("message", translated(), ids=lambda message: forms(message.id)[0][:40])
def test_a_translation_has_the_placeholders_of_its_sentence(message: Message) -> None:
    wanted = set().union(*map(placeholders, forms(message.id)))
    assert [placeholders(form) for form in forms(message.string)] == [wanted] * len(forms(message.string))


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in messages() if message.fuzzy] == []


def test_chinese_sentences_use_chinese_punctuation() -> None:
    texts = [form for message in messages() for form in forms(message.string)]
    assert [text for text in texts if HALF_WIDTH_AFTER_CHINESE.search(text)] == []


def test_an_english_full_stop_is_a_chinese_one() -> None:
    pairs = [(forms(message.id)[0], forms(message.string)[0]) for message in translated()]
    ended = [pair for pair in pairs if CHINESE.search(pair[1]) and pair[0].endswith(".") != pair[1].endswith("。")]
    ended = [pair for pair in ended if " " in pair[0]]  # "No." is a label
    assert [pair for pair in ended if not pair[0].endswith("...")] == []


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    compiled = {forms(message.id)[0]: forms(message.string)[0] for message in translated()}
    assert {sentence: lang.translate(sentence, "zh_CN") for sentence in compiled} == compiled
