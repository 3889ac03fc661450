"""``collectdesk plan`` as a caller sees it: the calculator in text and JSON, two people, refusals by exit code."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from collectdesk import cli
from collectdesk.commands.session import Session
from collectdesk.store.engine import open_engine
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Done, Program

CASE = "A-1007"
CALC = ("plan", "calc", CASE, "--months", "6")


@pytest.fixture
def ruled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small desk with the shipped rules and calendars in force, its clock on Monday morning."""
    small = desk.small
    monkeypatch.setattr(cli, "Session", partial(Session, clock=lambda: datetime.fromtimestamp(small.at, UTC)))
    keeping.with_texts(desk, kinds=("rulebook", "calendar"))
    desk.sign_in("8002")
    return desk


def said(done: Done) -> dict[str, Any]:
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def trouble(done: Done, code: int) -> str:
    assert (done.code, done.out) == (code, "")
    return str(json.loads(done.err)["code"])


def edit(desk: Desk, sql: str) -> None:
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        connection.execute(text(sql))
    store.close()


@pytest.mark.usefixtures("ruled")
def test_the_calculator_answers_programs_exactly(program: Program) -> None:
    """Article 11.1: to the cent, on working days, nothing added, and only a proposal (9.4)."""
    found = said(program(*CALC, "--remainder", "first", "--json"))
    assert (found["schema"], found["proposal_only"]) == ("collectdesk.plan_schedule/1", True)
    rows = found["instalments"]
    assert [row["number"] for row in rows] == [0, 1, 2, 3, 4, 5, 6]
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal(found["statement"]["total"]) == Decimal("12480.00")
    assert [row["due_on"] for row in rows[:3]] == ["2026-12-03", "2026-12-23", "2027-01-25"]
    assert rows[-1]["left"] == "0.00"


@pytest.mark.usefixtures("ruled")
def test_the_calculator_speaks_both_languages_and_fits_a_terminal(program: Program) -> None:
    english = program(*CALC)
    chinese = program("--lang", "zh_CN", *CALC)
    assert "A proposal: nothing is promised before somebody else approved it." in english.out
    assert "仅为方案建议：他人批准前不作任何承诺。" in chinese.out
    for done in (english, chinese):
        assert "¥1,872.00" in done.out
        assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        (("--months", "3", "--down", "1248.00"), ["1248.00", "3744.00", "3744.00", "3744.00"]),
        (("--months", "3", "--down", "1248.00", "--step", "1000"), ["1248.00", "2744.00", "3744.00", "4744.00"]),
        (("--months", "3", "--down", "1248.00", "--balloon", "9232"), ["1248.00", "1000.00", "1000.00", "9232.00"]),
        (("--weeks", "7", "--remainder", "first"), ["1248.00", "1604.58", *["1604.57"] * 6]),
        (("--until", "2026-12-31"), ["12480.00"]),
    ],
)
@pytest.mark.usefixtures("ruled")
def test_every_kind_of_plan(program: Program, words: tuple[str, ...], amounts: list[str]) -> None:
    rows = said(program("plan", "calc", CASE, *words, "--json"))["instalments"]
    assert [row["amount"] for row in rows] == amounts


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        ((), 2, "plan_length"),
        (("--months", "3", "--weeks", "3"), 2, "plan_length"),
        (("--months", "72"), 7, "plan_card_term"),
        (("--months", "3", "--first", "2026-02-30"), 2, "bad_date"),
        (("--months", "3", "--first", "2026-01-01"), 7, "plan_date_past"),
        (("--months", "3", "--first", "2026-12-30", "--month-end"), 7, "plan_month_end"),
        (("--months", "3", "--down", "1.005"), 2, "bad_amount"),
        (("--months", "3", "--down", "1.00"), 7, "plan_down"),
        (("--months", "3", "--step", "9000"), 7, "plan_sum"),
        (("--months", "3", "--step", "1", "--balloon", "1"), 2, "plan_kinds"),
        (("--months", "3", "--remainder", "middle"), 2, "no_such_word"),
    ],
)
@pytest.mark.usefixtures("ruled")
def test_what_cannot_be_is_refused_by_name(program: Program, words: tuple[str, ...], exit_code: int, code: str) -> None:
    assert trouble(program("plan", "calc", CASE, *words, "--json"), exit_code) == code
    assert trouble(program("plan", "propose", CASE, "--difficulty", "other", *words, "--json"), exit_code) == code
    assert said(program("plan", "list", "--json"))["plans"] == []


def proposed(program: Program) -> dict[str, Any]:
    return said(program("plan", "propose", CASE, "--difficulty", "wages_late", "--months", "6", "--json"))


def submitted(program: Program) -> dict[str, Any]:
    plan = proposed(program)
    for state in ("asked", "received", "sufficient"):
        said(program("plan", "evidence", plan["plan"], "wages", state, "--json"))
    said(program("plan", "submit", plan["plan"], "--json"))
    return said(program("plan", "show", plan["plan"], "--json"))


