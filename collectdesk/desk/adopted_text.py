"""What the desk's adopted texts have in common: two languages, a citation, and errors that say where.

Call scripts, wording lists, codes, reactions, consequences and safety cards are data a company may change and adopt.
They are read here from plain mappings (TOML gives them), strictly: a field nobody knows is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import Meta, Struct

from collectdesk.errors import N_, BadData

Lang: TypeAlias = Literal["zh_CN", "en"]
LANGS: tuple[Lang, ...] = ("zh_CN", "en")

Text: TypeAlias = Annotated[str, Meta(pattern=r"\S")]
"""A text that is not blank."""

Name: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
"""A code: lower case, digits, underscores."""

Confidence: TypeAlias = Literal["V", "Q", "S", "T", "D", "M"]
"""How a source was read: V the text itself, Q quoted, S paraphrased, T translated, D a draft, M from memory."""

WEAKEST_FIRST: tuple[Confidence, ...] = ("M", "D", "S", "T", "Q", "V")

S = TypeVar("S", bound=Struct)


class Both(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    zh_CN: Text  # noqa: N815 - the language's code
    en: Text

    def in_(self, lang: Lang) -> str:
        """The text in ``lang``."""
        return self.zh_CN if lang == "zh_CN" else self.en


class Cite(Struct, frozen=True, forbid_unknown_fields=True):
    """A source, named no more closely than it was read, and how it was read."""

    zh_CN: Text  # noqa: N815 - the language's code
    en: Text
    confidence: Confidence

    def in_(self, lang: Lang) -> str:
        """The citation in ``lang``."""
        return self.zh_CN if lang == "zh_CN" else self.en


Cites: TypeAlias = dict[str, Cite]


class Headed(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands at the head of every adopted text: its version, its title, and the sources its entries cite."""

    version: Text
    title: Both
    cites: Cites


def read_as(kind: type[S], mapping: Mapping[str, object], name: str) -> S:
    """``mapping`` as a ``kind``; ``name`` says in errors what is being read.

    Raises:
        BadData: a field is unknown, missing, blank or of the wrong kind; says where.
    """
    try:
        return msgspec.convert(dict(mapping), kind)
    except msgspec.ValidationError as error:
        problem, _, where = str(error).partition(" - at ")
        raise malformed(name, where.strip("`") or "$", problem) from error


def malformed(name: str, where: str, problem: str) -> BadData:
    """The error for a text that cannot be adopted as it is."""
    return BadData(
        "text_malformed",
        N_("{name} cannot be used: {problem} (at {where})."),
        hint=N_("Correct the file there, then adopt it again."),
        name=name,
        where=where,
        problem=problem,
    )


def refuse_doubles(name: str, where: str, ids: Iterable[str]) -> None:
    """Raise ``BadData`` when an id stands twice."""
    twice = [each for each, times in Counter(ids).items() if times > 1]
    if twice:
        raise malformed(name, where, f"'{twice[0]}' stands more than once")


def refuse_unknown_cites(name: str, cites: Cites, uses: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Raise ``BadData`` when an entry (its place, its citations) names a source the file does not list."""
    for where, cited in uses:
        for each in cited:
            if each not in cites:
                raise malformed(name, where, f"no source is called '{each}'")


def cited(cites: Cites, keys: tuple[str, ...], lang: Lang) -> str:
    """The citations for ``keys`` in ``lang``, joined as that language joins them."""
    return ("；" if lang == "zh_CN" else "; ").join(cites[key].in_(lang) for key in keys)


def weakest(cites: Cites, keys: tuple[str, ...]) -> Confidence:
    """The confidence of the least well read source among ``keys``."""
    return min((cites[key].confidence for key in keys), key=WEAKEST_FIRST.index)
