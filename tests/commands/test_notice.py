"""``notice`` at the command line (policy article 9.3): made, posted, come back, altered and found."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from collectdesk.store.engine import open_engine
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Done, Program
from tests.commands.keeping import refused


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """The small desk with the shipped texts, an address and a fresh statement; a collector is signed in."""
    keeping.with_texts(desk)
    today = datetime.now(UTC).date()
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        connection.execute(text("UPDATE person SET address = '虚构路 1 号'"))
        connection.execute(text(f"UPDATE statement SET as_of = '{today - timedelta(days=1)}'"))
        connection.execute(text("UPDATE qualification SET expires_on = '2099-01-01'"))
    store.close()
    desk.sign_in("8002")
    return desk


def answer(done: Done) -> Any:
    """The document a command answered with."""
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_from_the_template_to_the_forged_copy(open_desk: Desk, program: Program, tmp_path: Path) -> None:
    names = [each["template"] for each in answer(program("notice", "templates", "--json"))["templates"]]
    assert {"debt", "outsourcing", "assignment", "adverse_credit"} <= set(names)
    made = answer(program("notice", "render", "A-1007", "debt", "--out", str(tmp_path), "--json"))
    page = Path(made["file"])
    year = datetime.now(UTC).year
    assert page.name.endswith("-0001.html")
    assert str(year)[:2] == page.name[:2]
    assert answer(program("notice", "verify", str(page), "--json"))["intact"] is True
    forged = tmp_path / "copy.html"
    forged.write_text(page.read_text("utf-8").replace("12,480.00", "2.00"), "utf-8")
    told = refused(program("notice", "verify", str(forged), "--json"), "letter_altered", 7)
    assert made["number"] in told["message"]
    refused(program("notice", "verify", str(tmp_path / "none.html"), "--json"), "file_missing", 4)
    assert program("notice", "log", made["letter"]).code == 2  # without a terminal it names the flag
    on = datetime.now(UTC).isoformat(timespec="seconds")
    sent = answer(program("notice", "log", made["letter"], "--act", "sent", "--on", on, "--tracking", "E1", "--json"))
    assert (sent["state"], sent["way"], sent["can"]) == ("sent", "letter", ["receive", "return"])
    back = answer(program("notice", "log", made["number"], "--act", "returned", "--on", on, "--json"))
    assert back["state"] == "returned"
    waits = answer(program("today", "--json"))["waiting"]
    assert "notice_returned" in {each["kind"] for each in waits}
    refused(program("notice", "log", made["letter"], "--act", "received", "--on", on, "--json"), "not_in_this_state", 6)
    assert "已退回" in program("--lang", "zh_CN", "case", "history", "A-1007").out
    open_desk.sign_in("8000")
    assert "letters are as they were made" in program("doctor").out
    bundle = answer(program("case", "evidence", "A-1007", "--out", str(tmp_path / "e.zip"), "--json"))
    assert bundle["schema"].startswith("collectdesk.evidence")


def test_others_letters_need_a_leads_word(open_desk: Desk, program: Program) -> None:
    words = ("notice", "outside", "A-1007", "--kind", "assignment", "--on", "2026-11-20")
    refused(program(*words, "--evidence", "copy", "--json"), "role", 5)
    open_desk.sign_in("8001")
    assert program(*words).code == 2
    made = answer(program(*words, "--evidence", "copy of the bank's letter", "--json"))
    assert (made["origin"], made["state"], made["number"]) == ("outside", "sent", None)
    assert [each["letter"] for each in answer(program("notice", "list", "--json"))["letters"]] == ["lt1"]
    assert "lt1" in program("notice", "list", "--csv").out
    assert answer(program("notice", "due", "--json"))["due"] == []
    assert "w1" in program("--lang", "zh_CN", "notice", "list", "--case", "A-1007").out
    headings = program("--lang", "zh_CN", "notice", "list").out
    assert "文号" in headings
    assert "号码" not in headings, "reads like a telephone number"
    assert "Letter number" in program("notice", "list").out


@pytest.mark.usefixtures("open_desk")
def test_what_may_not_be_is_refused_by_name(program: Program, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path), "--json")
    refused(program("notice", "render", "A-1007", "threat", *out), "no_such_template", 4)
    refused(program("notice", "render", "A-9999", "debt", *out), "no_such_case", 4)
    refused(program("notice", "render", "A-1007", "debt", "--to", "contact", *out), "letter_not_for_them", 5)
    refused(program("notice", "render", "A-1007", "outsourcing", *out), "not_our_letter", 5)
    refused(program("notice", "render", "A-1007", "debt", "--given", "x", *out), "given_form", 2)
    refused(program("notice", "render", "A-1007", "debt", "--given", "x=1", *out), "given_unknown", 2)
    refused(program("notice", "show", "lt9", "--json"), "no_such_letter", 4)
    refused(
        program("notice", "render", "A-1007", "debt", "--out", str(tmp_path / "no" / "x.html"), "--json"),
        "directory_missing",
        4,
    )
    assert list(tmp_path.glob("*.html")) == []
    assert program("notice", "list").out.strip() == "No letter has been made."
