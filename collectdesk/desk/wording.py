"""The wording check (用语检查): what may not be said or written to a debtor, or about one (policy articles 6, 7, 9).

A list holds the forbidden wording of one language as data, each entry with its reason, its source, a text it must
catch and a near one it must pass. A list that fails its own examples cannot be compiled. Texts are checked against all
adopted lists at once, since a Chinese note may hold English words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.desk.adopted_text import (
    Both,
    Confidence,
    Headed,
    Lang,
    Name,
    Text,
    cited,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
    weakest,
)
from collectdesk.desk.number_spotting import DETECTORS, Detector
from collectdesk.desk.phrases import Folded, Phrase, PhraseIndex, fold, parse

Severity: TypeAlias = Literal["bar", "warn"]
"""``bar``: we never say it. ``warn``: it may be right here, but think."""


class Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One forbidden wording.

    ``say`` are phrases (syntax: ``collectdesk.desk.phrases``), ``unless`` phrases that excuse a hit they overlap;
    ``detect`` names a detector of numbers instead. ``catches`` and ``passes`` prove the entry.
    """

    id: Text
    category: Name
    severity: Severity = "bar"
    say: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    detect: Detector | None = None
    reason: Both
    cite: tuple[str, ...]
    catches: Text
    passes: Text


class ListFile(Headed, frozen=True, kw_only=True):
    """A wording list as its file holds it."""

    schema: Literal["collectdesk.wording/1"]
    lang: Lang
    categories: dict[Name, Both]
    entry: tuple[Entry, ...]


class WordList(Headed, frozen=True, kw_only=True, dict=True):
    """A compiled list: plain data, to be stored and read back as JSON (msgspec) without compiling again.

    ``phrases`` and ``excuses`` hold each entry's ``say`` and ``unless`` taken apart, in the order of ``entries``.
    """

    lang: Lang
    categories: dict[str, Both]
    entries: tuple[Entry, ...]
    phrases: tuple[tuple[Phrase, ...], ...]
    excuses: tuple[tuple[Phrase, ...], ...]

    @cached_property
    def index(self) -> PhraseIndex:
        """All phrases, ready to be found."""
        return PhraseIndex(
            ((owner, phrase) for owner, phrases in enumerate(self.phrases) for phrase in phrases), self.lang
        )

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}


class Hit(Struct, frozen=True, order=True):
    """A wording found: characters ``start`` to before ``end`` of the text, and which entry found it.

    Holds no words of the text, so that it may be logged.
    """

    start: int
    end: int
    entry: str
    category: str
    severity: Severity
    lang: Lang


class Explained(Struct, frozen=True):
    """A hit's entry in one language: what it is, why, by which source."""

    category: str
    reason: str
    cite: str
    confidence: Confidence


def compile_wording(mapping: Mapping[str, object]) -> WordList:
    """Build a wording list from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, an id stands twice, a source or category is missing, a phrase cannot be read, or an
            entry does not catch its own example or catches the one it must pass.
    """
    file = read_as(ListFile, mapping, "wording")
    refuse_doubles("wording", "$.entry", (entry.id for entry in file.entry))
    refuse_unknown_cites("wording", file.cites, ((f"$.entry.{entry.id}", entry.cite) for entry in file.entry))
    for entry in file.entry:
        _refuse_shapeless(entry, file.categories)
    words = WordList(
        lang=file.lang,
        version=file.version,
        title=file.title,
        cites=file.cites,
        categories=dict(file.categories),
        entries=file.entry,
        phrases=tuple(_parsed(entry, entry.say, file.lang) for entry in file.entry),
        excuses=tuple(_parsed(entry, entry.unless, file.lang) for entry in file.entry),
    )
    for entry in file.entry:
        _prove(entry, words)
    return words