def test_a_plan_goes_through_two_pairs_of_hands(ruled: Desk, program: Program) -> None:
    """Article 11.1: proposed by one, approved by another, agreed; every step stands in its record."""
    plan = submitted(program)
    name = plan["plan"]
    assert (plan["decide_by"], plan["difficulty"]) == ("2026-11-25", "wages_late")
    assert trouble(program("plan", "approve", name, "--digest", plan["digest"], "--json"), 5) == "role"
    told = program("--lang", "zh_CN", "plan", "approve", name, "--digest", plan["digest"])
    assert "此事须由主管 / 管理员" in told.err
    assert "您以催收员身份登录" in told.err
    ruled.sign_in("8001")
    assert trouble(program("plan", "approve", name, "--json"), 2) == "plan_digest"
    assert said(program("plan", "approve", name, "--digest", plan["digest"][:12], "--json"))["state"] == "approved"
    ruled.sign_in("8002")
    assert trouble(program("plan", "sign", name, "--oral", "--contents", "--json"), 2) == "plan_recording"
    words = ("plan", "sign", name, "--oral", "--recording", "R-20261123-1", "--contents", "--json")
    assert said(program(*words))["state"] == "active"
    shown = said(program("plan", "show", name, "--json"))
    assert [(step["act"], step["by"]) for step in shown["steps"]][-3:] == [
        ("submit", "8002"), ("approve", "8001"), ("sign", "8002"),
    ]  # fmt: skip
    assert (shown["form"], shown["edited"], shown["performance"]["next"]) == ("oral", False, 0)
    listed = said(program("plan", "list", "--state", "active", "--json"))["plans"]
    assert [(line["plan"], line["due_on"]) for line in listed] == [(name, "2026-12-03")]


def test_an_approver_is_not_the_proposer(ruled: Desk, program: Program) -> None:
    """Refused by name, and who may is said."""
    ruled.sign_in("8001")
    plan = submitted(program)
    done = program("plan", "approve", plan["plan"], "--digest", plan["digest"], "--json")
    assert trouble(done, 5) == "own_matter"
    assert "8000" in json.loads(done.err)["hint"]


def test_a_schedule_edited_after_approval_is_named(ruled: Desk, program: Program) -> None:
    plan = submitted(program)
    ruled.sign_in("8001")
    said(program("plan", "approve", plan["plan"], "--digest", plan["digest"], "--json"))
    edit(ruled, "UPDATE plan_instalment SET amount = amount - 100 WHERE number = 6")
    done = program("plan", "sign", plan["plan"], "--contents", "--json")
    assert trouble(done, 7) == "plan_edited"
    assert said(program("plan", "show", plan["plan"], "--json"))["edited"] is True
    assert "edited after it was recorded or approved" in program("plan", "show", plan["plan"]).out


@pytest.mark.usefixtures("ruled")
def test_a_plan_in_words(program: Program) -> None:
    """A whole plan on 80 columns in both languages, without a name or number of the debtor."""
    plan = submitted(program)
    for lang, words in (("en", "waiting for approval"), ("zh_CN", "待审批")):
        done = program("--lang", lang, "plan", "show", plan["plan"])
        assert words in done.out
        assert "王小明" not in done.out
        assert words in program("--lang", lang, "plan", "list").out


def test_reasons_states_and_unknown_plans(ruled: Desk, program: Program) -> None:
    plan = submitted(program)["plan"]
    assert trouble(program("plan", "show", "f99", "--json"), 4) == "no_such_plan"
    assert trouble(program("plan", "show", "99", "--json"), 4) == "no_such_plan"
    assert trouble(program("plan", "withdraw", plan, "--json"), 2) == "plan_reason"
    assert trouble(program("plan", "list", "--state", "lost", "--json"), 2) == "no_such_word"
    assert trouble(program("plan", "sign", plan, "--json"), 6) == "not_in_this_state"
    ruled.sign_in("8001")
    assert said(program("plan", "return", plan, "--reason", "newer proof needed", "--json"))["state"] == "returned"
    again = program("plan", "change", plan, "--months", "12", "--json")
    assert (said(again)["state"], len(said(again)["instalments"])) == ("draft", 13)
    assert said(program("plan", "withdraw", plan, "--reason", "they paid it all", "--json"))["state"] == "withdrawn"


@pytest.mark.usefixtures("ruled")
def test_the_page_of_a_case_and_its_history_tell_of_the_plan(program: Program) -> None:
    """Article 4.1: whoever calls knows that a plan stands, and what was done with it."""
    plan = submitted(program)["plan"]
    assert f"{plan}  waiting for approval  ¥12,480.00" in program("case", "show", CASE).out
    stands = said(program("case", "show", CASE, "--json"))["open"]["plan"]
    assert stands == [{"plan": plan, "state": "submitted", "total": "12480.00", "currency": "CNY"}]
    assert "plan" in program("case", "history", CASE, "--json").out
