"""Phrases, and finding them in what people type: no regular expressions, so no list can stall the desk.

A phrase is written as it is said. ``(a|b|)`` stands for either text or none and may nest; ``…`` leaves a gap of a few
characters (Chinese) or words (English) within one sentence. Before comparing, both sides are *folded*: full-width signs
become half-width, case goes, and spaces, punctuation and invisible signs between characters do not matter; in English,
words cut by signs (``ar.rest``, ``a r r e s t``, ``don't``) are also read joined.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from collectdesk.desk.adopted_text import Lang

Phrase: TypeAlias = tuple[tuple[str, ...], ...]
"""A phrase taken apart, folded: each part one of several texts (perhaps an empty one); a part without any is a gap."""

GAP: dict[Lang, int] = {"zh_CN": 8, "en": 4}
"""How many tokens a gap may take at most, by language."""

MOST_CHOICES = 500
"""How many choices one part of a phrase may offer."""

GAP_SIGN = "…"

_ENDS = frozenset("。！？!?；;\n\r")
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


def _ends_sentence(text: str, at: int) -> bool:
    """Whether the sign at ``at`` ends a sentence; a full stop does before a space or at the end."""
    return text[at] in _ENDS or (text[at] == "." and not text[at + 1 : at + 2].strip())


def _characters(text: str) -> Folded:
    tokens: list[str] = []
    spans: list[tuple[int, int]] = []
    sentences: list[int] = []
    sentence = 0
    for at, char in enumerate(text):
        sentence += _ends_sentence(text, at)
        for each in _plain(char):
            tokens.append(each)
            spans.append((at, at + 1))
            sentences.append(sentence)
    return Folded(tuple(tokens), tuple(spans), tuple(sentences))


def _words(text: str, *, joined: bool) -> Folded:
    """Words; ``joined`` reads over signs inside a word and over runs of single letters."""
    words: list[tuple[str, int, int, int]] = []
    word, start, sentence, begun = "", 0, 0, 0
    for at, char in enumerate(text):
        foreign = "\u2e80" <= char <= "\u9fff"
        plain = "" if foreign else _plain(char)
        if plain and not word:
            start, begun = at, sentence
        if plain:
            word += plain
        elif word and (foreign or char.isspace() or not joined):
            words.append((word, start, at, begun))
            word = ""
        sentence += _ends_sentence(text, at)
    if word:
        words.append((word, start, len(text), begun))
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


def parse(phrase: str, lang: Lang) -> Phrase:
    """A phrase as it is written, taken apart.

    Raises:
        ValueError: brackets do not match, a gap stands at an end or within brackets, a part offers too many choices,
            or the phrase may be shorter than two characters.
    """
    parts = tuple(_part(chunk, lang) for chunk in _chunks(phrase, lang))
    if not parts or not parts[0] or not parts[-1]:
        raise ValueError("a phrase is empty, or a gap stands at its end")
    if sum(min(map(len, part)) for part in parts if part) < 2 or not any(all(part) for part in parts if part):
        raise ValueError("a phrase may be too short")
    return parts


def _chunks(phrase: str, lang: Lang) -> list[str]:
    """Where a phrase comes apart: at gaps, and outside brackets at spaces (English) or brackets (Chinese)."""
    chunks, depth = [""], 0
    for char in phrase:
        opens, closes = char == "(", char == ")"
        if depth == 0 and (char == GAP_SIGN or (opens and lang == "zh_CN") or (char.isspace() and lang == "en")):
            chunks.append("")
        depth += opens - closes
        chunks[-1] += char
        if depth == 0 and (char == GAP_SIGN or (closes and lang == "zh_CN")):
            chunks.append("")
        if depth < 0:
            break
    if depth:
        raise ValueError("brackets do not match")
    return [chunk for chunk in chunks if chunk.strip()]


def _part(chunk: str, lang: Lang) -> tuple[str, ...]:
    if chunk == GAP_SIGN:
        return ()
    if GAP_SIGN in chunk:
        raise ValueError("a gap stands within brackets")
    ways = [chunk]
    while any("(" in way for way in ways):
        ways = [other for way in ways for other in _innermost(way)]
        if len(ways) > MOST_CHOICES:
            raise ValueError("a part of a phrase offers too many choices")
    if any("|" in way for way in ways):
        raise ValueError("a choice stands outside brackets")
    joint = "" if lang == "zh_CN" else " "
    choices = dict.fromkeys(joint.join(fold(way, lang)[0].tokens) for way in ways)
    return tuple(sorted(choices, key=len, reverse=True))


def _innermost(way: str) -> list[str]:
    """``way`` with its first bracket that holds no other replaced by each of its choices."""
    found = _CHOICE.search(way)
    if found is None:
        return [way]
    return [way[: found.start()] + choice + way[found.end() :] for choice in found[1].split("|")]


class Found(NamedTuple):
    """A phrase found: whose, and from which token to before which."""

    owner: int
    start: int
    end: int


Tokens: TypeAlias = tuple[str, ...]
Choices: TypeAlias = tuple[Tokens, ...]


class PhraseIndex:
    """Many phrases, found in one pass: each waits under the first two tokens of its most telling part's choices."""

    def __init__(self, phrases: Iterable[tuple[int, Phrase]], lang: Lang) -> None:
        self.gap = GAP[lang]
        self._lang = lang
        self._waiting: dict[Tokens, list[tuple[int, Sequence[Choices], int, Tokens]]] = {}
        for owner, phrase in phrases:
            parts = [tuple(self._tokens(choice) for choice in part) for part in phrase]
            anchor = max(range(len(parts)), key=lambda at: (_telling(parts[at]), -len(parts[at])))
            for choice in parts[anchor]:
                self._waiting.setdefault(choice[:2], []).append((owner, parts, anchor, choice))

    def _tokens(self, choice: str) -> Tokens:
        return tuple(choice) if self._lang == "zh_CN" else tuple(choice.split())

    def find(self, text: Folded) -> Iterator[Found]:
        """Every phrase in ``text``, in the order of its most telling part, each place once and gaps at their least."""
        for owner, spans in self._candidates(text):
            span = next(spans, None)
            if span:
                yield Found(owner, *span)

    def find_all(self, text: Folded) -> Iterator[Found]:
        """The same, with every way a gap can reach."""
        for owner, spans in self._candidates(text):
            yield from (Found(owner, *span) for span in spans)

    def _candidates(self, text: Folded) -> Iterator[tuple[int, Iterator[tuple[int, int]]]]:
        tokens = text.tokens
        for at in range(len(tokens)):
            for width in (1, 2):
                for owner, parts, anchor, choice in self._waiting.get(tokens[at : at + width], ()):
                    if tokens[at : at + len(choice)] == choice:
                        yield owner, self._around(text, parts, anchor, at, at + len(choice))
                if at + 1 == len(tokens):
                    break

    def _around(
        self, text: Folded, parts: Sequence[Choices], anchor: int, start: int, end: int
    ) -> Iterator[tuple[int, int]]:
        for after in self._after(text, parts[anchor + 1 :], end):
            for before in self._before(text, parts[:anchor], start):
                yield before, after

    def _after(self, text: Folded, rest: Sequence[Choices], end: int) -> Iterator[int]:
        """Where the ``rest`` of a phrase ends if it follows on at ``end``."""
        if not rest:
            yield end
        elif not rest[0]:
            for at in self._gap_after(text, end):
                yield from self._after(text, rest[1:], at)
        else:
            for choice in rest[0]:
                stop = end + len(choice)
                if text.tokens[end:stop] == choice:
                    yield from self._after(text, rest[1:], stop)

    def _before(self, text: Folded, rest: Sequence[Choices], start: int) -> Iterator[int]:
        """Where the ``rest`` of a phrase begins if it leads up to ``start``."""
        if not rest:
            yield start
        elif not rest[-1]:
            for at in self._gap_before(text, start):
                yield from self._before(text, rest[:-1], at)
        else:
            for choice in rest[-1]:
                begin = start - len(choice)
                if begin >= 0 and text.tokens[begin:start] == choice:
                    yield from self._before(text, rest[:-1], begin)

    def _gap_after(self, text: Folded, end: int) -> Iterator[int]:
        """Where a gap that begins at ``end`` may end: nearby, in the same sentence."""
        for at in range(end, min(end + self.gap, len(text.tokens)) + 1):
            if at < len(text.tokens) and text.sentences[at] != text.sentences[end - 1]:
                return
            yield at

    def _gap_before(self, text: Folded, start: int) -> Iterator[int]:
        """Where a gap that ends at ``start`` may begin."""
        for at in range(start, max(start - self.gap, 0) - 1, -1):
            if at and text.sentences[at - 1] != text.sentences[start]:
                return
            yield at


def _telling(part: Choices) -> int:
    """How much a part narrows the search: the length of its shortest choice, up to two tokens; a gap not at all."""
    return min(2, min(map(len, part))) if part else -1
