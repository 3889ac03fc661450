"""Whatever is done to a rulebook, the lint names what is wrong and where, and agrees with the compiler."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectdesk import lang
from collectdesk.desk.house import compile_book
from collectdesk.desk.rulebook_lint import Around, Linted, lint
from collectdesk.desk.rulebooks import as_shipped, shipped_calendars
from collectdesk.desk.shipped import listed, shipped
from collectdesk.gate import Malformed
from collectdesk.show.rulebook_lint import remark_lines
from collectdesk.show.width import cells
from tests.conftest import START

BOOKS = tuple(each.book for each in as_shipped())
AROUND = Around(BOOKS, BOOKS, shipped_calendars(), START)
TEXTS = [shipped(path).decode() for path in listed("rulebooks/*.toml")]
SHAPES = {"not_toml", "not_a_rulebook", "unknown_field", "missing_field", "not_a_value", "wrong_value", "same_id"}
OUTSIDE = {"unknown_calendar", "calendar_needed", "no_citation"}
"""Errors of sense: such a rulebook compiles, and is not adopted all the same."""
SIGNS = st.text(st.characters(codec="utf-8"), max_size=6)
WORDS = st.sampled_from([
    '"', "'", "[", "]", "{", "}", "=", ",", ".", "\n", "#", "[[rule]]", "\x00", "\ufeff", "1e999", "nan", "0x", "true",
    "2026-02-30", "25:00", "9" * 5000, "[" * 3000, "id", "kind", "-1", "null", "\r", "\t", "每日",
])  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A shipped rulebook with up to four stretches cut out, doubled, swapped or written over."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        how = draw(st.sampled_from(("cut", "double", "over", "line")))
        if how == "line":
            lines = text.split("\n")
            index = draw(st.integers(0, len(lines) - 1))
            other = draw(st.integers(0, len(lines) - 1))
            lines[index], lines[other] = lines[other], lines[index]
            text = "\n".join(lines)
            continue
        middle = "" if how == "cut" else text[start:end] * 2 if how == "double" else draw(SIGNS | WORDS)
        text = text[:start] + middle + text[end:]
    data = text.encode()
    if draw(st.booleans()):
        return data
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.binary(max_size=3)) + data[at:]


def compiles(text: bytes) -> bool:
    try:
        compile_book(tomllib.loads(text.decode().removeprefix("\ufeff")))
    except (ValueError, Malformed, RecursionError):
        return False
    return True


def held_together(found: Linted, text: bytes) -> None:
    """Every remark stands in the file, has its words in both languages, and fits the screen."""
    lines = text.decode(errors="replace").removeprefix("\ufeff").split("\n")
    for remark in found.remarks:
        assert 1 <= remark.line <= len(lines)
        assert 1 <= remark.column <= len(lines[remark.line - 1]) + 1
        assert remark.length >= 1
        for language in lang.LANGUAGES:
            lang.use(language)
            place, *said, line, caret = remark_lines(remark)
            assert place.startswith(f" x.toml:{remark.line}:{remark.column}  ")
            assert said
            assert set(caret.strip()) == {"|", " ", "^"}
            assert max(map(cells, (*said, line, caret))) <= 80


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated())
def test_a_mutated_rulebook_is_refused_by_name_and_place_or_is_one(text: bytes) -> None:
    spoken = lang.current()
    try:
        found = lint("x.toml", text, AROUND)
        held_together(found, text)
    finally:
        lang.use(spoken)
    assert (found.book is not None) is compiles(text)
    if found.book is None:
        assert {each.code for each in found.errors} & SHAPES


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_at_all(text: bytes) -> None:
    found = lint("x.toml", text, AROUND)
    assert found.errors
    held_together(found, text)
    lang.use("en")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(), st.integers(0, 3))
def test_examples_that_are_no_examples_are_named_too(examples: bytes, index: int) -> None:
    """A file of examples gone wrong is told of in its own place."""
    path = listed("rulebooks/*.toml")[index]
    found = lint("x.toml", shipped(path), AROUND, examples)
    assert {each.file for each in found.errors} == {"x.examples.toml"}


@pytest.mark.parametrize("path", listed("rulebooks/*.toml"))
def test_what_ships_has_nothing_to_remark_on(path: str) -> None:
    beside = shipped(path.replace(".toml", ".examples.toml"))
    assert [(each.code, each.line) for each in lint(path, shipped(path), AROUND, beside).remarks] == []
