"""The words of case files, Chinese and English, as the desk's codes; a mapping file may add its own."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from collectdesk.desk.importing.cells import Cell, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.errors import N_

REMEMBERED = 10_000  # words of a file, so that each is understood once
_IGNORED = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """A word or heading without what does not matter: case, spaces, punctuation, width.

    >>> normal("Contract No."), normal("身份证号＊")
    ('contractno', '身份证号')
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return _IGNORED.sub("", folded) or folded.strip()


@cache
def shipped(name: str) -> dict[str, dict[str, list[str]]]:
    """One of the word lists beside this module."""
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


class Vocabulary:
    """From a group of words (``number_source``, ``line`` …) and a cell to a code."""

    def __init__(self, more: Mapping[str, Mapping[str, str]] | None = None) -> None:
        lists = shipped("vocabulary.toml")
        self._codes = {group: _index(words) for group, words in lists.items()}
        self._known = {group: tuple(words) for group, words in lists.items()}
        self._heard: dict[str, dict[str, str | None]] = {group: {} for group in lists}
        for group, words in (more or {}).items():
            self._codes[group] |= {normal(word): code for word, code in words.items()}

    def find(self, group: str, cell: Cell) -> str | None:
        """The code, or none when the word is not known."""
        if not isinstance(cell, str):
            return self._codes[group].get(normal(tidy(cell)))
        heard = self._heard[group]
        if cell not in heard:
            if len(heard) >= REMEMBERED:
                heard.clear()
            heard[cell] = self._codes[group].get(normal(tidy(cell)))
        return heard[cell]

    def code(self, group: str, cell: Cell) -> str:
        """The code.

        Raises:
            Refusal: the word is not known; the codes are named.
        """
        found = self.find(group, cell)
        if found is None:
            raise Refusal("word_unknown", N_("a word this column does not know."), _USE, words=self.listed(group))
        return found

    def listed(self, group: str) -> str:
        """The codes of a group, for a sentence."""
        return ", ".join(self._known[group])


def _index(words: Mapping[str, list[str]]) -> dict[str, str]:
    index = {normal(code): code for code in words}
    for code, synonyms in words.items():
        for word in synonyms:
            index.setdefault(normal(word), code)
    return index


_USE = N_("Use one of {words}, or give the word its meaning in a mapping file.")
