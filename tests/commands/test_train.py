"""``collectdesk train`` and ``staff admit|show|suspend|return`` as a script uses them (policy article 13)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectdesk.desk import adoptable
from collectdesk.desk.shipped import shipped
from collectdesk.desk.training.courses import LETTERS, Course
from tests.commands import keeping
from tests.commands.conftest import Desk, Done, Program

COURSE: Course = adoptable.prepare("course", shipped("courses/collector.toml"))[0].value
ITEMS = ("identity", "criminal_record", "credit_record", "employment", "interview")


@pytest.fixture
def adopted(desk: Desk) -> Desk:
    """The small desk with its texts in force since the year before, a lead signed in."""
    keeping.with_texts(desk, at=desk.small.at - 300 * 86_400)
    desk.sign_in("8001")
    return desk


def told(done: Done) -> Any:
    """The document of a command that ended well."""
    assert done.code == 0, done.err
    return json.loads(done.out)


def refused(done: Done) -> str:
    """The code of a refusal."""
    assert done.out == ""
    return str(json.loads(done.err)["code"])


def right(asked: dict[str, Any]) -> str:
    """The letters that answer a question, found by the words of the answers alone."""
    item = COURSE.question(asked["id"])
    assert item is not None
    good = {option.en for option in item.options if option.right}
    return ",".join(each["letter"] for each in asked["options"] if each["en"] in good)


def test_an_exam_from_the_first_question_to_the_certificate(program: Program, adopted: Desk) -> None:
    """Article 13.1: nothing tells what is right before it was answered; the score, the digest and the end are kept."""
    adopted.sign_in("8000")
    assert [each["kind"] for each in told(program("train", "due", "--json"))["due"]].count("exam") == 1
    paper = told(program("train", "take", "--json"))
    assert paper["schema"] == "collectdesk.exam/1"
    while paper["question"]:
        asked = paper["question"]
        assert set(asked) == {"id", "section", "ask", "several", "options"}
        assert all(set(each) == {"letter", "zh_CN", "en"} for each in asked["options"])
        assert [each["letter"] for each in asked["options"]] == list(LETTERS[: len(asked["options"])])
        paper = told(program("train", "answer", right(asked), "--question", asked["id"], "--json"))
    assert (paper["status"], paper["score"], len(paper["explained"])) == ("passed", 100, paper["total"])
    assert all(each["source"]["en"] and each["confidence"] in "VQSTDM" for each in paper["explained"])
    record = told(program("staff", "show", "--json"))
    (held,) = record["qualifications"]
    assert (held["kind"], held["examined_here"], held["score"]) == ("exam", True, 100)
    assert record["exams"][0]["digest"] == paper["digest"]
    assert refused(program("train", "answer", "a", "--json")) == "no_exam_open"
    courses = told(program("train", "list", "--json"))
    assert (courses["certified"], courses["until"]) == (True, held["expires_on"])


def test_without_a_terminal_the_flag_is_named(program: Program, adopted: Desk) -> None:
    del adopted
    done = program("train", "take")
    assert (done.code, done.out) == (2, "")
    assert "--json" in done.err
    for words in (("suspend", "8002"), ("return", "8002"), ("admit", "8002")):
        assert program("staff", *words).code == 2


def test_admitted_suspended_and_let_back(program: Program, adopted: Desk) -> None:
    """Article 13.1: by another person, each item with its date; the record says who did what."""
    checks = [word for item in ITEMS for word in ("--check", f"{item}=2026-11-20")]
    assert refused(program("staff", "admit", "8001", *checks, "--evidence", "档案", "--json")) == "own_matter"
    shown = told(program("staff", "admit", "8002", *checks, "--evidence", "人事档案", "--json"))
    assert [each["result"] for each in shown["admission"]["items"]] == ["clear"] * len(ITEMS)
    assert refused(program("staff", "admit", "8002", "--admit", "--json")) == "admission_incomplete"
    shown = told(program("staff", "admit", "8002", "--signed", "2026-11-20", "--pledge", "人事柜", "--admit", "--json"))
    assert shown["admission"]["status"] == "admitted"
    assert [each["act"] for each in shown["admission"]["steps"]] == ["check"] * len(ITEMS) + ["sign", "admit"]
    shown = told(program("staff", "suspend", "8002", "--cause", "absence", "--reason", "产假", "--json"))
    assert shown["suspensions"][0]["until"] is None
    line = next(each for each in told(program("staff", "list", "--json"))["staff"] if each["number"] == "8002")
    assert line["suspended"]
    adopted.sign_in("8002")
    verdict = program("check", "A-1007", "--json")
    assert verdict.code == 3
    blocks = {each["rule"]: each for each in json.loads(verdict.out)["blocks"]}
    assert "suspended" in blocks["house/collector-qualified"]["message"]
    assert refused(program("staff", "show", "8001", "--json")) == "record_of_others"
    assert told(program("staff", "show", "--json"))["admission"]["items"][0]["evidence"] is None
    adopted.sign_in("8000")
    assert (
        told(program("staff", "return", "8002", "--reason", "产假结束", "--json"))["suspensions"][0]["lifted_by"]
        == "8000"
    )


def test_a_changed_text_is_read(program: Program, adopted: Desk, tmp_path: Any) -> None:
    """Article 13.2: what is new stands in it; reading it is written down, and the exam stays due."""
    house = shipped("rulebooks/house.toml").decode().replace('version = "1"', 'version = "2"', 1)
    file = tmp_path / "house.toml"
    file.write_text(house.replace("limit = 4", "limit = 3", 1), "utf-8")
    adopted.sign_in("8000")
    told(program("rules", "adopt", str(file), "--yes", "--json"))
    adopted.sign_in("8002")
    assert [each["kind"] for each in told(program("train", "due", "--json"))["due"]] == ["reading", "retest"]
    assert told(program("train", "read", "--json"))["read"] is False
    done = told(program("train", "read", "house", "--yes", "--json"))
    assert done["read"]
    assert {"-limit = 4", "+limit = 3"} <= set(done["lines"])
    assert [each["kind"] for each in told(program("train", "due", "--json"))["due"]] == ["retest"]
    assert refused(program("train", "read", "house", "--json")) == "nothing_to_read"
    assert told(program("train", "read", "--json"))["text"] is None
    assert told(program("train", "list", "--json"))["courses"][0]["not_asked"] == ["house_dials"]


def test_the_questions_are_not_for_who_is_examined(program: Program, adopted: Desk) -> None:
    shown = told(program("train", "show", "law", "--questions", "--json"))
    assert {each["section"] for each in shown["questions"]} == {"law"}
    adopted.sign_in("8002")
    assert refused(program("train", "show", "--questions", "--json")) == "role"
    shown = told(program("train", "show", "--json"))
    assert (len(shown["sections"]), shown["questions"]) == (5, [])
    assert refused(program("train", "due", "--all", "--json")) == "role"


def test_sessions_of_exchange(program: Program, adopted: Desk) -> None:
    """Article 13.2."""
    made = ("--held", "2026-11-20", "--topic", "接住情绪", "--with", "8001", "--with", "8002", "--minutes", "45")
    assert told(program("train", "exchange", *made, "--json"))["id"] == 1
    (held,) = told(program("train", "exchanges", "--json"))["exchanges"]
    assert (held["topic"], held["took_part"], held["by"], held["minutes"]) == ("接住情绪", ["8001", "8002"], "8001", 45)
    adopted.sign_in("8002")
    assert refused(program("train", "exchange", *made, "--json")) == "role"


@pytest.mark.parametrize("words", [("list",), ("show", "ethics"), ("due", "--all"), ("history",), ("exchanges",)])
@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_pages_fit_eighty_columns(program: Program, adopted: Desk, words: tuple[str, ...], spoken: str) -> None:
    from collectdesk.show.width import cells

    del adopted
    done = program("--lang", spoken, "train", *words)
    assert done.code == 0, done.err
    assert max(cells(line) for line in done.out.splitlines()) <= 80
