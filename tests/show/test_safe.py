"""Hostile text in any field is shown harmlessly: no control, no escape, no override, no markup, no formula."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from collectdesk.show.csvout import csv_text, emit_csv
from collectdesk.show.jsonout import dumps
from collectdesk.show.safe import safe, safe_lines
from collectdesk.show.tables import Column, facts, table
from tests.show.hostile import ALL, BREAKS, MARKUP, active


@given(st.text(st.characters(exclude_categories=())))
def test_no_character_that_acts_survives(text: str) -> None:
    assert active(safe(text)) == []
    assert active(safe_lines(text), allowed="\n") == []


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Mn"))))
def test_what_is_only_seen_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_what_was_hidden_is_named() -> None:
    assert safe("a\x1b[31mb\u202ec") == "a<1B>[31mb<202E>c"
    assert safe("first\nsecond\tthird") == "first second third"


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("width", [40, 80])
def test_a_table_cell_and_a_fact_stay_inside_their_screen(text: str, width: int) -> None:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False, force_terminal=True)
    console.print(table(console, [Column("案件", "id"), Column("备注")], [("A-1007", text)]))
    console.print(facts(console, [("备注", text)]))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    for style in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        shown = shown.replace(style, "")
    assert active(shown, allowed="\n") == []


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text(text: str) -> None:
    console = Console(file=io.StringIO(), width=80, markup=False, highlight=False, emoji=False)
    console.print(facts(console, [("备注", text)]))
    assert isinstance(console.file, io.StringIO)
    assert text in console.file.getvalue()


@pytest.mark.parametrize("text", ALL)
def test_json_gives_the_text_back_exactly_and_never_raw_controls(text: str) -> None:
    written = dumps({"note": text})
    assert json.loads(written) == {"note": text}
    assert active(written) == []


@pytest.mark.parametrize("text", [text for text in ALL if text not in BREAKS])
def test_csv_never_computes(text: str) -> None:
    (_, (cell,)) = list(csv.reader(io.StringIO(csv_text(["note"], [[text]]))))
    assert cell.lstrip(" \t\r\n'\ufeff\u200b")[:1] not in tuple("=+-@＝＋－＠") or cell.startswith("'")
    assert cell.removeprefix("'") == text.replace("\x00", "") or cell == text.replace("\x00", "")


class _Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_csv_is_exact_in_a_file_and_harmless_on_a_screen() -> None:
    file, screen = io.StringIO(), _Screen()
    for stream in (file, screen):
        emit_csv(["name"], [["\x1b[31mred\x07"]], stream=stream)
    assert file.getvalue() == "name\r\n\x1b[31mred\x07\r\n"
    assert "\x1b" not in screen.getvalue()
    assert "\x07" not in screen.getvalue()
    assert screen.getvalue().splitlines()[0] == "name"
