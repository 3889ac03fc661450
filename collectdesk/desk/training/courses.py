"""A course (课程): sections to learn and a pool of questions to be examined on, both languages side by side.

Courses are adopted like the other texts. A question whose answer is a number of a rulebook says where that number
stands; a desk whose own rulebook has another one does not ask it (``training.current``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collectdesk.desk.adopted_text import (
    Both,
    Headed,
    Name,
    Text,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
)

SectionName: TypeAlias = Literal["law", "business", "communication", "ethics", "house_rules"]
SECTIONS: tuple[SectionName, ...] = ("law", "business", "communication", "ethics", "house_rules")
"""The five the policy names (article 13.1), in its order."""
LETTERS = "abcdefgh"
LABEL_CELLS = 70
"""An answer stands on one line where it is picked."""


class Point(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing to learn, and whence it comes."""

    zh_CN: Text  # noqa: N815 - the language's code
    en: Text
    cite: tuple[str, ...]

    def in_(self, lang: str) -> str:
        """The text in ``lang``."""
        return self.zh_CN if lang == "zh_CN" else self.en


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the course: what it is called, its share of an exam beside the others', and what to learn."""

    name: SectionName
    title: Both
    weight: Annotated[int, Meta(ge=1, le=100)]
    points: tuple[Point, ...]


class Choice(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One answer that is offered."""

    zh_CN: Text  # noqa: N815 - the language's code
    en: Text
    right: bool = False

    def in_(self, lang: str) -> str:
        """The text in ``lang``."""
        return self.zh_CN if lang == "zh_CN" else self.en


class Fact(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the number a question asks for stands: ``rulebook/rule`` or ``rulebook/settings``, and a path in it.

    ``says`` is the value there as text; the right answer has ``told`` in it, or ``says`` where they are the same.
    """

    rule: Annotated[str, Meta(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    at: Text
    says: Text
    told: str | None = None


class Item(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question: what is asked, the answers offered, why the right one is right, and whence that comes."""

    id: Name
    section: SectionName
    ask: Both
    options: Annotated[tuple[Choice, ...], Meta(min_length=2, max_length=len(LETTERS))]
    why: Both
    cite: tuple[str, ...]
    fact: Fact | None = None

    @property
    def right(self) -> tuple[str, ...]:
        """The letters of the right answers, in the order of the file."""
        return tuple(letter for letter, option in zip(LETTERS, self.options, strict=False) if option.right)

    def option(self, letter: str) -> Choice:
        """The answer with that letter."""
        return self.options[LETTERS.index(letter)]


class CourseFile(Headed, frozen=True, kw_only=True):
    """A course as its file holds it."""

    schema: Literal["collectdesk.course/1"]
    id: Name
    section: tuple[Section, ...]
    question: tuple[Item, ...]


class Course(Headed, frozen=True, kw_only=True, dict=True):
    """A course in force: plain data, to be stored and read back as JSON (msgspec)."""

    id: str
    sections: tuple[Section, ...]
    questions: tuple[Item, ...]

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {each.id: each for each in self.questions}

    def question(self, name: str) -> Item | None:
        """The question of that id, if the course has it."""
        return self._by_id.get(name)

    def of(self, section: str) -> tuple[Item, ...]:
        """The questions of a section."""
        return tuple(each for each in self.questions if each.section == section)


def compile_course(mapping: Mapping[str, object]) -> Course:
    """Build a course from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, an id stands twice, a source is not listed, a section of the five is missing or has
            nothing to learn or to ask, a question has no right or no wrong answer, or a number is not in its answer.
    """
    file = read_as(CourseFile, mapping, "course")
    refuse_doubles("course", "$.question", (each.id for each in file.question))
    refuse_doubles("course", "$.section", (each.name for each in file.section))
    points = [(f"$.section.{each.name}", point.cite) for each in file.section for point in each.points]
    asked = [(f"$.question.{each.id}", each.cite) for each in file.question]
    refuse_unknown_cites("course", file.cites, [*points, *asked])
    for where, cite in (*points, *asked):
        if not cite:
            raise malformed("course", where, "everything taught or asked has its source")
    for name in SECTIONS:
        _check_section(name, file)
    for each in file.question:
        _check_question(each)
    return Course(
        version=file.version,
        title=file.title,
        cites=file.cites,
        id=file.id,
        sections=file.section,
        questions=file.question,
    )


def _check_section(name: SectionName, file: CourseFile) -> None:
    found = next((each for each in file.section if each.name == name), None)
    if found is None or not found.points:
        raise malformed("course", f"$.section.{name}", "each of the five sections has something to learn")
    if not any(each.section == name for each in file.question):
        raise malformed("course", f"$.section.{name}", "each of the five sections has questions")


def _check_question(item: Item) -> None:
    where = f"$.question.{item.id}"
    if not item.right or len(item.right) == len(item.options):
        raise malformed("course", where, "a question has a right answer and a wrong one")
    for lang in ("zh_CN", "en"):
        texts = [option.in_(lang) for option in item.options]
        if any(_cells(text) > LABEL_CELLS for text in texts):
            raise malformed("course", where, f"an answer takes more than {LABEL_CELLS} cells")
        if len(set(texts)) < len(texts):
            raise malformed("course", where, "two answers are the same")
        told = (item.fact.told or item.fact.says) if item.fact else ""
        if not all(told in item.option(letter).in_(lang) for letter in item.right):
            raise malformed("course", where, f"the right answer does not say {told}")


def _cells(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
