"""Chinese sentences carry Chinese punctuation: every shipped text, and every sentence of the catalogue."""

from __future__ import annotations

import ast
import csv
import json
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
HAN = "\u3400-\u9fff"
HALF = re.compile(rf"(?:(?<=[{HAN}》”）」])[,:;?!()])|(?:[,:;?!()](?=[{HAN}《“（「]))")
"""A half-width mark beside a Chinese character; between digits (22:00, 1,200.00) they stay as they are."""
PATTERNS = ("say", "unless")
"""Keys of a wording list that hold patterns, whose brackets and bars are syntax."""
FIGURES = ("plots.py", "workbook.py", "wording.py", "recordings.py", "words.py")
"""Where only a currency, dates or a count of seconds is put in brackets, or the language is known."""
SHIPPED = sorted(path for path in (ROOT / "data").rglob("*") if path.suffix in (".toml", ".json", ".csv"))


def read(path: Path) -> object:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    text = path.read_text(encoding="utf-8")
    return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)


def strings(value: object, *, patterns: bool) -> Iterator[str]:
    """Every text in a document; ``patterns``: it is a wording list, whose patterns are not sentences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if not (patterns and key in PATTERNS):
                yield from strings(each, patterns=patterns)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, patterns=patterns)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_texts_use_chinese_marks(path: Path) -> None:
    wording = path.parent.name == "wording"
    assert [text for text in strings(read(path), patterns=wording) if HALF.search(text)] == []


def test_the_catalogue_uses_chinese_marks() -> None:
    catalogue = (ROOT / "collectdesk/lang/zh_CN/LC_MESSAGES/collectdesk.po").read_text(encoding="utf-8")
    parts = re.findall(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\n)+)', catalogue, re.MULTILINE)
    sentences = [re.sub(r'"\n"|^"|"\n$', "", part) for part in parts]
    assert len(sentences) > 500
    assert [text for text in sentences if HALF.search(text)] == []


def test_no_sentence_of_the_catalogue_puts_words_in_half_width_brackets() -> None:
    """What stands for a value may become Chinese: ``{state} ({reason})`` is as wrong as a bracket beside a word."""
    with (ROOT / "collectdesk/lang/zh_CN/LC_MESSAGES/collectdesk.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    strings = [message.string for message in catalogue if message.id]
    forms = [form for each in strings for form in ((each,) if isinstance(each, str) else each or ())]
    kept = [re.sub(r"\([A-Za-z0-9-]+\)|`[^`]*`", "", form) for form in forms]  # (UTF-8), and what is typed
    assert [form for form in kept if re.search(r"[()]", form)] == []


def test_nothing_puts_words_in_half_width_brackets_past_the_catalogue() -> None:
    """``words.bracketed`` knows the language; a bracket written beside a value does not."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "collectdesk/show").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and path.name not in FIGURES and opens(node)
    ]
    assert found == []


def opens(text: ast.JoinedStr) -> bool:
    """Whether a value stands right behind an opening bracket."""
    pairs = pairwise(text.values)
    return any(
        isinstance(before, ast.Constant) and str(before.value).endswith("(") and isinstance(value, ast.FormattedValue)
        for before, value in pairs
    )


def test_a_half_width_mark_is_found() -> None:
    """The rule itself: beside a character it counts, between figures it does not."""
    wrong = ("您好,我是", "合同约定(第6条)", "方便吗?", "公约(试行)")
    right = ("22:00 以后", "人民币12,480.00元", "合同约定（第6条）：", "A-1007, B")
    assert [bool(HALF.search(text)) for text in (*wrong, *right)] == [True] * 4 + [False] * 4