def _refuse_shapeless(entry: Entry, categories: Mapping[str, Both]) -> None:
    where = f"$.entry.{entry.id}"
    if bool(entry.say) == bool(entry.detect):
        raise malformed("wording", where, "an entry needs either 'say' or 'detect'")
    if not entry.cite:
        raise malformed("wording", where, "an entry needs a source")
    if entry.category not in categories:
        raise malformed("wording", where, f"no category is called '{entry.category}'")


def _parsed(entry: Entry, phrases: Iterable[str], lang: Lang) -> tuple[Phrase, ...]:
    try:
        return tuple(parse(phrase, lang) for phrase in phrases)
    except ValueError as error:
        raise malformed("wording", f"$.entry.{entry.id}", str(error)) from error


def _prove(entry: Entry, words: WordList) -> None:
    if not any(hit.entry == entry.id for hit in check(entry.catches, (words,))):
        raise malformed("wording", f"$.entry.{entry.id}.catches", "the entry does not catch its own example")
    if any(hit.entry == entry.id for hit in check(entry.passes, (words,))):
        raise malformed("wording", f"$.entry.{entry.id}.passes", "the entry catches the text it must let pass")


def check(text: str, lists: Sequence[WordList]) -> tuple[Hit, ...]:
    """Every forbidden wording in ``text``, by position; one hit for each entry and place."""
    found: set[Hit] = set()
    for words in lists:
        for folded in fold(text, words.lang):
            found.update(_phrase_hits(folded, words))
        found.update(_number_hits(text, words))
    return tuple(_without_overlaps(sorted(found)))


def _phrase_hits(text: Folded, words: WordList) -> Iterable[Hit]:
    for owner, start, end in words.index.find(text):
        if not _excused(text, words, owner, start, end):
            yield _hit(words.entries[owner], words.lang, text.spans[start][0], text.spans[end - 1][1])


def _excused(text: Folded, words: WordList, owner: int, start: int, end: int) -> bool:
    excuses = words.excuses[owner]
    if not excuses:
        return False
    index = PhraseIndex(((owner, excuse) for excuse in excuses), words.lang)
    return any(each.start < end and start < each.end for each in index.find_all(text))


def _number_hits(text: str, words: WordList) -> Iterable[Hit]:
    for entry in words.entries:
        if entry.detect:
            for start, end in DETECTORS[entry.detect](text):
                yield _hit(entry, words.lang, start, end)


def _hit(entry: Entry, lang: Lang, start: int, end: int) -> Hit:
    return Hit(start=start, end=end, entry=entry.id, category=entry.category, severity=entry.severity, lang=lang)


def _without_overlaps(hits: list[Hit]) -> Iterable[Hit]:
    """Of one entry's overlapping hits the first; an entry that stands in both languages' lists counts as one."""
    ends: dict[str, int] = {}
    for hit in hits:
        if hit.start >= ends.get(hit.entry, 0):
            ends[hit.entry] = hit.end
            yield hit


def barred(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits that stop a text of ours."""
    return tuple(hit for hit in hits if hit.severity == "bar")


def words_of(hit: Hit, text: str, lists: Sequence[WordList]) -> str:
    """The words of ``text`` that were found; none of a number, which is somebody's."""
    found = (each.by_id.get(hit.entry) for each in lists if each.lang == hit.lang)
    return "" if any(entry is not None and entry.detect for entry in found) else text[hit.start : hit.end]


def explain(hit: Hit, lists: Sequence[WordList], lang: Lang) -> Explained:
    """Why ``hit`` was found, in ``lang``.

    Raises:
        KeyError: none of ``lists`` holds its entry.
    """
    words = next(each for each in lists if each.lang == hit.lang and hit.entry in each.by_id)
    entry = words.by_id[hit.entry]
    return Explained(
        category=words.categories[entry.category].in_(lang),
        reason=entry.reason.in_(lang),
        cite=cited(words.cites, entry.cite, lang),
        confidence=weakest(words.cites, entry.cite),
    )
