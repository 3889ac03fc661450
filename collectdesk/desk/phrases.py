"""Phrases, and finding them in what people type: no regular expressions, so no list can stall the desk.

A phrase is written as it is said. ``(a|b|)`` stands for either text or none; ``…`` leaves a gap of a few characters
(Chinese) or words (English) within one sentence. Before comparing, both sides are *folded*: full-width signs become
half-width, case goes, and spaces, punctuation and invisible signs between characters do not matter; in English,
words cut by signs (``ar.rest``, ``a r r e s t``) are also read joined.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from collectdesk.desk.adopted_text import Lang

Segments: TypeAlias = tuple[tuple[str, ...], ...]
"""A phrase taken apart: runs of tokens, with a gap between one run and the next."""

GAP: dict[Lang, int] = {"zh_CN": 8, "en": 4}
"""How many tokens a gap may take at most, by language."""

_ENDS = frozenset("。！？!?；;\n\r")
_APOSTROPHES = frozenset("'’ʼ`")
_CHOICE = re.compile(r"\(([^()]*)\)")
_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)) | {"幺": "1", "两": "2"}


class Folded(NamedTuple):
    """A text as tokens; ``spans`` in the original, and the number of each token's sentence."""

    tokens: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """The letters and digits in one character, half-width and lower case; accents gone."""
    decomposed = unicodedata.normalize("NFKD", char) if not "一" <= char <= "鿿" else char
    return "".join(each for each in decomposed.casefold() if each.isalnum())


def fold_digits(char: str) -> str:
    """The decimal digit ``char`` stands for, Chinese ones included; empty if none."""
    found = _DIGITS.get(char)
    return found if found else str(unicodedata.digit(char, ""))


def fold(text: str, lang: Lang) -> tuple[Folded, ...]:
    """``text`` as tokens: characters for Chinese, words for English (in English, a second reading joins cut words)."""
    if lang == "zh_CN":
        return (_characters(text),)
    apart = _words(text, joined=False)
    joined = _words(text, joined=True)
    return (apart,) if apart.tokens == joined.tokens else (apart, joined)


def _characters(text: str) -> Folded:
    tokens: list[str] = []
    spans: list[tuple[int, int]] = []
    sentences: list[int] = []
    sentence = 0
    for at, char in enumerate(text):
        sentence += char in _ENDS
        for each in _plain(char):
            tokens.append(each)
            spans.append((at, at + 1))
            sentences.append(sentence)
    return Folded(tuple(tokens), tuple(spans), tuple(sentences))


def _words(text: str, *, joined: bool) -> Folded:
    """Words; ``joined`` reads over signs inside a word and over runs of single letters."""
    words: list[tuple[str, int, int, int]] = []
    word, start, sentence = "", 0, 0
    for at, char in enumerate(text):
        foreign = "\u2e80" <= char <= "\u9fff"
        plain = "" if foreign else _plain(char)
        if plain and not word:
            start = at
        if plain:
            word += plain
        elif word and (foreign or char.isspace() or not (joined or char in _APOSTROPHES)):
            words.append((word, start, at, sentence))
            word = ""
        sentence += char in _ENDS
    if word:
        words.append((word, start, len(text), sentence))
    if joined:
        words = list(_spelled_out(words))
    return Folded(
        tuple(each[0] for each in words), tuple((each[1], each[2]) for each in words), tuple(each[3] for each in words)
    )


def _spelled_out(words: list[tuple[str, int, int, int]]) -> Iterator[tuple[str, int, int, int]]:
    """Runs of three or more single letters as one word."""
    for single, run in itertools.groupby(words, key=lambda word: len(word[0]) == 1):
        letters = list(run)
        if single and len(letters) > 2:
            yield "".join(each[0] for each in letters), letters[0][1], letters[-1][2], letters[-1][3]
        else:
            yield from letters


def expand(phrase: str, lang: Lang) -> tuple[Segments, ...]:
    """Every way ``phrase`` can be said, folded.

    Raises:
        ValueError: a bracket is left open, or a way of saying it is empty or is less than two characters long.
    """
    parts = _CHOICE.split(phrase)
    if any(mark in part for part in parts for mark in "()") or any("|" in part for part in parts[::2]):
        raise ValueError("brackets do not match")
    ways = itertools.product(*(part.split("|") if at % 2 else [part] for at, part in enumerate(parts)))
    return tuple(dict.fromkeys(_segments("".join(way), lang) for way in ways))


def _segments(text: str, lang: Lang) -> Segments:
    segments = tuple(fold(part, lang)[0].tokens for part in text.split("…"))
    if not all(segments) or sum(len(token) for segment in segments for token in segment) < 2:
        raise ValueError("a phrase is empty or too short")
    return segments


class Found(NamedTuple):
    """A phrase found: whose, and from which token to before which."""

    owner: int
    start: int
    end: int


class PhraseIndex:
    """Many phrases, found in one pass: each waits under the first one or two tokens of its longest run."""

    def __init__(self, phrases: Iterable[tuple[int, Segments]], lang: Lang) -> None:
        self.gap = GAP[lang]
        self._waiting: dict[tuple[str, ...], list[tuple[int, Segments, int]]] = {}
        for owner, segments in phrases:
            anchor = max(range(len(segments)), key=lambda at: len(segments[at]))
            self._waiting.setdefault(segments[anchor][:2], []).append((owner, segments, anchor))

    def find(self, text: Folded) -> Iterator[Found]:
        """Every phrase in ``text``, in the order of its longest run."""
        tokens = text.tokens
        for at in range(len(tokens)):
            for key in (tokens[at : at + 1], tokens[at : at + 2]):
                for owner, segments, anchor in self._waiting.get(key, ()):
                    span = self._around(text, segments, anchor, at)
                    if span:
                        yield Found(owner, *span)
                if at + 1 == len(tokens):
                    break

    def _around(self, text: Folded, segments: Segments, anchor: int, at: int) -> tuple[int, int] | None:
        end = at + len(segments[anchor])
        if text.tokens[at:end] != segments[anchor]:
            return None
        after = self._after(text, segments[anchor + 1 :], end)
        before = self._before(text, segments[:anchor], at)
        return None if after is None or before is None else (before, after)

    def _after(self, text: Folded, rest: Sequence[tuple[str, ...]], end: int) -> int | None:
        if not rest:
            return end
        for start in range(end, min(end + self.gap, len(text.tokens) - 1) + 1):
            if text.sentences[start] != text.sentences[end - 1]:
                return None
            stop = start + len(rest[0])
            found = self._after(text, rest[1:], stop) if text.tokens[start:stop] == rest[0] else None
            if found is not None:
                return found
        return None

    def _before(self, text: Folded, rest: Sequence[tuple[str, ...]], start: int) -> int | None:
        if not rest:
            return start
        for end in range(start, max(start - self.gap, 1) - 1, -1):
            if text.sentences[end - 1] != text.sentences[start]:
                return None
            begin = end - len(rest[-1])
            fits = begin >= 0 and text.tokens[begin:end] == rest[-1]
            found = self._before(text, rest[:-1], begin) if fits else None
            if found is not None:
                return found
        return None
