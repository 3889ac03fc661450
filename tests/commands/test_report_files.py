"""Reports as files: what is written and where, with which permissions, what is loaded for it, what is refused."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.commands.conftest import Desk, Program
from tests.commands.startup import loaded

WEEK = ("--from", "2026-11-16", "--to", "2026-11-22")


@pytest.fixture(autouse=True)
def signed_in(desk: Desk) -> None:
    """A lead looks at the small desk."""
    desk.sign_in("8001")


def test_each_file_is_where_it_was_asked_for_and_the_owners_alone(program: Program, tmp_path: Path) -> None:
    page, book = tmp_path / "week.html", tmp_path / "week.xlsx"
    done = program("report", "contact", *WEEK, "--html", str(page), "--xlsx", str(book))
    assert (done.code, done.out, done.err) == (0, "", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert CalamineWorkbook.from_path(str(book)).sheet_names
    assert {stat.S_IMODE(each.stat().st_mode) for each in (page, book)} == {0o600}


def test_a_file_beside_an_answer(program: Program, tmp_path: Path) -> None:
    done = program("report", "contact", *WEEK, "--json", "--html", str(tmp_path / "week.html"))
    assert json.loads(done.out)["report"] == "contact"
    assert (tmp_path / "week.html").exists()


def test_a_directory_gets_every_form(program: Program, tmp_path: Path) -> None:
    place = tmp_path / "reports"
    place.mkdir()
    assert program("report", "contact", *WEEK, "--out", str(place)).code == 0
    names = {path.suffix for path in place.iterdir()}
    assert names == {".json", ".csv", ".xlsx", ".html"}
    assert len({path.stem for path in place.iterdir()}) == 1


def test_the_page_speaks_the_language_asked_for(program: Program, tmp_path: Path) -> None:
    page = tmp_path / "week.html"
    assert program("--lang", "zh_CN", "report", "contact", *WEEK, "--html", str(page)).code == 0
    assert '<html lang="zh-CN">' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_an_old_file_stays_whole_until_the_new_one_is(program: Program, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"week.{form}"
    file.write_text("old")
    assert program("report", "contact", *WEEK, f"--{form}", str(file)).code == 0
    assert file.stat().st_size > 1000
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("name", "code", "told"), [("", 2, "file_is_directory"), ("none/week.html", 4, "directory_missing")]
)
def test_what_is_no_place_for_a_file_is_named(
    program: Program, tmp_path: Path, name: str, code: int, told: str
) -> None:
    done = program("report", "contact", *WEEK, "--json", "--html", str(tmp_path / name))
    answer: Any = json.loads(done.err)
    assert (done.code, done.out, answer["code"]) == (code, "", told)


def test_each_form_loads_what_it_needs_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    where = {"COLLECTDESK_DESK": str(desk.home.root)}
    drawers = {"xlsxwriter", "pygal"}
    for words, needed in (
        (("--json",), set()),
        (("--html", str(tmp_path / "week.html")), {"pygal"}),
        (("--xlsx", str(tmp_path / "week.xlsx")), {"xlsxwriter"}),
    ):
        found = loaded("report", "contact", *WEEK, *words, environ=where)
        assert found.code == 0, found.err
        assert found.packages & drawers == needed
        assert "sqlalchemy" not in found.packages
        assert found.heavy <= {"rich"}, "a word to the terminal is all that may be drawn"
